//! Opening a library without ever writing to a file that is none.
//!
//! The header is read with plain file reads first: a foreign, empty, cut or newer file is refused
//! before SQLite sees it. Then the writer's settings are set and read back, because a setting that
//! SQLite silently did not take (WAL on a network drive, an old build) would cost acknowledged work.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::OpenError;
use crate::migrate::{self, APPLICATION_ID};
use crate::store::Access;

/// SQLite before this version can damage a file when two connections write and checkpoint at once
/// (sqlite.org/wal.html, “WAL-reset bug”).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a writer or reader waits for another process.
const PATIENCE: Duration = Duration::from_secs(5);

/// The size of a page, in bytes: halves the slowest cold searches against 4 KiB.
const PAGE_SIZE: i64 = 8192;

/// The connections of an open library.
#[derive(Debug)]
pub struct Opened {
    /// The absolute path.
    pub path: PathBuf,
    /// The connection that writes; none where the medium is read-only.
    pub writer: Option<Connection>,
    /// The connections that read.
    pub readers: Vec<Connection>,
}

/// Opens the library at `path` with `readers` readers.
pub fn open(path: &Path, access: Access, readers: usize, steps: &[&str]) -> Result<Opened, OpenError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(OpenError::OldSqlite(rusqlite::version()));
    }
    // Absolute, so that SQLite cannot take a name such as `file:x?mode=…` for an address.
    let path = std::path::absolute(path).map_err(|error| denied(path, &error))?;
    if !path.try_exists().map_err(|error| denied(&path, &error))? {
        if access == Access::Existing {
            return Err(OpenError::Missing(path));
        }
        create(&path, steps)?;
    }
    check_header(&path, steps)?;
    match OpenOptions::new().read(true).write(true).open(&path) {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::ReadOnlyFilesystem => {
            return read_only(path, readers, steps);
        }
        Err(error) => return Err(denied(&path, &error)),
    }
    let mut writer = writer(&path, steps)?;
    migrate::bring_up_to_date(&mut writer, &path, steps)?;
    let readers = (0..readers)
        .map(|_| reader(&path).map_err(|error| refused(&path, &error)))
        .collect::<Result<_, _>>()?;
    Ok(Opened { path, writer: Some(writer), readers })
}

/// Opens a library on a medium that cannot change, such as a disc.
pub fn read_only(path: PathBuf, readers: usize, steps: &[&str]) -> Result<Opened, OpenError> {
    if has_wal(&path) {
        // What was saved last stands in the log beside it, which `immutable` would pass over.
        let reason =
            "it was not closed before it was copied to this read-only place; copy it with its -wal file";
        return Err(OpenError::Denied { path, reason: reason.into() });
    }
    let one = || -> rusqlite::Result<Connection> {
        let flags =
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let conn =
            Connection::open_with_flags(format!("file:{}?immutable=1", percent_encoded(&path)), flags)?;
        set_up_reader(&conn)?;
        Ok(conn)
    };
    let readers =
        (0..readers).map(|_| one().map_err(|error| refused(&path, &error))).collect::<Result<Vec<_>, _>>()?;
    let found = readers
        .first()
        .map_or(Ok(0), migrate::version)
        .map_err(|error| damaged(&path, &error.to_string()))?;
    if found < migrate::newest(steps) {
        let reason =
            "it is of an older version, which cannot be brought up to date here; copy it elsewhere".into();
        return Err(OpenError::Denied { path, reason });
    }
    Ok(Opened { path, writer: None, readers })
}

/// Makes a new library: complete under another name, then put in place at once, so that a crash
/// leaves no half-made file and nobody's file is replaced.
fn create(path: &Path, steps: &[&str]) -> Result<(), OpenError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| denied(path, &error))?;
    let draft = tempfile(path);
    let write_draft = || -> crate::Result<()> {
        let mut conn = Connection::open_with_flags(
            &draft,
            OpenFlags::SQLITE_OPEN_READ_WRITE
                | OpenFlags::SQLITE_OPEN_CREATE
                | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        conn.pragma_update(None, "page_size", PAGE_SIZE)?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        migrate::create(&mut conn, steps)?;
        drop(conn);
        File::open(&draft).and_then(|file| file.sync_all()).map_err(|error| crate::Error::file(&draft, error))
    };
    let made = write_draft().map_err(|error| match error {
        crate::Error::Full => OpenError::Full(path.to_owned()),
        crate::Error::Sqlite(error) => refused(path, &error),
        error => OpenError::Denied { path: path.to_owned(), reason: error.to_string() },
    });
    let placed = made.and_then(|()| match fs::hard_link(&draft, path) {
        Ok(()) => Ok(()),
        // Another process was faster: its library is opened.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        // No hard links here (FAT): nobody else's file stands there, or this fails.
        Err(_) if !path.exists() => fs::rename(&draft, path).map_err(|error| denied(path, &error)),
        Err(error) => Err(denied(path, &error)),
    });
    let _ = fs::remove_file(&draft);
    placed?;
    crate::backup::sync_folder(folder).map_err(|error| denied(path, &error))
}

