//! What changed between two texts, word by word.
//!
//! The words are found as Unicode divides them (UAX 29); Han and Kana stand by character. Long texts are
//! divided first where four words in a row, then single words, stand once in each: between such places
//! the stretches are short, so the work grows with the length of the texts and not with its square. What
//! is left of a long stretch without any such place has nothing in common and is shown as replaced.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use ts_rs::TS;
use unicode_segmentation::UnicodeSegmentation;

use crate::{AnnotationId, AnnotationState, Span, char_len};

/// What became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It stands in both.
    Same,
    /// It stands in the older one only.
    Removed,
    /// It stands in the newer one only.
    Added,
}

/// One stretch of two compared texts. All of them in order make the newer text where those removed are left
/// out, and the older one where those added are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// The words.
    pub text: String,
    /// Where it stands in the older text.
    pub older: Option<Span>,
    /// Where it stands in the newer text.
    pub newer: Option<Span>,
}

/// What the step from one snapshot to another did to a marked passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnotationChange {
    /// The annotation.
    pub annotation: AnnotationId,
    /// Its words, to the letter.
    pub exact: String,
    /// Whether they stand in the older snapshot.
    pub older: AnnotationState,
    /// Whether they stand in the newer one.
    pub newer: AnnotationState,
    /// The same as evidence is worded: “present 3 Mar; absent 9 Sep”.
    pub wording: String,
}

/// Two snapshots held against each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Comparison {
    /// The texts, stretch by stretch.
    pub changes: Vec<Change>,
    /// What it did to each annotation, in the order of the text.
    pub annotations: Vec<AnnotationChange>,
}

/// Stretches up to this many words, both texts together, are compared word for word.
const SHORT: usize = 2_000;

/// How many words and spaces in a row mark a place, at each attempt.
const MARKS: [usize; 3] = [8, 3, 1];

/// What changed from `older` to `newer`.
///
/// ```
/// use bilat_core::{ChangeKind, difference};
/// let changes = difference("They signed a pact.", "They signed no pact.");
/// let told: Vec<_> = changes.iter().map(|change| (change.kind, change.text.as_str())).collect();
/// use ChangeKind::{Added, Removed, Same};
/// assert_eq!(told, [(Same, "They signed "), (Removed, "a"), (Added, "no"), (Same, " pact.")]);
/// ```
pub fn difference(older: &str, newer: &str) -> Vec<Change> {
    let (old, new) = (tokens(older), tokens(newer));
    let mut numbers = HashMap::new();
    let mut number = |tokens: &[&str]| -> Vec<u32> {
        tokens
            .iter()
            .map(|token| {
                let next = numbers.len() as u32;
                *numbers.entry((*token).to_owned()).or_insert(next)
            })
            .collect()
    };
    let (a, b) = (number(&old), number(&new));
    let mut same = Vec::new();
    align(&a, &b, 0, 0, &MARKS, &mut same);
    write(&old, &new, &same)
}

/// Words, white space and marks, each a token; together they are the text.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    for word in text.split_word_bounds() {
        // UAX 29 keeps Katakana together, and a script without spaces may come as one piece.
        if word.chars().next().is_some_and(|c| matches!(c, '\u{30a0}'..='\u{30ff}')) {
            tokens.extend(word.graphemes(true));
        } else {
            tokens.push(word);
        }
    }
    tokens
}

/// Finds runs of equal tokens, `(start in a, start in b, length)`, in order.
fn align(
    a: &[u32],
    b: &[u32],
    at_a: usize,
    at_b: usize,
    marks: &[usize],
    same: &mut Vec<(usize, usize, usize)>,
) {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    if front > 0 {
        same.push((at_a, at_b, front));
    }
    let (a, b, at_a, at_b) = (&a[front..], &b[front..], at_a + front, at_b + front);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - back], &b[..b.len() - back]);
    if !a.is_empty() && !b.is_empty() {
        if a.len() + b.len() <= SHORT {
            for op in capture_diff_slices(Algorithm::Myers, a, b) {
                if op.tag() == DiffTag::Equal {
                    same.push((
                        at_a + op.old_range().start,
                        at_b + op.new_range().start,
                        op.old_range().len(),
                    ));
                }
            }
        } else if let Some((size, fewer)) = marks.split_first() {
            let (mut from_a, mut from_b) = (0, 0);
            for (in_a, in_b) in places(a, b, *size) {
                // Places that overlap the last one are part of it already, or contradict it.
                if in_a < from_a || in_b < from_b {
                    continue;
                }
                align(&a[from_a..in_a], &b[from_b..in_b], at_a + from_a, at_b + from_b, fewer, same);
                same.push((at_a + in_a, at_b + in_b, *size));
                (from_a, from_b) = (in_a + size, in_b + size);
            }
            align(&a[from_a..], &b[from_b..], at_a + from_a, at_b + from_b, fewer, same);
        }
    }
    if back > 0 {
        same.push((at_a + a.len(), at_b + b.len(), back));
    }
}

