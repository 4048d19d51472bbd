//! Where the text names a country, an organisation or somebody who stands for one.
//!
//! The gazetteer says what a name may mean; the words around it say whether it does. A place that
//! something merely happened *in* is a venue and weighs little.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::gazetteer::{self, Stands};
use crate::known::Known;
use crate::roles;
use crate::text::{Kind, Text};

#[derive(Clone, Debug)]
pub(crate) struct Mention {
    /// Tokens.
    pub run: Range<usize>,
    pub bytes: Range<usize>,
    pub code: &'static str,
    pub stands: Stands,
    /// Something happened there; nobody acted.
    pub venue: bool,
    pub sentence: usize,
    /// It says where the text was written.
    pub dateline: bool,
}

/// Every mention, in the order of the text.
pub(crate) fn mentions(
    text: &Text,
    english: bool,
    published: Option<NaiveDate>,
    known: Option<&Known>,
) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for (bytes, entry) in gazetteer::find(&text.flat) {
        // “Chino” is Chinese in Spanish, and a town in English.
        let foreign = entry.stands == Stands::Demonym
            && english
            && entry.form.starts_with(|c: char| c.is_ascii_lowercase());
        if entry.stands == Stands::Nothing || foreign {
            continue;
        }
        let first = text.token_at(bytes.start);
        let last = text.token_at(bytes.end.saturating_sub(1)) + 1;
        if first >= text.tokens.len() || last > text.tokens.len() {
            continue;
        }
        // One name may have held an office of a country and then of an organisation.
        let at =
            gazetteer::term_at(&entry.form, published).filter(|_| matches!(entry.stands, Stands::Leader(_)));
        let (code, stands) = at.map_or((entry.code, entry.stands), |at| {
            (gazetteer::leaders()[at as usize].code, Stands::Leader(at))
        });
        out.push(Mention {
            run: first..last,
            bytes,
            code,
            stands,
            venue: false,
            sentence: 0,
            dateline: false,
        });
    }
    surnames(text, published, &mut out);
    states(text, &mut out);
    for (bytes, actor) in known.into_iter().flat_map(|known| known.places(&text.flat)) {
        out.retain(|m| m.bytes.end <= bytes.start || bytes.end <= m.bytes.start);
        let first = text.token_at(bytes.start);
        let last = text.token_at(bytes.end.saturating_sub(1)) + 1;
        if let Some(actor) = actor.filter(|_| last <= text.tokens.len()) {
            let (run, code, stands) = (first..last, actor.code(), Stands::Metonym);
            out.push(Mention { run, bytes, code, stands, venue: false, sentence: 0, dateline: false });
        }
    }
    let hometown = hometown(text, &out);
    for &at in hometown.iter().flat_map(|(_, own)| own) {
        out.push(told(text, at, hometown.as_ref().map_or("US", |(code, _)| code)));
    }
    out.sort_by_key(|m| (m.bytes.start, std::cmp::Reverse(m.bytes.end)));
    let american = american_setting(text, &out);
    let caucasus = text.flat.contains("Tbilisi")
        || text.flat.contains("South Ossetia")
        || text.flat.contains("Abkhazia")
        || text.flat.contains("Georgian");
    let brazzaville = text.flat.contains("Brazzaville");
    let named: std::collections::HashSet<&str> = out
        .iter()
        .filter(|m| matches!(m.stands, Stands::Name | Stands::Demonym) && !municipal(text, m.run.end))
        .map(|m| m.code)
        .collect();
    let mut kept: Vec<Mention> = Vec::new();
    for i in 0..out.len() {
        let mut m = out[i].clone();
        let name = text.word(m.run.start);
        if refused(text, &m, out.get(i + 1)) {
            continue;
        }
        if let Some(next) = out.get(i + 1) {
            // “Lebanon, Ohio”: the region says where the town is.
            if next.run.start == m.run.end + 1
                && text.kind(m.run.end) == Kind::Comma
                && next.stands == Stands::Region
                && !matches!(m.stands, Stands::Demonym | Stands::Leader(_))
            {
                m.code = next.code;
                m.stands = Stands::City;
            }
        }
        if let Some((home, _)) = hometown
            && m.code != home
            && namesake(text, &m, &named)
        {
            m.code = home;
            m.stands = Stands::City;
        }
        m.dateline = text.dateline[m.run.start];
        if name == "Georgia" && m.run.len() == 1 && !caucasus && (american || local_georgia(text, &m)) {
            m.code = "US";
            m.stands = Stands::Region;
        }
        if name == "Congo" && brazzaville {
            m.code = "CG";
        }
        let before = if m.run.start > 0 { text.low(m.run.start - 1) } else { "" };
        let in_place = matches!(
            before,
            "in" | "at"
                | "near"
                | "outside"
                | "around"
                | "from"
                | "via"
                | "through"
                | "left"
                | "leaving"
                | "reached"
                | "reaching"
                | "downtown"
                | "central"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
        ) || before == "to" && goes(text, m.run.start);
        if name == "Brussels" && !in_place && m.stands == Stands::Capital {
            m.code = "EU";
            m.stands = Stands::Organisation;
        }
        m.venue = match m.stands {
            Stands::Capital | Stands::City => {
                in_place
                    || listed_after_place(text, &m, kept.last())
                    || (text.kind(m.run.end) == Kind::Hyphen && text.low(m.run.end + 1) == "based")
            }
            _ => false,
        };
        kept.push(m);
    }
    let mut sentence = 0;
    for m in &mut kept {
        while sentence + 1 < text.sentences.len() && text.sentences[sentence].end <= m.run.start {
            sentence += 1;
        }
        m.sentence = sentence;
    }
    kept
}

