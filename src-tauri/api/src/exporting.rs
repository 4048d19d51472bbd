//! Exports: a briefing leaves as a file, or does not leave.
//!
//! The check and the words come from one reading of the library. The file is written beside its
//! place, synced and renamed, so that the former file is whole until the new one is.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use bilat_brief::export::{self, Bibliography, DocxTemplate, Options, Printed};
use bilat_brief::pack::{PackedEvidence, Packing};
use bilat_brief::{Check, Document};
use bilat_core::Sha256Hex;
use bilat_store::{briefing, log};

use crate::sources::FromLibrary;
use crate::{App, Changed, Code, Error, ExportBriefing, Exported, Format, Result};

impl App {
    /// Writes a briefing to a file.
    ///
    /// # Errors
    /// `exists` when a file stands at the path and may not be replaced; `quote_lock`, with the check, when a quotation is altered, missing or uncited and no draft was
    /// asked for; `io` when the file cannot be written. The former file is left as it was.
    pub async fn export_briefing(&self, request: ExportBriefing) -> Result<Exported> {
        let ExportBriefing { id, format, path, draft, replace, pandoc, evidence, template } = request;
        if !replace.unwrap_or_default() && Path::new(&path).exists() {
            let message = format!(
                "exporting briefing {id}: {path} is there already; replace it, or choose another name"
            );
            return Err(Error::new(Code::Exists, message));
        }
        let template = template.as_deref().map(read_template).transpose()?;
        let now = self.now();
        let request =
            Written { format, draft, pandoc: pandoc.unwrap_or_default(), evidence, now: now.clone() };
        let (written, check) = self
            .read(move |conn| {
                let markdown = briefing::read(conn, id)?.markdown;
                let sources = FromLibrary::new(conn);
                let document = bilat_brief::parse(&markdown);
                let check = bilat_brief::check_document(&document, &markdown, &sources);
                let works = Bibliography::new(&document, &sources);
                let briefing =
                    Briefing { markdown: &markdown, document: &document, check: &check, works: &works };
                // What a stopped export would have been is not worth the work.
                let written = (draft || check.passes()).then(|| briefing.write(&request, template.as_ref()));
                Ok((written, check))
            })
            .await?;
        let Some(written) = written else {
            let count = check.quotations.iter().filter(|quotation| quotation.state.stops()).count();
            let message = format!(
                "exporting briefing {id}: {count} of {} quotations cannot be verified, so nothing was written; \
                 mend them, or export as a draft",
                check.total
            );
            return Err(Error { check: Some(Box::new(check)), ..Error::new(Code::QuoteLock, message) });
        };
        let Made { bytes, beside, remarks } =
            written.map_err(|error| Error::new(Code::Io, format!("exporting briefing {id}: {error}")))?;
        let size = bytes.len() as u64;
        let sha256 = Sha256Hex::of(&bytes);
        let target = path.clone();
        let writing = tokio::task::spawn_blocking(move || {
            // The works first: a Markdown file that names them never stands without them.
            if let Some(beside) = beside {
                write_file(&Path::new(&target).with_extension("csl.json"), &beside)?;
            }
            write_file(Path::new(&target), &bytes)
        });
        writing
            .await
            .map_err(|error| Error::new(Code::Io, format!("exporting briefing {id}: {error}")))??;
        let details = serde_json::json!({ "path": path, "draft": draft, "sha256": sha256, "verified": check.verified, "total": check.total });
        self.write(Changed::Briefings, move |tx| {
            log::append(tx, &now, "briefing exported", &format!("briefing {id}"), &details)
        })
        .await?;
        Ok(Exported { path, bytes: size, check, remarks })
    }
}

/// What was asked for.
struct Written {
    format: Format,
    draft: bool,
    pandoc: bool,
    evidence: Option<PackedEvidence>,
    now: String,
}

/// A file that is to be written.
struct Made {
    bytes: Vec<u8>,
    /// What is written beside it.
    beside: Option<Vec<u8>>,
    /// What a person should know of it, one line each.
    remarks: Vec<String>,
}

/// A briefing at one moment.
struct Briefing<'a> {
    markdown: &'a str,
    document: &'a Document,
    check: &'a Check,
    works: &'a Bibliography,
}

