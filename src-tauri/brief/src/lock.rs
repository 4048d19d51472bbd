//! Holds a quotation against the words of its source.
//!
//! Cheap answers first: the words as they stand, then without the closing comma or period, then as
//! segments. A near miss is an alteration, never a match: there is no score by which a quotation
//! passes. Only after it has failed is the closest passage looked for, to show what differs.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use bilat_core::{BlockKind, CiteKey, CodePoints, Span};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::check::{CheckedQuotation, Cited, DiffKind, DiffPart, QuoteState, Sources};
use crate::document::is_unspaced;
use crate::fold::{Folded, is_word, negates};
use crate::quotation::Quotation;

/// How many characters of the source `[words]` of the author's may stand for.
const WIDEST_REPLACEMENT: usize = 100;
/// How many places are tried for segments that hang together.
const MOST_TRIES: usize = 10_000;
/// How many other places of the same words are named.
const MOST_OTHER_PLACES: usize = 8;
/// What part of a quotation's words the closest passage must share to be called its source.
const ALIKE: f64 = 0.5;

/// Sources, looked up and folded once each.
pub(crate) struct Lock<'a> {
    sources: &'a dyn Sources,
    cited: HashMap<CiteKey, Option<Rc<Entry>>>,
    folded: HashMap<CiteKey, Rc<Folded>>,
}

struct Entry {
    cited: Cited,
    text: Rc<Folded>,
    title: Folded,
    translation: Option<Folded>,
    earlier: std::cell::OnceCell<Vec<Folded>>,
}

impl Entry {
    fn earlier(&self) -> &[Folded] {
        self.earlier.get_or_init(|| self.cited.earlier.iter().map(|(_, text)| Folded::new(text)).collect())
    }
}

impl<'a> Lock<'a> {
    pub fn new(sources: &'a dyn Sources) -> Self {
        Self { sources, cited: HashMap::new(), folded: HashMap::new() }
    }

    pub fn knows(&mut self, key: &CiteKey) -> bool {
        self.entry(key).is_some()
    }

    fn entry(&mut self, key: &CiteKey) -> Option<Rc<Entry>> {
        if let Some(known) = self.cited.get(key) {
            return known.clone();
        }
        let entry = self.sources.cited(key).map(|cited| {
            let text = self.folded.entry(cited.article_key.clone());
            let text = text.or_insert_with(|| Rc::new(Folded::new(&cited.text))).clone();
            Rc::new(Entry {
                text,
                title: Folded::new(&cited.title),
                translation: cited.translation.as_deref().map(Folded::new),
                earlier: std::cell::OnceCell::new(),
                cited,
            })
        });
        self.cited.insert(key.clone(), entry.clone());
        entry
    }

    /// What becomes of `quotation`, which starts on `line` and covers `span` of the Markdown.
    pub fn check(&mut self, quotation: Quotation, line: u32, span: Span) -> CheckedQuotation {
        let blank = CheckedQuotation {
            text: quotation.text,
            key: quotation.cites.first().map(|item| item.written.clone()),
            state: if quotation.cites.is_empty() { QuoteState::Uncited } else { QuoteState::Missing },
            line,
            span,
            found: None,
            position: None,
            also_at: vec![],
            differs: vec![],
            article: None,
            outlet: None,
            translated: false,
            captured_at: None,
        };
        let folded = Folded::new(&blank.text);
        let pattern = Pattern::new(&folded);
        let mut best: Option<CheckedQuotation> = None;
        for item in &quotation.cites {
            let Some(entry) = item.key.as_ref().and_then(|key| self.entry(key)) else { continue };
            let mut here = CheckedQuotation {
                key: Some(item.written.clone()),
                article: Some(entry.cited.title.clone()),
                outlet: entry.cited.outlet.clone(),
                ..blank.clone()
            };
            hold_against(&mut here, &folded, &pattern, &entry);
            let rank = |state: QuoteState| match state {
                QuoteState::Verified => 0,
                QuoteState::Typography => 1,
                QuoteState::Elided => 2,
                QuoteState::SourceChanged => 3,
                QuoteState::Altered => 4,
                QuoteState::Missing | QuoteState::Uncited => 5,
            };
            if best.as_ref().is_none_or(|best| rank(here.state) < rank(best.state)) {
                best = Some(here);
            }
        }
        best.unwrap_or(blank)
    }