/// “HARTFORD, Conn., March 6 –”: American towns are told by their state, shortened as agencies shorten it.
fn states(text: &Text, out: &mut Vec<Mention>) {
    const SHORT: &str = " ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev \
                         n.h n.j n.m n.y n.c n.d okla ore pa r.i s.c s.d tenn tex vt va wash w.va wis wyo ";
    for i in 2..text.tokens.len() {
        let short = text.low(i).trim_end_matches('.');
        if (text.dateline[i] || text.capital(i - 2) && text.low(i).ends_with('.'))
            && text.kind(i - 1) == Kind::Comma
            && text.capital(i)
            && SHORT.contains(&format!(" {short} "))
        {
            out.push(told(text, i, "US"));
        }
    }
}

/// A word that tells of a country by itself.
fn told(text: &Text, at: usize, code: &'static str) -> Mention {
    let t = text.tokens[at];
    Mention {
        run: at..at + 1,
        bytes: t.start..t.end,
        code,
        stands: Stands::Region,
        venue: false,
        sentence: 0,
        dateline: false,
    }
}

/// The country whose local papers use such words, where two sorts of them at least stand in the text and
/// few countries are named; and where the words stand that only its towns use. “Paris City Hall” is then
/// in Texas. They name the country as far as such a text does.
fn hometown(text: &Text, mentions: &[Mention]) -> Option<(&'static str, Vec<usize>)> {
    let mut signs = std::collections::HashSet::new();
    let (mut american, mut british) = (Vec::new(), Vec::new());
    let mut commonwealth = false;
    for i in 0..text.tokens.len() {
        let low = text.low(i);
        let next = text.low(i + 1);
        let only_american = match low {
            "county" => text.capital(i) && i > 0 && text.capital(i - 1),
            "sheriff" | "trooper" | "troopers" | "homecoming" | "grader" | "graders" | "sophomore"
            | "councilman" | "councilwoman" | "councilmen" | "medicaid" | "felony" | "assemblyman" => true,
            "interstate" => text.kind(i + 1) == Kind::Number,
            "school" => next == "district",
            "district" => next == "attorney",
            "grand" => next == "jury",
            "highway" => next == "patrol",
            "state" => matches!(next, "senate" | "representative" | "legislature" | "legislators" | "police"),
            // “R-Elbow Lake”
            "r" | "d" => {
                text.capital(i)
                    && text.kind(i + 1) == Kind::Hyphen
                    && text.capital(i + 2)
                    && !text.spaced(i + 2)
                    && i > 0
                    && text.kind(i - 1) == Kind::Comma
            }
            _ => false,
        };
        let only_british = match low {
            "crown" => next == "court",
            "nhs" | "£" => true,
            "city" | "county" | "borough" | "district" => {
                next == "council" && text.low(i + 2).starts_with("councillor")
            }
            "pc" => text.word(i) == "PC" && text.capital(i + 1),
            _ => low.starts_with('£'),
        };
        // Words that British papers share with those of Ireland and the Commonwealth.
        let not_american = matches!(
            low,
            "councillor" | "councillors" | "magistrates" | "constable" | "motorists" | "councils"
        );
        let local = match low {
            "coroner" | "zoning" | "precinct" => true,
            "school" => next == "board",
            "high" | "middle" | "elementary" => text.capital(i) && next == "school",
            "police" => matches!(next, "department" | "chief"),
            "city" => text.capital(i) && matches!(next, "council" | "hall"),
            "county" | "borough" => text.capital(i) && next == "council",
            _ => not_american,
        };
        commonwealth |= not_american;
        if only_american {
            american.push(i);
        }
        if only_british {
            british.push(i);
        }
        if only_american || only_british || local {
            signs.insert(low);
        }
    }
    let british_town = british.len() > american.len() || american.is_empty() && commonwealth;
    let (code, own) = if british_town { ("GB", british) } else { ("US", american) };
    if mentions.iter().any(|m| m.code == code) {
        signs.insert(code);
    }
    let abroad = mentions
        .iter()
        .filter(|m| m.code != code && matches!(m.stands, Stands::Name | Stands::Demonym | Stands::Leader(_)))
        .filter(|m| !municipal(text, m.run.end))
        .count();
    (signs.len() >= 2 && abroad < signs.len()).then_some((code, own))
}