/// A name beside `path` for a file in the making.
pub fn tempfile(path: &Path) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let n = COUNT.fetch_add(1, Ordering::Relaxed);
    path.with_file_name(format!(".{name}.{}-{n}.tmp", std::process::id()))
}

/// Refuses what is not a library, reading 100 bytes.
fn check_header(path: &Path, steps: &[&str]) -> Result<(), OpenError> {
    let mut file = File::open(path).map_err(|error| denied(path, &error))?;
    let meta = file.metadata().map_err(|error| denied(path, &error))?;
    if meta.is_dir() {
        return Err(OpenError::NotALibrary(path.to_owned()));
    }
    if meta.len() == 0 {
        return Err(OpenError::Empty(path.to_owned()));
    }
    let mut header = [0; 100];
    match file.read_exact(&mut header) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
            return Err(OpenError::NotALibrary(path.to_owned()));
        }
        Err(error) => return Err(denied(path, &error)),
    }
    // The places of these fields: sqlite.org/fileformat.html, section 1.3.
    let number = |at: usize| i32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]);
    if &header[..16] != b"SQLite format 3\0" || number(68) != APPLICATION_ID {
        return Err(OpenError::NotALibrary(path.to_owned()));
    }
    let found = i64::from(number(60));
    if found > migrate::newest(steps) {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: migrate::newest(steps) });
    }
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    // After a checkpoint that was cut short the rest still stands in the log beside the file.
    if meta.len() < page_size * u64::from(number(28) as u32) && !has_wal(path) {
        return Err(damaged(path, "its end is missing"));
    }
    Ok(())
}

/// Whether a write-ahead log with something in it stands beside the library.
fn has_wal(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    fs::metadata(name).is_ok_and(|meta| meta.len() > 0)
}

fn writer(path: &Path, steps: &[&str]) -> Result<Connection, OpenError> {
    let refused = |error: rusqlite::Error| refused(path, &error);
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )
    .map_err(refused)?;
    conn.busy_timeout(PATIENCE).map_err(refused)?;
    // Until the file has shown itself sound, closing it must not move the log into it.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map_err(refused)?;
    let found = migrate::version(&conn).map_err(|error| match error {
        crate::Error::Sqlite(error) => self::refused(path, &error),
        crate::Error::Busy => OpenError::Locked(path.to_owned()),
        crate::Error::Full => OpenError::Full(path.to_owned()),
        error => damaged(path, &error.to_string()),
    })?;
    if found > migrate::newest(steps) {
        return Err(OpenError::Newer { path: path.to_owned(), found, known: migrate::newest(steps) });
    }
    touch_every_table(&conn).map_err(refused)?;
    set_up_writer(&conn, path)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false).map_err(refused)?;
    Ok(conn)
}

/// Reads the first row of every table: cheap, and enough to notice that the file's trees are broken.
fn touch_every_table(conn: &Connection) -> rusqlite::Result<()> {
    let tables: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in tables {
        conn.prepare(&format!("SELECT 1 FROM \"{}\" LIMIT 1", table.replace('"', "\"\"")))?.exists([])?;
    }
    Ok(())
}

/// The settings every library is written with, and what they must read as.
const SETTINGS: &[(&str, &str, &str)] = &[
    ("journal_mode", "WAL", "wal"),
    // Nothing acknowledged is lost when the power fails; NORMAL loses some (one fsync dearer, 0.2 ms).
    ("synchronous", "FULL", "2"),
    ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),
    ("mmap_size", "0", "0"),
    ("trusted_schema", "OFF", "0"),
    ("cell_size_check", "ON", "1"),
    ("busy_timeout", "5000", "5000"),
    ("secure_delete", "ON", "1"),
    ("temp_store", "MEMORY", "2"),
    ("cache_size", "-65536", "-65536"),
    ("fullfsync", "ON", "1"),
    ("checkpoint_fullfsync", "ON", "1"),
];

