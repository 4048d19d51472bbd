//! People named in the text: full names with what the text says they are, and every later mention by surname.
//!
//! A run of capitalised words is a person when something says so: a title, a given name, an age, a
//! “who”, or the table of offices. Later “Mr Peskov” is the Peskov named in full nearest before it.

mod name;
mod office;

use crate::gazetteer::{self, Stands};
use crate::places::{Mention, surname_of};
use crate::roles;
use crate::sides::Sides;
use crate::text::{Kind, Text};
use chrono::NaiveDate;
use name::{Run, name_text, particle, runs, speaks};
use office::{apposition, headed, related, tidy_role};
use std::collections::HashMap;
use std::ops::Range;

#[derive(Clone, Debug)]
pub(crate) struct Someone {
    pub name: String,
    pub role: Option<String>,
    pub country: Option<&'static str>,
    pub mentions: Vec<Range<usize>>,
    pub woman: Option<bool>,
    /// The words that give the role.
    held: Option<Range<usize>>,
}

#[derive(Default)]
pub(crate) struct People {
    pub all: Vec<Someone>,
    /// First token of a mention → person.
    pub at: HashMap<usize, usize>,
}

impl People {
    /// The last person mentioned inside a run of tokens.
    pub fn within(&self, run: &Range<usize>) -> Option<(usize, usize)> {
        run.clone().rev().find_map(|i| self.at.get(&i).map(|&p| (i, p)))
    }

    /// The first person mentioned inside a run of tokens.
    pub fn first_within(&self, run: &Range<usize>) -> Option<(usize, usize)> {
        run.clone().find_map(|i| self.at.get(&i).map(|&p| (i, p)))
    }

    /// The words of a mention, by its first token and person.
    pub fn words(&self, (first, person): (usize, usize)) -> Range<usize> {
        let mentions = &self.all[person].mentions;
        let at = mentions.partition_point(|m| m.start < first);
        mentions.get(at).filter(|m| m.start == first).cloned().unwrap_or(first..first + 1)
    }
}

pub(crate) fn find(text: &Text, mentions: &[Mention], sides: &Sides, published: Option<NaiveDate>) -> People {
    let mut people = People::default();
    let mut by_surname: HashMap<String, Vec<usize>> = HashMap::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    let mut place_at: HashMap<usize, &Mention> = HashMap::new();
    for m in mentions {
        for i in m.run.clone() {
            place_at.insert(i, m);
        }
    }
    let runs = runs(text, &place_at);
    // Surnames that stand alone somewhere make a full name with them surer.
    let mut alone: HashMap<&str, usize> = HashMap::new();
    for run in runs.iter().filter(|r| single(text, r)) {
        *alone.entry(text.slice(&run.tokens)).or_default() += 1;
    }
    for run in &runs {
        if single(text, run) {
            continue;
        }
        let name = name_text(text, &run.tokens);
        let surname = straight(surname_of(&name));
        let given = text.word(run.tokens.start);
        let term = gazetteer::term(&name, published);
        let sure = run.sure
            || term.is_some()
            || gazetteer::is_first_name(given)
            || alone.contains_key(surname.as_str()) && !roles::is_body(text.low(run.tokens.end - 1))
            || described(text, &run.tokens)
            || speaks(text, &run.tokens)
            || apposition(text, run.tokens.end).is_some()
            || headed(text, run.tokens.start).is_some();
        if !sure {
            continue;
        }
        let index = *by_name.entry(name.clone()).or_insert_with(|| {
            people.all.push(Someone {
                name: name.clone(),
                role: None,
                country: None,
                mentions: Vec::new(),
                woman: None,
                held: None,
            });
            let index = people.all.len() - 1;
            by_surname.entry(surname.clone()).or_default().push(index);
            // “Xi Jinping” may also be called by the last word.
            let last = text.word(run.tokens.end - 1).to_string();
            if last != surname {
                by_surname.entry(last).or_default().push(index);
            }
            index
        });
        // “Mrs” says less than “, Hungary's envoy,”.
        let honorific = |r: &Range<usize>| r.clone().all(|t| roles::is_honorific(text.low(t)));
        let role = run
            .role
            .clone()
            .filter(|r| !honorific(r))
            .or_else(|| apposition(text, run.tokens.end))
            .or_else(|| headed(text, run.tokens.start))
            .or_else(|| run.role.clone());
        let past = related(text, run.tokens.end);
        let role = role.or_else(|| past.last().cloned());
        let someone = &mut people.all[index];
        someone.mentions.push(run.tokens.clone());
        people.at.insert(run.tokens.start, index);
        if let Some(role) = role {
            let words = tidy_role(text, &role, &place_at, sides);
            if better_role(someone.role.as_deref(), &words) {
                someone.role = Some(words);
                someone.held = Some(role.clone());
            }
            someone.country = someone.country.or_else(|| {
                let named = past.iter().chain([&role]).find_map(|r| sides.named(r));
                let around = || {
                    counterpart(text, &role, &place_at)
                        .or_else(|| of_country(text, run.tokens.end, &place_at))
                };
                named.or_else(around).or_else(|| {
                    // A seat of government in a phrase that says no more: “the Kremlin's man in Kyiv”.
                    role.clone()
                        .find_map(|i| place_at.get(&i))
                        .filter(|m| matches!(m.stands, Stands::Metonym))
                        .map(|m| m.code)
                })
            });
        }
        someone.woman = someone.woman.or_else(|| gender(text, run));
        if let Some(term) = term {
            someone.country = someone.country.or(Some(term.code));
            if someone.role.is_none() && published.is_some_and(|d| term.in_office(d)) {
                someone.role = Some(term.role.to_string());
            }
        }
    }
    // Later mentions by surname.
    for run in &runs {
        if !single(text, run) {
            continue;
        }
        let at = run.tokens.start;
        let Some(candidates) = by_surname.get(&straight(text.slice(&run.tokens))) else { continue };
        let best = candidates
            .iter()
            .copied()
            .filter(|&c| gender(text, run).is_none_or(|w| people.all[c].woman.is_none_or(|known| known == w)))
            .min_by_key(|&c| {
                // The one named in full last before this place; else the first one after it.

                people.all[c]
                    .mentions
                    .iter()
                    .rev()
                    .find(|m| m.start < at)
                    .map_or(usize::MAX, |m| at - m.start)
            });
        if let Some(index) = best {
            people.at.insert(at, index);
            let woman = gender(text, run);
            let someone = &mut people.all[index];
            someone.mentions.push(run.tokens.clone());
            someone.woman = someone.woman.or(woman);
            if someone.role.is_none()
                && let Some(role) = &run.role
            {
                someone.role = Some(tidy_role(text, role, &place_at, sides));
                someone.held = Some(role.clone());
                someone.country = someone.country.or_else(|| sides.named(role));
            }
        }
    }
    // Leaders named by surname only.
    for m in mentions {
        let Stands::Leader(at) = m.stands else { continue };
        if people.at.contains_key(&m.run.start) || m.run.clone().any(|i| people.at.contains_key(&i)) {
            continue;
        }
        let leader = &gazetteer::leaders()[at as usize];
        let index = *by_name.entry(leader.names[0].to_string()).or_insert_with(|| {
            let in_office = published.is_some_and(|d| leader.in_office(d));
            people.all.push(Someone {
                name: leader.names[0].to_string(),
                role: in_office.then(|| leader.role.to_string()),
                country: Some(leader.code),
                mentions: Vec::new(),
                woman: None,
                held: None,
            });
            people.all.len() - 1
        });
        people.all[index].mentions.push(m.run.clone());
        people.at.insert(m.run.start, index);
    }
    for someone in &mut people.all {
        someone.mentions.sort_by_key(|m| m.start);
        if someone.country.is_none()
            && let Some(held) = &someone.held
        {
            someone.country = sides.of(held);
        }
    }
    people
}

