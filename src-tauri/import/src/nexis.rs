//! Downloads from Nexis (LexisNexis): today's, where each article has `Body` and `End of Document` lines
//! and a cover page stands first, and the older ones, where each starts with `1 of 2 DOCUMENTS`.

use crate::press::{self, Piece};
use crate::{Error, Items, when};

const THIS: &str = "a Nexis download";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let lines = press::paragraphs(bytes, THIS)?;
    if !fits(&lines) {
        return Err(Error::not(THIS, "no article was found in it"));
    }
    let articles = if lines.iter().any(|line| is_end(line)) { today(&lines) } else { older(&lines) };
    press::items(articles, THIS)
}

/// Whether these lines are such a download.
pub fn fits(lines: &[String]) -> bool {
    let any = |test: &dyn Fn(&str) -> bool| lines.iter().any(|line| test(line));
    let has = |wanted: Label| any(&|line| label(line).is_some_and(|(found, _)| found == wanted));
    (any(&is_end) && any(&is_body)) || any(&is_start) || (has(Label::LoadDate) && has(Label::Length))
}

/// What a line of the database says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Headline,
    Highlight,
    Byline,
    Section,
    Length,
    Dateline,
    Language,
    LoadDate,
    Body,
    /// The text stands before it.
    End,
    /// Said of the article and not kept.
    Other,
}

const LABELS: [(Label, &[&str]); 11] = [
    (Label::Headline, &["headline", "titel", "titre", "titular", "titolo", "überschrift", "kop"]),
    (Label::Highlight, &["highlight", "untertitel", "sous-titre", "subtítulo"]),
    (Label::Byline, &["byline", "author", "autor", "auteur", "autore", "journaliste", "von", "par", "por"]),
    (
        Label::Section,
        &["section", "rubrik", "rubrique", "sección", "seccion", "sezione", "ressort", "sectie"],
    ),
    (Label::Length, &["length", "länge", "longueur", "longitud", "extensión", "lunghezza", "lengte"]),
    (Label::Dateline, &["dateline", "ort", "lieu"]),
    (Label::Language, &["language", "sprache", "langue", "idioma", "lingua", "taal"]),
    (
        Label::LoadDate,
        &[
            "load-date",
            "update",
            "ladedatum",
            "date-chargement",
            "date-de-chargement",
            "fecha-carga",
            "fecha-de-carga",
        ],
    ),
    (Label::Body, &["body", "text", "texte", "texto", "testo", "volltext", "tekst"]),
    (
        Label::End,
        &[
            "graphic",
            "grafik",
            "graphique",
            "gráfico",
            "classification",
            "klassifikation",
            "classificazione",
            "clasificación",
            "publication-type",
            "publikationstyp",
            "type-publication",
            "tipo-de-publicación",
            "subject",
            "geographic",
            "correction-date",
            "notes",
            "note",
            "copyright",
            "acc-no",
            "journal-code",
            "distribution",
            "zeitung-code",
            "isbn",
            "issn",
        ],
    ),
    (
        Label::Other,
        &[
            "series",
            "type",
            "person",
            "company",
            "organization",
            "ticker",
            "industry",
            "country",
            "state",
            "city",
            "pub-type",
            "name",
            "correction",
            "serie",
            "search terms",
            "client/matter",
            "search type",
            "narrowed by",
            "content type",
            "job number",
            "date and time",
            "user name",
            "web address",
        ],
    ),
];

/// A line that starts with a label and a colon, and what follows them.
fn label(line: &str) -> Option<(Label, &str)> {
    let (name, value) = line.split_once(':')?;
    if name.len() > 32 {
        return None;
    }
    let name = name.trim().to_lowercase();
    let (found, _) = LABELS.iter().find(|(_, names)| names.contains(&name.as_str()))?;
    Some((*found, value.trim()))
}

fn is_start(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [n, "of", m, what] => number(n) && number(m) && matches!(*what, "DOCUMENTS" | "DOCUMENT"),
        [what, n, "von" | "de" | "di" | "van", m] => {
            number(n)
                && number(m)
                && ["dokument", "document", "documento"].contains(&what.to_lowercase().as_str())
        }
        _ => false,
    }
}

fn is_end(line: &str) -> bool {
    let plain = line.to_lowercase();
    matches!(
        plain.as_str(),
        "end of document"
            | "ende des dokuments"
            | "fin du document"
            | "fin del documento"
            | "fine documento"
            | "einde van document"
    )
}

fn is_body(line: &str) -> bool {
    matches!(
        line,
        "Body"
            | "Text"
            | "Textkörper"
            | "Corps"
            | "Corps du texte"
            | "Cuerpo"
            | "Texte"
            | "Texto"
            | "Corpo"
            | "Hoofdtekst"
    ) || label(line)
        .is_some_and(|(found, value)| found == Label::Body && value.is_empty() && line.to_uppercase() == line)
}

/// A line that ends the text: a heading of its own, or a label.
fn ends_body(line: &str) -> bool {
    if matches!(
        line,
        "Graphic"
            | "Classification"
            | "Notes"
            | "Grafik"
            | "Klassifikation"
            | "Graphique"
            | "Classificación"
            | "Clasificación"
            | "Correction"
    ) {
        return true;
    }
    let Some((found, _)) = label(line) else { return is_end(line) };
    let name = line.split(':').next().unwrap_or_default();
    // “Note: …” in an article is the article's; the database writes its labels in capitals or with a hyphen.
    let shaped = name.to_uppercase() == name
        || name.contains('-')
        || matches!(name, "Language" | "Subject" | "Graphic" | "Geographic");
    shaped && matches!(found, Label::End | Label::LoadDate | Label::Language)
}

