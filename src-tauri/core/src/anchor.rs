//! Finds a quote in a text that may have changed since it was marked.
//!
//! Cheap answers first: the stored position, then the exact words where what stands around them, or their
//! paragraph, says that they are the same ones, then the closest passage. The words themselves are never
//! rewritten. Where they stand more than once and nothing decides, or only nearly, a person must look; a
//! near miss in a name, a number or a negation is an alteration, never a match (see `passage`).

use std::cell::OnceCell;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Sha256Hex;
use crate::passage::{Near, Passages};
use crate::text::{CodePoints, Span, char_len};

/// How many code points of context are kept on either side.
const CONTEXT: u32 = 32;

/// The words themselves and what stands around them (W3C TextQuoteSelector).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Quote {
    /// The words, to the letter.
    pub exact: String,
    /// Up to 32 code points before them.
    #[serde(default)]
    pub prefix: String,
    /// Up to 32 code points after them.
    #[serde(default)]
    pub suffix: String,
}

/// Where the words stood (W3C TextPositionSelector), in code points.
pub type TextPosition = Span;

/// One marked passage: its words, where they stood in its snapshot, and in what paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Target {
    /// The words and their context.
    pub quote: Quote,
    /// Where they stood.
    pub position: TextPosition,
    /// SHA-256 of the paragraph that they began in; none where they were marked in another program.
    #[serde(default)]
    pub paragraph: Option<Sha256Hex>,
}

/// What became of a quote in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Anchored {
    /// At the stored position, to the letter.
    Exact(Span),
    /// To the letter, elsewhere.
    Moved(Span),
    /// Elsewhere or here, word for word, with other marks or spaces between the words.
    Typography(Span),
    /// To the letter, and neither context nor paragraph says that they are the ones marked; the likeliest.
    Review(Span),
    /// Nearly, with words that say nothing else by name, number or negation; and how nearly, 0 to 1.
    Close(Span, f32),
    /// Other words, in the likeliest place.
    Likely(Span),
    /// Nowhere.
    Orphan,
}

/// The quote and position of `span` in `text`; nothing when the span is empty or outside.
pub fn quote_at(text: &CodePoints<'_>, span: Span) -> Option<Target> {
    if span.is_empty() || span.end > text.len() {
        return None;
    }
    let words = |start: u32, end: u32| text.slice(Span::new(start, end)).to_owned();
    let quote = Quote {
        exact: words(span.start, span.end),
        prefix: words(span.start.saturating_sub(CONTEXT), span.start),
        suffix: words(span.end, (span.end + CONTEXT).min(text.len())),
    };
    let whole = text.slice(Span::new(0, text.len()));
    let paragraph = Some(Sha256Hex::of(paragraph(whole, text.byte(span.start))));
    Some(Target { quote, position: span, paragraph })
}

/// Finds `quote` in `text`, trying `hint` first. To look for many quotes in one text, see [`Anchoring`].
///
/// ```
/// use bilat_core::{Anchored, CodePoints, Quote, Span, anchor};
/// let quote = Quote { exact: "signed a pact".into(), prefix: "They ".into(), suffix: ".".into() };
/// let text = CodePoints::new("Late on Friday they met. They signed a pact.");
/// assert_eq!(anchor(&text, &quote, None), Anchored::Moved(Span::new(30, 43)));
/// ```
pub fn anchor(text: &CodePoints<'_>, quote: &Quote, hint: Option<Span>) -> Anchored {
    Anchoring::new(text).find(quote, None, hint)
}

/// Letters of context that make an occurrence the one that was marked, or put it before another.
const TELLING: usize = 8;

/// A text in which quotes are looked for.
pub struct Anchoring<'a> {
    text: &'a CodePoints<'a>,
    whole: &'a str,
    /// Made when the first quote is not found to the letter.
    passages: OnceCell<Passages<'a>>,
}

impl<'a> Anchoring<'a> {
    /// Nothing is read of `text` before the first quote.
    pub fn new(text: &'a CodePoints<'a>) -> Self {
        Self { text, whole: text.slice(Span::new(0, text.len())), passages: OnceCell::new() }
    }

