//! What a person taught: this name is that person, these words are that country or none.
//!
//! What was taught stands above the tables and below the article: a full name that the article gives
//! somebody of the same surname is theirs, and a role that the article gives is the role on that day.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use bilat_core::Actor;

use crate::roles;

/// A person as taught.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPerson {
    /// The name in full.
    pub name: String,
    /// What they are, where the article does not say.
    pub role: Option<String>,
    /// The side they speak for.
    pub country: Option<Actor>,
}

/// What was taught, made ready for any number of texts.
#[derive(Debug, Default)]
pub struct Known {
    people: HashMap<String, KnownPerson>,
    places: Vec<(String, Option<Actor>)>,
    automaton: Option<AhoCorasick>,
}

impl Known {
    /// Makes it ready: names as texts write them with the person meant; words as texts write them with
    /// the country or organisation they stand for, or none.
    pub fn new(
        people: impl IntoIterator<Item = (String, KnownPerson)>,
        places: impl IntoIterator<Item = (String, Option<Actor>)>,
    ) -> Self {
        let mut by_name = HashMap::new();
        for (named, person) in people {
            by_name.entry(plain(&person.name)).or_insert_with(|| person.clone());
            by_name.insert(plain(&named), person);
        }
        let places: Vec<_> = places.into_iter().filter(|(words, _)| !words.trim().is_empty()).collect();
        let automaton = (!places.is_empty())
            .then(|| {
                let mut builder = AhoCorasick::builder();
                builder.match_kind(MatchKind::LeftmostLongest).build(places.iter().map(|(words, _)| words))
            })
            // Too many words for an automaton: then none of them is known, and nothing else is lost.
            .and_then(Result::ok);
        Known { people: by_name, places, automaton }
    }

    /// Who is meant by a name as a text writes it.
    pub(crate) fn person(&self, named: &str) -> Option<&KnownPerson> {
        (!self.people.is_empty()).then(|| self.people.get(&plain(named)))?
    }

    /// Where taught words stand in a text, in bytes, and what they stand for.
    pub(crate) fn places<'t>(
        &'t self,
        src: &'t str,
    ) -> impl Iterator<Item = (Range<usize>, Option<Actor>)> + 't {
        self.automaton.iter().flat_map(move |automaton| {
            automaton
                .find_iter(src)
                .filter(move |found| whole(src, &found.range()))
                .map(|found| (found.range(), self.places[found.pattern().as_usize()].1))
        })
    }
}

/// A name without “Mr” and “'s”, in small letters.
fn plain(name: &str) -> String {
    let straight = name.replace('’', "'");
    let words = straight.trim().trim_end_matches("'s").split_whitespace();
    let rest: Vec<String> =
        words.map(str::to_lowercase).skip_while(|word| roles::is_honorific(word)).collect();
    rest.join(" ")
}

/// Whether no letter goes on before or after; Han and Kana write no spaces.
fn whole(src: &str, range: &Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        inside.is_some_and(|c| !crate::text::cjk(c)) && outside.is_some_and(char::is_alphanumeric)
    };
    let found = &src[range.clone()];
    !joins(found.chars().next(), src[..range.start].chars().next_back())
        && !joins(found.chars().next_back(), src[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, analyze};

    fn taught() -> Known {
        let velko = KnownPerson {
            name: "Ivan Velko".into(),
            role: Some("Bulgarian trade envoy".into()),
            country: "BG".parse().ok(),
        };
        let places = [
            ("Jordan".to_owned(), None),
            ("the Salt House".to_owned(), "NO".parse().ok()),
            ("Чайный дом".to_owned(), "RU".parse().ok()),
        ];
        Known::new([("Velko".to_owned(), velko)], places)
    }

    fn suggestions(text: &str) -> crate::Analysis {
        let known = taught();
        analyze(&Input { text, known: Some(&known), ..Input::default() })
    }

    #[test]
    fn a_taught_name_is_that_person_wherever_the_text_names_nobody_else() {
        let found = suggestions("“The port stays open,” Mr Velko said on Friday.");
        let speaker = found.quotes[0].speaker.as_ref().expect("a speaker");
        assert_eq!(speaker.name.as_deref(), Some("Ivan Velko"));
        assert_eq!(speaker.role.as_deref(), Some("Bulgarian trade envoy"));
        assert_eq!(speaker.country.as_deref(), Some("BG"));

        let found = suggestions(
            "Swedish harbour master Anna Velko spoke first. “The port stays open,” Ms Velko said.",
        );
        let speaker = found.quotes[0].speaker.as_ref().expect("a speaker");
        assert_eq!(speaker.name.as_deref(), Some("Anna Velko"));
        assert_eq!(speaker.country.as_deref(), Some("SE"));
    }

    #[test]
    fn taught_words_are_that_country_or_none() {
        let codes = |text: &str| -> Vec<String> {
            suggestions(text).countries.into_iter().map(|country| country.iso2).collect()
        };
        assert_eq!(codes("Jordan signed the charter with Egypt on Monday."), ["EG"]);
        assert_eq!(codes("The Jordanian envoy met Egypt's on Monday.").len(), 2, "only the word itself");
        assert_eq!(codes("A statement from the Salt House named Egypt."), ["EG", "NO"]);
        assert_eq!(codes("The Salt Houses were sold to Egypt."), ["EG"], "whole words only");
        assert_eq!(codes("Чайный дом ответил в пятницу."), ["RU"]);
    }
}