/// Whether a town at home of that name is meant: its country is named nowhere else.
fn namesake(text: &Text, m: &Mention, named: &std::collections::HashSet<&str>) -> bool {
    match m.stands {
        Stands::Capital | Stands::City => !named.contains(m.code),
        Stands::Name => municipal(text, m.run.end),
        _ => false,
    }
}

/// “… County”, “… Police Department”: the words before name a town.
fn municipal(text: &Text, at: usize) -> bool {
    text.capital(at)
        && matches!(
            text.low(at),
            "county"
                | "city"
                | "police"
                | "high"
                | "middle"
                | "elementary"
                | "avenue"
                | "street"
                | "road"
                | "township"
                | "fire"
                | "school"
                | "mayor"
        )
}

/// “flew to Paris” is a place; “protested to Paris” is a government.
fn goes(text: &Text, at: usize) -> bool {
    at.checked_sub(2).is_some_and(|verb| {
        let low = text.low(verb);
        ["fl", "travel", "return", "mov", "driv", "sail", "go", "rush", "head"]
            .iter()
            .any(|stem| low.starts_with(stem))
            || matches!(
                low,
                "went"
                    | "trip"
                    | "trips"
                    | "visit"
                    | "visits"
                    | "came"
                    | "come"
                    | "drove"
                    | "way"
                    | "back"
                    | "home"
                    | "close"
                    | "near"
            )
    })
}

/// “in Paris and Rome”: the second place is where the first is.
fn listed_after_place(text: &Text, m: &Mention, previous: Option<&Mention>) -> bool {
    previous.is_some_and(|p| {
        p.venue && p.run.end + 1 == m.run.start && matches!(text.low(m.run.start - 1), "and" | ",")
    })
}

