//! What a paired browser may ask: to keep a page with the passage selected on it, and whether an
//! address is in the library. Nothing else of the library leaves this way.

use bilat_core::{AnnotationKind, normalise_spaces};

use crate::{Annotate, App, Clip, Clipped, Code, Result, articles};

/// What became of a page that a browser sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The clip.
    pub clipped: Clipped,
    /// The passage selected, where there was one.
    pub selection: Option<Selection>,
}

/// What became of a passage selected in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// It is marked as a quote.
    Marked,
    /// Its words do not stand in the article as it was read, or more than once.
    NotFound,
}

impl App {
    /// Clips a page and marks the passage selected on it. Sent again, it changes nothing.
    ///
    /// # Errors
    /// As [`App::clip`].
    pub async fn receive(&self, clip: Clip, selection: Option<String>) -> Result<Received> {
        let clipped = self.clip(clip).await?;
        let selection = match selection.filter(|words| !words.trim().is_empty()) {
            Some(words) => Some(self.mark(&clipped, words).await?),
            None => None,
        };
        Ok(Received { clipped, selection })
    }

    async fn mark(&self, clipped: &Clipped, words: String) -> Result<Selection> {
        let id = clipped.id;
        let article = self.read(move |conn| articles::read(conn, id)).await?;
        let same = normalise_spaces(&words);
        if article.annotations.iter().any(|annotation| normalise_spaces(&annotation.exact) == same) {
            return Ok(Selection::Marked);
        }
        let article = id.to_string();
        let kind = Some(AnnotationKind::Quote);
        let mark = Annotate { article, exact: Some(words.trim().to_owned()), kind, ..Annotate::default() };
        match self.annotate(mark).await {
            Ok(_) => Ok(Selection::Marked),
            Err(error) if error.code == Code::BadInput => Ok(Selection::NotFound),
            Err(error) => Err(error),
        }
    }

    /// Since when an article of one of these addresses has been in the library, RFC 3339.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn clipped_since(&self, urls: Vec<String>) -> Result<Option<String>> {
        self.read(move |conn| {
            let since = urls.iter().map(|url| bilat_store::article::clipped_since(conn, url));
            Ok(since.collect::<bilat_store::Result<Vec<_>>>()?.into_iter().flatten().min())
        })
        .await
    }
}
