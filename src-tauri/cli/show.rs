//! `bilat show`: one article with everything marked on it.

use bilat_api::{CompareSnapshots, ShownArticle};
use bilat_core::{ChangeKind, Comparison, SnapshotId};
use clap::Args;

use crate::Outcome;
use crate::failure::Failure;
use crate::open::{Library, wait};
use crate::print::Printer;

/// Show an article
#[derive(Args)]
pub struct Show {
    /// Its number or cite key
    id: String,
    /// Compare two of its snapshots word by word instead; their numbers stand in the JSON output
    #[arg(long, num_args = 2, value_names = ["OLDER", "NEWER"])]
    compare: Option<Vec<SnapshotId>>,
}

impl Show {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let app = library.existing()?;
        let article = wait(app.show_article(self.id))?;
        if let Some([older, newer]) = self.compare.as_deref() {
            for id in [older, newer] {
                if !article.snapshots.iter().any(|snapshot| snapshot.id == *id) {
                    return Err(Failure::Other(format!("article {} has no snapshot {id}", article.id)));
                }
            }
            let asked = CompareSnapshots { older: *older, newer: *newer };
            out.show(&wait(app.compare_snapshots(asked))?, compared)?;
            return Ok(Outcome::Done);
        }
        out.show(&article, describe)?;
        Ok(Outcome::Done)
    }
}

/// What was removed as `[-words-]` and what was added as `{+words+}`, then what became of each mark.
fn compared(comparison: &Comparison) -> String {
    let mut text = String::new();
    for change in &comparison.changes {
        match change.kind {
            ChangeKind::Same => text.push_str(&change.text),
            ChangeKind::Removed => text.push_str(&format!("[-{}-]", change.text)),
            ChangeKind::Added => text.push_str(&format!("{{+{}+}}", change.text)),
        }
    }
    text.push('\n');
    for mark in &comparison.annotations {
        text.push_str(&format!("\n{}  “{}”  {}", mark.annotation, mark.exact, mark.wording));
    }
    text + "\n"
}

fn describe(article: &ShownArticle) -> String {
    let mut text = format!("{}\n", article.title);
    if let Some(standfirst) = &article.standfirst {
        text.push_str(&format!("{standfirst}\n"));
    }
    let published = article.published.as_ref().map(bilat_core::Edtf::as_str);
    let facts =
        [article.outlet.as_deref(), published, article.byline.as_deref(), article.dateline.as_deref()];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    text.push_str(&format!("[@{}]  {}\n", article.key, facts.join(" · ")));
    for paragraph in &article.paragraphs {
        text.push_str(&format!("\n{paragraph}\n"));
    }
    if !article.annotations.is_empty() {
        text.push('\n');
    }
    for annotation in &article.annotations {
        let who = annotation.statement.as_ref().and_then(|statement| statement.speaker.as_deref());
        let key =
            annotation.statement.as_ref().map_or(String::new(), |statement| format!(" [@{}]", statement.key));
        text.push_str(&format!(
            "{}  {}“{}”{key}\n",
            annotation.id,
            who.map_or(String::new(), |who| format!("{who}: ")),
            annotation.exact
        ));
    }
    text
}
