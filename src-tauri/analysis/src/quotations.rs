//! Who said what: direct, mixed and indirect quotations with the words that attribute them.
//!
//! Everything starts from a cue (“said”, “according to”). The subject beside it is the speaker, the
//! clause it governs is the content, and how much of that clause stands in quotation marks makes it
//! direct, mixed or indirect. Marks without a cue of their own belong to the speaker who has just
//! been quoted, if the text lets them; words in marks that nobody is said to have said (titles, scare
//! quotes) are no quotation.

use std::collections::HashMap;
use std::ops::Range;

use crate::cues::{Form, Takes, cue};
use crate::people::People;
use crate::roles;
use crate::shape::Kind as Mode;
use crate::sides::Sides;
use crate::text::{Kind, Text};

/// A quotation in tokens.
#[derive(Clone, Debug)]
pub(crate) struct Said {
    pub contents: Vec<Range<usize>>,
    pub cue: Option<Range<usize>>,
    pub subject: Option<Range<usize>>,
    /// Who the subject is, where that takes more than the words of the subject.
    pub person: Option<usize>,
    pub country: Option<&'static str>,
    /// The name as the text gives it, where no table of people knows it.
    pub named: Option<Range<usize>>,
    pub mode: Mode,
    pub confidence: f64,
    pub sentence: usize,
}

pub(crate) fn find(text: &Text, people: &People, sides: &Sides) -> Vec<Said> {
    let mut said: Vec<Said> = Vec::new();
    let mut owner: Vec<Option<usize>> = vec![None; text.marked.len()];
    let mut marked_in: Vec<Range<usize>> = Vec::with_capacity(text.sentences.len());
    let mut at = 0;
    for s in &text.sentences {
        let from = at;
        while at < text.marked.len() && text.marked[at].open < s.end {
            at += 1;
        }
        marked_in.push(from..at);
    }
    for (n, s) in text.sentences.iter().enumerate() {
        for mut one in in_sentence(text, n, s.clone(), &marked_in[n]) {
            let id = said.len();
            if one.mode == Mode::Direct && one.contents.len() == 1 && titled(text, &one.contents[0]) {
                continue;
            }
            // Two cues never share the same words.
            let taken = one.contents.iter().any(|c| {
                marked_in[n].clone().any(|m| {
                    owner[m].is_some() && c.contains(&text.marked[m].open) && one.mode == Mode::Direct
                })
            });
            if taken {
                continue;
            }
            for m in marked_in[n].clone() {
                let open = text.marked[m].open;
                if owner[m].is_none() && one.contents.iter().any(|c| c.start <= open + 1 && open < c.end) {
                    owner[m] = Some(id);
                }
            }
            one.sentence = n;
            said.push(one);
        }
    }
    transcript(text, &mut said);
    orphans(text, people, &marked_in, &mut owner, &mut said);
    for one in &mut said {
        resolve(text, people, sides, one);
    }
    pronouns(text, people, &mut said);
    said.retain(|s| s.contents.iter().any(|c| !c.is_empty()));
    said.sort_by_key(|s| (s.contents[0].start, s.contents[0].end));
    said
}

/// Everything that the cues of one sentence attribute.
fn in_sentence(text: &Text, number: usize, s: Range<usize>, marked: &Range<usize>) -> Vec<Said> {
    let mut out: Vec<Said> = Vec::new();
    let mut last_subject: Option<Range<usize>> = None;
    let mut covered = s.start;
    let mut i = s.start;
    while i < s.end {
        if text.within[i].is_some() || !text.is_word(i) {
            i += 1;
            continue;
        }
        if text.low(i) == "according" && text.low(i + 1) == "to" {
            if let Some(one) = according(text, &s, i) {
                covered = covered.max(one.contents.last().map_or(i, |c| c.end));
                out.push(one);
            }
            i += 2;
            continue;
        }
        if let Some(one) = owned(text, &s, i) {
            out.push(one);
            i += 2;
            continue;
        }
        let Some(c) = cue(text.low(i)) else {
            i += 1;
            continue;
        };
        if text.capital(i) && i > s.start && !text.headline_token(i) || refused(text, i, &s, c.noun, c.form) {
            i += 1;
            continue;
        }
        if let Some((one, subject)) =
            attribution(text, &s, i, c.takes, c.form, c.quotes, marked, covered, last_subject.clone())
        {
            if let Some(subject) = subject {
                last_subject = Some(subject);
            }
            covered = covered.max(one.contents.last().map_or(i, |c| c.end).min(s.end));
            out.push(one);
        }
        i += 1;
    }
    if out.is_empty() {
        out.extend(headed(text, number, &s));
    }
    out
}

impl Text<'_> {
    fn headline_token(&self, i: usize) -> bool {
        self.headline && self.paragraphs.first().is_some_and(|p| p.contains(&i))
    }
}

/// “The Long Winter of the Danube”: every long word has a capital, so it is a title.
fn titled(text: &Text, run: &Range<usize>) -> bool {
    let long: Vec<usize> =
        run.clone().filter(|&t| text.is_word(t) && text.word(t).chars().count() > 3).collect();
    run.len() <= 12
        && long.len() >= 2
        && long.iter().all(|&t| text.capital(t))
        && !run.clone().any(|t| matches!(text.kind(t), Kind::Comma | Kind::Stop))
}

/// “the minister's claim that …”: a noun of speech with its owner says who said what.
fn owned(text: &Text, s: &Range<usize>, i: usize) -> Option<Said> {
    let noun = matches!(
        text.low(i),
        "claim"
            | "claims"
            | "statement"
            | "assertion"
            | "assertions"
            | "remark"
            | "warning"
            | "warnings"
            | "argument"
            | "contention"
            | "accusation"
            | "accusations"
            | "allegation"
            | "allegations"
            | "insistence"
            | "suggestion"
            | "suggestions"
            | "belief"
            | "view"
            | "prediction"
            | "declaration"
            | "admission"
            | "denial"
    );
    if !noun || text.low(i + 1) != "that" || i < s.start + 2 {
        return None;
    }
    let subject = if matches!(text.low(i - 1), "his" | "her" | "their") {
        i - 1..i
    } else {
        // At most one word between: “Orel's earlier claim that”.
        let mark = (i - 2..i).rev().find(|&k| text.kind(k) == Kind::Possessive)?;
        let names = |k: usize| {
            text.is_word(k)
                && (text.capital(k)
                    || roles::is_role(text.low(k))
                    || roles::is_group(text.low(k))
                    || roles::is_body(text.low(k)))
        };
        let mut start = mark;
        while start > s.start && names(start - 1) {
            start -= 1;
        }
        start..mark
    };
    // At the sentence's start it is what the sentence is about, and where it ends nothing tells.
    if subject.is_empty() || subject.start <= s.start || !subject.clone().all(|t| text.within[t].is_none()) {
        return None;
    }
    let pronoun = subject.len() == 1 && matches!(text.low(subject.start), "his" | "her" | "their");
    if !pronoun && (!speaks(text, &subject) || nobody(text, &subject)) {
        return None;
    }
    let content = trimmed(text, marks_end(text, i + 2..clause_end(text, i + 2, s), Takes::That));
    if content.is_empty() {
        return None;
    }
    let (mode, contents) = moded(text, vec![content]);
    Some(Said {
        contents,
        cue: Some(i..i + 1),
        subject: Some(subject),
        person: None,
        country: None,
        named: None,
        mode,
        confidence: 0.55,
        sentence: 0,
    })
}

