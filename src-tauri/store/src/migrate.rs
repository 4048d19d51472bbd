//! Brings a library's tables to the version of this program, one numbered step at a time.
//!
//! Each step is one transaction that also writes the new `user_version`, so the file is at one
//! version or the next, never between. Before the first step of an existing library a verified
//! copy is made beside it, and stays.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, TransactionBehavior};

use crate::backup;
use crate::error::{OpenError, Result};

/// The steps; step `n` (from 1) leads to version `n`.
pub const STEPS: &[&str] = &[include_str!("../migrations/0001_library.sql")];

/// `PRAGMA application_id` of a library: the letters `Blat`.
pub const APPLICATION_ID: i32 = 0x426c_6174;

/// The version that `steps` lead to.
pub fn newest(steps: &[&str]) -> i64 {
    steps.len() as i64
}

/// The version of the tables in `conn`.
pub fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Makes the tables of version `to` in an empty database.
pub fn create(conn: &mut Connection, steps: &[&str]) -> Result<()> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tx.pragma_update(None, "application_id", APPLICATION_ID)?;
    for step in steps {
        tx.execute_batch(step)?;
    }
    tx.pragma_update(None, "user_version", newest(steps))?;
    Ok(tx.commit()?)
}

/// Brings the library at `path` to the newest version.
pub fn bring_up_to_date(conn: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), OpenError> {
    let from = version(conn).map_err(|error| other(path, &error))?;
    if from >= newest(steps) {
        return Ok(());
    }
    let copy = free_name(path, from);
    backup::copy(conn, &copy).map_err(|error| other(path, &error))?;
    for to in from + 1..=newest(steps) {
        let step = || -> Result<()> {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have taken the step while this one waited.
            if version(&tx)? < to {
                tx.execute_batch(steps[to as usize - 1])?;
                tx.pragma_update(None, "user_version", to)?;
            }
            Ok(tx.commit()?)
        };
        let mut step = step;
        step().map_err(|error| OpenError::Migration {
            path: path.to_owned(),
            to,
            reason: error.to_string(),
            backup: copy.clone(),
        })?;
    }
    Ok(())
}

fn other(path: &Path, error: &crate::Error) -> OpenError {
    OpenError::Other { path: path.to_owned(), reason: error.to_string() }
}

/// `library.bilat` at version 3 → `library.v3.bilat`, `library.v3-2.bilat` … where nothing stands yet.
fn free_name(path: &Path, version: i64) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or(String::new(), |e| format!(".{}", e.to_string_lossy()));
    (1..)
        .map(|n| if n == 1 { String::new() } else { format!("-{n}") })
        .map(|n| path.with_file_name(format!("{stem}.v{version}{n}{extension}")))
        .find(|copy| !copy.exists())
        .expect("some number is free")
}
