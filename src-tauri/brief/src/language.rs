//! Holds the author's own sentences against the rules of estimative language: one column of one
//! scale, likelihood apart from confidence, judgements with evidence, sources with names.
//!
//! After Intelligence Community Directive 203 and the yardstick of the UK's Professional Head of
//! Intelligence Assessment. Words inside quotations are somebody else's and are never judged, nor are
//! tables, which print the scale itself.

use std::ops::Range;

use bilat_core::Span;

use crate::check::{CheckedQuotation, Finding};
use crate::quotation::{Cite, Passage, PassageKind};

/// The first column of ICD 203.
const ICD: u8 = 1;
/// The second column of ICD 203.
const ICD_OTHER: u8 = 2;
/// The yardstick of PHIA.
const PHIA: u8 = 4;

/// Words of likelihood and the columns they stand in, longest first.
const LIKELIHOOD: &[(&str, u8)] = &[
    ("roughly even chance", ICD),
    ("realistic possibility", PHIA),
    ("almost certainly", ICD | PHIA),
    ("roughly even odds", ICD_OTHER),
    ("highly improbable", ICD_OTHER),
    ("almost no chance", ICD),
    ("nearly certainly", ICD_OTHER),
    ("nearly certain", ICD_OTHER),
    ("almost certain", ICD | PHIA),
    ("highly probably", ICD_OTHER),
    ("highly probable", ICD_OTHER),
    ("highly unlikely", PHIA),
    ("remains remote", ICD_OTHER),
    ("very unlikely", ICD),
    ("remote chance", PHIA),
    ("highly likely", PHIA),
    ("very likely", ICD),
    ("improbable", ICD_OTHER),
    ("improbably", ICD_OTHER),
    ("is remote", ICD_OTHER),
    ("unlikely", ICD | PHIA),
    ("probable", ICD_OTHER),
    ("probably", ICD_OTHER),
    ("likely", ICD | PHIA),
];
const CONFIDENCE: &[&str] =
    &["high confidence", "moderate confidence", "medium confidence", "low confidence", "confidence is"];
const HEDGES: &[&str] = &[
    "cannot be ruled out",
    "cannot rule out",
    "conceivably",
    "possibility",
    "possibly",
    "possible",
    "perhaps",
    "chances are",
    "could",
    "might",
    "maybe",
    "may",
];
const JUDGING: &[&str] =
    &["we assess", "we judge", "we believe", "we expect", "we estimate", "our assessment is"];
const PASSIVE: &[&str] = &[
    "it has been reported",
    "it was reported",
    "it is understood",
    "it is reported",
    "it is believed",
    "it is thought",
    "it is rumoured",
    "it is alleged",
    "it is claimed",
    "it is said",
    "observers say",
    "sources say",
    "reportedly",
    "allegedly",
];
/// Headings under which every sentence is a judgement.
const JUDGEMENT_HEADINGS: &[&str] = &["judgement", "judgment", "bottom line", "outlook", "assessment"];
/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "no", "vs", "e.g", "i.e", "u.s", "u.k"];

