//! How long an analysis takes: a typical article, and texts that no newsroom prints, to see that the
//! time grows with the length and no faster.

use bilat_analysis::{Input, analyze};
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

/// Paragraphs of our own, as an agency would write them; `n` makes each unlike the others.
fn paragraph(n: usize) -> String {
    let sides = ["Norway", "Bulgaria", "Japan", "Kenya", "Peru", "Canada", "Egypt", "Fiji"];
    let side = |at: usize| sides[(n + at) % sides.len()];
    let envoy = ["Ines Calder", "Tomas Berrow", "Akiko Wendt", "Samuel Oro"][n % 4];
    let surname = envoy.rsplit(' ').next().unwrap_or_default();
    format!(
        "{0}'s envoy {envoy} told reporters on Friday that the ferries would return in May {1}. “We will keep the \
         route open, whatever {2} decides,” {envoy} said. Mr {surname} accused {2} of closing the quay last November, \
         two days after the ministers met in Geneva, and said the harbour treaty was “worth less than its ink”. \
         According to officials who declined to be named, {3} and {0} are to sign a transit accord next month; \
         the Kremlin and the White House had no comment.\n\n",
        side(0),
        2024 + n % 3,
        side(1),
        side(2),
    )
}

/// At least this many bytes of such paragraphs.
fn text(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1024);
    for n in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&paragraph(n));
    }
    text
}

fn measure(bencher: divan::Bencher, text: &str) {
    let published = "2026-03-09".parse().ok();
    analyze(&Input { text: "Norway", ..Input::default() });
    bencher
        .counter(BytesCount::of_str(text))
        .counter(ItemsCount::new(1usize))
        .bench(|| analyze(&Input { text: divan::black_box(text), published, ..Input::default() }));
}

#[divan::bench]
fn article_of_600_words(bencher: divan::Bencher) {
    measure(bencher, &text(3_600));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn one_megabyte(bencher: divan::Bencher) {
    measure(bencher, &text(1_000_000));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn twenty_megabytes(bencher: divan::Bencher) {
    measure(bencher, &text(20_000_000));
}
