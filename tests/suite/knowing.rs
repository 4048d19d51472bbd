//! What a person corrects is known from then on, and nothing a person decided is ever touched by it.

use serde_json::{Value, json};

use crate::desk::Desk;

const HARBOUR: &str = "\
Ferries stop over a customs quarrel

OSLO – The ferries stopped on Monday, the harbour office said.

“The quay stays shut,” Mr Velko told reporters. “Nobody has asked us to open it.”

Norway and Bulgaria will talk again in May.
";

const ANSWER: &str = "\
Bulgaria answers on the ferries

Bulgaria answered Norway on Tuesday.

“We will open the quay in June,” Mr Velko told reporters after the meeting.
";

fn open(desk: &Desk, article: &Value, kind: &str) -> Vec<Value> {
    let read = desk.call("read_article", json!({ "id": article["id"] }));
    let all = read["suggestions"].as_array().expect("suggestions").clone();
    all.into_iter().filter(|suggestion| suggestion["type"] == kind).collect()
}

/// The suggested statement of Mr Velko.
fn velko(desk: &Desk, article: &Value) -> Value {
    let all = open(desk, article, "statement");
    all.into_iter().find(|one| one["named"] == "Mr Velko").expect("his words are found")
}

/// Waits until the library has been analysed again, as a host would see to.
fn analyse(desk: &Desk) -> Value {
    desk.call("analyse_again", json!({}));
    desk.while_host_works(|app| async move {
        loop {
            let run = app.call("read_reanalysis", json!({})).await.expect("an answer");
            if run["state"] != "running" {
                return run;
            }
            tokio::task::yield_now().await;
        }
    })
}

#[test]
fn a_corrected_speaker_is_known_in_every_other_article() {
    let desk = Desk::new();
    let first = desk.clip(HARBOUR);
    let other = desk.clip(ANSWER);
    assert_eq!(velko(&desk, &other)["speaker"], Value::Null, "nobody knows him yet");

    let found = velko(&desk, &first);
    let corrected = json!({ "speaker": "Ivan Velko", "role": "Bulgarian transport envoy", "country": "BG" });
    desk.call("accept_suggestion", json!({ "id": found["id"], "statement": corrected }));

    let known = velko(&desk, &other);
    assert_eq!(known["speaker"], "Ivan Velko");
    assert_eq!(known["role"], "Bulgarian transport envoy");
    assert_eq!(known["country"], "BG");
    let listed = desk.call("list_knowledge", json!({}));
    assert_eq!(listed[0]["learned_from"], "corrected");

    desk.call("forget_knowledge", json!({ "id": listed[0]["id"] }));
    assert_eq!(velko(&desk, &other)["speaker"], Value::Null, "forgotten at once");
    desk.call("restore_knowledge", json!({ "id": listed[0]["id"] }));
    assert_eq!(velko(&desk, &other)["speaker"], "Ivan Velko");
}

#[test]
fn words_taught_to_be_no_country_are_none_in_any_article() {
    let desk = Desk::new();
    let article = desk.clip(ANSWER);
    let countries = |article: &Value| -> Vec<Value> {
        open(&desk, article, "country").iter().map(|one| one["country"].clone()).collect()
    };
    assert!(countries(&article).contains(&json!("BG")));
    let lesson = json!({ "type": "place", "words": "Bulgaria", "country": null });
    desk.call("teach", json!({ "lesson": lesson }));
    assert!(!countries(&article).contains(&json!("BG")));
    assert!(!countries(&desk.clip(HARBOUR)).contains(&json!("BG")));
    let nothing = json!({ "lesson": { "type": "place", "words": "  ", "country": "NO" } });
    assert!(desk.try_call("teach", nothing).is_err());
}

#[test]
fn analysing_again_touches_nothing_that_a_person_decided() {
    let desk = Desk::new();
    let article = desk.clip(HARBOUR);
    let found = open(&desk, &article, "statement");
    let made = desk.call("accept_suggestion", json!({ "id": found[0]["id"] }));
    let event = open(&desk, &article, "date");
    desk.call("reject_suggestion", json!({ "id": event[0]["id"] }));
    let before = desk.call("read_article", json!({ "id": article["id"] }));

    let run = analyse(&desk);
    assert_eq!((&run["state"], &run["done"], &run["total"]), (&json!("done"), &json!(1), &json!(1)));
    assert_eq!(run["changed"], 0, "the same rules suggest the same");

    let after = desk.call("read_article", json!({ "id": article["id"] }));
    assert_eq!(after["annotations"], before["annotations"]);
    assert_eq!(after["annotations"][0]["id"], made["id"]);
    let told = |read: &Value| -> Vec<Value> {
        let all = read["suggestions"].as_array().expect("suggestions");
        all.iter().map(|one| json!([one["type"], one["date"], one["spans"], one["span"]])).collect()
    };
    assert_eq!(told(&after), told(&before), "what was accepted and rejected is not suggested again");
}
