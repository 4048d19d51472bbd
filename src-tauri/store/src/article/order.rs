//! An article's place among all: the minute of its publication, so that the newest come first
//! without sorting.

use bilat_core::{ArticleId, Edtf};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime};
use rusqlite::Connection;

use crate::error::{Error, Result};
use crate::search;

/// Moves the row of `id` to its date's place in the order.
pub(super) fn move_to(conn: &Connection, id: ArticleId, published: Option<&Edtf>) -> Result<()> {
    let (ord, clipped_at): (i64, String) = conn
        .prepare_cached("SELECT ord, clipped_at FROM article WHERE uid = ?1")?
        .query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let wanted = minute(published, &clipped_at)?;
    if wanted.div_euclid(DAY) == ord.div_euclid(DAY) {
        return Ok(());
    }
    search::index::remove(conn, id)?;
    let place = free_ord(conn, wanted)?;
    conn.prepare_cached("UPDATE article SET ord = ?2, month = ?3 WHERE uid = ?1")?.execute((
        id.0,
        place,
        month(place),
    ))?;
    Ok(())
}

/// Minutes in a day.
const DAY: i64 = 24 * 60;

/// The minute since 1970 that an article belongs to: the first of its day of publication, or, where
/// no date is known, the one it was clipped in.
pub(super) fn minute(published: Option<&Edtf>, clipped_at: &str) -> Result<i64> {
    let clipped = DateTime::parse_from_rfc3339(clipped_at).map_err(|_| {
        Error::Invalid(format!("“{clipped_at}” is no time; write it as 2023-01-20T09:30:00Z"))
    })?;
    let day = published.and_then(|on| on.first_day().or_else(|| on.last_day()));
    Ok(match day {
        Some(day) => day_minute(day),
        None => clipped.timestamp().div_euclid(60),
    })
}

/// The first minute of `day` since 1970.
pub(crate) fn day_minute(day: NaiveDate) -> i64 {
    day.and_time(NaiveTime::MIN).and_utc().timestamp().div_euclid(60)
}

/// The month of a minute: year × 12 + month − 1.
pub(super) fn month(ord: i64) -> i32 {
    DateTime::from_timestamp(ord * 60, 0).map_or(0, |day| day.year() * 12 + day.month0() as i32)
}

/// `wanted`, or the next minute that no article holds.
pub(super) fn free_ord(conn: &Connection, wanted: i64) -> Result<i64> {
    let taken = conn.prepare_cached("SELECT 1 FROM article WHERE ord = ?1")?.exists([wanted])?;
    if !taken {
        return Ok(wanted);
    }
    Ok(conn
        .prepare_cached(
            "SELECT ord + 1 FROM article a WHERE ord >= ?1
             AND NOT EXISTS (SELECT 1 FROM article WHERE ord = a.ord + 1) ORDER BY ord LIMIT 1",
        )?
        .query_row([wanted], |row| row.get(0))?)
}
