//! The columns of the register as a table: one list for every spreadsheet.

use bilat_core::Edtf;
use serde::Serialize;

use super::Quoted;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A date as far as it is known.
    Date(Edtf),
    /// A small number.
    Number(i8),
    /// A web address.
    Address(String),
    /// Nothing.
    Blank,
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Blank, Self::Text)
    }
}

/// A column: its name, its width in characters, and its cell of a row.
pub struct Column {
    pub name: &'static str,
    pub width: f64,
    pub cell: fn(&Quoted) -> Cell,
}

const fn column(name: &'static str, width: f64, cell: fn(&Quoted) -> Cell) -> Column {
    Column { name, width, cell }
}

/// Every column. The words come second, after the key that cites them.
pub const COLUMNS: &[Column] = &[
    column("key", 24.0, |row| Cell::Text(row.statement.key.to_string())),
    column("text", 70.0, |row| Cell::Text(row.statement.text.clone())),
    column("speaker", 22.0, |row| row.statement.speaker.clone().into()),
    column("role", 24.0, |row| row.statement.role.clone().into()),
    column("organisation", 20.0, |row| row.statement.organisation.clone().into()),
    column("country", 8.0, |row| row.statement.country.map(|side| side.code().to_owned()).into()),
    column("about", 8.0, |row| row.statement.about.map(|side| side.code().to_owned()).into()),
    column("addressee", 18.0, |row| row.statement.addressee.clone().into()),
    column("venue", 18.0, |row| row.statement.venue.clone().into()),
    column("said_on", 12.0, |row| row.statement.said_on.clone().map_or(Cell::Blank, Cell::Date)),
    column("mode", 10.0, |row| Cell::Text(named(row.statement.mode))),
    column("language", 9.0, |row| row.statement.language.clone().into()),
    column("translation", 50.0, |row| row.statement.translation.clone().into()),
    column("translator", 18.0, |row| row.statement.translator.clone().into()),
    column("translation_status", 12.0, |row| row.statement.translation_status.map(named).into()),
    column("issue", 20.0, |row| row.statement.issue.clone().into()),
    column("stance", 7.0, |row| {
        row.statement.stance.map_or(Cell::Blank, |stance| Cell::Number(stance.into()))
    }),
    column("reliability", 10.0, |row| Cell::Text(row.statement.reliability.letter().to_string())),
    column("credibility", 10.0, |row| Cell::Number(u8::from(row.statement.credibility) as i8)),
    column("outlet", 24.0, |row| row.statement.outlet.clone().into()),
    column("title", 50.0, |row| Cell::Text(row.statement.article_title.clone())),
    column("published", 12.0, |row| row.statement.published.clone().map_or(Cell::Blank, Cell::Date)),
    column("article", 26.0, |row| Cell::Text(row.statement.article_key.to_string())),
    column("address", 40.0, |row| row.article.url.clone().map_or(Cell::Blank, Cell::Address)),
    column("origin", 8.0, |row| Cell::Text(row.statement.origin.to_string())),
    column("state", 13.0, |row| Cell::Text(named(row.statement.state))),
    column("note", 40.0, |row| Some(row.statement.note.clone()).filter(|note| !note.is_empty()).into()),
];

/// The name that a value of an enum without contents travels by.
fn named<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("only plain enums are named, not {other:?}"),
    }
}
