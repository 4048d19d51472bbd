//! Downloads of press databases: one file, many articles, each between lines of the database's own.
//!
//! Which database it is shows in those lines, whatever the file is written in: RTF, DOCX, HTML or plain
//! text all become a list of paragraphs first. What belongs to the database (covers, word counts,
//! copyright lines, subject codes) is left out; what it says of the article is kept.

use bilat_core::{Edtf, ImportFormat};

use crate::item::{Item, ItemError, Words};
use crate::{Error, Items, Read, archive, docx, factiva, markup, nexis, rtf, text};

/// The paragraphs of a download, in whatever it is written; none is empty.
pub fn paragraphs(bytes: &[u8], expected: &'static str) -> Result<Vec<String>, Error> {
    let mut found = if rtf::is_rtf(bytes) {
        rtf::paragraphs(bytes)?
    } else if archive::is_archive(bytes) {
        docx::paragraphs(bytes)?
    } else {
        let text = text::decoded(bytes, expected)?;
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if start.starts_with('<') { markup::paragraphs(start) } else { unwrapped(&text) }
    };
    found.retain(|line| !line.is_empty());
    Ok(found)
}

/// The paragraphs of plain text. Old downloads are wrapped at some eighty characters, with an empty line
/// between paragraphs; a line of the database's own stands alone even without.
fn unwrapped(text: &str) -> Vec<String> {
    let longest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
    let wrapped = longest <= 120 && text.contains("\n\n");
    let mut found: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let tidy = bilat_core::normalise_spaces(line);
        if tidy.is_empty() {
            open = false;
            continue;
        }
        let own = nexis::is_own(&tidy) || factiva::is_own(&tidy);
        match found.last_mut() {
            // Centred lines are titles and names, each of its own.
            Some(last)
                if wrapped
                    && open
                    && !own
                    && !line.starts_with("      ")
                    && !factiva::is_short(last, &tidy) =>
            {
                last.push(' ');
                last.push_str(&tidy);
            }
            _ => found.push(tidy),
        }
        open = !own || nexis::goes_on(line);
    }
    found
}

/// Which database's download these lines are.
pub fn which(lines: &[String]) -> Option<ImportFormat> {
    if factiva::fits(lines) {
        Some(ImportFormat::Factiva)
    } else if nexis::fits(lines) {
        Some(ImportFormat::Nexis)
    } else {
        None
    }
}

/// One article of a download.
#[derive(Debug, Default)]
pub struct Piece {
    pub key: String,
    pub title: String,
    pub byline: Option<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub published: Option<Edtf>,
    pub language: Option<String>,
    pub abstract_: Option<String>,
    pub body: Vec<String>,
}

impl Piece {
    pub fn item(self, number: usize) -> Read {
        let name = if self.title.is_empty() { format!("article {number}") } else { self.title.clone() };
        if self.title.is_empty() {
            return Err(ItemError::new(name, "no headline was found before its text"));
        }
        if self.body.is_empty() {
            return Err(ItemError::new(name, "it has no text: the database gave a headline only"));
        }
        Item {
            key: self.key,
            kind: "article".into(),
            title: self.title,
            authors: self.byline.as_deref().map(authors).unwrap_or_default(),
            outlet: self.outlet,
            section: self.section,
            published: self.published,
            language: self.language,
            abstract_: self.abstract_,
            words: Words::Paragraphs(self.body),
            ..Item::default()
        }
        .tidied()
    }
}

