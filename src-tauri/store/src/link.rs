//! Links between annotations: one supports, contradicts or repeats another, on the same article or elsewhere.

use bilat_core::{AnnotationId, AnnotationLink, ArticleId, LinkRelation};
use rusqlite::Connection;
use serde_json::json;

use crate::annotation::{self, GAP};
use crate::error::{Error, Result};
use crate::{log, row};

/// Says that `annotation` does `relation` to `other`; said already, it stays said.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when the two are one.
pub fn insert(
    conn: &Connection,
    annotation: AnnotationId,
    relation: LinkRelation,
    other: AnnotationId,
    now: &str,
) -> Result<()> {
    if annotation == other {
        return Err(Error::Invalid("linking a mark: choose another one than itself".into()));
    }
    for end in [annotation, other] {
        annotation::read(conn, end)?;
    }
    conn.prepare_cached(
        "INSERT OR IGNORE INTO annotation_link (annotation, relation, other, made_at) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((annotation.0, row::name(relation), other.0, now))?;
    let detail = json!({ "relation": relation, "other": other });
    log::append(conn, now, "annotations linked", &format!("annotation {annotation}"), &detail)
}

/// Takes back that `annotation` does `relation` to `other`.
///
/// # Errors
/// [`Error::NotFound`] when nobody said so.
pub fn delete(
    conn: &Connection,
    annotation: AnnotationId,
    relation: LinkRelation,
    other: AnnotationId,
    now: &str,
) -> Result<()> {
    let gone = conn
        .prepare_cached("DELETE FROM annotation_link WHERE annotation = ?1 AND relation = ?2 AND other = ?3")?
        .execute((annotation.0, row::name(relation), other.0))?;
    if gone == 0 {
        return Err(Error::not_found("link to annotation", other));
    }
    let detail = json!({ "relation": relation, "other": other });
    log::append(conn, now, "annotations unlinked", &format!("annotation {annotation}"), &detail)
}

/// The links of `annotation` to annotations that are not deleted, oldest first.
pub(crate) fn of_annotation(conn: &Connection, annotation: AnnotationId) -> Result<Vec<AnnotationLink>> {
    let mut query = conn.prepare_cached(
        "SELECT l.relation, l.annotation = ?1, n.id, a.uid, a.title,
            (SELECT group_concat(exact, ?2) FROM annotation_target WHERE annotation = n.id)
         FROM (SELECT id, relation, annotation, other, other AS far FROM annotation_link WHERE annotation = ?1
            UNION ALL SELECT id, relation, annotation, other, annotation FROM annotation_link WHERE other = ?1) l
         JOIN annotation n ON n.id = l.far JOIN article a ON a.uid = n.article
         WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL ORDER BY l.id",
    )?;
    let rows = query.query_map((annotation.0, GAP), |row| {
        Ok(AnnotationLink {
            relation: row::named(row, 0)?,
            outgoing: row.get(1)?,
            other: AnnotationId(row.get(2)?),
            article: ArticleId(row.get(3)?),
            title: row.get(4)?,
            exact: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    #[test]
    fn a_link_is_seen_from_both_its_ends() {
        let desk = Desk::new();
        let here = desk.clip("Pact", "The envoy said that the pact was dead.", "2031-05-02");
        let there = desk.clip("Reply", "The ministry said that the pact was alive.", "2031-05-03");
        let one = desk.mark(here, "the pact was dead", "", None);
        let two = desk.mark(there, "the pact was alive", "", None);
        let link = |from, to| {
            desk.store.write_blocking(move |tx| insert(tx, from, LinkRelation::Contradicts, to, NOW))
        };
        link(two, one).unwrap();
        link(two, one).unwrap();
        let seen = |which| desk.read(move |conn| annotation::read(conn, which)).links;
        let (from, to) = (seen(two), seen(one));
        assert_eq!((from.len(), from[0].outgoing, from[0].exact.as_str()), (1, true, "the pact was dead"));
        assert_eq!((to.len(), to[0].outgoing, to[0].title.as_str()), (1, false, "Reply"));
        assert!(matches!(link(one, one), Err(Error::Invalid(_))));
        assert!(matches!(link(one, AnnotationId(99)), Err(Error::NotFound { .. })));
        desk.write(move |tx| annotation::delete(tx, one, NOW));
        assert!(seen(two).is_empty(), "what is in the bin is linked to nothing");
        desk.write(move |tx| annotation::restore(tx, one, NOW));
        desk.write(move |tx| delete(tx, two, LinkRelation::Contradicts, one, NOW));
        assert!(seen(one).is_empty());
    }
}
