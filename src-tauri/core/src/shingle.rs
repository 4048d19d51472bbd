//! What two texts share: windows of words, hashed, and what it means that they share them.
//!
//! Newsrooms cut wire copy from the end, change its house style and put it inside longer stories, so
//! the sizes differ and a measure of likeness falls; how much of the shorter text stands in the other
//! does not. Only a sample of the hashes is kept for the search (one in eight); whom it finds is then
//! measured on all of them.
//!
//! Not everything shared makes an origin. Two reporters quote one speech; two different stories carry
//! the agency's paragraphs of background at their end. Shared quotations are told apart by their marks,
//! background by its place: what is derived shares a beginning.

use std::collections::HashMap;

use twox_hash::XxHash3_64;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::{Block, BlockKind, CodePoints, Relation};

/// Words a window has.
const WORDS: usize = 5;

/// Letters a window has where words are not divided by spaces.
const LETTERS: usize = 8;

/// Of how many hashes one is sampled: those with three zeros at the end.
const ZEROS: u32 = 3;

/// A sample has at least this many hashes, where the text has them …
const LEAST: usize = 16;

/// … and at most this many.
const MOST: usize = 128;

/// The share of the shorter text from which two texts are one.
const SAME: f32 = 0.8;

/// The share of the shorter text from which one is derived from the other (or both from a third): no
/// pair of 32,504 unrelated articles that had any window in common reached it.
const DERIVED: f32 = 0.3;

/// With fewer windows outside quotations than this, nothing can be said of them alone.
const ENOUGH: usize = 20;

/// From so many shared windows in quotation marks, some sixteen words, one article quotes what the other does.
const QUOTED: usize = 12;

/// One window of a text.
#[derive(Debug, Clone, Copy)]
struct Window {
    /// Where it stands: the number of its first word.
    at: u32,
    /// Whether most of it is in quotation marks.
    quoted: bool,
}

/// All windows of a text.
#[derive(Debug, Clone, Default)]
pub struct Shingles {
    windows: HashMap<u64, Window>,
    /// How many words the text has.
    words: u32,
}

/// A word as it is compared.
struct Word {
    hash: u64,
    /// Whether it is a letter of a script that does not divide words.
    letter: bool,
    quoted: bool,
}

impl Shingles {
    /// The windows of a snapshot's body: its paragraphs, quotations, list items and table rows, without
    /// headline, standfirst, subheads, captions and the dateline that opens it.
    pub fn of(text: &str, blocks: &[Block], dateline: Option<&str>) -> Self {
        let index = CodePoints::new(text);
        let body = |block: &&Block| {
            matches!(
                block.kind,
                BlockKind::Paragraph | BlockKind::Quote | BlockKind::Item | BlockKind::Row | BlockKind::Code
            )
        };
        let mut words = Vec::new();
        for (n, block) in blocks.iter().filter(body).enumerate() {
            let mut part = index.slice(block.span());
            if let (0, Some(place)) = (n, dateline) {
                part = without_dateline(part, place);
            }
            read(part, block.kind == BlockKind::Quote, &mut words);
        }
        let mut windows = HashMap::with_capacity(words.len());
        for at in 0..words.len() {
            let size = if words[at].letter { LETTERS } else { WORDS };
            let Some(window) = words.get(at..at + size) else { continue };
            let mut bytes = [0; 8 * LETTERS];
            for (word, place) in window.iter().zip(bytes.chunks_exact_mut(8)) {
                place.copy_from_slice(&word.hash.to_le_bytes());
            }
            let quoted = window.iter().filter(|word| word.quoted).count() * 2 > size;
            let hash = XxHash3_64::oneshot(&bytes[..8 * size]);
            windows.entry(hash).or_insert(Window { at: at as u32, quoted });
        }
        Self { windows, words: words.len() as u32 }
    }

    /// The sample by which the text is found: the same hashes of every text that has them, for the order
    /// in which they are taken is their own.
    pub fn sample(&self) -> Vec<u64> {
        let mut hashes: Vec<u64> = self.windows.keys().copied().collect();
        hashes.sort_unstable_by_key(|hash| hash.reverse_bits());
        let sampled = hashes.partition_point(|hash| hash.trailing_zeros() >= ZEROS);
        hashes.truncate(sampled.clamp(LEAST, MOST));
        hashes
    }

