//! The evidence pack: a briefing with what it rests on, in one file that anybody can verify.
//!
//! A pack is a ZIP archive whose files are stored as they are, in one order and with one date, so that
//! equal contents are equal bytes. `SHA256SUMS` names the digest of every other file. To verify is to
//! read every file, compare every digest, build the archive again and compare every byte, and hold
//! every quotation against the words in the pack. No library is needed for it.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use bilat_core::{CiteKey, Reliability, Sha256Hex};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use ts_rs::TS;
use zip::write::SimpleFileOptions;

use crate::check::{Check, Cited, Sources, check};
use crate::edition::KeptSource;
use crate::export::{Bibliography, csl_json};

/// What stands in `format` of a manifest.
const FORMAT: &str = "Bilat evidence pack";
/// The version of the format.
const VERSION: u32 = 1;
const SUMS: &str = "SHA256SUMS";
const MANIFEST: &str = "manifest.json";
const BRIEFING: &str = "briefing.md";
/// How many characters stand before and after the exact words of an annotation.
const CONTEXT: usize = 32;

/// How much of the sources a pack holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PackedEvidence {
    /// The whole text of every cited snapshot.
    Snapshots,
    /// Only the passages that are quoted, with their surroundings.
    #[default]
    Passages,
    /// Only the digests of the texts.
    Hashes,
}

/// What a pack says of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// `Bilat evidence pack`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// The briefing's title.
    pub title: String,
    /// The pair as written.
    pub pair: String,
    /// The edition as written; may be empty.
    pub edition: String,
    /// Who may read it; may be empty.
    pub marking: String,
    /// When it was made: RFC 3339, UTC.
    pub made_at: String,
    /// How much of the sources it holds.
    pub evidence: PackedEvidence,
    /// How many quotations were verified, of how many.
    pub verified: (u32, u32),
    /// What the briefing cites.
    pub sources: Vec<PackedSource>,
}

/// A source in a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PackedSource {
    /// The record.
    #[serde(flatten)]
    pub kept: KeptSource,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// When it was clipped: RFC 3339, UTC.
    pub clipped_at: String,
    /// The statement's words in the briefing's language, as a person gave them.
    pub translation: Option<String>,
    /// The file with its text, or with the passages that are quoted.
    pub file: Option<String>,
}

/// What goes into a pack.
pub struct Packing<'a> {
    /// The briefing's title, pair, edition and marking, as written.
    pub head: &'a crate::FrontMatter,
    /// The title.
    pub title: &'a str,
    /// The check.
    pub check: &'a Check,
    /// What is cited.
    pub works: &'a Bibliography,
    /// How much of the sources goes in.
    pub evidence: PackedEvidence,
    /// When: RFC 3339, UTC.
    pub made_at: &'a str,
    /// The exports: file name and bytes. `briefing.md` is one of them.
    pub exports: Vec<(&'static str, Vec<u8>)>,
}

impl Packing<'_> {
    /// The pack's bytes.
    pub fn pack(self) -> Vec<u8> {
        let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        let mut sources = Vec::new();
        let all = KeptSource::all(self.works, self.check);
        for kept in all.clone() {
            let Some(cited) = self.works.get(&kept.key).map(|entry| &entry.cited) else { continue };
            let (file, text) = match self.evidence {
                PackedEvidence::Snapshots => {
                    (Some(format!("snapshots/{}.txt", kept.article_key)), cited.text.clone())
                }
                PackedEvidence::Passages => {
                    // One file an article: its statements are quoted from one text.
                    let of_article = all.iter().filter(|one| one.article_key == kept.article_key);
                    let passages: Vec<&str> =
                        of_article.flat_map(|one| &one.quoted).map(String::as_str).collect();
                    let file = format!("passages/{}.txt", kept.article_key);
                    ((!passages.is_empty()).then_some(file), passages.join("\n\n"))
                }
                PackedEvidence::Hashes => (None, String::new()),
            };
            if let Some(file) = &file {
                files.insert(file.clone(), text.into_bytes());
            }
            sources.push(PackedSource {
                kept,
                language: cited.language.clone(),
                clipped_at: cited.clipped_at.clone(),
                translation: cited.translation.clone(),
                file,
            });
        }
        if self.evidence == PackedEvidence::Hashes {
            // The words of others stay at home; what is quoted stands in the briefing.
            for source in &mut sources {
                source.kept.quoted.clear();
            }
        }
        let manifest = Manifest {
            format: FORMAT.into(),
            version: VERSION,
            title: self.title.into(),
            pair: self.head.pair.clone(),
            edition: self.head.edition.clone(),
            marking: self.head.marking.clone(),
            made_at: self.made_at.into(),
            evidence: self.evidence,
            verified: (self.check.verified, self.check.total),
            sources,
        };
        files.extend(self.exports.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)));
        files.insert(MANIFEST.into(), pretty(&manifest));
        files.insert("citations.csl.json".into(), pretty(&csl_json(self.works)));
        if self.evidence != PackedEvidence::Hashes {
            files.insert("annotations.jsonld".into(), pretty(&annotations(self.check, self.works)));
        }
        let sums: String =
            files.iter().map(|(name, bytes)| format!("{}  {name}\n", Sha256Hex::of(bytes))).collect();
        files.insert(SUMS.into(), sums.into_bytes());
        build(&files)
    }
}

