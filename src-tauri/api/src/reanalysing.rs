//! Analysing again: suggestions follow the rules and what was taught, and never touch what a person
//! decided. One article at once after a lesson; the whole library in the background, with progress.

use std::sync::Mutex;

use bilat_core::{ArticleId, Suggestion};
use bilat_store::{article, setting, suggestion};
use serde_json::json;
use tokio::sync::Notify;

use crate::articles;
use crate::suggesting::suggest;
use crate::{App, Changed, Code, Error, Nothing, Reanalysis, ReanalysisState, Result};

/// The setting that says by which version of the rules the library was last analysed.
const RULES: &str = "analysis_rules";

/// How often the progress is told: after so many articles.
const STEP: u32 = 50;

/// The run over the whole library: how far it is, and the bell that starts it.
#[derive(Default)]
pub(crate) struct Run {
    state: Mutex<Reanalysis>,
    bell: Notify,
}

impl Run {
    fn with<T>(&self, change: impl FnOnce(&mut Reanalysis) -> T) -> T {
        change(&mut self.state.lock().expect("nobody panics while holding it"))
    }
}

impl App {
    /// Makes the open suggestions of an article again; answers whether they changed. What a person accepted
    /// or rejected stays as it is.
    pub(crate) async fn suggest_again(&self, id: ArticleId) -> Result<bool> {
        let article = self.read(move |conn| articles::read(conn, id)).await?;
        let (snapshot, open, known) = (article.snapshot.id, article.suggestions, self.known());
        let on = article.published.map(|published| published.on);
        let new = tokio::task::spawn_blocking(move || {
            suggest(&article.snapshot.text, on.as_ref(), article.dateline.as_deref(), &known)
        });
        let new = new
            .await
            .map_err(|error| Error::new(Code::Io, format!("analysing article {id} again: {error}")))?;
        let changed = self
            .store
            .write(move |tx| {
                // It may have been clipped again meanwhile; its new text has suggestions of its own.
                if article::snapshot_text(tx, id)?.id != snapshot {
                    return Ok(false);
                }
                suggestion::replace_open(tx, snapshot, &new)?;
                Ok(!alike(&open, &suggestion::list_open(tx, id)?))
            })
            .await?;
        if changed {
            self.tell(Changed::Suggestions, Some(id.0));
        }
        Ok(changed)
    }

    /// Asks for the whole library to be analysed again; the host's [`App::keep_analysed`] does it.
    pub(crate) async fn analyse_again(&self, _: Nothing) -> Result<Reanalysis> {
        let articles = self.read(article::count).await?.0;
        let begun = self.reanalysis.with(|run| {
            if run.state != ReanalysisState::Running {
                *run =
                    Reanalysis { state: ReanalysisState::Running, total: articles, ..Reanalysis::default() };
            }
            run.clone()
        });
        self.reanalysis.bell.notify_one();
        Ok(begun)
    }

    /// How far the analysis of the whole library is.
    #[allow(clippy::unused_async, reason = "every command is awaited")]
    pub(crate) async fn read_reanalysis(&self, _: Nothing) -> Result<Reanalysis> {
        Ok(self.reanalysis.with(|run| run.clone()))
    }

    /// Stops it after the article at hand; what was done stays.
    #[allow(clippy::unused_async, reason = "every command is awaited")]
    pub(crate) async fn cancel_reanalysis(&self, _: Nothing) -> Result<Reanalysis> {
        Ok(self.reanalysis.with(|run| {
            if run.state == ReanalysisState::Running {
                run.state = ReanalysisState::Cancelled;
            }
            run.clone()
        }))
    }

    /// Analyses the library again whenever that is asked for, and once by itself where the rules have changed
    /// since it was last done. For a host that stays up; it ends with the library.
    pub async fn keep_analysed(&self) {
        let done = self.read(|conn| setting::read(conn, RULES)).await.ok().flatten();
        if done.is_some_and(|version| version != json!(bilat_analysis::RULES)) && !self.store.is_read_only() {
            let _ = self.analyse_again(Nothing {}).await;
        }
        loop {
            self.reanalysis.bell.notified().await;
            if let Err(error) = self.run().await {
                self.reanalysis.with(|run| {
                    run.state = ReanalysisState::Failed;
                    run.problem = Some(error.message);
                });
            }
            self.tell(Changed::Suggestions, None);
        }
    }

    /// Analyses the whole library again, now.
    ///
    /// # Errors
    /// When the library cannot be read or written; what was done stays.
    pub async fn reanalyse(&self) -> Result<Reanalysis> {
        self.analyse_again(Nothing {}).await?;
        self.run().await?;
        self.read_reanalysis(Nothing {}).await
    }

    async fn run(&self) -> Result<()> {
        let articles = self.read(article::list_ids).await?;
        self.reanalysis.with(|run| run.total = articles.len() as u32);
        for (at, id) in articles.into_iter().enumerate() {
            let changed = self.suggest_again(id).await?;
            let going = self.reanalysis.with(|run| {
                run.done = at as u32 + 1;
                run.changed += u32::from(changed);
                run.state == ReanalysisState::Running
            });
            if !going {
                return Ok(());
            }
            if at as u32 % STEP == STEP - 1 {
                self.tell(Changed::Suggestions, None);
            }
        }
        self.store.write(|tx| setting::write(tx, RULES, &json!(bilat_analysis::RULES))).await?;
        self.reanalysis.with(|run| run.state = ReanalysisState::Done);
        Ok(())
    }
}

/// Whether the same is suggested, whatever the rows are called.
fn alike(before: &[Suggestion], after: &[Suggestion]) -> bool {
    let what =
        |all: &[Suggestion]| all.iter().map(|one| (one.what.clone(), one.confidence)).collect::<Vec<_>>();
    what(before) == what(after)
}
