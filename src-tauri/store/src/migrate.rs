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
        let mut step = || -> Result<()> {
            let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have taken the step while this one waited.
            if version(&tx)? < to {
                tx.execute_batch(steps[to as usize - 1])?;
                tx.pragma_update(None, "user_version", to)?;
            }
            Ok(tx.commit()?)
        };
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
    (1..u32::MAX)
        .map(|n| if n == 1 { String::new() } else { format!("-{n}") })
        .map(|n| path.with_file_name(format!("{stem}.v{version}{n}{extension}")))
        .find(|copy| !copy.exists())
        .expect("some number is free")
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::desk::Desk;
    use crate::open;
    use crate::store::{Access, Store};

    fn schema(conn: &Connection) -> String {
        let mut query = conn
            .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'fts%\\_%' ESCAPE '\\' ORDER BY type, name")
            .unwrap();
        let rows = query.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|sql| sql.unwrap() + ";\n").collect()
    }

    #[test]
    fn a_released_schema_never_changes() {
        let desk = Desk::new();
        let made = desk.read(|conn| Ok(schema(conn)));
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/schema/v1.sql");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(fixture, &made).unwrap();
        }
        let kept = std::fs::read_to_string(fixture).unwrap();
        assert!(made == kept, "version 1 was released as tests/fixtures/schema/v1.sql: add a step instead");
    }

    #[test]
    fn a_step_leaves_a_verified_copy_of_what_was() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        let Desk { store, folder } = desk;
        let path = store.path().to_owned();
        drop(store);
        let steps = [STEPS[0], "CREATE TABLE added (x INTEGER) STRICT"];
        let store = Store::of(open::open(&path, Access::Existing, 1, &steps).unwrap());
        assert_eq!(store.read_blocking(version).unwrap(), 2);
        assert!(store.read_blocking(|conn| crate::article::read(conn, id)).unwrap().is_some());
        let copy = Store::open(folder.path().join("library.v1.bilat"), Access::Existing).unwrap();
        assert_eq!(copy.read_blocking(version).unwrap(), 1);
        assert!(copy.read_blocking(|conn| crate::article::read(conn, id)).unwrap().is_some());
    }

    #[test]
    fn a_step_that_fails_leaves_the_library_at_the_version_it_had() {
        let Desk { store, folder } = Desk::new();
        let path = store.path().to_owned();
        drop(store);
        let steps =
            [STEPS[0], "CREATE TABLE added (x INTEGER) STRICT; CREATE TABLE added (x INTEGER) STRICT"];
        for _ in 0..3 {
            let error = open::open(&path, Access::Existing, 1, &steps).unwrap_err();
            assert!(matches!(error, OpenError::Migration { to: 2, .. }), "{error}");
        }
        let store = Store::open(&path, Access::Existing).unwrap();
        let added = "SELECT count(*) FROM sqlite_schema WHERE name = 'added'";
        let (at, found) = store
            .read_blocking(|conn| {
                Ok((version(conn)?, conn.query_row(added, [], |row| row.get::<_, u32>(0))?))
            })
            .unwrap();
        assert_eq!((at, found), (1, 0));
        assert!(folder.path().join("library.v1-3.bilat").exists(), "each try keeps its copy");
    }
}
