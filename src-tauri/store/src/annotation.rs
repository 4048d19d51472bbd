//! Annotations: marked passages, anchored to the snapshot they were marked on and to every later one.
//!
//! The marked words are written once. A new snapshot adds a place to each, or says that they stand
//! nowhere; it never touches the words.

use bilat_core::{
    Anchored, Anchoring, Annotation, AnnotationId, AnnotationKind, AnnotationState, ArticleId, CiteKey,
    CodePoints, Quote, Sha256Hex, SnapshotId, Span, StatementDraft, Target, UnplacedAnnotation,
};
use rusqlite::{Connection, OptionalExtension};
use serde_json::json;

use crate::error::{Error, Result};
use crate::{article, cite_key, link, log, row, search, snapshot, statement, tag};

/// What divides passages that stand apart, when their words are shown together.
pub const GAP: &str = " […] ";

/// A passage to be marked.
#[derive(Debug, Clone)]
pub struct NewAnnotation<'a> {
    /// The article.
    pub article: ArticleId,
    /// The snapshot that `targets` count in.
    pub snapshot: SnapshotId,
    /// The passages, in order; their words must be the snapshot's.
    pub targets: &'a [Target],
    /// What it is.
    pub kind: AnnotationKind,
    /// A note, Markdown.
    pub note: &'a str,
    /// Tags.
    pub tags: &'a [String],
    /// The attribution, where it is a statement.
    pub statement: Option<&'a StatementDraft>,
    /// Now: RFC 3339, UTC.
    pub created_at: &'a str,
}

/// Marks a passage.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when a passage is not what the snapshot says there.
pub fn insert(conn: &Connection, new: &NewAnnotation<'_>) -> Result<AnnotationId> {
    article::exists(conn, new.article)?;
    let texts = snapshot::list_texts(conn, new.article)?;
    let marked_on = texts
        .iter()
        .find(|text| text.id == new.snapshot)
        .ok_or_else(|| Error::not_found("snapshot", new.snapshot))?;
    let index = CodePoints::new(&marked_on.text);
    if new.targets.is_empty() {
        return Err(Error::Invalid("mark some words first".into()));
    }
    for target in new.targets {
        if target.quote.exact.is_empty() || index.slice(target.position) != target.quote.exact {
            let words: String = target.quote.exact.chars().take(60).collect();
            return Err(Error::Invalid(format!("“{words}” does not stand at that place in the article")));
        }
    }
    conn.prepare_cached(
        "INSERT INTO annotation (article, snapshot, kind, note, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)",
    )?
    .execute((new.article.0, new.snapshot.0, row::name(new.kind), new.note, new.created_at))?;
    let id = conn.last_insert_rowid();
    for (n, target) in (0..).zip(new.targets) {
        conn.prepare_cached(
            "INSERT INTO annotation_target (annotation, n, exact, prefix, suffix, paragraph) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            id,
            n,
            &target.quote.exact,
            &target.quote.prefix,
            &target.quote.suffix,
            target.paragraph.as_ref().map(Sha256Hex::as_str),
        ))?;
        let here = Place { state: "anchored", span: Some(target.position) };
        insert_place(conn, id, n, new.snapshot, &here)?;
        // On every snapshot, so that any of them can become the current one, or be compared.
        for other in texts.iter().filter(|text| text.id != new.snapshot) {
            let index = CodePoints::new(&other.text);
            let place = place(
                &Anchoring::new(&index),
                &target.quote,
                target.paragraph.as_ref(),
                Some(target.position),
            );
            insert_place(conn, id, n, other.id, &place)?;
        }
    }
    tag::set_on_annotation(conn, id, new.tags)?;
    if let Some(draft) = new.statement {
        statement::write(conn, id, draft)?;
    }
    search::index::refresh_annotation(conn, AnnotationId(id))?;
    log::append(
        conn,
        new.created_at,
        "annotation made",
        &format!("annotation {id}"),
        &json!({
            "article": new.article, "snapshot": new.snapshot,
        }),
    )?;
    Ok(AnnotationId(id))
}

