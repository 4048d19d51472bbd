//! Mends sentences that were broken where a link stood.
//!
//! Text copied from a page often comes with a paragraph break before and after each link. A line
//! is carried on when it cannot end there (no full stop, an article or a comma last, an open
//! quotation) and the next can continue it. Subheads, lists, verse and headings are what must
//! not be joined, so where both readings are possible the lines stay apart.

use std::sync::LazyLock;

use regex::Regex;

use crate::language::{self, Openers};
use crate::line;
use crate::wire;

/// No paragraph is longer; past this many bytes nothing more is joined on.
const LONGEST: usize = 8000;
/// How much of a long line is looked at: what decides stands at its end.
const LOOKED_AT: usize = 700;
/// A mended passage shorter than this share of the usual paragraph is still going on after a
/// link that ends in a full stop.
const UNFINISHED: f64 = 0.6;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the pattern is a constant and a test compiles it"));
    };
}
pattern!(INNER_STOP, r#"\.["”“’»)]*\s+["“„‘«(]?[\p{Lu}\d]"#);
pattern!(INNER_END, r#"[.!?]["”“’»)]*\s+["“„‘«(]?[\p{Lu}\d]"#);
pattern!(
    ABBREVIATION,
    r"\b(Mr|Ms|Mrs|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|vs|No|Jr|Sr|Prof|Nr|bzw|ca|usw|Mio|Mrd|Abs|Art|\p{L}|\d{1,2})\."
);
pattern!(
    CLAUSE,
    r",\s+(?:die|der|das|den|dem|dass|weil|wenn|nachdem|obwohl|während|wobei|wo|aber|doch|sondern|bevor|um|which|who|whose|that|but|because|although|while|whereas|saying|adding|including|according|with|after|before|where|when|and|qui|que|dont|où|quien|cuyo|che|som|men|который|которая|которые|что|но)\b"
);
pattern!(OPEN_END, r"[,–—(\[/&]$|\s-$");
pattern!(NUMBERED, r"^(\d+[.)]|\d{1,2}[hH:.]\d{2}\b)");
pattern!(PROPER_LOWER, r"^(?:\p{Ll}+\p{Lu}|(?:de|van|von|al|el|bin|di|da|la|le|d|ibn|ter|den)\b)");
pattern!(QUOTED_HEAD, r#"[’”"»“]\s?: "#);
pattern!(QUESTION_HEAD, r"(?i)^(?:what|how|why|where|who|when|things?|something)\b");
pattern!(DASH_ON, r"^[-–—]\s?\w");
const OFFICES: [&str; 22] = [
    "president",
    "minister",
    "senator",
    "chancellor",
    "secretary",
    "spokesman",
    "spokeswoman",
    "governor",
    "ambassador",
    "general",
    "congressman",
    "congresswoman",
    "mayor",
    "judge",
    "justice",
    "professor",
    "director",
    "premier",
    "king",
    "queen",
    "prince",
    "princess",
];

/// Joins broken lines back into whole paragraphs, in order.
pub fn mend(lines: Vec<String>, language: &str) -> Vec<String> {
    let mender = Mender { openers: language::openers(language), language, usual: usual_length(&lines) };
    let mut whole: Vec<String> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let mut current = lines[at].clone();
        if announces_list(&lines[at..]) {
            whole.push(current);
            at += 1;
            while at < lines.len() && short_item(&lines[at]) {
                whole.push(lines[at].clone());
                at += 1;
            }
            continue;
        }
        let first = at;
        while let Some(next) = lines.get(at + 1) {
            let seen = Seen {
                after: lines.get(at + 2),
                first: first == 0,
                pieces: at - first + 1,
                last: &lines[at],
            };
            if current.len() > LONGEST || !mender.carries_on(&current, next, &seen) {
                break;
            }
            glue(&mut current, next);
            at += 1;
        }
        whole.push(current);
        at += 1;
    }
    whole
}

/// Writes `next` on, with a space where words meet.
fn glue(current: &mut String, next: &str) {
    let hyphenated = next.starts_with('-') && next[1..].starts_with(char::is_alphanumeric);
    if !(line::starts_closing(next) || hyphenated || current.ends_with(['(', '[', '/', '«', '„'])) {
        current.push(' ');
    }
    current.push_str(next);
}

/// The median length of the lines that are long enough to be paragraphs.
fn usual_length(lines: &[String]) -> usize {
    let mut lengths: Vec<usize> =
        lines.iter().map(|text| line::chars(text)).filter(|&length| length > 60).collect();
    let middle = lengths.len() / 2;
    if lengths.is_empty() { 100 } else { *lengths.select_nth_unstable(middle).1 }
}

/// A colon, and then at least two short lines: a list, in which nothing is joined.
fn announces_list(lines: &[String]) -> bool {
    let [head, one, two, ..] = lines else { return false };
    head.ends_with(':')
        && line::chars(one) < 60
        && line::chars(two) < 60
        && !line::ends_clause(one)
        && !line::starts_closing(one)
}

fn short_item(text: &str) -> bool {
    line::chars(text) < 60 && !line::ends_sentence(text)
}

/// Every longer word has a capital, as in an English headline or a menu.
pub fn title_case(text: &str) -> bool {
    let mut long =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(3).is_some()).peekable();
    let two = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().nth(3).is_some())
        .nth(1)
        .is_some();
    two && long.all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && !text.contains(['.', ';', ':'])
}

