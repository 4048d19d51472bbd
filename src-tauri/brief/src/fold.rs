//! Folds text so that typography does not count and everything else does.
//!
//! Folded are: composed and decomposed letters (NFC), runs of white space, the form of quotation
//! marks, apostrophes and dashes, `...` and `…`, and soft hyphens. Nothing else: not case, not
//! ligatures, not look-alike letters, not invisible characters. Each folded character remembers where
//! it stood, and what it was before typography was folded.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use bilat_core::Span;

use crate::document::is_unspaced;

/// A folded text.
#[derive(Debug, Default)]
pub(crate) struct Folded {
    /// The folded characters.
    pub text: String,
    /// The byte of each character in `text`, and its length at the end.
    bytes: Vec<u32>,
    /// Each character, folded.
    pub loose: Vec<char>,
    /// Each character with only NFC, plain white space and soft hyphens folded.
    pub strict: Vec<char>,
    /// The code points of the original that became each character.
    spans: Vec<Span>,
}

/// What a run of white space folds to when it is more than plain spaces and line ends.
const SPECIAL_SPACE: char = '\u{A0}';

impl Folded {
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        if is_nfc_quick(text.chars()) == IsNormalized::Yes {
            for (at, c) in text.chars().enumerate() {
                folded.push(c, Span::new(at as u32, at as u32 + 1));
            }
        } else {
            folded.compose(text);
        }
        if folded.loose.last() == Some(&' ') {
            folded.pop();
        }
        folded.bytes.push(folded.text.len() as u32);
        folded
    }

    /// Composes letter by letter, so that each keeps its place.
    fn compose(&mut self, text: &str) {
        let stable = |c: char| {
            canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
        };
        let mut letter = String::new();
        let mut start = 0;
        for (at, c) in text.chars().enumerate() {
            let at = at as u32;
            if stable(c) && !letter.is_empty() {
                self.push_letter(&letter, Span::new(start, at));
                letter.clear();
            }
            if letter.is_empty() {
                start = at;
            }
            letter.push(c);
        }
        self.push_letter(&letter, Span::new(start, start + letter.chars().count() as u32));
    }

    fn push_letter(&mut self, letter: &str, span: Span) {
        for c in letter.nfc() {
            self.push(c, span);
        }
    }

    fn push(&mut self, c: char, span: Span) {
        if c == '\u{AD}' {
            return;
        }
        let last = self.loose.last().copied();
        if c.is_whitespace() {
            let strict = if c.is_ascii_whitespace() { ' ' } else { SPECIAL_SPACE };
            match last {
                None => {}
                Some(' ') => {
                    self.lengthen(span);
                    if strict == SPECIAL_SPACE {
                        *self.strict.last_mut().expect("a space was pushed") = strict;
                    }
                }
                Some(_) => self.add(' ', strict, span),
            }
            return;
        }
        match c {
            '.' if self.ends_with_two_dots() => {
                self.pop();
                let first = self.pop();
                self.ellipsis('.', Span::new(first.start, span.end));
            }
            '…' => self.ellipsis('…', span),
            '-' if last == Some('-') && self.strict.last() == Some(&'-') => {
                self.lengthen(span);
                *self.strict.last_mut().expect("a dash was pushed") = '=';
            }
            _ => self.add(fold_mark(c), c, span),
        }
    }

    fn ellipsis(&mut self, strict: char, span: Span) {
        if self.loose.last() == Some(&'…') { self.lengthen(span) } else { self.add('…', strict, span) }
    }

    fn ends_with_two_dots(&self) -> bool {
        self.strict.ends_with(&['.', '.']) && self.loose.ends_with(&['.', '.'])
    }

    fn add(&mut self, loose: char, strict: char, span: Span) {
        self.bytes.push(self.text.len() as u32);
        self.text.push(loose);
        self.loose.push(loose);
        self.strict.push(strict);
        self.spans.push(span);
    }

    fn lengthen(&mut self, span: Span) {
        if let Some(last) = self.spans.last_mut() {
            last.end = span.end;
        }
    }

    fn pop(&mut self) -> Span {
        self.bytes.pop();
        self.text.pop();
        self.loose.pop();
        self.strict.pop();
        self.spans.pop().unwrap_or(Span::new(0, 0))
    }

    pub fn len(&self) -> usize {
        self.loose.len()
    }

    /// The code points of the original that became the characters `start..end`.
    pub fn span(&self, start: usize, end: usize) -> Span {
        match (self.spans.get(start), end.checked_sub(1).and_then(|last| self.spans.get(last))) {
            (Some(first), Some(last)) if start < end => Span::new(first.start, last.end),
            _ => Span::new(0, 0),
        }
    }

    /// The first character that came from code point `at` or later.
    pub fn at_code_point(&self, at: u32) -> usize {
        self.spans.partition_point(|span| span.end <= at)
    }

    /// Where `needle` stands at or after the character `from`, as a character index.
    pub fn find(&self, needle: &str, from: usize) -> Option<usize> {
        let start = *self.bytes.get(from)? as usize;
        let byte = start + self.text[start..].find(needle)?;
        Some(self.bytes.partition_point(|at| (*at as usize) < byte))
    }

    /// Whether a quotation may start before the character `at`: not inside a word, a number or a
    /// compound, and not just after a negation that is part of the word.
    pub fn may_start(&self, at: usize) -> bool {
        if self.is_seam(at) {
            return at == 0
                || !(is_unspaced(self.strict[at - 1]) && CHINESE_NEGATIONS.contains(&self.strict[at - 1]));
        }
        self.follows_elided_article(at)
    }

    /// Whether a quotation may end before the character `at`.
    pub fn may_end(&self, at: usize) -> bool {
        let suffix = |word: &str| word.chars().enumerate().all(|(n, c)| self.loose.get(at + n) == Some(&c));
        self.is_seam(at)
            && !(at > 0
                && is_unspaced(self.strict[at - 1])
                && JAPANESE_NEGATIONS.iter().any(|word| suffix(word)))
    }

    /// Whether no word, number or compound runs over the place before the character `at`.
    fn is_seam(&self, at: usize) -> bool {
        let char_at = |at: Option<usize>| at.and_then(|at| self.strict.get(at)).copied().unwrap_or(' ');
        let (before, after) = (char_at(at.checked_sub(1)), char_at(Some(at)));
        let (second_before, second_after) = (char_at(at.checked_sub(2)), char_at(Some(at + 1)));
        if at == 0 || at >= self.len() {
            return true;
        }
        if is_word(before) && is_combining_mark(after) {
            return false;
        }
        let digit = |c: char| c.is_numeric() && !is_unspaced(c) || CJK_NUMERALS.contains(&c);
        if digit(before) && digit(after) {
            return false;
        }
        if digit(before) && (is_unit(after) || joins_digits(after) && digit(second_after))
            || digit(after) && (is_unit(before) || joins_digits(before) && digit(second_before))
        {
            return false;
        }
        // A sign belongs to its number: “−5”.
        if digit(after)
            && matches!(before, '-' | '−' | '–' | '+')
            && (second_before.is_whitespace() || second_before == '(')
        {
            return false;
        }
        if is_unspaced(before) || is_unspaced(after) {
            return true;
        }
        let joins = |c: char| matches!(c, '-' | '\u{2010}' | '\u{2011}') || fold_mark(c) == '\'';
        !(is_word(before) && is_word(after)
            || is_word(before) && joins(after) && is_word(second_after)
            || joins(before) && is_word(after) && is_word(second_before))
    }

    /// “l’|accord”: an article before an apostrophe is a word of its own; the negation “n’” is not here.
    fn follows_elided_article(&self, at: usize) -> bool {
        if at == 0 || self.loose[at - 1] != '\'' || !self.strict.get(at).is_some_and(|c| is_word(*c)) {
            return false;
        }
        let word: String = self.strict[..at - 1].iter().rev().take_while(|c| is_word(**c)).take(9).collect();
        let word: String = word.chars().rev().flat_map(char::to_lowercase).collect();
        ELIDED_ARTICLES.contains(&word.as_str())
    }
}

