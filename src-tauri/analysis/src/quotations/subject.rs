//! Whose words they are, in the sentence: the noun phrase beside the verb, and whether it can speak at all.

use std::ops::Range;

use super::content::weekday;
use crate::cues::cue;
use crate::roles;
use crate::text::{Kind, Text};

/// “I”, “we”, “you”, and “who” of nobody named.
pub(super) fn addressed(text: &Text, subject: &Range<usize>) -> bool {
    subject.len() == 1 && matches!(text.low(subject.start), "i" | "we" | "you" | "who")
}

/// Whether a run of tokens can speak: a name, a pronoun, a role, a group, an institution, a country.
pub(super) fn speaks(text: &Text, run: &Range<usize>) -> bool {
    run.clone().any(|t| {
        let low = text.low(t);
        text.capital(t)
            && !(t == run.start && matches!(low, "the" | "this" | "that" | "but" | "it" | "there" | "what"))
            || matches!(low, "he" | "she" | "they" | "we" | "i" | "who" | "you" | "it")
            || roles::is_role(low)
            || roles::is_group(low)
            || roles::is_body(low)
            || roles::is_document(low)
            || crate::sides::is_state_body(low)
            || low == "percent"
            || low.ends_with("ers")
            || low.ends_with("ors")
            || low.ends_with("ists")
    })
}

pub(super) fn starts_noun(text: &Text, t: usize) -> bool {
    text.within.get(t).is_some_and(Option::is_none)
        && (text.capital(t)
            || matches!(
                text.low(t),
                "the"
                    | "a"
                    | "an"
                    | "one"
                    | "another"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "former"
                    | "he"
                    | "she"
                    | "they"
                    | "two"
                    | "some"
                    | "sources"
                    | "officials"
            )
            || roles::is_role(text.low(t)) && text.capital(t + 1))
}

/// A noun phrase with its apposition, from here on.
pub(super) fn noun_after(text: &Text, from: usize, s: &Range<usize>) -> Range<usize> {
    let mut t = from;
    while t < s.end && t < from + 25 {
        match text.kind(t) {
            Kind::Word
                if t > from
                    && matches!(
                        text.low(t),
                        "in" | "on"
                            | "at"
                            | "during"
                            | "after"
                            | "before"
                            | "when"
                            | "while"
                            | "as"
                            | "who"
                            | "said"
                            | "adding"
                            | "about"
                            | "to"
                            | "that"
                    )
                    && !text.capital(t) =>
            {
                break;
            }
            Kind::Word | Kind::Number | Kind::Hyphen | Kind::Possessive => t += 1,
            Kind::OpenParen => {
                while t < s.end && t < from + 25 && text.kind(t) != Kind::CloseParen {
                    t += 1;
                }
                t += 1;
            }
            // The apposition: “, the foreign minister”.
            Kind::Comma
                if matches!(text.low(t + 1), "the" | "a" | "an")
                    || roles::is_role(text.low(t + 1))
                    || text.capital(t + 1) && text.kind(t + 1) == Kind::Word =>
            {
                t += 1;
            }
            _ => break,
        }
    }
    let mut end = t.min(s.end);
    while end > from && matches!(text.kind(end - 1), Kind::Comma) {
        end -= 1;
    }
    from..end.max(from)
}

/// “, said the minister.”: nothing but a noun phrase follows.
pub(super) fn ends_after_noun(text: &Text, from: usize, s: &Range<usize>) -> bool {
    let end = noun_after(text, from, s).end;
    end - from <= 24
        && (end >= s.end || !text.is_word(end) || !matches!(text.low(end), "that"))
        && !(from..end).any(|t| bound(text.low(t)) || cue(text.low(t)).is_some_and(|c| !c.noun))
        && (end - from <= 4 || (from..end).any(|t| text.capital(t)))
}

pub(super) fn auxiliary(low: &str) -> bool {
    matches!(
        low,
        "has"
            | "have"
            | "had"
            | "also"
            | "then"
            | "later"
            | "once"
            | "never"
            | "not"
            | "been"
            | "is"
            | "was"
            | "are"
            | "were"
            | "would"
            | "will"
            | "could"
            | "may"
            | "might"
            | "can"
            | "did"
            | "does"
            | "do"
            | "just"
            | "again"
            | "often"
            | "still"
            | "now"
            | "yesterday"
            | "today"
            | "earlier"
            | "on"
            | "first"
            | "only"
            | "even"
            | "ever"
            | "long"
            | "further"
            | "who've"
            | "to"
            | "went"
            | "goes"
            | "must"
            | "should"
    ) || low.len() > 4
        && low.ends_with("ly")
        && !matches!(low, "family" | "assembly" | "italy" | "ally" | "july")
}

fn bound(low: &str) -> bool {
    matches!(
        low,
        "that"
            | "but"
            | "as"
            | "while"
            | "when"
            | "because"
            | "if"
            | "though"
            | "although"
            | "since"
            | "before"
            | "whether"
            | "where"
            | "so"
            | "until"
            | "unless"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "could"
            | "should"
            | "can"
            | "may"
            | "might"
            | "did"
            | "does"
            | "do"
            | "be"
            | "been"
            | "what"
            | "how"
            | "why"
            | "than"
            | "or"
            | "after"
    )
}

