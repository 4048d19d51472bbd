//! Words as the index sees them, made here again for queries and snippets.
//!
//! FTS5's unicode61 lowers case and takes accents off letters whose base is ASCII, and no others
//! (й stays й); it takes a run of Han or Kana for one word, so those are indexed as pairs of
//! characters beside it.

use std::ops::Range;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// A word: where it stands and how the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the text.
    pub at: Range<usize>,
    /// Folded.
    pub folded: String,
}

/// The words of `text`, in order; a run of Han or Kana is one, letters beside it are another.
pub fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    places(text).map(|at| Word { folded: fold(&text[at.clone()]), at })
}

/// Where the words of `text` stand.
pub fn places(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        let goes_on = |c: char| (c.is_alphanumeric() && is_cjk(c) == is_cjk(first)) || is_combining_mark(c);
        while let Some((at, c)) = rest.next_if(|(_, c)| goes_on(*c)) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// `text` in lower case, without accents on ASCII letters.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\u{300}'..='\u{331}') {
            let mut base = None;
            decompose_canonical(c, |part| {
                base.get_or_insert(part);
            });
            match base {
                Some(base) if base.is_ascii_alphabetic() => out.push(base.to_ascii_lowercase()),
                _ => out.extend(c.to_lowercase()),
            }
        }
    }
    out
}

/// Whether `word` folds to `folded`, or, where it may go on, to something that starts with it.
pub fn folds_to(word: &str, folded: &str, goes_on: bool) -> bool {
    if word.is_ascii() && folded.is_ascii() {
        let start = word.get(..folded.len());
        return (goes_on || word.len() == folded.len())
            && start.is_some_and(|s| s.eq_ignore_ascii_case(folded));
    }
    let whole = fold(word);
    whole == folded || (goes_on && whole.starts_with(folded))
}

/// The last place in `text` at or before byte `at` where it may be cut.
pub fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether `c` belongs to a script that is written without spaces and indexed in pairs.
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
        && c.is_alphanumeric()
}

/// The characters of `run` in overlapping pairs, then the last one alone, with spaces between:
/// `条約締結` → `条約 約締 締結 結`. A word inside the run is then a phrase of its pairs.
pub fn pairs(run: &str) -> String {
    let chars: Vec<char> = run.chars().collect();
    let mut out = String::with_capacity(run.len() * 3);
    for at in 0..chars.len() {
        if at > 0 {
            out.push(' ');
        }
        out.extend(&chars[at..chars.len().min(at + 2)]);
    }
    out
}

/// What the index holds of `texts` beside their words: the pairs of every run, and the letters that
/// touch one, because unicode61 takes both for one long word.
pub fn all_pairs(texts: &[&str]) -> String {
    let mut out = Vec::new();
    for text in texts.iter().filter(|text| text.contains(is_cjk)) {
        let mut before: Option<Word> = None;
        for word in words(text) {
            let run = text[word.at.clone()].starts_with(is_cjk);
            if let Some(before) = before.filter(|before| before.at.end == word.at.start) {
                out.push(if run { before.folded } else { word.folded.clone() });
            }
            if run {
                out.push(pairs(&text[word.at.clone()]));
            }
            before = Some(word);
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_compared_as_it_is_folded() {
        for (word, folded, goes_on) in
            [("Pact", "pact", false), ("Pacts", "pact", true), ("Télé", "tel", true), ("Й", "й", false)]
        {
            assert!(folds_to(word, folded, goes_on), "{word} {folded}");
        }
        for (word, folded, goes_on) in
            [("Pacts", "pact", false), ("pac", "pact", true), ("Télé", "tel", false)]
        {
            assert!(!folds_to(word, folded, goes_on), "{word} {folded}");
        }
    }

    #[test]
    fn words_are_folded_as_the_index_folds_them() {
        let found: Vec<_> = words("Le Télégramme, «Пакт Й» 2023—x").map(|word| word.folded).collect();
        assert_eq!(found, ["le", "telegramme", "пакт", "й", "2023", "x"]);
    }

    #[test]
    fn a_run_of_han_is_cut_into_pairs() {
        assert_eq!(pairs("条約締結"), "条約 約締 締結 結");
        assert_eq!(all_pairs(&["G7 条約 — サミット", "x"]), "条約 約 サミ ミッ ット ト");
        assert_eq!(all_pairs(&["第7回G7会"]), "第 7 7 回 g7 g7 会");
        assert_eq!(pairs("国"), "国");
    }
}
