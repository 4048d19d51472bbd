//! Words as the index has them: folded, so that what people type finds what newspapers print.
//!
//! Case goes, accents of Latin and Greek letters go, ё is е, Arabic goes without vowel signs and tatweel and with one
//! alef, full-width forms are ASCII. й and ї stay: in their alphabets they are letters of their own. The very same
//! folding is done to what goes into the index and to what is asked for; FTS5's tokenizer only cuts at what is neither
//! letter, digit nor mark. Han and Kana are written without spaces: their runs are indexed as pairs of characters.

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

/// `text` as the index has it; see the module.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends `text`, folded, to `out`.
pub fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            c.to_lowercase().for_each(|c| fold_char(c, out));
        }
    }
}

fn fold_char(c: char, out: &mut String) {
    let one = match c {
        // Accents that stand alone, Hebrew points, Arabic vowel signs, and the stroke that only lengthens a word.
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{640}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e8}' => return,
        'ё' => 'е',
        'ς' => 'σ',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ة' => 'ه',
        'ى' | 'ی' | 'ئ' => 'ي',
        'ؤ' => 'و',
        'ک' => 'ك',
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ß' => return out.push_str("ss"),
        'æ' => return out.push_str("ae"),
        'œ' => return out.push_str("oe"),
        'þ' => return out.push_str("th"),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_lowercase()),
        '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
        '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (c as u32 - 0x6f0) as u8),
        _ => {
            let mut base = None;
            decompose_canonical(c, |part| {
                base.get_or_insert(part);
            });
            match base {
                Some('ς') => 'σ',
                Some(base) if base.is_ascii_alphabetic() || matches!(base, '\u{370}'..='\u{3ff}') => base,
                _ => c,
            }
        }
    };
    out.push(one);
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
    fn words_are_folded_as_the_index_folds_them() {
        let found: Vec<_> = words("Le Télégramme, «Пакт Й» 2023—x").map(|word| word.folded).collect();
        assert_eq!(found, ["le", "telegramme", "пакт", "й", "2023", "x"]);
    }

    #[test]
    fn what_people_type_folds_to_what_is_printed() {
        for (printed, typed) in [
            ("Élysée", "elysee"),
            ("Łódź", "lodz"),
            ("Erdoğan Işık", "erdogan isik"),
            ("Straße", "strasse"),
            ("Ångström", "angstrom"),
            ("Лавро́в ещё", "лавров еще"),
            ("Йод Київ", "йод київ"),
            ("Λαβρόφ ΣΧΈΣΕΙΣ", "λαβροφ σχεσεισ"),
            ("الوَزِيرُ أحمد", "الوزير احمد"),
            ("وزارة الخارجيّة", "وزاره الخارجيه"),
            ("مـــصـــر", "مصر"),
            ("Ｇ７ ２０３１", "g7 2031"),
            ("٢٠٣١", "2031"),
        ] {
            assert_eq!(fold(printed), typed);
            assert_eq!(fold(typed), typed, "folding twice changes nothing");
        }
    }

    #[test]
    fn a_run_of_han_is_cut_into_pairs() {
        assert_eq!(pairs("条約締結"), "条約 約締 締結 結");
        assert_eq!(all_pairs(&["G7 条約 — サミット", "x"]), "条約 約 サミ ミッ ット ト");
        assert_eq!(all_pairs(&["第7回G7会"]), "第 7 7 回 g7 g7 会");
        assert_eq!(pairs("国"), "国");
    }
}
