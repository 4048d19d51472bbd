//! The dossier of a pair with 20,000 articles, 100,000 mentions and 5,000 events: `cargo bench -p bilat-store --bench
//! dossier`.
//!
//! The rows are made in SQL, by rule and without any text of others, so that every run measures the same library.

use std::sync::LazyLock;

use bilat_core::{Dyad, Period};
use bilat_store::{Access, Store, dossier, event};

const LIBRARY: &str = "
    CREATE TEMP TABLE n (i INTEGER PRIMARY KEY);
    WITH RECURSIVE up(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM up WHERE i < 100000) INSERT INTO n SELECT i FROM up;
    INSERT INTO source (name, match_name, country)
        SELECT 'Courier ' || i, 'courier ' || i, iif(i % 3, 'JP', 'KZ') FROM n WHERE i <= 300;
    INSERT INTO origin (note) SELECT '' FROM n WHERE i <= 20000;
    INSERT INTO cite_key (key, article) SELECT 'courier-' || i, i FROM n WHERE i <= 20000;
    INSERT INTO article (ord, uid, key, title, source, published, month, language, clipped_at, origin, snippet)
        SELECT 23668560 + i * 150, i, 'courier-' || i, 'The ' || i || 'th of the talks on transit, tariffs and fish',
            1 + (i * i) % 300, date('2015-01-01', (i * 150 / 1440) || ' days'), 2015 * 12 + i / 300, iif(i % 4, 'en', 'ja'),
            '2026-06-01T08:00:00Z', iif(i % 5, i, max(1, i - 1)), 'They met and parted without a date for the next time.'
        FROM n WHERE i <= 20000;
    INSERT INTO snapshot (article, captured_at, sha256_raw, sha256_text, capture, blocks, set_aside, text, html, raw)
        SELECT i, '2026-06-01T08:00:00Z', '', '', '{}', '[]', '[]', 'They met.', '<p>They met.</p>', x'00' FROM n WHERE i <= 20000;
    INSERT INTO article_pair (dyad, ord, confirmed, source, month, origin, language)
        SELECT 'JP-KZ', ord, 1, source, month, origin, language FROM article;
    INSERT INTO suggestion (article, snapshot, kind, body, likeness, start, confidence)
        SELECT 1 + i % 20000, 1 + i % 20000, 'country', '{\"type\":\"country\",\"country\":\"JP\",\"spans\":[],\"score\":0.5}', 'JP' || i, i, 0.5 FROM n;
    INSERT INTO actor (name, match_name) SELECT 'Speaker ' || i, 'speaker ' || i FROM n WHERE i <= 60;
    INSERT INTO annotation (article, snapshot, kind, created_at, changed_at)
        SELECT i * 20, i * 20, 'quote', '2026-06-01T08:00:00Z', '2026-06-01T08:00:00Z' FROM n WHERE i <= 1000;
    INSERT INTO annotation_target (annotation, n, exact, prefix, suffix) SELECT id, 0, 'They met', '', '.' FROM annotation;
    INSERT INTO cite_key (key, annotation) SELECT 'speaker-' || id, id FROM annotation;
    INSERT INTO statement (annotation, key, speaker, country, about, said_on, issue, stance)
        SELECT id, 'speaker-' || id, 1 + id % 60, iif(id % 2, 'JP', 'KZ'), iif(id % 2, 'KZ', 'JP'),
            (SELECT published FROM article WHERE uid = annotation.article), 'issue ' || id % 20, id % 5 - 2 FROM annotation;
    INSERT INTO event (initiator, target, plover, on_date, from_day, to_day, status, summary, created_at, changed_at)
        SELECT iif(i % 2, 'JP', 'KZ'), iif(i % 2, 'KZ', 'JP'), iif(i % 3, 'CONSULT', 'DEMAND'), date(16436 * 86400 + i * 50000, 'unixepoch'),
            16436 + i * 50000 / 86400, 16436 + i * 50000 / 86400, 'done', 'Meets on transit', '2026-06-01T08:00:00Z', '2026-06-01T08:00:00Z'
        FROM n WHERE i <= 5000;
    INSERT INTO event_evidence (event, article, annotation)
        SELECT i, i * 4, NULL FROM n WHERE i <= 5000;
    DROP TABLE n;
    ANALYZE;";

static STORE: LazyLock<(tempfile::TempDir, Store)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path().join("bench.bilat"), Access::Create).unwrap();
    store.write_blocking(|tx| Ok(tx.execute_batch(LIBRARY)?)).unwrap();
    (folder, store)
});

fn main() {
    let found = STORE.1.read_blocking(|conn| dossier::head(conn, pair(), &Period::default())).unwrap();
    assert_eq!((found.articles, found.statements, found.events), (20_000, 1_000, 5_000));
    divan::main();
}

fn pair() -> Dyad {
    "JP-KZ".parse().unwrap()
}

#[divan::bench]
fn first_screen(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| STORE.1.read_blocking(|conn| dossier::head(conn, pair(), &Period::default())).unwrap());
}

#[divan::bench]
fn whole(bencher: divan::Bencher<'_, '_>) {
    let today = "2026-06-01".parse().unwrap();
    bencher.bench(|| {
        STORE.1.read_blocking(|conn| dossier::read(conn, pair(), &Period::default(), 100, today)).unwrap()
    });
}

#[divan::bench]
fn a_year(bencher: divan::Bencher<'_, '_>) {
    let today = "2026-06-01".parse().unwrap();
    let year = Period { since: "2019".parse().ok(), until: "2019".parse().ok() };
    bencher.bench(|| STORE.1.read_blocking(|conn| dossier::read(conn, pair(), &year, 100, today)).unwrap());
}

#[divan::bench]
fn ledger(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| STORE.1.read_blocking(|conn| event::list(conn, pair(), &Period::default())).unwrap());
}

#[divan::bench]
fn floor_scan(bencher: divan::Bencher<'_, '_>) {
    bencher.bench(|| {
        STORE.1.read_blocking(|conn| {
            let mut query = conn.prepare_cached(
                "SELECT source, origin, language, ord FROM article_pair WHERE dyad = 'JP-KZ'",
            )?;
            let mut rows = query.query([])?;
            let mut sum = 0_i64;
            while let Some(row) = rows.next()? {
                sum = sum.wrapping_add(row.get::<_, i64>(3)?);
            }
            Ok(sum)
        })
    });
}
