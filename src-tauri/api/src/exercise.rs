//! The exercise: a sample library of invented officials and invented words, made through the same
//! door as anything else, so that it shows what the program does and nothing besides.

use bilat_core::{Actor, AnnotationKind, ArticleId, Dyad, Edtf, Reliability, StatementDraft};
use bilat_store::{briefing, setting};
use serde::Deserialize;

use crate::{
    Annotate, App, ArticleDyad, Changed, Clip, ClipSource, EditArticle, Error, FollowPair, InCollection,
    LibraryStatus, NameCollection, Nothing, Result, SetUnread,
};

/// The setting that marks a library as the exercise.
pub(crate) const MARK: &str = "library.exercise";

#[derive(Deserialize)]
struct Exercise {
    articles: Vec<ExerciseArticle>,
    pairs: Vec<FollowPair>,
    collections: Vec<ExerciseCollection>,
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
        let mut ids: Vec<(String, ArticleId)> = Vec::new();
        for article in exercise.articles {
            let name = article.file.clone();
            ids.push((name, self.exercise_article(article).await?));
        }
        for pair in exercise.pairs {
            self.follow_pair(pair).await?;
        }
        for ExerciseCollection { name, articles } in exercise.collections {
            let collection = self.create_collection(NameCollection { name }).await?.id;
            let of = |file: &String| ids.iter().find(|(known, _)| known == file).map(|(_, id)| *id);
            let articles = articles.iter().filter_map(of).collect();
            self.add_to_collection(InCollection { collection, articles }).await?;
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

    async fn exercise_article(&self, article: ExerciseArticle) -> Result<ArticleId> {
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
        for marked in article.annotations {
            let request = Annotate {
                article: id.to_string(),
                exact: Some(marked.exact),
                kind: Some(marked.kind),
                note: Some(marked.note),
                tags: Some(marked.tags),
                statement: marked.statement,
                ..Annotate::default()
            };
            self.annotate(request).await?;
        }
        if article.read {
            self.set_unread(SetUnread { id, unread: false }).await?;
        }
        Ok(id)
    }
}