/// Whether the word is a noun or an infinitive here, and attributes nothing.
fn refused(text: &Text, i: usize, s: &Range<usize>, noun: bool, form: Form) -> bool {
    let before = if i > s.start { text.low(i - 1) } else { "" };
    if matches!(
        before,
        "the"
            | "a"
            | "an"
            | "this"
            | "that's"
            | "its"
            | "his"
            | "her"
            | "their"
            | "no"
            | "any"
            | "of"
            | "for"
            | "in"
            | "by"
            | "on"
            | "with"
            | "these"
            | "those"
            | "some"
            | "such"
            | "new"
    ) || text.kind(i.wrapping_sub(1)) == Kind::Possessive
    {
        // “He's claiming”: the mark stands for “is”.
        let is = text.kind(i.wrapping_sub(1)) == Kind::Possessive
            && matches!(text.low(i.wrapping_sub(2)), "he" | "she" | "it" | "who" | "that");
        if is && form == Form::Ing && !noun {
            return false;
        }
        return form != Form::Ing || noun || !matches!(before, "by" | "in" | "for" | "of" | "on");
    }
    if form == Form::Base && before == "to" {
        // “went on to say”, “continued to insist”.
        return !matches!(
            text.low(i.wrapping_sub(2)),
            "on" | "went" | "goes" | "going" | "continued" | "continues" | "appeared" | "seemed"
        );
    }
    if form == Form::Base
        && noun
        && !matches!(
            before,
            "they" | "we" | "i" | "you" | "who" | "officials" | "would" | "will" | "also" | "not"
        )
        && !roles::is_group(before)
    {
        return true;
    }
    // “Rust Belt states”, “won 39 states”
    if text.low(i) == "states" && !matches!(before, "he" | "she" | "it") && text.low(i + 1) != "that" {
        return true;
    }
    if noun
        && form == Form::Third
        && i > s.start
        && text.is_word(i - 1)
        && !text.capital(i - 1)
        && !roles::is_role(before)
        && !matches!(before, "also" | "he" | "she" | "it" | "who")
        && !roles::is_group(before)
        // “the paper states that”
        && !(matches!(text.low(i), "notes" | "shows" | "finds") && text.low(i + 1) == "that")
    {
        return true;
    }
    matches!(before, "not" | "n't") && matches!(text.low(i), "say" | "know" | "tell" | "comment")
        || matches!(text.low(i), "known" | "called" | "supposed" | "so-called")
            && matches!(before, "be" | "is" | "are" | "was" | "were" | "also" | "so" | "better" | "well")
        || matches!(text.low(i), "read" | "reads")
            && !matches!(text.kind(i + 1), Kind::Colon | Kind::Comma | Kind::Stop)
        || text.low(i + 1) == "to"
            && matches!(text.low(i + 2), "comment" | "answer" | "respond" | "reply" | "elaborate")
        || text.kind(i + 1) == Kind::Hyphen && !text.spaced(i + 1)
        || text.kind(i.wrapping_sub(1)) == Kind::Hyphen
        || text.low(i).starts_with("mean")
        // “He is said to be in Rome”, “it goes without saying”
        || text.low(i) == "said" && text.low(i + 1) == "to" && matches!(before, "is" | "are" | "was" | "were")
        || text.low(i) == "saying" && before == "without"
        // Called off, called up, called in: no words are spoken.
        || text.low(i).starts_with("call")
            && (matches!(text.low(i + 1), "off" | "up" | "in")
                || text.low(i + 1) == "on" && matches!(before, "first" | "then" | "last" | "next"))
        || matches!(before, "not" | "n't" | "never") && matches!(text.low(i), "show" | "find" | "announce" | "add")
        || text.low(i) == "say"
            && text.kind(i + 1) == Kind::Comma
            && text.kind(i.wrapping_sub(1)) == Kind::Comma
}

/// Subject, side and content of one verb.
#[allow(clippy::too_many_arguments)]
fn attribution(
    text: &Text,
    s: &Range<usize>,
    i: usize,
    takes: Takes,
    form: Form,
    quotes: bool,
    marked: &Range<usize>,
    covered: usize,
    last: Option<Range<usize>>,
) -> Option<(Said, Option<Range<usize>>)> {
    let passive =
        (matches!(text.low(i.wrapping_sub(1)), "was" | "were" | "is" | "are" | "been" | "be" | "being")
            || matches!(text.low(i.wrapping_sub(2)), "was" | "were" | "is" | "are" | "been"))
            && form == Form::Past
            && !matches!(text.low(i), "said" | "added");
    let quote_before = quote_ends_before(text, i, s);
    let opened = if form == Form::Ing { opening(text, s, i) } else { None };
    let open_end =
        opened.as_ref().map_or(s.end, |run| run.start - usize::from(text.kind(run.start - 1) == Kind::Comma));
    let after = after_cue(text, i, &(s.start..open_end), takes);
    // “…,” said Ms Novak, the spokeswoman.
    let turned = starts_noun(text, i + 1) && takes == Takes::Clause && form != Form::Ing && i > s.start;
    let follows_marks = text.kind(i.wrapping_sub(1)) == Kind::Close
        || text.kind(i.wrapping_sub(1)) == Kind::Comma && text.kind(i.wrapping_sub(2)) == Kind::Close;
    let inverted = turned
        && (follows_marks
            || text.kind(i.wrapping_sub(1)) == Kind::Comma
                && left_subject(text, i, s).is_none()
                && ends_after_noun(text, i + 1, s));
    // “Said Orel: …”
    let first = i == s.start
        && takes == Takes::Clause
        && matches!(form, Form::Past | Form::Third)
        && starts_noun(text, i + 1)
        && text.kind(noun_after(text, i + 1, s).end) == Kind::Colon;
    let inverted = inverted || first;
    let (subject, subject_start) = if inverted {
        let run = noun_after(text, i + 1, s);
        (Some(run), i)
    } else {
        match left_subject(text, i, s) {
            Some((run, start)) if !run.is_empty() => (Some(run), start),
            _ => (None, i),
        }
    };
    let subject = match (subject, form) {
        (Some(run), Form::Ing)
            if text.kind(i.wrapping_sub(1)) != Kind::Comma
                && !(run.len() == 1
                    && matches!(
                        text.low(run.start),
                        "after" | "before" | "while" | "despite" | "by" | "without"
                    ))
                && !matches!(text.low(i.wrapping_sub(1)), "is" | "was" | "are" | "were" | "been") =>
        {
            Some(run)
        }
        (_, Form::Ing) => opened.or_else(|| last.clone()).or_else(|| main_subject(text, s, i)),
        (Some(run), _) => Some(run),
        // “He denied it and said …”
        (None, _) if matches!(text.low(i.wrapping_sub(1)), "and" | "but" | "also" | "then") => {
            last.clone().or_else(|| main_subject(text, s, i))
        }
        (None, _) => None,
    };
    if passive && takes != Takes::Hearer && !matches!(text.low(i), "quoted" | "asked")
        || subject.as_ref().is_some_and(|run| nobody(text, run))
    {
        return None;
    }
    let cue = i..i + 1;
    let make = |contents: Vec<Range<usize>>, confidence: f64| {
        let contents: Vec<Range<usize>> =
            contents.into_iter().map(|c| trimmed(text, c)).filter(|c| !c.is_empty()).collect();
        if contents.is_empty() {
            return None;
        }
        let (mode, contents) = moded(text, contents);
        Some(Said {
            contents,
            cue: Some(cue.clone()),
            subject: subject.clone(),
            person: None,
            named: None,
            country: None,
            mode,
            confidence,
            sentence: 0,
        })
    };
    // Content to the left: CONTENT, SUBJECT said.
    let boundary = subject_start;
    let left_ok = boundary > s.start + 2
        && (matches!(text.kind(boundary - 1), Kind::Comma | Kind::Close)
            || text.kind(boundary - 1) == Kind::Dash && quote_before)
        && (matches!(takes, Takes::Clause | Takes::Hearer)
            || takes == Takes::That && quotes && text.kind(boundary - 1) == Kind::Close
            // “…,” he urged.
            || takes == Takes::Object
                && text.kind(boundary - 1) == Kind::Close
                && matches!(text.kind(i + 1), Kind::Stop | Kind::Comma))
        && form != Form::Ing
        && boundary.saturating_sub(covered.max(s.start)) >= 3
        && (!matches!(
            text.low(s.start),
            "in" | "on"
                | "at"
                | "after"
                | "during"
                | "while"
                | "when"
                | "asked"
                | "speaking"
                | "if"
                | "as"
                | "but"
                | "meanwhile"
                | "earlier"
                | "since"
                | "for"
        ) || quote_before
            || words(text, s.start..boundary) > 12);
    if left_ok && (after.content.is_none() || quote_before && !after.quoted_split) {
        let start = content_start(text, covered.max(s.start), boundary);
        let mut contents = left_contents(text, start..boundary - 1, quote_before, marked);
        if let Some(rest) = &after.content
            && after.quoted
        {
            contents.push(rest.clone());
        }
        // “The port, he said, would reopen”: what follows goes on with what came before.
        if after.content.is_none()
            && text.kind(i + 1) == Kind::Comma
            && !inverted
            && !quote_before
            && continues(text, i + 2, s)
        {
            contents.push(i + 2..clause_end(text, i + 2, s));
        }
        let sure = if quote_before { 0.92 } else { 0.75 };
        return make(contents, sure).map(|said| (said, subject.clone()));
    }
    if left_ok && quote_before && after.quoted_split {
        let start = content_start(text, covered.max(s.start), boundary);
        let mut contents = left_contents(text, start..boundary - 1, true, marked);
        contents.extend(after.content.clone());
        return make(contents, 0.95).map(|said| (said, subject.clone()));
    }
    let content = after.content.map(|run| marks_end(text, run, takes))?;
    let subject = subject.clone()?;
    let quoted = (content.start..content.end).any(|t| text.within[t].is_some());
    let confidence = match takes {
        Takes::Clause | Takes::Hearer if after.that || quoted => 0.82,
        // “answered Norway”, “began a tour”: a person or a thing, not what was said.
        Takes::Clause if takes_a_thing(text.low(i)) && !clause_begins(text, &content) => return None,
        Takes::Clause => 0.68,
        Takes::Hearer => {
            if !after.that {
                return None;
            }
            0.8
        }
        // “we know that”: the reporter's own, or a speaker's whose marks were lost.
        Takes::That if addressed(text, &subject) && !quoted => return None,
        Takes::That if after.that => 0.65,
        Takes::That if quoted && quotes => 0.6,
        Takes::That
            if matches!(
                text.low(i),
                "believe"
                    | "believes"
                    | "believed"
                    | "think"
                    | "thinks"
                    | "hope"
                    | "hopes"
                    | "hoped"
                    | "fear"
                    | "know"
                    | "knows"
                    | "showed"
                    | "shows"
                    | "show"
                    | "found"
            ) =>
        {
            0.55
        }
        Takes::Object if quoted => 0.72,
        Takes::Object if object_alone(text.low(i)) => 0.5,
        Takes::Infinitive if quoted || matches!(text.low(i + 1), "to" | "not") && !private(text.low(i)) => {
            0.55
        }
        _ => return None,
    };
    // Words in marks after a comma or a colon are said by whatever stands before the verb.
    let marked_whole = takes == Takes::Clause
        && text.within[content.start].is_some()
        && matches!(text.kind(content.start - 1), Kind::Comma | Kind::Colon);
    if !(speaks(text, &subject) || marked_whole && text.is_word(subject.start)) {
        return None;
    }
    let mut contents = vec![content];
    if takes == Takes::Object || takes == Takes::Infinitive {
        contents[0].start = contents[0].start.min(i + 1).max(i + 1);
    }
    make(contents, confidence).map(|said| (said, Some(subject)))
}

