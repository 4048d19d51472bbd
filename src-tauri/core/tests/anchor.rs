//! An anchor never resolves to other words, whatever was done to the text.

use bilat_core::{Anchored, Anchoring, CodePoints, Quote, Span, anchor, char_len, quote_at};
use proptest::prelude::*;

/// Words of several scripts, an astral letter and a combining mark among them.
fn text() -> impl Strategy<Value = String> {
    text_of(60)
}

/// The same, of fewer than `most` words.
fn text_of(most: usize) -> impl Strategy<Value = String> {
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
    prop::collection::vec(word, 1..most).prop_map(|words| words.join(" "))
}

/// The letters and figures of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How many edits each property is tried on; `BILAT_EDITS=10000` for the full measure.
fn cases() -> u32 {
    std::env::var("BILAT_EDITS").ok().and_then(|many| many.parse().ok()).unwrap_or(500)
}

/// A sentence and one thing done to it: a word put in, taken out or replaced.
fn edited() -> impl Strategy<Value = (String, String, String)> {
    let telling =
        prop::sample::select(vec!["not", "never", "Morev", "12", "seven", "без", "ei", "didn't", "Lindholm"]);
    let any = prop_oneof![3 => plain_word(), 2 => telling];
    (prop::collection::vec(plain_word(), 12..30), any, 0_usize..3, 0_usize..1_000).prop_map(
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

/// A word that is neither a name, a number nor a negation.
fn plain_word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
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
    ])
}

/// Two words that say different things; an empty one is none.
fn telling_change() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(vec![
        ("Morev", "Lindholm"),
        ("12", "13"),
        ("seven", "eight"),
        ("", "not"),
        ("never", ""),
        ("did", "didn't"),
        ("", "12"),
        ("$5", "€5"),
        ("5%", "5"),
        ("able", "unable"),
        ("Morev", ""),
        ("", "без"),
        ("million", "billion"),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

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
            Anchored::Likely(_) | Anchored::Orphan => prop_assert!(!text.contains(&said)),
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
            Anchored::Likely(_) | Anchored::Orphan => prop_assert!(!after.contains(&target.quote.exact)),
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
            Anchored::Typography(_) | Anchored::Close(..) | Anchored::Likely(_) | Anchored::Orphan => {
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

    #[test]
    fn a_name_a_number_or_a_negation_changed_inside_is_for_a_person_to_look_at(
        (words, at) in (prop::collection::vec(plain_word(), 6..24), 1_usize..100),
        change in telling_change(),
    ) {
        let at = 1 + at % (words.len() - 1);
        let (old, new) = change;
        let with = |word: &str| {
            let mut all: Vec<&str> = words.clone();
            if !word.is_empty() {
                all.insert(at, word);
            }
            all.join(" ")
        };
        let page = |said: &str| format!("The delegations met again in the old customs hall. {said}. After that the session was closed.");
        let (before, after) = (page(&with(old)), page(&with(new)));
        let start = char_len("The delegations met again in the old customs hall. ");
        let marked = quote_at(&CodePoints::new(&before), Span::new(start, start + char_len(&with(old)))).unwrap();
        let now = CodePoints::new(&after);
        let found = Anchoring::new(&now).find(&marked.quote, marked.paragraph.as_ref(), Some(marked.position));
        let Anchored::Likely(span) = found else { return Err(TestCaseError::fail(format!("{found:?}: {after}"))) };
        prop_assert_eq!(now.slice(span), with(new));
    }

    /// Whatever becomes of the text before and after it, a quotation of several words that stands once is where it was.
    #[test]
    fn edits_around_a_quotation_keep_it(
        front in text_of(12), said in prop::collection::vec(plain_word(), 5..12), back in text_of(12),
        new_front in text_of(12), new_back in text_of(12),
    ) {
        let said = said.join(" ");
        let before = format!("{front} {said} {back}");
        let start = char_len(&front) + 1;
        let marked = quote_at(&CodePoints::new(&before), Span::new(start, start + char_len(&said))).unwrap();
        for (front, back) in [(&new_front, &new_back), (&front, &new_back), (&new_front, &back)] {
            let after = format!("{front} {said} {back}");
            let start = char_len(front) + 1;
            let now = CodePoints::new(&after);
            let found = Anchoring::new(&now).find(&marked.quote, marked.paragraph.as_ref(), Some(marked.position));
            match found {
                Anchored::Exact(span) | Anchored::Moved(span) => prop_assert_eq!(span, Span::new(start, start + char_len(&said))),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