    /// Finds `quote`, which began in `paragraph` and stood at `hint`, as far as that is known.
    pub fn find(&self, quote: &Quote, paragraph: Option<&Sha256Hex>, hint: Option<Span>) -> Anchored {
        if quote.exact.is_empty() {
            return Anchored::Orphan;
        }
        if let Some(hint) = hint.filter(|hint| self.stands_at(quote, *hint)) {
            return Anchored::Exact(hint);
        }
        match self.to_the_letter(quote, paragraph) {
            Anchored::Orphan => self.nearly(quote),
            found => found,
        }
    }

    /// Whether the words stand at `at` with all of their context: a short quote may stand at its old place
    /// in a new text by chance.
    fn stands_at(&self, quote: &Quote, at: Span) -> bool {
        let before = Span::new(at.start.saturating_sub(char_len(&quote.prefix)), at.start);
        let after = Span::new(at.end, at.end + char_len(&quote.suffix));
        self.text.slice(at) == quote.exact
            && self.text.slice(before) == quote.prefix
            && self.text.slice(after) == quote.suffix
    }

    /// The place whose context and paragraph are the quote's, among those where its words stand.
    fn to_the_letter(&self, quote: &Quote, paragraph_hash: Option<&Sha256Hex>) -> Anchored {
        let around = |byte: &usize| {
            common_suffix(&self.whole[..*byte], &quote.prefix)
                + common_prefix(&self.whole[byte + quote.exact.len()..], &quote.suffix)
        };
        let mut places: Vec<(usize, usize)> =
            occurrences(self.whole, &quote.exact).map(|byte| (around(&byte), byte)).collect();
        // The likeliest first; of equals, the first in the text.
        places.sort_by_key(|(around, byte)| (std::cmp::Reverse(*around), *byte));
        let span = |byte: usize| {
            let start = self.text.code_point(byte);
            Span::new(start, start + char_len(&quote.exact))
        };
        let Some(&(most, first)) = places.first() else { return Anchored::Orphan };
        let known = quote.prefix.chars().count() + quote.suffix.chars().count();
        let sure = match places.get(1) {
            None => most >= TELLING.min(known) || is_long(&quote.exact),
            Some((second, _)) => most >= TELLING.min(known) && most >= second + TELLING,
        };
        if sure {
            return Anchored::Moved(span(first));
        }
        // The paragraph stands as it stood, once, and has the words once.
        let mut kept = places.iter().filter(|(_, byte)| {
            paragraph_hash.is_some_and(|hash| Sha256Hex::of(paragraph(self.whole, *byte)) == *hash)
        });
        match (kept.next(), kept.next()) {
            (Some((_, byte)), None) => Anchored::Moved(span(*byte)),
            _ => Anchored::Review(span(first)),
        }
    }

    /// What stands in the place of words that stand nowhere.
    fn nearly(&self, quote: &Quote) -> Anchored {
        let near = self.passages.get_or_init(|| Passages::new(self.whole)).near(self.text, &quote.exact);
        match (near, self.between(quote)) {
            (Some(Near::Same(span)), _) => Anchored::Typography(span),
            (Some(Near::Close(span, score)), _) => Anchored::Close(span, score),
            (_, Some(span)) | (Some(Near::Likely(span, _)), None) => Anchored::Likely(span),
            (None, None) => Anchored::Orphan,
        }
    }