    /// What to say of words that stand in the cited statement's article, but not in the statement: the
    /// note would name the wrong speaker.
    pub fn said_by_another(&mut self, checked: &CheckedQuotation) -> Option<String> {
        let position = checked.position.filter(|_| checked.state.is_verified())?;
        let key = checked.key.as_ref()?;
        let entry = self.entry(&key.parse().ok()?)?;
        let cited = &entry.cited;
        if cited.spans.is_empty() || cited.spans.iter().any(|span| span.overlaps(position)) {
            return None;
        }
        let speaker = cited.speaker.as_deref().unwrap_or("nobody named");
        Some(format!(
            "the words stand in the article but outside [@{key}], which is {speaker}’s; cite who said them, \
             or the article as [@{}]",
            cited.article_key
        ))
    }
}

fn hold_against(here: &mut CheckedQuotation, draft: &Folded, pattern: &Pattern, entry: &Entry) {
    let cited = &entry.cited;
    if let Some(found) = find(draft, pattern, &entry.text, Some(cited)) {
        here.state = found.state;
        here.found = Some(words_at(&cited.text, &entry.text, &found.parts));
        here.position = Some(found.span(&entry.text));
        here.also_at = found.also_at.iter().map(|part| entry.text.span(part.start, part.end)).collect();
        return;
    }
    if let Some(found) = find(draft, pattern, &entry.title, None) {
        here.state = found.state;
        here.found = Some(words_at(&cited.title, &entry.title, &found.parts));
        return;
    }
    if let Some(found) = entry.translation.as_ref().and_then(|text| find(draft, pattern, text, None)) {
        here.state = found.state;
        here.translated = true;
        let text = CodePoints::new(&cited.text);
        let passages: Vec<&str> = cited.spans.iter().map(|span| text.slice(*span)).collect();
        here.found = Some(passages.join(" […] ")).filter(|words| !words.is_empty());
        here.position =
            cited.spans.first().zip(cited.spans.last()).map(|(first, last)| Span::new(first.start, last.end));
        return;
    }
    for ((captured_at, text), folded) in cited.earlier.iter().zip(entry.earlier()) {
        if let Some(found) = find(draft, pattern, folded, None) {
            here.state = QuoteState::SourceChanged;
            here.found = Some(words_at(text, folded, &found.parts));
            here.captured_at = Some(captured_at.clone());
            return;
        }
    }
    let Some(parts) = closest(draft, pattern, &entry.text) else {
        here.state = QuoteState::Missing;
        return;
    };
    here.state = QuoteState::Altered;
    let words = words_at(&cited.text, &entry.text, &parts);
    here.differs = differences(&words, &here.text);
    here.position = Some(entry.text.span(parts[0].start, parts[parts.len() - 1].end));
    here.found = Some(words);
}

/// The original's words at `parts`, joined as elisions are.
fn words_at(text: &str, folded: &Folded, parts: &[Range<usize>]) -> String {
    let text = CodePoints::new(text);
    let words: Vec<&str> = parts.iter().map(|part| text.slice(folded.span(part.start, part.end))).collect();
    words.join(" […] ")
}

/// How a segment hangs together with what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing stands before it, or `[…]`.
    Free,
    /// `[words]` of the author's stand before it.
    Author,
}

/// A run of words that must stand in the source as it is.
#[derive(Debug)]
struct Segment {
    join: Join,
    /// `[T]he`: the letter in brackets, whose case is the author's.
    initial: Option<char>,
    words: Range<usize>,
}

/// A quotation cut at `…` and `[words]`.
#[derive(Debug)]
struct Pattern {
    segments: Vec<Segment>,
    /// Whether anything was cut.
    cut: bool,
    /// Whether `[words]` of the author's turn the sentence round: “will [not] sign”.
    turned: bool,
    /// Whether `[words]` of the author's open the quotation.
    opened: bool,
    /// Whether they end it.
    ended: bool,
}

