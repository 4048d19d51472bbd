//! The register of statements: read, put in order, changed, and carried out as a table or as W3C annotations.

use std::collections::HashMap;
use std::path::Path;

use bilat_core::{
    ActorKind, Annotation, ArticleId, IssueRow, Statement, StatementChange, StatementOrder, actors,
};
use bilat_store::statement::{self, CitedArticle, StatementFilter};
use bilat_store::{Connection, annotation};
use serde_json::{Value, json};

use crate::{
    ActorName, App, Changed, Code, EditStatements, Error, ExportStatements, ListStatements, Nothing,
    ReadStatements, Result, StatementFormat, StatementPage, StatementsExported, write_file,
};

mod annotations;
mod csv;
mod table;
mod xlsx;

impl ListStatements {
    /// The same, as the store asks.
    pub(crate) fn filter(&self) -> StatementFilter<'_> {
        StatementFilter {
            pair: self.pair,
            article: self.article,
            speaker: self.speaker.as_deref(),
            country: self.country,
            about: self.about,
            issue: self.issue.as_deref(),
            stances: &self.stances,
            mode: self.mode,
            reliability: self.reliability,
            origin: self.origin,
            state: self.state,
            translated: self.translated,
            since: self.since.as_ref(),
            until: self.until.as_ref(),
            query: self.query.as_deref(),
            sort: self.sort,
            reverse: self.reverse,
            group: self.group,
            offset: self.offset,
            limit: self.limit,
        }
    }
}

impl App {
    /// A page of the register.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_statements(&self, request: ListStatements) -> Result<StatementPage> {
        let (total, rows) = self.read(move |conn| statement::list(conn, &request.filter())).await?;
        Ok(StatementPage { total, rows })
    }

    /// The whole register by number, in the order and the groups that were asked for.
    pub(crate) async fn order_statements(&self, request: ListStatements) -> Result<StatementOrder> {
        self.read(move |conn| statement::list_order(conn, &request.filter())).await
    }

    /// The statements of these numbers.
    pub(crate) async fn read_statements(&self, request: ReadStatements) -> Result<Vec<Statement>> {
        self.read(move |conn| statement::list_by_id(conn, &request.ids)).await
    }

    /// Changes fields of statements, all or none, and answers the changes that take it back.
    pub(crate) async fn edit_statements(&self, request: EditStatements) -> Result<Vec<StatementChange>> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| statement::change(tx, &request.changes, &now)).await
    }

    /// Every issue, those with the most statements first.
    pub(crate) async fn list_issues(&self, _: Nothing) -> Result<Vec<IssueRow>> {
        self.read(statement::list_issues).await
    }

    /// Every actor, countries first.
    #[allow(clippy::unused_async, reason = "every command is async")]
    pub(crate) async fn list_actors(&self, _: Nothing) -> Result<Vec<ActorName>> {
        let mut names: Vec<_> =
            actors().map(|code| ActorName { code, name: code.name(), kind: code.kind() }).collect();
        names.sort_by_key(|actor| (actor.kind != ActorKind::Country, actor.name));
        Ok(names)
    }

    /// The statements that `filter` shows, as a file of this format.
    ///
    /// # Errors
    /// When the library cannot be read, or the spreadsheet cannot be made.
    pub async fn statements_file(
        &self,
        filter: ListStatements,
        format: StatementFormat,
    ) -> Result<(u32, Vec<u8>)> {
        let now = self.now();
        let library =
            self.path.file_stem().map_or("Bilat".into(), |name| name.to_string_lossy().into_owned());
        let found = self.read(move |conn| evidence(conn, &filter)).await?;
        let bytes = match format {
            StatementFormat::Json => {
                pretty(&found.iter().map(|one| statement_json(&one.statement)).collect())
            }
            StatementFormat::Csv => csv::write(&found).into_bytes(),
            StatementFormat::Xlsx => xlsx::write(&found, &now).map_err(|error| {
                Error::new(Code::Io, format!("making the spreadsheet: {error}; choose CSV instead"))
            })?,
            StatementFormat::Jsonld => pretty(&annotations::collection(&found, &library, &now)),
        };
        Ok((found.len() as u32, bytes))
    }

    /// Writes the statements that a filter shows to a file.
    ///
    /// # Errors
    /// `exists` when a file stands at the path and may not be replaced; `io` when it cannot be written.
    pub async fn export_statements(&self, request: ExportStatements) -> Result<StatementsExported> {
        let ExportStatements { filter, format, path, replace } = request;
        if !replace.unwrap_or_default() && Path::new(&path).exists() {
            let message = format!(
                "exporting the statements: {path} is there already; replace it, or choose another name"
            );
            return Err(Error::new(Code::Exists, message));
        }
        let (statements, bytes) = self.statements_file(filter, format).await?;
        write_file(Path::new(&path), &bytes)?;
        Ok(StatementsExported { path, bytes: bytes.len() as u64, statements })
    }
}

/// A statement with what an export says of its passage and its article.
pub(crate) struct Quoted {
    statement: Statement,
    annotation: Annotation,
    article: CitedArticle,
}

fn evidence(conn: &Connection, filter: &ListStatements) -> bilat_store::Result<Vec<Quoted>> {
    let (_, statements) = statement::list(conn, &filter.filter())?;
    let mut articles: HashMap<ArticleId, CitedArticle> = HashMap::new();
    let mut found = Vec::with_capacity(statements.len());
    for statement in statements {
        if let std::collections::hash_map::Entry::Vacant(e) = articles.entry(statement.article) {
            e.insert(statement::cited_article(conn, statement.article)?);
        }
        let article = articles[&statement.article].clone();
        let annotation = annotation::read(conn, statement.annotation)?;
        found.push(Quoted { statement, annotation, article });
    }
    Ok(found)
}

fn pretty(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("a value has string keys only");
    bytes.push(b'\n');
    bytes
}

/// A statement as the command line prints it: `{id, key, text, speaker, role, country, said_on, mode, article, …}`.
pub fn statement_json(statement: &Statement) -> Value {
    let mut value = serde_json::to_value(statement).expect("a statement has string keys only");
    value["article"] = json!(statement.article_key);
    value
}
