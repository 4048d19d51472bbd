//! Whose ministry, whose minister: the country that a body or an office belongs to.
//!
//! News says it once and then leaves it out: “Kazakhstan's Transit Corridor Authority” becomes “the
//! authority”, “the industry ministry” becomes “the vice-minister of industry”. So the bodies that the
//! text names are kept with the country it gives them, “its” is read as the country that the sentence
//! is about, and only where nothing is said does a state body belong to the country the text was
//! written in, if that country is one of the two named most. Where two are possible, none is given.

use std::collections::HashMap;
use std::ops::Range;

use crate::gazetteer::Stands;
use crate::places::Mention;
use crate::roles;
use crate::standing::is_country;
use crate::text::{Kind, Text};

type Code = &'static str;

/// A body as the text names it: the tail noun, the words that tell it from others, and its country.
struct Body {
    /// Token of the tail noun.
    at: usize,
    /// The words of its name and the tail noun.
    run: Range<usize>,
    /// “foreign ministry”, whichever way round the text has it.
    key: String,
    tail: String,
    code: Option<Code>,
}

pub(crate) struct Sides<'t, 'a> {
    text: &'t Text<'a>,
    mentions: &'t [Mention],
    bodies: Vec<Body>,
    /// The country that every mention of a body agrees on; none where two are given.
    of_key: HashMap<String, Option<Code>>,
    /// Where the text was written, if that country is one of the two named most.
    home: Option<Code>,
}

/// Words before a tail noun that can tell one body from another.
const NAME: usize = 6;

impl<'t, 'a> Sides<'t, 'a> {
    pub(crate) fn new(text: &'t Text<'a>, mentions: &'t [Mention], written: &[Code]) -> Self {
        let mut sides = Sides {
            text,
            mentions,
            bodies: Vec::new(),
            of_key: HashMap::new(),
            home: home(mentions, written),
        };
        for at in 0..text.tokens.len() {
            if is_state_body(text.low(at)) {
                let body = sides.body(at);
                if let (Some(code), true) = (body.code, body.key.contains(' ')) {
                    sides
                        .of_key
                        .entry(body.key.clone())
                        .and_modify(|old| *old = old.filter(|c| *c == code))
                        .or_insert(Some(code));
                }
                sides.bodies.push(body);
            }
        }
        sides
    }

    /// The country of a noun phrase: said in it, or told by the rest of the text.
    pub(crate) fn of(&self, run: &Range<usize>) -> Option<Code> {
        if self.inside(run).next().is_some() {
            return self.named(run);
        }
        if let Some(owner) = self.owner(run) {
            return Some(owner);
        }
        if let Some(portfolio) = self.portfolio(run)
            && let Some(code) = self.of_key.get(&format!("{portfolio} ministry"))
        {
            return *code;
        }
        if let Some(body) = self.body_in(run) {
            return self.of_body(body);
        }
        let minister =
            run.clone().any(|t| matches!(self.text.low(t), "minister" | "ministers" | "secretary-general"))
                || run.clone().any(|t| self.text.low(t) == "secretary" && self.text.low(t + 2) == "general");
        minister.then_some(self.home).flatten()
    }

    /// The country that the words themselves name: one, or the first where the others only follow from it
    /// (“Egypt's ambassador to Greece”), none for “Greece and Egypt” and for “the ambassador to Greece”.
    pub(crate) fn named(&self, run: &Range<usize>) -> Option<Code> {
        let mut all = self.inside(run);
        let first = all.next()?;
        let second = all.find(|m| m.code != first.code);
        if let Some(second) = second {
            let between = first.run.end..second.run.start;
            let listed = between.len() <= 2
                && between.clone().all(|t| {
                    matches!(self.text.low(t), "and" | "or" | "the") || self.text.kind(t) == Kind::Comma
                })
                && !between.is_empty();
            if listed {
                return None;
            }
        }
        let before =
            first.run.start.checked_sub(1).filter(|b| run.contains(b)).map_or("", |b| self.text.low(b));
        let sent = matches!(before, "to" | "for" | "on" | "with" | "against");
        (!sent).then_some(first.code)
    }

    /// “the bureau's director” → “Metals Supply Bureau”: the name in full of a body that the phrase only recalls.
    pub(crate) fn recalled(&self, run: &Range<usize>) -> Option<(Range<usize>, usize)> {
        let at = run.clone().find(|&t| is_state_body(self.text.low(t)))?;
        if at != run.start || self.text.kind(at + 1) != Kind::Possessive {
            return None;
        }
        let body = self.before(at, self.text.low(at)).filter(|b| b.key.contains(' '))?;
        Some((body.run.clone(), at + 1))
    }