fn object_alone(low: &str) -> bool {
    [
        "accus", "criticiz", "criticis", "condemn", "denounc", "blam", "reject", "dismiss", "prais", "urg",
        "den", "defend", "describ", "express", "question", "slam", "blast", "mock", "call",
    ]
    .iter()
    .any(|stem| low.starts_with(stem))
}

/// What somebody wants or plans, the reporter may know from anywhere.
fn private(low: &str) -> bool {
    ["want", "intend", "plan", "wish", "prefer"].iter().any(|stem| low.starts_with(stem))
}

/// Verbs that, without “that” or a quotation, take whom was turned to or what was done.
fn takes_a_thing(low: &str) -> bool {
    ["answer", "ask", "beg", "continu", "writ", "wrote", "maintain", "post", "read", "state"]
        .iter()
        .any(|stem| low.starts_with(stem))
}

/// “he had to go”, “the port was shut”: a pronoun or an auxiliary verb near the front makes a clause.
fn clause_begins(text: &Text, run: &Range<usize>) -> bool {
    matches!(text.low(run.start), "he" | "she" | "they" | "we" | "i" | "you" | "there")
        || (run.start + 1..run.end.min(run.start + 8)).any(|t| {
            matches!(
                text.low(t),
                "is" | "are"
                    | "was"
                    | "were"
                    | "has"
                    | "have"
                    | "had"
                    | "will"
                    | "would"
                    | "can"
                    | "could"
                    | "may"
                    | "might"
                    | "should"
                    | "must"
                    | "did"
            )
        })
}

/// “I”, “we”, “you”, and “who” of nobody named.
fn addressed(text: &Text, subject: &Range<usize>) -> bool {
    subject.len() == 1 && matches!(text.low(subject.start), "i" | "we" | "you" | "who")
}

/// Whether a run of tokens can speak: a name, a pronoun, a role, a group, an institution, a country.
fn speaks(text: &Text, run: &Range<usize>) -> bool {
    run.clone().any(|t| {
        let low = text.low(t);
        text.capital(t)
            && !(t == run.start && matches!(low, "the" | "this" | "that" | "but" | "it" | "there" | "what"))
            || matches!(low, "he" | "she" | "they" | "we" | "i" | "who" | "you" | "it")
            || roles::is_role(low)
            || roles::is_group(low)
            || roles::is_body(low)
            || roles::is_document(low)
            || crate::sides::is_state_body(low)
            || low == "percent"
            || low.ends_with("ers")
            || low.ends_with("ors")
            || low.ends_with("ists")
    })
}

fn words(text: &Text, run: Range<usize>) -> usize {
    run.filter(|&t| text.is_word(t) || text.kind(t) == Kind::Number).count()
}

/// Drops “But”, “And” and the dateline from the front of what was said.
fn content_start(text: &Text, from: usize, to: usize) -> usize {
    let mut start = from;
    while start < to
        && (text.dateline[start]
            || matches!(text.kind(start), Kind::Comma | Kind::Dash | Kind::Close | Kind::Semicolon)
            || matches!(text.low(start), "but" | "and" | "that"))
    {
        start += 1;
    }
    start
}

fn left_contents(
    text: &Text,
    run: Range<usize>,
    quote_before: bool,
    marked: &Range<usize>,
) -> Vec<Range<usize>> {
    if quote_before {
        // Words outside the marks belong to it only when they run into them.
        let last = marked.clone().rev().map(|m| text.marked[m]).find(|m| m.open < run.end);
        if let Some(m) = last {
            let lead = run.start..m.open;
            let lead_words = words(text, lead.clone());
            let ends_clause = m.open > run.start
                && matches!(text.kind(m.open - 1), Kind::Stop | Kind::Colon | Kind::Semicolon);
            if lead_words == 0 || ends_clause {
                let inside = m.open + 1..m.inner_end;
                return vec![inside];
            }
        }
    }
    vec![run]
}

/// A quotation mark closes between the sentence's start and the subject of the cue.
fn quote_ends_before(text: &Text, i: usize, s: &Range<usize>) -> bool {
    let floor = s.start.max(i.saturating_sub(30));
    (floor..i)
        .rev()
        .take_while(|&t| !matches!(text.kind(t), Kind::Semicolon | Kind::Stop | Kind::Open))
        .any(|t| text.kind(t) == Kind::Close && text.within[t].is_some())
        && (floor..i).rev().find(|&t| text.kind(t) == Kind::Close).is_some_and(|close| {
            close > 0
                && (matches!(text.kind(close - 1), Kind::Comma | Kind::Stop | Kind::Dash)
                    || matches!(text.kind(close + 1), Kind::Comma)
                    || close + 1 == i
                    // “The sentence begins with the marks” she said.
                    || text.within[close].is_some_and(|m| text.marked[m as usize].open == s.start))
        })
}

struct After {
    content: Option<Range<usize>>,
    that: bool,
    quoted: bool,
    /// “…,” he said, “…”: what follows goes on with what came before.
    quoted_split: bool,
}

