//! A text cut into tokens, paragraphs, quotations and sentences.
//!
//! Positions are bytes inside the crate, because that is what slices and searches speak, and become
//! code points once, on the way out ([`Points`]). A quotation is never cut by the end of a sentence
//! inside it: “A. B,” he said is one sentence, for the attribution belongs to all of it.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Word,
    Number,
    Open,
    Close,
    Comma,
    /// Full stop, question or exclamation mark, ellipsis.
    Stop,
    Colon,
    Semicolon,
    /// A dash that separates; also `--`.
    Dash,
    /// A hyphen that joins.
    Hyphen,
    OpenParen,
    CloseParen,
    /// `'s` or `’s`, also a bare apostrophe after a plural.
    Possessive,
    Other,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

/// A passage in quotation marks: tokens of the marks; the closing one is missing when the paragraph ends first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked {
    pub open: usize,
    /// Token index one past the last token inside.
    pub inner_end: usize,
    pub closed: bool,
}

pub(crate) struct Text<'a> {
    pub src: &'a str,
    /// The text with its line breaks made spaces, byte for byte: names run over wrapped lines.
    pub flat: String,
    lower: String,
    pub tokens: Vec<Token>,
    /// Token ranges; lines that page furniture broke apart are one paragraph again.
    pub paragraphs: Vec<Range<usize>>,
    /// Token ranges, in order, never across paragraphs.
    pub sentences: Vec<Range<usize>>,
    pub marked: Vec<Marked>,
    /// For each token, the index in `marked` of the passage it stands in.
    pub within: Vec<Option<u32>>,
    /// For each token, whether it belongs to the line that says where and when it was written.
    pub dateline: Vec<bool>,
    /// Whether the first paragraph is a headline.
    pub headline: bool,
}

/// Tokens after which a sentence is cut though nothing ends it.
const LONGEST: usize = 300;

/// Abbreviations after which a full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "dr",
    "gen",
    "col",
    "lt",
    "sgt",
    "capt",
    "maj",
    "adm",
    "sen",
    "rep",
    "gov",
    "rev",
    "hon",
    "prof",
    "st",
    "jr",
    "sr",
    "vs",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "co",
    "corp",
    "inc",
    "ltd",
    "no",
    "pres",
    "messrs",
    "ambassador",
    "dept",
    "brig",
    "cmdr",
    "ft",
    "ave",
    "blvd",
    "calif",
    "conn",
    "mass",
    "fla",
    "pa",
    "va",
    "wis",
    "minn",
    "mich",
    "ill",
    "ind",
    "tenn",
    "ariz",
    "colo",
    "ala",
    "ark",
    "del",
    "ga",
    "ky",
    "la",
    "md",
    "miss",
    "mo",
    "mont",
    "neb",
    "nev",
    "okla",
    "ore",
    "tex",
    "vt",
    "wash",
    "wyo",
    "spc",
    "supt",
    "cpl",
    "pvt",
    "bros",
    "est",
    "mt",
    "al",
    "approx",
    "rt",
    "fr",
];

impl<'a> Text<'a> {
    pub fn new(src: &'a str, title: Option<&str>) -> Self {
        let mut text = Text {
            src,
            flat: src.replace(['\n', '\r', '\t'], " "),
            lower: src.to_ascii_lowercase(),
            tokens: tokens(src),
            paragraphs: Vec::new(),
            sentences: Vec::new(),
            marked: Vec::new(),
            within: Vec::new(),
            dateline: Vec::new(),
            headline: false,
        };
        text.within = vec![None; text.tokens.len()];
        text.dateline = vec![false; text.tokens.len()];
        text.cut_paragraphs(title);
        text.pair_marks();
        text.mark_datelines();
        text.cut_sentences();
        text
    }