fn pretty<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("texts and numbers are JSON");
    bytes.push(b'\n');
    bytes
}

/// The archive of `files`: stored, in the order of their names, without a date.
fn build(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options).expect("a name of a file, in memory");
        zip.write_all(bytes).expect("memory takes every byte");
    }
    zip.finish().expect("memory takes every byte").into_inner()
}

/// The verified quotations as annotations of the W3C's model.
fn annotations(check: &Check, works: &Bibliography) -> Value {
    let mut items = Vec::new();
    for quotation in &check.quotations {
        let key = quotation.key.as_deref().and_then(|key| key.parse::<CiteKey>().ok());
        let Some(cited) = key.and_then(|key| Some(&works.get(&key)?.cited)) else { continue };
        let (Some(found), Some(at)) = (&quotation.found, quotation.position) else { continue };
        let letters: Vec<char> = cited.text.chars().collect();
        let (start, end) = (at.start as usize, (at.end as usize).min(letters.len()));
        let slice =
            |from: usize, to: usize| letters.get(from..to).map(|part| part.iter().collect::<String>());
        items.push(json!({
            "type": "Annotation",
            "motivation": "highlighting",
            "body": { "type": "TextualBody", "purpose": "identifying", "value": cited.key.as_str() },
            "target": {
                "source": cited.url.clone().unwrap_or_else(|| format!("urn:sha256:{}", Sha256Hex::of(&cited.text))),
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": slice(start, end).unwrap_or_else(|| found.clone()),
                        "prefix": slice(start.saturating_sub(CONTEXT), start).unwrap_or_default(),
                        "suffix": slice(end, (end + CONTEXT).min(letters.len())).unwrap_or_default(),
                    },
                    { "type": "TextPositionSelector", "start": at.start, "end": at.end },
                ],
            },
        }));
    }
    json!({ "@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "items": items })
}

/// Something in a pack that is not as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The file in the pack, or the archive itself and the byte.
    pub place: String,
    /// What is wrong.
    pub what: String,
}

/// What verifying a pack found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verified {
    /// What the pack says of itself, where that can be read.
    pub manifest: Option<Manifest>,
    /// How many files were compared with their digests.
    pub files: u32,
    /// Everything that is not as it was made; empty for a sound pack.
    pub faults: Vec<Fault>,
    /// The quote lock, held against the words in the pack; nothing where it holds only digests.
    pub check: Option<Check>,
    /// SHA-256 of the pack, to be compared over another way: whoever can write a pack can write a new one.
    pub sha256: Sha256Hex,
}

/// Verifies the bytes of a pack.
pub fn verify(bytes: &[u8]) -> Verified {
    let mut faults = Vec::new();
    let mut found = |place: &str, what: String| faults.push(Fault { place: place.to_owned(), what });
    let files = read(bytes, &mut found);
    let mut compared = 0;
    match files.get(SUMS).map(|sums| std::str::from_utf8(sums)) {
        None => found(SUMS, "there is none, so nothing can be compared".into()),
        Some(Err(_)) => found(SUMS, "it is no text".into()),
        Some(Ok(sums)) => {
            let mut named = vec![SUMS];
            for (at, line) in sums.lines().enumerate() {
                let Some((digest, name)) = line.split_once("  ") else {
                    found(SUMS, format!("line {} is no digest and name", at + 1));
                    continue;
                };
                named.push(name);
                compared += 1;
                match files.get(name) {
                    None => found(name, "it is named in SHA256SUMS and not there, or cannot be read".into()),
                    Some(bytes) if Sha256Hex::of(bytes).as_str() != digest => {
                        found(
                            name,
                            "its SHA-256 is not the one in SHA256SUMS: it, or that line, was changed".into(),
                        );
                    }
                    Some(_) => {}
                }
            }
            for name in files.keys().filter(|name| !named.contains(&name.as_str())) {
                found(name, "SHA256SUMS does not name it: it was added".into());
            }
        }
    }
    let again = build(&files);
    if let Some(at) = first_difference(bytes, &again) {
        let place = format!("archive, byte {at}");
        found(
            &place,
            "the archive is not the one that its files make: its directory or a header was changed".into(),
        );
    }
    let manifest = manifest(&files, &mut found);
    let check = manifest.as_ref().and_then(|manifest| hold(manifest, &files, &mut found));
    Verified { manifest, files: compared, faults, check, sha256: Sha256Hex::of(bytes) }
}

