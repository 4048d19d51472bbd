//! `bilat show`: one article with everything marked on it.

use bilat_api::ShownArticle;
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
}

impl Show {
    pub fn run(self, library: &Library, out: &Printer) -> Result<Outcome, Failure> {
        let article = wait(library.existing()?.show_article(self.id))?;
        out.show(&article, describe)?;
        Ok(Outcome::Done)
    }
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
