//! The front matter of a Markdown file: what note programs, clippers and site generators declare there.
//!
//! Every program has its own names for the same things, and many write what is no YAML: a title with a
//! colon, a byline with a quotation mark. What YAML refuses is read line by line. `created` is when the
//! note was made (Obsidian, Joplin, `MarkDownload`) and never when the article was published.

use std::collections::HashMap;
use std::sync::LazyLock;

use bilat_core::Edtf;
use regex::Regex;
use serde_yaml_ng::Value;

use crate::clipping::Found;
use crate::draft::Draft;
use crate::{byline, date, language, line};

/// Front matter has at most so many bytes; anything longer is a text between rules.
const MOST: usize = 256 * 1024;

/// A name or a tag list has at most so many entries.
const MOST_ENTRIES: usize = 200;

const TITLE: &[&str] = &["title", "headline"];
const STANDFIRST: &[&str] = &["standfirst", "description", "subtitle", "excerpt", "summary", "abstract"];
const OUTLET: &[&str] = &[
    "outlet",
    "site",
    "site_name",
    "sitename",
    "publication",
    "publisher",
    "newspaper",
    "journal",
    "website",
    "publicationtitle",
    "publication_title",
    "container_title",
    "source",
];
const ADDRESS: &[&str] =
    &["url", "source", "source_url", "original_url", "canonical_url", "link", "permalink", "uri"];
const AUTHORS: &[&str] = &["author", "authors", "byline", "creator"];
const PUBLISHED: &[&str] =
    &["published", "date_published", "published_at", "publish_date", "pubdate", "date", "issued", "year"];
const MODIFIED: &[&str] = &["modified", "date_modified", "last_modified_at", "lastmod", "updated"];
const SAVED: &[&str] =
    &["created", "date_saved", "saved", "saved_at", "clipped", "date_clipped", "captured", "created_at"];
const TAGS: &[&str] = &["tags", "tag", "labels", "keywords", "categories"];

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://[^\s<>)\]]+").expect("the pattern is a constant and a test compiles it")
});

/// Front matter between lines of three dashes, and what follows.
pub fn split(text: &str) -> (Option<&str>, &str) {
    let text = text.trim_start_matches('\u{feff}');
    let Some(rest) = text.strip_prefix("---").and_then(|rest| {
        let rest = rest.trim_start_matches([' ', '\t']);
        rest.strip_prefix('\n').or_else(|| rest.strip_prefix("\r\n"))
    }) else {
        return (None, text);
    };
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (Some(&rest[..at]), &rest[at + line.len()..]);
        }
        at += line.len();
        if at > MOST {
            break;
        }
    }
    (None, text)
}

/// When the note was made, where its front matter says the moment: RFC 3339.
pub fn saved_at(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MOST)]);
    let fields = Fields::read(split(&text).0?);
    fields.words(SAVED).and_then(|said| date::moment(&said))
}

/// Takes what front matter declares.
pub fn declare(front: &str, draft: &mut Draft) {
    let fields = Fields::read(front);
    draft.title = fields.words(TITLE);
    draft.standfirst = fields.words(STANDFIRST);
    draft.canonical_url = fields.all(ADDRESS).find_map(|said| Some(LINK.find(&said)?.as_str().to_owned()));
    // What `source` names is an outlet where it is no address.
    draft.outlet = fields.all(OUTLET).find(|said| !said.contains("://") && !said.starts_with('/'));
    draft.section = fields.words(&["section", "category"]);
    draft.language = fields.words(&["lang", "language"]).and_then(|said| language::tag(&said));
    draft.published = fields.days(PUBLISHED).find_map(|said| day(&said));
    draft.published_at = fields.days(PUBLISHED).find_map(|said| date::moment(&said));
    // Where a note's making is told, `updated` tells of the note too.
    let of_note = fields.has("created");
    let changed = MODIFIED.iter().filter(|name| !of_note || **name != "updated");
    draft.modified = changed.filter_map(|name| fields.words(&[name])).find_map(|said| day(&said));
    draft.authors = fields.people();
    draft.tags = fields.tags();
    for (field, known) in [
        ("title", draft.title.is_some()),
        ("standfirst", draft.standfirst.is_some()),
        ("outlet", draft.outlet.is_some()),
        ("section", draft.section.is_some()),
        ("language", draft.language.is_some()),
        ("canonical_url", draft.canonical_url.is_some()),
        ("published", draft.published.is_some()),
        ("modified", draft.modified.is_some()),
        ("byline", !draft.authors.is_empty()),
    ] {
        if known {
            draft.say(field, Found::Meta);
        }
    }
}