impl Pattern {
    fn new(draft: &Folded) -> Self {
        let chars = &draft.loose;
        let mut pattern = Self { segments: vec![], cut: false, turned: false, opened: false, ended: false };
        let (mut start, mut at, mut join, mut initial) = (0, 0, Join::Free, None);
        while at < chars.len() {
            let bracket = match chars[at] {
                '[' => chars[at..].iter().position(|c| *c == ']').map(|len| at + len),
                '(' if chars[at..].starts_with(&['(', '…', ')']) => Some(at + 2),
                '…' => Some(at),
                _ => None,
            };
            let Some(close) = bracket else {
                at += 1;
                continue;
            };
            let inside: Vec<char> = chars[at..=close].iter().copied().filter(|c| is_word(*c)).collect();
            let before_is_letter = at > 0 && is_word(chars[at - 1]);
            let letter_follows = chars.get(close + 1).is_some_and(|c| is_word(*c));
            let added = pattern.add(draft, join, initial, start..at);
            // Two cuts side by side are as wide as the wider one.
            let wide = pattern.cut && !added && join == Join::Free;
            pattern.cut = true;
            let letter = close == at + 2 && letter_follows && !before_is_letter;
            let authors = !inside.is_empty() && !letter;
            pattern.turned |= authors && negates(&chars[at..close]);
            pattern.opened |= authors && pattern.segments.is_empty();
            pattern.ended = authors;
            (join, initial) = match inside[..] {
                [] => (Join::Free, None),
                [initial] if letter => {
                    (if pattern.segments.is_empty() { Join::Free } else { Join::Author }, Some(initial))
                }
                _ if pattern.segments.is_empty() => (Join::Free, None),
                _ => (Join::Author, None),
            };
            if wide {
                join = Join::Free;
            }
            (start, at) = (close + 1, close + 1);
        }
        pattern.ended &= !pattern.add(draft, join, initial, start..chars.len());
        pattern
    }

    /// Whether the source's words that `[words]` of the author's stand for, beside segment `n` at `place`, turn the
    /// sentence round. They are the author's to word, and not to reverse.
    fn turns(&self, n: usize, source: &Folded, from: usize, place: &Range<usize>) -> bool {
        let chars = &source.loose;
        let part = |c: &char| is_word(*c) || *c == '\'';
        let replaced = match self.segments[n].join {
            Join::Author => from..place.start,
            Join::Free if n == 0 && self.opened => {
                let end = chars[..place.start].iter().rposition(part).map_or(0, |last| last + 1);
                chars[..end].iter().rposition(|c| !part(c)).map_or(0, |gap| gap + 1)..end
            }
            Join::Free => place.start..place.start,
        };
        let last = self.ended && n + 1 == self.segments.len();
        let rest = &chars[place.end..];
        let after = rest.iter().skip_while(|c| !part(c)).take_while(|c| part(c)).copied().collect::<Vec<_>>();
        negates(&chars[replaced]) || (last && negates(&after))
    }

    fn add(&mut self, draft: &Folded, join: Join, initial: Option<char>, words: Range<usize>) -> bool {
        let dull = |at: &usize| draft.loose[*at] == ' ';
        let Some(start) = words.clone().find(|at| !dull(at)) else { return false };
        let end = words.clone().rev().find(|at| !dull(at)).map_or(start, |last| last + 1);
        // Punctuation alone between two cuts belongs to the cuts.
        let worded = draft.loose[start..end].iter().any(|c| is_word(*c));
        if worded {
            self.segments.push(Segment { join, initial, words: start..end });
        }
        worded
    }
}

/// Where a quotation stands in a source.
struct Found {
    state: QuoteState,
    parts: Vec<Range<usize>>,
    also_at: Vec<Range<usize>>,
}

impl Found {
    fn span(&self, source: &Folded) -> Span {
        let first = self.parts.first().map_or(0, |part| part.start);
        source.span(first, self.parts.last().map_or(0, |part| part.end))
    }
}

