//! What a person is, in the words beside the name: “Norwegian envoy Ilse Brandvold”, “Ilse Brandvold, the envoy”.

use std::collections::HashMap;
use std::ops::Range;

use super::name::name_text;
use crate::gazetteer::Stands;
use crate::places::Mention;
use crate::roles;
use crate::sides::Sides;
use crate::text::{Kind, Text};

/// The words right before a name that say what its bearer is: back to the start of the phrase.
pub(super) fn before(
    text: &Text,
    name: usize,
    sentence: &Range<usize>,
    places: &HashMap<usize, &Mention>,
) -> Option<Range<usize>> {
    let floor = sentence.start.max(name.saturating_sub(12));
    let mut start = name;
    let mut i = name;
    while i > floor {
        let k = i - 1;
        let low = text.low(k);
        let keeps = match text.kind(k) {
            Kind::Hyphen | Kind::Possessive => true,
            Kind::Word => {
                let verb = crate::cues::cue(low).is_some_and(|c| !c.noun || c.form == crate::cues::Form::Ing);
                !verb
                    && !stops(low)
                    && !(low.ends_with("ing")
                        && !text.capital(k)
                        && low != "acting"
                        && low != "ruling"
                        && low != "leading"
                        && low != "sitting")
            }
            _ => false,
        };
        let of = low == "of" && start < name && roles::is_role(text.low(k.wrapping_sub(1)));
        if !keeps && !of || text.within[k] != text.within[name] {
            break;
        }
        start = k;
        i = k;
        // A country opens the phrase, but for “former” and the like before it.
        if places.get(&k).is_some_and(|m| m.run.start == k)
            && text.kind(k + 1) != Kind::Hyphen
            && k > floor
            && !matches!(text.low(k - 1), "former" | "ex" | "then" | "senior" | "top" | "late" | "-")
        {
            break;
        }
    }
    while start < name
        && (matches!(text.kind(start), Kind::Hyphen | Kind::Possessive)
            || matches!(text.low(start), "the" | "a" | "an" | "his" | "her" | "their" | "its")
            || adverb(text.low(start)))
    {
        start += 1;
    }
    if start >= name {
        return None;
    }
    let role = start..name;
    let last = text.low(name - 1);
    let useful = roles::is_role(last) || roles::is_title(last) || roles::is_honorific(last);
    // “Russia's Lavrov” says the country at least.
    let country = role.clone().any(|i| places.contains_key(&i));
    (useful || country && role.len() <= 3).then_some(role)
}

fn adverb(low: &str) -> bool {
    low.len() > 4 && low.ends_with("ly") && low != "family" && low != "italy"
}

fn stops(low: &str) -> bool {
    matches!(
        low,
        "and"
            | "or"
            | "but"
            | "that"
            | "with"
            | "by"
            | "for"
            | "from"
            | "to"
            | "in"
            | "on"
            | "at"
            | "of"
            | "between"
            | "than"
            | "as"
            | "when"
            | "while"
            | "where"
            | "who"
            | "whom"
            | "which"
            | "because"
            | "if"
            | "after"
            | "before"
            | "until"
            | "is"
            | "was"
            | "are"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "could"
            | "should"
            | "may"
            | "might"
            | "can"
            | "did"
            | "does"
            | "do"
            | "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "against"
            | "about"
            | "over"
            | "under"
            | "into"
            | "like"
            | "including"
            | "not"
            | "also"
            | "then"
            | "i"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "you"
            | "his"
            | "her"
            | "their"
            | "its"
            | "met"
            | "told"
            | "when's"
            | "via"
    )
}

/// “, the Kremlin's spokesman,” after a name.
pub(super) fn apposition(text: &Text, end: usize) -> Option<Range<usize>> {
    if text.kind(end) != Kind::Comma {
        return None;
    }
    let mut start = end + 1;
    if matches!(text.low(start), "who" | "and" | "but" | "which" | "as" | "in" | "on" | "at") {
        return None;
    }
    if matches!(text.low(start), "the" | "a" | "an" | "its" | "his" | "her") {
        start += 1;
    }
    let mut stop = start;
    while stop < start + 16
        && matches!(text.kind(stop), Kind::Word | Kind::Hyphen | Kind::Possessive | Kind::Number)
        && !matches!(
            text.low(stop),
            "who" | "said" | "says" | "told" | "was" | "is" | "has" | "had" | "will" | "that" | "which"
        )
    {
        stop += 1;
    }
    let head =
        (start..stop.min(start + 7)).any(|i| roles::is_role(text.low(i)) && !text.low(i).ends_with("ss"));
    let closed = stop >= text.tokens.len()
        || text.spaced_paragraph(stop)
        || matches!(text.kind(stop), Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Dash)
        || matches!(text.low(stop), "who" | "said" | "says" | "told");
    (head && closed && stop > start).then_some(start..stop)
}