    /// The token's words as written.
    pub fn word(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| &self.src[t.start..t.end])
    }

    /// The same in lower-case ASCII letters.
    pub fn low(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| &self.lower[t.start..t.end])
    }

    pub fn kind(&self, token: usize) -> Kind {
        self.tokens.get(token).map_or(Kind::Other, |t| t.kind)
    }

    pub fn is_word(&self, token: usize) -> bool {
        self.kind(token) == Kind::Word
    }

    pub fn capital(&self, token: usize) -> bool {
        self.is_word(token) && self.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// Bytes of a run of tokens.
    pub fn bytes(&self, run: &Range<usize>) -> Range<usize> {
        if run.is_empty() || run.end > self.tokens.len() {
            return 0..0;
        }
        self.tokens[run.start].start..self.tokens[run.end - 1].end
    }

    pub fn slice(&self, run: &Range<usize>) -> &'a str {
        &self.src[self.bytes(run)]
    }

    /// The token that holds or follows a byte.
    pub fn token_at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|t| t.end <= byte)
    }

    /// Whether a space or line break stands before the token.
    pub fn spaced(&self, token: usize) -> bool {
        token == 0 || self.tokens[token - 1].end < self.tokens[token].start
    }

    fn cut_paragraphs(&mut self, title: Option<&str>) {
        let mut start = 0;
        let mut cuts = Vec::new();
        for i in 1..self.tokens.len() {
            let gap = &self.src[self.tokens[i - 1].end..self.tokens[i].start];
            let Some(first) = gap.find('\n') else { continue };
            let after = &gap[first + 1..];
            let blank = after.contains('\n');
            let indent = after.len() >= 2 && !blank;
            // A single line break is a soft wrap unless the line before it ends like a sentence or like a long paragraph.
            let ends = matches!(self.kind(i - 1), Kind::Stop | Kind::Close | Kind::Colon);
            let line = self.src[..self.tokens[i - 1].end].rfind('\n').map_or(0, |n| n + 1);
            let long = self.tokens[i - 1].end - line > 120;
            let hard = blank || indent || (ends && !wrapped(&self.src[line..self.tokens[i - 1].end])) || long;
            let lower_next = self.is_word(i) && self.word(i).chars().next().is_some_and(char::is_lowercase);
            let broken = blank
                && lower_next
                && !ends
                && matches!(self.kind(i - 1), Kind::Word | Kind::Comma | Kind::Number | Kind::Possessive);
            if hard && !broken {
                cuts.push(start..i);
                start = i;
            }
        }
        if start < self.tokens.len() {
            cuts.push(start..self.tokens.len());
        }
        self.paragraphs = cuts;
        self.headline = self.paragraphs.first().is_some_and(|first| {
            let line = self.slice(first);
            title.is_some_and(|t| same_words(t, line))
                || (self.paragraphs.len() > 1 && first.len() < 30 && self.kind(first.end - 1) != Kind::Stop)
        });
    }

    /// Pairs quotation marks inside each paragraph.
    fn pair_marks(&mut self) {
        for p in self.paragraphs.clone() {
            let mut open: Option<(usize, char)> = None;
            for i in p.clone() {
                // Two single marks are written for a double one.
                let mark =
                    if self.word(i) == "''" { '"' } else { self.word(i).chars().next().unwrap_or(' ') };
                if let Some((at, opener)) = open {
                    let closes = match opener {
                        '“' => mark == '”' || (mark == '"' && !self.opens(i)),
                        '„' => matches!(mark, '“' | '”' | '"'),
                        '‘' => mark == '’' && self.kind(i) == Kind::Close,
                        '«' => mark == '»',
                        '»' => mark == '«',
                        '「' => mark == '」',
                        '『' => mark == '』',
                        '`' => mark == '"',
                        _ => matches!(mark, '"' | '”') && (!self.opens(i) || mark == '”'),
                    };
                    if closes {
                        self.tokens[i].kind = Kind::Close;
                        self.push_marked(at, i, true);
                        open = None;
                    } else if mark == '"' || (opener == '“' && mark == '“') {
                        // The one before was never closed: start again here.
                        self.tokens[i].kind = Kind::Open;
                        open = Some((i, mark));
                    }
                } else if matches!(mark, '“' | '„' | '«' | '「' | '『' | '"' | '»')
                    || (mark == '‘' && self.spaced(i))
                    || self.word(i) == "``"
                {
                    if mark == '"' && i + 1 == p.end {
                        self.tokens[i].kind = Kind::Close;
                        continue;
                    }
                    self.tokens[i].kind = Kind::Open;
                    open = Some((i, mark));
                }
            }
            if let Some((at, opener)) = open {
                // An apostrophe at a word's start is not a quotation that never ends.
                if opener != '‘' && opener != '»' {
                    self.push_marked(at, p.end, false);
                }
            }
        }
    }

    /// Whether a straight mark looks like an opening one.
    fn opens(&self, i: usize) -> bool {
        let spaced_before = self.spaced(i) || matches!(self.kind(i - 1), Kind::OpenParen | Kind::Dash);
        let spaced_after = i + 1 >= self.tokens.len()
            || self.spaced(i + 1)
            || matches!(self.kind(i + 1), Kind::Comma | Kind::Stop);
        spaced_before && !spaced_after
    }

    fn push_marked(&mut self, open: usize, inner_end: usize, closed: bool) {
        if inner_end <= open + 1 {
            return;
        }
        let id = self.marked.len() as u32;
        self.marked.push(Marked { open, inner_end, closed });
        for slot in &mut self.within[open..inner_end + usize::from(closed)] {
            *slot = Some(id);
        }
    }

    /// “MOSCOW, Nov 3 (Reuters) –”: capitals and a dash near the start of a paragraph.
    fn mark_datelines(&mut self) {
        for p in self.paragraphs.clone().into_iter().take(12) {
            let shouted =
                self.word(p.start).chars().filter(|c| c.is_uppercase()).count() >= 3 && self.is_word(p.start);
            let capital = self.capital(p.start);
            let end = (p.start + 1..(p.start + 16).min(p.end))
                .find(|&i| self.kind(i) == Kind::Dash && self.spaced(i));
            let Some(end) = end else { continue };
            let agency = (p.start..end).any(|i| {
                matches!(
                    self.low(i),
                    "reuters" | "ap" | "afp" | "upi" | "bloomberg" | "xinhua" | "tass" | "cnn"
                )
            });
            let lower_word = (p.start..end).any(|i| {
                self.is_word(i)
                    && self.word(i).chars().all(char::is_lowercase)
                    && !matches!(self.low(i), "and" | "de" | "of" | "al")
            });
            if (shouted && !lower_word) || (capital && agency && !lower_word) {
                self.dateline[p.start..=end].fill(true);
            }
        }
    }

    fn cut_sentences(&mut self) {
        let mut out = Vec::new();
        for p in &self.paragraphs {
            let mut start = p.start;
            let mut i = p.start;
            while i < p.end {
                let inside = self.within[i].is_some();
                let dateline_end = self.dateline[i] && i + 1 < p.end && !self.dateline[i + 1];
                let stop = match self.kind(i) {
                    Kind::Stop => !inside,
                    // The stop stands inside the marks: “… future.”
                    Kind::Close if i > p.start => {
                        let before = self.word(i - 1);
                        self.kind(i - 1) == Kind::Stop
                            && i + 1 < p.end
                            && self.starts_sentence(i + 1, p.end)
                            && (before == "." || !self.attribution_follows(i + 1, p.end))
                    }
                    _ => false,
                };
                let next = i + 1;
                let at_end = stop
                    && (next >= p.end || self.kind(i) == Kind::Close || self.starts_sentence(next, p.end));
                // What no stop ends is cut somewhere, but never inside marks: every rule below works within a sentence.
                let endless = i - start >= LONGEST && (!inside || self.kind(i) == Kind::Close);
                if at_end || dateline_end || endless {
                    let mut end = next;
                    while end < p.end
                        && matches!(self.kind(end), Kind::CloseParen | Kind::Close)
                        && self.within[end].is_none()
                    {
                        end += 1;
                    }
                    out.push(start..end);
                    start = end;
                    i = end;
                    continue;
                }
                i += 1;
            }
            if start < p.end {
                out.push(start..p.end);
            }
        }
        self.sentences = out;
    }

    fn starts_sentence(&self, i: usize, end: usize) -> bool {
        i >= end
            || matches!(self.kind(i), Kind::Open | Kind::Number | Kind::OpenParen | Kind::Dash | Kind::Other)
            || self
                .word(i)
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase())
    }

    /// “…?” Peskov asked: a cue within the next few words, before anything ends.
    fn attribution_follows(&self, from: usize, end: usize) -> bool {
        (from..(from + 9).min(end))
            .take_while(|&i| !matches!(self.kind(i), Kind::Stop | Kind::Open | Kind::Colon))
            .any(|i| crate::cues::cue(self.low(i)).is_some_and(|c| c.quotes))
    }
}

