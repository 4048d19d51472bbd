//! For tests: a library in a temporary folder, and short ways to put things into it.

use std::collections::BTreeMap;

use bilat_core::{
    AnnotationId, AnnotationKind, ArticleId, Block, BlockKind, CaptureMethod, CaptureRecord, CiteKey,
    CodePoints, Edtf, Span, StatementDraft, char_len, quote_at,
};
use rusqlite::{Connection, Transaction};
use tempfile::TempDir;

use crate::annotation::{self, NewAnnotation};
use crate::article::{self, ArticleFilter, NewArticle};
use crate::snapshot::NewSnapshot;
use crate::{Access, Result, Store};

pub const NOW: &str = "2031-06-01T08:00:00Z";

pub struct Desk {
    pub store: Store,
    pub folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path().join("library.bilat"), Access::Create).unwrap();
        Self { store, folder }
    }

    pub fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> T {
        self.store.read_blocking(query).unwrap()
    }

    pub fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> T {
        self.store.write_blocking(change).unwrap()
    }

    /// The headlines that a list shows, all of them.
    pub fn listed(&self, filter: &ArticleFilter<'_>) -> Vec<String> {
        let (total, rows) =
            self.read(|conn| article::list(conn, &ArticleFilter { limit: 200, ..filter.clone() }));
        assert_eq!(total as usize, rows.len());
        rows.into_iter().map(|row| row.title).collect()
    }

    /// Clips `body` (paragraphs divided by empty lines) under `title`.
    pub fn clip(&self, title: &str, body: &str, on: &str) -> ArticleId {
        let (title, body, on) = (title.to_owned(), body.to_owned(), on.parse::<Edtf>().unwrap());
        self.write(move |tx| {
            with_snapshot(&title, &body, |snapshot| {
                let new = NewArticle {
                    title: &title,
                    standfirst: None,
                    byline: None,
                    authors: &[],
                    outlet: Some("The Harbour Courier"),
                    published: Some(&on),
                    inferred: false,
                    published_at: None,
                    modified: None,
                    dateline: None,
                    credit: Some("Quay Wire"),
                    section: None,
                    language: Some("en-GB"),
                    url: Some("https://courier.example/pact"),
                    image: None,
                    provenance: &BTreeMap::from([("title".into(), "json-ld".into())]),
                    key_wish: CiteKey::article(Some("The Harbour Courier"), Some(&on), &title),
                    clipped_at: NOW,
                };
                Ok(article::insert(tx, &new, snapshot)?.0)
            })
        })
    }

    pub fn reclip(&self, id: ArticleId, title: &str, body: &str) {
        let (title, body) = (title.to_owned(), body.to_owned());
        self.write(move |tx| {
            with_snapshot(&title, &body, |new| article::add_snapshot(tx, id, new, NOW).map(drop))
        });
    }

    /// Marks the first place of `words`.
    pub fn mark(
        &self,
        article: ArticleId,
        words: &str,
        note: &str,
        draft: Option<StatementDraft>,
    ) -> AnnotationId {
        let (words, note) = (words.to_owned(), note.to_owned());
        self.write(move |tx| {
            let current = article::snapshot_text(tx, article)?;
            let start = char_len(&current.text[..current.text.find(&words).expect("the words stand there")]);
            let target =
                quote_at(&CodePoints::new(&current.text), Span::new(start, start + char_len(&words)));
            annotation::insert(
                tx,
                &NewAnnotation {
                    article,
                    snapshot: current.id,
                    targets: &[target.expect("the words are not empty")],
                    kind: AnnotationKind::Quote,
                    note: &note,
                    tags: &["Energy".into()],
                    statement: draft.as_ref(),
                    created_at: NOW,
                },
            )
        })
    }
}

/// Calls `then` with a snapshot of `title` and `body`.
pub fn with_snapshot<T>(title: &str, body: &str, then: impl FnOnce(&NewSnapshot<'_>) -> T) -> T {
    let text = format!("{title}\n\n{body}");
    let mut blocks = Vec::new();
    let mut start = 0;
    for (n, part) in text.split("\n\n").enumerate() {
        let kind = if n == 0 { BlockKind::Title } else { BlockKind::Paragraph };
        blocks.push(Block { kind, start, end: start + char_len(part) });
        start += char_len(part) + 2;
    }
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
    then(&NewSnapshot {
        raw: text.as_bytes(),
        html: &format!("<p>{body}</p>"),
        text: &text,
        blocks: &blocks,
        set_aside: &["Share this".into()],
        capture: &capture,
        held_back: None,
    })
}

/// A statement by Ilya Morev, spokesman of the (invented) Harbour Office.
pub fn morev() -> StatementDraft {
    StatementDraft {
        speaker: Some("Ilya Morev".into()),
        role: Some("Harbour Office spokesman".into()),
        country: Some("RU".parse().unwrap()),
        said_on: Some("2031-05-02".parse().unwrap()),
        ..StatementDraft::default()
    }
}
