//! The register as comma-separated values: RFC 4180, UTF-8, a row of names first.

use super::Quoted;
use super::table::{COLUMNS, Cell};

/// Every statement, a row each.
pub fn write(rows: &[Quoted]) -> String {
    let line = |cells: Vec<String>| cells.join(",") + "\r\n";
    let head = line(COLUMNS.iter().map(|column| column.name.to_owned()).collect());
    let rows = rows.iter().map(|row| line(COLUMNS.iter().map(|column| cell((column.cell)(row))).collect()));
    std::iter::once(head).chain(rows).collect()
}

fn cell(cell: Cell) -> String {
    match cell {
        Cell::Text(text) | Cell::Address(text) => quoted(&harmless(text)),
        // A date that begins with a minus is one before the year 0, and no formula.
        Cell::Date(date) => quoted(date.as_str()),
        Cell::Number(number) => number.to_string(),
        Cell::Blank => String::new(),
    }
}

/// A text that a spreadsheet would take for a formula gets an apostrophe first (OWASP, CSV injection).
fn harmless(text: String) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_data_and_never_a_formula() {
        let text = |text: &str| cell(Cell::Text(text.into()));
        assert_eq!(text("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(text("-2+3"), "'-2+3");
        assert_eq!(text("@here"), "'@here");
        assert_eq!(text("plain, with comma"), "\"plain, with comma\"");
        assert_eq!(text("two\nlines"), "\"two\nlines\"");
        assert_eq!(cell(Cell::Number(-2)), "-2");
    }
}