/// Where `size` tokens in a row stand exactly once in each text, in the longest series that is in order in
/// both (patience diff).
fn places(a: &[u32], b: &[u32], size: usize) -> Vec<(usize, usize)> {
    let once = |tokens: &[u32]| {
        let mut found: HashMap<Vec<u32>, Option<usize>> = HashMap::new();
        for (at, window) in tokens.windows(size).enumerate() {
            found.entry(window.to_vec()).and_modify(|place| *place = None).or_insert(Some(at));
        }
        found
    };
    let (in_a, in_b) = (once(a), once(b));
    let mut pairs: Vec<(usize, usize)> =
        in_a.iter().filter_map(|(window, at)| Some(((*at)?, (*in_b.get(window)?)?))).collect();
    pairs.sort_unstable();
    // The longest increasing series of places in b: piles, and for each pair the one it lies on.
    let mut piles: Vec<usize> = Vec::new();
    let mut under = vec![None; pairs.len()];
    for n in 0..pairs.len() {
        let pile = piles.partition_point(|top| pairs[*top].1 < pairs[n].1);
        under[n] = pile.checked_sub(1).map(|below| piles[below]);
        match piles.get_mut(pile) {
            Some(top) => *top = n,
            None => piles.push(n),
        }
    }
    let mut series = Vec::new();
    let mut next = piles.last().copied();
    while let Some(n) = next {
        series.push(pairs[n]);
        next = under[n];
    }
    series.reverse();
    series
}

/// From runs of equal tokens to stretches of text. White space and marks alone between two changes are part
/// of the change, or a replaced sentence would fall to pieces.
fn write(old: &[&str], new: &[&str], same: &[(usize, usize, usize)]) -> Vec<Change> {
    let mut kept: Vec<(usize, usize, usize)> = Vec::new();
    for run in same {
        match kept.last_mut() {
            Some(last) if last.0 + last.2 == run.0 && last.1 + last.2 == run.1 => last.2 += run.2,
            _ => kept.push(*run),
        }
    }
    let wordless = |(at, _, many): &(usize, usize, usize)| {
        old[*at..at + many].iter().all(|token| !token.chars().any(char::is_alphanumeric))
    };
    let ends = |(a, b, many): &(usize, usize, usize)| {
        (*a, *b) == (0, 0) || (a + many, b + many) == (old.len(), new.len())
    };
    kept.retain(|run| ends(run) || !wordless(run));

    let mut changes = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    let (mut in_old, mut in_new) = (0_u32, 0_u32);
    let mut put = |kind, tokens: &[&str]| {
        let text = tokens.concat();
        if text.is_empty() {
            return;
        }
        let many = char_len(&text);
        let span = |from: &mut u32| {
            *from += many;
            Some(Span::new(*from - many, *from))
        };
        let older = if kind == ChangeKind::Added { None } else { span(&mut in_old) };
        let newer = if kind == ChangeKind::Removed { None } else { span(&mut in_new) };
        changes.push(Change { kind, text, older, newer });
    };
    for (a, b, many) in kept {
        put(ChangeKind::Removed, &old[at_old..a]);
        put(ChangeKind::Added, &new[at_new..b]);
        put(ChangeKind::Same, &old[a..a + many]);
        (at_old, at_new) = (a + many, b + many);
    }
    put(ChangeKind::Removed, &old[at_old..]);
    put(ChangeKind::Added, &new[at_new..]);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// “kept −removed− +added+”.
    fn check(older: &str, newer: &str) -> String {
        let shown = |change: Change| match change.kind {
            ChangeKind::Same => change.text,
            ChangeKind::Removed => format!("−{}−", change.text),
            ChangeKind::Added => format!("+{}+", change.text),
        };
        difference(older, newer).into_iter().map(shown).collect()
    }

    #[test]
    fn words_are_shown_as_a_reader_would_mark_them() {
        assert_eq!(check("The pact was signed.", "The pact was not signed."), "The pact was +not +signed.");
        assert_eq!(check("He spoke on 3 March.", "He spoke on 9 March."), "He spoke on −3−+9+ March.");
        assert_eq!(
            check("The envoy left the hall at noon.", "The envoy met two ministers at noon."),
            "The envoy −left the hall−+met two ministers+ at noon."
        );
        assert_eq!(check("One.\n\nTwo.", "One.\n\nTwo.\n\nThree."), "One.\n\nTwo.+\n\nThree.+");
        assert_eq!(check("", "All new."), "+All new.+");
        assert_eq!(check("Same.", "Same."), "Same.");
        assert_eq!(check("", ""), "");
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_character() {
        assert_eq!(
            check("両国は条約に署名した。", "両国は協定に署名した。"),
            "両国は−条約−+協定+に署名した。"
        );
        assert_eq!(check("Договор подписан.", "Договор не подписан."), "Договор +не +подписан.");
    }

    #[test]
    fn a_long_text_with_scattered_edits_is_compared_place_by_place() {
        let mut random = 7_u64;
        let mut word = |_| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            format!("w{}", (random >> 33) % 5_003)
        };
        let older: Vec<String> = (0..60_000).map(&mut word).collect();
        let mut newer = older.clone();
        for n in (0..60_000).step_by(1_000) {
            newer[n] = format!("x{n}");
        }
        let changes = difference(&older.join(" "), &newer.join(" "));
        assert_eq!(changes.iter().filter(|change| change.kind == ChangeKind::Added).count(), 60);
        assert_eq!(changes.iter().filter(|change| change.kind == ChangeKind::Removed).count(), 60);
    }
}
