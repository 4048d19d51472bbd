//! RIS, the tagged format of reference managers and press databases
//! (Research Information Systems' specification of 2001 and 2011, and what is written in its name).

use crate::item::{Item, ItemError};
use crate::{Error, Items, Read, markup, text, when};

const THIS: &str = "a RIS file";

pub fn read(bytes: &[u8]) -> Result<Items<'static>, Error> {
    let text = text::decoded(bytes, THIS)?;
    let records = records(&text);
    if records.is_empty() {
        return Err(Error::not(THIS, "no line starts with “TY  - ”"));
    }
    Ok(Items::new(records.len(), records.into_iter().map(|record| item(&record))))
}

type Field = (String, String);

fn records(text: &str) -> Vec<Vec<Field>> {
    let mut records: Vec<Vec<Field>> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_start_matches('\u{feff}');
        match tag(line) {
            Some(("TY", value)) => {
                records.push(vec![("TY".into(), value.into())]);
                open = true;
            }
            Some(("ER", _)) => open = false,
            Some((name, value)) if open => {
                let record = records.last_mut().expect("an open record is the last one");
                record.push((name.into(), value.into()));
            }
            // A long field goes on in the next line.
            None if open && !line.trim().is_empty() => {
                if let Some((_, value)) = records.last_mut().and_then(|record| record.last_mut()) {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            _ => {}
        }
    }
    records
}

/// `AU  - Other, Ann` in its two parts; the blanks vary from program to program.
fn tag(line: &str) -> Option<(&str, &str)> {
    let name = line.get(..2)?;
    let capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let rest = line[2..].strip_prefix(' ')?.trim_start().strip_prefix('-')?;
    (name.bytes().all(capital)
        && name.as_bytes()[0].is_ascii_uppercase()
        && (rest.is_empty() || rest.starts_with(' ')))
    .then(|| (name, rest.trim()))
}

fn item(record: &[Field]) -> Read {
    let all = |names: &[&str]| -> Vec<String> {
        let wanted =
            record.iter().filter(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        wanted.map(|(_, value)| value.clone()).collect()
    };
    let first = |names: &[&str]| names.iter().find_map(|name| all(&[name]).into_iter().next());
    let url = record.iter().filter(|(name, _)| name == "UR" || name == "LK" || name == "L2").find_map(
        |(_, value)| value.split(';').map(str::trim).find(|url| crate::item::web(url)).map(str::to_owned),
    );
    let doi = || {
        first(&["DO"]).map(|doi| format!("https://doi.org/{}", doi.trim_start_matches("https://doi.org/")))
    };
    let title = first(&["TI", "T1", "CT", "BT", "T3"]).unwrap_or_default();
    if record.len() == 1 {
        return Err(ItemError::new("a record", "it has no fields"));
    }
    Item {
        key: first(&["ID", "AN"]).unwrap_or_default(),
        kind: first(&["TY"]).unwrap_or_default(),
        title,
        authors: all(&["AU", "A1"]).into_iter().map(|name| upright(&name)).collect(),
        outlet: first(&["JO", "JF", "T2", "JA", "J2", "PB", "DB"]),
        section: first(&["SE", "M1"]).filter(|section| section.len() <= 80),
        published: ["DA", "PY", "Y1", "Y2"]
            .iter()
            .find_map(|name| all(&[name]).iter().find_map(|text| when::date(text))),
        url: url.or_else(doi),
        language: first(&["LA"]).and_then(|name| crate::press::language(&name)),
        abstract_: first(&["AB", "N2"]).map(|text| markup::note(&text)),
        tags: all(&["KW"])
            .iter()
            .flat_map(|text| text.split(';').map(str::to_owned).collect::<Vec<_>>())
            .collect(),
        notes: all(&["N1", "RN"]).into_iter().map(|note| markup::note(&note)).collect(),
        ..Item::default()
    }
    .tidied()
}

/// “Other, Ann” as it is printed: “Ann Other”. Bodies and single names stay as they are.
pub(crate) fn upright(name: &str) -> String {
    let mut parts = name.split(',').map(str::trim).filter(|part| !part.is_empty());
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(family), Some(given), None, _) => format!("{given} {family}"),
        (Some(family), Some(given), Some(suffix), None) => format!("{given} {family} {suffix}"),
        _ => name.trim().to_owned(),
    }
}
