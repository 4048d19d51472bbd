//! Names that stand for a country or an organisation of states, compiled in from `assets/gazetteer`.
//!
//! One automaton finds them all in one pass, the longest at each place; phrases that only look like
//! a country (“guinea pig”, “Washington Post”) are in it too, so that they win and are dropped.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use chrono::NaiveDate;

/// How a name stands for its country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stands {
    Name,
    Demonym,
    Capital,
    City,
    Region,
    Metonym,
    Organisation,
    /// Index into [`leaders`].
    Leader(u16),
    /// Means something else.
    Nothing,
}

pub(crate) struct Entry {
    pub form: String,
    pub code: &'static str,
    pub stands: Stands,
}

/// One person's term in one office.
pub(crate) struct Leader {
    pub names: Vec<&'static str>,
    pub code: &'static str,
    pub role: &'static str,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// Whether the surname alone names them during the term.
    pub by_surname: bool,
}

impl Leader {
    pub fn in_office(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

macro_rules! table {
    ($name:literal) => {
        include_str!(concat!("../../../assets/gazetteer/", $name))
    };
}

fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

static LEADERS: LazyLock<Vec<Leader>> = LazyLock::new(|| {
    rows(table!("leaders.tsv"))
        .map(|row| Leader {
            names: row[0].split('|').collect(),
            code: row[1],
            role: row[2],
            from: row[3].parse().expect("a test reads every date of the table"),
            to: row
                .get(4)
                .filter(|d| !d.is_empty())
                .map(|d| d.parse().expect("a test reads every date of the table")),
            by_surname: row.get(5).is_some_and(|s| s.trim() == "s"),
        })
        .collect()
});

/// Everybody in the table of offices, a row for each term.
pub(crate) fn leaders() -> &'static [Leader] {
    &LEADERS
}

static BY_NAME: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, leader) in leaders().iter().enumerate() {
        for name in &leader.names {
            map.entry(name).or_default().push(i);
        }
    }
    map
});

/// The term of that name: the one that holds the day, or the last of all.
pub(crate) fn term(name: &str, day: Option<NaiveDate>) -> Option<&'static Leader> {
    term_at(name, day).map(|at| &leaders()[at as usize])
}

/// Where that term stands in the table.
pub(crate) fn term_at(name: &str, day: Option<NaiveDate>) -> Option<u16> {
    let terms = BY_NAME.get(name)?;
    let all = leaders();
    day.and_then(|d| terms.iter().copied().find(|&i| all[i].in_office(d)))
        .or_else(|| terms.iter().copied().max_by_key(|&i| all[i].from))
        .map(|at| at as u16)
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let mut entries: Vec<Entry> = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    let mut add = |form: &str, code: &'static str, stands: Stands| {
        let form = form.trim();
        if !form.is_empty() && seen.insert(form.to_ascii_lowercase()) {
            entries.push(Entry { form: form.to_string(), code, stands });
        }
    };
    for row in rows(table!("not_places.tsv")) {
        row[0].split('|').for_each(|f| add(f, "", Stands::Nothing));
    }
    let lists = [
        (table!("names.tsv"), Stands::Name),
        (table!("demonyms.tsv"), Stands::Demonym),
        (table!("capitals.tsv"), Stands::Capital),
        (table!("organisations.tsv"), Stands::Organisation),
        (table!("metonyms.tsv"), Stands::Metonym),
        (table!("regions.tsv"), Stands::Region),
    ];
    for (list, stands) in lists {
        for row in rows(list) {
            row[1].split('|').for_each(|f| add(f, row[0], stands));
        }
    }
    for (i, leader) in leaders().iter().enumerate() {
        for name in &leader.names {
            add(name, leader.code, Stands::Leader(i as u16));
        }
    }
    for row in rows(table!("countries.tsv")) {
        let stands = if row[2] == "capital" { Stands::Capital } else { Stands::Name };
        // Too short to be told from a word or an abbreviation.
        let short = row[3].chars().count() < 4 && !row[3].chars().any(crate::text::cjk);
        if !short
            && !matches!(
                row[3],
                "Reunion"
                    | "Douglas"
                    | "Jamestown"
                    | "Victoria"
                    | "George Town"
                    | "Road Town"
                    | "The Valley"
                    | "Male"
                    | "Kingston"
                    | "Hamilton"
                    | "Georgetown"
                    | "Stanley"
            )
        {
            add(row[3], row[0], stands);
        }
    }
    for row in rows(table!("inflected.tsv")) {
        let stands = match row[1] {
            "name" => Stands::Name,
            "capital" => Stands::Capital,
            _ => Stands::Demonym,
        };
        for form in row[2].split('|').flat_map(declined) {
            // Adjectives stand in small letters but at the start of a sentence; capitals are shouted in datelines.
            let mut letters = form.chars();
            if let Some(first) = letters.next().filter(|c| stands == Stands::Demonym && !c.is_ascii()) {
                add(&first.to_uppercase().chain(letters).collect::<String>(), row[0], stands);
            }
            if stands == Stands::Capital {
                add(&form.to_uppercase(), row[0], stands);
            }
            add(&form, row[0], stands);
        }
    }
    for row in rows(table!("cities.tsv")).filter(|row| {
        !matches!(row[1], "Beira" | "Santos" | "Stockton" | "Durango" | "Bandar" | "Brest" | "Sector 3")
    }) {
        add(row[1], row[0], Stands::City);
    }
    entries
});

