//! The register of statements, and who speaks in it.

use bilat_core::{ActorKind, Speaker, Statement, actors};
use bilat_store::{speaker, statement};
use serde_json::{Value, json};

use crate::{ActorName, App, ListStatements, Nothing, Prefix, Result, StatementPage};

impl App {
    /// A page of the register.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub async fn list_statements(&self, request: ListStatements) -> Result<StatementPage> {
        let (total, rows) = self
            .read(move |conn| {
                let filter = statement::StatementFilter {
                    pair: request.pair,
                    article: request.article,
                    query: request.query.as_deref(),
                    offset: request.offset,
                    limit: request.limit,
                    ..statement::StatementFilter::default()
                };
                statement::list(conn, &filter)
            })
            .await?;
        Ok(StatementPage { total, rows })
    }

    /// Who speaks in the library under a name that starts so.
    pub(crate) async fn list_speakers(&self, request: Prefix) -> Result<Vec<Speaker>> {
        self.read(move |conn| speaker::list(conn, &request.prefix)).await
    }

    /// Every actor, countries first.
    #[allow(clippy::unused_async, reason = "every command is async")]
    pub(crate) async fn list_actors(&self, _: Nothing) -> Result<Vec<ActorName>> {
        let mut names: Vec<_> =
            actors().map(|code| ActorName { code, name: code.name(), kind: code.kind() }).collect();
        names.sort_by_key(|actor| (actor.kind != ActorKind::Country, actor.name));
        Ok(names)
    }
}

/// A statement as the command line prints it: `{id, key, text, speaker, role, country, said_on, mode, article, …}`.
pub fn statement_json(statement: &Statement) -> Value {
    let mut value = serde_json::to_value(statement).expect("a statement has string keys only");
    value["article"] = json!(statement.article_key);
    value
}

/// Statements as CSV (RFC 4180), one row each under a row of names.
pub fn statements_csv(statements: &[Statement]) -> String {
    let row = |cells: [&str; 12]| cells.map(csv_cell).join(",") + "\r\n";
    let head = row([
        "key",
        "text",
        "speaker",
        "role",
        "organisation",
        "country",
        "about",
        "said_on",
        "mode",
        "stance",
        "article",
        "outlet",
    ]);
    let rows = statements.iter().map(|statement| {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let stance = statement.stance.map_or(String::new(), |stance| i8::from(stance).to_string());
        let mode =
            serde_json::to_value(statement.mode).ok().and_then(|mode| mode.as_str().map(str::to_owned));
        row([
            statement.key.as_str(),
            &statement.text,
            &text(&statement.speaker),
            &text(&statement.role),
            &text(&statement.organisation),
            statement.country.map_or("", |country| country.code()),
            statement.about.map_or("", |country| country.code()),
            statement.said_on.as_ref().map_or("", |date| date.as_str()),
            &text(&mode),
            &stance,
            statement.article_key.as_str(),
            &text(&statement.outlet),
        ])
    });
    std::iter::once(head).chain(rows).collect()
}

/// Quoted where need be. A cell that a spreadsheet would take for a formula gets an apostrophe first
/// (OWASP, CSV injection); a stance of −1 is a number and stays one.
fn csv_cell(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<i8>().is_err();
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_csv_is_data_and_never_a_formula() {
        assert_eq!(csv_cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(csv_cell("-2"), "-2");
        assert_eq!(csv_cell("plain, with comma"), "\"plain, with comma\"");
    }
}