/// Whether a line is the database's own, so that no other line goes on in it.
pub fn is_own(line: &str) -> bool {
    is_start(line) || is_end(line) || is_body(line) || ends_body(line) || {
        label(line).is_some() && line.split(':').next().is_some_and(|name| name.to_uppercase() == name)
    }
}

/// Whether the next line may go on with this one though it is the database's own: a long headline is wrapped.
pub fn goes_on(line: &str) -> bool {
    label(line.trim())
        .is_some_and(|(found, _)| matches!(found, Label::Headline | Label::Byline | Label::Highlight))
        && line.chars().count() > 60
}

fn is_copyright(line: &str) -> bool {
    let plain = line.to_lowercase();
    plain.starts_with("copyright")
        || plain.starts_with('©')
        || plain.starts_with("(c)")
        || plain.starts_with("all rights reserved")
        || plain.contains("all rights reserved")
}

fn is_edition(line: &str) -> bool {
    let plain = line.to_lowercase();
    line.chars().count() <= 60
        && ["edition", "ausgabe", "édition", "edición", "edizione", "correction appended"]
            .iter()
            .any(|word| plain.contains(word))
}

/// The day of a line that is a date and little more: “May 2, 2031 Friday 8:00 AM GMT”.
fn dated(line: &str) -> Option<bilat_core::Edtf> {
    (line.chars().count() <= 70
        && line.contains(|c: char| c.is_ascii_digit())
        && line.split_whitespace().count() <= 9)
        .then(|| when::date(line))
        .flatten()
        .filter(|date| date.as_str().len() >= 7 || line.trim().len() == 4)
}

fn today(lines: &[String]) -> Vec<Piece> {
    let mut found = Vec::new();
    for article in lines.split(|line| is_end(line)) {
        let Some(body_at) = article.iter().position(|line| is_body(line)) else { continue };
        let (head, rest) = article.split_at(body_at);
        let mut piece = Piece { body: body(&rest[1..]), ..Piece::default() };
        fields(head, &mut piece);
        fields(&rest[1 + piece.body.len()..], &mut piece);
        // Headline, outlet, date stand one under the other; a cover page may stand above.
        let date_at = head
            .iter()
            .rposition(|line| label(line).is_none() && !is_copyright(line) && dated(line).is_some());
        let mut above: Vec<&String> = head[..date_at.unwrap_or(head.len())]
            .iter()
            .filter(|line| {
                label(line).is_none() && !is_copyright(line) && !line.starts_with("| About LexisNexis")
            })
            .collect();
        if date_at.is_some() {
            piece.outlet = above.pop().cloned();
        }
        if piece.title.is_empty() {
            piece.title = above.pop().cloned().unwrap_or_default();
        }
        if let Some(at) = date_at {
            piece.published = dated(&head[at]);
        }
        found.push(piece);
    }
    found
}

fn older(lines: &[String]) -> Vec<Piece> {
    let mut found = Vec::new();
    let starts = lines.iter().any(|line| is_start(line));
    for (n, article) in lines.split(|line| is_start(line)).enumerate() {
        if starts && n == 0 || article.is_empty() {
            continue;
        }
        let first_label = article.iter().position(|line| label(line).is_some()).unwrap_or(article.len());
        let body_at = article.iter().position(|line| is_body(line)).map(|at| at + 1);
        // Some give no BODY line: the text stands after the last label of the head.
        let body_at = body_at.unwrap_or_else(|| {
            let mut at = first_label;
            while article.get(at).is_some_and(|line| label(line).is_some()) {
                at += 1;
            }
            at
        });
        let mut piece = Piece { body: body(&article[body_at.min(article.len())..]), ..Piece::default() };
        fields(&article[..body_at.min(article.len())], &mut piece);
        fields(&article[(body_at + piece.body.len()).min(article.len())..], &mut piece);
        piece.body.retain(|line| !is_copyright(line));
        let head: Vec<&String> = article[..first_label].iter().filter(|line| !is_copyright(line)).collect();
        let date_at = head.iter().position(|line| dated(line).is_some());
        if let Some(at) = date_at {
            piece.published = dated(head[at]);
            piece.outlet = head[..at].first().map(|line| (*line).clone());
        } else {
            piece.outlet = head.first().map(|line| (*line).clone());
        }
        if piece.title.is_empty() {
            let after = date_at.map_or(1, |at| at + 1).min(head.len());
            piece.title = head[after..]
                .iter()
                .rfind(|line| !is_edition(line))
                .map(|line| (*line).clone())
                .unwrap_or_default();
        }
        found.push(piece);
    }
    found
}

fn body(lines: &[String]) -> Vec<String> {
    lines.iter().take_while(|line| !ends_body(line)).cloned().collect()
}

fn fields(lines: &[String], piece: &mut Piece) {
    for (found, value) in lines.iter().filter_map(|line| label(line)).filter(|(_, value)| !value.is_empty()) {
        let value = value.to_owned();
        match found {
            Label::Headline => piece.title = value,
            Label::Byline => piece.byline = Some(value),
            // “NEWS; Pg. 4”: the page is not the section.
            Label::Section => piece.section = value.split(';').next().map(str::to_owned),
            Label::Language => piece.language = press::language(&value).or(piece.language.take()),
            Label::Highlight => piece.abstract_ = Some(value),
            Label::LoadDate if piece.published.is_none() => piece.published = when::date(&value),
            _ => {}
        }
    }
}