fn find(draft: &Folded, pattern: &Pattern, source: &Folded, cited: Option<&Cited>) -> Option<Found> {
    let whole = Needle::new(draft, 0..draft.len(), None);
    if let Some(mut places) =
        whole.as_ref().map(|whole| whole.places(source)).filter(|places| !places.is_empty())
    {
        if let Some(cited) = cited {
            places.sort_by_key(|place| (rank(cited, source.span(place.start, place.end)), place.start));
        }
        let exact = |place: &Range<usize>| {
            source.strict[place.clone()].iter().eq(draft
                .strict
                .iter()
                .skip(whole.as_ref().map_or(0, |w| w.from))
                .take(place.len()))
        };
        let state = if exact(&places[0]) { QuoteState::Verified } else { QuoteState::Typography };
        let also_at = places.iter().skip(1).take(MOST_OTHER_PLACES).cloned().collect();
        return Some(Found { state, parts: vec![places.swap_remove(0)], also_at });
    }
    if !pattern.cut || pattern.turned || pattern.segments.is_empty() {
        return None;
    }
    // The statement itself first, then the body, then anywhere.
    let mut starts = Vec::new();
    if let Some(cited) = cited {
        starts.extend(cited.spans.first().map(|span| source.at_code_point(span.start)));
        let body = cited.blocks.iter().find(|block| rank_of(block.kind) == 1);
        starts.extend(body.map(|block| source.at_code_point(block.start)));
    }
    starts.push(0);
    let needles: Option<Vec<Vec<Needle>>> =
        pattern.segments.iter().map(|segment| Needle::of(draft, segment)).collect();
    let needles = needles?;
    for start in starts {
        let mut tries = MOST_TRIES;
        let mut parts = Vec::new();
        if in_order(&needles, pattern, source, start, &mut tries, &mut parts) == Outcome::Found {
            return Some(Found { state: QuoteState::Elided, parts, also_at: vec![] });
        }
    }
    None
}

/// 0 inside the statement, 1 in the body, 2 in headline, standfirst and captions.
fn rank(cited: &Cited, span: Span) -> u8 {
    if cited.spans.iter().any(|passage| passage.overlaps(span)) {
        return 0;
    }
    cited.blocks.iter().find(|block| block.span().overlaps(span)).map_or(1, |block| rank_of(block.kind))
}

