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

/// News of our own in every script that the rules know, and in some that they do not.
const SEEDS: [&str; 9] = [
    "OSLO, March 3 – “The quay stays shut,” Mr Velko told reporters on Friday. “Nobody asked us,” he said, adding \
     that Bulgaria had ruled out talks with Norway until mid-2026.\n\nAccording to officials, the port closed last November.",
    "«Порт останется закрытым», — заявил министр транспорта Иван Велков в пятницу. Норвегия ответила 3 марта 2024 года.",
    "« Le port reste fermé », a déclaré le ministre norvégien Ivar Velde le 3 mars. Selon lui, l'Égypte a refusé.",
    "„Der Hafen bleibt zu“, sagte der norwegische Minister Ivar Velde am Freitag, dem 3. März 2024.",
    "«El puerto sigue cerrado», dijo el ministro chino Wang Lei en Madrid el 7 de marzo de 2023.",
    "挪威港务局长李明说：「港口仍然关闭。」他于3月3日在北京表示，「没有人问过我们。」",
    "قال وزير النقل أحمد سالم: «الميناء مغلق». وأضاف يوم الجمعة في القاهرة أن النرويج رفضت.",
    "港湾局長は「港は閉まったままだ」と述べた。ノルウェーは3月3日に答えた。",
    "«Το λιμάνι μένει κλειστό», δήλωσε ο υπουργός Νίκος Αλεξίου. बंदरगाह बंद है। ท่าเรือปิด 항구는 닫혀 있다.",
];

/// What editors, scanners and hostile pages leave in a text.
const SHARDS: [&str; 16] = [
    "\u{0}",
    "\u{feff}",
    "\u{200f}",
    "\u{202e}",
    "\u{301}\u{301}",
    "\u{fffd}",
    "\r",
    "\u{2028}",
    "ﬁ",
    "İ",
    "ß",
    "𝐍𝐨𝐫𝐰𝐚𝐲",
    "\u{e0001}",
    "“",
    "»",
    "\n\n",
];

/// Mutates the seeds for a bounded time: any heap of their pieces must be answered.
#[test]
fn mutated_news_of_every_script_is_answered() {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below.max(1) as u64).expect("below a length")
    };
    let start = std::time::Instant::now();
    for round in 0..2_000 {
        let mut text: Vec<char> = SEEDS[round % SEEDS.len()].chars().collect();
        for _ in 0..=draw(6) {
            let at = draw(text.len() + 1);
            let end = (at + draw(30)).min(text.len());
            match draw(5) {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, SHARDS[draw(SHARDS.len())].chars())),
                2 => {
                    let other: Vec<char> = SEEDS[draw(SEEDS.len())].chars().collect();
                    let from = draw(other.len());
                    drop(
                        text.splice(at..end, other[from..(from + draw(60)).min(other.len())].iter().copied()),
                    );
                }
                3 => text[at..end].reverse(),
                _ => {
                    let again = text[at..end].repeat(1 + draw(4));
                    drop(text.splice(at..at, again));
                }
            }
        }
        let text: String = text.into_iter().collect();
        if let Err(fault) = check(&text, round % 2 == 0) {
            panic!("round {round}: {fault}\n{text:?}");
        }
        if start.elapsed().as_secs() >= 4 {
            break;
        }
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
        "Norway, ",
        "and Norway ",
        "according to ",
        "he said that she said ",
        "Mr. ",
        "1 ",
        "on Friday ",
        "two years ago ",
        "(",
        "„«",
        "”",
        "County ",
        "\u{301}",
        "\u{200f}\u{200b}",
        "👩‍👩‍👧‍👦",
        "中国说「",
        "Россия заявила: «",
        "قال وزير «",
        "はがと",
        "’s ",
        "I. ",
        "A",
    ] {
        let (short, long) = (piece.repeat(6_000 / piece.len()), piece.repeat(48_000 / piece.len()));
        time(&short);
        let (a, b) = (time(&short), time(&long));
        // Eight times the text; forty times the time would not be proportion.
        assert!(b < 40.0 * a + 0.5, "{piece:?}: {a:.4} s for 6 kB, {b:.4} s for 48 kB");
    }
}
