//! `bilat brief …`: drafts, checks, exports.

use std::path::PathBuf;

use bilat_api::{Affected, DraftBriefing, EditionComparison, ExportBriefing, Format, Nothing, SaveBriefing};
use bilat_brief::pack::PackedEvidence;
use bilat_brief::{
    Check, CheckedQuotation, DiffKind, DiffPart, QuoteState, SourceChange, SourceChangeKind, TextChange,
};
use bilat_core::{Actor, BriefingId, Dyad, Edtf, Template};
use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::{Printer, line};
use crate::{Outcome, document};

/// Draft, check and export briefings
#[derive(Args)]
#[command(arg_required_else_help = true)]
pub struct Brief {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Draft a briefing from a pair's accepted evidence and keep it
    Draft {
        /// The pair, such as US-RU; the first is side A
        #[arg(long, value_parser = pair)]
        pair: (Actor, Actor),
        /// The shape it starts from
        #[arg(long, value_enum, default_value = "in-focus")]
        template: Shape,
        /// Leave out what was said before
        #[arg(long, value_name = "DATE")]
        since: Option<Edtf>,
        /// Leave out what was said after
        #[arg(long, value_name = "DATE")]
        until: Option<Edtf>,
        /// Also write the Markdown to a file
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// List the briefings
    List,
    /// Print a briefing's Markdown
    Show {
        /// Its number
        id: BriefingId,
    },
    /// Save a file as a briefing's next revision
    Edit {
        /// Its number
        id: BriefingId,
        /// The Markdown; standard input when it is -
        file: PathBuf,
    },
    /// Hold every quotation against its source; exit code 3 when one is altered, missing or uncited
    Check {
        /// A Markdown file, or the number of a briefing
        source: String,
    },
    /// Write a briefing to a file; exit code 3 when the quote lock stops it
    Export {
        /// Its number
        id: BriefingId,
        /// The format
        #[arg(long, value_enum)]
        format: Form,
        /// The file
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Export although the quote lock fails, marked DRAFT on every page
        #[arg(long)]
        draft: bool,
        /// Markdown: keep Pandoc's citations, and write the works as CSL-JSON beside the file
        #[arg(long)]
        pandoc: bool,
        /// Pack: how much of the sources goes in
        #[arg(long, value_enum, value_name = "WHAT")]
        evidence: Option<Evidence>,
        /// DOCX: a DOCX file that gives its looks
        #[arg(long, value_name = "FILE")]
        template: Option<PathBuf>,
    },
    /// Freeze a briefing with its evidence as its next edition; exit code 3 when the quote lock stops it
    Freeze {
        /// Its number
        id: BriefingId,
    },
    /// Show what changed since an edition: the text, and the sources it rests on
    Diff {
        /// The briefing's number
        id: BriefingId,
        /// The number of the edition; the last one when left out
        edition: Option<u32>,
        /// Compare with this later edition instead of the briefing as it stands
        #[arg(long, value_name = "EDITION")]
        with: Option<u32>,
    },
    /// Draft “since the last edition” from what was accepted and what changed in the sources
    Changes {
        /// The briefing's number
        id: BriefingId,
    },
    /// Draft the tables and the sourcing statement of a briefing anew from the evidence, and show what differs
    Refresh {
        /// The briefing's number
        id: BriefingId,
        /// Save the result as the briefing's next revision
        #[arg(long)]
        save: bool,
    },
    /// List the editions whose sources were corrected, graded otherwise or changed since, and the
    /// sentences that rest on them
    Impact,
}

#[derive(Clone, Copy, ValueEnum)]
enum Evidence {
    Snapshots,
    Passages,
    Hashes,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    Alert,
    InFocus,
    Long,
    Readout,
    Weekly,
}

#[derive(Clone, Copy, ValueEnum)]
enum Form {
    Md,
    Html,
    Docx,
    Pdf,
    Pack,
}

/// Two actors in the order given.
fn pair(text: &str) -> Result<(Actor, Actor), String> {
    let dyad: Dyad = text.parse().map_err(|error: bilat_core::BadDyad| error.to_string())?;
    // The dyad has no order; the text has: whichever side it starts with comes first.
    let starts_with_a =
        text.char_indices().any(|(at, c)| !c.is_alphanumeric() && text[..at].parse() == Ok(dyad.a()));
    Ok(if starts_with_a { (dyad.a(), dyad.b()) } else { (dyad.b(), dyad.a()) })
}

impl Brief {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        match self.command {
            Command::Draft { pair: (left, right), template, since, until, output } => {
                let request = DraftBriefing { left, right, template: Some(template.into()), since, until };
                let briefing = wait(library.existing()?.draft_briefing(request))?;
                if let Some(path) = &output {
                    bilat_api::write_file(path, briefing.markdown.as_bytes())?;
                }
                let answer =
                    json!({ "id": briefing.id, "title": briefing.title, "markdown": briefing.markdown });
                out.show(&answer, |_| match &output {
                    Some(path) => format!("{}  {}  {}", briefing.id, briefing.title, path.display()),
                    None => briefing.markdown.clone(),
                })?;
            }
            Command::List => {
                let briefings = wait(library.existing()?.list_briefings(Nothing {}))?;
                out.show(&briefings, |briefings| {
                    briefings.iter().map(|row| format!("{}  {}  {}\n", row.id, row.dyad, row.title)).collect()
                })?;
            }
            Command::Show { id } => {
                let briefing = wait(library.existing()?.read_briefing(bilat_api::ById { id }))?;
                out.show(&briefing, |briefing| briefing.markdown.clone())?;
            }
            Command::Edit { id, file } => {
                let markdown = document::read_text(Some(&file))?;
                let app = library.existing()?;
                let revision = wait(app.read_briefing(bilat_api::ById { id }))?.revision;
                let saved = wait(app.save_briefing(SaveBriefing { id, markdown, revision }))?;
                let answer = json!({ "id": saved.id, "revision": saved.revision });
                out.show(&answer, |_| format!("{}  revision {}", saved.id, saved.revision))?;
            }
            Command::Check { source } => {
                let app = library.existing()?;
                let markdown = match source.parse() {
                    Ok(id) if !std::path::Path::new(&source).exists() => {
                        wait(app.read_briefing(bilat_api::ById { id }))?.markdown
                    }
                    _ => document::read_text(Some(source.as_ref()))?,
                };
                let check = wait(app.check_briefing(bilat_api::Markdown { markdown }))?;
                out.show(&check, describe)?;
                return Ok(if check.passes() { Outcome::Done } else { Outcome::Found });
            }
            Command::Export { id, format, output, draft, pandoc, evidence, template } => {
                let path = std::path::absolute(&output).unwrap_or(output).display().to_string();
                let request = ExportBriefing {
                    id,
                    format: format.into(),
                    path,
                    draft,
                    replace: Some(true),
                    pandoc: Some(pandoc),
                    evidence: evidence.map(Into::into),
                    template: template.map(|path| path.display().to_string()),
                };
                match wait(library.existing()?.export_briefing(request)) {
                    Ok(exported) => out.show(&exported, |exported| {
                        let Check { verified, total, .. } = &exported.check;
                        let mut text = format!(
                            "{}  {} bytes  {verified} of {total} quotations verified",
                            exported.path, exported.bytes
                        );
                        exported.remarks.iter().for_each(|remark| text.push_str(&format!("\n{remark}")));
                        text
                    })?,
                    Err(Failure::Door(error)) if error.check.is_some() => {
                        if let Some(check) = &error.check {
                            line(&describe(check))?;
                        }
                        return Err(error.into());
                    }
                    Err(failure) => return Err(failure),
                }
            }
            Command::Freeze { id } => match wait(library.existing()?.freeze_briefing(bilat_api::ById { id }))
            {
                Ok(edition) => out.show(&edition, |edition| {
                    format!("{id}  edition {}  {}  {}", edition.number, edition.frozen_at, edition.sha256)
                })?,
                Err(Failure::Door(error)) if error.check.is_some() => {
                    if let Some(check) = &error.check {
                        line(&describe(check))?;
                    }
                    return Err(error.into());
                }
                Err(failure) => return Err(failure),
            },
            Command::Diff { id, edition, with } => {
                let request = bilat_api::CompareEditions { id, edition, with };
                let comparison = wait(library.existing()?.compare_editions(request))?;
                out.show(&comparison, compared)?;
            }
            Command::Changes { id } => {
                let changes = wait(library.existing()?.draft_changes(bilat_api::ById { id }))?;
                out.show(&changes, |changes| format!("{}\n", changes.markdown))?;
            }
            Command::Refresh { id, save } => {
                let app = library.existing()?;
                let refreshed = wait(app.refresh_briefing(bilat_api::ById { id }))?;
                if save && !refreshed.blocks.is_empty() {
                    let revision = wait(app.read_briefing(bilat_api::ById { id }))?.revision;
                    let markdown = refreshed.markdown.clone();
                    wait(app.save_briefing(SaveBriefing { id, markdown, revision }))?;
                }
                out.show(&refreshed, |refreshed| {
                    if refreshed.blocks.is_empty() {
                        return "nothing differs\n".to_owned();
                    }
                    refreshed.changes.iter().map(text_change).collect()
                })?;
            }
            Command::Impact => {
                let affected = wait(library.existing()?.list_affected(Nothing {}))?;
                out.show(&affected, |affected| affected.iter().map(affected_lines).collect())?;
            }
        }
        Ok(Outcome::Done)
    }
}