/// Whether a word among `chars` turns a sentence round.
pub fn negates(chars: &[char]) -> bool {
    let text: String = chars.iter().flat_map(|c| c.to_lowercase()).collect();
    text.split(|c| !is_word(c) && c != '\'').any(|word| bilat_core::is_negation(word.trim_matches('\'')))
        || chars.iter().any(|c| CHINESE_NEGATIONS.contains(c))
        // “ず” and “ぬ” end other words too.
        || JAPANESE_NEGATIONS.iter().any(|word| word.chars().count() > 1 && text.contains(word))
}

const CHINESE_NEGATIONS: &[char] =
    &['不', '没', '沒', '無', '无', '未', '非', '否', '别', '別', '勿', '莫', '毋'];
const JAPANESE_NEGATIONS: &[&str] = &["ない", "なか", "なく", "なけ", "ません", "ず", "ぬ"];
const CJK_NUMERALS: &[char] = &[
    '〇', '零', '一', '二', '两', '両', '三', '四', '五', '六', '七', '八', '九', '十', '百', '千', '万',
    '萬', '億', '亿', '兆',
];
const ELIDED_ARTICLES: &[&str] =
    &["l", "d", "qu", "jusqu", "lorsqu", "puisqu", "un", "dell", "all", "nell", "sull", "dall", "quell"];

