//! Runs of capitals that are somebody's name, and what does not belong to them.

use std::ops::Range;

use super::office::before;
use crate::gazetteer::{self, Stands};
use crate::places::Mention;
use crate::roles;
use crate::text::{Kind, Text};
use std::collections::HashMap;

pub(super) struct Run {
    pub(super) tokens: Range<usize>,
    /// Words before the name that say what the person is.
    pub(super) role: Option<Range<usize>>,
    pub(super) sure: bool,
}

/// “said Oren Talbach”, “Oren Talbach said”.
pub(super) fn speaks(text: &Text, run: &Range<usize>) -> bool {
    let verb = |i: usize| {
        matches!(
            text.low(i),
            "said"
                | "says"
                | "told"
                | "added"
                | "asked"
                | "wrote"
                | "tweeted"
                | "warned"
                | "argued"
                | "insisted"
        )
    };
    verb(run.end) || run.start > 0 && verb(run.start - 1)
}

pub(super) fn name_text(text: &Text, run: &Range<usize>) -> String {
    text.slice(run).split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "al"
            | "el"
            | "bin"
            | "bint"
            | "ibn"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "da"
            | "di"
            | "du"
            | "dos"
            | "das"
            | "del"
            | "ul"
            | "ben"
            | "ould"
            | "le"
            | "y"
    )
}

/// Runs of capitalised words that may be names, cut from the titles before them.
pub(super) fn runs(text: &Text, places: &HashMap<usize, &Mention>) -> Vec<Run> {
    let mut out = Vec::new();
    for sentence in &text.sentences {
        let mut i = sentence.start;
        while i < sentence.end {
            if !text.capital(i) || text.dateline[i] {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i + 1;
            while end < sentence.end {
                let next = end;
                if text.capital(next) {
                    end = next + 1;
                } else if text.kind(next) == Kind::Hyphen && text.is_word(next + 1) && !text.spaced(next) {
                    end = next + 2;
                } else if text.is_word(next)
                    && particle(text.low(next))
                    && (text.capital(next + 1)
                        || text.kind(next + 1) == Kind::Hyphen
                        || (particle(text.low(next + 1)) && text.capital(next + 2)))
                {
                    end = next + 1;
                } else {
                    break;
                }
            }
            let end = end.min(sentence.end);
            i = end;
            if let Some(run) = trim(text, start..end, sentence, places) {
                out.push(run);
            }
        }
    }
    out
}

/// Takes titles, countries and sentence starts from the front of a run; what is left may be a name.
fn trim(
    text: &Text,
    run: Range<usize>,
    sentence: &Range<usize>,
    places: &HashMap<usize, &Mention>,
) -> Option<Run> {
    let mut name = run.start;
    let mut sure = false;
    // The last title, role, country or body in the run ends what stands before the name.
    for i in run.clone() {
        let low = text.low(i);
        let place = places.get(&i).filter(|m| !matches!(m.stands, Stands::Leader(_)));
        let function = i == sentence.start && starter(low)
            || matches!(
                low,
                "the"
                    | "a"
                    | "an"
                    | "i"
                    | "he"
                    | "she"
                    | "it"
                    | "we"
                    | "they"
                    | "but"
                    | "and"
                    | "in"
                    | "on"
                    | "if"
                    | "as"
                    | "at"
                    | "when"
                    | "for"
                    | "this"
                    | "that"
                    | "his"
                    | "her"
                    | "meanwhile"
                    | "however"
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                    | "january"
                    | "february"
                    | "july"
                    | "october"
                    | "november"
                    | "december"
                    | "u.s"
                    | "u.s."
            );
        let titled = roles::is_title(low)
            && !(gazetteer::is_first_name(text.word(i)) && i + 1 < run.end && !roles::is_honorific(low))
            || roles::is_role(low) && i + 1 < run.end;
        if function || titled || place.is_some() || (roles::is_body(low) && i + 1 < run.end) {
            // A place inside a name (“Israel Katz”) is the name's.
            if place.is_some() && i == name && i + 1 < run.end && gazetteer::is_first_name(text.word(i)) {
                continue;
            }
            if place.is_some() && i > name && !titled {
                return None;
            }
            name = i + 1;
            sure = titled;
            while name < run.end && text.kind(name) == Kind::Hyphen {
                name += 1;
            }
        }
    }
    if name >= run.end {
        return None;
    }
    let mut end = run.end;
    while end > name
        && (text.kind(end - 1) == Kind::Hyphen || particle(text.low(end - 1)) && !text.capital(end - 1))
    {
        end -= 1;
    }
    // “Kim Jong-un” keeps its last part; “Trump-backed” does not.
    if end >= name + 3
        && text.kind(end - 2) == Kind::Hyphen
        && !text.capital(end - 1)
        && text.low(end - 1).len() > 4
    {
        end -= 2;
    }
    if end <= name {
        return None;
    }
    let body = (name..end).any(|i| roles::is_body(text.low(i)) && !gazetteer::is_first_name(text.word(i)));
    let shouted = (name..end)
        .filter(|&i| text.is_word(i))
        .all(|i| text.word(i).len() > 3 && text.word(i).chars().all(char::is_uppercase));
    if body || shouted || end - name > 7 {
        return None;
    }
    let role = before(text, name, sentence, places);
    let sure = sure
        || role
            .as_ref()
            .is_some_and(|r| roles::is_role(text.low(r.end - 1)) || roles::is_title(text.low(r.end - 1)));
    Some(Run { tokens: name..end, role, sure })
}

fn starter(low: &str) -> bool {
    matches!(
        low,
        "while"
            | "after"
            | "before"
            | "since"
            | "because"
            | "although"
            | "though"
            | "despite"
            | "during"
            | "with"
            | "from"
            | "to"
            | "of"
            | "by"
            | "there"
            | "then"
            | "now"
            | "so"
            | "yet"
            | "still"
            | "even"
            | "both"
            | "some"
            | "many"
            | "most"
            | "all"
            | "no"
            | "not"
            | "what"
            | "who"
            | "why"
            | "how"
            | "where"
            | "earlier"
            | "later"
            | "last"
            | "next"
            | "according"
            | "asked"
            | "speaking"
            | "former"
            | "like"
            | "these"
            | "those"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "another"
            | "other"
            | "more"
            | "also"
            | "or"
            | "just"
            | "only"
            | "once"
            | "until"
            | "unlike"
            | "among"
            | "under"
            | "over"
            | "about"
            | "photo"
            | "image"
            | "follow"
            | "see"
            | "read"
    )
}
