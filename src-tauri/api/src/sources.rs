//! The library as the quote lock sees it: what each cite key names.

use std::cell::RefCell;
use std::collections::HashMap;

use bilat_brief::{Cited, Sources};
use bilat_core::CiteKey;
use bilat_store::{Connection, snapshot, statement};

/// Looks cite keys up in a library.
///
/// A key that cannot be read for another reason than its absence counts as absent: the check then
/// says `missing`, which stops an export; it can never say `verified` of words that were not read.
///
/// Each key is read, and its words hashed, once: the check and the bibliography both ask, at every
/// keystroke.
pub(crate) struct FromLibrary<'a> {
    conn: &'a Connection,
    known: RefCell<HashMap<CiteKey, Option<Cited>>>,
}

impl<'a> FromLibrary<'a> {
    pub(crate) fn new(conn: &'a Connection) -> Self {
        Self { conn, known: RefCell::default() }
    }

    fn read(&self, key: &CiteKey) -> Option<Cited> {
        let found = statement::cited(self.conn, key).ok().flatten()?;
        let blocks = snapshot::blocks(self.conn, found.article.snapshot).ok()?;
        let mut texts = found.texts.into_iter();
        let text = texts.next()?.text;
        let said = found.statement;
        Some(Cited {
            key: found.key,
            article_key: found.article.key,
            title: found.article.title,
            outlet: found.article.outlet,
            byline: found.article.byline,
            published: found.article.published,
            url: found.article.url,
            credit: found.article.credit,
            language: found.article.language,
            clipped_at: found.article.clipped_at,
            reliability: found.article.reliability,
            credibility: said.as_ref().map(|said| said.credibility),
            speaker: said.as_ref().and_then(|said| said.speaker.clone()),
            role: said.as_ref().and_then(|said| said.role.clone()),
            translation: said.and_then(|said| said.translation),
            text,
            blocks,
            earlier: texts.map(|snapshot| (snapshot.captured_at, snapshot.text)).collect(),
            spans: found.spans,
        })
    }
}

impl Sources for FromLibrary<'_> {
    fn cited(&self, key: &CiteKey) -> Option<Cited> {
        if let Some(known) = self.known.borrow().get(key) {
            return known.clone();
        }
        let found = self.read(key);
        self.known.borrow_mut().insert(key.clone(), found.clone());
        found
    }
}