    /// What stands between the words that stood around the quote, where those stand as they stood, once.
    fn between(&self, quote: &Quote) -> Option<Span> {
        let telling = |context: &str| context.chars().filter(|c| c.is_alphanumeric()).count() >= TELLING;
        if !telling(&quote.prefix) || !telling(&quote.suffix) {
            return None;
        }
        let most = 2 * quote.exact.len() + 80;
        let mut found = occurrences(self.whole, &quote.prefix).filter_map(|byte| {
            let start = byte + quote.prefix.len();
            let mut end = self.whole.len().min(start + most + quote.suffix.len());
            while !self.whole.is_char_boundary(end) {
                end += 1;
            }
            let rest = &self.whole[start..end];
            let within = rest.find(&quote.suffix)?;
            (!rest[..within].trim().is_empty())
                .then(|| Span::new(self.text.code_point(start), self.text.code_point(start + within)))
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }
}

/// Whether words are so many that nobody else says them by chance: sixteen letters in three words, a
/// character of Chinese or Japanese counted as three letters and a word.
fn is_long(exact: &str) -> bool {
    let wide = exact.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count();
    let letters = exact.chars().filter(|c| c.is_alphanumeric()).count();
    letters + 2 * wide >= 16 && exact.split_whitespace().count() + wide >= 3
}

/// Every byte at which `words` stand in `text`, also where one occurrence overlaps the last.
fn occurrences<'a>(text: &'a str, words: &'a str) -> impl Iterator<Item = usize> + 'a {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(words)?;
        from = at + step;
        Some(at)
    })
}

/// The paragraph around byte `at`: canonical text puts each on its own line.
fn paragraph(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |byte| byte + 1);
    let end = text[at..].find('\n').map_or(text.len(), |byte| at + byte);
    &text[start..end]
}

fn common_suffix(text: &str, with: &str) -> usize {
    text.chars().rev().zip(with.chars().rev()).take_while(|(a, b)| a == b).count()
}

