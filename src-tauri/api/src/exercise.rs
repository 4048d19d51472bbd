//! The exercise: a sample library of invented officials and invented words, made through the same
//! door as anything else, so that it shows what the program does and nothing besides.

use std::collections::HashMap;

use bilat_core::{
    Actor, AnnotationKind, Dyad, Edtf, EventDraft, EventStatus, EvidenceRef, Plover, Reliability,
    StatementDraft,
};
use bilat_store::{briefing, event, setting};
use serde::Deserialize;

use crate::{
    AddWatch, Annotate, App, ArticleDyad, AskQuestion, Changed, Clip, ClipSource, EditArticle, Error,
    FollowPair, InCollection, LibraryStatus, NameCollection, Nothing, Result, SetUnread,
};

/// The setting that marks a library as the exercise.
pub(crate) const MARK: &str = "library.exercise";

#[derive(Deserialize)]
struct Exercise {
    articles: Vec<ExerciseArticle>,
    pairs: Vec<FollowPair>,
    collections: Vec<ExerciseCollection>,
    events: Vec<ExerciseEvent>,
    questions: Vec<AskQuestion>,
    watches: Vec<AddWatch>,
    briefings: Vec<ExerciseBriefing>,
}

#[derive(Deserialize)]
struct ExerciseArticle {
    file: String,
    outlet: Option<String>,
    published: Edtf,
    url: Option<String>,
    reliability: Option<Reliability>,
    read: bool,
    dyads: Vec<Dyad>,
    annotations: Vec<ExerciseAnnotation>,
}

#[derive(Deserialize)]
struct ExerciseAnnotation {
    exact: String,
    kind: AnnotationKind,
    note: String,
    tags: Vec<String>,
    statement: Option<StatementDraft>,
}

#[derive(Deserialize)]
struct ExerciseCollection {
    name: String,
    articles: Vec<String>,
}

#[derive(Deserialize)]
struct ExerciseEvent {
    initiator: Actor,
    target: Actor,
    plover: Plover,
    date: Edtf,
    status: EventStatus,
    summary: String,
    evidence: Vec<ExerciseEvidence>,
}

/// An article as a whole, or the words that are marked in it.
#[derive(Deserialize)]
struct ExerciseEvidence {
    file: String,
    exact: Option<String>,
}

#[derive(Deserialize)]
struct ExerciseBriefing {
    left: Actor,
    right: Actor,
    file: String,
}

include!(concat!(env!("OUT_DIR"), "/exercise.rs"));

fn file(name: &str) -> Result<&'static str> {
    let found = FILES.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text).ok_or_else(|| Error::not_found(format!("the exercise has no file {name}")))
}

impl App {
    /// Fills an empty library with the exercise.
    ///
    /// # Errors
    /// `bad_input` when the library holds articles already; nothing is added then.
    pub async fn make_exercise(&self, _: Nothing) -> Result<LibraryStatus> {
        let status = self.library_status(Nothing {}).await?;
        if status.articles > 0 || status.briefings > 0 {
            return Err(Error::bad_input(format!(
                "making the exercise: {} is in use already ({} articles, {} briefings); give an empty or new library",
                status.path, status.articles, status.briefings
            )));
        }
        let exercise: Exercise = serde_json::from_str(file("exercise.json")?)
            .map_err(|error| Error::bad_input(format!("making the exercise: exercise.json: {error}")))?;
        self.write(Changed::Settings, |tx| setting::write(tx, MARK, &true.into())).await?;
        // What can be evidence: each article, and each passage that is marked in it.
        let mut places: HashMap<(String, Option<String>), EvidenceRef> = HashMap::new();
        // The exercise ends on a day of its own, wherever the clock of this machine stands.
        let told = exercise.articles.iter().filter_map(|article| article.published.last_day()).max();
        let told = told.unwrap_or_default().max(self.today());
        for article in exercise.articles {
            places.extend(self.exercise_article(article).await?);
        }
        for pair in exercise.pairs {
            self.follow_pair(pair).await?;
        }
        for ExerciseCollection { name, articles } in exercise.collections {
            let collection = self.create_collection(NameCollection { name }).await?.id;
            let of = |file: String| places.get(&(file, None)).map(|place| place.article);
            let articles = articles.into_iter().filter_map(of).collect();
            self.add_to_collection(InCollection { collection, articles }).await?;
        }
        for happened in exercise.events {
            let place = |evidence: ExerciseEvidence| {
                let place = (evidence.file, evidence.exact);
                let found = places.get(&place).copied();
                found.ok_or_else(|| Error::not_found(format!("the exercise has no evidence {place:?}")))
            };
            let draft = EventDraft {
                initiator: Some(happened.initiator),
                target: Some(happened.target),
                plover: Some(happened.plover),
                date: Some(happened.date),
                status: Some(happened.status),
                summary: happened.summary,
                evidence: happened.evidence.into_iter().map(place).collect::<Result<_>>()?,
            };
            let (sound, now) = (draft.sound(told)?, self.now());
            self.write(Changed::Events, move |tx| event::insert(tx, &sound, &draft.evidence, &now)).await?;
        }
        for question in exercise.questions {
            self.ask_question(question).await?;
        }
        for watch in exercise.watches {
            self.add_watch(watch).await?;
        }
        for made in exercise.briefings {
            let dyad =
                Dyad::new(made.left, made.right).map_err(|error| Error::bad_input(error.to_string()))?;
            let (markdown, now) = (file(&made.file)?, self.now());
            let title = bilat_brief::title(markdown);
            self.write(Changed::Briefings, move |tx| briefing::insert(tx, &title, dyad, markdown, &now))
                .await?;
        }
        self.tell(Changed::Library, None);
        self.library_status(Nothing {}).await
    }

    /// Clips and marks an article; answers what of it can be evidence.
    async fn exercise_article(
        &self,
        article: ExerciseArticle,
    ) -> Result<Vec<((String, Option<String>), EvidenceRef)>> {
        let text = file(&article.file)?.to_owned();
        let html = std::path::Path::new(&article.file).extension().is_some_and(|ending| ending == "html");
        let source = if html { ClipSource::Html { html: text } } else { ClipSource::Text { text } };
        let clip =
            Clip { source, url: article.url, published: Some(article.published), outlet: article.outlet };
        let id = self.clip(clip).await?.id;
        let edit = EditArticle {
            id,
            title: None,
            standfirst: None,
            outlet: None,
            published: None,
            reliability: article.reliability,
        };
        self.edit_article(edit).await?;
        for dyad in article.dyads {
            self.confirm_dyad(ArticleDyad { id, dyad }).await?;
        }
        let mut places = vec![((article.file.clone(), None), EvidenceRef { article: id, annotation: None })];
        for marked in article.annotations {
            let words = Some(marked.exact.clone());
            let request = Annotate {
                article: id.to_string(),
                exact: Some(marked.exact),
                kind: Some(marked.kind),
                note: Some(marked.note),
                tags: Some(marked.tags),
                statement: marked.statement,
                ..Annotate::default()
            };
            let annotation = Some(self.annotate(request).await?.id);
            places.push(((article.file.clone(), words), EvidenceRef { article: id, annotation }));
        }
        if article.read {
            self.set_unread(SetUnread { id, unread: false }).await?;
        }
        Ok(places)
    }
}