    /// How many words the text has; letters, where words are not divided.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// How many windows the text has.
    pub fn len(&self) -> usize {
        self.windows.len()
    }

    /// Whether the text is too short for any window.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }

    /// How much of this text, 0 to 1, stands in `other`.
    pub fn share_in(&self, other: &Shingles) -> f32 {
        let shared = self.windows.keys().filter(|hash| other.windows.contains_key(hash)).count();
        shared as f32 / self.windows.len().max(1) as f32
    }

    /// What the words that the two share make of them, and how much of the shorter one stands in the
    /// other; nothing where they share too little.
    pub fn relation(&self, other: &Shingles) -> Option<(Relation, f32)> {
        let (short, long) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        let (mut shared, mut quoted, mut opens) = (0_usize, 0_usize, false);
        for (hash, here) in &short.windows {
            let Some(there) = long.windows.get(hash) else { continue };
            shared += 1;
            if here.quoted || there.quoted {
                quoted += 1;
            } else {
                opens |= here.at * 3 < short.words || there.at * 3 < long.words;
            }
        }
        let share = shared as f32 / short.len().max(1) as f32;
        let own = |text: &Shingles| text.windows.values().filter(|window| !window.quoted).count();
        let least = own(short).min(own(long));
        // Of what no quotation marks enclose. A text that is all quotation is compared as it is.
        let outside = if least < ENOUGH { share } else { (shared - quoted) as f32 / least as f32 };
        if share >= SAME && outside >= DERIVED {
            return Some((Relation::SameText, share));
        }
        // Nothing shared near a beginning is background, or boilerplate, unless it is most of a text.
        let derived = share >= DERIVED && outside >= DERIVED && (opens || outside >= 2.0 * DERIVED);
        if derived {
            return Some((Relation::Derived, share));
        }
        (quoted >= QUOTED && quoted * 2 > shared).then_some((Relation::Quoting, share))
    }
}

/// The words behind “HARBOUR, Jan 5 (Wire) – ”, where the paragraph opens with such a line on `place`.
fn without_dateline<'a>(paragraph: &'a str, place: &str) -> &'a str {
    let Some(rest) = paragraph.strip_prefix(place) else { return paragraph };
    let head = rest.char_indices().nth(60).map_or(rest.len(), |(at, _)| at);
    let dash = rest[..head].find(['–', '—', '-']);
    dash.map_or(rest, |at| rest[at..].trim_start_matches(['–', '—', '-', ' ']))
}

/// Reads the words of one block, case and accents folded, and whether they stand in quotation marks.
fn read(text: &str, quotation: bool, words: &mut Vec<Word>) {
    let mut word = String::new();
    let (mut open, mut straight) = (false, false);
    let mut before = ' ';
    let mut take = |word: &mut String, letter: bool, quoted: bool| {
        if !word.is_empty() {
            words.push(Word { hash: XxHash3_64::oneshot(word.as_bytes()), letter, quoted });
            word.clear();
        }
    };
    for c in text.chars() {
        let quoted = quotation || open || straight;
        let letter = undivided(c);
        if !letter && (c.is_alphanumeric() || is_combining_mark(c)) {
            fold(c, &mut word);
        } else {
            take(&mut word, false, quoted);
            match c {
                '“' | '„' | '«' | '「' | '『' | '《' => open = true,
                '‘' if !before.is_alphanumeric() => open = true,
                '”' | '»' | '」' | '』' | '》' => open = false,
                '"' => straight = !straight,
                _ if letter => {
                    fold(c, &mut word);
                    take(&mut word, true, quoted);
                }
                _ => {}
            }
        }
        before = c;
    }
    take(&mut word, false, quotation || open || straight);
}

fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
    } else {
        into.extend(c.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)));
    }
}

/// Whether `c` belongs to a script that writes words without spaces between them: Thai, Lao, Tibetan,
/// Burmese, Khmer, Kana, Han.
fn undivided(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}
