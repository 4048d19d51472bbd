//! Which countries a text is about, and which pairs.
//!
//! Mentions weigh by what they are and where they stand: a venue or a city little, the headline and
//! the first sentences more. A pair weighs by meeting in sentences and, above all, in events.

use std::collections::{BTreeMap, HashMap};

use crate::events::Found;
use crate::gazetteer::Stands;
use crate::places::Mention;
use crate::text::Text;

pub(crate) struct Standing {
    pub code: &'static str,
    pub weight: f64,
    pub about: bool,
    pub mentions: Vec<std::ops::Range<usize>>,
}

/// Weight of a place where something merely happened, and of a city or region.
const VENUE: f64 = 0.3;
const CITY: f64 = 0.6;
/// What two countries' own weight counts for beside one sentence in which they meet.
const STANDING: f64 = 8.0;
/// Weight of a dateline with its day: an agency's reporter stood there.
const REPORTED: f64 = 2.0;
/// Score of a pair whose second country the text only names.
const NAMED: f64 = 0.3;
/// Countries whose pairs are listed.
const MOST: usize = 30;
/// Sentences that count as the headline and the lead.
const LEAD: usize = 2;
/// A country is a subject when it has this share of the heaviest one's weight …
const SHARE: f64 = 0.10;
/// … and is named this often, or stands in the lead …
const OFTEN: usize = 2;
/// … or is one of this many that a sentence names: a list of buyers, members or signatories is what the text is about …
const LISTED: usize = 6;
/// … where it is this share of all that the text names.
const LISTED_SHARE: f64 = 0.15;

/// A list that runs over several sentences names this many in all …
const LISTED_ACROSS: usize = 8;
/// … at least this many in each …
const FEW: usize = 3;
/// … and the next of them stands no further on.
const NEIGHBOUR: usize = 2;

/// A text with this many subjects is a survey: whomever it names at all belongs to it.
const SURVEY: usize = 8;

/// Where a text was written, when that is known apart from the text.
pub(crate) struct Written {
    pub codes: Vec<&'static str>,
    /// Whether the day is given too.
    pub dated: bool,
}

#[derive(Default)]
struct Tally {
    weight: f64,
    count: usize,
    lead: bool,
    /// Named other than as a venue.
    acts: bool,
    /// Named other than in the dateline.
    body: bool,
    /// Named in a list.
    listed: bool,
    mentions: Vec<std::ops::Range<usize>>,
}

pub(crate) fn rank(
    text: &Text,
    mentions: &[Mention],
    title: Option<&[Mention]>,
    written: Option<&Written>,
    events: &[Found],
) -> Vec<Standing> {
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let lead = lead_sentences(text);
    let dated = dated_dateline(text) || written.is_some_and(|w| w.dated);
    for m in mentions {
        let base = match (m.stands, m.venue || m.dateline) {
            _ if m.dateline && dated => REPORTED,
            (_, true) => VENUE,
            (Stands::City | Stands::Region, false) => CITY,
            _ => 1.0,
        };
        let early = m.sentence < lead;
        let tally = tallies.entry(m.code).or_default();
        tally.weight += base * if early { 1.5 } else { 1.0 };
        tally.count += 1;
        tally.lead |= early && !m.venue;
        tally.acts |= !m.venue && !m.dateline;
        tally.body |= !m.dateline;
        tally.mentions.push(m.bytes.clone());
    }
    for m in title.into_iter().flatten() {
        let tally = tallies.entry(m.code).or_default();
        tally.weight += 2.0;
        tally.count += 1;
        tally.lead = true;
        tally.acts = true;
        tally.body = true;
    }
    for code in written.iter().flat_map(|w| &w.codes) {
        let tally = tallies.entry(code).or_default();
        tally.weight += if dated { REPORTED } else { VENUE };
        tally.count += 1;
        tally.lead = true;
    }
    for (codes, least) in lists(text, mentions) {
        if codes.len() >= least && codes.len() as f64 >= mentions.len() as f64 * LISTED_SHARE {
            for code in codes {
                tallies.entry(code).or_default().listed = true;
            }
        }
    }
    let mut sides: Vec<&str> = events
        .iter()
        .filter(|e| e.target.is_some())
        .flat_map(|e| [Some(e.source), e.target])
        .flatten()
        .collect();
    sides.sort_unstable();
    let top = tallies.iter().filter(|(code, _)| is_country(code)).map(|(_, t)| t.weight).fold(0.0, f64::max);
    let subjects =
        tallies.iter().filter(|(code, t)| is_country(code) && t.acts && (t.lead || t.count >= OFTEN)).count();
    let mut out: Vec<Standing> = tallies
        .into_iter()
        .map(|(code, t)| {
            let matters = subjects == 0 || t.lead || t.count >= OFTEN;
            let acted = sides.binary_search(&code).is_ok();
            // Whoever acts or is acted on needs no loud voice.
            let enough = t.listed || t.weight >= top * if acted { SHARE / 2.0 } else { SHARE } && matters;
            // A venue is a subject only where no actor is; the place a text was written in only where
            // the line is dated, so that a reporter was there, or too few sides are named without it.
            let stage = if t.body { !t.acts && subjects > 0 } else { subjects > 2 && !dated };
            Standing {
                code,
                weight: t.weight,
                about: is_country(code) && enough && !stage,
                mentions: t.mentions,
            }
        })
        .collect();
    if out.iter().filter(|s| s.about).count() >= SURVEY {
        for standing in out.iter_mut().filter(|s| is_country(s.code)) {
            standing.about = true;
        }
    }
    out.sort_by(|a, b| b.about.cmp(&a.about).then(b.weight.total_cmp(&a.weight)).then(a.code.cmp(b.code)));
    out
}

