//! `bilat show`: one article with everything marked on it.

use bilat_api::{ArchiveFormat, CompareSnapshots, ExportArticle, ShownArticle};
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
    /// Write it to a file instead: all captures as a web archive (FILE.wacz), or one page (FILE.html)
    #[arg(long, value_name = "FILE", conflicts_with = "compare", value_parser = archive)]
    export: Option<(String, ArchiveFormat)>,
    /// Replace the file where it is there already
    #[arg(long, requires = "export")]
    replace: bool,
}

/// The file and what its ending says it is.
fn archive(path: &str) -> Result<(String, ArchiveFormat), String> {
    let ending = std::path::Path::new(path).extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("wacz") => Ok((path.to_owned(), ArchiveFormat::Wacz)),
        Some("html" | "htm") => Ok((path.to_owned(), ArchiveFormat::Html)),
        _ => Err("name a file that ends in .wacz or .html".into()),
    }
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
        if let Some((path, format)) = self.export {
            let asked = ExportArticle { id: article.id, format, path, replace: Some(self.replace) };
            let written = wait(app.export_article(asked))?;
            out.show(&written, |written| format!("{}  {} bytes\n", written.path, written.bytes))?;
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
