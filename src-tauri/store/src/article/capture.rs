//! New captures of a known article: a snapshot more, and what it says that was not known.

use std::collections::BTreeMap;

use bilat_core::{ArticleId, BlockKind, CodePoints, Sha256Hex, SnapshotId, char_len, match_url};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use super::edit::BY_A_PERSON;
use super::order::move_to;
use super::{NewArticle, exists, title};
use crate::error::{Error, Result};
use crate::row::{self, filled};
use crate::snapshot::{self, NewSnapshot, SnapshotText};
use crate::{annotation, log, search, source};

/// The length of a list row's snippet, in code points.
const SNIPPET: usize = 240;

/// Adds a new capture of `id` and looks for every annotation's words in it. It becomes the current one
/// unless it is held back. The words themselves are never rewritten.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when there is no text.
pub fn add_snapshot(
    conn: &Connection,
    id: ArticleId,
    new: &NewSnapshot<'_>,
    now: &str,
) -> Result<SnapshotId> {
    exists(conn, id)?;
    let snapshot = snapshot::insert(conn, id, new)?;
    annotation::place_all(conn, id, snapshot, new.text)?;
    if new.held_back.is_none() {
        conn.prepare_cached(
            "DELETE FROM suggestion WHERE article = ?1 AND state = 'open' AND kind <> 'dyad'",
        )?
        .execute([id.0])?;
        conn.prepare_cached("UPDATE article SET unread = 1 WHERE uid = ?1")?.execute([id.0])?;
        take_headline(conn, id, snapshot)?;
        set_current(conn, id, snapshot)?;
    }
    let mut detail = json!({
        "snapshot": snapshot, "sha256_raw": Sha256Hex::of(new.raw), "sha256_text": Sha256Hex::of(new.text),
    });
    if let Some(reason) = new.held_back {
        detail["held_back"] = json!(reason);
    }
    if !new.capture.corrections.is_empty() {
        detail["corrections"] = json!(new.capture.corrections);
    }
    log::append(conn, now, "snapshot added", &format!("article {id}"), &detail)?;
    Ok(snapshot)
}

/// Makes `snapshot`, an earlier capture or one held back, the current one of its article. Headline and
/// standfirst follow it, unless a person gave them. Suggestions are the caller's to make anew.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn make_current(conn: &Connection, snapshot: SnapshotId, now: &str) -> Result<ArticleId> {
    let id = snapshot::article(conn, snapshot)?;
    take_headline(conn, id, snapshot)?;
    set_current(conn, id, snapshot)?;
    let detail = json!({ "snapshot": snapshot });
    log::append(conn, now, "snapshot made current", &format!("article {id}"), &detail)?;
    Ok(id)
}

/// Headline and standfirst are the snapshot's own, unless a person gave others.
fn take_headline(conn: &Connection, id: ArticleId, on: SnapshotId) -> Result<()> {
    let found = snapshot::read(conn, on)?;
    let text = CodePoints::new(&found.text);
    let of =
        |kind| found.blocks.iter().find(|block| block.kind == kind).map(|block| text.slice(block.span()));
    let provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let by_person = |field: &str| provenance.get(field).is_some_and(|from| from == BY_A_PERSON);
    if let Some(Ok(words)) = of(BlockKind::Title).filter(|_| !by_person("title")).map(title) {
        conn.prepare_cached("UPDATE article SET title = ?2 WHERE uid = ?1")?.execute((id.0, words))?;
    }
    if !by_person("standfirst") {
        conn.prepare_cached("UPDATE article SET standfirst = ?2 WHERE uid = ?1")?
            .execute((id.0, filled(of(BlockKind::Standfirst))))?;
    }
    Ok(())
}

