//! CSV with a header line, its columns found by name.

use std::collections::HashMap;

use crate::{Error, ItemError, text};

/// A table, and which column is called what.
pub struct Table {
    columns: HashMap<String, usize>,
    rows: csv::StringRecordsIntoIter<std::io::Cursor<String>>,
}

impl Table {
    /// Reads the header; `needed` are columns without which it is not that format.
    pub fn read(bytes: &[u8], expected: &'static str, needed: &[&str]) -> Result<Self, Error> {
        let text = text::decoded(bytes, expected)?;
        let start = text.trim_start_matches('\u{feff}').to_owned();
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(std::io::Cursor::new(start));
        let header = reader.headers().map_err(|error| Error::not(expected, error))?;
        let name = |name: &str| name.trim().to_lowercase().replace([' ', '-'], "_");
        let mut columns: HashMap<String, usize> = HashMap::new();
        for (at, column) in header.iter().enumerate() {
            columns.entry(name(column)).or_insert(at);
        }
        if let Some(missing) = needed.iter().find(|column| !columns.contains_key(**column)) {
            return Err(Error::not(expected, format!("it has no column “{missing}”")));
        }
        Ok(Self { columns, rows: reader.into_records() })
    }

    /// The next row.
    pub fn next(&mut self) -> Option<Result<Row<'_>, ItemError>> {
        let row = self.rows.next()?;
        Some(match row {
            Ok(cells) => Ok(Row { columns: &self.columns, cells }),
            Err(error) => Err(ItemError::new("a row of the table", error.to_string())),
        })
    }
}

/// One row.
pub struct Row<'a> {
    columns: &'a HashMap<String, usize>,
    cells: csv::StringRecord,
}

impl Row<'_> {
    /// What stands in the column; nothing where it is blank or missing.
    pub fn get(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(*self.columns.get(column)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// As [`Row::get`], owned and blank where there is nothing.
    pub fn text(&self, column: &str) -> String {
        self.get(column).unwrap_or_default().to_owned()
    }
}