/// “President Karel Novak of Slovenia”.
fn of_country(text: &Text, end: usize, places: &HashMap<usize, &Mention>) -> Option<&'static str> {
    (text.low(end) == "of").then(|| places.get(&(end + 1)).map(|mention| mention.code)).flatten()
}

/// “Her Jordanian counterpart, Foreign Minister Sami Haddawi”: the country stands before the comma.
fn counterpart(text: &Text, role: &Range<usize>, places: &HashMap<usize, &Mention>) -> Option<&'static str> {
    let word = role.start.checked_sub(2)?;
    (text.kind(word + 1) == Kind::Comma && text.low(word) == "counterpart")
        .then(|| places.get(&word.checked_sub(1)?).map(|mention| mention.code))
        .flatten()
}

/// One word, hyphens and all: a surname, not a full name.
fn single(text: &Text, run: &Run) -> bool {
    run.tokens.len() == 1
        || !text.slice(&run.tokens).contains(char::is_whitespace)
            && (particle(text.low(run.tokens.start)) || run.role.is_some())
}

/// Names are compared with one kind of apostrophe.
fn straight(name: &str) -> String {
    name.replace('’', "'")
}

fn gender(text: &Text, run: &Run) -> Option<bool> {
    let role = run.role.as_ref()?;
    role.clone().rev().find_map(|i| match text.low(i) {
        "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "spokesman" | "chairman" | "congressman"
        | "businessman" => Some(false),
        "mrs" | "mrs." | "ms" | "ms." | "lady" | "queen" | "princess" | "dame" | "spokeswoman"
        | "chairwoman" | "congresswoman" | "actress" => Some(true),
        _ => None,
    })
}

/// “, 45,” or “, who …” after a name.
fn described(text: &Text, run: &Range<usize>) -> bool {
    text.kind(run.end) == Kind::Comma
        && (text.low(run.end + 1) == "who"
            || (text.kind(run.end + 1) == Kind::Number
                && text.word(run.end + 1).len() == 2
                && text.kind(run.end + 2) == Kind::Comma))
        || text.low(run.end) == "who"
}

fn better_role(old: Option<&str>, new: &str) -> bool {
    let says = |role: &str| role.split_whitespace().any(|w| roles::is_role(&w.to_lowercase()));
    !new.is_empty()
        && old.is_none_or(|old| {
            (!says(old) && says(new))
                || (says(new) && old.split_whitespace().count() < 2 && new.split_whitespace().count() >= 2)
        })
}