/// The forms of `stem~class`.
fn declined(form: &str) -> Vec<String> {
    let (stem, class) = form.split_once('~').unwrap_or((form, "0"));
    // The class is the ending of the dictionary form; the stem of “-ия” keeps its и.
    let endings: &[&str] = match class {
        "ий" => &["ий", "ая", "ое", "ие", "ого", "ой", "ому", "им", "ом", "их", "ими", "ую"],
        "ия" => &["я", "и", "ю", "ей"],
        "а" => &["а", "ы", "и", "е", "у", "ой"],
        "ь" => &["ь", "и", "я", "ю", "ем", "ью", "е"],
        "й" => &["й", "я", "ю", "ем", "е"],
        "ет" => &["ет", "та", "ту", "том", "те"],
        "" => &["", "а", "у", "ом", "ем", "е"],
        "ός" => &["ός", "ή", "ό", "ού", "ής", "οί", "ές", "ά", "ών", "ούς"],
        "ي" => &["ي", "ية", "يا", "يين", "يون", "يان", "يتين"],
        "e" => &["", "e", "s", "es"],
        "ne" => &["", "ne", "s", "nes"],
        "isch" => &["e", "en", "er", "es", "em"],
        "e0" => &["", "s"],
        _ => &[""],
    };
    endings.iter().map(|ending| format!("{stem}{ending}")).collect()
}

static AUTOMATON: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(ENTRIES.iter().map(|e| &e.form))
        .expect("a few thousand short names fit an automaton")
});

static FIRST_NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(table!("first_names.txt")));
static ALSO_PEOPLE: LazyLock<HashSet<&'static str>> = LazyLock::new(|| words(table!("persons.txt")));

fn words(list: &'static str) -> HashSet<&'static str> {
    list.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect()
}

pub(crate) fn is_first_name(word: &str) -> bool {
    FIRST_NAMES.contains(word)
}

/// Whether a place's name is also a person's: Jordan, Georgia, Paris.
pub(crate) fn also_a_person(word: &str) -> bool {
    ALSO_PEOPLE.contains(word)
}

/// Every name found, with its bytes.
pub(crate) fn find(src: &str) -> impl Iterator<Item = (std::ops::Range<usize>, &'static Entry)> + '_ {
    let entries: &'static [Entry] = &ENTRIES;
    let mut from = 0;
    std::iter::from_fn(move || {
        while from < src.len() {
            let found = AUTOMATON.find(aho_corasick::Input::new(src).range(from..))?;
            let entry = &entries[found.pattern().as_usize()];
            if at_edges(src, found.start(), found.end()) && cased_alike(&entry.form, &src[found.range()]) {
                from = found.end();
                return Some((found.range(), entry));
            }
            // A shorter name may start inside a refused one: go on at the next word.
            from = next_word(src, found.start());
        }
        None
    })
}

fn next_word(src: &str, at: usize) -> usize {
    let mut chars = src[at..].char_indices();
    let first = chars.next().map_or(1, |(_, c)| c.len_utf8());
    if src[at..].chars().next().is_some_and(crate::text::cjk) {
        return at + first;
    }
    chars.find(|(_, c)| !c.is_alphanumeric()).map_or(src.len(), |(i, _)| at + i)
}

fn at_edges(src: &str, start: usize, end: usize) -> bool {
    let first = src[start..end].chars().next().unwrap_or(' ');
    if crate::text::cjk(first) {
        return true;
    }
    let before = src[..start].chars().next_back();
    let after = src[end..].chars().next();
    // Arabic writes “and”, “in”, “the” as one word with the name.
    let joined = before.is_some_and(char::is_alphanumeric)
        && !(matches!(first as u32, 0x600..=0x6ff) && {
            let word = src[..start]
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| at + src[at..].chars().next().map_or(1, char::len_utf8));
            matches!(
                &src[word..start],
                "و" | "ف"
                    | "ب"
                    | "ل"
                    | "ك"
                    | "ال"
                    | "وال"
                    | "فال"
                    | "بال"
                    | "كال"
                    | "لل"
                    | "ولل"
                    | "وب"
                    | "ول"
            )
        });
    !joined && !after.is_some_and(char::is_alphanumeric)
}

/// Capitals must stand where the name has them; a name in a shouted headline is a name, an
/// abbreviation must be written as one.
fn cased_alike(form: &str, found: &str) -> bool {
    // An adjective in small letters may begin a sentence.
    let begun = form.starts_with(|c: char| c.is_ascii_lowercase()) && form[1..] == found[1..];
    if form == found || begun {
        return true;
    }
    let letters = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
    let upper = |s: &str| s.chars().filter(|c| c.is_uppercase()).count();
    let shouted = letters(found) > 3 && upper(found) == letters(found);
    let abbreviation = upper(form) == letters(form);
    shouted && !abbreviation
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::str::FromStr;

    #[test]
    fn every_row_of_the_tables_can_be_read_and_its_code_is_an_actor() {
        for leader in leaders() {
            assert!(leader.to.is_none_or(|to| to > leader.from), "{}", leader.names[0]);
        }
        for entry in ENTRIES.iter().filter(|e| e.stands != Stands::Nothing) {
            assert!(bilat_core::Actor::from_str(entry.code).is_ok(), "{} {}", entry.code, entry.form);
        }
    }

    #[test]
    fn a_term_is_chosen_by_the_day() {
        let role = |day: &str| term("Boris Johnson", day.parse().ok()).map(|l| l.role);
        assert_eq!(role("2020-03-01"), Some("British Prime Minister"));
        assert!(
            !term("Boris Johnson", None)
                .expect("he is in the table")
                .in_office("2023-01-01".parse().expect("a date"))
        );
    }
}