fn set_up_writer(conn: &Connection, path: &Path) -> Result<(), OpenError> {
    for (name, value, wanted) in SETTINGS {
        set(conn, name, value, wanted, path)?;
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)
        .map_err(|error| refused(path, &error))
        .and_then(|on| if on { Ok(()) } else { Err(not_kept("defensive", "1", "0".into())) })?;
    keep_statements(conn).map_err(|error| refused(path, &error))
}

/// Gives SQL the comparison of names that the rest of the library uses: SQLite's own `lower` knows ASCII only.
fn teach_names(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("match_name", 1, flags, |context| {
        Ok(context.get::<Option<String>>(0)?.map(|name| crate::row::match_name(&name)))
    })
}

/// Prepares every statement once. Without the stability guarantee SQLite prepares one anew whenever a value
/// is bound that its statistics could know better; there are none here, and a third of an import's time went
/// into it (sqlite.org/c3ref/c_dbconfig_defensive.html, “ENABLE_QPSG”).
fn keep_statements(conn: &Connection) -> rusqlite::Result<()> {
    teach_names(conn)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(())
}

fn set(
    conn: &Connection,
    name: &'static str,
    value: &str,
    wanted: &str,
    path: &Path,
) -> Result<(), OpenError> {
    conn.pragma_update(None, name, value).map_err(|error| refused(path, &error))?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(match row.get_ref(0)? {
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => String::from_utf8_lossy(other.as_bytes().unwrap_or_default()).into_owned(),
        })
    };
    let found = conn.pragma_query_value(None, name, read).map_err(|error| refused(path, &error))?;
    if found == wanted { Ok(()) } else { Err(not_kept(name, wanted, found)) }
}

fn not_kept(name: &'static str, wanted: &str, found: String) -> OpenError {
    OpenError::Setting { name, wanted: wanted.to_owned(), found }
}

fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    set_up_reader(&conn)?;
    Ok(conn)
}

