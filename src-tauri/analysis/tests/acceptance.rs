//! The real article with its hand-made gold, where the shared cases lie beside the repository.

use std::path::Path;

use bilat_analysis::{Input, Kind, analyze};
use serde_json::Value;

#[test]
fn the_article_on_an_all_time_low_is_understood() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/cases/analysis/acceptance.json");
    let Ok(json) = std::fs::read_to_string(&path) else {
        println!("skipped: no shared cases beside the repository");
        return;
    };
    let case: Value = serde_json::from_str(&json).expect("the case is JSON");
    let gold = &case["gold"];
    let text = case["text"].as_str().expect("a text");
    let found = analyze(&Input {
        title: case["title"].as_str(),
        text,
        published: case["date"].as_str().and_then(|d| d.parse().ok()),
        ..Input::default()
    });

    let inside = |[start, end]: [usize; 2], range: &Value| {
        start >= range[0].as_u64().unwrap() as usize && end <= range[1].as_u64().unwrap() as usize
    };
    for quote in gold["quotes"].as_array().unwrap().iter().filter(|q| q["kind"] == "direct") {
        let speaker = quote["speaker"].as_str().unwrap();
        for fragment in quote["contents"].as_array().unwrap() {
            let hit = found
                .quotes
                .iter()
                .find(|q| q.kind == Kind::Direct && q.contents.iter().any(|&c| inside(c, fragment)))
                .expect("the fragment is found");
            let who = hit.speaker.as_ref().expect("a speaker");
            assert_eq!(who.name.as_deref(), Some(speaker));
            assert_eq!(who.role.as_deref(), Some("Kremlin spokesman"));
            assert_eq!(who.country.as_deref(), Some("RU"));
        }
    }
    let about: Vec<&str> = found.countries.iter().filter(|c| c.about).map(|c| c.iso2.as_str()).collect();
    assert_eq!(about, ["RU", "US", "UA"]);
    let pairs: Vec<(&str, &str)> = found.pairs.iter().map(|p| (p.a.as_str(), p.b.as_str())).collect();
    assert_eq!(pairs, [("RU", "US"), ("RU", "UA"), ("UA", "US")]);
    for date in gold["dates"].as_array().unwrap() {
        let (start, value) = (date["start"].as_u64().unwrap() as usize, date["value"].as_str().unwrap());
        assert!(found.dates.iter().any(|d| d.start == start && d.value == value), "{date}");
    }
    for person in gold["people"].as_array().unwrap() {
        assert!(
            found.people.iter().any(|p| Some(p.name.as_str()) == person["name"].as_str() && p.role.is_some()),
            "{person}"
        );
    }
}
