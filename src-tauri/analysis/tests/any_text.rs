//! Any text at all: no panic, places inside the text, the same answer twice, time that grows with length.

use bilat_analysis::{Analysis, Input, analyze};
use proptest::prelude::*;

fn places(a: &Analysis) -> Vec<[usize; 2]> {
    let mut out = Vec::new();
    for q in &a.quotes {
        out.extend(&q.contents);
        out.extend(q.cue);
        out.extend(q.speaker.iter().flat_map(|s| s.spans.clone()));
    }
    out.extend(a.countries.iter().flat_map(|c| c.mentions.clone()));
    out.extend(a.people.iter().flat_map(|p| p.mentions.clone()));
    out.extend(a.dates.iter().map(|d| [d.start, d.end]));
    out.extend(a.events.iter().map(|e| e.span));
    out
}

fn check(text: &str, dated: bool) -> Result<(), TestCaseError> {
    let published = dated.then(|| "2023-01-20".parse().expect("a date"));
    let input = Input { text, published, ..Input::default() };
    let found = analyze(&input);
    let length = text.chars().count();
    for [start, end] in places(&found) {
        prop_assert!(start < end && end <= length, "{start}..{end} of {length}");
    }
    prop_assert_eq!(&found, &analyze(&input));
    Ok(())
}

/// Pieces that the rules look for, so that chance meets them often.
fn newsy() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "“",
        "”",
        "\"",
        "‘",
        "’",
        "«",
        "»",
        "„",
        "``",
        "''",
        " said ",
        "said",
        ", ",
        ". ",
        "\n\n",
        "\n",
        " - ",
        "–",
        "-",
        "(",
        ")",
        "Mr ",
        "Karla Venn",
        "Venn",
        "the Kremlin",
        "US",
        "U.S.",
        "France",
        "中国",
        "Россия",
        "مصر",
        "according to ",
        "who ",
        "that ",
        "on Friday",
        "last November",
        "2022",
        "31 February",
        "June 2021",
        "99999999999",
        "the past ",
        "two ",
        "years ",
        "ago",
        "will ",
        "not ",
        "accused ",
        "invaded ",
        "MOSCOW – ",
        "'s ",
        "’s ",
        "é",
        "😀",
        "\u{301}",
        "and ",
        "he ",
        "she ",
        ":",
        ";",
        "a ",
        "Georgia",
        "al-",
        "0.5 ",
        "quarter ",
        "first ",
        "the ",
        "\u{a0}",
        "I. ",
        "called off",
        "met ",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_string_is_answered(text in "\\PC{0,300}", dated: bool) {
        check(&text, dated)?;
    }

    #[test]
    fn any_heap_of_news_words_is_answered(text in newsy(), dated: bool) {
        check(&text, dated)?;
    }
}

#[test]
fn an_empty_text_says_nothing() {
    assert_eq!(analyze(&Input::default()), Analysis::default());
}

#[test]
fn a_long_text_takes_time_in_proportion() {
    let time = |text: &str| {
        let start = std::time::Instant::now();
        analyze(&Input { text, ..Input::default() });
        start.elapsed().as_secs_f64()
    };
    for piece in [
        "“It is done,” Karla Venn said on Friday in Paris. ",
        "word ",
        "\"",
        "Karla ",
        "\n\n",
        "said that ",
        ", ",
        "“a",
        "the Kremlin ",
    ] {
        let (short, long) = (piece.repeat(20_000 / piece.len()), piece.repeat(160_000 / piece.len()));
        time(&short);
        let (a, b) = (time(&short), time(&long));
        // Eight times the text; forty times the time would not be proportion.
        assert!(b < 40.0 * a + 0.5, "{piece:?}: {a:.4} s for 20 kB, {b:.4} s for 160 kB");
    }
}