fn set_up_reader(conn: &Connection) -> rusqlite::Result<()> {
    conn.busy_timeout(PATIENCE)?;
    for (name, value) in [
        ("query_only", "ON"),
        ("mmap_size", "0"),
        ("trusted_schema", "OFF"),
        ("cell_size_check", "ON"),
        ("temp_store", "MEMORY"),
        ("cache_size", "-16384"),
    ] {
        conn.pragma_update(None, name, value)?;
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    keep_statements(conn)
}

fn percent_encoded(path: &Path) -> String {
    use std::fmt::Write;
    path.as_os_str().as_encoded_bytes().iter().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(byte) {
            out.push(char::from(*byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

fn denied(path: &Path, error: &std::io::Error) -> OpenError {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => OpenError::Full(path.to_owned()),
        _ => OpenError::Denied { path: path.to_owned(), reason: plain(error) },
    }
}

/// What the system said, without its error number.
fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

fn damaged(path: &Path, reason: &str) -> OpenError {
    OpenError::Damaged { path: path.to_owned(), reason: reason.to_owned() }
}

fn refused(path: &Path, error: &rusqlite::Error) -> OpenError {
    let path_owned = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OpenError::Locked(path_owned),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => damaged(path, "its pages are broken"),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            OpenError::Denied { path: path_owned, reason: "the folder cannot be written to".into() }
        }
        Some(ErrorCode::DiskFull) => OpenError::Full(path_owned),
        _ => OpenError::Other { path: path_owned, reason: error.to_string() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use crate::desk::Desk;

    /// Opens `bytes` as a library: the message, and that not one byte changed and nothing was left beside it.
    fn refusal(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.bilat");
        fs::write(&path, bytes).unwrap();
        let error = Store::open(&path, Access::Create).unwrap_err();
        assert_eq!(fs::read(&path).unwrap(), bytes, "a refused file is not written to");
        let error = error.to_string().replace(path.to_str().unwrap(), "x.bilat");
        assert!(!error.contains('\n'));
        error
    }

    fn library() -> Vec<u8> {
        let Desk { store, folder } = Desk::new();
        let path = store.path().to_owned();
        drop(store);
        let bytes = fs::read(path).unwrap();
        drop(folder);
        bytes
    }

    #[test]
    fn a_file_that_is_no_library_is_refused_and_left_alone() {
        assert_eq!(
            refusal(b""),
            "x.bilat is empty (0 bytes), so it was left as it is; restore a backup, or move it away"
        );
        let foreign = "x.bilat is not a Bilat library, so it was left as it is; choose another file";
        assert_eq!(refusal(b"Dear diary"), foreign);
        assert_eq!(refusal(&vec![0; 9_000]), foreign);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("foreign.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE recipe(name TEXT)").unwrap();
        assert_eq!(refusal(&fs::read(&path).unwrap()), foreign);
        assert!(matches!(Store::open(folder.path(), Access::Create), Err(OpenError::NotALibrary(_))));
    }

    #[test]
    fn a_library_of_a_newer_program_is_refused() {
        let mut bytes = library();
        bytes[60..64].copy_from_slice(&99_i32.to_be_bytes());
        assert!(refusal(&bytes).starts_with("x.bilat was made by a newer Bilat (version 99 "));
    }

    #[test]
    fn a_cut_or_broken_library_is_refused() {
        let bytes = library();
        assert!(refusal(&bytes[..bytes.len() / 2]).starts_with("x.bilat is damaged (its end is missing)"));
        let mut broken = bytes;
        for page in broken.chunks_mut(PAGE_SIZE as usize).skip(1) {
            page.fill(0x5a);
        }
        assert!(refusal(&broken).starts_with("x.bilat is damaged ("), "{}", refusal(&broken));
    }

    #[test]
    fn what_is_not_there_is_made_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new folder").join("file:odd?mode=memory.bilat");
        assert!(matches!(Store::open(&path, Access::Existing), Err(OpenError::Missing(_))));
        let store = Store::open(&path, Access::Create).unwrap();
        assert_eq!(store.path(), path);
        let left: Vec<_> =
            fs::read_dir(path.parent().unwrap()).unwrap().map(|f| f.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".tmp")), "{left:?}");
        assert!(path.exists());
        let below_a_file = path.join("x.bilat");
        assert!(matches!(Store::open(below_a_file, Access::Create), Err(OpenError::Denied { .. })));
    }

    #[test]
    fn the_settings_that_durability_rests_on_are_kept() {
        let desk = Desk::new();
        let found = desk.store.write_blocking(|tx| {
            let read = |name: &str| tx.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
            Ok((read("synchronous")?, read("foreign_keys")?, read("mmap_size")?, read("page_size")?))
        });
        assert_eq!(found.unwrap(), (2, 1, 0, PAGE_SIZE));
        let mode = desk
            .store
            .read_blocking(|c| Ok(c.pragma_query_value(None, "journal_mode", |r| r.get::<_, String>(0))?));
        assert_eq!(mode.unwrap(), "wal");
        assert!(rusqlite::version_number() >= OLDEST_SQLITE);
    }

    #[test]
    fn a_library_on_a_read_only_medium_can_be_read() {
        let desk = Desk::new();
        let id = desk.clip("Pact signed", "The harbour pact was signed.", "2031-05-02");
        let Desk { store, folder } = desk;
        let path = store.path().to_owned();
        assert!(
            matches!(read_only(path.clone(), 1, migrate::STEPS), Err(OpenError::Denied { .. })),
            "still open"
        );
        drop(store);
        let before = fs::read(&path).unwrap();
        let store = Store::of(read_only(path.clone(), 2, migrate::STEPS).unwrap());
        assert!(store.is_read_only());
        assert!(store.read_blocking(|conn| crate::article::read(conn, id)).unwrap().is_some());
        let refused = store.write_blocking(|tx| crate::setting::write(tx, "a", &1.into()));
        assert!(matches!(refused, Err(crate::Error::ReadOnly)));
        drop(store);
        assert_eq!(fs::read(&path).unwrap(), before);
        drop(folder);
    }

    #[test]
    fn twenty_starts_at_once_make_one_library() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.bilat");
        let starts = (0..20).map(|n| {
            let path = path.clone();
            std::thread::spawn(move || {
                let store = Store::open(&path, Access::Create).unwrap();
                store.write_blocking(move |tx| crate::setting::write(tx, &n.to_string(), &n.into())).unwrap();
            })
        });
        starts.collect::<Vec<_>>().into_iter().for_each(|start| start.join().unwrap());
        let store = Store::open(&path, Access::Existing).unwrap();
        assert_eq!(store.read_blocking(crate::setting::list).unwrap().len(), 20);
    }

    #[test]
    fn a_library_that_another_program_holds_is_left_alone() {
        let Desk { store, folder } = Desk::new();
        let path = store.path().to_owned();
        drop(store);
        let other = Connection::open(&path).unwrap();
        other.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;").unwrap();
        let error = Store::open(&path, Access::Existing).unwrap_err();
        assert!(matches!(error, OpenError::Locked(_)), "{error}");
        drop(other);
        assert!(Store::open(&path, Access::Existing).is_ok());
        drop(folder);
    }
}