/// A day, or a month or a year where no more is said.
fn day(said: &str) -> Option<String> {
    let short = |text: &&str| matches!(text.len(), 4 | 7) && text.parse::<Edtf>().is_ok();
    date::day(said).or_else(|| Some(said.trim()).filter(short).map(str::to_owned))
}

/// What front matter says, by names in lower case with underscores.
struct Fields(HashMap<String, Value>);

impl Fields {
    fn read(front: &str) -> Self {
        let mut fields = HashMap::new();
        // One field that is no YAML costs that field only.
        let pairs = mapping(front).unwrap_or_else(|| {
            chunks(front)
                .into_iter()
                .flat_map(|chunk| mapping(chunk).unwrap_or_else(|| loose(chunk)))
                .collect()
        });
        for (name, value) in pairs {
            let name: String = name.trim().to_lowercase().replace(['-', ' '], "_");
            fields.entry(name).or_insert(value);
        }
        Self(fields)
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The first words of each of these fields.
    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        names
            .iter()
            .filter_map(|name| scalar(self.0.get(*name)?))
            .filter_map(|text| line::label(&unlinked(&text)))
    }

    fn words(&self, names: &[&str]) -> Option<String> {
        self.all(names).next()
    }

    /// Days, be they text or CSL's parts.
    fn days<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        names.iter().filter_map(|name| {
            let value = self.0.get(*name)?;
            scalar(value).or_else(|| parts(value))
        })
    }

    fn people(&self) -> Vec<String> {
        let mut people: Vec<String> = Vec::new();
        for name in AUTHORS {
            let mut found = Vec::new();
            match self.0.get(*name) {
                Some(Value::String(text)) if text.contains(';') => {
                    found.extend(text.split(';').flat_map(person));
                }
                Some(Value::String(text)) => found = printed(&unlinked(text)),
                Some(value) => persons(value, &mut found),
                None => {}
            }
            for person in found {
                if people.len() < MOST_ENTRIES && !people.contains(&person) {
                    people.push(person);
                }
            }
        }
        people
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = Vec::new();
        for name in TAGS {
            let said: Vec<String> = match self.0.get(*name) {
                // One line of words: commas part them, else spaces do (Jekyll, Obsidian).
                Some(Value::String(text)) if text.contains([',', ';']) => {
                    text.split([',', ';']).map(str::to_owned).collect()
                }
                Some(Value::String(text)) => text.split_whitespace().map(str::to_owned).collect(),
                Some(Value::Sequence(list)) => list.iter().filter_map(tag).collect(),
                _ => continue,
            };
            for tag in said {
                let tag = unlinked(&tag);
                let tag = line::label(tag.trim().trim_start_matches('#')).unwrap_or_default();
                if !tag.is_empty() && tags.len() < MOST_ENTRIES && !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
        }
        tags
    }
}

/// The words of a value; of a list the first.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Sequence(list) => list.first().and_then(scalar),
        Value::Mapping(_) => ["name", "literal", "title"].iter().find_map(|name| scalar(value.get(name)?)),
        _ => None,
    }
}

/// An entry of a tag list; a colon in one makes it a pair to YAML.
fn tag(value: &Value) -> Option<String> {
    let Value::Mapping(pair) = value else { return scalar(value) };
    let (name, rest) = pair.iter().next()?;
    Some(format!("{}: {}", scalar(name)?, scalar(rest)?))
}

/// CSL's dates: `{date-parts: [[2026, 3, 2]]}`, or a list of `{year, month, day}`.
fn parts(value: &Value) -> Option<String> {
    if let Value::Sequence(list) = value {
        return list.first().and_then(parts);
    }
    let numbers: Vec<u64> = match value.get("date-parts").and_then(|parts| parts.get(0)) {
        Some(Value::Sequence(list)) => list.iter().filter_map(Value::as_u64).collect(),
        _ => ["year", "month", "day"].iter().map_while(|name| value.get(name)?.as_u64()).collect(),
    };
    let (year, rest) = numbers.split_first()?;
    Some(rest.iter().take(2).fold(format!("{year:04}"), |date, part| format!("{date}-{part:02}")))
}

/// Each entry of a list is one person: a name, or its parts as CSL has them.
fn persons(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Sequence(list) => list.iter().take(MOST_ENTRIES).for_each(|one| persons(one, found)),
        Value::Mapping(_) => {
            let part = |name: &str| value.get(name).and_then(scalar);
            match (part("given"), part("family")) {
                (Some(given), Some(family)) => found.extend(byline::names(&format!("{given} {family}"))),
                (_, family) => found.extend(scalar(value).or(family).iter().flat_map(|name| person(name))),
            }
        }
        Value::String(name) => found.extend(person(name)),
        _ => {}
    }
}

