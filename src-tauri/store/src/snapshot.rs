//! Snapshots: the words of an article as they were captured. They are written once.

use std::cell::RefCell;

use bilat_core::{
    ArticleId, Block, CaptureRecord, CodePoints, HeldBack, Sha256Hex, Shingles, Snapshot, SnapshotId,
    SnapshotSummary, Standing,
};
use rusqlite::{Connection, OptionalExtension, Row};
use zstd::bulk::Compressor;

use crate::error::{Error, Result};
use crate::row;

/// zstd's level 3: 5.8 times smaller at half a millisecond a page; 6 saves a tenth more at thrice the time.
const LEVEL: i32 = 3;

/// The largest `raw` that is unpacked, in bytes; a damaged length must not fill the memory.
const LARGEST: usize = 512 << 20;

/// What a snapshot is made of.
#[derive(Debug, Clone, Copy)]
pub struct NewSnapshot<'a> {
    /// The bytes as received.
    pub raw: &'a [u8],
    /// The sanitised reading copy.
    pub html: &'a str,
    /// The canonical text.
    pub text: &'a str,
    /// Its blocks.
    pub blocks: &'a [Block],
    /// Page furniture that was set aside.
    pub set_aside: &'a [String],
    /// How it came about.
    pub capture: &'a CaptureRecord,
    /// Why it is not to become current, where it is not.
    pub held_back: Option<HeldBack>,
}

impl NewSnapshot<'_> {
    fn check(&self) -> Result<()> {
        let text = CodePoints::new(self.text);
        let outside = self.blocks.iter().any(|block| block.span().is_empty() || block.end > text.len());
        let disordered = self.blocks.windows(2).any(|pair| pair[0].end > pair[1].start);
        if outside || disordered || self.text.trim().is_empty() {
            return Err(Error::Invalid("there is no text to keep, or its blocks do not fit it".into()));
        }
        Ok(())
    }
}

/// Stores a snapshot of `article` without making it the current one.
pub(crate) fn insert(conn: &Connection, article: ArticleId, new: &NewSnapshot<'_>) -> Result<SnapshotId> {
    new.check()?;
    let raw = pack(new.raw).map_err(|error| Error::Invalid(error.to_string()))?;
    conn.prepare_cached(
        "INSERT INTO snapshot (article, captured_at, sha256_raw, sha256_text, capture, blocks, set_aside, text, html, raw,
            held_back)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute((
        article.0,
        &new.capture.captured_at,
        Sha256Hex::of(new.raw).as_str(),
        Sha256Hex::of(new.text).as_str(),
        row::to_json(new.capture),
        row::to_json(&new.blocks),
        row::to_json(&new.set_aside),
        new.text,
        new.html,
        raw,
        new.held_back.map(row::name),
    ))?;
    Ok(SnapshotId(conn.last_insert_rowid()))
}

/// The snapshot numbered `id`, its text checked against its hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`] when the text is not the one that was stored.
pub fn read(conn: &Connection, id: SnapshotId) -> Result<Snapshot> {
    let found = conn
        .prepare_cached(
            "SELECT id, capture, sha256_raw, sha256_text, text, blocks, html, set_aside FROM snapshot WHERE id = ?1",
        )?
        .query_row([id.0], |row| {
            Ok(Snapshot {
                id: SnapshotId(row.get(0)?),
                capture: row::json(row, 1)?,
                sha256_raw: row::sha256(row, 2)?,
                sha256_text: row::sha256(row, 3)?,
                text: text(row, 4)?,
                blocks: row::json(row, 5)?,
                html: row.get(6)?,
                set_aside: row::json(row, 7)?,
            })
        })
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))?;
    verified(id, &found.text, &found.sha256_text)?;
    Ok(found)
}

/// The article of the snapshot numbered `id`.
///
/// # Errors
/// [`Error::NotFound`].
pub fn article(conn: &Connection, id: SnapshotId) -> Result<ArticleId> {
    conn.prepare_cached("SELECT article FROM snapshot WHERE id = ?1")?
        .query_row([id.0], |row| row.get(0).map(ArticleId))
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))
}

/// The blocks of the snapshot numbered `id`, in order.
///
/// # Errors
/// [`Error::NotFound`].
pub fn blocks(conn: &Connection, id: SnapshotId) -> Result<Vec<Block>> {
    conn.prepare_cached("SELECT blocks FROM snapshot WHERE id = ?1")?
        .query_row([id.0], |row| row::json(row, 0))
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))
}

/// The canonical text and the blocks of the snapshot numbered `id`, the text checked against its hash.
fn words(conn: &Connection, id: SnapshotId) -> Result<(String, Vec<Block>)> {
    let (words, sha256, blocks) = conn
        .prepare_cached("SELECT text, sha256_text, blocks FROM snapshot WHERE id = ?1")?
        .query_row([id.0], |row| Ok((text(row, 0)?, row::sha256(row, 1)?, row::json(row, 2)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))?;
    verified(id, &words, &sha256)?;
    Ok((words, blocks))
}

/// Text that damage made invalid UTF-8 must reach the hash check, not fail as a column of the wrong type.
fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(row.get_ref(column)?.as_bytes()?).into_owned())
}

