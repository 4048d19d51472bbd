//! Holds the author's own sentences against the rules of estimative language: one column of one
//! scale, likelihood apart from confidence, judgements with evidence, sources with names.
//!
//! After Intelligence Community Directive 203 and the yardstick of the UK's Professional Head of
//! Intelligence Assessment. Words inside quotations are somebody else's and are never judged, nor are
//! tables, which print the scale itself.

use std::ops::Range;

use bilat_core::Span;

use crate::check::{CheckedQuotation, Finding};
use crate::document::Document;
use crate::quotation::{Cite, Passage, PassageKind};

/// The first column of ICD 203.
const ICD: u8 = 1;
/// The second column of ICD 203.
const ICD_OTHER: u8 = 2;
/// The yardstick of PHIA.
const PHIA: u8 = 4;

/// Words of likelihood, the columns they stand in and their rank there from 1, longest first.
const LIKELIHOOD: &[(&str, u8, usize)] = &[
    ("roughly even chance", ICD, 4),
    ("realistic possibility", PHIA, 4),
    ("almost certainly", ICD | PHIA, 7),
    ("roughly even odds", ICD_OTHER, 4),
    ("highly improbable", ICD_OTHER, 2),
    ("almost no chance", ICD, 1),
    ("nearly certainly", ICD_OTHER, 7),
    ("nearly certain", ICD_OTHER, 7),
    ("almost certain", ICD | PHIA, 7),
    ("highly probably", ICD_OTHER, 6),
    ("highly probable", ICD_OTHER, 6),
    ("highly unlikely", PHIA, 2),
    ("remains remote", ICD_OTHER, 1),
    ("very unlikely", ICD, 2),
    ("remote chance", PHIA, 1),
    ("highly likely", PHIA, 6),
    ("very likely", ICD, 6),
    ("improbable", ICD_OTHER, 3),
    ("improbably", ICD_OTHER, 3),
    ("is remote", ICD_OTHER, 1),
    ("unlikely", ICD | PHIA, 3),
    ("probable", ICD_OTHER, 5),
    ("probably", ICD_OTHER, 5),
    ("likely", ICD | PHIA, 5),
];
/// The words of each column, from the least likely to the most.
const COLUMNS: &[(u8, [&str; 7])] = &[
    (
        ICD,
        [
            "almost no chance",
            "very unlikely",
            "unlikely",
            "roughly even chance",
            "likely",
            "very likely",
            "almost certain",
        ],
    ),
    (
        ICD_OTHER,
        [
            "remote",
            "highly improbable",
            "improbable",
            "roughly even odds",
            "probable",
            "highly probable",
            "nearly certain",
        ],
    ),
    (
        PHIA,
        [
            "remote chance",
            "highly unlikely",
            "unlikely",
            "realistic possibility",
            "likely",
            "highly likely",
            "almost certain",
        ],
    ),
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
/// Words for a time that only the day of writing knows.
const UNDATED: &[&str] = &[
    "in the coming months",
    "in the coming weeks",
    "in the coming days",
    "in the near future",
    "earlier this month",
    "earlier this week",
    "in recent months",
    "in recent weeks",
    "in recent days",
    "last month",
    "last week",
    "yesterday",
    "recently",
    "shortly",
    "soon",
];
/// Headings under which every sentence is a judgement.
const JUDGEMENT_HEADINGS: &[&str] = &["judgement", "judgment", "bottom line", "outlook", "assessment"];
/// Abbreviations whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] =
    &["mr", "mrs", "ms", "dr", "st", "gen", "col", "lt", "no", "vs", "e.g", "i.e", "u.s", "u.k"];

/// The scale a briefing keeps to, as its head says.
enum Scale {
    /// Nothing is said: the first word of likelihood decides.
    Open,
    /// Columns of the known scales.
    Columns(u8),
    /// The house's own words.
    House(Vec<String>),
}

impl Scale {
    fn new(written: &str) -> Self {
        let name: String =
            written.to_lowercase().chars().filter(|c| c.is_alphanumeric() || *c == ',').collect();
        match name.as_str() {
            "" => Self::Open,
            "icd" | "icd203" => Self::Columns(ICD | ICD_OTHER),
            "phia" => Self::Columns(PHIA),
            _ => Self::House(written.split(',').map(|word| word.trim().to_lowercase()).collect()),
        }
    }
}

/// The word of the same rank in a column that is in use.
fn same_rank(rank: usize, columns: u8) -> Option<String> {
    let (_, words) = COLUMNS.iter().find(|(column, _)| column & columns != 0)?;
    words.get(rank.checked_sub(1)?).map(|word| (*word).to_owned())
}

/// A rule that the author sets aside for one passage: `<!-- bilat:waive rule: reason -->`.
struct Waiver {
    rule: String,
    reason: String,
    at: usize,
}

impl Waiver {
    fn read(markdown: &str, at: &Range<usize>) -> Option<Self> {
        let comment = markdown.get(at.clone())?.strip_prefix("<!--").unwrap_or(&markdown[at.clone()]);
        let written = comment.trim_end_matches("-->").trim().strip_prefix("bilat:waive")?;
        let (rule, reason) = written.trim().split_once(':')?;
        let (rule, reason) = (rule.trim().to_owned(), reason.trim().to_owned());
        // Without a reason nothing is set aside.
        (!reason.is_empty()).then_some(Self { rule, reason, at: at.start })
    }
}

/// The findings on `passages`, in the order of the text.
pub(crate) fn check(
    document: &Document,
    markdown: &str,
    passages: &[Passage],
    quotations: &[CheckedQuotation],
    line: &dyn Fn(usize) -> u32,
    place: &dyn Fn(&Range<usize>) -> Span,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let scale = Scale::new(&document.front_matter.scale);
    let mut column = match scale {
        Scale::Columns(columns) => columns,
        Scale::Open | Scale::House(_) => ICD | ICD_OTHER | PHIA,
    };
    let waivers: Vec<Waiver> = document.comments.iter().filter_map(|at| Waiver::read(markdown, at)).collect();
    let running: Vec<&Passage> =
        passages.iter().filter(|passage| passage.kind == PassageKind::Running).collect();
    let mut before = 0;
    for (nth, passage) in running.iter().enumerate() {
        let own = own_words(passage);
        // A waiver stands before the passage or within it.
        let end = passage.glyphs.last().map_or(before, |glyph| glyph.end);
        let here: Vec<&Waiver> = waivers.iter().filter(|waiver| (before..end).contains(&waiver.at)).collect();
        before = end;
        let mut report = |rule: &str, range: Range<usize>, advice: &str, suggestion: Option<String>| {
            let at = passage.bytes(&range);
            let text = passage.text(range).replace('\n', " ").replace(" .", ".");
            let (line, span) = (line(at.start), place(&at));
            let waived = here.iter().find(|waiver| waiver.rule == rule).map(|waiver| waiver.reason.clone());
            findings.push(Finding {
                rule: rule.into(),
                line,
                span,
                text,
                advice: advice.into(),
                suggestion,
                waived,
            });
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
        let mut without_confidence = None;
        for sentence in sentences(&own) {
            let words: String = own[sentence.clone()].iter().collect();
            let offset = |found: &Range<usize>| sentence.start + found.start..sentence.start + found.end;
            let likelihood = terms(&words, LIKELIHOOD.iter().map(|(term, ..)| *term));
            for found in &likelihood {
                let term: String = own[offset(found)].iter().collect();
                let (columns, rank) = LIKELIHOOD
                    .iter()
                    .find(|(word, ..)| *word == term)
                    .map_or((column, 0), |(_, columns, rank)| (*columns, *rank));
                if let Scale::House(words) = &scale {
                    if !words.contains(&term) {
                        report(
                            "off_scale",
                            offset(found),
                            "The head of the briefing names a scale that does not have this word. Use one of its words.",
                            None,
                        );
                    }
                } else if column & columns == 0 {
                    let advice = match scale {
                        Scale::Columns(_) => "The head of the briefing names another scale. Use its word.",
                        _ => {
                            "The briefing uses words of another scale or column before. Keep to one column for the whole briefing."
                        }
                    };
                    report("mixed_scales", offset(found), advice, same_rank(rank, column));
                } else {
                    column &= columns;
                }
            }
            if !likelihood.is_empty() && !terms(&words, CONFIDENCE.iter().copied()).is_empty() {
                report(
                    "likelihood_with_confidence",
                    sentence.clone(),
                    "Likelihood and confidence stand in one sentence. Say how likely it is, then in a sentence of its own how sure you are and why.",
                    None,
                );
            }
            let judging = terms(&words, JUDGING.iter().copied());
            let is_judgement = under_judgements || !likelihood.is_empty() || !judging.is_empty();
            if is_judgement {
                for found in terms(&words, HEDGES.iter().copied()) {
                    let word: String = own[offset(&found)].iter().collect();
                    if matches!(&scale, Scale::House(words) if words.contains(&word)) {
                        continue;
                    }
                    report(
                        "unscaled_word",
                        offset(&found),
                        "The word has no place on the scale. Say how likely it is, such as unlikely, roughly even chance or likely.",
                        None,
                    );
                }
            }
            if (!likelihood.is_empty() || !judging.is_empty()) && !has_evidence {
                unsupported.get_or_insert(sentence.clone());
            }
            for found in terms(&words, PASSIVE.iter().copied()) {
                report(
                    "unnamed_source",
                    offset(&found),
                    "Nobody is named. Say who reports it, and cite it.",
                    None,
                );
            }
            for found in terms(&words, UNDATED.iter().copied()) {
                report(
                    "undated_claim",
                    offset(&found),
                    "The word has no date, and the briefing is read later. Give the day, the month or the horizon.",
                    None,
                );
            }
            let key = passage.headings.last().map(|heading| heading.to_lowercase());
            let key = key.is_some_and(|heading| heading.contains("key judg"));
            if key && !likelihood.is_empty() && without_confidence.is_none() {
                without_confidence = Some(sentence.clone());
            }
        }
        if let Some(sentence) = unsupported {
            report(
                "judgement_without_evidence",
                sentence,
                "The paragraph judges and cites nothing. Add a citation to the evidence it rests on.",
                None,
            );
        }
        // How sure one is may stand in the paragraph behind.
        let speaks = |passage: &Passage| {
            let words: String = own_words(passage).iter().collect();
            words.contains("confidence")
        };
        let behind = running.get(nth + 1).filter(|next| next.headings == passage.headings);
        if let Some(sentence) =
            without_confidence.filter(|_| !speaks(passage) && !behind.is_some_and(|next| speaks(next)))
        {
            report(
                "judgement_without_confidence",
                sentence,
                "The judgement does not say how sure it is. Add a sentence: high, moderate or low confidence, and why.",
                None,
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
