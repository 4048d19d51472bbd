//! What one side did to the other: sentence by sentence, in PLOVER's categories.
//!
//! A pattern of the lexicon gives the category, the actors beside it give who and to whom. Words that
//! govern others (demanded, threatened, refused, agreed) decide before the deed they speak of, for a
//! threat to invade is a threat. What is only announced, denied or called off says so in its status.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::dates::When;
use crate::gazetteer::Stands;
use crate::places::Mention;
use crate::shape::{DateType, Status};
use crate::text::{Kind, Text};

/// An event in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub source: &'static str,
    pub target: Option<&'static str>,
    pub plover: &'static str,
    pub quad: u8,
    pub date: Option<String>,
    pub run: Range<usize>,
    pub status: Status,
    pub confidence: f64,
}

/// PLOVER's quad classes; SANCTION counts as material, as GDELT and the gold records have it.
fn quad(plover: &str) -> u8 {
    match plover {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "DEMAND" | "DISAPPROVE" | "REJECT" | "THREATEN" | "INVESTIGATE" => 3,
        _ => 4,
    }
}

/// Part of a pattern: words of which one must stand there, and whether others may stand before it.
struct Part {
    words: Vec<(&'static str, bool)>,
    gap: bool,
}

struct Pattern {
    plover: &'static str,
    parts: Vec<Part>,
}

/// Words that a gap may hold.
const GAP: usize = 6;

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let mut out = Vec::new();
    for line in include_str!("../../../assets/gazetteer/acts.tsv").lines().filter(|l| !l.starts_with('#')) {
        let Some((plover, patterns)) = line.split_once('\t') else { continue };
        for pattern in patterns.split('|') {
            let mut parts = Vec::new();
            let mut gap = false;
            for word in pattern.split(' ') {
                if word == "_" {
                    gap = true;
                    continue;
                }
                let words = word
                    .split('/')
                    .map(|w| w.strip_suffix('*').map_or((w, false), |stem| (stem, true)))
                    .collect();
                parts.push(Part { words, gap });
                gap = false;
            }
            out.push(Pattern { plover, parts });
        }
    }
    out
});

/// First three letters of a pattern's first word → patterns.
static BY_START: LazyLock<HashMap<&'static str, Vec<usize>>> = LazyLock::new(|| {
    let mut map: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, pattern) in PATTERNS.iter().enumerate() {
        for (word, _) in &pattern.parts[0].words {
            map.entry(&word[..word.len().min(2)]).or_default().push(i);
        }
    }
    map
});

fn says(part: &Part, low: &str) -> bool {
    part.words.iter().any(|(word, stem)| {
        if *stem { low.starts_with(word) && low.len() <= word.len() + 6 } else { low == *word }
    })
}

struct Match {
    pattern: usize,
    run: Range<usize>,
}

fn matches(text: &Text, s: &Range<usize>) -> Vec<Match> {
    let mut out = Vec::new();
    for i in s.clone() {
        // Who declines to be named does nothing to anybody.
        if !text.is_word(i) || text.dateline[i] || text.unnamed(i + 1 + usize::from(text.low(i + 1) == "not"))
        {
            continue;
        }
        let low = text.low(i);
        let Some(candidates) = low.get(..2).and_then(|start| BY_START.get(start)) else { continue };
        'pattern: for &p in candidates {
            let pattern = &PATTERNS[p];
            if !says(&pattern.parts[0], low) {
                continue;
            }
            let mut at = i + 1;
            for part in &pattern.parts[1..] {
                let reach = if part.gap { GAP + if pattern.parts.len() == 2 { 3 } else { 0 } } else { 1 };
                // “called off” and “prisoner-swap”: hyphens do not count.
                let Some(found) = (at..(at + reach).min(s.end)).find(|&k| says(part, text.low(k))) else {
                    continue 'pattern;
                };
                at = found + 1;
            }
            out.push(Match { pattern: p, run: i..at });
        }
    }
    out
}

/// Categories whose words govern the deed that follows them.
fn governs(plover: &str) -> bool {
    matches!(plover, "DEMAND" | "THREATEN" | "REJECT" | "AGREE" | "DISAPPROVE")
}