/// What stands around the place where two lines meet.
struct Seen<'a> {
    /// The line after the next.
    after: Option<&'a String>,
    /// Whether the passage opens the body: a standfirst often has no full stop.
    first: bool,
    /// Of how many lines the passage is made already.
    pieces: usize,
    /// The line that was joined last.
    last: &'a str,
}

struct Mender<'a> {
    openers: Openers,
    language: &'a str,
    usual: usize,
}

impl Mender<'_> {
    /// Whether `next` carries on the sentence at the end of `current`.
    fn carries_on(&self, current: &str, next: &str, seen: &Seen) -> bool {
        let length = line::chars(current);
        let end = &current[current.char_indices().rev().nth(LOOKED_AT).map_or(0, |(byte, _)| byte)..];
        let ended = line::ends_sentence(end);
        if line::starts_closing(next) && !(ended && next.starts_with(['»', '“'])) {
            return true;
        }
        if wire::credit_at_end(end).is_some() {
            return false;
        }
        if !ended && !end.ends_with(':') && DASH_ON.is_match(next) && (seen.pieces > 1 || length >= 50) {
            return true;
        }
        if ended {
            return self.goes_on_after_stop(length, next, seen);
        }
        if line::lists(next) || end.ends_with(':') {
            return false;
        }
        let last = line::last_word(end);
        let words = line::words(end);
        let always = self.openers.always(&last);
        let opened = always || self.openers.in_prose(&last);
        if line::starts_lower(next) {
            let name = PROPER_LOWER.is_match(next) && words <= 8 && !opened;
            let numbered_head = NUMBERED.is_match(end) && line::ends_sentence(next) && line::chars(next) > 80;
            return !name && !numbered_head;
        }
        let capitals = line::all_capitals(end) && words <= 15;
        let numbered = NUMBERED.is_match(end) && seen.pieces == 1;
        let question_head = QUESTION_HEAD.is_match(end) && length < 60;
        if always && !question_head && !(numbered && line::chars(next) > 60) {
            return true;
        }
        let office = self.language == "en" && OFFICES.contains(&last.as_str()) && (words <= 2 || words >= 8);
        if office && !capitals && !seen.first && next.starts_with(char::is_uppercase) {
            return true;
        }
        if OPEN_END.is_match(end) && !capitals {
            return true;
        }
        let headline = capitals
            || (seen.first && length > 25 && line::chars(next) > 80)
            || (numbered
                && !INNER_STOP
                    .is_match(&without_abbreviations(end.split_once(' ').map_or("", |(_, rest)| rest))));
        if headline {
            return false;
        }
        if self.openers.in_prose(&last)
            && (words <= 2 || length >= 90 || (length >= 60 && self.language != "de"))
        {
            return true;
        }
        if self.language == "de" && noun_missing(end, length) {
            return true;
        }
        self.reads_on(end, length, next, seen, opened)
    }

    /// A link that ends in a full stop, and what followed it: the paragraph goes on unless it is
    /// as long as paragraphs are here. Only where a break was mended already.
    fn goes_on_after_stop(&self, length: usize, next: &str, seen: &Seen) -> bool {
        seen.pieces > 1
            && line::words(seen.last) <= 8
            && seen.last.ends_with('.')
            && seen.last.trim_end_matches('.').ends_with(char::is_lowercase)
            && !line::lists(next)
            && !title_case(next)
            && line::ends_clause(next)
            && (length as f64) < UNFINISHED * self.usual as f64
    }

    /// Neither the last word nor the next letter tells: it depends on what kind of lines they are.
    fn reads_on(&self, end: &str, length: usize, next: &str, seen: &Seen, opened: bool) -> bool {
        let (next_length, next_words) = (line::chars(next), line::words(next));
        let next_open = !line::ends_clause(next);
        let continued =
            seen.after.is_some_and(|after| line::starts_lower(after) || line::starts_closing(after));
        let open_quote = quotation_open(end);
        if end.ends_with(['"', '”', '“', '»', '’', '«']) && !open_quote && seen.pieces == 1 && !continued
        {
            return false;
        }
        let stops = if length < 100 { &INNER_STOP } else { &INNER_END };
        let quoted_head = QUOTED_HEAD.is_match(end) && length < 120;
        let prose = seen.pieces > 1
            || length > 120
            || open_quote
            || (!quoted_head
                && !credit_line(end)
                && (stops.is_match(&without_abbreviations(end)) || (length >= 75 && CLAUSE.is_match(end))));
        if prose {
            return !(next_length <= 110
                && next_open
                && seen.after.is_some()
                && !continued
                && seen.pieces == 1
                && !opened);
        }
        let words = line::words(end);
        let menu = title_case(end);
        let link = next_open && next_length <= 120 && continued;
        if link
            && words >= 3
            && !menu
            && !self.openers.begins(&line::first_word(next))
            && !(end.contains(": ") && words <= 12)
        {
            return true;
        }
        let stopped = line::ends_sentence(next);
        if words >= 3 && stopped && next_words <= 3 && next.starts_with(char::is_alphanumeric) && !menu {
            return true;
        }
        length >= 60 && next_length <= 60 && stopped && next_words <= 6
    }
}