/// What changed, a line a paragraph and a line a source: `-` was there, `+` is there, `~` differs.
fn compared(comparison: &EditionComparison) -> String {
    let mut text = format!("since edition {} of {}\n", comparison.from.number, comparison.from.frozen_at);
    text.extend(comparison.changes.text.iter().map(text_change));
    for change in &comparison.changes.sources {
        text.push_str(&source_line(change));
    }
    if comparison.changes.is_empty() {
        text.push_str("nothing changed\n");
    }
    text
}

fn text_change(change: &TextChange) -> String {
    let mark = match change.parts.as_slice() {
        [DiffPart { kind: DiffKind::Source, .. }] => '-',
        [DiffPart { kind: DiffKind::Draft, .. }] => '+',
        _ => '~',
    };
    let words = |part: &DiffPart| match part.kind {
        DiffKind::Source if mark == '~' => format!("[-{}-]", part.text),
        DiffKind::Draft if mark == '~' => format!("{{+{}+}}", part.text),
        _ => part.text.clone(),
    };
    let words: String = change.parts.iter().map(words).collect();
    format!("{mark} {}: {}\n", change.heading, words.replace('\n', " "))
}

fn source_line(change: &SourceChange) -> String {
    let what = match change.what {
        SourceChangeKind::Cited => "cited now",
        SourceChangeKind::Dropped => "cited no longer",
        SourceChangeKind::Gone => "not in the library any more",
        SourceChangeKind::NewText => "reads otherwise; the quoted words still stand",
        SourceChangeKind::WordsGone => "no longer has the quoted words",
        SourceChangeKind::Reliability => "reliability",
        SourceChangeKind::Credibility => "credibility",
        SourceChangeKind::Corrected => "corrected",
    };
    format!("[@{}] {what}: {} → {}\n", change.key, change.before, change.after)
}