/// The noun phrase before the verb, with its apposition; and where it starts.
pub(super) fn left_subject(text: &Text, i: usize, s: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut t = i;
    // “He's claiming”
    if t > s.start + 1 && text.kind(t - 1) == Kind::Possessive && text.low(t).ends_with("ing") {
        t -= 1;
    }
    while t > s.start
        && text.within[t - 1].is_none()
        && text.is_word(t - 1)
        && (auxiliary(text.low(t - 1)) || weekday(text.low(t - 1)))
        && !text.capital_name(t - 1)
    {
        t -= 1;
    }
    if t == s.start {
        return None;
    }
    // “who in June refused”: the time stands between the pronoun and its verb.
    if t > s.start + 3
        && matches!(text.low(t - 3), "who" | "which")
        && matches!(text.low(t - 2), "in" | "on" | "last" | "this")
        && text.within[t - 3].is_none()
    {
        t -= 2;
    }
    // A relative clause: “officials who have accused”.
    if matches!(text.low(t - 1), "who" | "which") {
        t -= 1;
        if t > s.start && text.kind(t - 1) == Kind::Comma {
            t -= 1;
        }
    }
    let relative = t < i && matches!(text.low(t), "who" | "which")
        || matches!(text.low(t + 1), "who" | "which") && text.kind(t) == Kind::Comma;
    let end = t;
    let mut tail = None;
    if t > s.start && text.kind(t - 1) == Kind::CloseParen {
        while t > s.start && text.kind(t - 1) != Kind::OpenParen {
            t -= 1;
        }
        t = t.saturating_sub(1).max(s.start);
    }
    if t > s.start && matches!(text.kind(t - 1), Kind::Comma | Kind::Dash) && text.within[t - 1].is_none() {
        // An apposition or aside ends here: the name stands before its opening comma.
        let closing = text.kind(t - 1);
        let floor = s.start.max(t.saturating_sub(26));
        let mut k = t - 1;
        while k > floor
            && text.kind(k - 1) != closing
            && text.within[k - 1].is_none()
            && text.kind(k - 1) != Kind::Stop
        {
            k -= 1;
        }
        if k > floor
            && text.kind(k - 1) == closing
            && k >= 2
            && text.within[k - 1].is_none()
            && text.within[k - 2].is_none()
            && t - k > 1
        {
            tail = Some(t - 1);
            t = k - 1;
        } else {
            return None;
        }
    }
    let stop = t;
    // “In March he had told”: a pronoun is the whole subject, whatever stands before it.
    if stop > s.start
        && tail.is_none()
        && personal(text.low(stop - 1))
        && (stop < 2 || text.low(stop - 2) != "and")
    {
        return Some((stop - 1..stop, stop - 1));
    }
    let floor = s.start.max(t.saturating_sub(25));
    while t > floor {
        let k = t - 1;
        if text.within[k].is_some() || text.dateline[k] {
            break;
        }
        match text.kind(k) {
            Kind::Word => {
                let low = text.low(k);
                if bound(low) && !text.capital_name(k)
                    // “met with officials who said” begins at the officials; “officials in Tokyo who
                    // said” begins before Tokyo.
                    || relative
                        && matches!(
                            low,
                            "from" | "by" | "with" | "to" | "for" | "among" | "against" | "in" | "on" | "at"
                        )
                        && (!located(text, k) || (k + 1..stop).any(|n| is_someone(text.low(n))))
                {
                    break;
                }
                if low == "and"
                    && !(text.capital(k.saturating_sub(1)) && text.capital(k + 1)
                        || roles::is_role(text.low(k.saturating_sub(1)))
                        || roles::is_role(text.low(k + 1)))
                {
                    break;
                }
                if cue(low).is_some_and(|c| !c.noun && !text.capital(k)) {
                    break;
                }
            }
            Kind::Number | Kind::Hyphen | Kind::Possessive | Kind::Other => {}
            _ => break,
        }
        t = k;
    }
    let mut start = t;
    // “Oren Talbach, head of the port, which lies on the Danube, said”: the name stands one comma further.
    if tail.is_some()
        && start >= s.start + 2
        && start < stop
        && text.kind(start - 1) == Kind::Comma
        && !text.capital_name(start)
    {
        let mut k = start - 1;
        while k > s.start
            && start - k < 10
            && text.within[k - 1].is_none()
            && (text.capital(k - 1)
                || matches!(text.kind(k - 1), Kind::Hyphen | Kind::CloseParen | Kind::OpenParen))
        {
            k -= 1;
        }
        if k < start - 1 {
            start = k;
        }
    }
    // “On Friday the minister”, “In an interview Mr Orel”: what comes before the name is no subject.
    if start < stop
        && !text.capital_name(start)
        && matches!(
            text.low(start),
            "on" | "in" | "at" | "during" | "with" | "for" | "from" | "by" | "to" | "of"
        )
    {
        let mut k = stop;
        let mut seen = false;
        while k > start && (text.capital(k - 1) || !seen || matches!(text.kind(k - 1), Kind::Hyphen)) {
            seen |= text.capital(k - 1) || !text.is_word(k - 1);
            k -= 1;
        }
        start = if seen && k > start { k } else { start + 1 };
    }
    while start < stop
        && (matches!(
            text.low(start),
            "meanwhile"
                | "however"
                | "then"
                | "and"
                | "but"
                | "so"
                | "still"
                | "also"
                | "yet"
                | "later"
                | "thus"
        ) || weekday(text.low(start)))
    {
        start += 1;
    }
    let run = start..tail.unwrap_or(stop).max(start);
    let run = if tail.is_none() { start..stop.min(end) } else { run };
    (!run.is_empty()).then_some((run, start))
}