fn wrapped(line: &str) -> bool {
    // Lines of a hard-wrapped text are about equally long; a sentence may end at the end of one by chance.
    (50..=85).contains(&line.len())
}

fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().map(str::to_lowercase).eq(b.split_whitespace().map(str::to_lowercase))
}

fn tokens(src: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut chars = src.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let rest = &src[start + c.len_utf8()..];
        let next = rest.chars().next().unwrap_or(' ');
        let previous_letter = src[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        let (kind, mut end) = if cjk(c) {
            (Kind::Word, start + c.len_utf8())
        } else if c.is_alphabetic() {
            (Kind::Word, start + word_len(&src[start..]))
        } else if c.is_ascii_digit() {
            (Kind::Number, start + number_len(&src[start..]))
        } else {
            let one = start + c.len_utf8();
            match c {
                '“' | '„' | '«' | '「' | '『' => (Kind::Open, one),
                '‘' if next.is_alphanumeric() && !previous_letter => (Kind::Open, one),
                '”' | '»' | '」' | '』' => (Kind::Close, one),
                '`' if next == '`' => (Kind::Open, one + 1),
                '\'' if next == '\'' => (Kind::Other, one + 1),
                '’' | '\''
                    if previous_letter
                        && matches!(next, 's' | 'S')
                        && !rest[1..].starts_with(char::is_alphanumeric) =>
                {
                    (Kind::Possessive, one + 1)
                }
                '’' if src[..start].ends_with(['.', ',', '!', '?']) => (Kind::Close, one),
                '’' | '\'' if previous_letter && !next.is_alphanumeric() => {
                    // A plural's apostrophe or a closing single mark: the marks decide.
                    (
                        if c == '’' && !src[..start].ends_with('s') {
                            Kind::Close
                        } else {
                            Kind::Possessive
                        },
                        one,
                    )
                }
                ',' | '،' | '，' | '、' => (Kind::Comma, one),
                '.' if rest.starts_with("..") => (Kind::Stop, one + 2),
                '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' => (Kind::Stop, one),
                ':' | '：' => (Kind::Colon, one),
                ';' | '；' | '؛' => (Kind::Semicolon, one),

                '-' if next == '-' => (Kind::Dash, one + 1),
                '-' | '‐' | '‑' if previous_letter && next.is_alphanumeric() => (Kind::Hyphen, one),
                '-' | '–' | '—' | '―' => (Kind::Dash, one),
                '(' | '[' | '{' | '（' => (Kind::OpenParen, one),
                ')' | ']' | '}' | '）' => (Kind::CloseParen, one),
                _ => (Kind::Other, one),
            }
        };
        // A full stop belongs to an abbreviation, not to the sentence.
        if kind == Kind::Word && src[end..].starts_with('.') {
            let word = &src[start..end];
            let dotted =
                word.contains('.') || word.chars().count() == 1 && c.is_ascii_uppercase() && c != 'I';
            if dotted || ABBREVIATIONS.contains(&word.to_ascii_lowercase().as_str()) && c.is_uppercase() {
                let after = src[end + 1..].trim_start_matches([' ', '\n']);
                // “… in the U.S. The minister”: the stop does both; a sentence starts with such a word.
                let begins = word.contains('.')
                    && word.len() > 1
                    && [
                        "The ", "He ", "She ", "It ", "In ", "But ", "They ", "A ", "This ", "That ", "And ",
                        "On ", "Mr", "“", "\"", "‘",
                    ]
                    .iter()
                    .any(|w| after.starts_with(w))
                    || src[end + 1..].starts_with("\n\n")
                    || after.is_empty();
                let courtesy =
                    matches!(word.to_ascii_lowercase().as_str(), "mr" | "mrs" | "ms" | "dr" | "gen" | "sen");
                if courtesy || !begins {
                    end += 1;
                }
            }
        }
        while chars.peek().is_some_and(|&(i, _)| i < end) {
            chars.next();
        }
        out.push(Token { start, end, kind });
    }
    out
}