/// What follows the verb: hearers, places and times are passed over; then a clause, marks, or nothing.
fn after_cue(text: &Text, i: usize, s: &Range<usize>, takes: Takes) -> After {
    let none = After { content: None, that: false, quoted: false, quoted_split: false };
    let mut t = i + 1;
    if takes == Takes::Object || takes == Takes::Infinitive {
        let end = clause_end(text, t, s);
        return After {
            content: (end > t).then_some(t..end),
            that: false,
            quoted: (t..end).any(|k| text.within[k].is_some()),
            quoted_split: false,
        };
    }
    // Look ahead for “that”, a colon or marks before anything else ends the phrase.
    let limit = (i + 22).min(s.end);
    let mut k = t;
    let mut that = None;
    let mut opening = None;
    while k < limit {
        match text.kind(k) {
            Kind::Stop | Kind::Semicolon => break,
            Kind::Colon => {
                opening = Some(k + 1);
                break;
            }
            Kind::Open if text.within[k].is_some() => {
                opening = Some(k);
                break;
            }
            Kind::Word
                if matches!(text.low(k), "that" | "whether")
                    && !matches!(text.low(k.wrapping_sub(1)), "after" | "in" | "of") =>
            {
                that = Some(k);
                break;
            }
            Kind::Word if k > t && cue(text.low(k)).is_some_and(|c| c.form != Form::Ing && !c.noun) => break,
            _ => {}
        }
        k += 1;
    }
    let passed_only = |to: usize| passes(text, t, to, takes);
    // “…,” he said, adding later, “…”: the second one has a cue of its own.
    let another = |to: usize| {
        (t + 1..to)
            .any(|k| text.kind(k - 1) == Kind::Comma && cue(text.low(k)).is_some_and(|c| c.form == Form::Ing))
    };
    // “told the council he would resign”: the clause begins at its pronoun.
    let clause = (t + 1..opening.unwrap_or(limit).min(t + 10)).find(|&k| {
        takes == Takes::Hearer
            && that.is_none_or(|that| k < that)
            && matches!(text.low(k), "he" | "she" | "they" | "it" | "we")
            && text.within[k].is_none()
            && matches!(
                text.low(k + 1),
                "would"
                    | "will"
                    | "had"
                    | "has"
                    | "have"
                    | "was"
                    | "were"
                    | "is"
                    | "are"
                    | "could"
                    | "did"
                    | "does"
            )
    });
    if let Some(from) = clause
        && (t..from).all(|k| text.is_word(k) || matches!(text.kind(k), Kind::Hyphen | Kind::Possessive))
    {
        let end = clause_end(text, from, s);
        return After {
            content: Some(from..end),
            that: true,
            quoted: (from..end).any(|x| text.within[x].is_some()),
            quoted_split: false,
        };
    }
    if that.is_some_and(another) {
        return none;
    }
    if let Some(at) = that
        && passed_only(at)
    {
        let from = if text.low(at) == "that" { at + 1 } else { at };
        let end = clause_end(text, from, s);
        return After {
            content: (end > from).then_some(from..end),
            that: true,
            quoted: (from..end).any(|x| text.within[x].is_some()),
            quoted_split: false,
        };
    }
    if let Some(at) = opening {
        let colon = text.kind(at - 1) == Kind::Colon;
        let comma = text.kind(at - 1) == Kind::Comma;
        if comma && another(at) {
            return none;
        }
        if colon
            || at == t
            || (comma && (at == t + 1 || passed_only(at - 1) || at > t + 1 && words(text, t..at) <= 12))
            || passed_only(at)
        {
            let end = clause_end(text, at, s);
            return After {
                content: (end > at).then_some(at..end),
                that: false,
                quoted: true,
                quoted_split: comma,
            };
        }
    }
    // Hearers: told the BBC, told reporters in Paris.
    if takes == Takes::Hearer {
        return none;
    }
    // Places, times and manners at the front; if nothing else follows, there is no content.
    t = skip_adjuncts(text, t, s);
    if t >= s.end
        || matches!(text.kind(t), Kind::Stop | Kind::Semicolon | Kind::Comma | Kind::Dash | Kind::Close)
    {
        return none;
    }
    if matches!(
        text.low(t),
        "to" | "so" | "it" | "about" | "of" | "as" | "for" | "in" | "and" | "no" | "yes" | "this" | "nothing"
    ) && words(text, t..s.end) < 3
    {
        return none;
    }
    let end = clause_end(text, t, s);
    After {
        content: (end > t + 1).then_some(t..end),
        that: false,
        quoted: (t..end).any(|x| text.within[x].is_some()),
        quoted_split: false,
    }
}

/// Whether a stretch holds only hearers, places, times and manners.
fn passes(text: &Text, from: usize, to: usize, takes: Takes) -> bool {
    if from >= to {
        return true;
    }
    let first = text.low(from);
    takes == Takes::Hearer
        || matches!(
            first,
            "on" | "in"
                | "at"
                | "to"
                | "during"
                | "late"
                | "early"
                | "after"
                | "before"
                | "last"
                | "this"
                | "through"
                | "via"
                | "of"
                | "about"
                | "as"
                | "again"
                | "later"
                | "repeatedly"
                | "yesterday"
                | "today"
                | "earlier"
                | "by"
                | "from"
                | "with"
                | ","
        )
        || weekday(first)
        || first.ends_with("ly")
}

pub(crate) fn weekday(low: &str) -> bool {
    matches!(low, "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")
}

fn skip_adjuncts(text: &Text, from: usize, s: &Range<usize>) -> usize {
    let mut t = from;
    loop {
        let low = text.low(t);
        if weekday(low)
            || matches!(
                low,
                "today"
                    | "yesterday"
                    | "earlier"
                    | "later"
                    | "also"
                    | "again"
                    | "then"
                    | "late"
                    | "early"
                    | "recently"
            )
            || low.len() > 4 && low.ends_with("ly") && low != "early" && text.is_word(t) && !text.capital(t)
        {
            t += 1;
        } else if low == "on"
            && (weekday(text.low(t + 1))
                || matches!(text.low(t + 1), "twitter" | "facebook" | "telegram" | "tv" | "television"))
        {
            t += 2;
        } else if matches!(low, "in" | "at" | "during" | "via" | "through")
            && matches!(text.low(t + 1), "a" | "an" | "the" | "his" | "her" | "their" | "its")
            && !text.capital(t + 2)
        {
            // In a statement, at a news conference: to the end of the noun phrase.
            let mut k = t + 2;
            while k < s.end
                && k < t + 12
                && text.kind(k) == Kind::Word
                && !matches!(
                    text.low(k),
                    "the" | "that" | "he" | "she" | "it" | "they" | "we" | "there" | "a"
                )
            {
                k += 1;
            }
            if matches!(text.kind(k), Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Other) || k >= s.end
            {
                t = k;
            } else {
                return t;
            }
        } else if matches!(low, "this" | "last")
            && matches!(text.low(t + 1), "week" | "month" | "year" | "morning" | "weekend")
        {
            t += 2;
        } else {
            return t.min(s.end);
        }
    }
}

/// Where the clause that starts here ends: the sentence's end, or an attribution or comment that begins after a comma.
fn clause_end(text: &Text, from: usize, s: &Range<usize>) -> usize {
    let mut t = from;
    while t < s.end {
        if text.within[t].is_none() && text.kind(t) == Kind::Comma {
            let next = text.low(t + 1);
            let comment = cue(next).is_some_and(|c| c.form == Form::Ing && text.within[t + 1].is_none())
                && !matches!(next, "including")
                || (text.low(t + 1) == "according" && text.low(t + 2) == "to");
            // “…, he said”: somebody else's words begin before; those are handled by their own cue.
            // “…, but he …”: a clause with a subject of its own is the reporter's.
            let turn = next == "but"
                && (matches!(text.low(t + 2), "he" | "she" | "it" | "they") || text.capital(t + 2))
                && text.within[t + 1].is_none();
            if comment || turn || attributes(text, t + 1, s.end) {
                return t;
            }
        }
        // “… and she accused”: the next thing said.
        let next_cue = matches!(text.low(t), "and" | "but")
            && t > from + 2
            && text.within[t].is_none()
            && (matches!(text.low(t + 1), "he" | "she" | "they" | "it") || text.capital(t + 1))
            && cue(text.low(t + 2)).is_some_and(|c| !c.noun && c.form != Form::Ing && c.form != Form::Base);
        if next_cue || text.kind(t) == Kind::Semicolon && text.within[t].is_none() {
            return t;
        }
        t += 1;
    }
    let mut end = s.end;
    while end > from && matches!(text.kind(end - 1), Kind::Stop) && text.within[end - 1].is_none() {
        end -= 1;
    }
    end
}

/// Where a content with words in marks ends, if the reporter goes on after them: “was “fair”, which …”,
/// “called it “unfair” after …”, “was “unfair” and warned …”.
fn marks_end(text: &Text, run: Range<usize>, takes: Takes) -> Range<usize> {
    let mut run = run;
    // “… and warned”: what is said next has a verb of its own.
    let close = run.clone().find(|&t| text.kind(t) == Kind::Close && t > run.start);
    let also = close.and_then(|close| {
        (close + 1..run.end).find(|&t| {
            let verb = t + 1 + usize::from(auxiliary(text.low(t + 1)));
            text.within[t].is_none()
                && matches!(text.low(t), "and" | "but")
                && cue(text.low(verb)).is_some_and(|c| matches!(c.form, Form::Past | Form::Third) && !c.noun)
        })
    });
    if let Some(also) = also {
        run.end = also;
    }
    let closes = (run.start + 1..run.end).filter(|&t| {
        text.kind(t - 1) == Kind::Close && text.within[t].is_none() && text.within[t - 1].is_some()
    });
    for t in closes {
        let comma = text.kind(t) == Kind::Comma || text.kind(t.saturating_sub(2)) == Kind::Comma;
        let next = t + usize::from(text.kind(t) == Kind::Comma);
        let low = text.low(next);
        let more = (next..run.end).any(|k| text.within[k].is_some());
        let aside = comma
            && (matches!(low, "who" | "which" | "meaning" | "while" | "though" | "although" | "as")
                || low == "but" && !more
                || low.len() > 4 && low.ends_with("ing") && !more);
        let occasion_word = matches!(low, "after" | "during" | "when" | "while" | "because") || weekday(low);
        let occasion = takes == Takes::Object
            && occasion_word
            && !(next + 1..run.end.min(next + 40)).any(|k| text.low(k) == "that");
        // “…,” until shots were heard: a comma within the marks ends what was said.
        let tail = comma
            && text.within[run.start].is_some()
            && matches!(
                low,
                "when" | "until" | "after" | "before" | "during" | "because" | "in" | "at" | "to" | "on"
            );
        if aside || occasion || tail || text.kind(t) == Kind::Dash {
            return run.start..t;
        }
    }
    run
}

