//! People named in the text: full names with what the text says they are, and every later mention by surname.
//!
//! A run of capitalised words is a person when something says so: a title, a given name, an age, a
//! “who”, or the table of offices. Later “Mr Peskov” is the Peskov named in full nearest before it.

use std::collections::HashMap;
use std::ops::Range;

use chrono::NaiveDate;

use crate::gazetteer::{self, Stands};
use crate::places::{Mention, surname_of};
use crate::roles;
use crate::sides::Sides;
use crate::text::{Kind, Text};

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
}

struct Run {
    tokens: Range<usize>,
    /// Words before the name that say what the person is.
    role: Option<Range<usize>>,
    sure: bool,
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
                past.iter().chain([&role]).find_map(|r| sides.named(r)).or_else(|| {
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

/// “said Oren Talbach”, “Oren Talbach said”.
fn speaks(text: &Text, run: &Range<usize>) -> bool {
    let verb = |i: usize| {
        matches!(
            text.low(i),
            "said"
                | "says"
                | "told"
                | "added"
                | "asked"
                | "wrote"
                | "tweeted"
                | "warned"
                | "argued"
                | "insisted"
        )
    };
    verb(run.end) || run.start > 0 && verb(run.start - 1)
}

fn name_text(text: &Text, run: &Range<usize>) -> String {
    text.slice(run).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn particle(low: &str) -> bool {
    matches!(
        low,
        "de" | "al"
            | "el"
            | "bin"
            | "bint"
            | "ibn"
            | "van"
            | "von"
            | "der"
            | "den"
            | "la"
            | "da"
            | "di"
            | "du"
            | "dos"
            | "das"
            | "del"
            | "ul"
            | "ben"
            | "ould"
            | "le"
            | "y"
    )
}

/// Runs of capitalised words that may be names, cut from the titles before them.
fn runs(text: &Text, places: &HashMap<usize, &Mention>) -> Vec<Run> {
    let mut out = Vec::new();
    for sentence in &text.sentences {
        let mut i = sentence.start;
        while i < sentence.end {
            if !text.capital(i) || text.dateline[i] {
                i += 1;
                continue;
            }
            let start = i;
            let mut end = i + 1;
            while end < sentence.end {
                let next = end;
                if text.capital(next) {
                    end = next + 1;
                } else if text.kind(next) == Kind::Hyphen && text.is_word(next + 1) && !text.spaced(next) {
                    end = next + 2;
                } else if text.is_word(next)
                    && particle(text.low(next))
                    && (text.capital(next + 1)
                        || text.kind(next + 1) == Kind::Hyphen
                        || (particle(text.low(next + 1)) && text.capital(next + 2)))
                {
                    end = next + 1;
                } else {
                    break;
                }
            }
            let end = end.min(sentence.end);
            i = end;
            if let Some(run) = trim(text, start..end, sentence, places) {
                out.push(run);
            }
        }
    }
    out
}

/// Takes titles, countries and sentence starts from the front of a run; what is left may be a name.
fn trim(
    text: &Text,
    run: Range<usize>,
    sentence: &Range<usize>,
    places: &HashMap<usize, &Mention>,
) -> Option<Run> {
    let mut name = run.start;
    let mut sure = false;
    // The last title, role, country or body in the run ends what stands before the name.
    for i in run.clone() {
        let low = text.low(i);
        let place = places.get(&i).filter(|m| !matches!(m.stands, Stands::Leader(_)));
        let function = i == sentence.start && starter(low)
            || matches!(
                low,
                "the"
                    | "a"
                    | "an"
                    | "i"
                    | "he"
                    | "she"
                    | "it"
                    | "we"
                    | "they"
                    | "but"
                    | "and"
                    | "in"
                    | "on"
                    | "if"
                    | "as"
                    | "at"
                    | "when"
                    | "for"
                    | "this"
                    | "that"
                    | "his"
                    | "her"
                    | "meanwhile"
                    | "however"
                    | "monday"
                    | "tuesday"
                    | "wednesday"
                    | "thursday"
                    | "friday"
                    | "saturday"
                    | "sunday"
                    | "january"
                    | "february"
                    | "july"
                    | "october"
                    | "november"
                    | "december"
                    | "u.s"
                    | "u.s."
            );
        let titled = roles::is_title(low)
            && !(gazetteer::is_first_name(text.word(i)) && i + 1 < run.end && !roles::is_honorific(low))
            || roles::is_role(low) && i + 1 < run.end;
        if function || titled || place.is_some() || (roles::is_body(low) && i + 1 < run.end) {
            // A place inside a name (“Israel Katz”) is the name's.
            if place.is_some() && i == name && i + 1 < run.end && gazetteer::is_first_name(text.word(i)) {
                continue;
            }
            if place.is_some() && i > name && !titled {
                return None;
            }
            name = i + 1;
            sure = titled;
            while name < run.end && text.kind(name) == Kind::Hyphen {
                name += 1;
            }
        }
    }
    if name >= run.end {
        return None;
    }
    let mut end = run.end;
    while end > name
        && (text.kind(end - 1) == Kind::Hyphen || particle(text.low(end - 1)) && !text.capital(end - 1))
    {
        end -= 1;
    }
    // “Kim Jong-un” keeps its last part; “Trump-backed” does not.
    if end >= name + 3
        && text.kind(end - 2) == Kind::Hyphen
        && !text.capital(end - 1)
        && text.low(end - 1).len() > 4
    {
        end -= 2;
    }
    if end <= name {
        return None;
    }
    let body = (name..end).any(|i| roles::is_body(text.low(i)) && !gazetteer::is_first_name(text.word(i)));
    let shouted = (name..end)
        .filter(|&i| text.is_word(i))
        .all(|i| text.word(i).len() > 3 && text.word(i).chars().all(char::is_uppercase));
    if body || shouted || end - name > 7 {
        return None;
    }
    let role = before(text, name, sentence, places);
    let sure = sure
        || role
            .as_ref()
            .is_some_and(|r| roles::is_role(text.low(r.end - 1)) || roles::is_title(text.low(r.end - 1)));
    Some(Run { tokens: name..end, role, sure })
}

fn starter(low: &str) -> bool {
    matches!(
        low,
        "while"
            | "after"
            | "before"
            | "since"
            | "because"
            | "although"
            | "though"
            | "despite"
            | "during"
            | "with"
            | "from"
            | "to"
            | "of"
            | "by"
            | "there"
            | "then"
            | "now"
            | "so"
            | "yet"
            | "still"
            | "even"
            | "both"
            | "some"
            | "many"
            | "most"
            | "all"
            | "no"
            | "not"
            | "what"
            | "who"
            | "why"
            | "how"
            | "where"
            | "earlier"
            | "later"
            | "last"
            | "next"
            | "according"
            | "asked"
            | "speaking"
            | "former"
            | "like"
            | "these"
            | "those"
            | "its"
            | "their"
            | "our"
            | "my"
            | "your"
            | "another"
            | "other"
            | "more"
            | "also"
            | "or"
            | "just"
            | "only"
            | "once"
            | "until"
            | "unlike"
            | "among"
            | "under"
            | "over"
            | "about"
            | "photo"
            | "image"
            | "follow"
            | "see"
            | "read"
    )
}

/// The words right before a name that say what its bearer is: back to the start of the phrase.
fn before(
    text: &Text,
    name: usize,
    sentence: &Range<usize>,
    places: &HashMap<usize, &Mention>,
) -> Option<Range<usize>> {
    let floor = sentence.start.max(name.saturating_sub(12));
    let mut start = name;
    let mut i = name;
    while i > floor {
        let k = i - 1;
        let low = text.low(k);
        let keeps = match text.kind(k) {
            Kind::Hyphen | Kind::Possessive => true,
            Kind::Word => {
                let verb = crate::cues::cue(low).is_some_and(|c| !c.noun || c.form == crate::cues::Form::Ing);
                !verb
                    && !stops(low)
                    && !(low.ends_with("ing")
                        && !text.capital(k)
                        && low != "acting"
                        && low != "ruling"
                        && low != "leading"
                        && low != "sitting")
            }
            _ => false,
        };
        let of = low == "of" && start < name && roles::is_role(text.low(k.wrapping_sub(1)));
        if !keeps && !of || text.within[k] != text.within[name] {
            break;
        }
        start = k;
        i = k;
        // A country opens the phrase, but for “former” and the like before it.
        if places.get(&k).is_some_and(|m| m.run.start == k)
            && text.kind(k + 1) != Kind::Hyphen
            && k > floor
            && !matches!(text.low(k - 1), "former" | "ex" | "then" | "senior" | "top" | "late" | "-")
        {
            break;
        }
    }
    while start < name
        && (matches!(text.kind(start), Kind::Hyphen | Kind::Possessive)
            || matches!(text.low(start), "the" | "a" | "an" | "his" | "her" | "their" | "its")
            || adverb(text.low(start)))
    {
        start += 1;
    }
    if start >= name {
        return None;
    }
    let role = start..name;
    let last = text.low(name - 1);
    let useful = roles::is_role(last) || roles::is_title(last) || roles::is_honorific(last);
    // “Russia's Lavrov” says the country at least.
    let country = role.clone().any(|i| places.contains_key(&i));
    (useful || country && role.len() <= 3).then_some(role)
}

fn adverb(low: &str) -> bool {
    low.len() > 4 && low.ends_with("ly") && low != "family" && low != "italy"
}

fn stops(low: &str) -> bool {
    matches!(
        low,
        "and"
            | "or"
            | "but"
            | "that"
            | "with"
            | "by"
            | "for"
            | "from"
            | "to"
            | "in"
            | "on"
            | "at"
            | "of"
            | "between"
            | "than"
            | "as"
            | "when"
            | "while"
            | "where"
            | "who"
            | "whom"
            | "which"
            | "because"
            | "if"
            | "after"
            | "before"
            | "until"
            | "is"
            | "was"
            | "are"
            | "were"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "could"
            | "should"
            | "may"
            | "might"
            | "can"
            | "did"
            | "does"
            | "do"
            | "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "against"
            | "about"
            | "over"
            | "under"
            | "into"
            | "like"
            | "including"
            | "not"
            | "also"
            | "then"
            | "i"
            | "he"
            | "she"
            | "it"
            | "we"
            | "they"
            | "you"
            | "his"
            | "her"
            | "their"
            | "its"
            | "met"
            | "told"
            | "when's"
            | "via"
    )
}

/// “, the Kremlin's spokesman,” after a name.
fn apposition(text: &Text, end: usize) -> Option<Range<usize>> {
    if text.kind(end) != Kind::Comma {
        return None;
    }
    let mut start = end + 1;
    if matches!(text.low(start), "who" | "and" | "but" | "which" | "as" | "in" | "on" | "at") {
        return None;
    }
    if matches!(text.low(start), "the" | "a" | "an" | "its" | "his" | "her") {
        start += 1;
    }
    let mut stop = start;
    while stop < start + 16
        && matches!(text.kind(stop), Kind::Word | Kind::Hyphen | Kind::Possessive | Kind::Number)
        && !matches!(
            text.low(stop),
            "who" | "said" | "says" | "told" | "was" | "is" | "has" | "had" | "will" | "that" | "which"
        )
    {
        stop += 1;
    }
    let head =
        (start..stop.min(start + 7)).any(|i| roles::is_role(text.low(i)) && !text.low(i).ends_with("ss"));
    let closed = stop >= text.tokens.len()
        || text.spaced_paragraph(stop)
        || matches!(text.kind(stop), Kind::Comma | Kind::Stop | Kind::Semicolon | Kind::Dash)
        || matches!(text.low(stop), "who" | "said" | "says" | "told");
    (head && closed && stop > start).then_some(start..stop)
}

/// “Kremlin's spokesman” is the Kremlin spokesman; honorifics are no roles.
fn tidy_role(text: &Text, role: &Range<usize>, places: &HashMap<usize, &Mention>, sides: &Sides) -> String {
    let mut start = role.start;
    let mut end = role.end;
    while end > start
        && (roles::is_honorific(text.low(end - 1)) || matches!(text.kind(end - 1), Kind::Hyphen))
    {
        end -= 1;
    }
    while start < end && matches!(text.low(start), "former") && end - start == 1 {
        start += 1;
    }
    let metonym = (start..end).any(|i| {
        places.get(&i).is_some_and(|m| m.stands == Stands::Metonym) && text.kind(i + 1) == Kind::Possessive
    });
    if metonym {
        let mut words = String::new();
        for i in start..end {
            if text.kind(i) != Kind::Possessive {
                if !words.is_empty() && text.spaced(i) {
                    words.push(' ');
                }
                words.push_str(text.word(i));
            }
        }
        return words;
    }
    // “the bureau's director”, once it has been said which bureau.
    if let Some((body, possessive)) = sides.recalled(&(start..end))
        && possessive + 1 < end
    {
        return format!("{} of the {}", name_text(text, &(possessive + 1..end)), name_text(text, &body));
    }
    name_text(text, &(start..end))
}

/// “its chairman, Askhat Venn,”, “Oman's envoy to Iran, Salim Venn,”: the role stands before the comma.
fn headed(text: &Text, name: usize) -> Option<Range<usize>> {
    let comma = name.checked_sub(1).filter(|&c| text.kind(c) == Kind::Comma)?;
    let inside =
        |low: &str| matches!(low, "of" | "to" | "for" | "the" | "its" | "their" | "a" | "an" | "his" | "her");
    let mut start = comma;
    while start > 0
        && comma - start < 10
        && text.within[start - 1] == text.within[name]
        && match text.kind(start - 1) {
            Kind::Hyphen | Kind::Possessive => true,
            Kind::Word => {
                let low = text.low(start - 1);
                inside(low) || !stops(low) && crate::cues::cue(low).is_none_or(|c| c.noun)
            }
            _ => false,
        }
    {
        start -= 1;
    }
    let determined =
        matches!(text.low(start), "its" | "their" | "the" | "his" | "her") || text.capital(start);
    while start < comma && inside(text.low(start)) {
        start += 1;
    }
    let role = (start..comma).find(|&t| roles::is_role(text.low(t)))?;
    // The phrase ends with the role, or goes on with “of”, “to”, “for”.
    let ends = role + 1 == comma || matches!(text.low(role + 1), "of" | "to" | "for");
    (determined && ends && !text.low(role).ends_with('s')).then_some(start..comma)
}

/// “, who was the ministry's spokeswoman until July and is now its ambassador”: offices in the order told.
fn related(text: &Text, end: usize) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let who = end + usize::from(text.kind(end) == Kind::Comma);
    if text.low(who) != "who" {
        return out;
    }
    let mut at = who + 1;
    while at < who + 24 && text.kind(at) != Kind::Comma && text.kind(at) != Kind::Stop {
        if matches!(text.low(at), "is" | "was" | "became") {
            let mut start = at + 1;
            while matches!(text.low(start), "now" | "then" | "the" | "a" | "an" | "its" | "their") {
                start += 1;
            }
            let mut stop = start;
            while stop < start + 12
                && matches!(text.kind(stop), Kind::Word | Kind::Hyphen | Kind::Possessive)
                && !matches!(text.low(stop), "and" | "until" | "when" | "who" | "before" | "said" | "from")
            {
                stop += 1;
            }
            if (start..stop).any(|t| roles::is_role(text.low(t))) {
                out.push(start..stop);
                at = stop;
                continue;
            }
        }
        at += 1;
    }
    out
}

fn better_role(old: Option<&str>, new: &str) -> bool {
    let says = |role: &str| role.split_whitespace().any(|w| roles::is_role(&w.to_lowercase()));
    !new.is_empty()
        && old.is_none_or(|old| {
            (!says(old) && says(new))
                || (says(new) && old.split_whitespace().count() < 2 && new.split_whitespace().count() >= 2)
        })
}