fn affected_lines(affected: &Affected) -> String {
    let mut text = format!(
        "briefing {}  edition {}  {}\n",
        affected.edition.briefing, affected.edition.number, affected.title
    );
    for change in &affected.changes {
        text.push_str(&format!("  {}", source_line(change)));
    }
    for (line, words) in &affected.sentences {
        text.push_str(&format!("  line {line}: {words}\n"));
    }
    text
}

/// What a person needs of a check: what failed with the source's own words, then keys that name nothing,
/// what was not taken as written, the language, and the sum.
fn describe(check: &Check) -> String {
    let mut text = String::new();
    for quotation in check.quotations.iter().filter(|quotation| !quotation.state.is_verified()) {
        text.push_str(&problem(quotation));
    }
    for unknown in &check.unknown_keys {
        text.push_str(&format!(
            "line {}: unknown key: [@{}] names nothing here\n",
            unknown.line, unknown.key
        ));
    }
    for (line, warning) in &check.warnings {
        text.push_str(&format!("line {line}: {warning}\n"));
    }
    for finding in &check.language {
        let advice = match (&finding.waived, &finding.suggestion) {
            (Some(reason), _) => format!("set aside: {reason}"),
            (None, Some(words)) => format!("{} Such as “{words}”.", finding.advice),
            (None, None) => finding.advice.clone(),
        };
        text.push_str(&format!("line {}: {}: “{}” — {advice}\n", finding.line, finding.rule, finding.text));
    }
    text.push_str(&format!("{} of {} quotations verified\n", check.verified, check.total));
    text
}

fn problem(quotation: &CheckedQuotation) -> String {
    let state = match quotation.state {
        QuoteState::Verified => "verified",
        QuoteState::Typography => "typography",
        QuoteState::Elided => "elided",
        QuoteState::Altered => "altered",
        QuoteState::Missing => "missing",
        QuoteState::SourceChanged => "source changed",
        QuoteState::Uncited => "uncited",
    };
    let key = quotation.key.as_ref().map_or(String::new(), |key| format!(" [@{key}]"));
    let found = quotation.found.as_ref().map_or(String::new(), |found| format!("    source: “{found}”\n"));
    format!("line {}: {state}: “{}”{key}\n{found}", quotation.line, quotation.text)
}

impl From<Shape> for Template {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Alert => Self::Alert,
            Shape::InFocus => Self::InFocus,
            Shape::Long => Self::Long,
            Shape::Readout => Self::Readout,
            Shape::Weekly => Self::Weekly,
        }
    }
}

impl From<Evidence> for PackedEvidence {
    fn from(evidence: Evidence) -> Self {
        match evidence {
            Evidence::Snapshots => Self::Snapshots,
            Evidence::Passages => Self::Passages,
            Evidence::Hashes => Self::Hashes,
        }
    }
}

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Md => Self::Markdown,
            Form::Html => Self::Html,
            Form::Docx => Self::Docx,
            Form::Pdf => Self::Pdf,
            Form::Pack => Self::Pack,
        }
    }
}
