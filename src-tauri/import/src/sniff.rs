//! Which format a file is of, by what stands in it; the name decides only where the content leaves it open.

use bilat_clip::Media;
use bilat_core::ImportFormat;

use crate::{archive, docx, press, rtf};

/// How much of a file is looked at.
const HEAD: usize = 64 * 1024;

/// The format of a file, where it is a collection that is known here; nothing for a document of its own.
pub fn sniff(bytes: &[u8], name: &str) -> Option<ImportFormat> {
    let name = name.to_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if archive::is_archive(bytes) {
        return in_archive(bytes);
    }
    if rtf::is_rtf(bytes) {
        return press::which(&rtf::paragraphs(&bytes[..bytes.len().min(4 * HEAD)]).ok()?);
    }
    let mut head = &bytes[..bytes.len().min(HEAD)];
    // The cut must not fall into a character, or UTF-8 would look like something else.
    while bytes.len() > HEAD && head.last().is_some_and(|byte| *byte >= 0x80) {
        head = &head[..head.len() - 1];
    }
    let text = bilat_clip::text_of(head, Media::Text).ok()?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    match text.chars().next()? {
        '{' | '[' => json(text, bytes),
        '<' => markup(text, &name, ending),
        _ => plain(text, ending),
    }
}

fn in_archive(bytes: &[u8]) -> Option<ImportFormat> {
    let mut archive = archive::Archive::open(bytes, "an archive").ok()?;
    let names = archive.names();
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    if any(&|name| name == "word/document.xml") {
        return press::which(&docx::paragraphs(bytes).ok()?);
    }
    if any(&|name| name == "bilat.json") {
        return Some(ImportFormat::Bilat);
    }
    let metadata = |name: &str| crate::omnivore::is_metadata(name);
    if any(&metadata) {
        return Some(ImportFormat::Omnivore);
    }
    // Pocket's last export: a ZIP with part_000000.csv in it.
    let table = names.iter().find(|name| name.to_lowercase().ends_with(".csv"))?;
    let head = archive.read(table, crate::MOST_BYTES).ok()??;
    sniff(&head, table).filter(|format| *format == ImportFormat::Pocket)
}

/// Which JSON it is shows in the names of its fields; they stand near its start.
fn json(text: &str, bytes: &[u8]) -> Option<ImportFormat> {
    let has = |field: &str| text.contains(&format!("\"{field}\""));
    let list = text.starts_with('[');
    if has("betterbibtex")
        || (has("itemType") && (has("creators") || has("tags") || has("data") || has("attachments")))
    {
        Some(ImportFormat::ZoteroJson)
    } else if has("hashed_url") || (has("is_archived") && has("domain_name")) {
        Some(ImportFormat::Wallabag)
    } else if !list && has("bookmarks") && has("content") {
        Some(ImportFormat::Karakeep)
    } else if has("TextQuoteSelector")
        || (has("target") && has("source") && (has("uri") || has("body") || has("rows")))
    {
        Some(ImportFormat::Hypothesis)
    } else if has("bilat_export") {
        Some(ImportFormat::Bilat)
    } else if has("issued")
        || has("container-title")
        || (has("type") && has("title") && (has("author") || has("id")))
    {
        Some(ImportFormat::CslJson)
    } else if text.len() <= 4 && bytes.len() <= 8 {
        // An empty list is what several programs write when there is nothing.
        None
    } else {
        None
    }
}

fn markup(text: &str, name: &str, ending: &str) -> Option<ImportFormat> {
    let head: String = text.chars().take(4_096).collect::<String>().to_lowercase();
    if head.contains("netscape-bookmark-file") {
        return Some(ImportFormat::Bookmarks);
    }
    if head.contains("<opml") {
        return Some(ImportFormat::Opml);
    }
    if head.contains("<rdf:rdf")
        && (head.contains("zotero.org/namespaces") || text.contains("bib:") || ending == "rdf")
    {
        return Some(ImportFormat::ZoteroRdf);
    }
    if head.contains("<title>pocket export</title>") || name.contains("ril_export") {
        return Some(ImportFormat::Pocket);
    }
    if text.contains("articleParagraph") && text.contains("class=\"article ") {
        return Some(ImportFormat::Factiva);
    }
    press::which(&crate::markup::paragraphs(text))
}

fn plain(text: &str, ending: &str) -> Option<ImportFormat> {
    let first = text.lines().next().unwrap_or_default().to_lowercase();
    let columns: Vec<&str> = first.split(',').map(|column| column.trim().trim_matches('"')).collect();
    let has = |column: &str| columns.contains(&column);
    if has("url") && has("time_added") {
        return Some(ImportFormat::Pocket);
    }
    if has("url") && has("title") && has("folder") && has("selection") {
        return Some(ImportFormat::Instapaper);
    }
    if (has("highlight") && has("book title")) || (has("url") && has("reading progress")) {
        return Some(ImportFormat::Readwise);
    }
    let tagged = text
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}'))
        .take(40)
        .any(|line| line.starts_with("TY  - ") || line.starts_with("TY  -"));
    if tagged {
        return Some(ImportFormat::Ris);
    }
    let entry = text.lines().take(400).map(str::trim_start).any(|line| {
        line.strip_prefix('@').and_then(|rest| rest.split_once(['{', '('])).is_some_and(|(kind, _)| {
            !kind.trim().is_empty() && kind.trim().chars().all(|c| c.is_ascii_alphabetic())
        })
    });
    if ending.starts_with("bib") || (entry && !matches!(ending, "md" | "markdown" | "html")) {
        return Some(ImportFormat::Bibtex);
    }
    let lines: Vec<String> =
        text.lines().map(bilat_core::normalise_spaces).filter(|line| !line.is_empty()).collect();
    press::which(&lines)
}