/// Letters with inner apostrophes, and the dots of U.S. and a.m.
fn word_len(s: &str) -> usize {
    let mut len = 0;
    let mut letters = 0;
    let it = s.char_indices().peekable();
    for (i, c) in it {
        if c.is_alphanumeric() && !cjk(c) || combining(c) {
            len = i + c.len_utf8();
            letters += 1;
        } else if c == '.'
            && (letters == 1 || s[..i].contains('.'))
            && s[i + 1..].chars().next().is_some_and(|n| n.is_ascii_alphabetic())
            && s[i + 1..].chars().nth(1).is_none_or(|n| !n.is_alphanumeric())
        {
            // u.s – one letter, dot, one letter.
        } else if matches!(c, '’' | '\'') && i > 0 {
            let mut after = s[i + c.len_utf8()..].chars();
            let (one, two) = (after.next().unwrap_or(' '), after.next().unwrap_or(' '));
            if !one.is_alphabetic() || (matches!(one, 's' | 'S') && !two.is_alphanumeric()) {
                break;
            }
        } else {
            break;
        }
    }
    len
}

fn number_len(s: &str) -> usize {
    let bytes = s.as_bytes();
    let mut len = 0;
    while len < bytes.len() {
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if digit(len) || (matches!(bytes[len], b',' | b'.' | b':') && digit(len + 1)) {
            len += 1;
        } else {
            break;
        }
    }
    // 1990s, 21st, 8th, 10am
    let tail: usize = s[len..].chars().take_while(char::is_ascii_alphabetic).count();
    if tail > 0 && tail <= 2 { len + tail } else { len }
}