/// Whether the words after “, he said,” go on with the clause before it.
fn continues(text: &Text, at: usize, s: &Range<usize>) -> bool {
    let low = text.low(at);
    at + 2 < s.end
        && text.within[at].is_none()
        && text.is_word(at)
        && (text.capital(at) || !low.ends_with("ing"))
        && !matches!(
            low,
            "who"
                | "which"
                | "and"
                | "but"
                | "as"
                | "while"
                | "when"
                | "according"
                | "after"
                | "before"
                | "citing"
                | "a"
                | "an"
                | "though"
                | "although"
        )
}

/// “he said” and nothing after.
fn attributes(text: &Text, at: usize, end: usize) -> bool {
    let said = (at..(at + 7).min(end))
        .find(|&t| matches!(text.low(t), "said" | "says" | "added") && text.within[t].is_none());
    said.is_some_and(|t| {
        (at..t).all(|k| text.is_word(k) || text.kind(k) == Kind::Hyphen)
            && matches!(text.kind(t + 1), Kind::Stop | Kind::Other | Kind::Comma)
            && !matches!(text.low(at), "and" | "but" | "which" | "who")
    })
}

fn starts_noun(text: &Text, t: usize) -> bool {
    text.within.get(t).is_some_and(Option::is_none)
        && (text.capital(t)
            || matches!(
                text.low(t),
                "the"
                    | "a"
                    | "an"
                    | "one"
                    | "another"
                    | "his"
                    | "her"
                    | "their"
                    | "its"
                    | "former"
                    | "he"
                    | "she"
                    | "they"
                    | "two"
                    | "some"
                    | "sources"
                    | "officials"
            )
            || roles::is_role(text.low(t)) && text.capital(t + 1))
}

/// A noun phrase with its apposition, from here on.
fn noun_after(text: &Text, from: usize, s: &Range<usize>) -> Range<usize> {
    let mut t = from;
    while t < s.end && t < from + 25 {
        match text.kind(t) {
            Kind::Word
                if t > from
                    && matches!(
                        text.low(t),
                        "in" | "on"
                            | "at"
                            | "during"
                            | "after"
                            | "before"
                            | "when"
                            | "while"
                            | "as"
                            | "who"
                            | "said"
                            | "adding"
                            | "about"
                            | "to"
                            | "that"
                    )
                    && !text.capital(t) =>
            {
                break;
            }
            Kind::Word | Kind::Number | Kind::Hyphen | Kind::Possessive => t += 1,
            Kind::OpenParen => {
                while t < s.end && t < from + 25 && text.kind(t) != Kind::CloseParen {
                    t += 1;
                }
                t += 1;
            }
            // The apposition: “, the foreign minister”.
            Kind::Comma
                if matches!(text.low(t + 1), "the" | "a" | "an")
                    || roles::is_role(text.low(t + 1))
                    || text.capital(t + 1) && text.kind(t + 1) == Kind::Word =>
            {
                t += 1;
            }
            _ => break,
        }
    }
    let mut end = t.min(s.end);
    while end > from && matches!(text.kind(end - 1), Kind::Comma) {
        end -= 1;
    }
    from..end.max(from)
}

/// “, said the minister.”: nothing but a noun phrase follows.
fn ends_after_noun(text: &Text, from: usize, s: &Range<usize>) -> bool {
    let end = noun_after(text, from, s).end;
    end - from <= 24
        && (end >= s.end || !text.is_word(end) || !matches!(text.low(end), "that"))
        && !(from..end).any(|t| bound(text.low(t)) || cue(text.low(t)).is_some_and(|c| !c.noun))
        && (end - from <= 4 || (from..end).any(|t| text.capital(t)))
}

fn auxiliary(low: &str) -> bool {
    matches!(
        low,
        "has"
            | "have"
            | "had"
            | "also"
            | "then"
            | "later"
            | "once"
            | "never"
            | "not"
            | "been"
            | "is"
            | "was"
            | "are"
            | "were"
            | "would"
            | "will"
            | "could"
            | "may"
            | "might"
            | "can"
            | "did"
            | "does"
            | "do"
            | "just"
            | "again"
            | "often"
            | "still"
            | "now"
            | "yesterday"
            | "today"
            | "earlier"
            | "on"
            | "first"
            | "only"
            | "even"
            | "ever"
            | "long"
            | "further"
            | "who've"
            | "to"
            | "went"
            | "goes"
            | "must"
            | "should"
    ) || low.len() > 4
        && low.ends_with("ly")
        && !matches!(low, "family" | "assembly" | "italy" | "ally" | "july")
}

fn bound(low: &str) -> bool {
    matches!(
        low,
        "that"
            | "but"
            | "as"
            | "while"
            | "when"
            | "because"
            | "if"
            | "though"
            | "although"
            | "since"
            | "before"
            | "whether"
            | "where"
            | "so"
            | "until"
            | "unless"
            | "is"
            | "are"
            | "was"
            | "were"
            | "has"
            | "had"
            | "have"
            | "will"
            | "would"
            | "could"
            | "should"
            | "can"
            | "may"
            | "might"
            | "did"
            | "does"
            | "do"
            | "be"
            | "been"
            | "what"
            | "how"
            | "why"
            | "than"
            | "or"
            | "after"
    )
}

/// The noun phrase before the verb, with its apposition; and where it starts.
fn left_subject(text: &Text, i: usize, s: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let mut t = i;
    // “He's claiming”
    if t > s.start + 1 && text.kind(t - 1) == Kind::Possessive && text.low(t).ends_with("ing") {
        t -= 1;
    }
    while t > s.start
        && text.within[t - 1].is_none()
        && text.is_word(t - 1)
        && (auxiliary(text.low(t - 1)) || weekday(text.low(t - 1)))
        && !text.capital_name(t - 1)
    {
        t -= 1;
    }
    if t == s.start {
        return None;
    }
    // “who in June refused”: the time stands between the pronoun and its verb.
    if t > s.start + 3
        && matches!(text.low(t - 3), "who" | "which")
        && matches!(text.low(t - 2), "in" | "on" | "last" | "this")
        && text.within[t - 3].is_none()
    {
        t -= 2;
    }
    // A relative clause: “officials who have accused”.
    if matches!(text.low(t - 1), "who" | "which") {
        t -= 1;
        if t > s.start && text.kind(t - 1) == Kind::Comma {
            t -= 1;
        }
    }
    let relative = t < i && matches!(text.low(t), "who" | "which")
        || matches!(text.low(t + 1), "who" | "which") && text.kind(t) == Kind::Comma;
    let end = t;
    let mut tail = None;
    if t > s.start && text.kind(t - 1) == Kind::CloseParen {
        while t > s.start && text.kind(t - 1) != Kind::OpenParen {
            t -= 1;
        }
        t = t.saturating_sub(1).max(s.start);
    }
    if t > s.start && matches!(text.kind(t - 1), Kind::Comma | Kind::Dash) && text.within[t - 1].is_none() {
        // An apposition or aside ends here: the name stands before its opening comma.
        let closing = text.kind(t - 1);
        let floor = s.start.max(t.saturating_sub(26));
        let mut k = t - 1;
        while k > floor
            && text.kind(k - 1) != closing
            && text.within[k - 1].is_none()
            && text.kind(k - 1) != Kind::Stop
        {
            k -= 1;
        }
        if k > floor
            && text.kind(k - 1) == closing
            && k >= 2
            && text.within[k - 1].is_none()
            && text.within[k - 2].is_none()
            && t - k > 1
        {
            tail = Some(t - 1);
            t = k - 1;
        } else {
            return None;
        }
    }
    let stop = t;
    // “In March he had told”: a pronoun is the whole subject, whatever stands before it.
    if stop > s.start
        && tail.is_none()
        && personal(text.low(stop - 1))
        && (stop < 2 || text.low(stop - 2) != "and")
    {
        return Some((stop - 1..stop, stop - 1));
    }
    let floor = s.start.max(t.saturating_sub(25));
    while t > floor {
        let k = t - 1;
        if text.within[k].is_some() || text.dateline[k] {
            break;
        }
        match text.kind(k) {
            Kind::Word => {
                let low = text.low(k);
                if bound(low) && !text.capital_name(k)
                    // “met with officials who said” begins at the officials; “officials in Tokyo who
                    // said” begins before Tokyo.
                    || relative
                        && matches!(
                            low,
                            "from" | "by" | "with" | "to" | "for" | "among" | "against" | "in" | "on" | "at"
                        )
                        && (!located(text, k) || (k + 1..stop).any(|n| is_someone(text.low(n))))
                {
                    break;
                }
                if low == "and"
                    && !(text.capital(k.saturating_sub(1)) && text.capital(k + 1)
                        || roles::is_role(text.low(k.saturating_sub(1)))
                        || roles::is_role(text.low(k + 1)))
                {
                    break;
                }
                if cue(low).is_some_and(|c| !c.noun && !text.capital(k)) {
                    break;
                }
            }
            Kind::Number | Kind::Hyphen | Kind::Possessive | Kind::Other => {}
            _ => break,
        }
        t = k;
    }
    let mut start = t;
    // “Oren Talbach, head of the port, which lies on the Danube, said”: the name stands one comma further.
    if tail.is_some()
        && start >= s.start + 2
        && start < stop
        && text.kind(start - 1) == Kind::Comma
        && !text.capital_name(start)
    {
        let mut k = start - 1;
        while k > s.start
            && start - k < 10
            && text.within[k - 1].is_none()
            && (text.capital(k - 1)
                || matches!(text.kind(k - 1), Kind::Hyphen | Kind::CloseParen | Kind::OpenParen))
        {
            k -= 1;
        }
        if k < start - 1 {
            start = k;
        }
    }
    // “On Friday the minister”, “In an interview Mr Orel”: what comes before the name is no subject.
    if start < stop
        && !text.capital_name(start)
        && matches!(
            text.low(start),
            "on" | "in" | "at" | "during" | "with" | "for" | "from" | "by" | "to" | "of"
        )
    {
        let mut k = stop;
        let mut seen = false;
        while k > start && (text.capital(k - 1) || !seen || matches!(text.kind(k - 1), Kind::Hyphen)) {
            seen |= text.capital(k - 1) || !text.is_word(k - 1);
            k -= 1;
        }
        start = if seen && k > start { k } else { start + 1 };
    }
    while start < stop
        && (matches!(
            text.low(start),
            "meanwhile"
                | "however"
                | "then"
                | "and"
                | "but"
                | "so"
                | "still"
                | "also"
                | "yet"
                | "later"
                | "thus"
        ) || weekday(text.low(start)))
    {
        start += 1;
    }
    let run = start..tail.unwrap_or(stop).max(start);
    let run = if tail.is_none() { start..stop.min(end) } else { run };
    (!run.is_empty()).then_some((run, start))
}

