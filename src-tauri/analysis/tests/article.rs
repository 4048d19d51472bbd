//! Promises about whole articles, in texts of our own about officials who do not exist.

use bilat_analysis::{Analysis, Input, analyze};

const ARTICLE: &str = "Portugal and Malta sign a pact on tuna\n\n\
Portuguese fisheries chief Rui Almansor says the pact is \"a gift to the fleet\".\n\n\
Portuguese fisheries chief Rui Almansor says the pact is \"a gift to the fleet\".\n\n\
NAIROBI – Portugal and Malta signed a pact on Friday. Malta had asked for it\n\n\
in 2021 when its boats lay idle.\n\n\
“We waited two years,” Mr Almansor said. “It was worth it.”";

fn read(text: &str) -> Analysis {
    analyze(&Input { text, published: "2023-01-20".parse().ok(), ..Input::default() })
}

fn about(found: &Analysis) -> Vec<&str> {
    found.countries.iter().filter(|c| c.about).map(|c| c.iso2.as_str()).collect()
}

#[test]
fn a_caption_printed_twice_is_one_statement() {
    let found = read(ARTICLE);
    let said = |words: &str| {
        found
            .quotes
            .iter()
            .filter(|q| {
                q.contents
                    .iter()
                    .any(|&[s, e]| ARTICLE.chars().skip(s).take(e - s).collect::<String>().contains(words))
            })
            .count()
    };
    assert_eq!(said("a gift to the fleet"), 1);
}

#[test]
fn words_before_and_after_the_attribution_are_one_statement() {
    let found = read(ARTICLE);
    let last = found.quotes.last().expect("a quotation");
    assert_eq!(last.contents.len(), 2);
    let speaker = last.speaker.as_ref().expect("a speaker");
    assert_eq!(
        (speaker.name.as_deref(), speaker.role.as_deref(), speaker.country.as_deref()),
        (Some("Rui Almansor"), Some("Portuguese fisheries chief"), Some("PT"))
    );
}

#[test]
fn the_place_of_writing_is_no_subject() {
    let found = read(ARTICLE);
    let mut codes = about(&found);
    codes.sort_unstable();
    assert_eq!(codes, ["MT", "PT"]);
    assert_eq!((found.pairs[0].a.as_str(), found.pairs[0].b.as_str()), ("MT", "PT"));
}

#[test]
fn a_sentence_that_a_link_broke_apart_is_read_as_one() {
    assert!(read(ARTICLE).dates.iter().any(|d| d.value == "2021"));
    let found = read("Mali has also\n\nprovided Togo with food aid,\n\nofficials said.");
    assert!(
        found
            .events
            .iter()
            .any(|e| e.source == "ML" && e.target.as_deref() == Some("TG") && e.plover == "AID")
    );
}

#[test]
fn without_a_date_of_publication_no_day_is_guessed() {
    let found = analyze(&Input { text: ARTICLE, ..Input::default() });
    let friday = found.dates.iter().find(|d| d.value.contains("WXX")).expect("Friday is found");
    assert_eq!((friday.from.as_deref(), friday.to.as_deref()), (None, None));
}

#[test]
fn the_wire_shape_has_every_field() {
    let json = serde_json::to_value(read(ARTICLE)).expect("plain data");
    for (list, fields) in [
        ("quotes", &["contents", "kind", "cue", "confidence", "speaker"][..]),
        ("countries", &["iso2", "score", "about", "mentions"]),
        ("pairs", &["a", "b", "score"]),
        ("people", &["name", "role", "country", "mentions"]),
        ("dates", &["start", "end", "type", "value", "from", "to", "inferred"]),
        ("events", &["source", "target", "plover", "quad", "date", "span", "status", "confidence"]),
    ] {
        for field in fields {
            assert!(json[list][0].get(field).is_some(), "{list}.{field}");
        }
    }
}
