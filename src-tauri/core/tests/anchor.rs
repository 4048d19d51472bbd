//! An anchor never resolves to other words, whatever was done to the text.

use bilat_core::{Anchored, CodePoints, Span, anchor, char_len, quote_at};
use proptest::prelude::*;

/// Words of several scripts, an astral letter and a combining mark among them.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("treaty"),
        Just("не"),
        Just("договор"),
        Just("条約"),
        Just("اتفاق"),
        Just("🕊"),
        Just("e\u{301}te"),
        Just("signed"),
        Just("not"),
        Just("12"),
        Just("a"),
        Just("“"),
        Just("\n\n"),
    ];
    prop::collection::vec(word, 1..60).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn what_is_found_is_what_was_marked(before in text(), after in text(), start in 0_u32..200, len in 1_u32..40) {
        let marked = CodePoints::new(&before);
        let Some(target) = quote_at(&marked, Span::new(start, start + len)) else { return Ok(()) };
        let now = CodePoints::new(&after);
        match anchor(&now, &target.quote, Some(target.position)) {
            Anchored::Exact(span) | Anchored::Moved(span) | Anchored::Review(span) => {
                prop_assert_eq!(now.slice(span), target.quote.exact);
            }
            Anchored::Orphan => prop_assert!(!after.contains(&target.quote.exact)),
        }
    }

    #[test]
    fn an_edit_outside_the_words_keeps_them(
        before in text(), start in 0_u32..200, len in 1_u32..40, insert in text(), at_front in any::<bool>(),
    ) {
        let marked = CodePoints::new(&before);
        let Some(target) = quote_at(&marked, Span::new(start, start + len)) else { return Ok(()) };
        let after = if at_front { format!("{insert} {before}") } else { format!("{before} {insert}") };
        let moved = if at_front { char_len(&insert) + 1 } else { 0 };
        let now = CodePoints::new(&after);
        match anchor(&now, &target.quote, Some(target.position)) {
            Anchored::Exact(span) | Anchored::Moved(span) => {
                prop_assert_eq!(now.slice(span), &target.quote.exact);
            }
            // The inserted words hold the same ones in a context that looks the same.
            Anchored::Review(_) => prop_assert!(after.matches(&target.quote.exact).count() > 1),
            Anchored::Orphan => prop_assert!(false, "lost words that stand {moved} further on"),
        }
    }

    #[test]
    fn the_same_text_gives_the_same_place(before in text(), start in 0_u32..200, len in 1_u32..40) {
        let marked = CodePoints::new(&before);
        let Some(target) = quote_at(&marked, Span::new(start, start + len)) else { return Ok(()) };
        prop_assert_eq!(anchor(&marked, &target.quote, Some(target.position)), Anchored::Exact(target.position));
    }
}