/// A pronoun that stands for one subject.
fn personal(low: &str) -> bool {
    matches!(low, "he" | "she" | "they" | "we" | "i" | "it" | "you")
}

/// A noun for somebody.
fn is_someone(low: &str) -> bool {
    roles::is_role(low) || roles::is_group(low)
}

/// “officials in Tokyo”: somebody stands right before the place.
fn located(text: &Text, preposition: usize) -> bool {
    matches!(text.low(preposition), "in" | "at" | "from")
        && preposition > 0
        && is_someone(text.low(preposition - 1))
}

/// Nobody, none, no country: a subject that says that there is no speaker, or does not say who.
fn nobody(text: &Text, subject: &Range<usize>) -> bool {
    let first = text.low(subject.start);
    let alone = subject.len() == 1 || text.low(subject.start + 1) == "of";
    matches!(
        first,
        "nobody" | "no-one" | "nothing" | "no" | "neither" | "anybody" | "anyone" | "anything" | "everything"
    ) || alone
        && matches!(first, "none" | "somebody" | "someone" | "something" | "everybody" | "everyone" | "few")
}

impl Text<'_> {
    /// A capital that is not only the sentence's first.
    fn capital_name(&self, i: usize) -> bool {
        self.capital(i)
            && i > 0
            && !matches!(self.kind(i - 1), Kind::Stop | Kind::Open)
            && !matches!(self.low(i), "on" | "in" | "at" | "but" | "as")
    }
}

/// “After saying …, she left”: the subject follows the clause that the participle opens.
fn opening(text: &Text, s: &Range<usize>, i: usize) -> Option<Range<usize>> {
    let first = (s.start..i).find(|&t| !text.dateline[t])?;
    let led = first + 1 == i
        && matches!(text.low(first), "after" | "before" | "while" | "without" | "by" | "when" | "despite");
    if first != i && !led {
        return None;
    }
    let comma = (i + 1..s.end).find(|&t| {
        let next = t + 1 + usize::from(text.kind(t + 1) == Kind::Close);
        text.kind(t) == Kind::Comma
            && (personal(text.low(next)) || starts_noun(text, next))
            && !text.within.get(next).is_some_and(Option::is_some)
    })?;
    // “After calling it “unfair,” she left”: the mark closes behind the comma.
    let comma = comma + usize::from(text.kind(comma + 1) == Kind::Close);
    if personal(text.low(comma + 1)) {
        return Some(comma + 1..comma + 2);
    }
    let end = (comma + 1..s.end.min(comma + 12)).find(|&t| {
        !text.is_word(t)
            || bound(text.low(t))
            || text.low(t).ends_with("ed")
            || cue(text.low(t)).is_some_and(|c| !c.noun)
    })?;
    (end > comma + 1).then_some(comma + 1..end)
}

/// The first noun phrase of the sentence, for a participle that has no subject of its own.
fn main_subject(text: &Text, s: &Range<usize>, i: usize) -> Option<Range<usize>> {
    let mut start =
        (s.start..i).find(|&t| !text.dateline[t] && text.within[t].is_none() && text.is_word(t))?;
    // “On Thursday, Mr Orel …”: the subject follows the comma.
    if matches!(
        text.low(start),
        "on" | "in"
            | "at"
            | "after"
            | "during"
            | "before"
            | "with"
            | "for"
            | "since"
            | "while"
            | "when"
            | "as"
            | "if"
            | "by"
            | "despite"
            | "speaking"
            | "earlier"
            | "last"
            | "recently"
            | "once"
            | "following"
            | "meanwhile"
            | "however"
            | "instead"
            | "still"
            | "under"
            | "until"
            | "although"
            | "though"
            | "asked"
            | "later"
            | "then"
            | "now"
            | "today"
            | "yesterday"
    ) && let Some(comma) = (start..i.min(start + 25)).find(|&t| text.kind(t) == Kind::Comma)
    {
        start = comma + 1;
    }
    let mut t = start;
    while t < i
        && t < start + 12
        && matches!(text.kind(t), Kind::Word | Kind::Possessive | Kind::Hyphen)
        && !(t > start
            && (bound(text.low(t))
                || text.low(t).ends_with("ed") && !text.capital(t)
                || cue(text.low(t)).is_some_and(|c| !c.noun)))
    {
        t += 1;
    }
    (t > start).then_some(start..t)
}

/// “According to X, CONTENT” and “CONTENT, according to X”.
fn according(text: &Text, s: &Range<usize>, i: usize) -> Option<Said> {
    let from = i + 2;
    let mut end = from;
    while end < s.end
        && end < from + 25
        && (matches!(text.kind(end), Kind::Word | Kind::Number | Kind::Hyphen | Kind::Possessive)
            || text.kind(end) == Kind::OpenParen
            || text.kind(end) == Kind::CloseParen)
    {
        end += 1;
    }
    if end == from {
        return None;
    }
    let subject = from..end;
    let before = content_start(text, s.start, i);
    let content = if words(text, before..i) >= 4 {
        before..i
    } else {
        // The apposition after a comma belongs to the source: “according to X, the minister, …”.
        let mut start = end;
        if text.kind(start) == Kind::Comma {
            start += 1;
        }
        start..clause_end(text, start, s)
    };
    let content = trimmed(text, content);
    if words(text, content.clone()) < 3 {
        return None;
    }
    let (mode, contents) = moded(text, vec![content]);
    Some(Said {
        contents,
        cue: Some(i..i + 2),
        subject: Some(subject),
        person: None,
        named: None,
        country: None,
        mode,
        confidence: 0.85,
        sentence: 0,
    })
}

/// “Novak: talks failed” in a headline.
fn headed(text: &Text, number: usize, s: &Range<usize>) -> Option<Said> {
    if number != 0 || !text.headline {
        return None;
    }
    let colon = (s.start + 1..(s.start + 6).min(s.end)).find(|&t| text.kind(t) == Kind::Colon)?;
    let subject = s.start..colon;
    if !subject.clone().all(|t| {
        text.capital(t)
            || matches!(text.kind(t), Kind::Possessive | Kind::Hyphen)
            || roles::is_role(text.low(t))
    }) || colon + 3 > s.end
    {
        return None;
    }
    let content = trimmed(text, colon + 1..s.end);
    let (mode, contents) = moded(text, vec![content]);
    Some(Said {
        contents,
        cue: Some(colon..colon + 1),
        subject: Some(subject),
        person: None,
        named: None,
        country: None,
        mode,
        confidence: 0.6,
        sentence: number,
    })
}

