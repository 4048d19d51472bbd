//! The register as a spreadsheet: typed dates and numbers, addresses as links, the names frozen at the top.
//!
//! Words are written as strings, never as formulas, whatever they begin with.

use bilat_core::Edtf;
use chrono::{DateTime, Datelike};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError,
};

use super::Quoted;
use super::table::{COLUMNS, Cell};

/// Links that Excel keeps on one sheet; it drops the rest when it opens the file.
const LINKS: usize = 65_530;
/// Characters that Excel keeps in one cell, in UTF-16 units.
const CELL: usize = 32_767;
/// Characters that Excel keeps of a link.
const LINK: usize = 2_080;

struct Formats {
    day: Format,
    words: Format,
}

/// Every statement, a row each. `now` is the time of writing, RFC 3339.
///
/// # Errors
/// When there are more statements than a sheet has rows.
pub fn write(rows: &[Quoted], now: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    if let Ok(now) = DateTime::parse_from_rfc3339(now) {
        let made = ExcelDateTime::from_timestamp(now.timestamp())?;
        book.set_properties(&DocProperties::new().set_title("Statements").set_creation_datetime(&made));
    }
    let sheet = book.add_worksheet().set_name("Statements")?;
    let head = Format::new().set_bold();
    let formats = Formats {
        day: Format::new().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Top),
        words: Format::new().set_align(FormatAlign::Top).set_text_wrap(),
    };
    for (at, column) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(0, at, column.name, &head)?;
        sheet.set_column_width(at, column.width)?;
    }
    let mut links = 0;
    for (line, row) in (1..).zip(rows) {
        for (at, column) in (0..).zip(COLUMNS) {
            write_cell(sheet, line, at, (column.cell)(row), &formats, &mut links)?;
        }
    }
    // The names, and the key beside the words, stay in view.
    sheet.set_freeze_panes(1, 1)?;
    sheet.autofilter(0, 0, rows.len() as u32, COLUMNS.len() as u16 - 1)?;
    book.save_to_buffer()
}

fn write_cell(
    sheet: &mut Worksheet,
    line: u32,
    at: u16,
    cell: Cell,
    formats: &Formats,
    links: &mut usize,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Blank => {}
        Cell::Number(number) => drop(sheet.write_number(line, at, f64::from(number))?),
        Cell::Date(date) => match day(&date) {
            Some(day) => drop(sheet.write_datetime_with_format(line, at, &day, &formats.day)?),
            // What is known to the month only is no day: it stays as it is written.
            None => drop(sheet.write_string_with_format(line, at, date.as_str(), &formats.words)?),
        },
        Cell::Address(url) if is_link(&url) && *links < LINKS => {
            *links += 1;
            sheet.write_url(line, at, Url::new(&url).set_text(&url))?;
        }
        Cell::Text(text) | Cell::Address(text) => {
            // Words are shown whole or not at all: a cut quotation would be another one.
            let long = text.encode_utf16().count() > CELL;
            let text = if long { "(longer than a cell can be: see the article)".to_owned() } else { text };
            sheet.write_string_with_format(line, at, text, &formats.words)?;
        }
    }
    Ok(())
}

fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && url.chars().count() <= LINK
        && !url.contains(|c: char| c.is_control() || c.is_whitespace())
}

/// A date that is one whole certain day in the years that Excel counts.
fn day(date: &Edtf) -> Option<ExcelDateTime> {
    let (first, last) = (date.first_day()?, date.last_day()?);
    let certain = !date.as_str().contains(['?', '~', '%']);
    (first == last && certain && first.year() >= 1900)
        .then(|| ExcelDateTime::from_ymd(first.year() as u16, first.month() as u8, first.day() as u8).ok())?
}
