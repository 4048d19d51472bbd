//! The passage of a text that is closest to a quote whose words stand in it no more.
//!
//! Words are compared, not letters, and marks and spaces between them do not count. A passage is only
//! found where it is nearly the same and nothing else is nearly as close; and a near miss in a name, a
//! number or a negation is an alteration, never a match.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::{CodePoints, Span};

/// The least share of a quote's letters that the passage must have.
const LEAST: f32 = 0.9;

/// By how much the passage must be closer than any other.
const AHEAD: f32 = 0.1;

/// A quote of fewer words is found to the letter or not at all: one changed word of it is too much.
const FEWEST: usize = 4;

/// The most comparisons of words that one search may cost.
const MOST_WORK: usize = 60_000_000;

/// Words that turn a sentence round, in the languages that clippings come in most.
const NEGATIONS: &[&str] = &[
    "no",
    "not",
    "never",
    "neither",
    "nor",
    "none",
    "nobody",
    "nothing",
    "without",
    "cannot",
    "hardly",
    "nicht",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinem",
    "nie",
    "niemals",
    "ohne",
    "weder",
    "nichts",
    "ne",
    "pas",
    "jamais",
    "non",
    "sans",
    "aucun",
    "aucune",
    "rien",
    "ni",
    "sin",
    "nunca",
    "jamás",
    "ningún",
    "ninguna",
    "nada",
    "não",
    "nem",
    "sem",
    "mai",
    "senza",
    "nessun",
    "nessuno",
    "niente",
    "niet",
    "geen",
    "nooit",
    "zonder",
    "inte",
    "ikke",
    "aldrig",
    "aldri",
    "utan",
    "uten",
    "ei",
    "eivät",
    "ilman",
    "nie",
    "bez",
    "nigdy",
    "не",
    "нет",
    "ни",
    "никогда",
    "без",
    "нельзя",
    "ні",
    "немає",
    "ніколи",
    "değil",
    "yok",
    "hiç",
];

/// Syllables that turn a word round.
const TURNING: &[&str] = &["un", "in", "im", "il", "ir", "dis", "non", "mis", "de", "не", "без", "бес"];

/// A passage near a quote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// Where it stands.
    pub span: Span,
    /// How near it is: 1 where only marks and spaces differ.
    pub score: f32,
}

/// A word as it is compared, and where it stands, in bytes.
struct Word<'a> {
    said: &'a str,
    folded: String,
    start: usize,
    end: usize,
}

impl Word<'_> {
    /// What a word weighs: its letters, and one for the word.
    fn weight(&self) -> u32 {
        self.folded.chars().count() as u32 + 1
    }
}

fn words(text: &str) -> Vec<Word<'_>> {
    text.unicode_word_indices()
        .map(|(start, said)| {
            let same = |c: char| if matches!(c, '’' | 'ʼ' | '＇') { '\'' } else { c };
            let folded =
                said.nfc().filter(|c| *c != '\u{ad}').map(same).flat_map(char::to_lowercase).collect();
            Word { said, folded, start, end: start + said.len() }
        })
        .collect()
}

/// The passage of `text` that is closest to `exact`; nothing where none is close enough, two are, or the
/// closest says something else.
pub(crate) fn closest(text: &CodePoints<'_>, exact: &str) -> Option<Passage> {
    let whole = text.slice(Span::new(0, text.len()));
    let (quote, text_words) = (words(exact), words(whole));
    if quote.len() < FEWEST || text_words.len().saturating_mul(quote.len()) > MOST_WORK {
        return None;
    }
    let total: u32 = quote.iter().map(Word::weight).sum();
    let ends = aligned(&quote, &text_words);
    let score = |cost: u32| 1.0 - cost as f32 / total as f32;
    let (at, best) = ends.iter().enumerate().min_by_key(|(at, end)| (end.cost, *at))?;
    if score(best.cost) < LEAST || best.from > at {
        return None;
    }
    let apart = |(other, end): &(usize, &End)| *other < best.from || end.from > at;
    let second = ends.iter().enumerate().filter(apart).map(|(_, end)| end.cost).min();
    if second.is_some_and(|cost| score(best.cost) - score(cost) < AHEAD) {
        return None;
    }
    let passage = &text_words[best.from..=at];
    if best.cost > 0 && altered(&quote, passage) {
        return None;
    }
    let (start, end) = (passage.first()?.start, passage.last()?.end);
    let span = Span::new(text.code_point(start), text.code_point(end));
    Some(Passage { span, score: score(best.cost) })
}

/// The cheapest way to come from the quote to a passage that ends with a word, and where that begins.
#[derive(Clone, Copy)]
struct End {
    cost: u32,
    from: usize,
}

/// For every word of the text, the passage nearest the quote that ends with it (Sellers 1980).
fn aligned(quote: &[Word<'_>], text: &[Word<'_>]) -> Vec<End> {
    let mut above: Vec<End> = (0..=text.len()).map(|from| End { cost: 0, from }).collect();
    let mut row = above.clone();
    for said in quote {
        row[0] = End { cost: above[0].cost + said.weight(), from: 0 };
        for (n, word) in text.iter().enumerate() {
            let changed = if said.folded == word.folded { 0 } else { said.weight().max(word.weight()) };
            let options = [
                End { cost: above[n].cost + changed, ..above[n] },
                End { cost: above[n + 1].cost + said.weight(), ..above[n + 1] },
                End { cost: row[n].cost + word.weight(), ..row[n] },
            ];
            row[n + 1] = options.into_iter().min_by_key(|end| end.cost).unwrap_or(options[0]);
        }
        std::mem::swap(&mut above, &mut row);
    }
    above.drain(..1);
    above
}

/// Whether what differs between the two is more than wording: a name, a number, a negation, or a word of a
/// script whose names cannot be told by their capitals.
fn altered(quote: &[Word<'_>], passage: &[Word<'_>]) -> bool {
    let ids = |words: &[Word<'_>]| words.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
    let (a, b) = (ids(quote), ids(passage));
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b) {
        let (gone, come) = (&quote[op.old_range()], &passage[op.new_range()]);
        if op.tag() == similar::DiffTag::Equal {
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

fn telling(word: &Word<'_>) -> bool {
    let cased = |c: char| c.is_lowercase() || c.is_uppercase();
    word.said.chars().any(char::is_numeric)
        || word.said.chars().any(char::is_uppercase)
        || word.said.chars().any(|c| c.is_alphabetic() && !cased(c))
        || NEGATIONS.contains(&word.folded.as_str())
        || word.folded.ends_with("n't")
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
