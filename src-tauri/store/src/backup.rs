//! Backups: a copy that is proved good before it takes its name.

use std::fs::{self, File};
use std::path::Path;
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::open::tempfile;
use crate::store::Store;
use crate::{integrity, migrate};

/// Pages copied between two looks at the clock.
const PAGES: i32 = 4_096;

/// Writes a verified copy of the library to `to`, replacing what stands there only when the copy is
/// complete, sound and on the disk. Readers and the writer carry on meanwhile.
///
/// # Errors
/// [`Error::Invalid`] when `to` is the library; [`Error::Damaged`] when the copy does not pass its check;
/// [`Error::Full`], [`Error::File`].
pub fn backup(store: &Store, to: &Path) -> Result<()> {
    let to = std::path::absolute(to).map_err(|error| Error::file(to, error))?;
    let same = |path: &Path| path.canonicalize().ok();
    if same(&to).is_some_and(|to| Some(to) == same(store.path())) {
        return Err(Error::Invalid("a backup cannot replace the library itself; choose another file".into()));
    }
    store.read_blocking(|conn| copy(conn, &to))
}

/// As [`backup`], from a connection.
pub(crate) fn copy(conn: &Connection, to: &Path) -> Result<()> {
    let draft = tempfile(to);
    let outcome = write_draft(conn, &draft).and_then(|()| {
        fs::rename(&draft, to).map_err(|error| Error::file(to, error))?;
        sync_folder(to.parent().unwrap_or(Path::new("/"))).map_err(|error| Error::file(to, error))
    });
    if outcome.is_err() {
        let _ = fs::remove_file(&draft);
    }
    outcome
}

fn write_draft(conn: &Connection, draft: &Path) -> Result<()> {
    // A folder that cannot be written to is named as such, before SQLite says only “cannot open”.
    File::create_new(draft).map_err(|error| Error::file(draft, error))?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut copy = Connection::open_with_flags(draft, flags)?;
    {
        let run = Backup::new(conn, &mut copy)?;
        loop {
            match run.step(PAGES)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
    // The copy of a library in WAL mode says that it is in WAL mode: a file that travels must not need a log.
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    let count = |conn: &Connection| -> Result<(i64, i64)> {
        let snapshots = conn.query_row("SELECT count(*) FROM snapshot", [], |row| row.get(0))?;
        Ok((migrate::version(conn)?, snapshots))
    };
    let mut faults = integrity::structure(&copy)?;
    let ((version, _), (copied, _)) = (count(conn)?, count(&copy)?);
    if version != copied {
        faults.push("its version differs".into());
    }
    drop(copy);
    if let Some(fault) = faults.into_iter().next() {
        return Err(Error::Damaged { what: format!("the backup ({fault})") });
    }
    File::open(draft).and_then(|file| file.sync_all()).map_err(|error| Error::file(draft, error))
}

/// Makes sure that a new name in `folder` outlives a power cut.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::desk::Desk;
    use crate::{Access, article};

    #[test]
    fn a_backup_is_a_library_and_replaces_only_when_whole() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        let to = desk.folder.path().join("backup.bilat");
        std::fs::write(&to, "an older backup").unwrap();
        backup(&desk.store, &to).unwrap();
        let copy = Store::open(&to, Access::Existing).unwrap();
        assert_eq!(copy.read_blocking(|conn| article::read(conn, id)).unwrap().unwrap().title, "Pact");
        assert_eq!(copy.read_blocking(integrity::check).unwrap().faults, Vec::<String>::new());
        drop(copy);
        let itself = backup(&desk.store, desk.store.path()).unwrap_err();
        assert!(matches!(itself, Error::Invalid(_)));
        let nowhere =
            backup(&desk.store, &desk.folder.path().join("no such folder").join("x.bilat")).unwrap_err();
        assert!(matches!(nowhere, Error::File { .. }), "{nowhere}");
        let left = fs::read_dir(desk.folder.path())
            .unwrap()
            .filter(|f| f.as_ref().unwrap().file_name().to_string_lossy().ends_with(".tmp"));
        assert_eq!(left.count(), 0);
    }
}
