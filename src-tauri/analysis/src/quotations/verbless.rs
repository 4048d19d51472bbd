//! Attributions without a verb of speech: “according to”, “the minister's claim that”, headlines and transcripts.

use std::collections::HashMap;
use std::ops::Range;

use super::Said;
use super::content::{clause_end, content_start, marks_end, moded, trimmed, words};
use super::subject::{nobody, speaks};
use crate::cues::Takes;
use crate::roles;
use crate::shape::Kind as Mode;
use crate::text::{Kind, Text};

/// “the minister's claim that …”: a noun of speech with its owner says who said what.
pub(super) fn owned(text: &Text, s: &Range<usize>, i: usize) -> Option<Said> {
    let noun = matches!(
        text.low(i),
        "claim"
            | "claims"
            | "statement"
            | "assertion"
            | "assertions"
            | "remark"
            | "warning"
            | "warnings"
            | "argument"
            | "contention"
            | "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "insistence"
            | "suggestion"
            | "suggestions"
            | "belief"
            | "view"
            | "prediction"
            | "declaration"
            | "admission"
            | "denial"
    );
    if !noun || text.low(i + 1) != "that" || i < s.start + 2 {
        return None;
    }
    let subject = if matches!(text.low(i - 1), "his" | "her" | "their") {
        i - 1..i
    } else {
        // At most one word between: “Orel's earlier claim that”.
        let mark = (i - 2..i).rev().find(|&k| text.kind(k) == Kind::Possessive)?;
        let names = |k: usize| {
            text.is_word(k)
                && (text.capital(k)
                    || roles::is_role(text.low(k))
                    || roles::is_group(text.low(k))
                    || roles::is_body(text.low(k)))
        };
        let mut start = mark;
        while start > s.start && names(start - 1) {
            start -= 1;
        }
        start..mark
    };
    // At the sentence's start it is what the sentence is about, and where it ends nothing tells.
    if subject.is_empty() || subject.start <= s.start || !subject.clone().all(|t| text.within[t].is_none()) {
        return None;
    }
    let pronoun = subject.len() == 1 && matches!(text.low(subject.start), "his" | "her" | "their");
    if !pronoun && (!speaks(text, &subject) || nobody(text, &subject)) {
        return None;
    }
    let content = trimmed(text, marks_end(text, i + 2..clause_end(text, i + 2, s), Takes::That));
    if content.is_empty() {
        return None;
    }
    let (mode, contents) = moded(text, vec![content]);
    Some(Said::by(Some(subject), Some(i..i + 1), mode, contents, 0.55))
}

/// “According to X, CONTENT” and “CONTENT, according to X”.
pub(super) fn according(text: &Text, s: &Range<usize>, i: usize) -> Option<Said> {
    let from = i + 2;
    let mut end = from;
    while end < s.end
        && end < from + 25
        && (matches!(text.kind(end), Kind::Word | Kind::Number | Kind::Hyphen | Kind::Possessive)
            || text.kind(end) == Kind::OpenParen
            || text.kind(end) == Kind::CloseParen)
    {
        end += 1;
    }
    if end == from {
        return None;
    }
    let subject = from..end;
    let before = content_start(text, s.start, i);
    let content = if words(text, before..i) >= 4 {
        before..i
    } else {
        // The apposition after a comma belongs to the source: “according to X, the minister, …”.
        let mut start = end;
        if text.kind(start) == Kind::Comma {
            start += 1;
        }
        start..clause_end(text, start, s)
    };
    let content = trimmed(text, content);
    if words(text, content.clone()) < 3 {
        return None;
    }
    let (mode, contents) = moded(text, vec![content]);
    Some(Said::by(Some(subject), Some(i..i + 2), mode, contents, 0.85))
}

/// “Novak: talks failed” in a headline.
pub(super) fn headed(text: &Text, number: usize, s: &Range<usize>) -> Option<Said> {
    if number != 0 || !text.headline {
        return None;
    }
    let colon = (s.start + 1..(s.start + 6).min(s.end)).find(|&t| text.kind(t) == Kind::Colon)?;
    let subject = s.start..colon;
    if !subject.clone().all(|t| {
        text.capital(t)
            || matches!(text.kind(t), Kind::Possessive | Kind::Hyphen)
            || roles::is_role(text.low(t))
    }) || colon + 3 > s.end
    {
        return None;
    }
    let content = trimmed(text, colon + 1..s.end);
    let (mode, contents) = moded(text, vec![content]);
    Some(Said { sentence: number, ..Said::by(Some(subject), Some(colon..colon + 1), mode, contents, 0.6) })
}

/// Turns of a transcript: three or more paragraphs that begin with a name and a colon.
const TURNS: usize = 3;

/// “VENN: We stay.” – “Question: For how long?”: each paragraph is what its name says, until the next name.
pub(super) fn transcript(text: &Text, said: &mut Vec<Said>) {
    let turn = |p: &Range<usize>| {
        let start = p.clone().take(2).find(|&t| text.is_word(t))?;
        let colon = (start + 1..(start + 6).min(p.end)).find(|&t| text.kind(t) == Kind::Colon)?;
        let named = (start..colon).all(|t| {
            text.capital(t)
                || matches!(text.kind(t), Kind::Hyphen | Kind::Possessive)
                || roles::is_role(text.low(t))
        });
        (named
            && colon + 3 < p.end
            && !matches!(text.low(start), "photo" | "image" | "note" | "background" | "update"))
        .then_some((start, colon))
    };
    let turns: Vec<Option<(usize, usize)>> = text.paragraphs.iter().map(turn).collect();
    if turns.iter().flatten().count() < TURNS {
        return;
    }
    // A list of headings has no name twice.
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (start, _) in turns.iter().flatten() {
        *names.entry(text.low(*start)).or_default() += 1;
    }
    if names.values().all(|n| *n < 2) {
        return;
    }
    for (p, turn) in text.paragraphs.iter().zip(&turns) {
        let &Some((start, colon)) = turn else { continue };
        let inside = |one: &Said| one.contents.iter().any(|c| p.contains(&c.start));
        said.retain(|one| !inside(one));
        let end = colon + 1..p.end;
        let sentence = text.sentences.partition_point(|s| s.end <= start);
        said.push(Said {
            sentence,
            ..Said::by(Some(start..colon), Some(colon..colon + 1), Mode::Direct, vec![end], 0.85)
        });
    }
}
