//! Sentences of our own with what must be found in each: one line, easy to add to.

use bilat_analysis::{Analysis, Input, Kind, analyze};

/// What a line asks that the analysis does not give.
fn missing(text: &str, found: &Analysis, fact: &str) -> bool {
    let points: Vec<char> = text.chars().collect();
    let words = |[start, end]: [usize; 2]| points[start..end].iter().collect::<String>();
    let (what, rest) = fact.split_once(' ').unwrap_or((fact, ""));
    match what {
        "quote" => {
            let (mode, rest) = rest.split_once(' ').expect("mode, speaker: words");
            let (speaker, said) = rest.split_once(": ").expect("speaker: words");
            let kind = match mode {
                "direct" => Kind::Direct,
                "mixed" => Kind::Mixed,
                _ => Kind::Indirect,
            };
            !found.quotes.iter().any(|q| {
                let by = q
                    .speaker
                    .as_ref()
                    .is_some_and(|s| s.name.as_deref() == Some(speaker) || s.text.contains(speaker));
                let contents: Vec<String> = q.contents.iter().map(|&c| words(c)).collect();
                q.kind == kind && by && contents.join(" … ") == said
            })
        }
        "speaker" => {
            let parts: Vec<&str> = rest.split(", ").collect();
            !found.quotes.iter().filter_map(|q| q.speaker.as_ref()).any(|s| {
                s.name.as_deref() == Some(parts[0])
                    && s.role.as_deref() == Some(parts[1])
                    && s.country.as_deref() == Some(parts[2])
            })
        }
        "country" => {
            let mut want: Vec<&str> = rest.split_whitespace().collect();
            let mut have: Vec<&str> =
                found.countries.iter().filter(|c| c.about).map(|c| c.iso2.as_str()).collect();
            want.sort_unstable();
            have.sort_unstable();
            want != have
        }
        "pair" => found.pairs.first().is_none_or(|p| format!("{}-{}", p.a, p.b) != rest),
        "date" => {
            let (expression, value) = rest.split_once(" = ").expect("words = value");
            !found.dates.iter().any(|d| words([d.start, d.end]) == expression && d.value == value)
        }
        "event" => {
            let (sides, category) = rest.split_once(' ').expect("sides and category");
            let (source, target) = sides.split_once('>').expect("source>target");
            !found
                .events
                .iter()
                .any(|e| e.source == source && e.target.as_deref() == Some(target) && e.plover == category)
        }
        "none" if rest == "quotes" => !found.quotes.is_empty(),
        "none" if rest == "dates" => !found.dates.is_empty(),
        "none" if rest == "events" => !found.events.is_empty(),
        _ => panic!("the gallery knows no “{what}”"),
    }
}

#[test]
fn every_line_of_the_gallery_is_understood() {
    let mut failures = Vec::new();
    let (mut facts, mut known) = (0, 0);
    for (number, line) in include_str!("../gallery/sentences.tsv").lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let mut cells = line.split('\t');
        let published = cells.next().and_then(|d| d.parse().ok());
        let text = cells.next().expect("a text").replace("\\n", "\n");
        let found = analyze(&Input { text: &text, published, ..Input::default() });
        for fact in cells.next().expect("what must be found").split("; ") {
            facts += 1;
            if let Some(fact) = fact.strip_prefix('?') {
                known += 1;
                if !missing(&text, &found, fact) {
                    failures.push(format!("line {}: mended, take the ? away: {fact}", number + 1));
                }
            } else if missing(&text, &found, fact) {
                failures.push(format!("line {}: {fact}\n      {text}", number + 1));
            }
        }
    }
    println!("{facts} facts, {known} known failures");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
