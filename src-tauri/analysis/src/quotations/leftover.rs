//! Marks that no cue of their sentence took.

use std::collections::HashMap;
use std::ops::Range;

use super::content::words;
use super::subject::{left_subject, nobody, speaks};
use super::{Said, refused, titled};
use crate::cues::{Form, cue};
use crate::people::People;
use crate::shape::Kind as Mode;
use crate::text::{Kind, Text};

/// Marks that no cue of their sentence took: they go on with the speaker before them, or belong to
/// the sentence that introduces or follows them.
pub(super) fn orphans(
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
                    sentence: n,
                    ..Said::by(
                        Some(inner.start..colon),
                        Some(colon..colon + 1),
                        Mode::Direct,
                        vec![words],
                        0.8,
                    )
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
                        sentence: n,
                        ..Said::by(Some(subject), None, Mode::Direct, vec![inner], 0.75)
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
                            .or_else(|| people.first_within(&text.sentences[k]).map(|m| people.words(m)))
                    });
                let (subject, confidence) = match (introduced, speaker) {
                    (Some(run), _) => (Some(run), 0.6),
                    (None, Some((subject, _))) => (subject, 0.45),
                    (None, None) => {
                        let near = n
                            .checked_sub(1)
                            .filter(|&k| paragraph_of[k] + 1 >= paragraph_of[n])
                            .and_then(|k| people.first_within(&text.sentences[k]));
                        (near.map(|m| people.words(m)), 0.4)
                    }
                };
                if length >= 5 || subject.is_some() {
                    said.push(Said {
                        sentence: n,
                        ..Said::by(subject, None, Mode::Direct, vec![inner], confidence)
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
                && let Some(named) = people.within(&(s.start..mark.open))
            {
                said.push(Said {
                    sentence: n,
                    ..Said::by(Some(people.words(named)), None, Mode::Direct, vec![inner], 0.5)
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

impl Text<'_> {
    pub(crate) fn spaced_paragraph(&self, i: usize) -> bool {
        i > 0
            && i < self.tokens.len()
            && self.src[self.tokens[i - 1].end..self.tokens[i].start].contains('\n')
    }
}
