//! What was said: how far the words reach that a verb governs, before it, after it, or on both sides.

use std::ops::Range;

use super::subject::auxiliary;
use crate::cues::{Form, Takes, cue};
use crate::shape::Kind as Mode;
use crate::text::{Kind, Text};

/// “he had to go”, “the port was shut”: a pronoun or an auxiliary verb near the front makes a clause.
pub(super) fn clause_begins(text: &Text, run: &Range<usize>) -> bool {
    matches!(text.low(run.start), "he" | "she" | "they" | "we" | "i" | "you" | "there")
        || (run.start + 1..run.end.min(run.start + 8)).any(|t| {
            matches!(
                text.low(t),
                "is" | "are"
                    | "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "should"
                    | "must"
                    | "did"
            )
        })
}

pub(super) fn words(text: &Text, run: Range<usize>) -> usize {
    run.filter(|&t| text.is_word(t) || text.kind(t) == Kind::Number).count()
}

/// Drops “But”, “And” and the dateline from the front of what was said.
pub(super) fn content_start(text: &Text, from: usize, to: usize) -> usize {
    let mut start = from;
    while start < to
        && (text.dateline[start]
            || matches!(text.kind(start), Kind::Comma | Kind::Dash | Kind::Close | Kind::Semicolon)
            || matches!(text.low(start), "but" | "and" | "that"))
    {
        start += 1;
    }
    start
}

pub(super) fn left_contents(
    text: &Text,
    run: Range<usize>,
    quote_before: bool,
    marked: &Range<usize>,
) -> Vec<Range<usize>> {
    if quote_before {
        // Words outside the marks belong to it only when they run into them.
        let last = marked.clone().rev().map(|m| text.marked[m]).find(|m| m.open < run.end);
        if let Some(m) = last {
            let lead = run.start..m.open;
            let lead_words = words(text, lead.clone());
            let ends_clause = m.open > run.start
                && matches!(text.kind(m.open - 1), Kind::Stop | Kind::Colon | Kind::Semicolon);
            if lead_words == 0 || ends_clause {
                let inside = m.open + 1..m.inner_end;
                return vec![inside];
            }
        }
    }
    vec![run]
}

/// A quotation mark closes between the sentence's start and the subject of the cue.
pub(super) fn quote_ends_before(text: &Text, i: usize, s: &Range<usize>) -> bool {
    let floor = s.start.max(i.saturating_sub(30));
    (floor..i)
        .rev()
        .take_while(|&t| !matches!(text.kind(t), Kind::Semicolon | Kind::Stop | Kind::Open))
        .any(|t| text.kind(t) == Kind::Close && text.within[t].is_some())
        && (floor..i).rev().find(|&t| text.kind(t) == Kind::Close).is_some_and(|close| {
            close > 0
                && (matches!(text.kind(close - 1), Kind::Comma | Kind::Stop | Kind::Dash)
                    || matches!(text.kind(close + 1), Kind::Comma)
                    || close + 1 == i
                    // “The sentence begins with the marks” she said.
                    || text.within[close].is_some_and(|m| text.marked[m as usize].open == s.start))
        })
}

/// What follows a verb.
pub(super) struct After {
    pub(super) content: Option<Range<usize>>,
    pub(super) that: bool,
    pub(super) quoted: bool,
    /// “…,” he said, “…”: what follows goes on with what came before.
    pub(super) quoted_split: bool,
}

