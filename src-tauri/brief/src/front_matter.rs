//! The head of a briefing: YAML between two lines of `---` at the very top.
//!
//! It is written by people and by other programs, so nothing in it may stop the work: what cannot be
//! read becomes a warning, and the rest of the document stands.

use std::ops::Range;

use serde_yaml_ng::Value;

/// The longest head that is read, in bytes. A person's head has a few hundred.
const LONGEST: usize = 64 * 1024;

/// What the head of a briefing says. A field left out is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title, which states the finding.
    pub title: String,
    /// The pair, as written.
    pub pair: String,
    /// The edition, as written.
    pub edition: String,
    /// The day the briefing describes.
    pub as_of: String,
    /// The last day whose information was used.
    pub information_cut_off: String,
    /// Who wrote it; several names are joined by commas.
    pub author: String,
    /// Who may read it, such as `TLP:CLEAR`.
    pub marking: String,
    /// BCP 47 tag of the language it is written in.
    pub language: String,
    /// The scale of likelihood it keeps to: `ICD 203`, `PHIA`, or the house's own words.
    pub scale: String,
    /// Every text in it, known field or not, and the bytes of the Markdown where it stands; those of
    /// the whole head where it is written in another form there.
    pub values: Vec<(String, Range<usize>)>,
    /// What could not be read, one line.
    pub warning: Option<String>,
}

/// Reads the head of `markdown`; an empty one where there is none.
pub fn front_matter(markdown: &str) -> FrontMatter {
    let Some((at, _)) = split(markdown) else { return FrontMatter::default() };
    // YAML 1.1 ends lines where nobody sees an end; as many blanks keep every place.
    let yaml = &markdown[at.clone()].replace('\u{85}', "  ").replace(['\u{2028}', '\u{2029}'], "   ");
    if yaml.len() > LONGEST {
        return warned(format!("the head of the briefing is longer than {LONGEST} bytes and was not read"));
    }
    match serde_yaml_ng::from_str::<Value>(yaml) {
        Ok(Value::Mapping(fields)) => {
            let mut head = FrontMatter::default();
            for (name, value) in &fields {
                let name = plain(name).to_lowercase().replace([' ', '-'], "_");
                let Some(field) = head.field(&name) else { continue };
                *field = plain(value);
            }
            let mut values = Vec::new();
            fields.values().for_each(|value| texts(value, &mut values));
            let place = |text: &str| match yaml.find(text) {
                Some(start) => at.start + start..at.start + start + text.len(),
                None => at.clone(),
            };
            head.values = values.into_iter().map(|text| (text.to_owned(), place(text))).collect();
            head
        }
        Ok(Value::Null) => FrontMatter::default(),
        Ok(_) => warned("the head of the briefing is no list of fields, such as “title: …”".into()),
        Err(fault) => {
            let fault = fault.to_string();
            let fault = fault.lines().next().unwrap_or_default();
            warned(format!("the head of the briefing is no YAML: {fault}"))
        }
    }
}

/// The title of a briefing: from its head, or its first heading, or nothing.
pub fn title(markdown: &str) -> String {
    let head = front_matter(markdown).title;
    if head.is_empty() { crate::parse::parse(markdown).first_heading().unwrap_or_default() } else { head }
}

/// The bytes of the YAML, and the byte at which the text after it starts.
pub(crate) fn split(markdown: &str) -> Option<(Range<usize>, usize)> {
    let top = markdown.strip_prefix('\u{FEFF}').map_or(0, |rest| markdown.len() - rest.len());
    let mut lines = markdown[top..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" || first.starts_with(' ') {
        return None;
    }
    let start = top + first.len();
    let mut at = start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

impl FrontMatter {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "title" => &mut self.title,
            "pair" => &mut self.pair,
            "edition" => &mut self.edition,
            "as_of" | "date" => &mut self.as_of,
            "information_cut_off" | "information_cutoff" | "cut_off" => &mut self.information_cut_off,
            "author" | "authors" => &mut self.author,
            "marking" | "classification" => &mut self.marking,
            "lang" | "language" => &mut self.language,
            "scale" => &mut self.scale,
            _ => return None,
        })
    }
}

fn warned(warning: String) -> FrontMatter {
    FrontMatter { warning: Some(warning), ..FrontMatter::default() }
}

/// Every text in a YAML value.
fn texts<'v>(value: &'v Value, out: &mut Vec<&'v str>) {
    match value {
        Value::String(text) => out.push(text),
        Value::Sequence(items) => items.iter().for_each(|item| texts(item, out)),
        Value::Mapping(fields) => fields.values().for_each(|field| texts(field, out)),
        Value::Tagged(tagged) => texts(&tagged.value, out),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A YAML value as one line of text.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => bilat_core::normalise_spaces(text),
        Value::Bool(yes) => yes.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Sequence(items) => {
            items.iter().map(plain).filter(|item| !item.is_empty()).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    }
}

/// `text` as a YAML string that reads back as exactly that text, on one line.
pub(crate) fn yaml_string(text: &str) -> String {
    // JSON strings are YAML strings; control characters are escaped in both.
    serde_json::Value::from(bilat_core::normalise_spaces(text)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_is_read_however_its_names_are_written() {
        let head = front_matter(
            "---\ntitle: \"Cold: and colder\"\npair: FR-JP\nas of: 2023-01-20\ninformation cut-off: 2023-01-19\n\
             author: [A. Lind, B. Ruiz]\nmarking: TLP:GREEN\nedition: 3\n---\nText",
        );
        assert_eq!(head.title, "Cold: and colder");
        assert_eq!((head.as_of.as_str(), head.information_cut_off.as_str()), ("2023-01-20", "2023-01-19"));
        assert_eq!((head.author.as_str(), head.edition.as_str()), ("A. Lind, B. Ruiz", "3"));
        assert_eq!(head.marking, "TLP:GREEN");
        assert_eq!(head.warning, None);
    }

    #[test]
    fn a_bad_head_is_a_warning_and_never_a_stop() {
        for bad in ["---\ntitle: [\n---\n", "---\n- a\n- b\n---\n", "---\n\t: x\n---\n", "---\na: *b\n---\n"]
        {
            let head = front_matter(bad);
            assert!(head.warning.is_some(), "{bad}");
            assert!(!head.warning.unwrap().contains('\n'));
        }
        assert_eq!(front_matter("---\nno end"), FrontMatter::default());
        assert_eq!(title("---\ntitle: [\n---\n# From *the* heading"), "From the heading");
    }

    #[test]
    fn a_line_end_that_nobody_sees_ends_no_head() {
        for end in ['\u{85}', '\u{2028}', '\u{2029}'] {
            let head = front_matter(&format!("---\ntitle: \"One{end}---{end}two\"\nauthor: Lind\n---\n"));
            assert!(head.title.contains("two"), "{head:?}");
            assert_eq!(head.author, "Lind");
        }
    }

    #[test]
    fn any_text_survives_as_a_yaml_string() {
        for text in ["a: b # c", "\"'\\", "<!-- -->", "é\u{202E}x", "- *x", "\u{7}", "true"] {
            let head = front_matter(&format!("---\ntitle: {}\n---\n", yaml_string(text)));
            assert_eq!(head.title, text);
        }
    }
}