fn is_unit(c: char) -> bool {
    matches!(c, '%' | '‰' | '°' | '٪' | '$' | '€' | '£' | '¥' | '₽' | '₴' | '₹' | '₩' | '￥' | '％')
}

fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '٫' | '٬' | '·') || matches!(fold_mark(c), '\'' | '-')
}

/// Characters that nobody sees and that hold what is beside them together.
fn is_invisible_joiner(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}')
}

/// Whether `c` is part of a word.
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c) || is_invisible_joiner(c) || c == '_'
}

/// One form for all quotation marks and apostrophes, one for all dashes.
pub(crate) fn fold_mark(c: char) -> char {
    match c {
        '"'
        | '\''
        | '\u{2BC}'
        | '\u{2018}'..='\u{201F}'
        | '«'
        | '»'
        | '‹'
        | '›'
        | '「'
        | '」'
        | '『'
        | '』'
        | '〝'
        | '〞'
        | '〟'
        | '﹁'
        | '﹂'
        | '﹃'
        | '﹄'
        | '＂'
        | '＇'
        | '｢'
        | '｣' => '\'',
        '\u{2010}'..='\u{2015}' | '−' | '-' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(text: &str) -> String {
        Folded::new(text).text
    }

    #[test]
    fn typography_space_and_soft_hyphens_fold_and_nothing_else_does() {
        assert_eq!(loose("“it’s” – a\u{A0}\n b\u{AD}c..."), loose("\"it's\" - a bc…"));
        assert_eq!(loose("caf\u{65}\u{301}"), loose("café"));
        assert_eq!(loose("각"), loose("\u{1100}\u{1161}\u{11A8}"));
        for (one, other) in
            [("Pact", "pact"), ("ﬁre", "fire"), ("раct", "pact"), ("a\u{200B}b", "ab"), ("²", "2")]
        {
            assert_ne!(loose(one), loose(other));
        }
    }

    #[test]
    fn every_folded_character_knows_where_it_stood() {
        let folded = Folded::new("a  e\u{301}\u{AD}b... c");
        assert_eq!(folded.text, "a éb… c");
        let all: Vec<_> = (0..folded.len()).map(|at| folded.span(at, at + 1)).collect();
        assert_eq!(
            (all[1], all[2], all[3], all[4]),
            (Span::new(1, 3), Span::new(3, 5), Span::new(6, 7), Span::new(7, 10))
        );
        assert_eq!(folded.find("b…", 0), Some(3));
        assert_eq!(folded.find("a", 1), None);
    }

    #[test]
    fn a_cut_goes_between_words_and_never_through_one() {
        let cut = |text: &str| {
            let at = text.chars().position(|c| c == '|').unwrap();
            let folded = Folded::new(&text.replace('|', ""));
            (folded.may_start(at), folded.may_end(at))
        };
        for text in ["the |pact", "«|pact", "pact|,", "pact|—now", "条|約", "평화| 조약"] {
            assert_eq!(cut(text), (true, true), "{text}");
        }
        for text in [
            "un|able",
            "non-|nuclear",
            "did|n’t",
            "1.|5",
            "−|5",
            "5|%",
            "$|5",
            "2021–|2023",
            "3|0",
            "三|百",
            "n’|a",
            "x|\u{301}",
        ] {
            assert_eq!(cut(text), (false, false), "{text}");
        }
        assert!(cut("l’|accord").0);
        assert!(!cut("不|可能").0);
        assert!(!cut("合意し|ない").1);
    }
}