/// The findings on `passages`, in the order of the text.
pub(crate) fn check(
    passages: &[Passage],
    quotations: &[CheckedQuotation],
    line: &dyn Fn(usize) -> u32,
    place: &dyn Fn(&Range<usize>) -> Span,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut column = ICD | ICD_OTHER | PHIA;
    for passage in passages.iter().filter(|passage| passage.kind == PassageKind::Running) {
        let own = own_words(passage);
        let mut report = |rule: &str, range: Range<usize>, advice: &str| {
            let at = passage.bytes(&range);
            let text = passage.text(range).replace('\n', " ").replace(" .", ".");
            let (line, span) = (line(at.start), place(&at));
            findings.push(Finding { rule: rule.into(), line, span, text, advice: advice.into() });
        };
        let under_judgements = passage.headings.last().is_some_and(|heading| {
            let heading = heading.to_lowercase();
            JUDGEMENT_HEADINGS.iter().any(|word| heading.contains(word))
        });
        let at = passage.glyphs.first().zip(passage.glyphs.last());
        let at = at.map_or(Span::new(0, 0), |(first, last)| place(&(first.start..last.end)));
        let next = quotations.partition_point(|quotation| quotation.span.start < at.start);
        let quotes = quotations.get(next).is_some_and(|quotation| quotation.span.overlaps(at));
        let has_evidence = quotes || !passage.citations.is_empty();
        let mut unsupported = None;
        for sentence in sentences(&own) {
            let words: String = own[sentence.clone()].iter().collect();
            let offset = |found: &Range<usize>| sentence.start + found.start..sentence.start + found.end;
            let likelihood = terms(&words, LIKELIHOOD.iter().map(|(term, _)| *term));
            for found in &likelihood {
                let term: String = own[offset(found)].iter().collect();
                let columns = LIKELIHOOD.iter().find(|(word, _)| *word == term).map_or(column, |(_, of)| *of);
                if column & columns == 0 {
                    report(
                        "mixed_scales",
                        offset(found),
                        "The briefing uses words of another scale or column before. Keep to one column for the whole briefing.",
                    );
                } else {
                    column &= columns;
                }
            }
            if !likelihood.is_empty() && !terms(&words, CONFIDENCE.iter().copied()).is_empty() {
                report(
                    "likelihood_with_confidence",
                    sentence.clone(),
                    "Likelihood and confidence stand in one sentence. Say how likely it is, then in a sentence of its own how sure you are and why.",
                );
            }
            let judging = terms(&words, JUDGING.iter().copied());
            let is_judgement = under_judgements || !likelihood.is_empty() || !judging.is_empty();
            if is_judgement {
                for found in terms(&words, HEDGES.iter().copied()) {
                    report(
                        "unscaled_word",
                        offset(&found),
                        "The word has no place on the scale. Say how likely it is, such as unlikely, roughly even chance or likely.",
                    );
                }
            }
            if (!likelihood.is_empty() || !judging.is_empty()) && !has_evidence {
                unsupported.get_or_insert(sentence.clone());
            }
            for found in terms(&words, PASSIVE.iter().copied()) {
                report("unnamed_source", offset(&found), "Nobody is named. Say who reports it, and cite it.");
            }
        }
        if let Some(sentence) = unsupported {
            report(
                "judgement_without_evidence",
                sentence,
                "The paragraph judges and cites nothing. Add a citation to the evidence it rests on.",
            );
        }
    }
    findings.sort_by_key(|finding| finding.span);
    findings
}

/// The passage in lower case, a character for a character, with every quotation blanked out.
fn own_words(passage: &Passage) -> Vec<char> {
    let single = |c: char| {
        let mut lower = c.to_lowercase();
        lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
    };
    // “May” is a month.
    let mut own: Vec<char> = passage
        .glyphs
        .iter()
        .enumerate()
        .map(|(at, glyph)| match glyph.c {
            'M' if passage.text(at..(at + 3).min(passage.glyphs.len())) == "May" => 'M',
            c if c.is_whitespace() => ' ',
            c => single(c),
        })
        .collect();
    let cites: Vec<&Cite> = passage.citations.iter().collect();
    for (_, inner) in passage.in_marks(0, &cites) {
        own[inner].fill('\u{FFFC}');
    }
    for (c, glyph) in own.iter_mut().zip(&passage.glyphs) {
        if glyph.code {
            *c = '\u{FFFC}';
        }
    }
    own
}

/// The sentences of a text, without the spaces around them.
fn sentences(text: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, c) in text.iter().enumerate() {
        let ends = match c {
            '.' | '!' | '?' => {
                text.get(at + 1).is_none_or(|next| !next.is_alphanumeric()) && !abbreviates(&text[start..at])
            }
            '。' | '！' | '？' => true,
            _ => false,
        };
        if ends || at + 1 == text.len() {
            let blank = |c: &char| c.is_whitespace();
            if let Some(first) = (start..=at).find(|at| !blank(&text[*at])) {
                let last = (first..=at).rev().find(|at| !blank(&text[*at])).unwrap_or(first);
                if text[first..=last].iter().any(|c| c.is_alphanumeric()) {
                    out.push(first..last + 1);
                }
            }
            start = at + 1;
        }
    }
    out
}

fn abbreviates(before: &[char]) -> bool {
    let word: String = before.iter().rev().take_while(|c| c.is_alphanumeric() || **c == '.').collect();
    let word: String = word.chars().rev().collect();
    word.chars().count() == 1 && !word.chars().all(char::is_numeric) || ABBREVIATIONS.contains(&word.as_str())
}

/// Where any of `terms` stands as whole words, in order, none within another, as character ranges.
fn terms<'t>(words: &str, terms: impl Iterator<Item = &'t str>) -> Vec<Range<usize>> {
    let mut bytes: Vec<Range<usize>> = Vec::new();
    for term in terms {
        for (start, _) in words.match_indices(term) {
            let end = start + term.len();
            let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let whole = free(words[..start].chars().next_back()) && free(words[end..].chars().next());
            if whole && !bytes.iter().any(|other| other.start < end && start < other.end) {
                bytes.push(start..end);
            }
        }
    }
    bytes.sort_by_key(|range| range.start);
    let chars = |byte: usize| words[..byte].chars().count();
    bytes.into_iter().map(|range| chars(range.start)..chars(range.end)).collect()
}