fn rank_of(kind: BlockKind) -> u8 {
    match kind {
        BlockKind::Title | BlockKind::Standfirst | BlockKind::Caption => 2,
        _ => 1,
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Found,
    /// Not from here, but perhaps from a later place.
    NotHere,
    /// Nowhere: later places have less left to find it in.
    Nowhere,
}

/// Finds the segments one after the other from the character `from` on.
fn in_order(
    needles: &[Vec<Needle>],
    pattern: &Pattern,
    source: &Folded,
    from: usize,
    tries: &mut usize,
    parts: &mut Vec<Range<usize>>,
) -> Outcome {
    let Some(alternatives) = needles.get(parts.len()) else { return Outcome::Found };
    let author = pattern.segments[parts.len()].join == Join::Author;
    let mut places: Vec<Range<usize>> = alternatives
        .iter()
        .flat_map(|needle| needle.places_from(source, from, author.then_some(WIDEST_REPLACEMENT)))
        .collect();
    places.retain(|place| !pattern.turns(parts.len(), source, from, place));
    places.sort_by_key(|place| place.start);
    for place in places {
        if *tries == 0 {
            return Outcome::Nowhere;
        }
        *tries -= 1;
        let end = place.end;
        parts.push(place);
        match in_order(needles, pattern, source, end, tries, parts) {
            Outcome::Found => return Outcome::Found,
            Outcome::Nowhere => {
                parts.pop();
                return Outcome::Nowhere;
            }
            Outcome::NotHere => {
                parts.pop();
            }
        }
    }
    if author { Outcome::NotHere } else { Outcome::Nowhere }
}

/// Words to look for.
struct Needle {
    text: String,
    len: usize,
    /// Its first character in the draft.
    from: usize,
    /// Whether a comma or period was cut from its end, so that no `?` or `!` may follow.
    closed: Option<Box<Needle>>,
}

impl Needle {
    /// The characters `words` of the draft, after `initial`. Marks at the edges are typography of the
    /// draft's and cut; nothing when no words remain.
    fn new(draft: &Folded, words: Range<usize>, initial: Option<char>) -> Option<Self> {
        let chars = &draft.loose;
        let mut start = words.start;
        while initial.is_none() && start < words.end && matches!(chars[start], '\'' | ' ') {
            start += 1;
        }
        let mut end = words.end;
        while end > start && matches!(chars[end - 1], '\'' | ' ') {
            end -= 1;
        }
        let mut short = end;
        while short > start
            && matches!(chars[short - 1], '\'' | ' ' | ',' | '.' | '。' | '、' | '，' | '،' | '۔')
        {
            short -= 1;
        }
        let make = |end: usize, closed: Option<Box<Needle>>| {
            let text: String = initial.into_iter().chain(chars[start..end].iter().copied()).collect();
            let len = end - start + usize::from(initial.is_some());
            chars[start..end].iter().any(|c| is_word(*c)).then_some(Needle { text, len, from: start, closed })
        };
        let closed = if short < end { make(short, None).map(Box::new) } else { None };
        make(end, closed)
    }

    fn of(draft: &Folded, segment: &Segment) -> Option<Vec<Self>> {
        let mut needles = Vec::new();
        match segment.initial {
            None => needles.extend(Needle::new(draft, segment.words.clone(), None)),
            Some(letter) => {
                let mut cases: Vec<char> = vec![letter];
                cases.extend(letter.to_lowercase().chain(letter.to_uppercase()).filter(|c| *c != letter));
                cases.truncate(3);
                needles.extend(
                    cases
                        .into_iter()
                        .filter_map(|case| Needle::new(draft, segment.words.clone(), Some(case))),
                );
            }
        }
        (!needles.is_empty()).then_some(needles)
    }

    fn places(&self, source: &Folded) -> Vec<Range<usize>> {
        self.places_from(source, 0, None)
    }

    /// Where the words stand from the character `from` on, starting at most `within` characters later.
    fn places_from(&self, source: &Folded, from: usize, within: Option<usize>) -> Vec<Range<usize>> {
        let places = self.all(source, from, within);
        match &self.closed {
            Some(shorter) if places.is_empty() => {
                let mut places = shorter.all(source, from, within);
                // “We sign.” does not stand in “We sign?”. In Chinese and Japanese a full stop is put
                // inside the marks only where the source has an end.
                let ideographic = self.text.chars().rev().find(|c| *c != '\'') == Some('。');
                places.retain(|place| {
                    let rest = &source.loose[place.end..];
                    let next = rest.iter().find(|c| !matches!(c, '\'' | ' '));
                    let asks = matches!(next, Some('?' | '!' | '？' | '！' | '؟'));
                    let goes_on = ideographic && rest.first().is_some_and(|c| is_word(*c));
                    !asks && !goes_on
                });
                places
            }
            _ => places,
        }
    }

    fn all(&self, source: &Folded, from: usize, within: Option<usize>) -> Vec<Range<usize>> {
        let mut places = Vec::new();
        let mut at = from;
        while let Some(start) = source.find(&self.text, at) {
            if within.is_some_and(|within| start > from + within) || places.len() >= MOST_TRIES {
                break;
            }
            let end = start + self.len;
            if source.may_start(start) && source.may_end(end) {
                places.push(start..end);
            }
            at = start + 1;
        }
        places
    }
}

/// A word and where it stands.
struct Word {
    text: String,
    at: Range<usize>,
}

fn words(folded: &Folded) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (at, c) in folded.loose.iter().copied().enumerate() {
        if !is_word(c) {
            continue;
        }
        let lower: String = c.to_lowercase().collect();
        match out.last_mut() {
            Some(word) if word.at.end == at && !is_unspaced(c) && !is_unspaced(folded.loose[at - 1]) => {
                word.text.push_str(&lower);
                word.at.end = at + 1;
            }
            _ => out.push(Word { text: lower, at: at..at + 1 }),
        }
    }
    out
}

/// The passages of the source that are most like the quotation; nothing when none is like it.
fn closest(draft: &Folded, pattern: &Pattern, source: &Folded) -> Option<Vec<Range<usize>>> {
    let wanted = words(draft);
    let stand = words(source);
    if pattern.segments.len() > 1
        && let Some(mut parts) = apart(draft, pattern, source, &wanted, &stand)
    {
        parts.sort_by_key(|part| part.start);
        return Some(parts);
    }
    nearest(&wanted, &stand).map(|passage| vec![passage])
}

