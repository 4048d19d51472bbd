//! Finds a quote in a text that may have changed since it was marked.
//!
//! Cheap answers first: the stored position, then the exact words. The words themselves are never
//! rewritten and never matched loosely: where they stand more than once and the context does not
//! decide, a person must look.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

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

/// One marked passage: its words and where they stood in its snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Target {
    /// The words and their context.
    pub quote: Quote,
    /// Where they stood.
    pub position: TextPosition,
}

/// What became of a quote in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchored {
    /// At the stored position, to the letter.
    Exact(Span),
    /// To the letter, elsewhere.
    Moved(Span),
    /// To the letter in more than one place, and the context does not decide; the likeliest.
    Review(Span),
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
    Some(Target { quote, position: span })
}

/// Finds `quote` in `text`, trying `hint` first.
///
/// ```
/// use bilat_core::{Anchored, CodePoints, Quote, Span, anchor};
/// let quote = Quote { exact: "signed a pact".into(), prefix: "They ".into(), suffix: ".".into() };
/// let text = CodePoints::new("Late on Friday they met. They signed a pact.");
/// assert_eq!(anchor(&text, &quote, None), Anchored::Moved(Span::new(30, 43)));
/// ```
pub fn anchor(text: &CodePoints<'_>, quote: &Quote, hint: Option<Span>) -> Anchored {
    if quote.exact.is_empty() {
        return Anchored::Orphan;
    }
    if let Some(hint) = hint.filter(|hint| stands_at(text, quote, *hint)) {
        return Anchored::Exact(hint);
    }
    let whole = text.slice(Span::new(0, text.len()));
    let len = char_len(&quote.exact);
    let mut best: Option<(usize, Span)> = None;
    let mut tied = false;
    for (byte, _) in whole.match_indices(quote.exact.as_str()) {
        let start = text.code_point(byte);
        let around = common_suffix(&whole[..byte], &quote.prefix)
            + common_prefix(&whole[byte + quote.exact.len()..], &quote.suffix);
        let span = Span::new(start, start + len);
        match best {
            Some((most, _)) if around < most => {}
            Some((most, _)) if around == most => tied = true,
            _ => (best, tied) = (Some((around, span)), false),
        }
    }
    match best {
        None => Anchored::Orphan,
        Some((_, span)) if tied => Anchored::Review(span),
        Some((_, span)) => Anchored::Moved(span),
    }
}

/// Whether the words stand at `at` with their context on at least one side: a short quote may
/// stand at its old place in a new text by chance.
fn stands_at(text: &CodePoints<'_>, quote: &Quote, at: Span) -> bool {
    let before = Span::new(at.start.saturating_sub(char_len(&quote.prefix)), at.start);
    let after = Span::new(at.end, at.end + char_len(&quote.suffix));
    text.slice(at) == quote.exact && (text.slice(before) == quote.prefix || text.slice(after) == quote.suffix)
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
        assert_eq!(changed, Anchored::Orphan);
    }

    #[test]
    fn two_equal_places_are_for_a_person_to_choose() {
        assert!(matches!(check("a pact x", "pact", "b pact y. c pact z"), Anchored::Review(_)));
    }
}