fn common_prefix(text: &str, with: &str) -> usize {
    text.chars().zip(with.chars()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, exact: &str, after: &str) -> Anchored {
        let start = char_len(&before[..before.find(exact).unwrap()]);
        let marked = quote_at(&CodePoints::new(before), Span::new(start, start + char_len(exact))).unwrap();
        anchor(&CodePoints::new(after), &marked.quote, Some(marked.position))
    }

    #[test]
    fn the_same_text_gives_the_same_place() {
        let text = "Договор подписан в пятницу, сказал министр.";
        assert_eq!(check(text, "подписан", text), Anchored::Exact(Span::new(8, 16)));
    }

    #[test]
    fn an_edit_elsewhere_moves_the_quote_and_an_edit_inside_loses_it() {
        let before = "The minister said the pact was dead.";
        let moved = check(before, "the pact was dead", "On Friday the minister said the pact was dead.");
        assert_eq!(moved, Anchored::Moved(Span::new(28, 45)));
        let changed = check(before, "the pact was dead", "The minister said the pact was not dead.");
        assert_eq!(changed, Anchored::Likely(Span::new(18, 39)));
        let gone = check(before, "the pact was dead", "Nobody came to the hall on that evening.");
        assert_eq!(gone, Anchored::Orphan);
    }

    /// A marked sentence, what became of it, and what is found.
    fn near(exact: &str, now: &str) -> Option<(f32, String)> {
        let text = format!("The hall was full. {now} Then the session closed without a vote on it.");
        let index = CodePoints::new(&text);
        let quote = Quote { exact: exact.into(), prefix: String::new(), suffix: String::new() };
        match anchor(&index, &quote, None) {
            Anchored::Close(span, score) => Some((score, index.slice(span).to_owned())),
            Anchored::Typography(span) => Some((1.0, index.slice(span).to_owned())),
            Anchored::Likely(_) | Anchored::Orphan => None,
            other => panic!("{other:?}"),
        }
    }

    /// The words that a person is asked to look at.
    fn likely(before: &str, exact: &str, after: &str) -> Option<String> {
        match check(before, exact, after) {
            Anchored::Likely(span) => Some(CodePoints::new(after).slice(span).to_owned()),
            Anchored::Orphan => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_that_gave_way_are_shown_where_they_stood() {
        let before = "The treaty of the harbour has 40 articles on ferries, and the hall was full.";
        let after = before.replace("40", "41");
        assert_eq!(likely(before, "40", &after).as_deref(), Some("41"));
        let after = before.replace("40 articles", "a preamble");
        assert_eq!(likely(before, "40 articles", &after).as_deref(), Some("a preamble"));
        let after = before.replace("40 articles on ferries", "one");
        assert_eq!(likely(before, "40", &after), None, "nor what stood around them");
    }

    #[test]
    fn a_mark_that_says_something_is_more_than_typography() {
        for (exact, now) in [
            ("the ferry would cost $5 in spring", "the ferry would cost €5 in spring"),
            ("prices rose by 5 in the first spring", "prices rose by −5 in the first spring"),
            ("prices rose by 5% in the first spring", "prices rose by 5 in the first spring"),
            ("he told us that the treaty was dead", "he told US that the treaty was dead"),
        ] {
            assert_eq!(near(exact, &format!("{now}.")), None, "{now}");
        }
        let (score, _) =
            near("he told us: the treaty was dead", "he told us – the treaty was dead.").unwrap();
        assert!((score - 1.0).abs() < f32::EPSILON);
    }

    #[test]
    fn words_that_stand_by_chance_are_not_the_ones_that_were_marked() {
        let before = "The envoy spoke of a pact that nobody had read.";
        assert!(matches!(check(before, "pact", "Another page. No pact here."), Anchored::Review(_)));
        let moved = check(before, "pact", "Today the envoy spoke of a pact that nobody had read.");
        assert_eq!(moved, Anchored::Moved(Span::new(27, 31)));
    }

    #[test]
    fn the_paragraph_decides_where_the_context_does_not() {
        let paragraph = "Asked again in the very long corridor, the envoy said nothing.";
        let before = format!("Headline\n\n{paragraph}");
        let start = char_len(&before[..before.find("the very long").unwrap()]);
        let target = quote_at(&CodePoints::new(&before), Span::new(start, start + 13)).unwrap();
        let quote = Quote { exact: "the very long".into(), prefix: String::new(), suffix: String::new() };
        let twice = format!("{before}\n\nIn the very long hall they met.");
        let index = CodePoints::new(&twice);
        let anchoring = Anchoring::new(&index);
        assert!(matches!(anchoring.find(&quote, None, None), Anchored::Review(_)));
        let found = anchoring.find(&quote, target.paragraph.as_ref(), None);
        assert_eq!(found, Anchored::Moved(target.position));
    }

    const SAID: &str = "the ministry will support the new harbour treaty when the committee has finished its careful reading of all 40 articles";

    #[test]
    fn a_word_mended_is_found_and_said_to_be_other_words() {
        let (score, words) = near(SAID, &format!("{}.", SAID.replace("careful", "thorough"))).unwrap();
        assert!((0.9..1.0).contains(&score), "{score}");
        assert_eq!(words, SAID.replace("careful", "thorough"));
        let (score, words) =
            near(SAID, &format!("{}.", SAID.replace("treaty when", "treaty — when"))).unwrap();
        assert_eq!((score, words), (1.0, SAID.replace("treaty when", "treaty — when")));
    }

    #[test]
    fn a_changed_name_number_or_negation_is_an_alteration() {
        for (old, new) in [
            ("will support", "will not support"),
            ("40 articles", "41 articles"),
            ("40 articles", "four articles"),
            ("the committee", "the Committee of Lindholm"),
            ("careful", "careless"),
            ("finished", "unfinished"),
            ("will support", "won't support"),
        ] {
            assert_eq!(near(SAID, &SAID.replace(old, new)), None, "{old} → {new}");
        }
        assert_eq!(
            near(
                "Морев не подписал новый договор о порте вчера вечером",
                "Морев подписал новый договор о порте вчера вечером"
            ),
            None
        );
        assert_eq!(
            near(
                "両国の代表は昨日の夕方に新しい港の条約に署名した",
                "両国の代表は昨日の夕方に新しい港の協定に署名した"
            ),
            None
        );
    }

    #[test]
    fn of_two_passages_that_are_both_close_neither_is_it() {
        let one = SAID.replace("careful", "thorough");
        let two = SAID.replace("careful", "patient");
        assert_eq!(near(SAID, &format!("{one}. {two}.")), None);
        assert_eq!(near("a pact at last", "a deal at last"), None, "one word of four is too much");
    }

    #[test]
    fn two_equal_places_are_for_a_person_to_choose() {
        assert!(matches!(check("a pact x", "pact", "b pact y. c pact z"), Anchored::Review(_)));
    }
}
