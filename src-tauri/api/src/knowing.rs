//! Local knowledge: what a person accepts and corrects is known from then on, listed, and taken back
//! at will. It is kept in the library and made ready once for all texts.

use std::sync::Arc;

use bilat_analysis::{Known, KnownPerson};
use bilat_core::{Knowledge, KnowledgeId, LearnedFrom, Lesson, StatementDraft, Suggested};
use bilat_store::{Connection, Transaction, knowledge, search};

use crate::{App, ById, Changed, Nothing, Result, Teach};

/// How many articles a lesson is applied to at once; the newest, as the desk reads them. The others follow
/// when the library is analysed again.
const AT_ONCE: u32 = 200;

/// The most words that a name can have to be learned by itself.
const NAME_WORDS: usize = 4;

/// What the library knows, ready for the analysis.
pub(crate) fn known(conn: &Connection) -> bilat_store::Result<Known> {
    let mut people = Vec::new();
    let mut places = Vec::new();
    // The oldest first, so that a later lesson on a name in full stands above an earlier one.
    for lesson in knowledge::list(conn)?.into_iter().rev() {
        match lesson.lesson {
            Lesson::Person { named, name, role, country } => {
                people.push((named, KnownPerson { name, role, country }));
            }
            Lesson::Place { words, country } => places.push((words, country)),
        }
    }
    Ok(Known::new(people, places))
}

impl App {
    /// What was taught, ready for the analysis.
    pub(crate) fn known(&self) -> Arc<Known> {
        self.known.read().expect("nobody panics while holding it").clone()
    }

    /// Teaches: a name that is a person, or words that are a country or none. What is suggested in the newest
    /// articles that hold the words changes at once.
    ///
    /// # Errors
    /// `bad_input` when no words are given.
    pub async fn teach(&self, request: Teach) -> Result<Option<Knowledge>> {
        let now = self.now();
        let words = request.lesson.words().to_owned();
        let learned = self
            .write(Changed::Knowledge, move |tx| {
                let id = knowledge::learn(tx, &request.lesson, LearnedFrom::Taught, &now)?;
                id.map(|id| knowledge::read(tx, id)).transpose()
            })
            .await?;
        if learned.is_some() {
            self.apply(words).await?;
        }
        Ok(learned)
    }

    /// Everything taught and learned, the newest first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_knowledge(&self, _: Nothing) -> Result<Vec<Knowledge>> {
        self.read(knowledge::list).await
    }

    /// Forgets a lesson; it can be restored.
    ///
    /// # Errors
    /// `not_found` when there is no such lesson.
    pub async fn forget_knowledge(&self, request: ById<KnowledgeId>) -> Result<Nothing> {
        let now = self.now();
        let words = self
            .write(Changed::Knowledge, move |tx| {
                knowledge::forget(tx, request.id, &now)?;
                Ok(knowledge::read(tx, request.id)?.lesson.words().to_owned())
            })
            .await?;
        self.apply(words).await?;
        Ok(Nothing {})
    }

    /// Brings a forgotten lesson back.
    pub(crate) async fn restore_knowledge(&self, request: ById<KnowledgeId>) -> Result<Knowledge> {
        let now = self.now();
        let lesson = self
            .write(Changed::Knowledge, move |tx| {
                knowledge::restore(tx, request.id, &now)?;
                knowledge::read(tx, request.id)
            })
            .await?;
        self.apply(lesson.lesson.words().to_owned()).await?;
        Ok(lesson)
    }

    /// Uses what was just learned on `words`: in every text to come, and now in the newest that hold them.
    pub(crate) async fn apply(&self, words: String) -> Result<()> {
        let (known, articles) =
            self.read(move |conn| Ok((known(conn)?, search::articles_with(conn, &words, AT_ONCE)?))).await?;
        *self.known.write().expect("nobody panics while holding it") = Arc::new(known);
        for article in articles {
            self.suggest_again(article).await?;
        }
        Ok(())
    }
}

/// Learns from a suggestion that was accepted as `accepted`; answers the words where that was news.
pub(crate) fn learn(
    tx: &Transaction<'_>,
    suggested: &Suggested,
    accepted: Option<&StatementDraft>,
    now: &str,
) -> bilat_store::Result<Option<String>> {
    let Suggested::Statement { named: Some(named), speaker, role, country, .. } = suggested else {
        return Ok(None);
    };
    let Some(accepted) = accepted else { return Ok(None) };
    let Some(name) = accepted.speaker.clone().filter(|name| is_name(name) && is_name(named)) else {
        return Ok(None);
    };
    let as_it_was = speaker.as_ref() == Some(&name) && *role == accepted.role && *country == accepted.country;
    let from = if as_it_was { LearnedFrom::Accepted } else { LearnedFrom::Corrected };
    // A surname alone, accepted as it stands, teaches nothing.
    if as_it_was && !name.contains(' ') {
        return Ok(None);
    }
    let lesson =
        Lesson::Person { named: named.clone(), name, role: accepted.role.clone(), country: accepted.country };
    let learned = knowledge::learn(tx, &lesson, from, now)?;
    Ok(learned.filter(|_| !as_it_was).map(|_| named.clone()))
}

/// Whether every word begins as names do: “he”, “Russian officials” and “a senior official” are nobody's name.
fn is_name(words: &str) -> bool {
    let begins =
        |word: &str| word.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase() && c.is_alphabetic());
    let pronoun = |word: &str| matches!(word, "He" | "She" | "They" | "It" | "We" | "I");
    let count = words.split_whitespace().count();
    (1..=NAME_WORDS).contains(&count) && words.split_whitespace().all(|word| begins(word) && !pronoun(word))
}
