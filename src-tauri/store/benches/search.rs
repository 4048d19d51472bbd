//! The library at 10,000 articles: search of every class, lists, and one clip.
//!
//! The articles are pseudo-words by Zipf's law, made from a fixed seed, so that no text of others is
//! needed and every run measures the same library. `cargo bench -p bilat-store`; `BILAT_BENCH_ARTICLES`
//! sets another number. `cargo bench -p bilat-store --bench search -- --percentiles` prints p50 and p99 of each class
//! of query instead, over many different queries.

use std::collections::BTreeMap;
use std::sync::LazyLock;
use std::time::Duration;

use bilat_core::{Block, BlockKind, CaptureMethod, CaptureRecord, CiteKey, Dyad, Edtf, char_len};
use bilat_store::article::{self, ArticleFilter, NewArticle};
use bilat_store::search::{self, Order, Query};
use bilat_store::snapshot::NewSnapshot;
use bilat_store::{Access, Store, Transaction};

fn main() {
    LazyLock::force(&LIBRARY);
    if std::env::args().any(|argument| argument == "--percentiles") {
        percentiles();
    } else {
        divan::main();
    }
}

/// Words in an article, on average.
const WORDS: u64 = 600;
/// Different words.
const VOCABULARY: u64 = 60_000;
/// Different publishers.
const OUTLETS: u64 = 400;
/// The time at which everything is clipped.
const NOW: &str = "2026-06-01T08:00:00Z";

/// Marsaglia's xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    /// A rank below `n`, 1/(rank + 1) as often.
    fn zipf(&mut self, n: u64) -> u64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((n as f64).powf(unit) - 1.0) as u64
    }
}

/// The word of a rank.
fn word(rank: u64) -> String {
    const SYLLABLES: [&str; 32] = [
        "ka", "ro", "mi", "sen", "tal", "dor", "ve", "li", "an", "shi", "gor", "ba", "ne", "zu", "rek", "os",
        "pa", "el", "ti", "mar", "hu", "yo", "del", "fin", "cas", "bo", "ur", "ja", "kov", "wei", "nam",
        "est",
    ];
    let (mut rest, mut word) = (rank + 40, String::new());
    while rest > 0 {
        word.push_str(SYLLABLES[(rest % 32) as usize]);
        rest /= 32;
    }
    word
}

fn sentence(random: &mut Random) -> String {
    let words: Vec<_> = (0..8 + random.below(20)).map(|_| word(random.zipf(VOCABULARY))).collect();
    words.join(" ") + "."
}

fn insert(tx: &Transaction<'_>, random: &mut Random, n: u64) {
    const COUNTRIES: [&str; 12] = ["US", "RU", "CN", "UA", "JP", "GB", "DE", "FR", "IN", "PK", "IR", "IL"];
    let title = sentence(random);
    let mut text = title.clone();
    let mut blocks = vec![Block { kind: BlockKind::Title, start: 0, end: char_len(&title) }];
    while blocks.len() < 2 || (text.len() as u64) < WORDS * 6 {
        let paragraph = [sentence(random), sentence(random), sentence(random)].join(" ");
        let start = char_len(&text) + 2;
        blocks.push(Block { kind: BlockKind::Paragraph, start, end: start + char_len(&paragraph) });
        text = text + "\n\n" + &paragraph;
    }
    let capture = CaptureRecord {
        method: CaptureMethod::File,
        captured_at: NOW.into(),
        url: None,
        file_name: Some(format!("{n}.txt")),
        media_type: "text/plain".into(),
        app_version: "0.1.0".into(),
        policy_version: 1,
        browser: None,
        charset: None,
        fetch: None,
        access: None,
        corrections: Vec::new(),
    };
    let on: Edtf =
        format!("{}-{:02}-{:02}", 2015 + random.below(12), 1 + random.below(12), 1 + random.below(28))
            .parse()
            .unwrap();
    let outlet = format!("The {} Courier", word(random.zipf(OUTLETS)));
    let new = NewArticle {
        title: &title,
        standfirst: None,
        byline: None,
        authors: &[],
        outlet: Some(&outlet),
        published: Some(&on),
        inferred: false,
        published_at: None,
        modified: None,
        dateline: None,
        credit: None,
        section: None,
        language: Some("en"),
        url: None,
        image: None,
        provenance: &BTreeMap::new(),
        key_wish: CiteKey::article(Some(&outlet), Some(&on), &title),
        clipped_at: NOW,
    };
    let html = format!("<p>{}</p>", text.replace("\n\n", "</p><p>"));
    let snapshot = NewSnapshot {
        raw: html.as_bytes(),
        html: &html,
        text: &text,
        blocks: &blocks,
        set_aside: &[],
        capture: &capture,
        held_back: None,
    };
    let (id, ..) = article::insert(tx, &new, &snapshot).unwrap();
    let (one, other) = (random.zipf(12), random.zipf(12));
    if let Ok(dyad) = Dyad::new(
        COUNTRIES[one as usize].parse().unwrap(),
        COUNTRIES[(one + 1 + other) as usize % 12].parse().unwrap(),
    ) {
        article::confirm_dyad(tx, id, dyad, NOW).unwrap();
    }
}

