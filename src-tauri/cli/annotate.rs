//! `bilat annotate`: marks a passage.

use bilat_core::{Actor, AnnotationKind, Credibility, Edtf, Mode, Stance, StatementDraft};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Mark a passage; with a speaker it becomes a statement
#[derive(Args)]
pub struct Annotate {
    /// The article's number or cite key
    id: String,
    /// The words as they stand in the article
    #[arg(long, value_name = "TEXT")]
    exact: String,
    /// What stands before them, where they occur more than once
    #[arg(long, value_name = "TEXT")]
    prefix: Option<String>,
    /// What stands after them, where they occur more than once
    #[arg(long, value_name = "TEXT")]
    suffix: Option<String>,
    /// A note, Markdown
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// What the passage is
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// A tag; may be given more than once
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Full name of who said it
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// The speaker's role on the day
    #[arg(long)]
    role: Option<String>,
    /// The organisation spoken for
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The side spoken for, such as RU
    #[arg(long)]
    country: Option<Actor>,
    /// The side spoken about
    #[arg(long, value_name = "COUNTRY")]
    about: Option<Actor>,
    /// The day it was said
    #[arg(long, value_name = "DATE")]
    said_on: Option<Edtf>,
    /// How the words are given
    #[arg(long, value_enum)]
    mode: Option<Given>,
    /// Attitude to the other side, -2 to 2
    #[arg(long, allow_hyphen_values = true, value_parser = stance)]
    stance: Option<Stance>,
    /// How far the item is borne out, 1 to 6
    #[arg(long, value_parser = credibility)]
    credibility: Option<Credibility>,
    /// The matter under discussion
    #[arg(long)]
    issue: Option<String>,
    /// Where it was said
    #[arg(long)]
    venue: Option<String>,
    /// The words in the briefing's language
    #[arg(long, value_name = "TEXT")]
    translation: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Quote,
    Fact,
    Figure,
    Judgement,
    ToCheck,
}

#[derive(Clone, Copy, ValueEnum)]
enum Given {
    Direct,
    Indirect,
    Mixed,
    Paraphrase,
}

fn stance(text: &str) -> Result<Stance, String> {
    text.parse::<i8>().map_err(|error| error.to_string()).and_then(Stance::try_from)
}

fn credibility(text: &str) -> Result<Credibility, String> {
    text.parse::<u8>().map_err(|error| error.to_string()).and_then(Credibility::try_from)
}

impl Annotate {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let statement = StatementDraft {
            speaker: self.speaker,
            role: self.role,
            organisation: self.organisation,
            country: self.country,
            about: self.about,
            venue: self.venue,
            said_on: self.said_on,
            mode: self.mode.map(Mode::from),
            translation: self.translation,
            issue: self.issue,
            stance: self.stance,
            credibility: self.credibility,
            ..StatementDraft::default()
        };
        let request = bilat_api::Annotate {
            article: self.id,
            exact: Some(self.exact),
            prefix: self.prefix,
            suffix: self.suffix,
            kind: self.kind.map(AnnotationKind::from),
            note: self.note,
            tags: Some(self.tags),
            statement: Some(statement).filter(|draft| *draft != StatementDraft::default()),
            ..bilat_api::Annotate::default()
        };
        let annotation = wait(library.existing()?.annotate(request))?;
        let key = annotation.statement.as_ref().map(|statement| statement.key.clone());
        let answer = json!({ "id": annotation.id, "key": key, "state": annotation.state });
        out.show(&answer, |_| match &key {
            Some(key) => format!("{}  [@{key}]  “{}”", annotation.id, annotation.exact),
            None => format!("{}  “{}”", annotation.id, annotation.exact),
        })?;
        Ok(Outcome::Done)
    }
}

impl From<Kind> for AnnotationKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Quote => Self::Quote,
            Kind::Fact => Self::Fact,
            Kind::Figure => Self::Figure,
            Kind::Judgement => Self::Judgement,
            Kind::ToCheck => Self::ToCheck,
        }
    }
}

impl From<Given> for Mode {
    fn from(given: Given) -> Self {
        match given {
            Given::Direct => Self::Direct,
            Given::Indirect => Self::Indirect,
            Given::Mixed => Self::Mixed,
            Given::Paraphrase => Self::Paraphrase,
        }
    }
}
