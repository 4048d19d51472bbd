//! The stretches of a comparison make both texts again, to the letter.

use bilat_core::{ChangeKind, CodePoints, difference};
use proptest::prelude::*;

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("treaty"),
        Just("не"),
        Just("договор"),
        Just("条約"),
        Just("カタカナ"),
        Just("🕊"),
        Just("e\u{301}te"),
        Just("signed"),
        Just("not"),
        Just("12"),
        Just("a"),
        Just("“"),
        Just("\n\n"),
        Just("can't"),
        Just("\u{200f}"),
    ];
    prop::collection::vec((word, any::<bool>()), 0..80).prop_map(|words| {
        words
            .into_iter()
            .map(|(word, spaced)| if spaced { format!("{word} ") } else { word.into() })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn nothing_is_lost_and_nothing_invented(older in text(), newer in text()) {
        let changes = difference(&older, &newer);
        let side = |not| changes.iter().filter(|change| change.kind != not).map(|change| change.text.as_str()).collect::<String>();
        prop_assert_eq!(side(ChangeKind::Added), older.as_str());
        prop_assert_eq!(side(ChangeKind::Removed), newer.as_str());
        let (old, new) = (CodePoints::new(&older), CodePoints::new(&newer));
        for change in &changes {
            prop_assert!(change.older.is_none_or(|span| old.slice(span) == change.text));
            prop_assert!(change.newer.is_none_or(|span| new.slice(span) == change.text));
            prop_assert_eq!((change.older.is_none(), change.newer.is_none()),
                (change.kind == ChangeKind::Added, change.kind == ChangeKind::Removed));
        }
    }

    #[test]
    fn equal_texts_have_no_changes(text in text()) {
        prop_assert!(difference(&text, &text).iter().all(|change| change.kind == ChangeKind::Same));
    }
}