/// Turns of a transcript: three or more paragraphs that begin with a name and a colon.
const TURNS: usize = 3;

/// “VENN: We stay.” – “Question: For how long?”: each paragraph is what its name says, until the next name.
fn transcript(text: &Text, said: &mut Vec<Said>) {
    let turn = |p: &Range<usize>| {
        let start = p.clone().take(2).find(|&t| text.is_word(t))?;
        let colon = (start + 1..(start + 6).min(p.end)).find(|&t| text.kind(t) == Kind::Colon)?;
        let named = (start..colon).all(|t| {
            text.capital(t)
                || matches!(text.kind(t), Kind::Hyphen | Kind::Possessive)
                || roles::is_role(text.low(t))
        });
        (named
            && colon + 3 < p.end
            && !matches!(text.low(start), "photo" | "image" | "note" | "background" | "update"))
        .then_some((start, colon))
    };
    let turns: Vec<Option<(usize, usize)>> = text.paragraphs.iter().map(turn).collect();
    if turns.iter().flatten().count() < TURNS {
        return;
    }
    // A list of headings has no name twice.
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (start, _) in turns.iter().flatten() {
        *names.entry(text.low(*start)).or_default() += 1;
    }
    if names.values().all(|n| *n < 2) {
        return;
    }
    for (p, turn) in text.paragraphs.iter().zip(&turns) {
        let &Some((start, colon)) = turn else { continue };
        let inside = |one: &Said| one.contents.iter().any(|c| p.contains(&c.start));
        said.retain(|one| !inside(one));
        let end = colon + 1..p.end;
        let sentence = text.sentences.partition_point(|s| s.end <= start);
        said.push(Said {
            contents: vec![end],
            cue: Some(colon..colon + 1),
            subject: Some(start..colon),
            person: None,
            country: None,
            named: None,
            mode: Mode::Direct,
            confidence: 0.85,
            sentence,
        });
    }
}

/// Takes commas, stops and outer marks from the ends.
fn trimmed(text: &Text, run: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (run.start, run.end.min(text.tokens.len()).max(run.start));
    while start < end
        && matches!(text.kind(start), Kind::Comma | Kind::Colon | Kind::Dash | Kind::Semicolon)
        && text.within[start].is_none()
    {
        start += 1;
    }
    while end > start
        && matches!(text.kind(end - 1), Kind::Comma | Kind::Dash | Kind::Semicolon | Kind::Stop)
        && text.within[end - 1].is_none()
    {
        end -= 1;
    }
    start..end
}

/// Direct where nearly all letters stand in marks, indirect where none do; direct contents lose their outer marks.
fn moded(text: &Text, contents: Vec<Range<usize>>) -> (Mode, Vec<Range<usize>>) {
    let (mut inside, mut all) = (0, 0);
    for t in contents.iter().cloned().flatten() {
        if text.is_word(t) || text.kind(t) == Kind::Number {
            let length = text.tokens[t].end - text.tokens[t].start;
            all += length;
            inside += if text.within[t].is_some() { length } else { 0 };
        }
    }
    if inside == 0 {
        return (Mode::Indirect, contents);
    }
    if inside * 10 < all * 9 {
        return (Mode::Mixed, contents);
    }
    let mut out = Vec::new();
    for c in contents {
        let mut t = c.start;
        while t < c.end {
            if let Some(m) = text.within[t] {
                let m = text.marked[m as usize];
                let run = t.max(m.open + 1)..m.inner_end.min(c.end);
                if !run.is_empty() {
                    out.push(run);
                }
                t = m.inner_end.max(t) + 1;
            } else {
                t += 1;
            }
        }
    }
    (Mode::Direct, out)
}

/// Marks that no cue of their sentence took: they go on with the speaker before them, or belong to
/// the sentence that introduces or follows them.
fn orphans(
    text: &Text,
    people: &People,
    marked_in: &[Range<usize>],
    owner: &mut [Option<usize>],
    said: &mut Vec<Said>,
) {
    let mut by_sentence: HashMap<usize, Vec<usize>> = HashMap::new();
    for (id, one) in said.iter().enumerate() {
        by_sentence.entry(one.sentence).or_default().push(id);
    }
    let mut paragraph_of = vec![0; text.sentences.len()];
    let mut p = 0;
    for (n, s) in text.sentences.iter().enumerate() {
        while p + 1 < text.paragraphs.len() && text.paragraphs[p].end <= s.start {
            p += 1;
        }
        paragraph_of[n] = p;
    }
    for n in 0..text.sentences.len() {
        let outside =
            text.sentences[n].clone().filter(|&t| text.within[t].is_none() && text.is_word(t)).count();
        for m in marked_in[n].clone() {
            if owner[m].is_some() {
                continue;
            }
            let mark = text.marked[m];
            let inner = mark.open + 1..mark.inner_end;
            let length = words(text, inner.clone());
            if length == 0 || titled(text, &inner) {
                continue;
            }
            let whole = outside == 0 && length >= 3;
            let same_paragraph = |k: usize| paragraph_of[k] == paragraph_of[n];
            // Goes on with the sentence before, in the same paragraph or from a paragraph whose marks did not close.
            let previous = (0..n).rev().take(3).find_map(|k| {
                let id = by_sentence.get(&k)?.last().copied()?;
                let near = same_paragraph(k) || paragraph_of[k] + 1 == paragraph_of[n];
                near.then_some((id, k))
            });
            // “VENN: We stay.”: a transcript inside the marks.
            let shouted = |t: usize| text.word(t).len() > 2 && text.word(t).chars().all(char::is_uppercase);
            let turn = (inner.start..inner.end.min(inner.start + 4))
                .take_while(|&t| shouted(t) || text.kind(t) == Kind::Colon)
                .find(|&t| t > inner.start && text.kind(t) == Kind::Colon);
            if let Some(colon) = turn
                && colon + 2 < inner.end
            {
                let words = colon + 1..inner.end;
                said.push(Said {
                    contents: vec![words],
                    cue: Some(colon..colon + 1),
                    subject: Some(inner.start..colon),
                    person: None,
                    country: None,
                    named: None,
                    mode: Mode::Direct,
                    confidence: 0.8,
                    sentence: n,
                });
                owner[m] = Some(said.len() - 1);
                by_sentence.entry(n).or_default().push(said.len() - 1);
                continue;
            }
            let carried = m > 0 && !text.marked[m - 1].closed && owner[m - 1].is_some();
            if carried && outside == 0 {
                let id = owner[m - 1].expect("just seen");
                said[id].contents.push(inner);
                owner[m] = Some(id);
                by_sentence.entry(n).or_default().push(id);
                continue;
            }
            if whole {
                if let Some(subject) = signature(text, people, mark.inner_end) {
                    said.push(Said {
                        contents: vec![inner],
                        cue: None,
                        subject: Some(subject),
                        person: None,
                        country: None,
                        named: None,
                        mode: Mode::Direct,
                        confidence: 0.75,
                        sentence: n,
                    });
                    owner[m] = Some(said.len() - 1);
                    by_sentence.entry(n).or_default().push(said.len() - 1);
                    continue;
                }
                if let Some((id, k)) = previous
                    && same_paragraph(k)
                    && said[id].mode != Mode::Indirect
                    && said[id].subject.is_some()
                {
                    said[id].contents.push(inner);
                    said[id].mode = if said[id].mode == Mode::Mixed { Mode::Mixed } else { Mode::Direct };
                    owner[m] = Some(id);
                    by_sentence.entry(n).or_default().push(id);
                    continue;
                }
                // The next sentence may name the speaker: “…” That is what X said.
                let speaker = previous
                    .map(|(id, _)| (said[id].subject.clone(), said[id].person))
                    .filter(|(subject, _)| subject.is_some());
                // “He said:” alone on the line before.
                let introduced = n
                    .checked_sub(1)
                    .filter(|&k| text.kind(text.sentences[k].end - 1) == Kind::Colon)
                    .and_then(|k| {
                        introducing(text, &text.sentences[k])
                            .or_else(|| people.first_within(&text.sentences[k]).map(|(t, _)| t..t + 1))
                    });
                let (subject, confidence) = match (introduced, speaker) {
                    (Some(run), _) => (Some(run), 0.6),
                    (None, Some((subject, _))) => (subject, 0.45),
                    (None, None) => {
                        let near = n
                            .checked_sub(1)
                            .filter(|&k| paragraph_of[k] + 1 >= paragraph_of[n])
                            .and_then(|k| people.first_within(&text.sentences[k]));
                        (near.map(|(t, _)| t..t + 1), 0.4)
                    }
                };
                if length >= 5 || subject.is_some() {
                    said.push(Said {
                        contents: vec![inner],
                        cue: None,
                        subject,
                        person: None,
                        named: None,
                        country: None,
                        mode: Mode::Direct,
                        confidence,
                        sentence: n,
                    });
                    owner[m] = Some(said.len() - 1);
                    by_sentence.entry(n).or_default().push(said.len() - 1);
                }
                continue;
            }
            // “As Karla Venn puts it, ‘…’”: marks after a comma or a colon that end the sentence are
            // theirs who is named before them. Other words in marks without a cue are labels.
            let s = &text.sentences[n];
            let introduced = mark.open > s.start
                && matches!(text.kind(mark.open - 1), Kind::Comma | Kind::Colon | Kind::Dash)
                && mark.inner_end + 2 >= s.end;
            if introduced
                && length >= 4
                && let Some((t, _)) = people.within(&(s.start..mark.open))
            {
                said.push(Said {
                    contents: vec![inner],
                    cue: None,
                    subject: Some(t..t + 1),
                    person: None,
                    named: None,
                    country: None,
                    mode: Mode::Direct,
                    confidence: 0.5,
                    sentence: n,
                });
                owner[m] = Some(said.len() - 1);
            }
        }
    }
}