/// One person's name, turned round where the family stands first: “Other, Ann”.
fn person(name: &str) -> Vec<String> {
    let name = unlinked(name);
    match name.split_once(',') {
        Some((family, given)) if !given.contains(',') && line::words(given) > 0 => {
            byline::names(&format!("{} {}", given.trim(), family.trim()))
        }
        _ => byline::names(&name),
    }
}

/// The people of a line; “Other, Ann” is one.
fn printed(text: &str) -> Vec<String> {
    match text.split_once(',') {
        Some((family, given)) if line::words(family) == 1 && line::words(given) == 1 => person(text),
        _ => byline::names(text),
    }
}

/// Words without the brackets of links: `[[Ann Other]]`, `[[people/ann|Ann Other]]`.
fn unlinked(text: &str) -> String {
    text.split("[[")
        .enumerate()
        .map(|(at, part)| match part.split_once("]]") {
            Some((inner, rest)) if at > 0 => {
                format!("{}{rest}", inner.rsplit_once('|').map_or(inner, |(_, shown)| shown))
            }
            _ => part.to_owned(),
        })
        .collect()
}

/// The fields of YAML.
fn mapping(front: &str) -> Option<Vec<(String, Value)>> {
    let Ok(Value::Mapping(fields)) = serde_yaml_ng::from_str::<Value>(front) else { return None };
    Some(fields.into_iter().filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value))).collect())
}

/// Each field with the lines that belong to it.
fn chunks(front: &str) -> Vec<&str> {
    let (mut chunks, mut start, mut at) = (Vec::new(), 0, 0);
    for line in front.split_inclusive('\n') {
        let begins = !line.starts_with([' ', '\t', '-', '#', '\n', '\r']) && line.contains(':');
        if begins && at > start {
            chunks.push(&front[start..at]);
            start = at;
        }
        at += line.len();
    }
    chunks.push(&front[start..]);
    chunks
}

/// A field that is no YAML, line by line: a name, a colon and words, or a list under it.
fn loose(front: &str) -> Vec<(String, Value)> {
    let mut fields: Vec<(String, Value)> = Vec::new();
    for line in front.lines() {
        let inner = line.trim();
        if inner.is_empty() || inner.starts_with('#') {
            continue;
        }
        if let Some(entry) = inner.strip_prefix("- ").or_else(|| (inner == "-").then_some("")) {
            if let Some((_, value)) = fields.last_mut() {
                match value {
                    Value::Sequence(list) => list.push(Value::String(unquoted(entry))),
                    _ => *value = Value::Sequence(vec![Value::String(unquoted(entry))]),
                }
            }
            continue;
        }
        let indented = line.starts_with([' ', '\t']);
        match (indented, inner.split_once(':'), fields.last_mut()) {
            (false, Some((name, value)), _) => {
                let value = value.trim();
                let listed = value.strip_prefix('[').filter(|rest| !rest.starts_with('['));
                let value = match listed.map(|rest| rest.trim_end_matches(']')) {
                    Some(list) => {
                        Value::Sequence(list.split(',').map(|one| Value::String(unquoted(one))).collect())
                    }
                    // The words stand folded below.
                    None if matches!(value, ">" | ">-" | ">+" | "|" | "|-" | "|+") => {
                        Value::String(String::new())
                    }
                    None => Value::String(unquoted(value)),
                };
                fields.push((unquoted(name), value));
            }
            (true, _, Some((_, Value::String(words)))) => {
                words.push(' ');
                words.push_str(inner);
            }
            _ => {}
        }
    }
    fields
}

