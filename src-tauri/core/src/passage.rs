//! The passage of a text that is closest to a quote whose words stand in it no more.
//!
//! Words are compared, not letters, and marks and spaces between them do not count, unless they say
//! something: a currency, a minus, a question. A passage is only close where it is nearly the same and
//! nothing else is nearly as close; and a near miss in a name, a number or a negation is an alteration,
//! never a match. What is less than close is the likeliest place for a person to look at.
//!
//! A text is divided into words once for all quotes that are looked for in it. Words are compared in those
//! stretches alone that hold enough of the quote's own words to reach the least score, so that hundreds of
//! lost quotes in a text as long as a book are looked for in the time of a few.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::{CodePoints, Span, is_negation};

/// The least share of a quote's letters that a close passage must have.
const LEAST: f32 = 0.9;

/// The least share that makes a place worth a person's look.
const WORTH: f32 = 0.6;

/// By how much the passage must be closer than any other.
const AHEAD: f32 = 0.1;

/// A quote of fewer words is close to nothing: one changed word of it is too much.
const FEWEST: usize = 4;

/// A quote of less weight is found to the letter or by what stands around it.
const LIGHTEST: u32 = 12;

/// The most comparisons of words that one search may cost.
const MOST_WORK: usize = 60_000_000;

/// Syllables that turn a word round.
const TURNING: &[&str] = &["un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "не", "без", "бес"];

/// What a text says in the place of a quote's words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Near {
    /// The same words, with other marks or spaces between them.
    Same(Span),
    /// Nearly the same words, and how nearly, 0 to 1.
    Close(Span, f32),
    /// The likeliest place; the words there say something else, or another place is nearly as likely.
    Likely(Span, f32),
}

/// A word as it is compared, and where it stands, in bytes.
struct Word<'a> {
    said: &'a str,
    folded: String,
    /// Equal for equal words of the text; [`UNKNOWN`] for those that are not in it.
    number: u32,
    start: usize,
    end: usize,
}

const UNKNOWN: u32 = u32::MAX;

impl Word<'_> {
    /// What a word weighs: its letters, and one for the word.
    fn weight(&self) -> u32 {
        self.folded.chars().count() as u32 + 1
    }
}

fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    text.unicode_word_indices().map(|(start, said)| {
        let same = |c: char| if matches!(c, '’' | 'ʼ' | '＇') { '\'' } else { c };
        let folded = said.nfc().filter(|c| *c != '\u{ad}').map(same).flat_map(char::to_lowercase).collect();
        Word { said, folded, number: UNKNOWN, start, end: start + said.len() }
    })
}

/// A text in its words.
pub(crate) struct Passages<'a> {
    whole: &'a str,
    words: Vec<Word<'a>>,
    numbers: HashMap<String, u32>,
    /// Where the word of each number stands, in words.
    places: Vec<Vec<usize>>,
}

impl<'a> Passages<'a> {
    pub(crate) fn new(whole: &'a str) -> Self {
        let mut found = Self { whole, words: Vec::new(), numbers: HashMap::new(), places: Vec::new() };
        for (at, mut word) in words(whole).enumerate() {
            let next = found.places.len() as u32;
            word.number = *found.numbers.entry(word.folded.clone()).or_insert(next);
            if word.number == next {
                found.places.push(Vec::new());
            }
            found.places[word.number as usize].push(at);
            found.words.push(word);
        }
        found
    }

    /// What stands here in the place of `exact`; nothing where no passage is near.
    pub(crate) fn near(&self, text: &CodePoints<'_>, exact: &str) -> Option<Near> {
        let mut quote: Vec<Word<'_>> = words(exact).collect();
        for word in &mut quote {
            word.number = self.numbers.get(&word.folded).copied().unwrap_or(UNKNOWN);
        }
        let total: u32 = quote.iter().map(Word::weight).sum();
        let span = |from: usize, to: usize| {
            let (start, end) = (self.words[from].start, self.words[to].end);
            Span::new(text.code_point(start), text.code_point(end))
        };
        let says_else = |from: usize| self.says_else(exact, &quote, &self.words[from..from + quote.len()]);
        let (true_ones, others): (Vec<usize>, Vec<usize>) =
            self.sequences(&quote).into_iter().partition(|from| !says_else(*from));
        let whole = |from: usize| span(from, from + quote.len() - 1);
        match (true_ones.as_slice(), others.as_slice()) {
            ([one], _) => return Some(Near::Same(whole(*one))),
            ([first, ..], _) | ([], [first, ..]) => return Some(Near::Likely(whole(*first), 1.0)),
            ([], []) => {}
        }
        if total < LIGHTEST {
            return None;
        }
        let (best, second) = self.closest(&quote, total)?;
        let score = |cost: u32| 1.0 - cost as f32 / total as f32;
        let found = span(best.from, best.at);
        let ahead = second.is_none_or(|cost| score(best.cost) - score(cost) >= AHEAD);
        let close = score(best.cost) >= LEAST && ahead && quote.len() >= FEWEST;
        if close && !self.says_else(exact, &quote, &self.words[best.from..=best.at]) {
            return Some(Near::Close(found, score(best.cost)));
        }
        Some(Near::Likely(found, score(best.cost)))
    }