/// A pronoun that stands for one subject.
fn personal(low: &str) -> bool {
    matches!(low, "he" | "she" | "they" | "we" | "i" | "it" | "you")
}

/// A noun for somebody.
fn is_someone(low: &str) -> bool {
    roles::is_role(low) || roles::is_group(low)
}

/// “officials in Tokyo”: somebody stands right before the place.
fn located(text: &Text, preposition: usize) -> bool {
    matches!(text.low(preposition), "in" | "at" | "from")
        && preposition > 0
        && is_someone(text.low(preposition - 1))
}

/// Nobody, none, no country: a subject that says that there is no speaker, or does not say who.
pub(super) fn nobody(text: &Text, subject: &Range<usize>) -> bool {
    let first = text.low(subject.start);
    let alone = subject.len() == 1 || text.low(subject.start + 1) == "of";
    matches!(
        first,
        "nobody" | "no-one" | "nothing" | "no" | "neither" | "anybody" | "anyone" | "anything" | "everything"
    ) || alone
        && matches!(first, "none" | "somebody" | "someone" | "something" | "everybody" | "everyone" | "few")
}

impl Text<'_> {
    /// A capital that is not only the sentence's first.
    fn capital_name(&self, i: usize) -> bool {
        self.capital(i)
            && i > 0
            && !matches!(self.kind(i - 1), Kind::Stop | Kind::Open)
            && !matches!(self.low(i), "on" | "in" | "at" | "but" | "as")
    }
}

/// “After saying …, she left”: the subject follows the clause that the participle opens.
pub(super) fn opening(text: &Text, s: &Range<usize>, i: usize) -> Option<Range<usize>> {
    let first = (s.start..i).find(|&t| !text.dateline[t])?;
    let led = first + 1 == i
        && matches!(text.low(first), "after" | "before" | "while" | "without" | "by" | "when" | "despite");
    if first != i && !led {
        return None;
    }
    let comma = (i + 1..s.end).find(|&t| {
        let next = t + 1 + usize::from(text.kind(t + 1) == Kind::Close);
        text.kind(t) == Kind::Comma
            && (personal(text.low(next)) || starts_noun(text, next))
            && !text.within.get(next).is_some_and(Option::is_some)
    })?;
    // “After calling it “unfair,” she left”: the mark closes behind the comma.
    let comma = comma + usize::from(text.kind(comma + 1) == Kind::Close);
    if personal(text.low(comma + 1)) {
        return Some(comma + 1..comma + 2);
    }
    let end = (comma + 1..s.end.min(comma + 12)).find(|&t| {
        !text.is_word(t)
            || bound(text.low(t))
            || text.low(t).ends_with("ed")
            || cue(text.low(t)).is_some_and(|c| !c.noun)
    })?;
    (end > comma + 1).then_some(comma + 1..end)
}

/// The first noun phrase of the sentence, for a participle that has no subject of its own.
pub(super) fn main_subject(text: &Text, s: &Range<usize>, i: usize) -> Option<Range<usize>> {
    let mut start =
        (s.start..i).find(|&t| !text.dateline[t] && text.within[t].is_none() && text.is_word(t))?;
    // “On Thursday, Mr Orel …”: the subject follows the comma.
    if matches!(
        text.low(start),
        "on" | "in"
            | "at"
            | "after"
            | "during"
            | "before"
            | "with"
            | "for"
            | "since"
            | "while"
            | "when"
            | "as"
            | "if"
            | "by"
            | "despite"
            | "speaking"
            | "earlier"
            | "last"
            | "recently"
            | "once"
            | "following"
            | "meanwhile"
            | "however"
            | "instead"
            | "still"
            | "under"
            | "until"
            | "although"
            | "though"
            | "asked"
            | "later"
            | "then"
            | "now"
            | "today"
            | "yesterday"
    ) && let Some(comma) = (start..i.min(start + 25)).find(|&t| text.kind(t) == Kind::Comma)
    {
        start = comma + 1;
    }
    let mut t = start;
    while t < i
        && t < start + 12
        && matches!(text.kind(t), Kind::Word | Kind::Possessive | Kind::Hyphen)
        && !(t > start
            && (bound(text.low(t))
                || text.low(t).ends_with("ed") && !text.capital(t)
                || cue(text.low(t)).is_some_and(|c| !c.noun)))
    {
        t += 1;
    }
    (t > start).then_some(start..t)
}
