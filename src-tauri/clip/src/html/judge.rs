//! Which blocks of a page are its article.
//!
//! Two witnesses are heard for each block: what a Readability extractor took, and what the names
//! of the elements around the block say. With the block's own look, its neighbours and the text
//! that stands in the same box they are the measures of [`measure`]; a forest of small decision
//! trees, fitted on the articles of WCXB (CC-BY-4.0) whose text is known, weighs them. Most of
//! the measures know no language. The trees stand in `judge.trees`, one a line.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use bilat_core::BlockKind;

use super::around::{GROUPS, NOWHERE};
use super::render::Rendered;
use crate::{date, furniture, line};

/// What is known of one block.
pub const MEASURES: usize = 114;
/// Where the share stands that the extractor took.
pub const TAKEN: usize = 20;
/// The measures of one block.
pub type Measures = [f32; MEASURES];

/// So many words in a row make a shingle: short enough that a sentence has some.
const SHINGLE: usize = 3;

/// Hashes are spread already.
#[derive(Default)]
pub struct Spread(u64);
impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// The shingles of a text.
pub type Shingles = HashSet<u64, BuildHasherDefault<Spread>>;

/// The words of a text, each as a hash of its letters without case.
pub fn hashed(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6 + 1);
    let mut hash = 0u64;
    for c in text.chars() {
        if c.is_alphanumeric() {
            let c = if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) };
            hash = mix(hash, u64::from(u32::from(c)));
            // Chinese and Japanese write no spaces: each sign is a word.
            if matches!(c, '\u{3040}'..='\u{9fff}') {
                words.push(hash);
                hash = 0;
            }
        } else if hash != 0 {
            words.push(hash);
            hash = 0;
        }
    }
    if hash != 0 {
        words.push(hash);
    }
    words
}

fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value ^ 0x9e37).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn shingles(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(SHINGLE).map(|three| three.iter().fold(0, |hash, &word| mix(hash, word)))
}

/// Adds a passage's shingles; a passage shorter than one counts as a whole.
pub fn learn(known: &mut Shingles, words: &[u64]) {
    if words.len() < SHINGLE {
        known.insert(words.iter().fold(1, |hash, &word| mix(hash, word)));
    }
    known.extend(shingles(words));
}

/// How much of a passage is known, from 0 to 1.
pub fn share(known: &Shingles, words: &[u64]) -> f32 {
    if words.len() < SHINGLE {
        let whole = words.iter().fold(1, |hash, &word| mix(hash, word));
        return f32::from(known.contains(&whole));
    }
    let found = shingles(words).filter(|hash| known.contains(hash)).count();
    found as f32 / (words.len() + 1 - SHINGLE) as f32
}

/// What the witnesses say of a page.
pub struct Page<'a> {
    pub blocks: &'a [Rendered],
    /// The words of each block.
    pub words: &'a [Vec<u64>],
    /// What the extractor took.
    pub taken: &'a Shingles,
    /// The headline.
    pub title: &'a [u64],
}

/// A block's look.
struct Look {
    letters: f32,
    words: f32,
    linked: f32,
    inward: f32,
    sentence: f32,
    taken: f32,
    prose: f32,
    furniture: f32,
    entry: f32,
    heading: f32,
}

fn look(block: &Rendered, words: &[u64], taken: &Shingles) -> Look {
    let text = &block.piece.text;
    let letters = line::chars(text) as f32;
    let spaces = text.bytes().filter(|&byte| byte == b' ').count() as f32;
    let linked = (block.linked as f32 / (letters - spaces).max(1.0)).min(1.0);
    let sentence = f32::from(line::ends_sentence(text));
    let of_page = furniture::line_of_page(text);
    Look {
        letters,
        words: words.len() as f32,
        linked,
        inward: (block.inward as f32 / (letters - spaces).max(1.0)).min(1.0),
        sentence,
        taken: share(taken, words),
        prose: if letters >= 40.0 && linked < 0.5 { letters } else { 0.0 },
        furniture: f32::from(of_page),
        entry: f32::from(of_page || furniture::is_entry(text)),
        heading: f32::from(block.piece.kind == BlockKind::Heading),
    }
}