/// What follows the verb: hearers, places and times are passed over; then a clause, marks, or nothing.
pub(super) fn after_cue(text: &Text, i: usize, s: &Range<usize>, takes: Takes) -> After {
    let none = After { content: None, that: false, quoted: false, quoted_split: false };
    let mut t = i + 1;
    if takes == Takes::Object || takes == Takes::Infinitive {
        let end = clause_end(text, t, s);
        return After {
            content: (end > t).then_some(t..end),
            that: false,
            quoted: (t..end).any(|k| text.within[k].is_some()),
            quoted_split: false,
        };
    }
    // Look ahead for “that”, a colon or marks before anything else ends the phrase.
    let limit = (i + 22).min(s.end);
    let mut k = t;
    let mut that = None;
    let mut opening = None;
    while k < limit {
        match text.kind(k) {
            Kind::Stop | Kind::Semicolon => break,
            Kind::Colon => {
                opening = Some(k + 1);
                break;
            }
            Kind::Open if text.within[k].is_some() => {
                opening = Some(k);
                break;
            }
            Kind::Word
                if matches!(text.low(k), "that" | "whether")
                    && !matches!(text.low(k.wrapping_sub(1)), "after" | "in" | "of") =>
            {
                that = Some(k);
                break;
            }
            Kind::Word if k > t && cue(text.low(k)).is_some_and(|c| c.form != Form::Ing && !c.noun) => break,
            _ => {}
        }
        k += 1;
    }
    let passed_only = |to: usize| passes(text, t, to, takes);
    // “…,” he said, adding later, “…”: the second one has a cue of its own.
    let another = |to: usize| {
        (t + 1..to)
            .any(|k| text.kind(k - 1) == Kind::Comma && cue(text.low(k)).is_some_and(|c| c.form == Form::Ing))
    };
    // “told the council he would resign”: the clause begins at its pronoun.
    let clause = (t + 1..opening.unwrap_or(limit).min(t + 10)).find(|&k| {
        takes == Takes::Hearer
            && that.is_none_or(|that| k < that)
            && matches!(text.low(k), "he" | "she" | "they" | "it" | "we")
            && text.within[k].is_none()
            && matches!(
                text.low(k + 1),
                "would"
                    | "will"
                    | "had"
                    | "has"
                    | "have"
                    | "was"
                    | "were"
                    | "is"
                    | "are"
                    | "could"
                    | "did"
                    | "does"
            )
    });
    if let Some(from) = clause
        && (t..from).all(|k| text.is_word(k) || matches!(text.kind(k), Kind::Hyphen | Kind::Possessive))
    {
        let end = clause_end(text, from, s);
        return After {
            content: Some(from..end),
            that: true,
            quoted: (from..end).any(|x| text.within[x].is_some()),
            quoted_split: false,
        };
    }
    if that.is_some_and(another) {
        return none;
    }
    if let Some(at) = that
        && passed_only(at)
    {
        let from = if text.low(at) == "that" { at + 1 } else { at };
        let end = clause_end(text, from, s);
        return After {
            content: (end > from).then_some(from..end),
            that: true,
            quoted: (from..end).any(|x| text.within[x].is_some()),
            quoted_split: false,
        };
    }
    if let Some(at) = opening {
        let colon = text.kind(at - 1) == Kind::Colon;
        let comma = text.kind(at - 1) == Kind::Comma;
        if comma && another(at) {
            return none;
        }
        if colon
            || at == t
            || (comma && (at == t + 1 || passed_only(at - 1) || at > t + 1 && words(text, t..at) <= 12))
            || passed_only(at)
        {
            let end = clause_end(text, at, s);
            return After {
                content: (end > at).then_some(at..end),
                that: false,
                quoted: true,
                quoted_split: comma,
            };
        }
    }
    // Hearers: told the BBC, told reporters in Paris.
    if takes == Takes::Hearer {
        return none;
    }
    // Places, times and manners at the front; if nothing else follows, there is no content.
    t = skip_adjuncts(text, t, s);
    if t >= s.end
        || matches!(text.kind(t), Kind::Stop | Kind::Semicolon | Kind::Comma | Kind::Dash | Kind::Close)
    {
        return none;
    }
    if matches!(
        text.low(t),
        "to" | "so" | "it" | "about" | "of" | "as" | "for" | "in" | "and" | "no" | "yes" | "this" | "nothing"
    ) && words(text, t..s.end) < 3
    {
        return none;
    }
    let end = clause_end(text, t, s);
    After {
        content: (end > t + 1).then_some(t..end),
        that: false,
        quoted: (t..end).any(|x| text.within[x].is_some()),
        quoted_split: false,
    }
}

/// Whether a stretch holds only hearers, places, times and manners.
fn passes(text: &Text, from: usize, to: usize, takes: Takes) -> bool {
    if from >= to {
        return true;
    }
    let first = text.low(from);
    takes == Takes::Hearer
        || matches!(
            first,
            "on" | "in"
                | "at"
                | "to"
                | "during"
                | "late"
                | "early"
                | "after"
                | "before"
                | "last"
                | "this"
                | "through"
                | "via"
                | "of"
                | "about"
                | "as"
                | "again"
                | "later"
                | "repeatedly"
                | "yesterday"
                | "today"
                | "earlier"
                | "by"
                | "from"
                | "with"
                | ","
        )
        || weekday(first)
        || first.ends_with("ly")
}