/// Words without the quotation marks around them.
fn unquoted(text: &str) -> String {
    let text = text.trim();
    for mark in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) {
            return inner.replace("\\\"", "\"").replace("''", "'");
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str) -> Draft {
        let mut draft = Draft::default();
        declare(split(text).0.expect("there is front matter"), &mut draft);
        draft
    }

    #[test]
    fn a_clip_of_obsidian_says_who_wrote_it_where_and_when() {
        let note = "---\ntitle: \"Ferry: the new pact\"\nsource: \"https://harbour.example/ferry\"\nauthor:\n  - \"[[Ann Other]]\"\n  \
                    - \"[[people/bo|Bo Else]]\"\npublished: 2026-03-02\ncreated: 2026-03-05\ndescription: >-\n  The harbour office\n  says so.\ntags:\n  \
                    - \"clippings\"\n  - sea/ferry\n---\nText";
        let draft = declared(note);
        assert_eq!(draft.title.as_deref(), Some("Ferry: the new pact"));
        assert_eq!(draft.canonical_url.as_deref(), Some("https://harbour.example/ferry"));
        assert_eq!(draft.authors, ["Ann Other", "Bo Else"]);
        assert_eq!(draft.published.as_deref(), Some("2026-03-02"));
        assert_eq!((draft.outlet, draft.modified), (None, None));
        assert_eq!(draft.standfirst.as_deref(), Some("The harbour office says so."));
        assert_eq!(draft.tags, ["clippings", "sea/ferry"]);
    }

    #[test]
    fn a_clip_of_markdownload_is_read_though_it_is_no_yaml() {
        let note = "---\ncreated: 2026-03-05T10:11:12 (UTC +01:00)\ntags: [ferry, Sea: the north, ]\nsource: https://harbour.example/ferry?a=1\n\
                    author: By: Ann \"Annie\" Other\n---\n\n# Ferry\n";
        let draft = declared(note);
        assert_eq!(draft.tags, ["ferry", "Sea: the north"]);
        assert_eq!(draft.canonical_url.as_deref(), Some("https://harbour.example/ferry?a=1"));
        assert_eq!(draft.authors, ["Ann \"Annie\" Other"]);
        assert_eq!(draft.published, None);
    }

    #[test]
    fn a_note_of_joplin_has_times_of_its_own() {
        let note = "---\ntitle: Ferry on time\nupdated: 2026-03-06 10:11:12Z\ncreated: 2026-03-05 09:10:11Z\nsource: https://harbour.example/ferry\n\
                    author: Ann Other\nlatitude: 0.00000000\ncompleted?: no\ntags:\n  - ferry\n---\n\nText";
        let draft = declared(note);
        assert_eq!((draft.published, draft.modified), (None, None), "the note's, not the article's");
        assert_eq!(saved_at(note.as_bytes()).as_deref(), Some("2026-03-05T09:10:11Z"));
        assert_eq!(draft.tags, ["ferry"]);
    }

    #[test]
    fn a_post_of_jekyll_has_its_moment_and_its_words_as_tags() {
        let draft = declared(
            "---\nlayout: post\ntitle:  'It''s a ferry'\ndate:   2026-03-02 16:16:01 -0600\ncategories: [sea]\ntags: ferry \"north sea\"\n\
             permalink: /ferry/\nlast_modified_at: 2026-03-04\nlang: en-gb\n---\n",
        );
        assert_eq!(draft.title.as_deref(), Some("It's a ferry"));
        assert_eq!(draft.published_at.as_deref(), Some("2026-03-02T16:16:01-06:00"));
        assert_eq!(
            (draft.published.as_deref(), draft.modified.as_deref()),
            (Some("2026-03-02"), Some("2026-03-04"))
        );
        assert_eq!(draft.canonical_url, None);
        assert_eq!(draft.language.as_deref(), Some("en-GB"));
        assert!(draft.tags.contains(&"sea".to_owned()));
    }

    #[test]
    fn a_note_of_zotero_has_names_with_the_family_first_and_dates_in_parts() {
        for authors in [
            "authors: Other, Ann; Else, Bo",
            "author:\n  - family: Other\n    given: Ann\n  - {family: Else, given: Bo}",
            "author: [\"Other, Ann\", \"Else, Bo\"]",
            "author: Ann Other and Bo Else",
            "author: [[Ann Other]], [[Bo Else]]",
            "author:\n  - name: Ann Other\n  - literal: Bo Else",
        ] {
            let draft = declared(&format!(
                "---\ncitekey: other2026\n{authors}\npublicationTitle: The Harbour Courier\nissued:\n  date-parts:\n  - [2026, 3]\n---\n"
            ));
            assert_eq!(draft.authors, ["Ann Other", "Bo Else"], "{authors}");
            assert_eq!(draft.outlet.as_deref(), Some("The Harbour Courier"));
            assert_eq!(draft.published.as_deref(), Some("2026-03"));
        }
        assert_eq!(
            declared("---\nyear: 2026\nsource: The Courier\n---\n").published.as_deref(),
            Some("2026")
        );
        assert_eq!(declared("---\nsource: The Courier\n---\n").outlet.as_deref(), Some("The Courier"));
    }

    #[test]
    fn a_rule_at_the_top_of_a_text_is_no_front_matter() {
        assert_eq!(split("---\nThe ferry sails.\n"), (None, "---\nThe ferry sails.\n"));
        assert_eq!(split("--- \r\ntitle: a\r\n---\r\nText"), (Some("title: a\r\n"), "Text"));
        assert_eq!(split("---\ntitle: a\n---"), (Some("title: a\n"), ""));
    }
}
