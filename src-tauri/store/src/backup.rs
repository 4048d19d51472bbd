//! Backups: a copy that is proved good before it takes its name, and the way back from one.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use crate::error::{Error, Result};
use crate::open::tempfile;
use crate::store::{Access, Store};
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

/// Puts the backup `from` in the place of the library at `to`, once a copy of it has passed the whole check. The
/// library that stood there is kept under the name answered; the backup is only read.
///
/// # Errors
/// [`Error::Invalid`] when both are one file, when `from` is no library or `to` is open; [`Error::Damaged`] when the backup does
/// not pass its check; [`Error::File`]. The library at `to` is left as it was.
pub fn restore(from: &Path, to: &Path, set_aside_as: &Path) -> Result<Option<PathBuf>> {
    let [from, to] =
        [from, to].map(|path| std::path::absolute(path).map_err(|error| Error::file(path, error)));
    let (from, to) = (from?, to?);
    if from.canonicalize().ok().is_some_and(|from| to.canonicalize().ok() == Some(from)) {
        return Err(Error::Invalid("the backup and the library are one file; name the backup".into()));
    }
    let draft = tempfile(&to);
    let outcome = proven_copy(&from, &draft).and_then(|()| {
        let kept = set_aside(&to, set_aside_as)?;
        fs::rename(&draft, &to).map_err(|error| Error::file(&to, error))?;
        sync_folder(to.parent().unwrap_or(Path::new("/"))).map_err(|error| Error::file(&to, error))?;
        Ok(kept)
    });
    if outcome.is_err() {
        let _ = fs::remove_file(&draft);
    }
    outcome
}

/// Copies `from` to `draft` and checks every hash in the copy.
fn proven_copy(from: &Path, draft: &Path) -> Result<()> {
    fs::copy(from, draft).map_err(|error| Error::file(from, error))?;
    let opened = Store::open(draft, Access::Existing).map_err(|error| {
        // What is said of the copy is meant of the backup.
        let (copy, backup) = (draft.display().to_string(), from.display().to_string());
        Error::Invalid(error.to_string().replace(&copy, &backup))
    })?;
    let faults = opened.read_blocking(integrity::check)?.faults;
    drop(opened);
    match faults.into_iter().next() {
        Some(fault) => Err(Error::Damaged { what: format!("the backup ({fault})") }),
        None => File::open(draft).and_then(|file| file.sync_all()).map_err(|error| Error::file(draft, error)),
    }
}

/// Gives the library at `to` another name, unless somebody has it open; nothing where there is none.
fn set_aside(to: &Path, name: &Path) -> Result<Option<PathBuf>> {
    if !to.exists() {
        return Ok(None);
    }
    // Only the last one to close a library may take its log away: whoever cannot is not alone.
    let conn =
        Connection::open_with_flags(to, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    conn.busy_timeout(Duration::ZERO)?;
    let mode = conn.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0));
    drop(conn);
    match mode {
        Ok(mode) if mode == "delete" => {}
        // A file that is no library is kept like one.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {}
        _ => {
            return Err(Error::Invalid(format!(
                "{} is open in another program; close it first",
                to.display()
            )));
        }
    }
    if name.exists() {
        return Err(Error::Invalid(format!("{} is there already; move it away first", name.display())));
    }
    fs::rename(to, name).map_err(|error| Error::file(name, error))?;
    Ok(Some(name.to_owned()))
}

/// Makes sure that a new name in `folder` outlives a power cut.
pub(crate) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {

    use super::*;
    use crate::article;
    use crate::desk::Desk;

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

    #[test]
    fn a_backup_is_restored_whole_and_what_stood_there_is_kept() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Signed.", "2031-05-02");
        let [saved, aside] = ["backup.bilat", "before.bilat"].map(|name| desk.folder.path().join(name));
        backup(&desk.store, &saved).unwrap();
        desk.clip("Later", "Said later.", "2031-05-03");
        let to = desk.store.path().to_owned();
        let open = restore(&saved, &to, &aside).unwrap_err();
        assert!(open.to_string().contains("is open in another program"), "{open}");
        let Desk { store, folder } = desk;
        drop(store);
        let bytes = fs::read(&to).unwrap();
        let mut broken = fs::read(&saved).unwrap();
        for at in 0..broken.len() - 7 {
            if broken[at..].starts_with(b"Signed.") {
                broken[at] = b'R';
            }
        }
        fs::write(folder.path().join("broken.bilat"), broken).unwrap();
        fs::write(folder.path().join("notes.bilat"), "no library").unwrap();
        for wrong in ["broken.bilat", "notes.bilat", "absent.bilat"] {
            restore(&folder.path().join(wrong), &to, &aside).unwrap_err();
            assert_eq!(fs::read(&to).unwrap(), bytes, "{wrong}");
        }
        assert_eq!(restore(&saved, &to, &aside).unwrap(), Some(aside.clone()));
        let titles = |path: &Path| {
            let store = Store::open(path, Access::Existing).unwrap();
            store.read_blocking(|conn| Ok(article::count(conn)?.0)).unwrap()
        };
        assert_eq!((titles(&to), titles(&aside)), (1, 2));
        let restored = Store::open(&to, Access::Existing).unwrap();
        assert_eq!(restored.read_blocking(|conn| article::read(conn, id)).unwrap().unwrap().title, "Pact");
        let files: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|f| f.unwrap().file_name().into_string().unwrap())
            .collect();
        assert!(!files.iter().any(|name| name.contains(".tmp")), "{files:?}");
    }
}
