//! `bilat verify`: an evidence pack, on a machine without a library.

use std::path::PathBuf;

use bilat_brief::pack::{PackedEvidence, Verified};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::print::Printer;

/// Check an evidence pack: every file against its digest, every quotation against the words in the pack
///
/// Needs no library. Exit code 3 when anything is not as it was made. The digest of the pack itself is
/// printed too: compare it with the one its maker tells you over another way.
#[derive(Args)]
pub struct Verify {
    /// The pack
    pack: PathBuf,
}

/// The largest pack that is read, in bytes.
const LARGEST: u64 = 1024 * 1024 * 1024;

impl Verify {
    pub fn run(self, out: &Printer) -> Result<Outcome, Failure> {
        let name = self.pack.display();
        let size =
            std::fs::metadata(&self.pack).map_err(|error| Failure::io("reading", &name, &error))?.len();
        if size > LARGEST {
            return Err(Failure::Other(format!(
                "reading {name}: it is larger than 1 GB, which no evidence pack is"
            )));
        }
        let bytes = std::fs::read(&self.pack).map_err(|error| Failure::io("reading", &name, &error))?;
        let verified = bilat_brief::pack::verify(&bytes);
        out.show(&verified, describe)?;
        Ok(if verified.faults.is_empty() { Outcome::Done } else { Outcome::Found })
    }
}

fn describe(verified: &Verified) -> String {
    let mut text = String::new();
    for fault in &verified.faults {
        text.push_str(&format!("{}: {}\n", fault.place, fault.what));
    }
    if let Some(manifest) = &verified.manifest {
        text.push_str(&format!(
            "{}  {}  {}  made {}\n",
            manifest.pair, manifest.title, manifest.marking, manifest.made_at
        ));
        let words = match manifest.evidence {
            PackedEvidence::Snapshots => "the whole text of every source",
            PackedEvidence::Passages => "the passages that are quoted",
            PackedEvidence::Hashes => "only digests of the sources",
        };
        text.push_str(&format!("holds {words}, {} sources\n", manifest.sources.len()));
    }
    if let Some(check) = &verified.check {
        text.push_str(&format!(
            "{} of {} quotations verified against the pack\n",
            check.verified, check.total
        ));
    }
    let state = if verified.faults.is_empty() { "sound" } else { "NOT SOUND" };
    text.push_str(&format!("{state}: {} files compared, SHA-256 {}\n", verified.files, verified.sha256));
    text
}
