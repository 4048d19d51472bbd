//! An article leaves as a file: a web archive of all its captures, or one page that needs nothing else.

use std::path::Path;

use bilat_clip::export::{Kept, single_file_html, wacz};
use bilat_core::{Article, Snapshot};
use bilat_store::{article, log, snapshot};
use serde_json::json;

use crate::{
    App, ArchiveFormat, ArticleExported, Changed, Code, Error, ExportArticle, Result, articles, write_file,
};

impl App {
    /// Writes an article to a file: as WACZ with every snapshot, as HTML the current one.
    ///
    /// # Errors
    /// `not_found` when there is no such article; `exists` when a file stands at the path and may not be
    /// replaced; `io` when the file cannot be written. The former file is left as it was.
    pub async fn export_article(&self, request: ExportArticle) -> Result<ArticleExported> {
        let ExportArticle { id, format, path, replace } = request;
        if !replace.unwrap_or_default() && Path::new(&path).exists() {
            let message = format!(
                "exporting article {id}: {path} is there already; replace it, or choose another name"
            );
            return Err(Error::new(Code::Exists, message));
        }
        let (article, captures) = self
            .read(move |conn| {
                let article = articles::read(conn, id)?;
                let ids = match format {
                    ArchiveFormat::Html => vec![article.snapshot.id],
                    // The oldest first, as they came.
                    ArchiveFormat::Wacz => article.snapshots.iter().rev().map(|one| one.id).collect(),
                };
                let captures =
                    ids.into_iter().map(|id| Ok((snapshot::read(conn, id)?, snapshot::raw(conn, id)?)));
                let captures = captures.collect::<bilat_store::Result<Vec<(Snapshot, Vec<u8>)>>>()?;
                Ok((article, captures))
            })
            .await?;
        let (now, target) = (self.now(), path.clone());
        let made_at = now.clone();
        let written = tokio::task::spawn_blocking(move || {
            let bytes = match (format, captures.as_slice()) {
                (ArchiveFormat::Html, [one, ..]) => {
                    single_file_html(&kept(&article, one), &made_at).into_bytes()
                }
                (_, all) => wacz(&all.iter().map(|one| kept(&article, one)).collect::<Vec<_>>(), &made_at)
                    .map_err(|error| Error::new(Code::Io, format!("exporting article {id}: {error}")))?,
            };
            write_file(Path::new(&target), &bytes)?;
            Ok::<_, Error>(bytes.len() as u64)
        });
        let bytes = written
            .await
            .map_err(|error| Error::new(Code::Io, format!("exporting article {id}: {error}")))??;
        let details = json!({ "path": path, "format": format });
        self.write(Changed::Articles, move |tx| {
            article::read_row(tx, id)?;
            log::append(tx, &now, "article exported", &format!("article {id}"), &details)
        })
        .await?;
        Ok(ArticleExported { path, bytes })
    }
}

fn kept<'a>(article: &'a Article, (snapshot, raw): &'a (Snapshot, Vec<u8>)) -> Kept<'a> {
    Kept {
        title: &article.title,
        byline: article.byline.as_deref(),
        outlet: article.outlet.as_deref(),
        published: article.published.as_ref().map(|published| published.on.as_str()),
        language: article.language.as_deref(),
        raw,
        text: &snapshot.text,
        html: &snapshot.html,
        capture: &snapshot.capture,
    }
}
