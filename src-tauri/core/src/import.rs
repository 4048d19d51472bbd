//! Imports: whole collections that another program wrote, read into the library.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ImportId;

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident = $word:literal),* $(,)?) => {
        /// What a collection is written in.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        pub enum ImportFormat {
            $($(#[$doc])* #[serde(rename = $word)] $name,)*
        }

        impl ImportFormat {
            /// Every format.
            pub const ALL: &[ImportFormat] = &[$(ImportFormat::$name),*];

            /// The name it travels by: `csl_json`.
            pub const fn name(self) -> &'static str {
                match self { $(ImportFormat::$name => $word,)* }
            }
        }
    };
}

formats! {
    /// Bibliographic records in the Citation Style Language's JSON.
    CslJson = "csl_json",
    /// Bibliographic records in the RIS tagged format.
    Ris = "ris",
    /// Bibliographic records for BibTeX or BibLaTeX.
    Bibtex = "bibtex",
    /// Zotero's RDF.
    ZoteroRdf = "zotero_rdf",
    /// Zotero's JSON: its web API's, or Better BibTeX's.
    ZoteroJson = "zotero_json",
    /// A browser's bookmarks in the Netscape HTML format.
    Bookmarks = "bookmarks",
    /// Pocket's CSV, or its older HTML.
    Pocket = "pocket",
    /// Instapaper's CSV.
    Instapaper = "instapaper",
    /// Readwise's CSV of highlights, or Readwise Reader's of documents.
    Readwise = "readwise",
    /// Omnivore's archive.
    Omnivore = "omnivore",
    /// wallabag's JSON.
    Wallabag = "wallabag",
    /// Karakeep's (once Hoarder's) JSON.
    Karakeep = "karakeep",
    /// Annotations of Hypothesis, or others in W3C Web Annotation JSON.
    Hypothesis = "hypothesis",
    /// Feeds in OPML: they are added, not fetched.
    Opml = "opml",
    /// A download from Nexis: RTF, DOCX, HTML or plain text with many articles.
    Nexis = "nexis",
    /// A download from Factiva: RTF, DOCX, HTML or plain text with many articles.
    Factiva = "factiva",
    /// Bilat's own export of a whole library.
    Bilat = "bilat",
    /// Documents in files, folders and containers.
    Files = "files",
    /// What followed feeds held when they were checked.
    Feeds = "feeds",
}

impl fmt::Display for ImportFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No format has that name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no import format “{0}”")]
pub struct UnknownFormat(String);

impl FromStr for ImportFormat {
    type Err = UnknownFormat;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let wanted = name.trim().to_ascii_lowercase().replace('-', "_");
        let found = Self::ALL.iter().find(|format| format.name() == wanted);
        found.copied().ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportState {
    /// It is being worked on.
    Running,
    /// Every item was tried.
    Done,
    /// A person stopped it; what was in by then stays.
    Cancelled,
    /// It could not go on; what was in by then stays.
    Failed,
    /// The program ended before it did. Started again on the same file, it goes on where it was.
    Interrupted,
    /// What it added went to the bin.
    Undone,
}

/// What became of an import's items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ImportCounts {
    /// Articles that were not in the library, those without words included; of OPML, feeds.
    pub new: u32,
    /// Known articles whose words changed.
    pub new_snapshots: u32,
    /// Known articles with nothing new.
    pub unchanged: u32,
    /// How many of `new` have no words yet: title, names and date only.
    pub records_only: u32,
    /// Items that could not be read or kept.
    pub failed: u32,
    /// Annotations added.
    pub annotations: u32,
    /// How many of `annotations` mark words that the article does not have, or not yet.
    pub annotations_missing: u32,
}

/// An item that could not be read or kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportFailure {
    /// What it is called: its title, else its address, file or number.
    pub item: String,
    /// What is wrong with it.
    pub reason: String,
}

/// One run of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Import {
    /// Its number.
    pub id: ImportId,
    /// What was imported: the file's name, or the first's and how many more.
    pub name: String,
    /// What it is read as; `files` while that is not known, and where the files differ.
    pub format: ImportFormat,
    /// How far it is.
    pub state: ImportState,
    /// When it was started: RFC 3339, UTC.
    pub started_at: String,
    /// When it ended: RFC 3339, UTC.
    pub ended_at: Option<String>,
    /// How many items there are, as far as that is known.
    pub total: Option<u32>,
    /// How many items were tried.
    pub done: u32,
    /// What became of them.
    pub counts: ImportCounts,
    /// The items that failed, the first thousand of them.
    pub failures: Vec<ImportFailure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_found_by_the_name_it_travels_by() {
        for format in ImportFormat::ALL {
            assert_eq!(format.name().parse(), Ok(*format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
        assert_eq!("CSL-JSON".parse(), Ok(ImportFormat::CslJson));
        let unknown = "mendeley".parse::<ImportFormat>().unwrap_err().to_string();
        assert_eq!(unknown, "there is no import format “mendeley”");
    }
}