/// Who speaks in “The minister added:”.
fn introducing(text: &Text, s: &Range<usize>) -> Option<Range<usize>> {
    let verb = s.clone().rev().find(|&t| {
        text.within[t].is_none()
            && cue(text.low(t)).is_some_and(|c| c.form != Form::Ing && !refused(text, t, s, c.noun, c.form))
    })?;
    let (subject, _) = left_subject(text, verb, s)?;
    (speaks(text, &subject) && !nobody(text, &subject)).then_some(subject)
}

/// “…” – Karla Venn, teacher: the name stands after a dash, or alone on the next line.
fn signature(text: &Text, people: &People, close: usize) -> Option<Range<usize>> {
    let mut from = close + 1;
    let dash = text.kind(from) == Kind::Dash;
    if dash {
        from += 1;
    }
    let known = people.first_within(&(from..(from + 3).min(text.tokens.len()))).map(|(t, _)| t);
    let named = dash && text.capital(from) && text.capital(from + 1) && text.is_word(from + 1);
    let at = known.or(named.then_some(from))?;
    let end = (at..text.tokens.len().min(at + 30))
        .find(|&t| text.spaced_paragraph(t) && t > at)
        .unwrap_or(text.tokens.len());
    let short = end - at <= 25
        && !(at..end).any(|t| text.within[t].is_some() || cue(text.low(t)).is_some_and(|c| !c.noun));
    let own_line =
        text.spaced_paragraph(at) && end - at <= 8 && at == from && text.kind(end - 1) != Kind::Stop;
    (short && (dash || own_line)).then_some(at..end.min(at + 12))
}

/// Who the subject's words name.
fn resolve(text: &Text, people: &People, sides: &Sides, one: &mut Said) {
    let Some(subject) = one.subject.clone() else { return };
    // The name at the end of the first phrase: “Venn campaign spokesman Oren Talbach, who …”.
    let comma = subject.clone().find(|&t| text.kind(t) == Kind::Comma).unwrap_or(subject.end);
    let head = |run: Range<usize>| {
        run.rev().find_map(|t| people.at.get(&t).copied().filter(|&p| bears(text, people, t, p)))
    };
    one.person = head(subject.start..comma).or_else(|| head(comma..subject.end));
    one.country = match one.person {
        Some(p) => people.all[p].country,
        None => sides.of(&subject),
    };
}

/// Whether a name in a subject is the subject, not its owner or its object: not “Venn's lawyer”, not “a friend of Venn”.
fn bears(text: &Text, people: &People, t: usize, p: usize) -> bool {
    let mentions = &people.all[p].mentions;
    let end = mentions
        .get(mentions.partition_point(|m| m.start < t))
        .filter(|m| m.start == t)
        .map_or(t + 1, |m| m.end);
    text.kind(end) != Kind::Possessive
        && !matches!(text.low(t.wrapping_sub(1)), "of" | "for" | "to" | "with" | "by" | "from" | "against")
}

/// “He said”: the person spoken of last, first of all the one who has just been quoted.
fn pronouns(text: &Text, people: &People, said: &mut [Said]) {
    let mut mentioned: Vec<(usize, usize)> = people.at.iter().map(|(&t, &p)| (t, p)).collect();
    mentioned.sort_unstable();
    let mut order: Vec<usize> = (0..said.len()).collect();
    order.sort_by_key(|&k| said[k].subject.as_ref().map_or(said[k].contents[0].start, |s| s.start));
    let mut last_speaker: Option<(usize, usize)> = None;
    for k in order {
        let Some(subject) = said[k].subject.clone() else { continue };
        let at = subject.start;
        let low = text.low(at);
        let pronoun = subject.len() <= 2 && matches!(low, "he" | "she" | "his" | "her");
        if pronoun && said[k].person.is_none() {
            let woman = matches!(low, "she" | "her");
            let fits = |p: usize| {
                people.all[p].woman.is_none_or(|w| w == woman) && given_fits(&people.all[p].name, woman)
            };
            let spoken = last_speaker.filter(|&(t, p)| fits(p) && at - t.min(at) < 160);
            let up_to = mentioned.partition_point(|&(t, _)| t < at);
            let sentence = text.sentences.partition_point(|s| s.end <= at);
            let floor = text.sentences.get(sentence.saturating_sub(3)).map_or(0, |s| s.start);
            let subject_like = mentioned[..up_to]
                .iter()
                .rev()
                .take_while(|&&(t, _)| t >= floor)
                .find(|&&(t, p)| fits(p) && starts_clause(text, t))
                .copied();
            let any = mentioned[..up_to].iter().rev().take(12).find(|&&(_, p)| fits(p)).copied();
            let best = match (spoken, subject_like) {
                (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
                (a, b) => a.or(b),
            }
            .or(any);
            if let Some((_, p)) = best {
                said[k].person = Some(p);
                said[k].country = people.all[p].country;
                said[k].confidence *= 0.85;
            }
        }
        if let Some(p) = said[k].person {
            last_speaker = Some((at, p));
        }
    }
}

/// Whether a name stands where subjects stand: at the start of its sentence or clause, or before a verb.
fn starts_clause(text: &Text, t: usize) -> bool {
    let mut k = t;
    while k > 0
        && text.is_word(k - 1)
        && (text.capital(k - 1) || roles::is_role(text.low(k - 1)))
        && t - k < 6
    {
        k -= 1;
    }
    k == 0
        || matches!(text.kind(k - 1), Kind::Stop | Kind::Close | Kind::Dash | Kind::Comma)
        || text.spaced_paragraph(k)
        || matches!(text.low(k - 1), "the" | "but" | "and" | "as" | "while" | "when" | "that")
}

impl Text<'_> {
    pub(crate) fn spaced_paragraph(&self, i: usize) -> bool {
        i > 0
            && i < self.tokens.len()
            && self.src[self.tokens[i - 1].end..self.tokens[i].start].contains('\n')
    }
}

/// Whether a given name is not plainly of the other sex; the ending tells for a few hundred common ones.
fn given_fits(name: &str, woman: bool) -> bool {
    const WOMEN: &str = " Amanda Amber Amy Ana Angela Ann Anna Anne Annalena Barbara Beth Betty Brenda Carla Carly Carol Caroline Catherine Cheryl Christine Cindy Claire Clara Condoleezza Cynthia Debbie Deborah Diana Dianne Donna \
 Elena Elizabeth Ellen Emily Emma Eva Fatima Florence Gina Giorgia Gloria Grace Gretchen Hannah Heather Helen Hillary Huma Ingrid Irina Ivanka Jacinda Jane Janet Jennifer Jessica Jill Joan Joanna Joyce Judith Judy Julia Julie Kaja \
 Kamala Karen Karin Karine Karoline Kate Katherine Kathleen Kathy Katie Kellyanne Laura Lauren Leila Linda Lisa Liz Lori Lucy Lydia Margaret Maria Marie Marina Martha Mary Megan Meghan Megyn Melania Melanie Melissa Mette Michelle Monica \
 Nadia Nancy Natalia Natalie Natasha Nicole Nikki Nina Nora Olga Olivia Pamela Patricia Penny Rachel Rebecca Rita Rosa Ruth Sandra Sanna Sara Sarah Sharon Sheila Sonia Sophie Stephanie Sue Susan Svetlana Tammy Tanya Tara Teresa Theresa Tina \
 Ursula Valerie Vanessa Vera Veronica Victoria Wendy Yoko Yulia Zahra Zoe Brittney Tulsi Marsha ";
    let given = name.split(' ').next().unwrap_or_default();
    WOMEN.contains(&format!(" {given} ")) == woman || (woman && !crate::gazetteer::is_first_name(given))
}
