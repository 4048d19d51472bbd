//! A ledger as CSV (RFC 4180) under a row of names.

use super::line::Line;

const COLUMNS: [&str; 8] = ["date", "initiator", "target", "plover", "quad", "status", "summary", "evidence"];

pub(crate) fn write(lines: &[Line]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let mut put = |cells: [String; 8]| {
        writer.write_record(cells).expect("memory does not fail, and rows are of one length")
    };
    put(COLUMNS.map(str::to_owned));
    for line in lines {
        let quad = line.plover.parse().map_or(0, |category: bilat_core::Plover| u8::from(category.quad()));
        put([
            guard(&line.date),
            guard(&line.initiator),
            guard(&line.target),
            guard(&line.plover),
            quad.to_string(),
            guard(&line.status),
            guard(&line.summary),
            guard(&line.evidence.join(" ")),
        ]);
    }
    String::from_utf8(writer.into_inner().expect("memory does not fail")).expect("UTF-8 went in")
}

/// A cell that a spreadsheet would take for a formula gets an apostrophe first (OWASP, CSV injection).
fn guard(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn unguard(cell: &str) -> String {
    let bare = cell.strip_prefix('\'').filter(|bare| is_formula(bare));
    bare.unwrap_or(cell).to_owned()
}

/// Columns are known by their names, in any order; others are passed over.
pub(crate) fn read(text: &str) -> Result<Vec<Result<Line, String>>, String> {
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let names = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| names.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
    let (Some(initiator), Some(target)) = (column("initiator"), column("target")) else {
        return Err("the first row names no columns “initiator” and “target”".into());
    };
    let rest = ["plover", "date", "status", "summary", "evidence"].map(column);
    let lines = reader.records().map(|row| {
        let row = row.map_err(|error| error.to_string())?;
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(unguard).unwrap_or_default();
        let [plover, date, status, summary, evidence] = rest.map(cell);
        let evidence = evidence.split_whitespace().map(str::to_owned).collect();
        Ok(Line {
            initiator: cell(Some(initiator)),
            target: cell(Some(target)),
            plover,
            date,
            status,
            summary,
            evidence,
        })
    });
    Ok(lines.collect())
}