/// The passage of `stand` that is most like the words `wanted`.
fn nearest(wanted: &[Word], stand: &[Word]) -> Option<Range<usize>> {
    if wanted.is_empty() || stand.is_empty() {
        return None;
    }
    // The window with the most words in common, counted as it slides.
    let width = (wanted.len() + wanted.len() / 4 + 1).min(stand.len());
    let mut missing: HashMap<&str, i64> = HashMap::new();
    for word in wanted {
        *missing.entry(&word.text).or_default() += 1;
    }
    let mut common = 0;
    let mut best = (0, 0);
    for at in 0..stand.len() {
        if let Some(left) = missing.get_mut(stand[at].text.as_str()) {
            common += i64::from(*left > 0);
            *left -= 1;
        }
        if at >= width
            && let Some(left) = missing.get_mut(stand[at - width].text.as_str())
        {
            *left += 1;
            common -= i64::from(*left > 0);
        }
        if common > best.0 {
            best = (common, (at + 1).saturating_sub(width));
        }
    }
    if (best.0 as f64) < ALIKE * wanted.len() as f64 {
        return None;
    }
    // Widen the window, align, and cut what stands in the source alone at either end.
    let from = best.1.saturating_sub(wanted.len() / 4 + 2);
    let window = &stand[from..(best.1 + width + wanted.len() / 4 + 2).min(stand.len())];
    let a: Vec<&str> = window.iter().map(|word| word.text.as_str()).collect();
    let b: Vec<&str> = wanted.iter().map(|word| word.text.as_str()).collect();
    let ops = capture_diff_slices(Algorithm::Myers, &a, &b);
    let in_both = |op: &&DiffOp| !matches!(op, DiffOp::Delete { .. } | DiffOp::Insert { .. });
    let first = ops.iter().find(in_both)?.old_range();
    let last = ops.iter().rev().find(in_both)?.old_range();
    let lead = edge(&ops, true, &first);
    let tail = edge(&ops, false, &last);
    Some(window[lead].at.start..window[tail].at.end)
}

/// The first or last word of the window that has a part in the quotation. A replaced run at an edge may
/// take in much of the source; only as many of its words count as the draft has in their place.
fn edge(ops: &[DiffOp], first: bool, range: &Range<usize>) -> usize {
    let op = if first {
        ops.iter().find(|op| op.old_range() == *range)
    } else {
        ops.iter().rev().find(|op| op.old_range() == *range)
    };
    let replaced = match op {
        Some(DiffOp::Replace { new_len, old_len, .. }) => (*new_len).min(*old_len),
        _ => range.len(),
    }
    .max(1);
    if first { range.end - replaced } else { range.start + replaced - 1 }
}

/// Where each segment stands by itself, or what is most like it; nothing when one stands nowhere. What
/// was cut stays cut: the words between two segments were never the draft's.
fn apart(
    draft: &Folded,
    pattern: &Pattern,
    source: &Folded,
    wanted: &[Word],
    stand: &[Word],
) -> Option<Vec<Range<usize>>> {
    let cut_only = pattern.segments.iter().all(|segment| segment.join == Join::Free);
    let mut end = 0;
    pattern
        .segments
        .iter()
        .map(|segment| {
            let needles = Needle::of(draft, segment)?;
            let places = || needles.iter().flat_map(|needle| needle.places(source));
            let part =
                places().find(|place| place.start >= end).or_else(|| places().next()).or_else(|| {
                    let first = wanted.partition_point(|word| word.at.start < segment.words.start);
                    let last = wanted.partition_point(|word| word.at.start < segment.words.end);
                    cut_only.then(|| nearest(&wanted[first..last], stand)).flatten()
                })?;
            end = part.end;
            Some(part)
        })
        .collect()
}

/// How `source` and `draft` differ, word by word.
fn differences(source: &str, draft: &str) -> Vec<DiffPart> {
    let (a, b) = (tokens(source), tokens(draft));
    let mut parts: Vec<DiffPart> = Vec::new();
    let mut add = |kind: DiffKind, words: &[&str]| {
        let text = words.concat();
        match parts.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.kind == kind => last.text.push_str(&text),
            _ => parts.push(DiffPart { text, kind }),
        }
    };
    for op in capture_diff_slices(Algorithm::Myers, &a, &b) {
        if let DiffOp::Equal { .. } = op {
            add(DiffKind::Same, &b[op.new_range()]);
        } else {
            add(DiffKind::Source, &a[op.old_range()]);
            add(DiffKind::Draft, &b[op.new_range()]);
        }
    }
    parts
}

/// Words, and what stands between them, in order.
fn tokens(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in text.char_indices() {
        let together = last.is_some_and(|last| {
            is_word(last) && is_word(c) && !is_unspaced(last) && !is_unspaced(c)
                || last.is_whitespace() && c.is_whitespace()
        });
        if at > 0 && !together {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(c);
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}