/// Measures every block of a page, in order.
pub fn measure(page: &Page, mut each: impl FnMut(usize, &Measures)) {
    let looks: Vec<Look> =
        page.blocks.iter().zip(page.words).map(|(block, words)| look(block, words, page.taken)).collect();
    let total: f32 = looks.iter().map(|look| look.prose).sum::<f32>().max(1.0);
    let taken: f32 = looks.iter().map(|look| look.prose * look.taken).sum::<f32>().max(1.0);

    // What stands in one box, and what is made alike: prose, letters, linked letters, letters taken, blocks.
    let mut boxes: HashMap<dom_query::NodeId, [f32; 5]> = HashMap::new();
    let mut shapes: HashMap<[u64; 2], [f32; 5]> = HashMap::new();
    for (block, look) in page.blocks.iter().zip(&looks) {
        let own = [look.prose, look.letters, look.letters * look.linked, look.letters * look.taken, 1.0];
        let add = |sums: &mut [f32; 5]| sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        for id in block.around.boxes.iter().flatten() {
            add(boxes.entry(*id).or_default());
        }
        add(shapes.entry(block.around.shape).or_default());
    }
    // How often a line stands on the page, how often as a subhead, and how often so far.
    let mut seen: HashMap<u64, [u32; 3], BuildHasherDefault<Spread>> = HashMap::default();
    let whole = |words: &[u64]| words.iter().fold(7, |hash, &word| mix(hash, word));
    for (words, look) in page.words.iter().zip(&looks) {
        let counts = seen.entry(whole(words)).or_default();
        counts[0] += 1;
        counts[1] += u32::from(look.heading > 0.0);
    }
    let sure = |look: &Look| look.taken > 0.7 && look.prose > 60.0;
    let first = looks.iter().position(sure).unwrap_or(0);
    let last = looks.iter().rposition(sure).unwrap_or(looks.len().saturating_sub(1));
    let mut title = Shingles::default();
    learn(&mut title, page.title);
    let headline = looks
        .iter()
        .zip(page.words)
        .position(|(look, words)| look.heading > 0.0 && words.len() > 1 && share(&title, words) > 0.7)
        .unwrap_or(0);

    let mut before = 0.0;
    let (mut head_linked, mut head_ends, mut since_head, mut head_level) = (0f32, 0f32, 0f32, 0f32);
    let mut since_end: f32 = 200.0;
    let count = looks.len().max(1) as f32;
    for (at, (block, look)) in page.blocks.iter().zip(&looks).enumerate() {
        let text = &block.piece.text;
        let around = &block.around;
        let kind = block.piece.kind;
        let ends = f32::from(look.letters <= 60.0 && furniture::ends_article(text));
        if kind == BlockKind::Heading {
            (head_linked, head_ends, since_head) = (look.linked, ends, 0.0);
            head_level = f32::from(block.piece.level);
        } else {
            since_head += 1.0;
        }
        since_end = if ends > 0.0 { 0.0 } else { since_end + 1.0 };
        let mut m = [0f32; MEASURES];
        let mut n = 0;
        let mut put = |value: f32| {
            m[n] = value;
            n += 1;
        };
        // The block itself.
        put(look.letters.min(2000.0));
        put(look.words.min(300.0));
        put(look.letters / look.words.max(1.0));
        put(look.linked);
        put(look.sentence);
        put(f32::from(line::ends_clause(text)));
        put(match kind {
            BlockKind::Heading => 2.0,
            BlockKind::Quote => 3.0,
            BlockKind::Item => 4.0,
            BlockKind::Caption => 5.0,
            BlockKind::Row => 6.0,
            BlockKind::Code => 7.0,
            _ => 1.0,
        });
        put(f32::from(block.piece.level));
        put(look.furniture);
        put(look.entry);
        put(ends);
        let digits = text.bytes().filter(u8::is_ascii_digit).count() as f32;
        put(digits / look.letters.max(1.0));
        put(f32::from(look.letters < 60.0 && line::all_capitals(text)));
        put(f32::from(look.letters < 120.0 && digits > 3.0 && date::line(text).is_some()));
        put(text.matches([',', ';', '،', '、']).count().min(20) as f32);
        put(f32::from(line::starts_lower(text)));
        put(f32::from(text.contains(['©', '|', '@'])));
        put(f32::from(text.ends_with(['…', ':', '?', '!'])));
        let counts = seen.entry(whole(&page.words[at])).or_default();
        let [copies, heads, earlier] = *counts;
        counts[2] += 1;
        put(copies.min(5) as f32);
        put(share(&title, &page.words[at]));
        // The witnesses.
        put(look.taken);
        put((taken / total).min(1.0));
        put(before / total);
        put((at as f32 - first as f32).clamp(-60.0, 60.0));
        put((at as f32 - last as f32).clamp(-60.0, 60.0));
        put((at as f32 - headline as f32).clamp(-60.0, 300.0));
        put(at as f32 / count);
        put(total.min(50000.0));
        for group in 0..GROUPS {
            put(f32::from(around.up[group].min(NOWHERE)));
            put(f32::from(around.many[group].min(6)));
        }
        put(f32::from(around.depth));
        put(f32::from(u8::from(around.marked)));
        put(f32::from(u8::from(around.article)));
        put(f32::from(u8::from(around.main)));
        put(f32::from(u8::from(around.hidden)));
        // What else its boxes hold.
        for id in around.boxes {
            let sums = id.and_then(|id| boxes.get(&id)).copied().unwrap_or_default();
            put(sums[0] / total);
            put(sums[2] / sums[1].max(1.0));
            put(look.letters / sums[1].max(1.0));
            put(sums[3] / sums[1].max(1.0));
        }
        let alike = shapes[&around.shape];
        put(alike[0] / total);
        put(alike[2] / alike[1].max(1.0));
        put(alike[3] / alike[1].max(1.0));
        put(alike[4].min(200.0));
        // The section.
        put(head_linked);
        put(head_ends);
        put(since_head.min(50.0));
        put(head_level);
        put(since_end.min(60.0));
        // The neighbours.
        for step in [-2isize, -1, 1, 2] {
            let near = at.checked_add_signed(step).and_then(|near| looks.get(near));
            put(near.map_or(-1.0, |near| near.letters.min(1000.0)));
            put(near.map_or(1.0, |near| near.linked));
            put(near.map_or(0.0, |near| near.taken));
            put(near.map_or(0.0, |near| near.sentence + 2.0 * near.heading));
        }
        let around_it = |reach: usize| {
            let from = at.saturating_sub(reach);
            let to = (at + reach + 1).min(looks.len());
            let span = &looks[from..to];
            let letters: f32 = span.iter().map(|near| near.letters).sum::<f32>().max(1.0);
            (
                span.iter().map(|near| near.letters * near.taken).sum::<f32>() / letters,
                span.iter().map(|near| near.letters * near.linked).sum::<f32>() / letters,
                span.iter().map(|near| near.prose).sum::<f32>() / letters,
                span.iter().map(|near| near.furniture).sum::<f32>(),
            )
        };
        for reach in [3, 10] {
            let (taken, linked, prose, furniture) = around_it(reach);
            put(taken);
            put(linked);
            put(prose);
            put(furniture);
        }
        // Contents repeat the subheads that they lead to.
        put(look.inward);
        put(f32::from(u8::from(heads > u32::from(look.heading > 0.0))));
        put(earlier.min(5) as f32);
        put(copies.saturating_sub(earlier + 1).min(5) as f32);
        before += look.prose;
        debug_assert_eq!(n, MEASURES);
        each(at, &m);
    }
}