/// “Mr Lavrov”, and “Lavrov” alone while he is in office.
fn surnames(text: &Text, published: Option<NaiveDate>, out: &mut Vec<Mention>) {
    let mut by_surname: HashMap<&str, &gazetteer::Leader> = HashMap::new();
    let mut index: HashMap<&str, u16> = HashMap::new();
    let in_full: std::collections::HashSet<u16> = out
        .iter()
        .filter_map(|m| match m.stands {
            Stands::Leader(at) => Some(at),
            _ => None,
        })
        .collect();
    for (i, leader) in gazetteer::leaders().iter().enumerate() {
        let named_in_full = in_full.contains(&(i as u16));
        if named_in_full || (leader.by_surname && published.is_some_and(|d| leader.in_office(d))) {
            for name in &leader.names {
                let surname = surname_of(name);
                by_surname.insert(surname, leader);
                index.insert(surname, i as u16);
            }
        }
    }
    let taken: Vec<Range<usize>> = out.iter().map(|m| m.run.clone()).collect();
    let mut at = 0;
    for i in 0..text.tokens.len() {
        while at < taken.len() && taken[at].end <= i {
            at += 1;
        }
        if at < taken.len() && taken[at].contains(&i) || !text.capital(i) {
            continue;
        }
        let office = i.checked_sub(1).is_some_and(|b| {
            text.capital(b) && matches!(text.low(b), "president" | "premier" | "chancellor" | "minister")
        });
        let named = by_surname.get(text.word(i)).copied().or_else(|| {
            // “President Bush”: the office tells who is meant, whenever it was.
            office
                .then(|| OFFICE_HOLDERS.get(text.word(i)).map(|&at| &gazetteer::leaders()[at as usize]))
                .flatten()
        });
        let Some(leader) = named else { continue };
        let at_table = index.get(text.word(i)).or_else(|| OFFICE_HOLDERS.get(text.word(i))).copied();
        let Some(at_table) = at_table else { continue };
        let another = i > 0
            && gazetteer::is_first_name(text.word(i - 1))
            && !leader.names.iter().any(|n| n.starts_with(text.word(i - 1)));
        let longer = text.capital(i + 1) && !text.spaced(i + 1);
        if !another && !longer {
            let t = text.tokens[i];
            out.push(Mention {
                run: i..i + 1,
                bytes: t.start..t.end,
                code: leader.code,
                stands: Stands::Leader(at_table),
                venue: false,
                sentence: 0,
                dateline: false,
            });
        }
    }
}

/// Surnames that leaders of one country alone bear → the last of them in the table.
static OFFICE_HOLDERS: LazyLock<HashMap<&'static str, u16>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Option<u16>> = HashMap::new();
    for (i, leader) in gazetteer::leaders().iter().enumerate() {
        let at = all.entry(surname_of(leader.names[0])).or_insert(Some(i as u16));
        let same = at.is_some_and(|at| gazetteer::leaders()[at as usize].code == leader.code);
        *at = at.filter(|_| same);
    }
    all.into_iter().filter_map(|(surname, at)| at.map(|at| (surname, at))).collect()
});

/// The part of a name that stands alone: the family name, which East Asian names put first.
pub(crate) fn surname_of(name: &str) -> &str {
    let parts: Vec<&str> = name.split(' ').collect();
    match parts[0] {
        "Xi" | "Hu" | "Jiang" | "Deng" | "Li" | "Wen" | "Wang" | "Qin" | "Yang" | "Mao" | "Hua" | "Zhao"
        | "Lin" | "Guo" | "Dong" | "Tsai" | "Lai" | "Ma" | "Yoon" | "Moon" | "Park" | "Cho" | "Choe"
        | "Kim" | "Nguyen" | "Lee"
            if parts.len() > 1 && parts[1] != "Kuan" && !matches!(parts[0], "Lee")
                || name.starts_with("Lee Jae")
                || name.starts_with("Lee Myung") =>
        {
            parts[0]
        }
        _ => {
            let last = parts[parts.len() - 1];

            (if matches!(last, "Jr." | "Jr" | "II" | "III" | "VI" | "XVI" | "XIV") && parts.len() > 1 {
                parts[parts.len() - 2]
            } else {
                last
            }) as _
        }
    }
}