/// The countries of each sentence, and of each passage of neighbours that all name a few; and how many
/// make a list of it. Examples (“exporters such as …”) are no list: others would have served as well.
fn lists(text: &Text, mentions: &[Mention]) -> Vec<(Vec<&'static str>, usize)> {
    let mut out: Vec<(Vec<&str>, usize)> = Vec::new();
    let mut passage: Vec<&str> = Vec::new();
    let mut last = None;
    for sentence in mentions.chunk_by(|a, b| a.sentence == b.sentence) {
        let mut codes: Vec<&str> = sentence
            .iter()
            .take_while(|m| !example(text, m.run.start))
            .filter(|m| is_country(m.code) && !m.dateline)
            .map(|m| m.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        if codes.len() < FEW {
            continue;
        }
        let at = sentence[0].sentence;
        if last.is_none_or(|last| at > last + NEIGHBOUR) {
            out.push((std::mem::take(&mut passage), LISTED_ACROSS));
        }
        passage.extend(&codes);
        passage.sort_unstable();
        passage.dedup();
        out.push((codes, LISTED));
        last = Some(at);
    }
    out.push((passage, LISTED_ACROSS));
    out
}

/// “… such as Kenya”, “producers include Kenya”: the first of some examples.
fn example(text: &Text, at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |t| text.low(t));
    let back = 1 + usize::from(before(1) == "the");
    matches!(before(back), "include" | "includes" | "included" | "including")
        || before(back) == "as" && before(back + 1) == "such"
}

/// Codes of two letters are countries, EU apart.
pub(crate) fn is_country(code: &str) -> bool {
    code.len() == 2 && !matches!(code, "EU" | "UN" | "G7")
}

/// “LONDON, April 1 –”: the day stands with the place.
fn dated_dateline(text: &Text) -> bool {
    text.paragraphs
        .iter()
        .take(12)
        .flat_map(Clone::clone)
        .any(|t| text.dateline[t] && text.kind(t) == crate::text::Kind::Number)
}

fn lead_sentences(text: &Text) -> usize {
    LEAD + usize::from(text.headline)
}

/// Pairs among the countries that the text is about; of organisations only where two countries are wanting.
pub(crate) fn pairs(
    mentions: &[Mention],
    standings: &[Standing],
    events: &[Found],
) -> Vec<(&'static str, &'static str, f64)> {
    let mut sides: Vec<&Standing> = standings.iter().filter(|s| s.about).take(MOST).collect();
    if sides.len() < 2 {
        sides.extend(standings.iter().filter(|s| !s.about && !is_country(s.code)).take(1));
    }
    // One country alone: the next one named makes a pair that is worth a look, and no more.
    if let [one] = sides[..] {
        let next = standings.iter().find(|s| !s.about && is_country(s.code));
        return next
            .map(|s| if one.code < s.code { (one.code, s.code, NAMED) } else { (s.code, one.code, NAMED) })
            .into_iter()
            .collect();
    }
    let top = standings.iter().map(|s| s.weight).fold(1.0, f64::max);
    let mut score: HashMap<(&str, &str), f64> = HashMap::new();
    let key = |a: &'static str, b: &'static str| if a < b { (a, b) } else { (b, a) };
    let mut at = 0;
    while at < mentions.len() {
        let sentence = mentions[at].sentence;
        let end = at + mentions[at..].iter().take_while(|m| m.sentence == sentence).count();
        let mut codes: Vec<(&'static str, f64)> = Vec::new();
        for m in &mentions[at..end] {
            let w = if m.venue { 0.2 } else { 1.0 };
            match codes.iter_mut().find(|(c, _)| *c == m.code) {
                Some(c) => c.1 = c.1.max(w),
                None => codes.push((m.code, w)),
            }
        }
        for (i, a) in codes.iter().enumerate() {
            for b in &codes[i + 1..] {
                *score.entry(key(a.0, b.0)).or_default() += a.1 * b.1;
            }
        }
        at = end;
    }
    for e in events {
        if let Some(target) = e.target
            && target != e.source
        {
            *score.entry(key(e.source, target)).or_default() += 0.75;
        }
    }
    let mut out = Vec::new();
    for (i, a) in sides.iter().enumerate() {
        for b in &sides[i + 1..] {
            let (x, y) = key(a.code, b.code);
            // Both must matter, and they must meet.
            let weight =
                STANDING * (a.weight * b.weight).sqrt() / top + score.get(&(x, y)).copied().unwrap_or(0.0);
            out.push((x, y, weight));
        }
    }
    out.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(b.0)).then(a.1.cmp(b.1)));
    let best = out.first().map_or(1.0, |p| p.2);
    out.into_iter().map(|(a, b, w)| (a, b, w / best)).collect()
}