    fn inside(&self, run: &Range<usize>) -> impl Iterator<Item = &'t Mention> {
        let from = self.mentions.partition_point(|m| m.run.start < run.start);
        let end = run.end;
        self.mentions[from..].iter().take_while(move |m| m.run.start < end)
    }

    fn of_body(&self, body: &Body) -> Option<Code> {
        if body.code.is_some() {
            return body.code;
        }
        if body.key.contains(' ')
            && let Some(code) = self.of_key.get(&body.key)
        {
            return *code;
        }
        // “the ministry”: the one spoken of last.
        if !body.key.contains(' ')
            && let Some(fuller) = self.before(body.at, &body.tail)
        {
            return self.of_body(fuller);
        }
        let proper = body.run.clone().take(body.run.len().saturating_sub(1)).any(|t| self.text.capital(t));
        let state = matches!(
            body.tail.as_str(),
            "ministry" | "government" | "parliament" | "cabinet" | "treasury" | "navy" | "army" | "military"
        );
        (state || proper && body.tail != "council" && body.tail != "court" && body.tail != "committee")
            .then_some(self.home)
            .flatten()
    }

    /// The last body with that tail noun and a name of its own before a place.
    fn before(&self, at: usize, tail: &str) -> Option<&Body> {
        let to = self.bodies.partition_point(|b| b.at < at);
        let all = self.bodies[..to].iter().rev().filter(|b| b.tail == tail && b.key.contains(' '));
        let mut all = all.take(8);
        let last = all.next()?;
        Some(last)
    }

    fn body_in(&self, run: &Range<usize>) -> Option<&Body> {
        let from = self.bodies.partition_point(|b| b.at < run.start);
        self.bodies[from..].iter().take_while(|b| b.at < run.end).last()
    }

    /// What the tail noun at `at` is the tail of.
    fn body(&self, at: usize) -> Body {
        let text = self.text;
        let mut start = at;
        let mut code = None;
        while start > 0 && at - start < NAME {
            let k = start - 1;
            if let Some(m) = self.mention_at(k) {
                code = is_country(m.code).then_some(m.code);
                break;
            }
            match text.kind(k) {
                Kind::Possessive => {
                    let owner = k.checked_sub(1).and_then(|o| self.mention_at(o));
                    code = owner.filter(|m| is_country(m.code)).map(|m| m.code);
                    break;
                }
                Kind::Hyphen => {}
                Kind::Word if text.within[k] == text.within[at] => {
                    let low = text.low(k);
                    if matches!(low, "its" | "their") {
                        code = self.its(k);
                        break;
                    }
                    if function(low) || crate::cues::cue(low).is_some_and(|c| !c.noun) {
                        break;
                    }
                }
                _ => break,
            }
            start = k;
        }
        let mut words: Vec<String> =
            (start..at).filter(|&t| text.is_word(t)).map(|t| text.low(t).to_string()).collect();
        // “ministry of industry”, “Ministry of Foreign Affairs of Japan”, “Bureau in Tokyo”
        let mut end = at + 1;
        if text.low(end) == "of" && self.mention_at(end + 1).is_none() {
            let from = end + 1;
            let mut to = from;
            while to < from + 4
                && text.is_word(to)
                && !function(text.low(to))
                && self.mention_at(to).is_none()
            {
                to += 1;
            }
            words.extend((from..to).map(|t| text.low(t).to_string()));
            if to > from {
                end = to;
            }
        }
        if code.is_none() && matches!(text.low(end), "of" | "in") {
            let m = self.mention_at(end + 1);
            code = m
                .filter(|m| text.low(end) == "of" || m.stands == Stands::Capital)
                .filter(|m| is_country(m.code))
                .map(|m| m.code);
        }
        let tail = text.low(at).to_string();
        words.push(tail.clone());
        Body { at, run: start..at + 1, key: words.join(" "), tail, code }
    }

    fn mention_at(&self, t: usize) -> Option<&'t Mention> {
        let k = self.mentions.partition_point(|m| m.run.end <= t);
        self.mentions.get(k).filter(|m| m.run.contains(&t) && !m.dateline)
    }

    /// “its ministry”, “its chairman”: the pronoun stands in the phrase or right before it.
    fn owner(&self, run: &Range<usize>) -> Option<Code> {
        let at = run
            .clone()
            .take(2)
            .chain(run.start.checked_sub(1))
            .find(|&t| matches!(self.text.low(t), "its" | "their"))?;
        self.its(at)
    }

    /// What “its” means at a place: the country that this sentence is about, else the one before is;
    /// a body that begins the sentence before stands for its own.
    fn its(&self, at: usize) -> Option<Code> {
        let n = self.text.sentences.partition_point(|s| s.end <= at);
        for n in [Some(n), n.checked_sub(1)].into_iter().flatten() {
            let s = self.text.sentences.get(n)?;
            let run = s.start..s.end.min(at);
            let mut all = self
                .inside(&run)
                .filter(|m| !m.dateline && !m.venue && self.text.within[m.run.start].is_none())
                .filter(|m| is_country(m.code));
            if let Some(first) = all.next() {
                let subject = self.begins(first.run.start, s);
                let only = all.all(|m| m.code == first.code);
                return (subject || only).then_some(first.code);
            }
            let to = self.bodies.partition_point(|b| b.at < run.end);
            let body = self.bodies[..to].iter().find(|b| b.at >= run.start && self.begins(b.run.start, s));
            if let Some(body) = body {
                return self.of_body(body);
            }
        }
        None
    }

    /// Whether a place is where the sentence's subject stands.
    fn begins(&self, at: usize, s: &Range<usize>) -> bool {
        (s.start..at)
            .filter(|&t| !self.text.dateline[t])
            .all(|t| matches!(self.text.low(t), "the" | "a" | "but" | "and"))
    }

    /// “deputy foreign minister” → foreign; “vice-minister of industry” → industry.
    fn portfolio(&self, run: &Range<usize>) -> Option<&str> {
        let at = run.clone().find(|&t| matches!(self.text.low(t), "minister" | "vice-minister"))?;
        if matches!(self.text.low(at + 1), "of" | "for") && at + 2 < run.end {
            return Some(self.text.low(at + 2));
        }
        let before = at.checked_sub(1).filter(|b| *b >= run.start && self.text.is_word(*b))?;
        let low = self.text.low(before);
        (!matches!(low, "prime" | "deputy" | "vice" | "first" | "junior")).then_some(low)
    }
}