pub(crate) fn weekday(low: &str) -> bool {
    matches!(low, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

fn skip_adjuncts(text: &Text, from: usize, s: &Range<usize>) -> usize {
    let mut t = from;
    loop {
        let low = text.low(t);
        if weekday(low)
            || matches!(
                low,
                "today"
                    | "yesterday"
                    | "earlier"
                    | "later"
                    | "also"
                    | "again"
                    | "then"
                    | "late"
                    | "early"
                    | "recently"
            )
            || low.len() > 4 && low.ends_with("ly") && low != "early" && text.is_word(t) && !text.capital(t)
        {
            t += 1;
        } else if low == "on"
            && (weekday(text.low(t + 1))
                || matches!(text.low(t + 1), "twitter" | "facebook" | "telegram" | "tv" | "television"))
        {
            t += 2;
        } else if matches!(low, "in" | "at" | "during" | "via" | "through")
            && matches!(text.low(t + 1), "a" | "an" | "the" | "his" | "her" | "their" | "its")
            && !text.capital(t + 2)
        {
            // In a statement, at a news conference: to the end of the noun phrase.
            let mut k = t + 2;
            while k < s.end
                && k < t + 12
                && text.kind(k) == Kind::Word
                && !matches!(
                    text.low(k),
                    "the" | "that" | "he" | "she" | "it" | "they" | "we" | "there" | "a"
                )
            {
                k += 1;
            }
            if matches!(text.kind(k), Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Other) || k >= s.end
            {
                t = k;
            } else {
                return t;
            }
        } else if matches!(low, "this" | "last")
            && matches!(text.low(t + 1), "week" | "month" | "year" | "morning" | "weekend")
        {
            t += 2;
        } else {
            return t.min(s.end);
        }
    }
}

/// Where the clause that starts here ends: the sentence's end, or an attribution or comment that begins after a comma.
pub(super) fn clause_end(text: &Text, from: usize, s: &Range<usize>) -> usize {
    let mut t = from;
    while t < s.end {
        if text.within[t].is_none() && text.kind(t) == Kind::Comma {
            let next = text.low(t + 1);
            let comment = cue(next).is_some_and(|c| c.form == Form::Ing && text.within[t + 1].is_none())
                && !matches!(next, "including")
                || (text.low(t + 1) == "according" && text.low(t + 2) == "to");
            // “…, he said”: somebody else's words begin before; those are handled by their own cue.
            // “…, but he …”: a clause with a subject of its own is the reporter's.
            let turn = next == "but"
                && (matches!(text.low(t + 2), "he" | "she" | "it" | "they") || text.capital(t + 2))
                && text.within[t + 1].is_none();
            if comment || turn || attributes(text, t + 1, s.end) {
                return t;
            }
        }
        // “… and she accused”: the next thing said.
        let next_cue = matches!(text.low(t), "and" | "but")
            && t > from + 2
            && text.within[t].is_none()
            && (matches!(text.low(t + 1), "he" | "she" | "they" | "it") || text.capital(t + 1))
            && cue(text.low(t + 2)).is_some_and(|c| !c.noun && c.form != Form::Ing && c.form != Form::Base);
        if next_cue || text.kind(t) == Kind::Semicolon && text.within[t].is_none() {
            return t;
        }
        t += 1;
    }
    let mut end = s.end;
    while end > from && matches!(text.kind(end - 1), Kind::Stop) && text.within[end - 1].is_none() {
        end -= 1;
    }
    end
}

/// Where a content with words in marks ends, if the reporter goes on after them: “was “fair”, which …”,
/// “called it “unfair” after …”, “was “unfair” and warned …”.
pub(super) fn marks_end(text: &Text, run: Range<usize>, takes: Takes) -> Range<usize> {
    let mut run = run;
    // “… and warned”: what is said next has a verb of its own.
    let close = run.clone().find(|&t| text.kind(t) == Kind::Close && t > run.start);
    let also = close.and_then(|close| {
        (close + 1..run.end).find(|&t| {
            let verb = t + 1 + usize::from(auxiliary(text.low(t + 1)));
            text.within[t].is_none()
                && matches!(text.low(t), "and" | "but")
                && cue(text.low(verb)).is_some_and(|c| matches!(c.form, Form::Past | Form::Third) && !c.noun)
        })
    });
    if let Some(also) = also {
        run.end = also;
    }
    let closes = (run.start + 1..run.end).filter(|&t| {
        text.kind(t - 1) == Kind::Close && text.within[t].is_none() && text.within[t - 1].is_some()
    });
    for t in closes {
        let comma = text.kind(t) == Kind::Comma || text.kind(t.saturating_sub(2)) == Kind::Comma;
        let next = t + usize::from(text.kind(t) == Kind::Comma);
        let low = text.low(next);
        let more = (next..run.end).any(|k| text.within[k].is_some());
        let aside = comma
            && (matches!(low, "who" | "which" | "meaning" | "while" | "though" | "although" | "as")
                || low == "but" && !more
                || low.len() > 4 && low.ends_with("ing") && !more);
        let occasion_word = matches!(low, "after" | "during" | "when" | "while" | "because") || weekday(low);
        let occasion = takes == Takes::Object
            && occasion_word
            && !(next + 1..run.end.min(next + 40)).any(|k| text.low(k) == "that");
        // “…,” until shots were heard: a comma within the marks ends what was said.
        let tail = comma
            && text.within[run.start].is_some()
            && matches!(
                low,
                "when" | "until" | "after" | "before" | "during" | "because" | "in" | "at" | "to" | "on"
            );
        if aside || occasion || tail || text.kind(t) == Kind::Dash {
            return run.start..t;
        }
    }
    run
}

/// Whether the words after “, he said,” go on with the clause before it.
pub(super) fn continues(text: &Text, at: usize, s: &Range<usize>) -> bool {
    let low = text.low(at);
    at + 2 < s.end
        && text.within[at].is_none()
        && text.is_word(at)
        && (text.capital(at) || !low.ends_with("ing"))
        && !matches!(
            low,
            "who"
                | "which"
                | "and"
                | "but"
                | "as"
                | "while"
                | "when"
                | "according"
                | "after"
                | "before"
                | "citing"
                | "a"
                | "an"
                | "though"
                | "although"
        )
}

/// “he said” and nothing after.
fn attributes(text: &Text, at: usize, end: usize) -> bool {
    let said = (at..(at + 7).min(end))
        .find(|&t| matches!(text.low(t), "said" | "says" | "added") && text.within[t].is_none());
    said.is_some_and(|t| {
        (at..t).all(|k| text.is_word(k) || text.kind(k) == Kind::Hyphen)
            && matches!(text.kind(t + 1), Kind::Stop | Kind::Other | Kind::Comma)
            && !matches!(text.low(at), "and" | "but" | "which" | "who")
    })
}

/// Takes commas, stops and outer marks from the ends.
pub(super) fn trimmed(text: &Text, run: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (run.start, run.end.min(text.tokens.len()).max(run.start));
    while start < end
        && matches!(text.kind(start), Kind::Comma | Kind::Colon | Kind::Dash | Kind::Semicolon)
        && text.within[start].is_none()
    {
        start += 1;
    }
    while end > start
        && matches!(text.kind(end - 1), Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Stop)
        && text.within[end - 1].is_none()
    {
        end -= 1;
    }
    start..end
}

/// Direct where nearly all letters stand in marks, indirect where none do; direct contents lose their outer marks.
pub(super) fn moded(text: &Text, contents: Vec<Range<usize>>) -> (Mode, Vec<Range<usize>>) {
    let (mut inside, mut all) = (0, 0);
    for t in contents.iter().cloned().flatten() {
        if text.is_word(t) || text.kind(t) == Kind::Number {
            let length = text.tokens[t].end - text.tokens[t].start;
            all += length;
            inside += if text.within[t].is_some() { length } else { 0 };
        }
    }
    if inside == 0 {
        return (Mode::Indirect, contents);
    }
    if inside * 10 < all * 9 {
        return (Mode::Mixed, contents);
    }
    let mut out = Vec::new();
    for c in contents {
        let mut t = c.start;
        while t < c.end {
            if let Some(m) = text.within[t] {
                let m = text.marked[m as usize];
                let run = t.max(m.open + 1)..m.inner_end.min(c.end);
                if !run.is_empty() {
                    out.push(run);
                }
                t = m.inner_end.max(t) + 1;
            } else {
                t += 1;
            }
        }
    }
    (Mode::Direct, out)
}