fn combining(c: char) -> bool {
    matches!(c as u32, 0x300..=0x36f | 0x610..=0x61a | 0x64b..=0x65f | 0x670)
}

/// Scripts without spaces: each character is a token.
pub(crate) fn cjk(c: char) -> bool {
    matches!(c as u32, 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x2ffff)
}

/// Turns bytes into code points: the count at every 64th byte, the rest counted.
pub(crate) struct Points<'a> {
    src: &'a str,
    at: Vec<usize>,
}

impl<'a> Points<'a> {
    pub fn new(src: &'a str) -> Self {
        let mut at = vec![0];
        let mut count = 0;
        for (i, b) in src.bytes().enumerate() {
            if i > 0 && i % 64 == 0 {
                at.push(count);
            }
            count += usize::from(b & 0xc0 != 0x80);
        }
        Points { src, at }
    }

    pub fn point(&self, byte: usize) -> usize {
        let byte = byte.min(self.src.len());
        let block = (byte / 64).min(self.at.len() - 1);
        self.at[block] + self.src.as_bytes()[block * 64..byte].iter().filter(|&&b| b & 0xc0 != 0x80).count()
    }

    pub fn place(&self, bytes: &Range<usize>) -> [usize; 2] {
        [self.point(bytes.start), self.point(bytes.end)]
    }
}