fn without_abbreviations(text: &str) -> std::borrow::Cow<'_, str> {
    ABBREVIATION.replace_all(text, "$1")
}

/// A caption with its credit, "Nurses at work. Photo: City Hospital": two labels, no running text.
fn credit_line(end: &str) -> bool {
    end.rsplit_once(". ").is_some_and(|(_, last)| last.contains(": ") && line::chars(last) < 60)
}

/// A determiner and then nothing but adjectives: in German the noun, with its capital, is missing.
fn noun_missing(end: &str, length: usize) -> bool {
    if !end.ends_with(char::is_alphanumeric) {
        return false;
    }
    let adjective = |word: &str| {
        word.starts_with(char::is_lowercase)
            && ["e", "en", "em", "er", "es"].iter().any(|ending| word.ends_with(ending))
    };
    let words: Vec<&str> = end.rsplit([' ', '\u{a0}']).take(4).collect();
    (1..words.len()).take_while(|&count| adjective(words[count - 1])).any(|count| {
        language::german_determiner(&words[count].to_lowercase()) && (length >= 40 || count == 1)
    })
}

/// Whether a quotation or a bracket is open at the end.
fn quotation_open(text: &str) -> bool {
    let count = |mark: char| text.matches(mark).count();
    if count('(') > count(')') {
        return true;
    }
    if text.contains('„') {
        return count('„') > count('“') + count('”');
    }
    count('“') > count('”') || count('«') != count('»')
}