/// A passage that was marked elsewhere, in words that the article may not have.
#[derive(Debug, Clone)]
pub struct MarkedElsewhere<'a> {
    /// The article.
    pub article: ArticleId,
    /// The words with what stands around them, as far as that is known.
    pub quote: &'a Quote,
    /// What it is.
    pub kind: AnnotationKind,
    /// A note, Markdown.
    pub note: &'a str,
    /// Tags.
    pub tags: &'a [String],
    /// The attribution, where it is a statement.
    pub statement: Option<&'a StatementDraft>,
    /// The cite key that the statement would like; a clash gets a letter.
    pub key_wish: Option<&'a CiteKey>,
    /// When it was marked there: RFC 3339, UTC.
    pub created_at: &'a str,
    /// Now: RFC 3339, UTC.
    pub now: &'a str,
}

/// Takes in a passage that was marked elsewhere. Where its words stand in no snapshot it is kept as
/// missing, and found when a later snapshot has them. Also answers whether the current one has them.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when there are no words.
pub fn insert_marked_elsewhere(conn: &Connection, new: &MarkedElsewhere<'_>) -> Result<(AnnotationId, bool)> {
    let current = article::current(conn, new.article)?;
    if new.quote.exact.trim().is_empty() {
        return Err(Error::Invalid("a mark without words".into()));
    }
    conn.prepare_cached(
        "INSERT INTO annotation (article, snapshot, kind, note, created_at, changed_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((new.article.0, current.0, row::name(new.kind), new.note, new.created_at, new.now))?;
    let id = AnnotationId(conn.last_insert_rowid());
    conn.prepare_cached(
        "INSERT INTO annotation_target (annotation, n, exact, prefix, suffix) VALUES (?1, 0, ?2, ?3, ?4)",
    )?
    .execute((id.0, &new.quote.exact, &new.quote.prefix, &new.quote.suffix))?;
    let mut found = false;
    for text in snapshot::list_texts(conn, new.article)? {
        let index = CodePoints::new(&text.text);
        let place = place(&Anchoring::new(&index), new.quote, None, None);
        found |= text.id == current && place.span.is_some();
        insert_place(conn, id.0, 0, text.id, &place)?;
    }
    tag::set_on_annotation(conn, id.0, new.tags)?;
    if let Some(draft) = new.statement {
        if let Some(wish) = new.key_wish {
            cite_key::take(conn, wish, None, Some(id.0))?;
        }
        statement::write(conn, id.0, draft)?;
    }
    search::index::refresh_annotation(conn, id)?;
    let detail = json!({ "article": new.article, "snapshot": current, "marked_elsewhere": true });
    log::append(conn, new.now, "annotation made", &format!("annotation {id}"), &detail)?;
    Ok((id, found))
}

/// The marked words of every annotation of `article`, deleted ones too, with its note.
///
/// # Errors
/// When the library cannot be read.
pub fn list_marked(conn: &Connection, article: ArticleId) -> Result<Vec<(String, String)>> {
    let mut query = conn.prepare_cached(
        "SELECT group_concat(t.exact, ?2), n.note FROM annotation n JOIN annotation_target t ON t.annotation = n.id
         WHERE n.article = ?1 GROUP BY n.id",
    )?;
    let rows = query.query_map((article.0, GAP), |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn insert_place(conn: &Connection, annotation: i64, n: i64, on: SnapshotId, place: &Place) -> Result<()> {
    conn.prepare_cached(
        "INSERT OR REPLACE INTO annotation_place (annotation, n, snapshot, state, start, \"end\")
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        annotation,
        n,
        on.0,
        place.state,
        place.span.map(|s| s.start),
        place.span.map(|s| s.end),
    ))?;
    Ok(())
}

/// Looks for the words of every annotation of `article`, those in the bin too, in a new snapshot.
pub(crate) fn place_all(conn: &Connection, article: ArticleId, on: SnapshotId, text: &str) -> Result<()> {
    let mut query = conn.prepare_cached(
        "SELECT t.annotation, t.n, t.exact, t.prefix, t.suffix, p.start, p.\"end\", t.paragraph
         FROM annotation n JOIN annotation_target t ON t.annotation = n.id
         LEFT JOIN annotation_place p ON p.annotation = t.annotation AND p.n = t.n
            AND p.snapshot = (SELECT max(snapshot) FROM annotation_place
                WHERE annotation = t.annotation AND n = t.n AND start IS NOT NULL)
         WHERE n.article = ?1",
    )?;
    let targets = query
        .query_map([article.0], |row| {
            let quote = Quote { exact: row.get(2)?, prefix: row.get(3)?, suffix: row.get(4)? };
            let hint: Option<Span> =
                row.get::<_, Option<u32>>(5)?.zip(row.get(6)?).map(|(s, e)| Span::new(s, e));
            let paragraph: Option<String> = row.get(7)?;
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                quote,
                paragraph.map(Sha256Hex::from_stored),
                hint,
            ))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let index = CodePoints::new(text);
    // Divided into words once for all of them.
    let text = Anchoring::new(&index);
    for (annotation, n, quote, paragraph, hint) in targets {
        insert_place(conn, annotation, n, on, &place(&text, &quote, paragraph.as_ref(), hint))?;
    }
    Ok(())
}

/// Chooses where a passage stands in the article's current snapshot; without `span`, looks for it again as
/// if nobody had. The marked words stay as they are, also where the chosen place says others.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the place lies outside the text.
pub fn set_place(conn: &Connection, id: AnnotationId, n: u32, span: Option<Span>, now: &str) -> Result<()> {
    let found = read(conn, id)?;
    let current = article::snapshot_text(conn, found.article)?;
    let target = found.targets.get(n as usize).ok_or_else(|| Error::not_found("passage", n))?;
    let index = CodePoints::new(&current.text);
    let place = match span {
        Some(span) if span.is_empty() || index.slice(span).trim().is_empty() => {
            return Err(Error::Invalid(
                "placing a mark: it lies outside the text; select words of the article".into(),
            ));
        }
        Some(span) if index.slice(span) == target.quote.exact => {
            Place { state: "anchored", span: Some(span) }
        }
        Some(span) => Place { state: "placed", span: Some(span) },
        None => place(&Anchoring::new(&index), &target.quote, target.paragraph.as_ref(), None),
    };
    insert_place(conn, id.0, n.into(), current.id, &place)?;
    touch(conn, id, now)?;
    let detail = json!({ "snapshot": current.id, "passage": n, "place": span });
    log::append(conn, now, "annotation placed", &format!("annotation {id}"), &detail)
}

/// The annotations outside the bin whose words do not stand in the current snapshot of their article as
/// they were marked, and that nobody has placed: those of the newest articles first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_unplaced(conn: &Connection) -> Result<Vec<UnplacedAnnotation>> {
    let mut query = conn.prepare_cached(
        "SELECT n.id, a.uid, a.title, n.kind,
            CASE WHEN min(p.state = 'needs_review') THEN 'needs_review' ELSE 'missing' END,
            (SELECT group_concat(exact, ?1) FROM annotation_target WHERE annotation = n.id)
         FROM annotation_place p JOIN annotation n ON n.id = p.annotation
         JOIN article a ON a.uid = n.article AND a.snapshot = p.snapshot
         WHERE p.state IN ('needs_review', 'missing') AND n.deleted_at IS NULL AND a.deleted_at IS NULL
         GROUP BY n.id ORDER BY a.ord DESC, min(coalesce(p.start, 0)), n.id",
    )?;
    let rows = query.query_map([GAP], |row| {
        Ok(UnplacedAnnotation {
            id: AnnotationId(row.get(0)?),
            article: ArticleId(row.get(1)?),
            title: row.get(2)?,
            kind: row::named(row, 3)?,
            state: row::named(row, 4)?,
            exact: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Changes to an annotation. A field that is `None` stays.
#[derive(Debug, Clone, Default)]
pub struct AnnotationEdit<'a> {
    /// What it is.
    pub kind: Option<AnnotationKind>,
    /// The note.
    pub note: Option<&'a str>,
    /// All tags.
    pub tags: Option<&'a [String]>,
    /// The attribution: `Some(None)` takes it away, though its key stays taken.
    pub statement: Option<Option<&'a StatementDraft>>,
}

/// Changes what is said of a passage; the words cannot be changed.
///
/// # Errors
/// [`Error::NotFound`].
pub fn edit(conn: &Connection, id: AnnotationId, edit: &AnnotationEdit<'_>, now: &str) -> Result<()> {
    touch(conn, id, now)?;
    if let Some(kind) = edit.kind {
        conn.prepare_cached("UPDATE annotation SET kind = ?2 WHERE id = ?1")?
            .execute((id.0, row::name(kind)))?;
    }
    if let Some(note) = edit.note {
        conn.prepare_cached("UPDATE annotation SET note = ?2 WHERE id = ?1")?.execute((id.0, note))?;
    }
    if let Some(tags) = edit.tags {
        tag::set_on_annotation(conn, id.0, tags)?;
    }
    match edit.statement {
        None => {}
        Some(Some(draft)) => statement::write(conn, id.0, draft)?,
        Some(None) => statement::remove(conn, id.0)?,
    }
    search::index::refresh_annotation(conn, id)?;
    log::append(conn, now, "annotation edited", &format!("annotation {id}"), &json!({}))
}

/// Takes an annotation, with its statement, out of sight; [`restore`] brings it back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn delete(conn: &Connection, id: AnnotationId, now: &str) -> Result<()> {
    touch(conn, id, now)?;
    conn.prepare_cached("UPDATE annotation SET deleted_at = ?2 WHERE id = ?1")?.execute((id.0, now))?;
    search::index::refresh_annotation(conn, id)?;
    log::append(conn, now, "annotation deleted", &format!("annotation {id}"), &json!({}))
}

/// Brings a deleted annotation back.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: AnnotationId, now: &str) -> Result<()> {
    touch(conn, id, now)?;
    conn.prepare_cached("UPDATE annotation SET deleted_at = NULL WHERE id = ?1")?.execute([id.0])?;
    search::index::refresh_annotation(conn, id)?;
    log::append(conn, now, "annotation restored", &format!("annotation {id}"), &json!({}))
}

fn touch(conn: &Connection, id: AnnotationId, now: &str) -> Result<()> {
    match conn.prepare_cached("UPDATE annotation SET changed_at = ?2 WHERE id = ?1")?.execute((id.0, now))? {
        0 => Err(Error::not_found("annotation", id)),
        _ => Ok(()),
    }
}

/// The annotation numbered `id`, deleted or not.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: AnnotationId) -> Result<Annotation> {
    let (found, current) = conn
        .prepare_cached(
            "SELECT n.article, n.snapshot, n.kind, n.note, n.created_at, n.changed_at, a.snapshot
             FROM annotation n JOIN article a ON a.uid = n.article WHERE n.id = ?1",
        )?
        .query_row([id.0], |row| {
            let found = Annotation {
                id,
                article: ArticleId(row.get(0)?),
                snapshot: SnapshotId(row.get(1)?),
                targets: Vec::new(),
                exact: String::new(),
                state: AnnotationState::Anchored,
                kind: row::named(row, 2)?,
                note: row.get(3)?,
                tags: Vec::new(),
                statement: None,
                links: Vec::new(),
                created_at: row.get(4)?,
                changed_at: row.get(5)?,
            };
            Ok((found, row.get::<_, i64>(6)?))
        })
        .optional()?
        .ok_or_else(|| Error::not_found("annotation", id))?;
    let (targets, state) = targets(conn, id.0, current)?;
    Ok(Annotation {
        exact: targets.iter().map(|target| target.quote.exact.as_str()).collect::<Vec<_>>().join(GAP),
        targets,
        state,
        tags: tag::of_annotation(conn, id.0)?,
        statement: statement::of_annotation(conn, id)?,
        links: link::of_annotation(conn, id)?,
        ..found
    })
}

/// The passages of `annotation` where they stand in snapshot `current`, else where they were marked.
fn targets(conn: &Connection, annotation: i64, current: i64) -> Result<(Vec<Target>, AnnotationState)> {
    let mut query = conn.prepare_cached(
        // Words that were marked in another program may stand nowhere at all: the empty range at the start.
        "SELECT t.exact, t.prefix, t.suffix, now.state, coalesce(now.start, first.start, 0),
            coalesce(now.\"end\", first.\"end\", 0), t.paragraph
         FROM annotation_target t JOIN annotation n ON n.id = t.annotation
         JOIN annotation_place first ON first.annotation = t.annotation AND first.n = t.n AND first.snapshot = n.snapshot
         LEFT JOIN annotation_place now ON now.annotation = t.annotation AND now.n = t.n AND now.snapshot = ?2
         WHERE t.annotation = ?1 ORDER BY t.n",
    )?;
    let rows = query.query_map([annotation, current], |row| {
        let quote = Quote { exact: row.get(0)?, prefix: row.get(1)?, suffix: row.get(2)? };
        let paragraph: Option<String> = row.get(6)?;
        let target = Target {
            quote,
            position: Span::new(row.get(4)?, row.get(5)?),
            paragraph: paragraph.map(Sha256Hex::from_stored),
        };
        Ok((target, row::named_opt(row, 3)?.unwrap_or(AnnotationState::Missing)))
    })?;
    let mut targets = Vec::new();
    let mut state = AnnotationState::Anchored;
    for found in rows {
        let (target, its) = found?;
        targets.push(target);
        // The passage that fares worst decides.
        state = match (state, its) {
            (AnnotationState::Missing, _) | (_, AnnotationState::Missing) => AnnotationState::Missing,
            (AnnotationState::NeedsReview, _) | (_, AnnotationState::NeedsReview) => {
                AnnotationState::NeedsReview
            }
            (AnnotationState::Placed, _) | (_, AnnotationState::Placed) => AnnotationState::Placed,
            _ => AnnotationState::Anchored,
        };
    }
    Ok((targets, state))
}

/// The annotations of `article` that are not deleted, in the order of the text: number, words, and whether
/// they stand in each of `snapshots`.
///
/// # Errors
/// When the library cannot be read.
pub fn states(
    conn: &Connection,
    article: ArticleId,
    snapshots: &[SnapshotId],
) -> Result<Vec<(AnnotationId, String, Vec<AnnotationState>)>> {
    let marked = of_article(conn, article)?.into_iter().map(|found| {
        let states = snapshots.iter().map(|on| Ok(targets(conn, found.id.0, on.0)?.1));
        Ok((found.id, found.exact, states.collect::<Result<_>>()?))
    });
    marked.collect()
}

/// The annotations of `article` that are not deleted, in the order of the text.
pub(crate) fn of_article(conn: &Connection, article: ArticleId) -> Result<Vec<Annotation>> {
    let mut query = conn
        .prepare_cached("SELECT id FROM annotation WHERE article = ?1 AND deleted_at IS NULL ORDER BY id")?;
    let ids =
        query.query_map([article.0], |row| row.get(0).map(AnnotationId))?.collect::<Result<Vec<_>, _>>()?;
    let mut found = ids.into_iter().map(|id| read(conn, id)).collect::<Result<Vec<_>>>()?;
    found.sort_by_key(|annotation| annotation.targets.first().map(|target| target.position));
    Ok(found)
}

/// Where a quote stands now, in the shape that is stored.
fn place(text: &Anchoring<'_>, quote: &Quote, paragraph: Option<&Sha256Hex>, hint: Option<Span>) -> Place {
    match text.find(quote, paragraph, hint) {
        Anchored::Exact(span) | Anchored::Moved(span) | Anchored::Typography(span) => {
            Place { state: "anchored", span: Some(span) }
        }
        Anchored::Review(span) | Anchored::Close(span, _) | Anchored::Likely(span) => {
            Place { state: "needs_review", span: Some(span) }
        }
        Anchored::Orphan => Place { state: "missing", span: None },
    }
}

/// See [`place`].
struct Place {
    state: &'static str,
    span: Option<Span>,
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::desk::{Desk, NOW, morev};

    #[test]
    fn marked_words_survive_a_new_snapshot_to_the_letter() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The minister said: “we signed a pact”. He left.", "2031-05-02");
        let kept = desk.mark(id, "we signed a pact", "", Some(morev()));
        let lost = desk.mark(id, "He left", "", None);
        desk.reclip(id, "Pact at last", "Update. The minister said: “we signed a pact”. He stayed.");
        let found = desk.read(|conn| article::read(conn, id)).unwrap();
        let now = CodePoints::new(&found.snapshot.text);
        let at = |which| found.annotations.iter().find(|a| a.id == which).unwrap();
        assert_eq!(at(kept).state, AnnotationState::Anchored);
        assert_eq!(now.slice(at(kept).targets[0].position), "we signed a pact");
        assert_eq!(at(lost).state, AnnotationState::Missing);
        assert_eq!(at(lost).exact, "He left");
        assert_eq!(found.snapshots.len(), 2);
        desk.reclip(id, "Pact", "The minister said: “we signed a pact”. He left.");
        assert_eq!(desk.read(|conn| read(conn, lost)).state, AnnotationState::Anchored, "found again");
    }

    #[test]
    fn words_that_stand_twice_are_for_a_person_to_choose() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "A pact here.", "2031-05-02");
        let mark = desk.mark(id, "pact", "", None);
        desk.reclip(id, "x", "b pact y. c pact z");
        assert_eq!(desk.read(|conn| read(conn, mark)).state, AnnotationState::NeedsReview);
        let unplaced = desk.read(list_unplaced);
        assert_eq!((unplaced.len(), unplaced[0].id, unplaced[0].exact.as_str()), (1, mark, "pact"));
        let place = |span| desk.store.write_blocking(move |tx| set_place(tx, mark, 0, span, NOW));
        for outside in [Span::new(0, 0), Span::new(90, 94)] {
            assert!(matches!(place(Some(outside)), Err(Error::Invalid(_))));
        }
        place(Some(Span::new(15, 19))).unwrap();
        let found = desk.read(|conn| read(conn, mark));
        assert_eq!((found.state, found.targets[0].position), (AnnotationState::Anchored, Span::new(15, 19)));
        assert!(desk.read(list_unplaced).is_empty());
        place(Some(Span::new(3, 9))).unwrap();
        let found = desk.read(|conn| read(conn, mark));
        assert_eq!((found.state, found.exact.as_str()), (AnnotationState::Placed, "pact"), "its words stay");
        place(None).unwrap();
        assert_eq!(desk.read(|conn| read(conn, mark)).state, AnnotationState::NeedsReview, "as before");
    }

    #[test]
    fn two_marks_of_the_same_instant_are_two() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The pact was signed in the harbour.", "2031-05-02");
        let (one, two) =
            (desk.mark(id, "pact was", "first", None), desk.mark(id, "pact was", "second", None));
        let found = desk.read(|conn| article::read(conn, id)).unwrap().annotations;
        let notes: Vec<_> = found.iter().map(|made| (made.id, made.note.as_str())).collect();
        assert_eq!(notes, [(one, "first"), (two, "second")]);
        assert_eq!(found[0].created_at, found[1].created_at);
    }

    #[test]
    fn half_a_text_lost_is_said_at_once() {
        let desk = Desk::new();
        let sentence =
            |n: usize| format!("Sentence {n} of the long report says that harbour {n} stays open.");
        let body = |many: usize| (0..many).map(sentence).collect::<Vec<_>>().join(" ");
        let id = desk.clip("Report", &body(600), "2031-05-02");
        for n in (0..600).step_by(4) {
            desk.mark(id, &format!("harbour {n} stays open"), "", None);
        }
        desk.reclip(id, "Report", &body(300));
        let found = desk.read(|conn| article::read(conn, id)).unwrap().annotations;
        let kept = found.iter().filter(|mark| mark.state == AnnotationState::Anchored).count();
        assert_eq!((kept, found.len()), (75, 150));
        assert_eq!(desk.read(list_unplaced).len(), 75);
    }

    #[test]
    fn words_that_do_not_stand_there_cannot_be_marked() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "A pact here.", "2031-05-02");
        let refused = desk.store.write_blocking(move |tx| {
            let quote = Quote { exact: "peace".into(), prefix: String::new(), suffix: String::new() };
            let snapshot = article::snapshot_text(tx, id)?.id;
            let targets = [Target { quote, position: Span::new(0, 5), paragraph: None }];
            let new = NewAnnotation {
                article: id,
                snapshot,
                targets: &targets,
                kind: AnnotationKind::Quote,
                note: "",
                tags: &[],
                statement: None,
                created_at: NOW,
            };
            insert(tx, &new)
        });
        assert_eq!(refused.unwrap_err().to_string(), "“peace” does not stand at that place in the article");
        assert!(desk.read(|conn| article::read(conn, id)).unwrap().annotations.is_empty());
        let changed =
            desk.store.write_blocking(|tx| Ok(tx.execute("UPDATE annotation_target SET exact = 'x'", [])?));
        assert_eq!(changed.unwrap(), 0, "there is nothing to change, and where there is:");
        desk.mark(id, "pact", "", None);
        assert!(
            desk.store
                .write_blocking(|tx| Ok(tx.execute("UPDATE annotation_target SET exact = 'x'", [])?))
                .is_err()
        );
    }

    #[test]
    fn an_annotation_is_edited_deleted_and_restored() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        let mark = desk.mark(id, "signed a pact", "first", Some(morev()));
        let key = desk.read(|conn| read(conn, mark)).statement.unwrap().key;
        assert_eq!(key.as_str(), "morev-signed");
        desk.write(move |tx| {
            let tags = ["Trade".to_owned(), "trade".to_owned(), " ".to_owned()];
            let change = AnnotationEdit {
                kind: Some(AnnotationKind::Fact),
                note: Some("second"),
                tags: Some(&tags),
                statement: Some(None),
            };
            edit(tx, mark, &change, "2031-06-02T00:00:00Z")
        });
        let found = desk.read(|conn| read(conn, mark));
        assert_eq!(
            (found.kind, found.note.as_str(), found.tags),
            (AnnotationKind::Fact, "second", vec!["Trade".into()])
        );
        assert_eq!((found.statement, found.changed_at.as_str()), (None, "2031-06-02T00:00:00Z"));
        desk.write(move |tx| {
            let draft = morev();
            edit(tx, mark, &AnnotationEdit { statement: Some(Some(&draft)), ..Default::default() }, NOW)
        });
        assert_eq!(desk.read(|conn| read(conn, mark)).statement.unwrap().key, key, "its key is for ever");
        desk.write(move |tx| delete(tx, mark, NOW));
        assert!(desk.read(|conn| article::read(conn, id)).unwrap().annotations.is_empty());
        assert_eq!(desk.read(|conn| crate::statement::cited(conn, &key)), None);
        desk.write(move |tx| restore(tx, mark, NOW));
        assert!(desk.read(|conn| crate::statement::cited(conn, &key)).is_some());
    }
}
