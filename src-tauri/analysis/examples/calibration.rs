//! What a quotation's confidence means: of the quotations suggested with it, how many are right.
//!
//! Reads articles whose attributions people marked, one JSON document a line: `{"text", "date", "gold":
//! [{"content": [[start, end]], "source": [[start, end]]}]}` in code points, and prints a table. Right is
//! the same words, at least half of them both ways, by a speaker whose words overlap.

use std::collections::HashSet;
use std::io::BufRead;

use bilat_analysis::{Input, Quotation, analyze};
use serde_json::Value;

type Points = HashSet<usize>;

/// The lower bounds of the rows.
const ROWS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args()
        .nth(1)
        .ok_or("which file? give articles with marked attributions, a JSON line each")?;
    let mut rows = [(0_usize, 0_usize); ROWS.len()];
    let mut off = 0.0;
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        for (confidence, right) in judged(&serde_json::from_str(&line?)?) {
            let row = ROWS.iter().rposition(|from| confidence >= *from).unwrap_or(0);
            rows[row].0 += 1;
            rows[row].1 += usize::from(right);
            off += f64::from(u8::from(right)) - confidence;
        }
    }
    println!("| confidence | n | right | share |\n|---|---|---|---|");
    for (at, (n, right)) in rows.iter().enumerate() {
        let range = match (ROWS.get(at + 1), at) {
            (Some(to), 0) => format!("below {to}"),
            (Some(to), _) => format!("{}–{to}", ROWS[at]),
            (None, _) => format!("{} and more", ROWS[at]),
        };
        println!("| {range} | {n} | {right} | {:.2} |", *right as f64 / (*n).max(1) as f64);
    }
    let all: usize = rows.iter().map(|(n, _)| n).sum();
    println!(
        "\n{all} quotations; the share of right ones is {:+.3} off the mean confidence.",
        off / all.max(1) as f64
    );
    Ok(())
}

/// Every quotation suggested in an article: its confidence, and whether it is right.
fn judged(article: &Value) -> Vec<(f64, bool)> {
    let text = article["text"].as_str().unwrap_or_default();
    let letters: Vec<char> = text.chars().collect();
    let published = article["date"].as_str().and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let found =
        analyze(&Input { text, published, title: article["title"].as_str(), ..Input::default() }).quotes;
    let marked: Vec<(Points, Points)> = article["gold"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|gold| (points(&letters, spans(&gold["content"])), points(&letters, spans(&gold["source"]))))
        .collect();
    let said: Vec<Points> = found.iter().map(|q| points(&letters, q.contents.iter().copied())).collect();
    let mut matches: Vec<(f64, usize, usize)> = Vec::new();
    for (g, (gold, _)) in marked.iter().enumerate() {
        for (q, words) in said.iter().enumerate() {
            let both = gold.intersection(words).count();
            if both * 2 >= gold.len().max(1) && both * 2 >= words.len().max(1) {
                matches.push((both as f64 / gold.union(words).count() as f64, g, q));
            }
        }
    }
    matches.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut taken, mut right) = (HashSet::new(), HashSet::new());
    let mut used = HashSet::new();
    for (_, g, q) in matches {
        if !taken.contains(&g) && used.insert(q) {
            taken.insert(g);
            let source = &marked[g].1;
            if source.is_empty() || !source.is_disjoint(&speaker(&letters, &found[q])) {
                right.insert(q);
            }
        }
    }
    found.iter().enumerate().map(|(q, one)| (one.confidence, right.contains(&q))).collect()
}

fn speaker(letters: &[char], quotation: &Quotation) -> Points {
    points(letters, quotation.speaker.iter().flat_map(|s| s.spans.iter().copied()))
}

fn spans(value: &Value) -> impl Iterator<Item = [usize; 2]> + '_ {
    let place = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    value.as_array().into_iter().flatten().filter_map(move |span| Some([place(&span[0])?, place(&span[1])?]))
}

/// The places that hold letters or figures: marks and spaces count for nothing.
fn points(letters: &[char], spans: impl Iterator<Item = [usize; 2]>) -> Points {
    spans
        .flat_map(|[start, end]| start..end.min(letters.len()))
        .filter(|&at| letters[at].is_alphanumeric())
        .collect()
}
