//! Finds a quote in a text that may have changed since it was marked.
//!
//! Cheap answers first: the stored position, then the exact words, then the closest passage. The words
//! themselves are never rewritten. Where they stand more than once and the context does not decide, or
//! only nearly, a person must look; a near miss in a name, a number or a negation is an alteration,
//! never a match (see `passage`).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::passage::{Passage, closest};
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Anchored {
    /// At the stored position, to the letter.
    Exact(Span),
    /// To the letter, elsewhere.
    Moved(Span),
    /// Elsewhere or here, word for word, with other marks or spaces between the words.
    Typography(Span),
    /// To the letter in more than one place, and the context does not decide; the likeliest.
    Review(Span),
    /// Nearly, with words that say nothing else by name, number or negation; and how nearly, 0 to 1.
    Close(Span, f32),
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
        None => match closest(text, &quote.exact) {
            Some(Passage { span, score }) if score >= 1.0 => Anchored::Typography(span),
            Some(Passage { span, score }) => Anchored::Close(span, score),
            None => Anchored::Orphan,
        },
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

    /// A marked sentence, what became of it, and what is found.
    fn near(exact: &str, now: &str) -> Option<(f32, String)> {
        let text = format!("The hall was full. {now} Then the session closed without a vote on it.");
        let index = CodePoints::new(&text);
        let quote = Quote { exact: exact.into(), prefix: String::new(), suffix: String::new() };
        match anchor(&index, &quote, None) {
            Anchored::Close(span, score) => Some((score, index.slice(span).to_owned())),
            Anchored::Typography(span) => Some((1.0, index.slice(span).to_owned())),
            Anchored::Orphan => None,
            other => panic!("{other:?}"),
        }
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
    fn two_passages_that_are_both_close_are_none() {
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
