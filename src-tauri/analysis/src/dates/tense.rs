//! Whether the verb beside an expression looks forward or back.

use std::ops::Range;

use super::Reader;
use super::words::{half_of_day, zone};
use crate::text::Kind;

/// Words beside a weekday that may say whether it lies ahead.
pub(super) const NEAR_VERB: usize = 12;

impl Reader<'_, '_> {
    /// Whether the verb beside it looks forward; none where no verb tells.
    pub(super) fn ahead(&self, i: usize, s: &Range<usize>) -> Option<bool> {
        let present = |k: usize| {
            (k.saturating_sub(3).max(s.start)..k)
                .any(|b| matches!(self.low(b), "is" | "are" | "be" | "'re" | "being"))
        };
        let judge = |k: usize| match self.low(k) {
            // “had been due to expire”, “as previously planned”
            "expected" | "scheduled" | "due" | "planned"
                if (k.saturating_sub(3).max(s.start)..k)
                    .any(|b| matches!(self.low(b), "had" | "previously" | "originally")) =>
            {
                Some(false)
            }
            "will" | "shall" | "would" | "expected" | "scheduled" | "due" | "plans" | "plan" | "planned"
            | "planning" | "might" | "going" | "upcoming" | "expires" | "deadline" | "tomorrow"
            | "begins" | "starts" | "opens" | "resumes" | "arrives" | "departs" => Some(true),
            // “set to open”, “is set for” look forward; “set up” looks back.
            "set" => Some(matches!(self.low(k + 1), "to" | "for") || self.low(k + 1) != "up" && present(k)),
            // “decided to admit”, “ready to sign”
            "to" if k > s.start
                && matches!(
                    self.low(k - 1),
                    "decided"
                        | "agreed"
                        | "vowed"
                        | "pledged"
                        | "promised"
                        | "hopes"
                        | "hoped"
                        | "hoping"
                        | "wants"
                        | "intends"
                        | "intend"
                        | "prepares"
                        | "preparing"
                        | "ready"
                ) =>
            {
                Some(true)
            }
            // “have until 30 September”
            "has" | "have" if self.low(k + 1) == "until" => Some(true),
            // “is booked for October”, “are pencilled in for Tokyo in June”
            w if w.len() > 4
                && w.ends_with("ed")
                && present(k)
                && (k + 1..k + 3).any(|f| self.low(f) == "for") =>
            {
                Some(true)
            }
            "to" if k > s.start && matches!(self.low(k - 1), "is" | "are") => Some(true),
            "to" if matches!(
                self.low(k + 1),
                "meet"
                    | "visit"
                    | "hold"
                    | "begin"
                    | "start"
                    | "vote"
                    | "open"
                    | "take"
                    | "arrive"
                    | "attend"
                    | "be"
            ) =>
            {
                Some(true)
            }
            "said" | "was" | "were" | "had" | "did" | "told" | "announced" | "reported" | "called"
            | "came" | "since" | "met" | "killed" | "began" | "signed" | "has" | "have" | "says" | "fell"
            | "rose" | "ended" => Some(false),
            // “stays closed” tells a state, not a past.
            w if w.len() > 4 && w.ends_with("ed") && self.text.is_word(k) && !self.text.capital(k) => {
                let state = k > s.start
                    && matches!(self.low(k - 1), "stay" | "stays" | "remain" | "remains" | "keep" | "keeps");
                (!state).then_some(false)
            }
            _ => None,
        };
        if self.bounded(i, s) {
            return Some(true);
        }
        if self.happened(i, s) {
            return Some(false);
        }
        let floor = s.start.max(i.saturating_sub(15));
        let clause = |k: &usize| !matches!(self.text.kind(*k), Kind::Comma | Kind::Semicolon | Kind::Dash);
        (floor..i)
            .rev()
            .take_while(clause)
            .find_map(judge)
            .or_else(|| (i + 1..(i + 8).min(s.end)).take_while(clause).find_map(judge))
            .or_else(|| (floor..i).rev().find_map(judge))
            .or_else(|| (i > s.start && matches!(self.low(i - 1), "until" | "till")).then_some(true))
    }

    /// “Wednesday's ruling”, “Until Thursday they had …”: what has a name of that sort is past, whatever the verb.
    fn happened(&self, i: usize, s: &Range<usize>) -> bool {
        let named = self.text.kind(i + 1) == Kind::Possessive
            && (i + 2..i + 5).any(|k| {
                matches!(
                    self.low(k),
                    "ruling"
                        | "decision"
                        | "attack"
                        | "attacks"
                        | "bombing"
                        | "announcement"
                        | "explosion"
                        | "crash"
                        | "killing"
                        | "killings"
                        | "statement"
                        | "remarks"
                        | "raid"
                        | "raids"
                        | "strike"
                        | "strikes"
                        | "earthquake"
                )
            });
        let until = i > s.start
            && self.low(i - 1) == "until"
            && (i + 1..(i + 6).min(s.end)).any(|k| self.low(k) == "had");
        named || until
    }

    /// “as early as Tuesday”, “postponed until Tuesday”: a bound that lies ahead whatever the verb.
    fn bounded(&self, i: usize, s: &Range<usize>) -> bool {
        let Some(mut k) = i.checked_sub(1).filter(|k| *k >= s.start) else { return false };
        // The hour may stand between: “until 9 a.m. Tuesday”.
        while k > s.start
            && k + 4 > i
            && (self.text.kind(k) == Kind::Number || half_of_day(self.low(k)) || zone(self.low(k)))
        {
            k -= 1;
        }
        match self.low(k) {
            "as" => {
                matches!(self.low(k.wrapping_sub(1)), "soon" | "early" | "late")
                    && self.low(k.wrapping_sub(2)) == "as"
            }
            "until" | "till" => (s.start.max(k.saturating_sub(8))..k).any(|v| {
                let low = self.low(v);
                ["postpone", "delay", "extend", "adjourn"].iter().any(|stem| low.starts_with(stem))
                    || matches!(low, "given" | "gives" | "gave")
            }),
            _ => false,
        }
    }
}
