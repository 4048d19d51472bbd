//! The files of a ZIP archive, without trusting what it says of itself.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::{Error, ItemError};

/// More files than any export.
const MOST_FILES: usize = 200_000;

/// An archive in memory.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

/// Whether the bytes are a ZIP archive.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl<'a> Archive<'a> {
    /// Opens it.
    pub fn open(bytes: &'a [u8], expected: &'static str) -> Result<Self, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Error::not(expected, error))?;
        if zip.len() > MOST_FILES {
            return Err(Error::not(expected, format!("it holds more than {MOST_FILES} files")));
        }
        Ok(Self { zip })
    }

    /// The names of its files, in order of name.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            self.zip.file_names().flatten().filter(|name| !name.ends_with('/')).map(Into::into).collect();
        names.sort();
        names
    }

    /// The bytes of one file, at most `most` of them: a few kilobytes can unpack to terabytes.
    pub fn read(&mut self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ItemError> {
        let mut file = match self.zip.by_name(name) {
            Ok(file) => file,
            Err(zip::result::ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(ItemError::new(name, error.to_string())),
        };
        let mut bytes = Vec::new();
        let took = (&mut file).take(most as u64 + 1).read_to_end(&mut bytes);
        took.map_err(|error| ItemError::new(name, error.to_string()))?;
        if bytes.len() > most {
            return Err(ItemError::new(name, format!("it unpacks to more than {} MiB", most >> 20)));
        }
        Ok(Some(bytes))
    }
}