static LIBRARY: LazyLock<(tempfile::TempDir, Store)> = LazyLock::new(|| {
    let many: u64 = std::env::var("BILAT_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("bench.bilat"), Access::Create).unwrap();
    let start = std::time::Instant::now();
    for first in (0..many).step_by(1_000) {
        store
            .write_blocking(move |tx| {
                for n in first..many.min(first + 1_000) {
                    insert(
                        tx,
                        &mut Random(0x9e37_79b9_7f4a_7c15 ^ (n + 1).wrapping_mul(0xff51_afd7_ed55_8ccd)),
                        n,
                    );
                }
                Ok(())
            })
            .unwrap();
    }
    let took = start.elapsed();
    store.write_blocking(|tx| search::refresh_terms(tx)).unwrap();
    while store.write_blocking(|tx| search::merge(tx)).unwrap() {}
    eprintln!("{many} articles imported in {took:.1?}, {:.0} a second", many as f64 / took.as_secs_f64());
    (folder, store)
});

fn run(query: &Query) -> u32 {
    LIBRARY.1.read_blocking(|conn| search::search(conn, query, 20, 0)).unwrap().total
}

/// A word that stands in about `1/one_in` of the articles… by rank, common first.
const RANKS: [u64; 4] = [0, 20, 600, 20_000];

#[divan::bench(args = RANKS)]
fn newest_first(bencher: divan::Bencher<'_, '_>, rank: u64) {
    let query = Query::parse(&word(rank));
    bencher.bench(|| run(&query));
}

const RANKED: Order =
    Order { limit: 20, offset: 0, ranked: Some(Duration::from_millis(6)), grouped: true, suggest: false };

#[divan::bench(args = RANKS)]
fn ranked_in_6_ms(bencher: divan::Bencher<'_, '_>, rank: u64) {
    let query = Query::parse(&word(rank));
    bencher.bench(|| LIBRARY.1.read_blocking(|conn| search::find(conn, &query, RANKED)).unwrap());
}

/// The classes of queries, each with many queries of its kind, and how they are asked.
fn percentiles() {
    type Class<'a> = (&'a str, Order, bool, Box<dyn Fn(u64) -> String + 'a>);
    const NEWEST: Order = Order { ranked: None, ..RANKED };
    const TYPED: Order = Order { limit: 6, ..NEWEST };
    let phrase = |n: u64| format!("\"{} {}\"", word(n % 40), word(n % 7 + 1));
    let filtered = |n: u64| {
        let source = word(n % 20);
        format!("{} {} pair:US-RU source:{source} since:2020 until:2022", word(n * 3), word(n + 30))
    };
    let mut classes: Vec<Class<'_>> = Vec::new();
    for letters in 1..=5_usize {
        let name = ["", "1 letter", "2 letters", "3 letters", "4 letters", "5 letters"][letters];
        let start = move |n: u64| word(n * 37).chars().take(letters).collect();
        classes.push((name, TYPED, true, Box::new(start)));
    }
    let word_and_start = |n: u64| format!("{} {}", word(n * 11), &word(n * 5)[..3]);
    classes.push(("a word and 3 letters", TYPED, true, Box::new(word_and_start)));
    for (order, way) in [
        (NEWEST, ["newest: stop words", "newest: 1 to 30 %", "newest: rare"]),
        (RANKED, ["ranked: stop words", "ranked: 1 to 30 %", "ranked: rare"]),
    ] {
        classes.push((way[0], order, false, Box::new(|n| word(n % 8))));
        classes.push((way[1], order, false, Box::new(|n| word(10 + n * 3))));
        classes.push((way[2], order, false, Box::new(|n| word(10_000 + n * 97))));
    }
    classes.push(("newest: phrase", NEWEST, false, Box::new(phrase)));
    classes.push(("ranked: phrase", RANKED, false, Box::new(phrase)));
    classes.push(("newest: pair, source, 3 years", NEWEST, false, Box::new(filtered)));
    classes.push(("ranked: pair, source, 3 years", RANKED, false, Box::new(filtered)));
    classes.push((
        "newest: OR, -not, brackets",
        NEWEST,
        false,
        Box::new(|n| format!("({} OR {}) -{}", word(n), word(n + 50), word(n + 9))),
    ));
    classes.push(("newest: in:inbox", NEWEST, false, Box::new(|n| format!("in:inbox {}", word(n * 3)))));
    classes.push((
        "newest: in:used, of which there are none",
        NEWEST,
        false,
        Box::new(|n| format!("in:used {}", word(n * 100))),
    ));
    println!("| class | p50 ms | p99 ms |\n|---|---|---|");
    for (name, order, typing, query) in &classes {
        let mut times: Vec<f64> = (0..200_u64)
            .map(|n| {
                let text = query(n);
                let query = if *typing { Query::typed(&text) } else { Query::parse(&text) };
                let ask = || LIBRARY.1.read_blocking(|conn| search::find(conn, &query, *order)).unwrap();
                // Once to warm the pages, once to measure.
                ask();
                let start = std::time::Instant::now();
                divan::black_box(ask());
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("| {name} | {:.2} | {:.2} |", times[times.len() / 2], times[times.len() * 99 / 100]);
    }
    let filter = ArticleFilter { limit: 200, ..ArticleFilter::default() };
    for (name, filter) in [
        ("list: first 200", filter.clone()),
        ("list: 200 from the middle", ArticleFilter { offset: 50_000, ..filter.clone() }),
        ("list: 200 by outlet", ArticleFilter { sort: article::Sort::Outlet, offset: 500, ..filter.clone() }),
        ("list: 200 by title", ArticleFilter { sort: article::Sort::Title, offset: 500, ..filter.clone() }),
        ("list: 200 by origin", ArticleFilter { sort: article::Sort::Origin, offset: 500, ..filter.clone() }),
        ("list: used", ArticleFilter { view: article::View::Used, ..filter.clone() }),
        ("list: read", ArticleFilter { view: article::View::Read, ..filter.clone() }),
    ] {
        let mut times: Vec<f64> = (0..30)
            .map(|_| {
                let start = std::time::Instant::now();
                divan::black_box(LIBRARY.1.read_blocking(|conn| article::list(conn, &filter)).unwrap());
                start.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!("| {name} | {:.2} | {:.2} |", times[times.len() / 2], times[times.len() - 1]);
    }
}

#[divan::bench(args = [1, 2, 3, 4])]
fn as_you_type(bencher: divan::Bencher<'_, '_>, letters: usize) {
    let query = Query::typed(&word(20)[..letters]);
    bencher.bench(|| run(&query));
}

#[divan::bench]
fn phrase(bencher: divan::Bencher<'_, '_>) {
    let query = Query::parse(&format!("\"{} {}\"", word(0), word(1)));
    bencher.bench(|| run(&query));
}

#[divan::bench]
fn two_words_in_a_pair_a_source_and_three_years(bencher: divan::Bencher<'_, '_>) {
    let query = Query::parse(&format!(
        "{} {} pair:US-RU source:{} since:2020 until:2022",
        word(10),
        word(30),
        word(0)
    ));
    bencher.bench(|| run(&query));
}

#[divan::bench]
fn list_of_60(bencher: divan::Bencher<'_, '_>) {
    let filter = ArticleFilter { limit: 60, ..ArticleFilter::default() };
    bencher.bench(|| LIBRARY.1.read_blocking(|conn| article::list(conn, &filter)).unwrap());
}

#[divan::bench]
fn list_of_a_pair(bencher: divan::Bencher<'_, '_>) {
    let filter = ArticleFilter { limit: 60, pair: "US-RU".parse().ok(), ..ArticleFilter::default() };
    bencher.bench(|| LIBRARY.1.read_blocking(|conn| article::list(conn, &filter)).unwrap());
}

#[divan::bench]
fn clip_one(bencher: divan::Bencher<'_, '_>) {
    let mut n = 1_000_000;
    bencher.bench_local(move || {
        n += 1;
        LIBRARY.1.write_blocking(move |tx| {
            insert(tx, &mut Random(n), n);
            Ok(())
        })
    });
}
