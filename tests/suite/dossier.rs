//! A dossier says the same through the door, on the command line and in plain SQL; a ledger takes no nonsense.

use std::process::Command;

use serde_json::{Value, json};

use crate::desk::{Desk, TREATY};

/// A desk with one article on the pair, two statements and two events.
fn filled() -> (Desk, Value) {
    let desk = Desk::new();
    let article = desk.clip(TREATY);
    desk.call("confirm_dyad", json!({ "id": article["id"], "dyad": "JP-KZ" }));
    let said = |exact: &str, who: &str, side: &str, about: &str, stance: i8| {
        desk.statement(
            &article,
            exact,
            json!({ "speaker": who, "country": side, "about": about, "said_on": "2026-03-06", "stance": stance, "issue": "transit" }),
        )
    };
    let words = said("The pact opens a door that was shut for a decade,", "Arman Tulebek", "KZ", "JP", 2);
    said("a promise kept, not a favour granted", "Haruka Sugimori", "JP", "KZ", 1);
    let evidence = json!([{ "article": article["id"], "annotation": words["id"] }]);
    desk.call(
        "enter_event",
        json!({ "initiator": "JP", "target": "KZ", "plover": "AGREE", "date": "2026-03-06", "summary": "Signs the pact", "evidence": evidence }),
    );
    desk.call("enter_event", json!({ "initiator": "KZ", "target": "JP", "plover": "AGREE", "date": "2026-03", "evidence": evidence }));
    (desk, article)
}