    /// Where the words of `quote` follow one another.
    fn sequences(&self, quote: &[Word<'_>]) -> Vec<usize> {
        let known = |word: &Word<'_>| self.places.get(word.number as usize).map_or(0, Vec::len);
        let Some((rarest, word)) = quote.iter().enumerate().min_by_key(|(_, word)| known(word)) else {
            return Vec::new();
        };
        let Some(places) = self.places.get(word.number as usize) else { return Vec::new() };
        let starts = places.iter().filter_map(|at| at.checked_sub(rarest));
        let here = |from: &usize| {
            let there = self.words.get(*from..*from + quote.len());
            there.is_some_and(|there| there.iter().zip(quote).all(|(a, b)| a.number == b.number))
        };
        starts.filter(here).collect()
    }

    /// The passage nearest to `quote`, and the cost of the nearest that shares no word with it.
    fn closest(&self, quote: &[Word<'_>], total: u32) -> Option<(Passage, Option<u32>)> {
        let stretches = self.stretches(quote, total);
        let many: usize = stretches.iter().map(|(from, to)| to - from).sum();
        if many.saturating_mul(quote.len()) > MOST_WORK {
            return None;
        }
        let ends: Vec<Passage> = stretches
            .into_iter()
            .flat_map(|(from, to)| aligned(quote, &self.words[from..to], from))
            .collect();
        let most = ((1.0 - WORTH) * total as f32) as u32;
        let best = *ends.iter().filter(|end| end.from <= end.at).min_by_key(|end| (end.cost, end.at))?;
        if best.cost > most {
            return None;
        }
        let apart = |end: &&Passage| end.at < best.from || end.from > best.at;
        let second = ends.iter().filter(apart).map(|end| end.cost).min();
        Some((best, second))
    }

    /// The stretches, in words, that hold enough of the quote's words for the least score. A passage with
    /// that score leaves out or changes at most so much of the quote, and puts in at most as much.
    fn stretches(&self, quote: &[Word<'_>], total: u32) -> Vec<(usize, usize)> {
        let lost = ((1.0 - WORTH) * total as f32).ceil() as u32;
        let width = quote.len() + lost as usize / 2;
        let mut wanted: HashMap<u32, (u32, u32)> = HashMap::new();
        for word in quote.iter().filter(|word| word.number != UNKNOWN) {
            wanted.entry(word.number).or_insert((0, word.weight())).0 += 1;
        }
        let mut places: Vec<(usize, u32)> = wanted
            .keys()
            .flat_map(|number| self.places[*number as usize].iter().map(|at| (*at, *number)))
            .collect();
        places.sort_unstable();
        let mut held: HashMap<u32, u32> = HashMap::new();
        let (mut first, mut weight) = (0, 0);
        let mut found: Vec<(usize, usize)> = Vec::new();
        for &(at, number) in &places {
            let have = held.entry(number).or_default();
            *have += 1;
            if *have <= wanted[&number].0 {
                weight += wanted[&number].1;
            }
            while places[first].0 + width <= at {
                let (many, its) = wanted[&places[first].1];
                let have = held.entry(places[first].1).or_default();
                if *have <= many {
                    weight -= its;
                }
                *have -= 1;
                first += 1;
            }
            if weight + lost < total {
                continue;
            }
            // A changed word at either end belongs to the passage.
            let (from, to) = (places[first].0.saturating_sub(1), (at + 2).min(self.words.len()));
            match found.last_mut() {
                Some(last) if last.1 >= from => last.1 = last.1.max(to),
                _ => found.push((from, to)),
            }
        }
        found
    }

    /// Whether what differs between the two is more than wording: a name, a number, a negation, a word of a
    /// script whose names cannot be told by their capitals, or a mark that says something.
    fn says_else(&self, exact: &str, quote: &[Word<'_>], passage: &[Word<'_>]) -> bool {
        let ids = |words: &[Word<'_>]| words.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
        let (a, b) = (ids(quote), ids(passage));
        for op in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
            let (gone, come) = (&quote[op.old_range()], &passage[op.new_range()]);
            if op.tag() == similar::DiffTag::Equal {
                let cases = gone.iter().zip(come).any(|(one, other)| recapitalised(one, other));
                if cases || gaps(exact, gone) != gaps(self.whole, come) {
                    return true;
                }
                continue;
            }
            if gone.iter().chain(come).any(telling) {
                return true;
            }
            if gone.iter().any(|one| come.iter().any(|other| turned(&one.folded, &other.folded))) {
                return true;
            }
        }
        false
    }
}

/// A passage by its words, and what it costs to come to it from the quote.
#[derive(Clone, Copy)]
struct Passage {
    cost: u32,
    from: usize,
    at: usize,
}

/// For every word of `text`, which begins at word `first`, the passage nearest the quote that ends with it
/// (Sellers 1980).
fn aligned(quote: &[Word<'_>], text: &[Word<'_>], first: usize) -> Vec<Passage> {
    let weights: Vec<u32> = text.iter().map(Word::weight).collect();
    let mut above: Vec<(u32, usize)> = (0..=text.len()).map(|from| (0, from)).collect();
    let mut row = above.clone();
    for said in quote {
        let weight = said.weight();
        row[0] = (above[0].0 + weight, 0);
        for (n, word) in text.iter().enumerate() {
            let same = said.number == word.number && said.number != UNKNOWN;
            let changed = if same { 0 } else { weight.max(weights[n]) };
            let mut least = (above[n].0 + changed, above[n].1);
            for other in [(above[n + 1].0 + weight, above[n + 1].1), (row[n].0 + weights[n], row[n].1)] {
                if other.0 < least.0 {
                    least = other;
                }
            }
            row[n + 1] = least;
        }
        std::mem::swap(&mut above, &mut row);
    }
    let ends = above.into_iter().enumerate().skip(1);
    ends.map(|(end, (cost, from))| Passage { cost, from: first + from, at: first + end - 1 }).collect()
}

/// Whether a word was made a name, or a name a word: “us” and “US”.
fn recapitalised(one: &Word<'_>, other: &Word<'_>) -> bool {
    let capitals = |word: &Word<'_>| word.said.chars().filter(|c| c.is_uppercase()).count();
    // A sentence that begins elsewhere changes the first letter alone.
    one.said != other.said && (capitals(one) > 1) != (capitals(other) > 1)
}

/// The marks between `words` that say something: currencies, signs, questions.
fn gaps(text: &str, words: &[Word<'_>]) -> String {
    let mut found = String::new();
    for (n, pair) in words.windows(2).enumerate() {
        let gap = &text[pair[0].end..pair[1].start];
        let minus = gap.ends_with(['-', '−', '–', '‑'])
            && gap.chars().count() > 1
            && pair[1].said.starts_with(char::is_numeric);
        let says = |c: &char| "$€£¥₽₴₺₹₩₪₫₱₦฿¢₿%‰+±=<>≤≥≈~°&@#?؟？×÷/".contains(*c);
        let marks: String = gap.chars().filter(says).collect();
        if minus || !marks.is_empty() {
            found.push_str(&format!("{n}{marks}{}", if minus { "−" } else { "" }));
        }
    }
    found
}

fn telling(word: &Word<'_>) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    word.said.chars().any(char::is_numeric)
        || word.said.chars().any(char::is_uppercase)
        || word.said.chars().any(|c| c.is_alphabetic() && !cased(c))
        || is_negation(&word.folded)
        || NUMERALS.contains(&word.folded.as_str())
}

/// Numbers in words, where English, the language of most clippings, writes them so.
const NUMERALS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "dozen",
    "dozens",
    "score",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "million",
    "millions",
    "billion",
    "billions",
    "trillion",
    "half",
    "third",
    "quarter",
    "first",
    "second",
    "once",
    "twice",
    "double",
    "triple",
    "all",
    "every",
    "some",
    "few",
    "many",
    "most",
    "both",
];

/// Whether one word is the other turned round: “able” and “unable”.
fn turned(one: &str, other: &str) -> bool {
    let longer = |long: &str, short: &str| {
        TURNING.iter().any(|turn| long.strip_prefix(turn).is_some_and(|rest| rest == short))
            || long.strip_suffix("less").is_some_and(|stem| short.starts_with(stem))
    };
    longer(one, other) || longer(other, one)
}
