//! Who said what: direct, mixed and indirect quotations with the words that attribute them.
//!
//! Everything starts from a cue (“said”, “according to”). The subject beside it is the speaker, the
//! clause it governs is the content, and how much of that clause stands in quotation marks makes it
//! direct, mixed or indirect. Marks without a cue of their own belong to the speaker who has just
//! been quoted, if the text lets them; words in marks that nobody is said to have said (titles, scare
//! quotes) are no quotation.

mod content;
mod leftover;
mod subject;
mod verbless;
mod who;

use std::ops::Range;

use crate::cues::{Form, Takes, cue};
use crate::people::People;
use crate::roles;
use crate::shape::Kind as Mode;
use crate::sides::Sides;
use crate::text::{Kind, Text};
use content::{
    after_cue, clause_begins, clause_end, content_start, continues, left_contents, marks_end, moded,
    quote_ends_before, trimmed, words,
};
use leftover::orphans;
use subject::{
    addressed, ends_after_noun, left_subject, main_subject, nobody, noun_after, opening, speaks, starts_noun,
};
use verbless::{according, headed, owned, transcript};
use who::{pronouns, resolve};

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

impl Said {
    /// As a sentence has it, before it is known whom its words name.
    fn by(
        subject: Option<Range<usize>>,
        cue: Option<Range<usize>>,
        mode: Mode,
        contents: Vec<Range<usize>>,
        confidence: f64,
    ) -> Self {
        Said {
            contents,
            cue,
            subject,
            person: None,
            country: None,
            named: None,
            mode,
            confidence,
            sentence: 0,
        }
    }
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
    /// Whether the words from `i` on are “to be named”: who says so speaks of themselves.
    pub(crate) fn unnamed(&self, i: usize) -> bool {
        self.low(i) == "to"
            && self.low(i + 1) == "be"
            && matches!(self.low(i + 2), "named" | "identified" | "quoted" | "cited")
    }

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
        // “Declined to be named” says nothing of what was said.
        || text.unnamed(i + 1)
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
        Some(Said::by(subject.clone(), Some(cue.clone()), mode, contents, confidence))
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
