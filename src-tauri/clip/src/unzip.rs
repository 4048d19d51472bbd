//! Zip archives with caps: how many entries, how many bytes unpacked, how much more than packed.
//!
//! Entries are read into memory; no path of an archive is ever written, and an archive with a path that
//! climbs out of it is refused, because whoever made it meant harm.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::Error;

/// The most entries that an archive may have.
const MOST_ENTRIES: usize = 100_000;
/// Past the first MiB nothing may unpack to more than so many times its bytes (F-7); words pack to a tenth.
pub const MOST_RATIO: u64 = 100;
/// Below this the ratio does not matter.
pub const FREE: u64 = 1024 * 1024;

/// A zip archive in memory.
pub struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked, and how many of one entry.
    left: u64,
    most_entry: u64,
    what: &'static str,
}

impl<'a> Zip<'a> {
    /// Opens an archive of entries that may unpack to `most_entry` bytes each and to `most` together;
    /// `what` is what it is called in an error.
    pub fn open(bytes: &'a [u8], most_entry: u64, most: u64, what: &'static str) -> Result<Self, Error> {
        let broken = |why: &str| Error::broken(what, why);
        let archive = std::panic::catch_unwind(|| ZipArchive::new(Cursor::new(bytes)))
            .map_err(|_| broken("its table of contents is damaged"))?
            .map_err(|_| broken("its table of contents is damaged or cut off"))?;
        if archive.len() > MOST_ENTRIES {
            return Err(broken("it has more than 100,000 entries"));
        }
        for at in 0..archive.len() {
            let name = archive.name_for_index(at).and_then(Result::ok).unwrap_or_default();
            let climbs = name.starts_with(['/', '\\'])
                || name.get(1..2) == Some(":")
                || name.split(['/', '\\']).any(|step| step == "..");
            if climbs {
                return Err(broken("a path in it leads out of the archive"));
            }
        }
        Ok(Self { archive, left: most, most_entry, what })
    }

    /// The bytes of an entry, or nothing when there is none of that name.
    pub fn entry(&mut self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let Some(at) = self.archive.index_for_name(name) else { return Ok(None) };
        let what = self.what;
        let damaged = |_| Error::broken(what, &format!("{name} in it is damaged or locked"));
        let mut entry = self.archive.by_index(at).map_err(damaged)?;
        let most =
            (entry.compressed_size().saturating_mul(MOST_RATIO) + FREE).min(self.most_entry).min(self.left);
        let mut bytes = Vec::new();
        (&mut entry)
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::broken(what, &format!("{name} in it is damaged ({error})")))?;
        if bytes.len() as u64 > most {
            return Err(Error::Bomb { what: what.into() });
        }
        self.left -= bytes.len() as u64;
        Ok(Some(bytes))
    }
}
