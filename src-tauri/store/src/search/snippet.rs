//! The passage around a hit, made for the rows that are shown and for no others.

use std::collections::BTreeSet;
use std::ops::Range;

use bilat_core::SnippetPart;

use super::plan::Mark;
use super::text;

/// About how long a snippet is, in bytes.
const LENGTH: usize = 220;

/// How far into a text hits are looked for, in bytes.
const REACH: usize = 256 << 10;

/// The passage of `body` where the most of `marks` stand together; its start where none does.
pub fn snippet(body: &str, marks: &[Mark]) -> Vec<SnippetPart> {
    let body = &body[..text::floor(body, REACH)];
    let hits = hits(body, marks);
    let best = best(body, &hits);
    let from = best.map_or(0, |first| start_of_passage(body, first.start));
    let until = end_of_passage(body, text::floor(body, from + LENGTH), from);
    let mut parts = Vec::new();
    let mut push = |text: String, hit| {
        if !text.is_empty() {
            parts.push(SnippetPart { text, hit });
        }
    };
    let plain = |range: Range<usize>| one_line(&body[range]);
    let mut at = from;
    let mut before = if from > 0 { "… ".to_owned() } else { String::new() };
    for hit in hits.iter().filter(|hit| hit.start >= from && hit.end <= until) {
        if hit.start < at {
            continue;
        }
        push(before + &plain(at..hit.start), false);
        push(body[hit.clone()].to_owned(), true);
        (at, before) = (hit.end, String::new());
    }
    let after = if until < body.len() { " …" } else { "" };
    push(before + &plain(at..until) + after, false);
    parts
}

/// Where in `text` the passage that a snippet would show has its first hit; nowhere where there is none.
pub fn place(text: &str, marks: &[Mark]) -> Option<Range<usize>> {
    let hits = hits(text, marks);
    best(text, &hits).cloned()
}

/// The first hit of the best passage. The first of the best: later ones must have more different hits.
fn best<'a>(body: &str, hits: &'a [Range<usize>]) -> Option<&'a Range<usize>> {
    let best = hits.iter().take(64).fold(None, |best: Option<(usize, &Range<usize>)>, first| {
        let near = |hit: &&Range<usize>| hit.start >= first.start && hit.end <= first.start + LENGTH;
        let many = hits.iter().filter(near).map(|hit| &body[hit.clone()]).collect::<BTreeSet<_>>().len();
        match best {
            Some((most, _)) if most >= many => best,
            _ => Some((many, first)),
        }
    });
    best.map(|(_, first)| first)
}

/// `text` with every run of line breaks made one space.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Where the passage around a hit begins: with its sentence if that is near, else some words before.
fn start_of_passage(body: &str, hit: usize) -> usize {
    let near = text::floor(body, hit.saturating_sub(LENGTH / 2));
    let stretch = &body[near..hit];
    if near == 0 {
        return 0;
    }
    let sentence = stretch
        .rfind(['\n', '。'])
        .map(|at| near + at + stretch[at..].chars().next().map_or(1, char::len_utf8));
    let sentence = sentence.or_else(|| stretch.rfind(". ").map(|at| near + at + 2));
    sentence.or_else(|| stretch.find(' ').map(|at| near + at + 1)).unwrap_or(near)
}

fn end_of_passage(body: &str, near: usize, from: usize) -> usize {
    if near == body.len() {
        return near;
    }
    body[from..near].rfind(char::is_whitespace).filter(|at| *at > LENGTH / 2).map_or(near, |at| from + at)
}

/// Where marks stand in `body`, in order.
fn hits(body: &str, marks: &[Mark]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let phrases: Vec<(&[String], bool)> = marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Words(words, open) => Some((words.as_slice(), *open)),
            Mark::Cjk(_) => None,
        })
        .collect();
    let starts: Vec<char> = phrases.iter().filter_map(|(words, _)| words.first()?.chars().next()).collect();
    if !phrases.is_empty() {
        let places: Vec<_> = text::places(body).collect();
        let mut folded = String::new();
        let mut fold = |at: &Range<usize>, wanted: &str, open: bool| {
            folded.clear();
            text::fold_into(&body[at.clone()], &mut folded);
            folded == wanted || (open && folded.starts_with(wanted))
        };
        for at in 0..places.len() {
            // Most words begin with another letter than any that is looked for.
            let first = body[places[at].clone()].chars().next().map(|c| c.to_ascii_lowercase());
            if first.is_some_and(|c| c.is_ascii() && !starts.contains(&c)) {
                continue;
            }
            for (phrase, open) in &phrases {
                let Some(stretch) = places.get(at..at + phrase.len()) else { continue };
                let last = phrase.len() - 1;
                let matches = stretch
                    .iter()
                    .zip(*phrase)
                    .enumerate()
                    .all(|(n, (place, wanted))| fold(place, wanted, *open && n == last));
                if matches {
                    found.push(places[at].start..stretch[last].end);
                    break;
                }
            }
        }
    }
    for mark in marks {
        if let Mark::Cjk(run) = mark {
            found.extend(body.match_indices(run.as_str()).map(|(at, run)| at..at + run.len()));
        }
    }
    found.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(phrase: &str, open: bool) -> Mark {
        Mark::Words(phrase.split(' ').map(str::to_owned).collect(), open)
    }

    fn shown(body: &str, marks: &[Mark]) -> String {
        let parts = snippet(body, marks);
        parts.iter().map(|p| if p.hit { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn a_snippet_shows_the_hits_in_their_passage() {
        let filler = "Nothing happened in the harbour that week, as far as anybody could tell. ".repeat(8);
        let body = format!("{filler}The Télégramme said the pact was signed.\n\nThe pact holds.");
        assert_eq!(
            shown(&body, &[words("telegramme", true), words("the pact", false)]),
            "… The [Télégramme] said [the pact] was signed. [The pact] holds."
        );
        assert_eq!(shown("両国は条約を締結した", &[Mark::Cjk("条約".into())]), "両国は[条約]を締結した");
        assert_eq!(shown("Short text.", &[words("absent", false)]), "Short text.");
        assert_eq!(shown("Signatures and signs", &[words("sign", true)]), "[Signatures] and [signs]");
        assert_eq!(shown("قال الوَزِيرُ ذلك", &[words("الوزير", false)]), "قال [الوَزِيرُ] ذلك");
    }

    #[test]
    fn the_place_is_that_of_the_passage() {
        let body = "Pact first. Then much later, the harbour pact.";
        assert_eq!(
            place(body, &[words("pact", false), words("harbour", false)]).map(|at| &body[at]),
            Some("Pact")
        );
        assert_eq!(
            place(
                &format!("Pact. {} the harbour pact", "x ".repeat(300)),
                &[words("pact", false), words("harbour", false)]
            )
            .map(|at| at.len()),
            Some(7)
        );
        assert_eq!(place(body, &[words("lighthouse", false)]), None);
    }
}
