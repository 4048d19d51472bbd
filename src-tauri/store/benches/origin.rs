//! One more article among many: how long the search for its kin takes.
//!
//! `cargo bench -p bilat-store --bench origin`, with `BILAT_BENCH_ARTICLES=100000` for a large library.
//! The others are rows with as many sampled windows as an article of 700 words has; a tenth of them share
//! a footer's windows with the article that is looked for, and three are copies of it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use bilat_core::{ArticleId, Block, BlockKind, CaptureMethod, CaptureRecord, CiteKey, char_len};
use bilat_store::article::{self, NewArticle};
use bilat_store::snapshot::NewSnapshot;
use bilat_store::{Access, Store, Transaction, origin};

const NOW: &str = "2031-06-01T08:00:00Z";

fn main() {
    divan::main();
}

/// A text of 700 words that repeats no window.
fn text(seed: u64) -> String {
    let mut random = seed;
    let mut word = |_| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("w{}", (random >> 33) % 4_000)
    };
    (0..700).map(&mut word).collect::<Vec<_>>().join(" ")
}

fn insert(tx: &Transaction<'_>, words: &str, outlet: &str) -> ArticleId {
    let text = format!("Ferry\n\n{words}");
    let blocks = [
        Block { kind: BlockKind::Title, start: 0, end: 5 },
        Block { kind: BlockKind::Paragraph, start: 7, end: char_len(&text) },
    ];
    let capture = CaptureRecord {
        method: CaptureMethod::Pasted,
        captured_at: NOW.into(),
        url: None,
        file_name: None,
        media_type: "text/plain".into(),
        app_version: "0.1.0".into(),
        policy_version: 1,
        browser: None,
        charset: None,
        fetch: None,
        access: None,
        corrections: Vec::new(),
    };
    let new = NewArticle {
        title: "Ferry",
        standfirst: None,
        byline: None,
        authors: &[],
        outlet: Some(outlet),
        published: None,
        inferred: false,
        published_at: None,
        modified: None,
        dateline: None,
        credit: None,
        section: None,
        language: None,
        url: None,
        image: None,
        provenance: &BTreeMap::new(),
        key_wish: CiteKey::article(Some(outlet), None, "Ferry"),
        clipped_at: NOW,
    };
    let snapshot = NewSnapshot {
        raw: text.as_bytes(),
        html: "<p></p>",
        text: &text,
        blocks: &blocks,
        set_aside: &[],
        capture: &capture,
        held_back: None,
    };
    article::insert(tx, &new, &snapshot).unwrap().0
}

static LIBRARY: LazyLock<(tempfile::TempDir, Store, ArticleId)> = LazyLock::new(|| {
    let many: u64 = std::env::var("BILAT_BENCH_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000);
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("bench.bilat"), Access::Create).unwrap();
    let last = store
        .write_blocking(move |tx| {
            let words = text(9);
            // The words of all the others.
            let other = insert(tx, &text(10), "Other");
            let other = article::current(tx, other)?;
            for outlet in ["One", "Two", "Three"] {
                let id = insert(tx, &words, outlet);
                origin::place(tx, id, NOW)?;
            }
            tx.execute_batch(&format!(
                "INSERT INTO origin (id) WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 999 + {many}) SELECT i FROM n;
                 INSERT INTO cite_key (key, article) SELECT 'k' || id, id FROM origin WHERE id >= 1000;
                 INSERT INTO article (ord, uid, key, title, month, clipped_at, origin, snapshot)
                     SELECT id, id, 'k' || id, 'Other', 0, '{NOW}', id, {other} FROM origin WHERE id >= 1000;
                 INSERT OR IGNORE INTO shingle (hash, article)
                     WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 85)
                     SELECT random(), id FROM origin, n WHERE id >= 1000;
                 INSERT OR IGNORE INTO shingle (hash, article)
                     SELECT s.hash, o.id FROM (SELECT hash FROM shingle WHERE article = 2 LIMIT 4) s, origin o
                     WHERE o.id >= 1000 AND o.id % 10 = 0;"
            ))?;
            Ok(insert(tx, &words, "Four"))
        })
        .unwrap();
    (folder, store, last)
});

#[divan::bench]
fn one_more_article(bencher: divan::Bencher<'_, '_>) {
    let (_, store, id) = &*LIBRARY;
    let id = *id;
    bencher.bench(|| store.write_blocking(move |tx| origin::place(tx, id, NOW)).unwrap());
}
