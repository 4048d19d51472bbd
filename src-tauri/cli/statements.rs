//! `bilat statements`: the quote register.

use std::io::Write;
use std::path::PathBuf;

use bilat_api::{ExportStatements, ListStatements, StatementFormat};
use bilat_core::{Actor, AnnotationState, Dyad, Edtf, Reliability, Stance, Statement};
use clap::{Args, ValueEnum};

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::{Printer, line};

/// Print the register of statements, or write it to a file
#[derive(Args)]
pub struct Statements {
    /// Only those of a pair, such as US-RU
    #[arg(long)]
    pair: Option<Dyad>,
    /// Only those of a speaker: the whole name, in any of its spellings
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only those that speak for a country or body
    #[arg(long)]
    country: Option<Actor>,
    /// Only those about a country or body
    #[arg(long, value_name = "COUNTRY")]
    about: Option<Actor>,
    /// Only those on an issue; on none where it is empty
    #[arg(long)]
    issue: Option<String>,
    /// Only those of a stance from -2 to 2, or none; may be given more than once
    #[arg(long, value_name = "N", allow_hyphen_values = true, value_parser = stance)]
    stance: Vec<StanceIs>,
    /// Only those given so
    #[arg(long, value_enum)]
    mode: Option<Mode>,
    /// Only those from sources of this reliability, A to F
    #[arg(long, value_name = "LETTER", value_parser = reliability)]
    reliability: Option<Reliability>,
    /// Only those said on this day or later
    #[arg(long, value_name = "DATE")]
    since: Option<Edtf>,
    /// Only those said on this day or earlier
    #[arg(long, value_name = "DATE")]
    until: Option<Edtf>,
    /// Only those whose words a person must look at, since the article changed
    #[arg(long)]
    needs_review: bool,
    /// Only those with these words, or by this speaker
    #[arg(long, value_name = "WORDS")]
    query: Option<String>,
    /// The form to print or write in
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that stands there
    #[arg(long, requires = "output")]
    replace: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Json,
    Csv,
    Xlsx,
    Jsonld,
}

#[derive(Clone, Copy, ValueEnum)]
enum Mode {
    Direct,
    Indirect,
    Mixed,
    Paraphrase,
}

/// A stance, or that none was set.
#[derive(Clone, Copy)]
struct StanceIs(Option<Stance>);

fn stance(text: &str) -> Result<StanceIs, String> {
    if text == "none" {
        return Ok(StanceIs(None));
    }
    let number: i8 = text.parse().map_err(|_| format!("“{text}” is no stance; write -2 to 2, or none"))?;
    Stance::try_from(number).map(|stance| StanceIs(Some(stance)))
}

fn reliability(text: &str) -> Result<Reliability, String> {
    match text {
        "A" | "a" => Ok(Reliability::A),
        "B" | "b" => Ok(Reliability::B),
        "C" | "c" => Ok(Reliability::C),
        "D" | "d" => Ok(Reliability::D),
        "E" | "e" => Ok(Reliability::E),
        "F" | "f" => Ok(Reliability::F),
        _ => Err(format!("“{text}” is no reliability; write a letter from A to F")),
    }
}

impl Statements {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        let filter = ListStatements {
            pair: self.pair,
            speaker: self.speaker,
            country: self.country,
            about: self.about,
            issue: self.issue,
            stances: self.stance.into_iter().map(|StanceIs(stance)| stance).collect(),
            mode: self.mode.map(bilat_core::Mode::from),
            reliability: self.reliability,
            since: self.since,
            until: self.until,
            state: self.needs_review.then_some(AnnotationState::NeedsReview),
            query: self.query,
            ..ListStatements::default()
        };
        let named = self.output.as_ref().and_then(|path| path.extension()?.to_str().and_then(Form::of));
        let form = self.format.or(named);
        if let Some(path) = self.output {
            let form = form.ok_or_else(|| {
                Failure::Other(format!("writing {}: say which --format it is to have", path.display()))
            })?;
            let path =
                std::path::absolute(&path).map_err(|error| Failure::io("writing", path.display(), &error))?;
            let request = ExportStatements {
                filter,
                format: form.into(),
                path: path.display().to_string(),
                replace: Some(self.replace),
            };
            let exported = wait(app.export_statements(request))?;
            out.show(&exported, |exported| {
                format!("{}  {} bytes  {} statements", exported.path, exported.bytes, exported.statements)
            })?;
            return Ok(Outcome::Done);
        }
        match form {
            Some(Form::Json) => self::json(&wait(app.list_statements(filter))?.rows, out)?,
            Some(form) => {
                let (_, bytes) = wait(app.statements_file(filter, form.into()))?;
                let mut to = std::io::stdout().lock();
                to.write_all(&bytes)
                    .and_then(|()| to.flush())
                    .map_err(|error| Failure::io("writing to", "standard output", &error))?;
            }
            None if out.json => self::json(&wait(app.list_statements(filter))?.rows, out)?,
            None => line(&wait(app.list_statements(filter))?.rows.iter().map(describe).collect::<String>())?,
        }
        Ok(Outcome::Done)
    }
}

fn json(rows: &[Statement], out: &Printer) -> Result<(), Failure> {
    out.json(&rows.iter().map(bilat_api::statement_json).collect::<Vec<_>>())
}

impl Form {
    /// The form that a file's name says.
    fn of(extension: &str) -> Option<Self> {
        Self::from_str(extension, true).ok()
    }
}

impl From<Form> for StatementFormat {
    fn from(form: Form) -> Self {
        match form {
            Form::Json => Self::Json,
            Form::Csv => Self::Csv,
            Form::Xlsx => Self::Xlsx,
            Form::Jsonld => Self::Jsonld,
        }
    }
}

impl From<Mode> for bilat_core::Mode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Direct => Self::Direct,
            Mode::Indirect => Self::Indirect,
            Mode::Mixed => Self::Mixed,
            Mode::Paraphrase => Self::Paraphrase,
        }
    }
}

fn describe(statement: &Statement) -> String {
    let side = statement.country.map_or("??", |country| country.code());
    let date =
        statement.said_on.as_ref().or(statement.published.as_ref()).map_or("undated", |date| date.as_str());
    let speaker = statement.speaker.as_deref().unwrap_or("unknown speaker");
    let state = match statement.state {
        AnnotationState::Anchored => "",
        AnnotationState::Placed => "  (placed by hand)",
        AnnotationState::NeedsReview => "  (needs review)",
        AnnotationState::Missing => "  (missing)",
    };
    let mut text = format!("[@{}]  {date}  {side}  {speaker}: “{}”{state}\n", statement.key, statement.text);
    if let Some(translation) = &statement.translation {
        let by = statement.translator.as_deref().map_or(String::new(), |name| format!(", {name}"));
        text.push_str(&format!("    translated{by}: {translation}\n"));
    }
    text
}