/// Words that are weak evidence by themselves.
fn weak(text: &Text, m: &Match) -> bool {
    m.run.len() == 1
        && matches!(
            text.low(m.run.start),
            "must"
                | "should"
                | "discuss"
                | "discussed"
                | "summit"
                | "reform"
                | "reforms"
                | "withdrawal"
                | "propose"
                | "proposed"
                | "proposal"
                | "proposals"
                | "request"
                | "attack"
                | "attacks"
                | "agreed"
                | "ceasefire"
                | "truce"
                | "visit"
                | "visits"
                | "demand"
                | "demands"
                | "financial"
                | "finance"
                | "financing"
                | "hostage"
                | "hostages"
                | "protests"
                | "protesters"
                | "denmark"
                | "killer"
                | "investigators"
                | "inspectors"
                | "committed"
                | "host"
                | "occupied"
                | "negotiators"
                | "negotiator"
                | "negotiations"
                | "negotiation"
                | "executive"
                | "executives"
                | "rapid"
                | "rapidly"
                | "dental"
                | "denounced"
                | "mediator"
                | "mediation"
                | "threat"
                | "threats"
                | "promise"
                | "promises"
                | "warning"
                | "warnings"
                | "shell"
                | "raid"
                | "raids"
                | "battle"
                | "prohibited"
                | "shelter"
        )
        || m.run.len() == 1
            && matches!(
                text.low(m.run.start),
                "density"
                    | "dense"
                    | "denominated"
                    | "denim"
                    | "rapport"
                    | "accusing"
                    | "warner"
                    | "raptor"
                    | "deny"
                    | "hackers"
            )
            && text.low(m.run.start) != "deny"
            && text.low(m.run.start) != "accusing"
}

pub(crate) fn find(text: &Text, mentions: &[Mention], dates: &[When]) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    let mut at = 0;
    let mut date_at = 0;
    let mut previous: Range<usize> = 0..0;
    for (n, s) in text.sentences.iter().enumerate() {
        while at < mentions.len() && mentions[at].sentence < n {
            at += 1;
        }
        let end = at + mentions[at..].iter().take_while(|m| m.sentence == n).count();
        let here = &mentions[at..end];
        let bytes = text.bytes(s);
        while date_at < dates.len() && dates[date_at].bytes.start < bytes.start {
            date_at += 1;
        }
        let dated = dates[date_at..].iter().take_while(|d| d.bytes.start < bytes.end);
        let when: Vec<&When> =
            dated.filter(|d| d.kind == DateType::Date || d.kind == DateType::Time).collect();
        // A sentence of a thousand words is no sentence; what it tells is not one event.
        if s.len() <= 400 {
            in_sentence(text, s, here, &mentions[previous.clone()], &when, &mut out);
        }
        previous = at..end;
        at = end;
    }
    // The same deed told twice is one event.
    let mut seen = std::collections::HashSet::new();
    out.retain(|e| seen.insert((e.source, e.target, e.plover, e.date.clone())));
    out.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.run.start.cmp(&b.run.start)));
    out
}