fn verified(id: SnapshotId, text: &str, sha256: &Sha256Hex) -> Result<()> {
    if Sha256Hex::of(text) == *sha256 {
        Ok(())
    } else {
        Err(Error::Damaged { what: format!("snapshot {id}") })
    }
}

/// A snapshot's words, checked against their hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotText {
    /// The snapshot.
    pub id: SnapshotId,
    /// When it was captured: RFC 3339, UTC.
    pub captured_at: String,
    /// SHA-256 of the text.
    pub sha256_text: Sha256Hex,
    /// The canonical text.
    pub text: String,
}

/// The words of all snapshots of `article`: the current one, then the others, newest first.
///
/// # Errors
/// [`Error::Damaged`].
pub fn list_texts(conn: &Connection, article: ArticleId) -> Result<Vec<SnapshotText>> {
    let mut query = conn.prepare_cached(
        "SELECT s.id, s.captured_at, s.sha256_text, s.text FROM snapshot s JOIN article a ON a.uid = s.article
         WHERE s.article = ?1 ORDER BY s.id = a.snapshot DESC, s.id DESC",
    )?;
    let rows = query.query_map([article.0], |row| {
        Ok(SnapshotText {
            id: SnapshotId(row.get(0)?),
            captured_at: row.get(1)?,
            sha256_text: row::sha256(row, 2)?,
            text: text(row, 3)?,
        })
    })?;
    let texts: Vec<SnapshotText> = rows.collect::<Result<_, _>>()?;
    for found in &texts {
        verified(found.id, &found.text, &found.sha256_text)?;
    }
    Ok(texts)
}

const SUMMARY: &str =
    "SELECT s.id, s.capture, s.sha256_raw, s.sha256_text, s.held_back, s.id = a.snapshot FROM snapshot s
     JOIN article a ON a.uid = s.article";

fn summary_row(row: &Row<'_>) -> rusqlite::Result<SnapshotSummary> {
    let reason: Option<HeldBack> = row::named_opt(row, 4)?;
    let standing = match (row.get::<_, Option<bool>>(5)?, reason) {
        (Some(true), _) => Standing::Current,
        (_, Some(_)) => Standing::HeldBack,
        (_, None) => Standing::Earlier,
    };
    Ok(SnapshotSummary {
        id: SnapshotId(row.get(0)?),
        capture: row::json(row, 1)?,
        sha256_raw: row::sha256(row, 2)?,
        sha256_text: row::sha256(row, 3)?,
        standing,
        reason: reason.filter(|_| standing == Standing::HeldBack),
    })
}

/// The snapshot numbered `id` without its words.
///
/// # Errors
/// [`Error::NotFound`].
pub fn summary(conn: &Connection, id: SnapshotId) -> Result<SnapshotSummary> {
    conn.prepare_cached(&format!("{SUMMARY} WHERE s.id = ?1"))?
        .query_row([id.0], summary_row)
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))
}

/// The snapshots of `article` without their words, newest first.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, article: ArticleId) -> Result<Vec<SnapshotSummary>> {
    let mut query = conn.prepare_cached(&format!("{SUMMARY} WHERE s.article = ?1 ORDER BY s.id DESC"))?;
    let rows = query.query_map([article.0], summary_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What the body of the snapshot numbered `id` shares with others is measured on.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn shingles(conn: &Connection, id: SnapshotId) -> Result<Shingles> {
    let (words, blocks) = words(conn, id)?;
    let dateline: Option<String> = conn
        .prepare_cached(
            "SELECT dateline FROM article WHERE uid = (SELECT article FROM snapshot WHERE id = ?1)",
        )?
        .query_row([id.0], |row| row.get(0))?;
    Ok(Shingles::of(&words, &blocks, dateline.as_deref()))
}

/// The bytes as received, checked against their hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Damaged`].
pub fn raw(conn: &Connection, id: SnapshotId) -> Result<Vec<u8>> {
    let (packed, sha256): (Vec<u8>, Sha256Hex) = conn
        .prepare_cached("SELECT raw, sha256_raw FROM snapshot WHERE id = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row::sha256(row, 1)?)))
        .optional()?
        .ok_or_else(|| Error::not_found("snapshot", id))?;
    let damaged = || Error::Damaged { what: format!("the original of snapshot {id}") };
    let bytes = unpack(&packed).ok_or_else(damaged)?;
    if Sha256Hex::of(&bytes) == sha256 { Ok(bytes) } else { Err(damaged()) }
}

thread_local! {
    /// A compressor's tables are half a megabyte; to make them costs more than to pack a short page.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(Compressor::new(LEVEL)?),
        };
        compressor.compress(bytes)
    })
}

fn unpack(packed: &[u8]) -> Option<Vec<u8>> {
    let size = zstd::bulk::Decompressor::upper_bound(packed).filter(|size| *size <= LARGEST)?;
    zstd::bulk::decompress(packed, size).ok()
}