/// A node of a tree: a question, or where the answer ends.
#[derive(Debug, Clone, Copy)]
enum Node {
    /// Left when the measure is at most the limit.
    Ask {
        measure: u8,
        limit: f32,
        left: u16,
        right: u16,
    },
    Say(f32),
}

/// Each tree's nodes, the root first.
static FOREST: LazyLock<Vec<Vec<Node>>> = LazyLock::new(|| {
    include_str!("judge.trees")
        .lines()
        .filter(|tree| !tree.starts_with('#'))
        .map(|tree| grow(tree).expect("the trees are a constant and a test grows them"))
        .collect()
});

/// Reads a tree in Polish notation: `measure limit LEFT RIGHT`, or `=value` for a leaf.
fn grow(tree: &str) -> Option<Vec<Node>> {
    fn read<'a>(said: &mut impl Iterator<Item = &'a str>, nodes: &mut Vec<Node>) -> Option<()> {
        let word = said.next()?;
        if let Some(value) = word.strip_prefix('=') {
            nodes.push(Node::Say(value.parse().ok()?));
            return Some(());
        }
        let measure: u8 = word.parse().ok()?;
        let limit = said.next()?.parse().ok()?;
        let at = nodes.len();
        nodes.push(Node::Say(0.0));
        let left = nodes.len() as u16;
        read(said, nodes)?;
        let right = nodes.len() as u16;
        read(said, nodes)?;
        nodes[at] = Node::Ask { measure, limit, left, right };
        ((measure as usize) < MEASURES).then_some(())
    }
    let mut nodes = Vec::new();
    let mut said = tree.split_ascii_whitespace();
    read(&mut said, &mut nodes)?;
    said.next().is_none().then_some(nodes)
}

/// How sure the judge is that a block is of the article: log odds, above 0 for more likely than not.
pub fn odds(measures: &Measures) -> f32 {
    FOREST
        .iter()
        .map(|tree| {
            let mut at = 0;
            loop {
                match tree[at] {
                    Node::Say(value) => return value,
                    Node::Ask { measure, limit, left, right } => {
                        let goes_left = measures[measure as usize] <= limit;
                        at = if goes_left { left } else { right } as usize;
                    }
                }
            }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tree_grows() {
        assert!(FOREST.len() > 20);
    }

    #[test]
    fn a_tree_asks_and_answers() {
        let nodes = grow("3 0.5 =-1 0 40 =0 =2").unwrap();
        assert_eq!(nodes.len(), 5);
        assert!(grow("3 0.5 =-1").is_none());
        assert!(grow("300 0.5 =-1 =1").is_none());
    }

    #[test]
    fn words_are_the_same_whatever_their_case() {
        assert_eq!(hashed("The FERRY sailed."), hashed("the ferry, sailed"));
        assert_eq!(hashed("渡轮").len(), 2);
    }
}