/// Adds to `id` what a later capture says and was not known; what is known stays.
///
/// # Errors
/// [`Error::NotFound`].
pub fn fill_in(conn: &Connection, id: ArticleId, new: &NewArticle<'_>) -> Result<()> {
    exists(conn, id)?;
    let mut provenance: BTreeMap<String, String> = conn
        .prepare_cached("SELECT provenance FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row::json(row, 0))?;
    let authors = (!new.authors.is_empty()).then(|| row::to_json(&new.authors));
    for (field, value) in [
        ("byline", filled(new.byline)),
        ("authors", authors),
        ("published_at", filled(new.published_at)),
        ("dateline", filled(new.dateline)),
        ("credit", filled(new.credit)),
        ("section", filled(new.section)),
        ("language", filled(new.language)),
        ("url", filled(new.url)),
        ("image", new.image.map(row::to_json)),
    ] {
        let Some(value) = value else { continue };
        let missing = if field == "authors" { "authors = '[]'".into() } else { format!("{field} IS NULL") };
        // A person who cleared a field knows better than the page.
        if provenance.get(field).is_some_and(|from| from == BY_A_PERSON) {
            continue;
        }
        let filled = conn
            .prepare_cached(&format!("UPDATE article SET {field} = ?2 WHERE uid = ?1 AND {missing}"))?
            .execute((id.0, value))?;
        if let (1, Some(from)) = (filled, new.provenance.get(field)) {
            provenance.insert(field.into(), from.clone());
        }
    }
    if let Some(url) = filled(new.url) {
        conn.prepare_cached("UPDATE article SET match_url = ?2 WHERE uid = ?1 AND match_url IS NULL")?
            .execute((id.0, match_url(&url)))?;
    }
    if let Some(modified) = new.modified {
        conn.prepare_cached("UPDATE article SET modified = ?2 WHERE uid = ?1")?
            .execute((id.0, modified.as_str()))?;
    }
    if new.outlet.is_some() {
        let outlet = source::find_or_create(conn, new.outlet.unwrap_or_default(), "outlet")?;
        conn.prepare_cached("UPDATE article SET source = ?2 WHERE uid = ?1 AND source IS NULL")?
            .execute((id.0, outlet))?;
    }
    if let Some(published) = new.published {
        let dated = conn
            .prepare_cached(
                "UPDATE article SET published = ?2, inferred = ?3 WHERE uid = ?1 AND published IS NULL",
            )?
            .execute((id.0, published.as_str(), new.inferred))?;
        if dated == 1 {
            provenance.extend(new.provenance.get("published").map(|from| ("published".into(), from.clone())));
            move_to(conn, id, Some(published))?;
        }
    }
    conn.prepare_cached("UPDATE article SET provenance = ?2 WHERE uid = ?1")?
        .execute((id.0, row::to_json(&provenance)))?;
    search::index::refresh(conn, id)
}

/// The current snapshot of `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn current(conn: &Connection, id: ArticleId) -> Result<SnapshotId> {
    conn.prepare_cached("SELECT snapshot FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| row.get(0).map(SnapshotId))
        .optional()?
        .ok_or_else(|| Error::not_found("article", id))
}

pub(super) fn set_current(conn: &Connection, id: ArticleId, snapshot: SnapshotId) -> Result<()> {
    conn.prepare_cached("UPDATE article SET snapshot = ?2 WHERE uid = ?1")?.execute((id.0, snapshot.0))?;
    set_snippet(conn, id)?;
    search::index::refresh(conn, id)
}

pub(super) fn set_snippet(conn: &Connection, id: ArticleId) -> Result<()> {
    let (standfirst, current): (Option<String>, i64) = conn
        .prepare_cached("SELECT standfirst, snapshot FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let words = match standfirst {
        Some(words) => words,
        None => search::index::body(&snapshot::read(conn, SnapshotId(current))?),
    };
    // Far more than is shown, and no more of a long body than that.
    let words = bilat_core::normalise_spaces(&words[..search::floor(&words, 2_000)]);
    let snippet: String = if char_len(&words) as usize > SNIPPET {
        words.chars().take(SNIPPET - 1).chain(['…']).collect()
    } else {
        words
    };
    conn.prepare_cached("UPDATE article SET snippet = ?2 WHERE uid = ?1")?.execute((id.0, snippet))?;
    Ok(())
}

/// The words of the current snapshot of `id`, checked against their hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn snapshot_text(conn: &Connection, id: ArticleId) -> Result<SnapshotText> {
    snapshot::list_texts(conn, id)?.into_iter().next().ok_or_else(|| Error::not_found("article", id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilat_core::{AnnotationState, Article, CiteKey, HeldBack, Standing};

    use crate::article::{ArticleEdit, edit, read};
    use crate::desk::{Desk, NOW, with_snapshot};

    #[test]
    fn a_later_capture_adds_what_was_not_known_and_changes_nothing_that_was() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        desk.write(move |tx| edit(tx, id, &ArticleEdit { byline: Some(""), ..Default::default() }, NOW));
        desk.write(move |tx| {
            let authors = ["Ann Other".to_owned()];
            let new = NewArticle {
                title: "Another",
                standfirst: Some("More."),
                byline: Some("Ann Other"),
                authors: &authors,
                outlet: Some("The Tribune"),
                published: Some(&"2030-01-01".parse().unwrap()),
                inferred: false,
                published_at: Some("2031-05-02T09:30:00+03:00"),
                modified: Some(&"2031-05-03".parse().unwrap()),
                dateline: Some("HARBOUR"),
                credit: Some("Another Wire"),
                section: None,
                language: Some("fr"),
                url: Some("https://tribune.example/pact"),
                image: None,
                provenance: &BTreeMap::from([("dateline".into(), "text".into())]),
                key_wish: CiteKey::article(None, None, "x"),
                clipped_at: NOW,
            };
            fill_in(tx, id, &new)
        });
        let found = desk.read(|conn| read(conn, id)).unwrap();
        let at = found.published_at.as_deref();
        assert_eq!((found.dateline.as_deref(), at), (Some("HARBOUR"), Some("2031-05-02T09:30:00+03:00")));
        assert_eq!((found.authors, found.modified), (vec!["Ann Other".into()], "2031-05-03".parse().ok()));
        assert_eq!(found.provenance["dateline"], "text");
        assert_eq!(found.byline, None, "a person cleared it");
        assert_eq!((found.title.as_str(), found.outlet.as_deref()), ("Pact", Some("The Harbour Courier")));
        assert_eq!((found.credit.as_deref(), found.language.as_deref()), (Some("Quay Wire"), Some("en-GB")));
        assert_eq!(found.published.unwrap().on.as_str(), "2031-05-02");
    }

    #[test]
    fn a_capture_held_back_is_kept_and_does_not_become_current_until_a_person_says_so() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The harbour pact was signed at noon.", "2031-05-02");
        let mark = desk.mark(id, "signed at noon", "", None);
        let held = desk.write(move |tx| {
            with_snapshot("Sign in", "The harbour pact", |new| {
                add_snapshot(tx, id, &NewSnapshot { held_back: Some(HeldBack::Paywalled), ..*new }, NOW)
            })
        });
        let shown = |desk: &Desk| desk.read(|conn| read(conn, id)).unwrap();
        let standings = |article: &Article| article.snapshots.iter().map(|s| s.standing).collect::<Vec<_>>();
        let before = shown(&desk);
        assert_eq!(standings(&before), [Standing::HeldBack, Standing::Current]);
        assert_eq!(before.snapshots[0].reason, Some(HeldBack::Paywalled));
        assert_eq!((before.title.as_str(), before.annotations[0].state), ("Pact", AnnotationState::Anchored));
        assert_eq!(desk.read(|conn| snapshot_text(conn, id)).id, before.snapshot.id);
        desk.write(move |tx| make_current(tx, held, NOW));
        let after = shown(&desk);
        assert_eq!(standings(&after), [Standing::Current, Standing::Earlier]);
        assert_eq!((after.title.as_str(), after.annotations[0].state), ("Sign in", AnnotationState::Missing));
        desk.write(move |tx| make_current(tx, before.snapshot.id, NOW));
        let back = shown(&desk);
        assert_eq!((back.title.as_str(), back.annotations[0].state), ("Pact", AnnotationState::Anchored));
        assert_eq!(back.annotations[0].id, mark);
        assert_eq!(desk.read(crate::integrity::check).faults, Vec::<String>::new());
    }
}