impl Briefing<'_> {
    fn write(&self, request: &Written, template: Option<&DocxTemplate>) -> std::result::Result<Made, String> {
        let draft = request.draft && !self.check.passes();
        let options = Options { draft, footnotes: !(request.pandoc && request.format == Format::Markdown) };
        let mut remarks = Vec::new();
        let bytes = match request.format {
            Format::Markdown => self.markdown(options),
            Format::Html => self.html(options),
            Format::Docx => self.docx(options, template),
            Format::Pdf => self.pdf(options, &mut remarks)?,
            Format::Pack => self.pack(options, request, &mut remarks)?,
        };
        let works = || serde_json::to_vec_pretty(&export::csl_json(self.works)).unwrap_or_default();
        Ok(Made { bytes, beside: (!options.footnotes).then(works), remarks })
    }

    #[cfg(feature = "pdf")]
    fn pdf(&self, options: Options, remarks: &mut Vec<String>) -> std::result::Result<Vec<u8>, String> {
        let printed = Printed::new(self.document, self.check, self.works, options);
        let pdf = bilat_pdf::pdf(&printed, crate::fonts::installed).map_err(|error| error.to_string())?;
        if !pdf.missing.is_empty() {
            let some: String = pdf.missing.iter().take(20).collect();
            remarks.push(format!(
                "no font here has {} of its characters ({some}): they show as boxes, and the PDF keeps to no archive \
                 standard; install a font for them and export again",
                pdf.missing.len()
            ));
        }
        Ok(pdf.bytes)
    }

    #[cfg(not(feature = "pdf"))]
    #[allow(clippy::unused_self, reason = "the same call as in a build with pages")]
    fn pdf(&self, _: Options, _: &mut Vec<String>) -> std::result::Result<Vec<u8>, String> {
        Err("this build of Bilat has no PDF; choose another format".to_owned())
    }

    fn markdown(&self, options: Options) -> Vec<u8> {
        export::markdown(self.markdown, self.document, self.check, self.works, options).into_bytes()
    }

    fn html(&self, options: Options) -> Vec<u8> {
        export::html(self.document, self.check, self.works, options).into_bytes()
    }

    fn docx(&self, options: Options, template: Option<&DocxTemplate>) -> Vec<u8> {
        export::docx(&Printed::new(self.document, self.check, self.works, options), template)
    }

    fn pack(
        &self,
        options: Options,
        request: &Written,
        remarks: &mut Vec<String>,
    ) -> std::result::Result<Vec<u8>, String> {
        let title = bilat_brief::title(self.markdown);
        let mut exports = vec![
            // With the citations themselves: a headline in a note is no quotation to be verified.
            ("briefing.md", self.markdown(Options { footnotes: false, ..options })),
            ("briefing.html", self.html(options)),
            ("briefing.docx", self.docx(options, None)),
        ];
        if cfg!(feature = "pdf") {
            exports.push(("briefing.pdf", self.pdf(options, remarks)?));
        }
        let packing = Packing {
            head: &self.document.front_matter,
            title: &title,
            check: self.check,
            works: self.works,
            evidence: request.evidence.unwrap_or_default(),
            made_at: &request.now,
            exports,
        };
        Ok(packing.pack())
    }
}

/// Reads the DOCX file that gives another its looks.
fn read_template(path: &str) -> Result<DocxTemplate> {
    let fail = |reason: String| Error::bad_input(format!("reading the template {path}: {reason}"));
    let bytes = std::fs::read(path).map_err(|error| fail(error.to_string()))?;
    DocxTemplate::read(&bytes).map_err(|error| fail(error.to_string()))
}

/// Writes `bytes` to `path` whole or not at all: beside it, synced, renamed, the folder synced.
///
/// # Errors
/// `io` when it cannot be written; what stood at `path` is left as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let fail = |error: io::Error| {
        Error::new(
            Code::Io,
            format!("writing {}: {error}; the former file, if any, is as it was", path.display()),
        )
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if !folder.is_dir() {
        let message =
            format!("writing {}: there is no folder {}; make it first", path.display(), folder.display());
        return Err(Error::new(Code::Io, message));
    }
    let mut file = tempfile::Builder::new().prefix(".bilat-").tempfile_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    readable(file.as_file()).map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    // Where a folder cannot be synced (Windows), the rename is as durable as the system makes it.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A temporary file is its maker's alone; a document is for others too, as the folder allows.
#[cfg(unix)]
fn readable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &File) -> io::Result<()> {
    Ok(())
}