/// The articles of a download.
pub fn items(pieces: Vec<Piece>, expected: &'static str) -> Result<Items<'static>, Error> {
    if pieces.is_empty() {
        return Err(Error::not(expected, "no article was found in it"));
    }
    let read = pieces.into_iter().zip(1..).map(|(piece, number)| piece.item(number)).collect();
    Ok(Items::of(read))
}

/// “By Ann Other and Bo Else in Port Luna”: the people.
pub fn authors(byline: &str) -> Vec<String> {
    let mut line = byline.trim().trim_end_matches('.');
    for start in [
        "By ",
        "BY ",
        "by ",
        "Von ",
        "VON ",
        "von ",
        "Par ",
        "PAR ",
        "par ",
        "Por ",
        "POR ",
        "Di ",
        "Door ",
        "De notre correspondant ",
    ] {
        line = line.strip_prefix(start).unwrap_or(line);
    }
    // What comes after a semicolon or a bar is a place or an address.
    let line = line.split([';', '|']).next().unwrap_or(line);
    let line = line.split(" in ").next().unwrap_or(line);
    let mut names = vec![line];
    for mark in [" and ", " und ", " et ", " y ", " e ", " en ", " & ", ", "] {
        names = names.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let name = |part: &str| {
        let words = part.split_whitespace().count();
        let mail = part.contains('@');
        (!part.trim().is_empty() && words <= 5 && !mail).then(|| part.trim().to_owned())
    };
    names.into_iter().filter_map(name).collect()
}

/// The BCP 47 tag of a language that is named in words or by a tag.
pub fn language(name: &str) -> Option<String> {
    let plain = name.trim().trim_end_matches('.').to_lowercase();
    let first = plain.split([';', ',', '(']).next().unwrap_or_default().trim();
    if let Some((_, tag)) = LANGUAGES.iter().find(|(names, _)| names.contains(&first)) {
        return Some((*tag).to_owned());
    }
    let tag = first.replace('_', "-");
    let parts: Vec<&str> = tag.split('-').collect();
    let letters = |part: &str, lengths: &[usize]| {
        lengths.contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let good = parts.len() <= 3
        && letters(parts[0], &[2])
        && parts[0].chars().all(|c| c.is_ascii_alphabetic())
        && parts[1..].iter().all(|part| letters(part, &[2, 3, 4]));
    if !good {
        // Three letters: ISO 639-2, as library catalogues write.
        return LANGUAGES
            .iter()
            .find(|(names, _)| parts.len() == 1 && names.iter().any(|name| *name == parts[0]))
            .map(|(_, tag)| (*tag).to_owned());
    }
    let cased = parts.iter().enumerate().map(|(at, part)| match (at, part.len()) {
        (1.., 2) => part.to_uppercase(),
        _ => (*part).to_owned(),
    });
    Some(cased.collect::<Vec<_>>().join("-"))
}

const LANGUAGES: [(&[&str], &str); 32] = [
    (&["english", "englisch", "anglais", "inglés", "inglese", "eng", "английский", "engels"], "en"),
    (&["german", "deutsch", "allemand", "alemán", "tedesco", "ger", "deu", "duits"], "de"),
    (&["french", "français", "francais", "französisch", "francés", "francese", "fre", "fra", "frans"], "fr"),
    (&["spanish", "español", "espanol", "spanisch", "espagnol", "spa"], "es"),
    (&["italian", "italiano", "italienisch", "italien", "ita"], "it"),
    (&["portuguese", "português", "portugues", "portugiesisch", "portugais", "por"], "pt"),
    (&["dutch", "nederlands", "niederländisch", "néerlandais", "dut", "nld"], "nl"),
    (&["russian", "русский", "russisch", "russe", "ruso", "rus"], "ru"),
    (&["ukrainian", "українська", "ukrainisch", "ukr"], "uk"),
    (&["polish", "polski", "polnisch", "polonais", "pol"], "pl"),
    (&["czech", "čeština", "tschechisch", "cze", "ces"], "cs"),
    (&["chinese", "chinese - simplified", "chinese - traditional", "中文", "chinesisch", "chi", "zho"], "zh"),
    (&["japanese", "日本語", "japanisch", "jpn"], "ja"),
    (&["korean", "한국어", "koreanisch", "kor"], "ko"),
    (&["arabic", "العربية", "arabisch", "arabe", "ara"], "ar"),
    (&["turkish", "türkçe", "turkce", "türkisch", "tur"], "tr"),
    (&["swedish", "svenska", "schwedisch", "swe"], "sv"),
    (&["norwegian", "norsk", "norwegisch", "nor"], "no"),
    (&["danish", "dansk", "dänisch", "dan"], "da"),
    (&["finnish", "suomi", "finnisch", "fin"], "fi"),
    (&["greek", "ελληνικά", "griechisch", "gre", "ell"], "el"),
    (&["hungarian", "magyar", "ungarisch", "hun"], "hu"),
    (&["romanian", "română", "rumänisch", "rum", "ron"], "ro"),
    (&["bulgarian", "български", "bul"], "bg"),
    (&["serbian", "srpski", "srp"], "sr"),
    (&["hebrew", "עברית", "heb"], "he"),
    (&["persian", "farsi", "فارسی", "per", "fas"], "fa"),
    (&["hindi", "हिन्दी", "hin"], "hi"),
    (&["indonesian", "bahasa indonesia", "ind"], "id"),
    (&["malay", "bahasa melayu", "may", "msa"], "ms"),
    (&["vietnamese", "tiếng việt", "vie"], "vi"),
    (&["catalan", "català", "cat"], "ca"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_name_and_tag() {
        let check = |name: &str, tag: &str| assert_eq!(language(name).unwrap_or_default(), tag, "{name}");
        check("ENGLISH; ENGLISCH", "en");
        check("Deutsch", "de");
        check("en_GB", "en-GB");
        check("eng", "en");
        check("pt-br", "pt-BR");
        check("Klingon", "");
        check("", "");
    }

    #[test]
    fn a_byline_gives_its_people() {
        assert_eq!(authors("By Ann Other and Bo Else in Port Luna"), ["Ann Other", "Bo Else"]);
        assert_eq!(authors("Von Ann Other; Port Luna"), ["Ann Other"]);
    }
}
