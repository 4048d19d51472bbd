//! Cite keys: readable, unique, stable for ever, in Pandoc's citation syntax.
//!
//! `straitstimes-20230120` names an article, `peskov-lowest` one of its statements. A key is made
//! once, from what is known on the day, and never changes after; a clash gets a letter: `…-b`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::edtf::Edtf;

/// The longest key, in bytes.
const LONGEST: usize = 64;

/// Words too common to tell two quotations apart.
const DULL: &[&str] = &[
    "about", "after", "again", "against", "also", "because", "been", "before", "being", "between", "both",
    "could", "does", "down", "during", "each", "from", "further", "have", "having", "here", "into", "itself",
    "more", "most", "only", "other", "ours", "over", "past", "probably", "same", "should", "some", "such",
    "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "under",
    "until", "very", "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
];

/// A cite key: lower-case letters, digits and hyphens, starting with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(try_from = "String", into = "String")]
#[ts(type = "string")]
pub struct CiteKey(String);

/// The text is no cite key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no cite key; keys hold lower-case letters, digits and hyphens")]
pub struct BadCiteKey(pub String);

impl CiteKey {
    /// The key of an article: outlet and day, or the first words of the title where no outlet is known.
    pub fn article(outlet: Option<&str>, published: Option<&Edtf>, title: &str) -> Self {
        let outlet = outlet.map(|name| slug(name, usize::MAX).replace('-', ""));
        let outlet = outlet.map(|name| name.strip_prefix("the").map(str::to_owned).unwrap_or(name));
        let base = outlet.filter(|name| !name.is_empty()).unwrap_or_else(|| slug(title, 4));
        let day: String = published.map_or(String::new(), |date| {
            date.as_str().chars().take_while(|c| *c != '/').filter(char::is_ascii_digit).collect()
        });
        Self::from_parts(&[&base, &day])
    }

    /// The key of a statement: the speaker's last name and the most telling word of what was said.
    pub fn statement(speaker: &str, words: &str) -> Self {
        let surname = slug(speaker.split_whitespace().next_back().unwrap_or_default(), usize::MAX);
        let telling = slug(words, usize::MAX);
        let telling = telling
            .split('-')
            .filter(|word| word.len() >= 4 && !DULL.contains(word))
            .max_by_key(|word| (word.len().min(7), std::cmp::Reverse(telling.find(word))))
            .unwrap_or_default();
        Self::from_parts(&[&surname, telling])
    }

    /// This key for the first record that wants it (`n` = 0), `…-b` for the second, and so on.
    #[must_use]
    pub fn nth(&self, n: u32) -> Self {
        match n {
            0 => self.clone(),
            1..=25 => Self(format!("{}-{}", self.0, char::from(b'a' + n as u8))),
            _ => Self(format!("{}-{}", self.0, n + 1)),
        }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn from_parts(parts: &[&str]) -> Self {
        let mut key = parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("-");
        key.truncate(LONGEST);
        let key = key.trim_end_matches('-');
        Self(if key.is_empty() { "item".into() } else { key.into() })
    }
}

/// The first `words` words of `text` in ASCII, by compatibility decomposition, hyphenated.
/// Cyrillic is transliterated (ISO 9 simplified to ASCII); other scripts drop out.
fn slug(text: &str, words: usize) -> String {
    let mut ascii = String::new();
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => ascii.push(c),
            '\'' | '’' | 'ʼ' | 'ъ' | 'ь' => {}
            _ => ascii.push_str(cyrillic(c).unwrap_or(" ")),
        }
    }
    ascii.split_whitespace().take(words).collect::<Vec<_>>().join("-")
}

fn cyrillic(c: char) -> Option<&'static str> {
    const FROM: &str = "абвгдежзийклмнопрстуфхцчшщыэюяіїєґў";
    const TO: &[&str] = &[
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "y", "e", "yu", "ya", "i", "i", "ie", "g", "u",
    ];
    FROM.chars().position(|from| from == c).map(|at| TO[at])
}

impl FromStr for CiteKey {
    type Err = BadCiteKey;
    fn from_str(text: &str) -> Result<Self, BadCiteKey> {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let good = !text.is_empty()
            && text.len() <= LONGEST + 8
            && text.chars().all(letters)
            && !text.starts_with('-')
            && !text.ends_with('-');
        if good { Ok(Self(text.to_owned())) } else { Err(BadCiteKey(text.to_owned())) }
    }
}

impl TryFrom<String> for CiteKey {
    type Error = BadCiteKey;
    fn try_from(text: String) -> Result<Self, BadCiteKey> {
        text.parse()
    }
}

impl From<CiteKey> for String {
    fn from(key: CiteKey) -> String {
        key.0
    }
}

impl fmt::Display for CiteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_like_its_source() {
        let day = "2023-01-20".parse().unwrap();
        let key = |outlet: Option<&str>, title: &str| CiteKey::article(outlet, Some(&day), title).to_string();
        assert_eq!(key(Some("The Harbour Courier"), "x"), "harbourcourier-20230120");
        assert_eq!(key(Some("Le Télégramme"), "x"), "letelegramme-20230120");
        assert_eq!(key(None, "Пакт подписан в пятницу вечером"), "pakt-podpisan-v-pyatnitsu-20230120");
        assert_eq!(CiteKey::article(None, None, "条約").to_string(), "item");
        assert_eq!(
            CiteKey::statement("Ilya Morev", "We are at the lowest point").to_string(),
            "morev-lowest"
        );
    }

    #[test]
    fn every_made_key_is_a_key_and_clashes_get_a_letter() {
        let key = CiteKey::article(Some(&"Long Name ".repeat(40)), None, "");
        assert_eq!(key.as_str().parse::<CiteKey>().unwrap(), key);
        assert_eq!(key.nth(0), key);
        assert!(key.nth(1).as_str().ends_with("-b"));
        assert!(key.nth(30).as_str().ends_with("-31"));
        assert!(key.nth(30).as_str().parse::<CiteKey>().is_ok());
        assert!("[@x]".parse::<CiteKey>().is_err());
    }
}
