//! What a person taught. One lesson holds for the same words; a later one takes its place, and what
//! was forgotten can be brought back.

use bilat_core::{Knowledge, KnowledgeId, LearnedFrom, Lesson};
use rusqlite::{Connection, OptionalExtension, Row};
use serde_json::json;

use crate::error::{Error, Result};
use crate::log;
use crate::row::{self, match_name};

/// Keeps a lesson. What was merely accepted does not take the place of what a person corrected or taught,
/// and a lesson that is known already stays as it is; both answer nothing.
///
/// # Errors
/// [`Error::Invalid`] when the lesson has no words, or a person no name.
pub fn learn(
    conn: &Connection,
    lesson: &Lesson,
    from: LearnedFrom,
    now: &str,
) -> Result<Option<KnowledgeId>> {
    let words = match_name(lesson.words());
    let name = match lesson {
        Lesson::Person { name, .. } => name,
        Lesson::Place { words, .. } => words,
    };
    if words.is_empty() || name.trim().is_empty() {
        return Err(Error::Invalid("teaching: no words were given; say which words are meant".into()));
    }
    let kind = kind(lesson);
    let former = conn
        .prepare_cached(&format!("{SELECT} WHERE kind = ?1 AND match_words = ?2 AND forgotten_at IS NULL"))?
        .query_row((kind, &words), read_row)
        .optional()?;
    if let Some(former) = former {
        let weaker = from == LearnedFrom::Accepted && former.learned_from != LearnedFrom::Accepted;
        if weaker || former.lesson == *lesson {
            return Ok(None);
        }
        forget(conn, former.id, now)?;
    }
    conn.prepare_cached(
        "INSERT INTO knowledge (kind, match_words, lesson, learned_from, learned_at) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((kind, &words, row::to_json(lesson), row::name(from), now))?;
    let id = conn.last_insert_rowid();
    log::append(conn, now, "lesson learned", &format!("knowledge {id}"), &json!({ "from": from }))?;
    Ok(Some(KnowledgeId(id)))
}

const SELECT: &str = "SELECT id, learned_from, learned_at, lesson FROM knowledge";

fn kind(lesson: &Lesson) -> &'static str {
    match lesson {
        Lesson::Person { .. } => "person",
        Lesson::Place { .. } => "place",
    }
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Knowledge> {
    Ok(Knowledge {
        id: KnowledgeId(row.get(0)?),
        learned_from: row::named(row, 1)?,
        learned_at: row.get(2)?,
        lesson: row::json(row, 3)?,
    })
}

/// Everything that holds, the newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection) -> Result<Vec<Knowledge>> {
    let mut query = conn.prepare_cached(&format!("{SELECT} WHERE forgotten_at IS NULL ORDER BY id DESC"))?;
    let rows = query.query_map([], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A lesson, also a forgotten one.
///
/// # Errors
/// [`Error::NotFound`].
pub fn read(conn: &Connection, id: KnowledgeId) -> Result<Knowledge> {
    conn.prepare_cached(&format!("{SELECT} WHERE id = ?1"))?
        .query_row([id.0], read_row)
        .optional()?
        .ok_or_else(|| Error::not_found("lesson", id))
}

/// Forgets a lesson.
///
/// # Errors
/// [`Error::NotFound`].
pub fn forget(conn: &Connection, id: KnowledgeId, now: &str) -> Result<()> {
    read(conn, id)?;
    conn.prepare_cached("UPDATE knowledge SET forgotten_at = coalesce(forgotten_at, ?2) WHERE id = ?1")?
        .execute((id.0, now))?;
    log::append(conn, now, "lesson forgotten", &format!("knowledge {id}"), &json!({}))
}

/// Brings a forgotten lesson back, in the place of one that was learned on the same words since.
///
/// # Errors
/// [`Error::NotFound`].
pub fn restore(conn: &Connection, id: KnowledgeId, now: &str) -> Result<()> {
    let lesson = read(conn, id)?.lesson;
    conn.prepare_cached(
        "UPDATE knowledge SET forgotten_at = ?3
         WHERE kind = ?1 AND match_words = ?2 AND forgotten_at IS NULL AND id <> ?4",
    )?
    .execute((kind(&lesson), match_name(lesson.words()), now, id.0))?;
    conn.prepare_cached("UPDATE knowledge SET forgotten_at = NULL WHERE id = ?1")?.execute([id.0])?;
    log::append(conn, now, "lesson restored", &format!("knowledge {id}"), &json!({}))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Desk, NOW};

    fn velko(name: &str) -> Lesson {
        Lesson::Person { named: "Velko".into(), name: name.into(), role: None, country: "BG".parse().ok() }
    }

    #[test]
    fn a_later_lesson_on_the_same_words_takes_the_place_of_the_former() {
        let desk = Desk::new();
        let learn = |name: &'static str, from| desk.write(move |tx| learn(tx, &velko(name), from, NOW));
        assert!(learn("Ivan Velko", LearnedFrom::Accepted).is_some());
        assert!(learn("Ivan Velko", LearnedFrom::Accepted).is_none(), "known already");
        let corrected = learn("Iva Velko", LearnedFrom::Corrected).unwrap();
        assert!(learn("Ivan Velko", LearnedFrom::Accepted).is_none(), "a person said otherwise");
        let all = desk.read(list);
        assert_eq!(all.iter().map(|lesson| lesson.id).collect::<Vec<_>>(), [corrected]);
        assert_eq!(all[0].lesson, velko("Iva Velko"));
    }

    #[test]
    fn what_was_forgotten_comes_back_in_the_place_of_what_was_learned_since() {
        let desk = Desk::new();
        let first = desk.write(|tx| learn(tx, &velko("Ivan Velko"), LearnedFrom::Taught, NOW)).unwrap();
        desk.write(move |tx| forget(tx, first, NOW));
        assert_eq!(desk.read(list), []);
        desk.write(|tx| learn(tx, &velko("Iva Velko"), LearnedFrom::Taught, NOW)).unwrap();
        desk.write(move |tx| restore(tx, first, NOW));
        assert_eq!(desk.read(list).iter().map(|lesson| lesson.id).collect::<Vec<_>>(), [first]);
    }

    #[test]
    fn a_lesson_without_words_is_refused() {
        let desk = Desk::new();
        let nothing = Lesson::Place { words: " ".into(), country: None };
        let refused = desk.store.write_blocking(move |tx| learn(tx, &nothing, LearnedFrom::Taught, NOW));
        assert!(refused.unwrap_err().to_string().contains("no words"), "one clear line");
        assert_eq!(desk.read(list), []);
    }
}