/// The country of the dateline, if it is one of the two that the text names most.
fn home(mentions: &[Mention], written: &[Code]) -> Option<Code> {
    let mut count: HashMap<Code, usize> = HashMap::new();
    for m in mentions.iter().filter(|m| !m.dateline && is_country(m.code)) {
        *count.entry(m.code).or_default() += 1;
    }
    let code = mentions
        .iter()
        .find(|m| m.dateline && matches!(m.stands, Stands::Capital | Stands::City))
        .map(|m| m.code)
        .or_else(|| written.first().copied())
        .filter(|c| is_country(c))?;
    let own = count.get(code).copied().filter(|n| *n > 0)?;
    (count.values().filter(|n| **n > own).count() < 2).then_some(code)
}

/// Words that end the name of a body to the left.
fn function(low: &str) -> bool {
    matches!(
        low,
        "the"
            | "a"
            | "an"
            | "this"
            | "that"
            | "his"
            | "her"
            | "its"
            | "their"
            | "our"
            | "of"
            | "in"
            | "at"
            | "on"
            | "by"
            | "for"
            | "from"
            | "to"
            | "with"
            | "and"
            | "or"
            | "but"
            | "as"
            | "is"
            | "was"
            | "are"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "which"
            | "who"
            | "when"
            | "while"
            | "if"
            | "said"
            | "told"
            | "not"
            | "former"
            | "every"
            | "each"
            | "no"
            | "any"
            | "some"
            | "under"
            | "against"
            | "after"
            | "before"
            | "between"
            | "about"
            | "asked"
            | "until"
            | "since"
            | "than"
            | "both"
    ) || roles::is_honorific(low)
}

/// Nouns of organs of state.
pub(crate) fn is_state_body(low: &str) -> bool {
    matches!(
        low,
        "ministry"
            | "authority"
            | "bureau"
            | "board"
            | "office"
            | "agency"
            | "commission"
            | "service"
            | "department"
            | "parliament"
            | "government"
            | "cabinet"
            | "treasury"
            | "police"
            | "navy"
            | "army"
            | "military"
            | "court"
            | "council"
            | "committee"
            | "inspectorate"
            | "directorate"
            | "secretariat"
            | "coastguard"
            | "presidency"
    )
}