#[test]
fn the_command_line_prints_what_the_door_says() {
    let (desk, _) = filled();
    let door = desk.call("read_dossier", json!({ "dyad": "JP-KZ" }));
    assert_eq!(door, {
        let head = desk.call("read_dossier_head", json!({ "dyad": "JP-KZ" }));
        let mut both = door.clone();
        both.as_object_mut().unwrap().extend(head.as_object().unwrap().clone());
        both
    });
    let run = Command::new(env!("CARGO_BIN_EXE_bilat"))
        .args(["--json", "dossier", "KZ-JP", "--library"])
        .arg(desk.path("desk.bilat"))
        .output()
        .expect("bilat runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let printed: Value = serde_json::from_slice(&run.stdout).expect("one JSON document");
    assert_eq!(printed["pair"], "JP-KZ");
    for (figure, same) in [
        ("articles", "articles"),
        ("statements", "statements"),
        ("events", "events"),
        ("left", "left"),
        ("right", "right"),
    ] {
        assert_eq!(printed["counts"][figure], door[same], "{figure}");
    }
    assert_eq!(
        (&printed["origins"], &printed["tone"], &printed["events"]),
        (&door["origins"], &door["tone"], &door["ledger"])
    );
    assert_eq!(
        (printed["statements"].as_array().unwrap().len(), printed["sources"].as_array().unwrap().len()),
        (2, 1)
    );
    assert_eq!((&door["ledger"][0]["evidence"], &door["ledger"][0]["origins"]), (&json!(1), &json!(1)));
}

#[test]
fn a_ledger_takes_no_nonsense_and_gives_back_what_was_deleted() {
    let (desk, article) = filled();
    let refused = |draft: Value| desk.try_call("enter_event", draft).unwrap_err().to_string();
    let base = json!({ "initiator": "JP", "target": "KZ", "plover": "CONSULT" });
    let with = |field: &str, value: Value| {
        let mut draft = base.clone();
        draft[field] = value;
        draft
    };
    assert_eq!(
        refused(with("target", Value::Null)),
        "entering an event: an event needs a target: on whom did JP act?"
    );
    assert_eq!(
        refused(with("target", json!("JP"))),
        "entering an event: an event needs two different actors, not JP twice"
    );
    assert!(refused(with("date", json!("2027-01-01"))).contains("lies ahead"));
    assert!(refused(with("date", json!("2026-03/2026-01"))).contains("is no date"));
    assert!(refused(with("evidence", json!([{ "article": 99 }]))).contains("99"));
    let backwards = desk
        .try_call("read_dossier", json!({ "dyad": "JP-KZ", "since": "2026", "until": "2025" }))
        .unwrap_err();
    assert_eq!(backwards.to_string(), "the period ends (2025) before it begins (2026)");
    assert!(desk.try_call("read_dossier", json!({ "dyad": "JP-JP" })).is_err(), "a pair with itself");

    let count = || desk.call("read_dossier_head", json!({ "dyad": "JP-KZ" }))["events"].clone();
    let entered = desk.call("enter_event", base.clone());
    assert_eq!(count(), 3);
    desk.call("delete_event", json!({ "id": entered["id"] }));
    assert_eq!(count(), 2);
    desk.call("restore_event", json!({ "id": entered["id"] }));
    let evidence = json!([{ "article": article["id"] }]);
    let draft = with("evidence", evidence);
    let changed = desk.call("edit_event", json!({ "id": entered["id"], "draft": draft }));
    assert_eq!(changed["evidence"], 1);
    let detail = desk.call("read_event", json!({ "id": entered["id"] }));
    assert_eq!(detail["evidence"][0]["key"], article["key"]);
    desk.call("edit_event", json!({ "id": entered["id"], "draft": base }));
    assert_eq!(desk.call("read_event", json!({ "id": entered["id"] }))["event"]["evidence"], 0);
}

#[test]
fn figures_are_drawn_from_the_same_numbers() {
    let (desk, _) = filled();
    let draw =
        |figure: &str| desk.call("draw_figure", json!({ "dyad": "JP-KZ", "figure": figure, "width": 900 }));
    let door = desk.call("read_dossier", json!({ "dyad": "JP-KZ" }));
    let tone = draw("tone");
    assert_eq!(tone["figure"]["rows"].as_array().unwrap().len(), door["tone"].as_array().unwrap().len());
    let acts = draw("acts");
    assert_eq!(acts["figure"]["rows"].as_array().unwrap().len(), door["acts"].as_array().unwrap().len());
    let timeline = draw("timeline");
    assert_eq!(timeline["figure"]["rows"].as_array().unwrap().len(), 2);
    assert!(timeline["window"][0].as_f64().unwrap() < timeline["window"][1].as_f64().unwrap());
}

#[test]
fn a_ledger_goes_out_in_every_form_and_comes_back_the_same() {
    let (desk, _) = filled();
    for date in ["-0431~", "Y12000", "2026-03-01T09:30:00Z", "1961/1963"] {
        let draft = json!({ "initiator": "JP", "target": "KZ", "plover": "DEMAND", "date": date, "status": "disputed", "summary": "Asks, “again”; =1+1" });
        desk.call("enter_event", draft);
    }
    let ledger = |desk: &Desk| -> Vec<Value> {
        let dossier = desk.call("read_dossier", json!({ "dyad": "JP-KZ" }));
        let events = dossier["ledger"].as_array().expect("events").clone();
        let mut own: Vec<_> = events
            .into_iter()
            .map(|mut event| {
                event.as_object_mut().expect("an event").remove("id");
                event
            })
            .collect();
        own.sort_by_key(ToString::to_string);
        own
    };
    for (format, name) in [("csv", "a.csv"), ("plover", "b.json"), ("ics", "c.ics"), ("timelinejs", "d.json")]
    {
        let path = desk.path(name);
        let written = desk.call("export_events", json!({ "dyad": "KZ-JP", "format": format, "path": path }));
        assert_eq!(written["events"], 6);
        let again = desk.call("import_events", json!({ "path": path }));
        assert_eq!(
            (&again["entered"], &again["known"], &again["failures"]),
            (&json!(0), &json!(6), &json!([])),
            "{format}"
        );
        assert!(
            desk.try_call("export_events", json!({ "dyad": "KZ-JP", "format": format, "path": path }))
                .is_err()
        );
        // Into a library that holds the same article and none of the events.
        let (other, _) = filled();
        for event in
            other.call("read_dossier", json!({ "dyad": "JP-KZ" }))["ledger"].as_array().expect("events")
        {
            other.call("delete_event", json!({ "id": event["id"] }));
        }
        let there = other.call("import_events", json!({ "path": path }));
        assert_eq!((&there["entered"], &there["failures"]), (&json!(6), &json!([])), "{format}");
        assert_eq!(ledger(&other), ledger(&desk), "{format}");
    }
}

#[test]
fn a_file_of_events_with_faults_names_each_and_enters_the_rest() {
    let (desk, _) = filled();
    let path = desk.path("faults.csv");
    let rows = "date,initiator,target,plover,evidence\n2025-01-01,JP,,CONSULT,\n2025-01-01,JP,JP,CONSULT,\n2025-13,JP,KZ,CONSULT,\n2025-01-01,JP,KZ,GREET,\n2025-01-02,JP,KZ,CONSULT,nobody-1999\n";
    std::fs::write(&path, rows).expect("the folder is there");
    let outcome = desk.call("import_events", json!({ "path": path }));
    let failures: Vec<&str> =
        outcome["failures"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(outcome["entered"], 1);
    assert_eq!(failures.len(), 5, "{failures:?}");
    assert!(failures[0].ends_with("an event needs a target: on whom did JP act?"), "{failures:?}");
    assert!(failures[4].contains("nobody-1999"), "{failures:?}");
    std::fs::write(&path, "neither,this\n1,2\n").expect("the folder is there");
    let refused = desk.try_call("import_events", json!({ "path": path })).unwrap_err().to_string();
    assert!(refused.contains("names no columns") && refused.lines().count() == 1, "{refused}");
}

#[test]
fn a_gap_is_named_waived_with_a_reason_and_goes_when_it_is_filled() {
    let (desk, _) = filled();
    let notes = || desk.call("read_dossier_notes", json!({ "dyad": "JP-KZ" }));
    let keys = || -> Vec<String> {
        let gaps = notes()["gaps"].as_array().expect("gaps").clone();
        gaps.iter().map(|gap| gap["key"].as_str().expect("a key").to_owned()).collect()
    };
    assert_eq!(keys(), ["no primary", "single origin"]);
    desk.call(
        "waive_gap",
        json!({ "dyad": "JP-KZ", "gap": "no primary", "reason": "No ministry has printed it." }),
    );
    assert_eq!(notes()["gaps"][0]["waiver"]["reason"], "No ministry has printed it.");
    desk.call("waive_gap", json!({ "dyad": "JP-KZ", "gap": "no primary", "reason": "  " }));
    assert_eq!(notes()["gaps"][0]["waiver"], Value::Null);
    let unsupported =
        desk.call("enter_event", json!({ "initiator": "JP", "target": "KZ", "plover": "CONSULT" }));
    assert!(keys().contains(&"unsupported".to_owned()));
    desk.call("delete_event", json!({ "id": unsupported["id"] }));
    assert!(!keys().contains(&"unsupported".to_owned()));
}

#[test]
fn what_is_asked_watched_and_visited_is_kept() {
    let (desk, _) = filled();
    let notes = || desk.call("read_dossier_notes", json!({ "dyad": "JP-KZ" }));
    assert_eq!(notes()["since_visit"]["visited_at"], Value::Null);
    desk.call("visit_dossier", json!({ "dyad": "JP-KZ" }));
    let seen = &notes()["since_visit"];
    assert_eq!((&seen["articles"], &seen["statements"], &seen["events"]), (&json!(0), &json!(0), &json!(0)));

    let asked = desk.call("ask_question", json!({ "dyad": "JP-KZ", "text": "Who pays for the rails?" }));
    desk.call("answer_question", json!({ "id": asked[0]["id"], "answered": true }));
    assert_eq!(notes()["questions"][0]["answered_at"], "2026-03-09T12:00:00Z");
    assert!(desk.try_call("ask_question", json!({ "dyad": "JP-KZ", "text": " " })).is_err());

    desk.call("add_watch", json!({ "dyad": "JP-KZ", "text": "Tonnage through the corridor" }));
    let day = desk
        .call("add_watch", json!({ "dyad": "JP-KZ", "text": "First train, Astana", "date": "2026-05-04" }));
    let path = desk.path("watch.ics");
    assert_eq!(desk.call("export_watches", json!({ "dyad": "JP-KZ", "path": path }))["events"], 1);
    let calendar = std::fs::read_to_string(&path).expect("it was written");
    assert!(
        calendar.contains("DTSTART;VALUE=DATE:20260504\r\n")
            && calendar.contains("SUMMARY:First train\\, Astana")
    );
    desk.call("keep_watch", json!({ "id": day["id"], "watched": false }));
    assert_eq!(notes()["watches"].as_array().expect("a list").len(), 1);
    desk.call("keep_watch", json!({ "id": day["id"], "watched": true }));
    assert_eq!(notes()["watches"][0]["date"], "2026-05-04", "days come first");
}