fn in_sentence(
    text: &Text,
    s: &Range<usize>,
    here: &[Mention],
    before: &[Mention],
    when: &[&When],
    out: &mut Vec<Found>,
) {
    let mut found = matches(text, s);
    // Of patterns that share a word, the one that says most.
    found.sort_by(|a, b| {
        PATTERNS[b.pattern]
            .parts
            .len()
            .cmp(&PATTERNS[a.pattern].parts.len())
            .then(a.run.start.cmp(&b.run.start))
    });
    let mut kept: Vec<Match> = Vec::new();
    for m in found {
        let inside = m.run.clone().any(|k| here.iter().any(|p| p.run.contains(&k) && k == m.run.start));
        if !inside
            && !kept.iter().any(|k| {
                k.run.start == m.run.start
                    || k.run.contains(&m.run.start)
                        && text.kind(m.run.start) == Kind::Word
                        && k.run.end <= m.run.end
                        && k.run.end - 1 == m.run.end - 1
            })
        {
            kept.push(m);
        }
    }
    if kept.is_empty() {
        return;
    }
    kept.sort_by_key(|m| m.run.start);
    let mut found: Vec<(f64, Found)> = Vec::new();
    for m in &kept {
        let pattern = &PATTERNS[m.pattern];
        let Some((source, target, sure)) = actors(text, s, m, pattern.plover, here, before) else { continue };
        let mut plover = pattern.plover;
        let mut status = Status::Done;
        let lead: Vec<&str> =
            (s.start.max(m.run.start.saturating_sub(3))..m.run.start).map(|k| text.low(k)).collect();
        if lead.iter().any(|w| matches!(*w, "will" | "would" | "shall")) {
            if lead.contains(&"not") {
                plover = "REJECT";
                status = Status::Denied;
            } else if matches!(quad(plover), 1 | 2) {
                plover = "AGREE";
                status = Status::Planned;
            } else if quad(plover) == 4 {
                plover = "THREATEN";
                status = Status::Threatened;
            }
        } else if lead.iter().any(|w| matches!(*w, "not" | "never" | "without" | "n't"))
            && !matches!(plover, "REJECT" | "THREATEN")
        {
            status = Status::Denied;
        }
        if plover == "THREATEN" {
            status = Status::Threatened;
        }
        if text.low(m.run.end - 1) == "off" && text.low(m.run.end - 2).starts_with("call")
            || text.low(m.run.start).starts_with("cancel")
        {
            status = Status::CalledOff;
        }
        let parts = pattern.parts.len() as f64;
        let position = 1.0 - (m.run.start - s.start) as f64 / (s.len() as f64 + 1.0);
        let mut rank = parts * 0.6 + position * 1.2;
        if governs(plover) {
            rank += 0.8;
        }
        if weak(text, m) || noun(text, m, here) {
            rank -= 1.2;
        }
        if target.is_some_and(|t| t != source) {
            rank += 0.4;
        }
        // Deeds that somebody else only tells of keep their place; words in marks are words.
        if text.within[m.run.start].is_some() {
            rank -= 0.8;
        }
        let date = nearest(text, m, when);
        let confidence =
            (0.35 + 0.1 * parts + if sure { 0.15 } else { 0.0 } + if target.is_some() { 0.1 } else { -0.1 }
                - if weak(text, m) { 0.15 } else { 0.0 })
            .clamp(0.1, 0.9);
        found.push((
            rank,
            Found {
                source,
                target,
                plover,
                quad: quad(plover),
                date,
                run: clause(text, s, m),
                status,
                confidence,
            },
        ));
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (place, (_, mut event)) in found.into_iter().take(3).enumerate() {
        // The first of a sentence stands above the deeds named beside it.
        event.confidence -= 0.08 * place as f64;
        out.push(event);
    }
}

/// “rejected a US offer”: what somebody owns or an article stands before is a thing, not a deed.
fn noun(text: &Text, m: &Match, here: &[Mention]) -> bool {
    let at = m.run.start;
    let low = text.low(at);
    let Some(before) = at.checked_sub(1) else { return false };
    let owned =
        matches!(text.low(before), "the" | "a" | "an" | "its" | "his" | "her" | "their" | "this" | "any")
            || text.kind(before) == Kind::Possessive
            || matches!(low, "offer" | "plan" | "promise" | "pledge") && here.iter().any(|p| p.run.end == at);
    owned && !low.ends_with("ed") && !low.ends_with("ing")
}

/// “…, a UN official said on Monday”: where the words begin that only say who told it.
fn teller(text: &Text, s: &Range<usize>) -> usize {
    const LONGEST: usize = 14;
    let from = s.end.saturating_sub(LONGEST).max(s.start);
    let comma = (from..s.end).rev().find(|&k| {
        text.kind(k) == Kind::Comma
            && (k + 1..s.end).any(|t| {
                matches!(text.low(t), "said" | "says" | "reported" | "reports" | "according")
                    && text.within[t].is_none()
            })
    });
    comma.unwrap_or(s.end)
}

/// “… but was still refusing”: a verb that shares the subject of the one before it.
fn shares_subject(text: &Text, s: &Range<usize>, verb: usize) -> bool {
    let first = (s.start..verb).rev().find(|&k| {
        !matches!(
            text.low(k),
            "was"
                | "were"
                | "is"
                | "are"
                | "has"
                | "have"
                | "had"
                | "will"
                | "would"
                | "also"
                | "still"
                | "then"
                | "later"
                | "not"
        )
    });
    first.is_some_and(|k| matches!(text.low(k), "and" | "but"))
}

/// Named after “in”: where it was done, if anybody else is named.
fn placed(text: &Text, p: &Mention) -> bool {
    text.low(p.run.start.wrapping_sub(1)) == "in"
}

/// The date closest to the deed.
fn nearest(text: &Text, m: &Match, when: &[&When]) -> Option<String> {
    let at = text.tokens[m.run.start].start;
    when.iter()
        .filter(|d| !d.value.ends_with("REF"))
        .min_by_key(|d| d.bytes.start.abs_diff(at))
        .map(|d| d.value.clone())
}

/// The words that tell the event: from its clause's start to the clause's end.
fn clause(text: &Text, s: &Range<usize>, m: &Match) -> Range<usize> {
    let start = (s.start..m.run.start).rev().find(|&k| opens_clause(text, k)).map_or(s.start, |k| k + 1);
    let end = (m.run.end..s.end)
        .find(|&k| matches!(text.kind(k), Kind::Comma | Kind::Semicolon | Kind::Stop | Kind::Close))
        .unwrap_or(s.end);
    start..end.max(m.run.end)
}

fn opens_clause(text: &Text, k: usize) -> bool {
    matches!(text.kind(k), Kind::Semicolon | Kind::Colon)
        || matches!(
            text.low(k),
            "when"
                | "while"
                | "after"
                | "before"
                | "because"
                | "although"
                | "since"
                | "prompting"
                | "drawing"
                | "leading"
                | "causing"
                | "if"
                | "unless"
                | "as"
        )
}

/// A side of an event: somebody who acts or is acted on, not where it happened.
fn side(text: &Text, m: &Mention) -> bool {
    let placed =
        m.stands == Stands::Region && matches!(text.low(m.run.start.wrapping_sub(1)), "in" | "near" | "at");
    !(m.venue || placed)
}

fn actors(
    text: &Text,
    s: &Range<usize>,
    m: &Match,
    plover: &str,
    here: &[Mention],
    before: &[Mention],
) -> Option<(&'static str, Option<&'static str>, bool)> {
    let verb = m.run.start;
    let passive =
        matches!(text.low(verb.wrapping_sub(1)), "was" | "were" | "been" | "being" | "be" | "are" | "is")
            && text.low(verb).ends_with("ed")
            || text.low(m.run.end) == "by";
    let floor = (s.start..verb).rev().find(|&k| opens_clause(text, k)).map_or(s.start, |k| k);
    let told = teller(text, s);
    let mut sides: Vec<&Mention> = here.iter().filter(|p| side(text, p) && p.run.start < told).collect();
    if sides.is_empty() {
        sides = here.iter().filter(|p| side(text, p)).collect();
    }
    // “Kyiv said Moscow had attacked”: who tells of a deed has not done it.
    let tells = |k: usize| {
        let speech = |c: crate::cues::Cue| {
            c.takes == crate::cues::Takes::Clause
                && matches!(c.form, crate::cues::Form::Past | crate::cues::Form::Third)
        };
        text.within[k].is_none() && crate::cues::cue(text.low(k)).is_some_and(speech)
    };
    let told_by = (floor..verb).rev().find(|&k| {
        tells(k) && sides.iter().any(|p| p.run.start > k && p.run.end <= verb && p.run.start <= k + 4)
    });
    let floor = told_by.map_or(floor, |k| k + 1);
    // Before the verb: the clause's own first, then the sentence's first.
    let in_clause = |p: &&&Mention| p.run.start >= floor && p.run.end <= verb;
    let oblique = |p: &Mention| {
        matches!(
            text.low(p.run.start.wrapping_sub(1)),
            "against" | "with" | "in" | "from" | "to" | "on" | "into" | "over"
        ) || matches!(
            text.low(p.run.start.wrapping_sub(2)),
            "against" | "with" | "in" | "from" | "to" | "on" | "into" | "over"
        ) && text.low(p.run.start.wrapping_sub(1)) == "the"
    };
    // “officials who have accused”: the noun before “who” acts.
    let who = (verb.saturating_sub(5).max(s.start)..verb).find(|&k| text.low(k) == "who");
    let relative = who.and_then(|w| sides.iter().rev().find(|p| p.run.end <= w && p.run.end + 8 > w));
    let subject = relative
        .filter(|_| !symmetric(plover))
        .or_else(|| {
            let shared = shares_subject(text, s, verb);
            sides.iter().find(|p| shared && p.run.end <= verb && !oblique(p))
        })
        .or_else(|| sides.iter().find(|p| in_clause(p) && !oblique(p)))
        .or_else(|| sides.iter().rev().find(|p| p.run.end <= verb && !oblique(p)))
        .or_else(|| sides.iter().find(|p| in_clause(p)))
        .or_else(|| sides.iter().find(|p| p.run.end <= verb))
        .copied();

    let after = |code: &str| {
        let mut others = sides.iter().filter(|p| p.run.start > verb && p.code != code).copied();
        let first = others.next();
        // “killed Palestinians in Lebanon”, “held talks in Egypt with Syria”: a place comes last.
        let acted_on = first.filter(|p| !placed(text, p)).or_else(|| others.find(|p| !placed(text, p)));
        acted_on.or(first).or_else(|| {
            here.iter().find(|p| {
                p.run.start > verb
                    && p.code != code
                    && !side(text, p)
                    && !symmetric(plover)
                    && !matches!(p.stands, Stands::Organisation)
            })
        })
    };
    // “Turkish and Greek officials agreed”: the partners stand side by side.
    if let Some(subject) = subject
        && (symmetric(plover) || matches!(plover, "AGREE" | "SUPPORT"))
        && !passive
    {
        let joined = sides.iter().find(|p| {
            p.code != subject.code
                && p.run.end <= verb
                && p.run.start > subject.run.start
                && (subject.run.end..p.run.start).all(|k| matches!(text.low(k), "and" | "the"))
        });
        if let Some(partner) = joined {
            return Some((subject.code, Some(partner.code), true));
        }
    }
    let by = (m.run.end..(m.run.end + 8).min(s.end)).find(|&k| text.low(k) == "by");
    if passive {
        let agent = by.and_then(|k| sides.iter().find(|p| p.run.start > k)).copied();
        let from = |p: &&Mention| p.run.end <= verb && text.low(p.run.start.wrapping_sub(1)) == "from";
        let patient =
            sides.iter().rev().find(|p| p.run.end <= verb).copied().or_else(|| here.iter().rev().find(from));
        // “A Canadian was arrested in Lebanon”: those did it whose place it is.
        let there = sides.iter().find(|p| p.run.start > verb && placed(text, p));
        if let (None, Some(patient), Some(there)) = (agent, patient, there)
            && matches!(plover, "COERCE" | "ASSAULT")
            && patient.code != there.code
        {
            return Some((there.code, Some(patient.code), false));
        }
        return match (agent, patient) {
            (Some(a), Some(p)) if a.code != p.code => Some((a.code, Some(p.code), true)),
            (Some(a), _) => Some((a.code, None, false)),
            // “talks between A and B were called off”
            (None, Some(p)) => {
                let other = sides.iter().rev().find(|o| o.run.end <= verb && o.code != p.code).copied();
                match other {
                    Some(o) => Some((o.code, Some(p.code), false)),
                    None => after(p.code)
                        .map_or(Some((p.code, None, false)), |a| Some((a.code, Some(p.code), false))),
                }
            }
            (None, None) => sides.iter().find(|p| p.run.start > verb).map(|p| (p.code, None, false)),
        };
    }
    if symmetric(plover) {
        // “The two last met”: the pair of the sentence before.
        let the_two = (s.start..verb).any(|k| {
            text.low(k) == "the" && matches!(text.low(k + 1), "two" | "pair") || text.low(k) == "they"
        });
        if the_two && sides.iter().all(|p| p.run.start > verb) {
            let mut codes: Vec<&'static str> = Vec::new();
            for p in before.iter().rev().filter(|p| side(text, p)) {
                if !codes.contains(&p.code) {
                    codes.push(p.code);
                }
                if codes.len() == 2 {
                    return Some((codes[1], Some(codes[0]), true));
                }
            }
        }
    }
    if let Some(subject) = subject {
        let target = after(subject.code);
        if let Some(target) = target {
            // “A and B agreed …”: partners stand before the verb.
            return Some((subject.code, Some(target.code), true));
        }
        let partner =
            sides.iter().rev().find(|p| p.run.end <= verb && p.code != subject.code).map(|p| p.code);
        match partner {
            Some(partner)
                if symmetric(plover) || plover == "AGREE" || plover == "SUPPORT" || plover == "REJECT" =>
            {
                Some((subject.code, Some(partner), true))
            }
            Some(partner) => Some((subject.code, Some(partner), false)),
            None => Some((subject.code, None, false)),
        }
    } else {
        let first = sides.iter().find(|p| p.run.start >= verb)?;
        // “A bomb near Basra killed a French soldier”: of the doer only the place is known.
        let place = here.iter().find(|p| p.run.end <= verb && p.code != first.code && !p.dateline);
        if let Some(place) = place.filter(|_| plover == "ASSAULT") {
            return Some((place.code, Some(first.code), false));
        }
        let second = sides.iter().find(|p| p.run.start > first.run.start && p.code != first.code);
        second.map_or(Some((first.code, None, false)), |second| Some((first.code, Some(second.code), false)))
    }
}

/// Deeds that two sides do together.
fn symmetric(plover: &str) -> bool {
    matches!(plover, "CONSULT" | "COOPERATE")
}
