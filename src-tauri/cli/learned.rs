//! `bilat learned`: what was learned from corrections, taught, forgotten.

use bilat_api::{ById, Nothing, Teach};
use bilat_core::{Actor, Knowledge, KnowledgeId, Lesson};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// List what Bilat learned from your corrections, teach it words, or make it forget
#[derive(Args)]
pub struct Learned {
    /// Teach that these words are a country or organisation, or none; with --name, a person
    #[arg(long, value_name = "WORDS")]
    teach: Option<String>,
    /// The person whom the words name, in full
    #[arg(long, value_name = "NAME", requires = "teach")]
    name: Option<String>,
    /// What that person is, where a text does not say
    #[arg(long, value_name = "ROLE", requires = "name")]
    role: Option<String>,
    /// What the words or the person stand for; without it words are no country
    #[arg(long, value_name = "CODE|NAME", requires = "teach")]
    country: Option<Actor>,
    /// Forget this lesson
    #[arg(long, value_name = "ID")]
    forget: Option<KnowledgeId>,
    /// Go through the whole library with what is known now; what you accepted or rejected stays
    #[arg(long)]
    again: bool,
}

impl Learned {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        if let Some(id) = self.forget {
            wait(app.forget_knowledge(ById { id }))?;
        }
        if let Some(words) = self.teach {
            let lesson = match self.name {
                Some(name) => Lesson::Person { named: words, name, role: self.role, country: self.country },
                None => Lesson::Place { words, country: self.country },
            };
            wait(app.teach(Teach { lesson }))?;
        }
        if self.again {
            wait(app.reanalyse())?;
        }
        let known = wait(app.list_knowledge(Nothing {}))?;
        out.show(&known, |known| known.iter().map(describe).collect())?;
        Ok(Outcome::Done)
    }
}

fn describe(known: &Knowledge) -> String {
    let name = |country: &Option<Actor>| country.map_or("no country", Actor::name);
    let meaning = match &known.lesson {
        Lesson::Place { country, .. } => name(country).to_owned(),
        Lesson::Person { name: full, role, country, .. } => {
            let rest = [role.as_deref(), country.map(Actor::name)];
            std::iter::once(full.as_str()).chain(rest.into_iter().flatten()).collect::<Vec<_>>().join(", ")
        }
    };
    format!("{}  “{}” is {meaning}\n", known.id, known.lesson.words())
}