/// “Kremlin's spokesman” is the Kremlin spokesman; honorifics are no roles.
pub(super) fn tidy_role(
    text: &Text,
    role: &Range<usize>,
    places: &HashMap<usize, &Mention>,
    sides: &Sides,
) -> String {
    let mut start = role.start;
    let mut end = role.end;
    while end > start
        && (roles::is_honorific(text.low(end - 1)) || matches!(text.kind(end - 1), Kind::Hyphen))
    {
        end -= 1;
    }
    while start < end && matches!(text.low(start), "former") && end - start == 1 {
        start += 1;
    }
    let metonym = (start..end).any(|i| {
        places.get(&i).is_some_and(|m| m.stands == Stands::Metonym) && text.kind(i + 1) == Kind::Possessive
    });
    if metonym {
        let mut words = String::new();
        for i in start..end {
            if text.kind(i) != Kind::Possessive {
                if !words.is_empty() && text.spaced(i) {
                    words.push(' ');
                }
                words.push_str(text.word(i));
            }
        }
        return words;
    }
    // “the bureau's director”, once it has been said which bureau.
    if let Some((body, possessive)) = sides.recalled(&(start..end))
        && possessive + 1 < end
    {
        return format!("{} of the {}", name_text(text, &(possessive + 1..end)), name_text(text, &body));
    }
    name_text(text, &(start..end))
}

/// “its chairman, Askhat Venn,”, “Oman's envoy to Iran, Salim Venn,”: the role stands before the comma.
pub(super) fn headed(text: &Text, name: usize) -> Option<Range<usize>> {
    let comma = name.checked_sub(1).filter(|&c| text.kind(c) == Kind::Comma)?;
    let inside =
        |low: &str| matches!(low, "of" | "to" | "for" | "the" | "its" | "their" | "a" | "an" | "his" | "her");
    let mut start = comma;
    while start > 0
        && comma - start < 10
        && text.within[start - 1] == text.within[name]
        && match text.kind(start - 1) {
            Kind::Hyphen | Kind::Possessive => true,
            Kind::Word => {
                let low = text.low(start - 1);
                inside(low) || !stops(low) && crate::cues::cue(low).is_none_or(|c| c.noun)
            }
            _ => false,
        }
    {
        start -= 1;
    }
    let determined =
        matches!(text.low(start), "its" | "their" | "the" | "his" | "her") || text.capital(start);
    while start < comma && inside(text.low(start)) {
        start += 1;
    }
    let role = (start..comma).find(|&t| roles::is_role(text.low(t)))?;
    // The phrase ends with the role, or goes on with “of”, “to”, “for”.
    let ends = role + 1 == comma || matches!(text.low(role + 1), "of" | "to" | "for");
    (determined && ends && !text.low(role).ends_with('s')).then_some(start..comma)
}

/// “, who was the ministry's spokeswoman until July and is now its ambassador”: offices in the order told.
pub(super) fn related(text: &Text, end: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let who = end + usize::from(text.kind(end) == Kind::Comma);
    if text.low(who) != "who" {
        return out;
    }
    let mut at = who + 1;
    while at < who + 24 && text.kind(at) != Kind::Comma && text.kind(at) != Kind::Stop {
        if matches!(text.low(at), "is" | "was" | "became") {
            let mut start = at + 1;
            while matches!(text.low(start), "now" | "then" | "the" | "a" | "an" | "its" | "their") {
                start += 1;
            }
            let mut stop = start;
            while stop < start + 12
                && matches!(text.kind(stop), Kind::Word | Kind::Hyphen | Kind::Possessive)
                && !matches!(text.low(stop), "and" | "until" | "when" | "who" | "before" | "said" | "from")
            {
                stop += 1;
            }
            if (start..stop).any(|t| roles::is_role(text.low(t))) {
                out.push(start..stop);
                at = stop;
                continue;
            }
        }
        at += 1;
    }
    out
}
