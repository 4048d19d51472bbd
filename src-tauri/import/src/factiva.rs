//! Downloads from Factiva (Dow Jones): each article ends with a line `Document` and its accession number.
//! With indexing, each field stands behind its code (`HD`, `BY`, `WC`, `PD`, `SN`, `LP`, `TD` …); without,
//! headline, byline, word count, date and source stand one under the other.

use crate::press::{self, Piece};
use crate::{Error, Items, when};

const THIS: &str = "a Factiva download";

const CODES: [&str; 27] = [
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD", "ART",
    "CO", "IN", "NS", "RE", "PUB", "AN", "IPD", "IPC", "RF", "CLM",
];

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let lines = press::paragraphs(bytes, THIS)?;
    let mut found = Vec::new();
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        let Some(key) = accession(line) else { continue };
        let article: Vec<&String> = lines[start..at].iter().filter(|line| !is_page(line)).collect();
        start = at + 1;
        let coded = article.iter().any(|line| code(line).is_some_and(|(code, _)| code == "HD"))
            && article
                .iter()
                .any(|line| code(line).is_some_and(|(code, _)| matches!(code, "PD" | "SN" | "WC")));
        let piece = if coded { indexed(&article) } else { plain(&article) };
        found.push(Piece { key: key.to_owned(), ..piece });
    }
    press::items(found, THIS)
}

/// Whether these lines are such a download.
pub fn fits(lines: &[String]) -> bool {
    let numbered = lines.iter().any(|line| accession(line).is_some());
    numbered
        && lines.iter().any(|line| {
            is_count(line) || code(line).is_some_and(|(code, rest)| code == "WC" && !rest.is_empty())
        })
        || (lines.iter().any(|line| line == "HD" || line.starts_with("HD "))
            && lines.iter().any(|line| line == "LP" || line.starts_with("LP "))
            && numbered)
}

/// `Document HARCOU0020310502e7520002x`, alone or behind its code.
fn accession(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("AN ").map_or(line, str::trim_start);
    let (word, number) = rest.split_once(' ')?;
    let named = matches!(word, "Document" | "Dokument" | "Documento" | "Документ");
    let shaped = (15..=40).contains(&number.len())
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8
        && number.as_bytes()[0].is_ascii_uppercase();
    (named && shaped).then_some(number)
}

fn code(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.split_once(' ').unwrap_or((line, ""));
    CODES.contains(&code).then(|| (code, rest.trim()))
}

/// `512 words`, in the languages of the interface.
fn is_count(line: &str) -> bool {
    let Some((number, word)) = line.split_once(' ') else { return false };
    let words = [
        "words",
        "word",
        "wörter",
        "wort",
        "mots",
        "mot",
        "palabras",
        "parole",
        "palavras",
        "woorden",
        "слов",
        "слова",
        "слово",
        "字",
        "語",
        "words.",
    ];
    !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}'))
        && words.contains(&word.trim().to_lowercase().as_str())
}

fn is_page(line: &str) -> bool {
    (line.starts_with("Page ") || line.starts_with("Seite ")) && line.contains("Factiva")
        || line.starts_with('©') && line.contains("Factiva")
}

fn is_copyright(line: &str) -> bool {
    let plain = line.to_lowercase();
    ["(c)", "©", "copyright", "(copyright"].iter().any(|start| plain.starts_with(start))
}

/// Whether a line is the database's own, so that no other line goes on in it.
pub fn is_own(line: &str) -> bool {
    accession(line).is_some() || is_count(line) || is_copyright(line) || is_page(line)
}

/// Whether two lines stand one under the other because each is a field.
pub fn is_short(above: &str, line: &str) -> bool {
    let field = |line: &str| line.chars().count() <= 50 && !line.ends_with(['.', ',', ';']);
    (is_count(above) || code(above).is_some() || is_count(line)) || (field(above) && field(line))
}

fn indexed(lines: &[&String]) -> Piece {
    let mut piece = Piece::default();
    let mut field = "";
    let mut title: Vec<&str> = Vec::new();
    for line in lines {
        // A code starts a field; in the text a line may start with such letters only where it is the code alone
        // or a later code.
        let found = code(line).filter(|(code, _)| {
            !matches!(field, "LP" | "TD")
                || !matches!(*code, "HD" | "SE" | "BY" | "IN" | "CO" | "RE")
                || line.len() <= 3
                || line.contains(" : ")
        });
        let value = match found {
            Some((code, rest)) => {
                field = code;
                rest
            }
            None => line.as_str(),
        };
        if value.is_empty() {
            continue;
        }
        match field {
            "HD" => title.push(value),
            "SE" => piece.section = Some(value.to_owned()),
            "BY" => piece.byline = Some(value.to_owned()),
            "PD" => piece.published = when::date(value).or(piece.published.take()),
            "SN" => piece.outlet = Some(value.to_owned()),
            "LA" => piece.language = press::language(value),
            "LP" | "TD" => piece.body.push(value.to_owned()),
            _ => {}
        }
    }
    piece.title = title.join(" ");
    piece
}

fn plain(lines: &[&String]) -> Piece {
    let mut piece = Piece::default();
    let Some(count) = lines.iter().position(|line| is_count(line)) else {
        // Without a word count there is no telling head from text.
        piece.title = lines.first().map(|line| (*line).clone()).unwrap_or_default();
        return piece;
    };
    let mut above: Vec<&String> = lines[..count].to_vec();
    let by = |line: &str| {
        let starts = ["By ", "BY ", "Von ", "Par ", "Por ", "Di ", "Door "];
        starts.iter().any(|start| line.starts_with(start))
            || (line.split_whitespace().count() <= 6
                && !line.contains([':', '?', '!', '"', '“'])
                && !line.ends_with('.'))
    };
    if above.len() > 1 && above.last().is_some_and(|line| by(line)) {
        piece.byline = above.pop().cloned();
    }
    // A section stands above the headline and is the shorter.
    if above.len() > 1 && above[0].split_whitespace().count() <= 4 {
        piece.section = Some(above.remove(0).clone());
    }
    piece.title = above.iter().map(|line| line.as_str()).collect::<Vec<_>>().join(" ");

    let mut at = count + 1;
    let mut copyright = None;
    for (n, line) in lines[at..].iter().enumerate().take(10) {
        if is_copyright(line) {
            copyright = Some(at + n);
            break;
        }
    }
    let end = copyright.unwrap_or_else(|| {
        let language =
            lines[at..].iter().take(8).position(|line| press::language(line).is_some() && line.len() < 40);
        language.map_or(at, |n| at + n)
    });
    let is_time =
        |line: &str| line.contains(':') && line.len() <= 14 && line.starts_with(|c: char| c.is_ascii_digit());
    let is_code =
        |line: &str| line.len() <= 8 && line.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    for line in &lines[at..=end.min(lines.len().saturating_sub(1))] {
        if is_copyright(line) {
            break;
        }
        if piece.published.is_none() && when::date(line).is_some() {
            piece.published = when::date(line);
        } else if line.len() < 40 && press::language(line).is_some() && piece.outlet.is_some() {
            piece.language = press::language(line);
        } else if piece.outlet.is_none() && !is_time(line) && !is_code(line) {
            piece.outlet = Some((*line).clone());
        }
    }
    at = if end >= at { end + 1 } else { at };
    piece.body = lines.get(at..).unwrap_or_default().iter().map(|line| (*line).clone()).collect();
    piece
}
