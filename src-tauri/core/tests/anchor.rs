//! An anchor never resolves to other words, whatever was done to the text.

use bilat_core::{Anchored, CodePoints, Quote, Span, anchor, char_len, quote_at};
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

/// The letters and figures of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Ten thousand edits in a release build; as many as nobody waits for otherwise.
const CASES: u32 = if cfg!(debug_assertions) { 400 } else { 10_000 };

/// A sentence and one thing done to it: a word put in, taken out or replaced.
fn edited() -> impl Strategy<Value = (String, String, String)> {
    let plain = prop::sample::select(vec![
        "harbour",
        "treaty",
        "ministers",
        "discussed",
        "ferry",
        "prices",
        "evening",
        "committee",
        "slowly",
        "report",
        "agreement",
        "delegation",
        "returned",
        "quietly",
        "members",
        "answered",
    ]);
    let telling =
        prop::sample::select(vec!["not", "never", "Morev", "12", "seven", "без", "ei", "didn't", "Lindholm"]);
    let any = prop_oneof![3 => plain.clone(), 2 => telling];
    (prop::collection::vec(plain, 12..30), any, 0_usize..3, 0_usize..1_000).prop_map(
        |(words, new, what, at)| {
            let at = at % words.len();
            let mut now: Vec<&str> = words.clone();
            match what {
                0 => now.insert(at, new),
                1 => drop(now.remove(at)),
                _ => now[at] = new,
            }
            (words.join(" "), now.join(" "), new.to_owned())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn a_name_a_number_or_a_negation_put_in_is_never_passed_over((said, now, new) in edited()) {
        let text = format!("The hall was full. {now}. The session closed.");
        let index = CodePoints::new(&text);
        let quote = Quote { exact: said.clone(), prefix: String::new(), suffix: String::new() };
        let telling = new.chars().any(|c| c.is_uppercase() || c.is_numeric())
            || ["not", "never", "seven", "без", "ei", "didn't"].contains(&new.as_str());
        match anchor(&index, &quote, None) {
            Anchored::Close(span, _) => {
                let found = index.slice(span);
                prop_assert!(!telling || !found.contains(&new), "{said} → {found}");
                prop_assert_ne!(found, said);
            }
            Anchored::Exact(span) | Anchored::Moved(span) | Anchored::Review(span) => {
                prop_assert_eq!(index.slice(span), said);
            }
            Anchored::Typography(span) => prop_assert_eq!(letters(index.slice(span)), letters(&said)),
            Anchored::Orphan => prop_assert!(!text.contains(&said)),
        }
    }

    #[test]
    fn what_is_found_is_what_was_marked(before in text(), after in text(), start in 0_u32..200, len in 1_u32..40) {
        let marked = CodePoints::new(&before);
        let Some(target) = quote_at(&marked, Span::new(start, start + len)) else { return Ok(()) };
        let now = CodePoints::new(&after);
        match anchor(&now, &target.quote, Some(target.position)) {
            Anchored::Exact(span) | Anchored::Moved(span) | Anchored::Review(span) => {
                prop_assert_eq!(now.slice(span), target.quote.exact);
            }
            Anchored::Typography(span) => {
                prop_assert_eq!(letters(now.slice(span)), letters(&target.quote.exact));
                prop_assert!(!after.contains(&target.quote.exact));
            }
            Anchored::Close(_, score) => {
                prop_assert!((0.9..1.0).contains(&score));
                prop_assert!(!after.contains(&target.quote.exact));
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
            Anchored::Typography(_) | Anchored::Close(..) | Anchored::Orphan => {
                prop_assert!(false, "lost words that stand {moved} further on");
            }
        }
    }

    #[test]
    fn the_same_text_gives_the_same_place(before in text(), start in 0_u32..200, len in 1_u32..40) {
        let marked = CodePoints::new(&before);
        let Some(target) = quote_at(&marked, Span::new(start, start + len)) else { return Ok(()) };
        prop_assert_eq!(anchor(&marked, &target.quote, Some(target.position)), Anchored::Exact(target.position));
    }
}
