//! Suggestions found in a text: who said what, which countries, when, and what was done to whom.
//!
//! Pure: the same text gives the same answer every time; nothing is read, nobody is asked the time,
//! and the work grows with the length of the text. All it says is suggestion, never fact.
#![deny(missing_docs)]

mod cues;
mod dates;
mod events;
mod gazetteer;
mod known;
mod languages;
mod people;
mod places;
mod quotations;
mod roles;
mod shape;
mod sides;
mod standing;
mod text;

use bilat_core::Actor;
use chrono::NaiveDate;

pub use known::{Known, KnownPerson};
pub use shape::{
    Analysis, Country, Date, DateType, Event, Kind, Pair, Person, Place, Quotation, Speaker, Status,
};
use text::{Points, Text};

/// The version of the rules: raised when they would suggest something else for the same text, so that a
/// library can be brought up to date.
pub const RULES: u32 = 7;

/// A text and what is known about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Input<'a> {
    /// The headline; it may also stand as the first line of the text.
    pub title: Option<&'a str>,
    /// The text; every position counts its code points.
    pub text: &'a str,
    /// When it was published; without it, “on Friday” stays without a date.
    pub published: Option<NaiveDate>,
    /// The place and day it was written, where the clipping knows them apart from the text.
    pub dateline: Option<&'a str>,
    /// What a person taught.
    pub known: Option<&'a Known>,
}

/// Finds what the text suggests. Any text will do; of a language it does not know it says less.
pub fn analyze(input: &Input) -> Analysis {
    let text = Text::new(input.text, input.title);
    let points = Points::new(input.text);
    let told = languages::of(input.text);
    let mentions = places::mentions(&text, told.english, input.published, input.known);
    let titled = input
        .title
        .filter(|_| !text.headline)
        .map(|t| places::mentions(&Text::new(t, None), told.english, input.published, input.known));
    let written = input.dateline.filter(|_| !text.dateline.contains(&true)).map(|line| standing::Written {
        codes: places::mentions(&Text::new(line, None), told.english, None, None)
            .iter()
            .map(|m| m.code)
            .collect(),
        dated: line.contains(|c: char| c.is_ascii_digit()),
    });
    let home = written.as_ref().map_or(&[][..], |w| &w.codes);
    let sides = sides::Sides::new(&text, &mentions, home);
    let people = people::find(&text, &mentions, &sides, input.published);
    let said = match told.language {
        Some(language) => languages::find(&text, language, &people, &mentions),
        None => quotations::find(&text, &people, &sides),
    };
    let dates = dates::find(&text, input.published);
    let events = events::find(&text, &mentions, &dates);
    let standings = standing::rank(&text, &mentions, titled.as_deref(), written.as_ref(), &events);
    let pairs = standing::pairs(&mentions, &standings, &events);
    let top = standings.iter().map(|s| s.weight).fold(f64::MIN_POSITIVE, f64::max);
    let place = |run: &std::ops::Range<usize>| points.place(&text.bytes(run));
    Analysis {
        quotes: quotes(&text, &people, said, input.known, &place),
        countries: standings
            .iter()
            .map(|s| Country {
                iso2: s.code.to_string(),
                // What the text is about ranks above what it only names, however often.
                score: if s.about { 0.5 + s.weight / top / 2.0 } else { s.weight / top / 2.0 },
                about: s.about,
                mentions: s.mentions.iter().map(|b| points.place(b)).collect(),
            })
            .collect(),
        pairs: pairs
            .into_iter()
            .map(|(a, b, score)| Pair { a: a.to_string(), b: b.to_string(), score })
            .collect(),
        people: people
            .all
            .iter()
            .map(|p| {
                let known = input.known.and_then(|known| known.person(&p.name));
                let taught = known.and_then(|known| known.country).map(Actor::code);
                Person {
                    name: known.map_or(&p.name, |known| &known.name).clone(),
                    role: p.role.clone().or_else(|| known?.role.clone()),
                    country: taught.or(p.country).map(str::to_string),
                    mentions: p.mentions.iter().map(&place).collect(),
                }
            })
            .collect(),
        dates: dates
            .into_iter()
            .map(|d| {
                let [start, end] = points.place(&d.bytes);
                Date {
                    start,
                    end,
                    kind: d.kind,
                    value: d.value,
                    from: d.from.map(|d| d.to_string()),
                    to: d.to.map(|d| d.to_string()),
                    inferred: d.inferred,
                }
            })
            .collect(),
        events: events
            .into_iter()
            .map(|e| Event {
                source: e.source.to_string(),
                target: e.target.map(str::to_string),
                plover: e.plover.to_string(),
                quad: e.quad,
                date: e.date,
                span: place(&e.run),
                status: e.status,
                confidence: e.confidence,
            })
            .collect(),
    }
}

fn quotes(
    text: &Text,
    people: &people::People,
    said: Vec<quotations::Said>,
    known: Option<&Known>,
    place: &dyn Fn(&std::ops::Range<usize>) -> Place,
) -> Vec<Quotation> {
    let mut out: Vec<Quotation> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for one in said {
        let words: String =
            one.contents.iter().map(|c| text.slice(c)).collect::<Vec<_>>().join(" ").to_lowercase();
        // A caption printed twice is one statement; a short word is no evidence that two are the same.
        if words.len() > 20 && !seen.insert(words) {
            continue;
        }
        let speaker = one.subject.as_ref().map(|subject| {
            let person = one.person.map(|p| &people.all[p]);
            let named = text.slice(subject).split_whitespace().collect::<Vec<_>>().join(" ");
            let name = person
                .map(|p| p.name.clone())
                .or_else(|| one.named.as_ref().map(|n| text.slice(n).to_string()));
            let known = known.and_then(|known| known.person(name.as_deref().unwrap_or(&named)));
            let taught = known.and_then(|known| known.country).map(Actor::code);
            Speaker {
                spans: vec![place(subject)],
                text: named,
                name: known.map(|known| known.name.clone()).or(name),
                role: person
                    .and_then(|p| p.role.clone())
                    .or_else(|| known?.role.clone())
                    .or_else(|| languages::role(text, &one).map(|run| text.slice(&run).to_string())),
                country: taught.or(one.country).map(str::to_string),
            }
        });
        out.push(Quotation {
            contents: one.contents.iter().map(place).collect(),
            kind: one.mode,
            cue: one.cue.as_ref().map(place),
            confidence: if speaker.is_some() { one.confidence } else { one.confidence.min(0.4) },
            speaker,
        });
    }
    out
}