fn read(bytes: &[u8], found: &mut dyn FnMut(&str, String)) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut zip = match zip::ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) => zip,
        Err(error) => {
            found("archive", format!("its directory cannot be read: {error}"));
            return files;
        }
    };
    for at in 0..zip.len() {
        let name = zip.name_for_index(at).and_then(Result::ok).unwrap_or_default().into_owned();
        let file = match zip.by_index(at) {
            Ok(file) => file,
            Err(error) => {
                found(&name, format!("it cannot be read: {error}"));
                continue;
            }
        };
        // Files are stored, so none is larger than the pack; a compressed one could be a bomb.
        if file.compression() != zip::CompressionMethod::Stored {
            found(&name, "it is compressed; the files of a pack are stored as they are".into());
            continue;
        }
        let mut content = Vec::new();
        match file.take(bytes.len() as u64).read_to_end(&mut content) {
            Ok(_) => {
                files.insert(name, content);
            }
            Err(error) => found(&name, format!("it cannot be read: {error}")),
        }
    }
    files
}

fn first_difference(a: &[u8], b: &[u8]) -> Option<usize> {
    let at = a.iter().zip(b).position(|(a, b)| a != b);
    at.or_else(|| (a.len() != b.len()).then(|| a.len().min(b.len())))
}

fn manifest(files: &BTreeMap<String, Vec<u8>>, found: &mut dyn FnMut(&str, String)) -> Option<Manifest> {
    let bytes = files.get(MANIFEST)?;
    match serde_json::from_slice::<Manifest>(bytes) {
        Ok(manifest) if manifest.format != FORMAT => {
            found(MANIFEST, "it is no manifest of an evidence pack".into());
            None
        }
        Ok(manifest) if manifest.version > VERSION => {
            found(MANIFEST, format!("its version {} is newer than this program reads", manifest.version));
            None
        }
        Ok(manifest) => Some(manifest),
        Err(error) => {
            found(MANIFEST, format!("it cannot be read: {error}"));
            None
        }
    }
}

/// Holds the briefing's quotations against the words in the pack.
fn hold(
    manifest: &Manifest,
    files: &BTreeMap<String, Vec<u8>>,
    found: &mut dyn FnMut(&str, String),
) -> Option<Check> {
    if manifest.evidence == PackedEvidence::Hashes {
        return None;
    }
    let text = |name: &str| files.get(name).and_then(|bytes| String::from_utf8(bytes.clone()).ok());
    let mut shelf = Shelf(Vec::new());
    for source in &manifest.sources {
        let Some(words) = source.file.as_deref().and_then(text) else { continue };
        if manifest.evidence == PackedEvidence::Snapshots && Sha256Hex::of(&words) != source.kept.sha256_text
        {
            let place = source.file.as_deref().unwrap_or_default();
            found(place, "it is not the text that the manifest names by its SHA-256".into());
        }
        shelf.0.push(source.cited(words));
    }
    let checked = check(&text(BRIEFING)?, &shelf);
    // A draft may hold what fails, and a source that changed since is not in the pack as it was.
    if manifest.verified.0 == manifest.verified.1 {
        for quotation in checked.quotations.iter().filter(|quotation| quotation.state.stops()) {
            found(
                &format!("{BRIEFING}, line {}", quotation.line),
                format!("the words “{}” do not stand in the pack's source", quotation.text),
            );
        }
    }
    Some(checked)
}

/// The sources of a pack.
struct Shelf(Vec<Cited>);

impl Sources for Shelf {
    fn cited(&self, key: &CiteKey) -> Option<Cited> {
        self.0.iter().find(|cited| cited.key == *key).cloned()
    }
}

impl PackedSource {
    fn cited(&self, text: String) -> Cited {
        let kept = self.kept.clone();
        Cited {
            key: kept.key,
            article_key: kept.article_key,
            title: kept.title,
            outlet: kept.outlet,
            byline: kept.byline,
            published: kept.published,
            url: kept.url,
            credit: kept.credit,
            language: self.language.clone(),
            clipped_at: self.clipped_at.clone(),
            reliability: Reliability::default(),
            credibility: kept.credibility,
            speaker: kept.speaker,
            role: kept.role,
            text,
            blocks: Vec::new(),
            earlier: Vec::new(),
            spans: Vec::new(),
            translation: self.translation.clone(),
        }
    }
}