fn local_georgia(text: &Text, m: &Mention) -> bool {
    let near = |i: usize| {
        matches!(
            text.low(i),
            "governor"
                | "gov"
                | "gov."
                | "senator"
                | "sen."
                | "democrat"
                | "republican"
                | "voters"
                | "county"
                | "legislature"
                | "primary"
                | "lawmakers"
        )
    };
    (m.run.end..m.run.end + 3).any(near) || (m.run.start.saturating_sub(3)..m.run.start).any(near)
}

/// Whether American states and cities make Georgia one of them.
fn american_setting(text: &Text, mentions: &[Mention]) -> bool {
    let states = mentions
        .iter()
        .filter(|m| m.code == "US" && matches!(m.stands, Stands::Region | Stands::City))
        .count();
    states >= 2 || text.flat.contains("Atlanta") || text.flat.contains("Savannah")
}

fn refused(text: &Text, m: &Mention, next: Option<&Mention>) -> bool {
    if m.run.len() != 1 {
        return false;
    }
    let word = text.word(m.run.start);
    let before = m.run.start.checked_sub(1);
    let joined_before = before.is_some_and(|b| {
        text.kind(b) == Kind::Hyphen
            && text.capital(b.saturating_sub(1))
            && !matches!(m.stands, Stands::Name | Stands::Demonym | Stands::Capital)
    });
    if joined_before {
        return true;
    }
    // “Michael Jordan”: a given name stands before it.
    if let Some(b) = before {
        let given = text.capital(b)
            && gazetteer::is_first_name(text.word(b))
            && !gazetteer::also_a_person(text.word(b));
        if given
            && !matches!(m.stands, Stands::Demonym)
            && !text.spaced(m.run.start).eq(&false)
            && matches!(m.stands, Stands::Name | Stands::Capital | Stands::City | Stands::Region)
            && !roles::is_title(text.low(b))
        {
            return true;
        }
        if roles::is_honorific(text.low(b)) && !matches!(m.stands, Stands::Leader(_)) {
            return true;
        }
        if matches!(m.stands, Stands::Demonym | Stands::Name)
            && matches!((text.low(b), text.low(m.run.start)), ("north" | "south" | "magnetic", "pole"))
        {
            return true;
        }
    }
    // “Nogales said”: it is somebody's name; a town does not speak.
    let after = m.run.end;
    if m.stands == Stands::City && matches!(text.low(after), "said" | "says" | "told" | "added") {
        return true;
    }
    // “Jordan Henderson”: a family name follows.
    let name_follows = text.capital(after)
        && text.kind(after) == Kind::Word
        && next.is_none_or(|n| {
            n.run.start != after || n.stands == Stands::Capital && gazetteer::also_a_person(text.word(after))
        })
        && !roles::is_title(text.low(after))
        && !roles::is_role(text.low(after))
        && !roles::is_body(text.low(after))
        && !text.word(after).chars().all(char::is_uppercase);
    if gazetteer::also_a_person(word) && name_follows && !matches!(m.stands, Stands::Demonym) {
        return true;
    }
    match word {
        "Jersey" => !before.is_some_and(|b| matches!(text.low(b), "in" | "of" | "to" | "from" | "on")),
        "Finn" | "Dane" | "Brit" | "Pole" => {
            before.is_none_or(|b| !matches!(text.low(b), "a" | "the" | "young" | "another" | "one" | "every"))
        }
        "Fed" | "Pope" => before.is_none_or(|b| text.low(b) != "the"),
        "Franco" | "Indo" | "Sino" | "Russo" | "Anglo" | "Greco" | "Italo" => {
            text.kind(after) != Kind::Hyphen
        }
        "Kiwi" => true,
        _ => false,
    }
}
