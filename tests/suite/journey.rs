//! Clip → mark → attribute → draft → check → export, and what may go wrong on the way.

use serde_json::{Value, json};

use crate::desk::{Desk, TREATY};

const TULEBEK: &str = "The pact opens a door that was shut for a decade";

fn tulebek() -> Value {
    json!({ "speaker": "Arman Tulebek", "role": "transport minister", "country": "KZ", "about": "JP",
            "said_on": "2026-03-06", "stance": 1 })
}

/// A desk with the treaty clipped, one statement accepted, and a draft made from it.
fn drafted() -> (Desk, Value) {
    let desk = Desk::new();
    let article = desk.clip(TREATY);
    desk.statement(&article, TULEBEK, tulebek());
    let briefing = desk.call("draft_briefing", json!({ "left": "JP", "right": "KZ" }));
    (desk, briefing)
}

#[test]
fn a_clipped_article_is_read_as_it_was_written() {
    let desk = Desk::new();
    let clipped = desk.clip(TREATY);
    assert_eq!(clipped["state"], "new");
    assert_eq!(clipped["pair"], "JP-KZ");
    assert_eq!(clipped["key"], "meridiancourier-20260306");
    let article = desk.call("read_article", json!({ "id": clipped["id"] }));
    assert_eq!(article["title"], "Japan and Kazakhstan sign a transit pact");
    assert_eq!(article["standfirst"], "The pact opens a rail route for minerals");
    assert!(article["snapshot"]["text"].as_str().unwrap().contains("ASTANA – Japan and Kazakhstan signed"));
}

#[test]
fn a_statement_reaches_the_briefing_word_for_word() {
    let (desk, briefing) = drafted();
    let markdown = briefing["markdown"].as_str().unwrap();
    assert!(markdown.contains(TULEBEK), "{markdown}");
    assert!(markdown.contains("[@tulebek-"), "{markdown}");
    let check = desk.call("check_briefing", json!({ "markdown": markdown }));
    assert!(check["total"].as_u64().unwrap() >= 1, "{check}");
    for quotation in check["quotations"].as_array().unwrap() {
        assert_eq!(quotation["state"], "verified", "{quotation}");
    }
    for (format, name) in [("markdown", "b.md"), ("html", "b.html")] {
        let path = desk.path(name);
        desk.call(
            "export_briefing",
            json!({ "id": briefing["id"], "format": format, "path": path, "draft": false }),
        );
        assert!(std::fs::read_to_string(path).unwrap().contains(TULEBEK), "{format}");
    }
}

#[test]
fn an_altered_quotation_stops_the_export_and_the_source_is_shown() {
    let (desk, briefing) = drafted();
    let altered = briefing["markdown"].as_str().unwrap().replace("shut for a decade", "shut for a century");
    let request = json!({ "id": briefing["id"], "markdown": altered, "revision": briefing["revision"] });
    desk.call("save_briefing", request);
    let path = desk.path("b.html");
    std::fs::write(&path, "the former edition").unwrap();

    let export = |draft| json!({ "id": briefing["id"], "format": "html", "path": path, "draft": draft, "replace": true });
    let taken = desk.try_call(
        "export_briefing",
        json!({ "id": briefing["id"], "format": "html", "path": path, "draft": true }),
    );
    assert_eq!(
        taken.unwrap_err().code,
        bilat_api::Code::Exists,
        "a file is replaced only when a person says so"
    );
    let refused = desk.try_call("export_briefing", export(false)).unwrap_err();
    assert_eq!(refused.code, bilat_api::Code::QuoteLock);
    let check = serde_json::to_value(refused.check.unwrap()).unwrap();
    let broken =
        check["quotations"].as_array().unwrap().iter().find(|quote| quote["state"] == "altered").unwrap();
    assert!(broken["found"].as_str().unwrap().contains("shut for a decade"), "{broken}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "the former edition");

    desk.call("export_briefing", export(true));
    assert!(std::fs::read_to_string(&path).unwrap().contains("DRAFT"));
}

#[test]
fn nothing_suggested_enters_a_briefing_before_a_person_accepts_it() {
    let desk = Desk::new();
    let clipped = desk.clip(TREATY);
    let draft =
        || desk.call("draft_briefing", json!({ "left": "JP", "right": "KZ" }))["markdown"].to_string();
    assert!(!draft().contains("shut for a decade"));

    let article = desk.call("read_article", json!({ "id": clipped["id"] }));
    let suggestions = article["suggestions"].as_array().unwrap();
    let statement =
        suggestions.iter().find(|found| found["speaker"] == "Arman Tulebek").expect("a suggestion");
    let made = desk.call("accept_suggestion", json!({ "id": statement["id"] }));
    assert_eq!(made["statement"]["country"], "KZ");
    assert!(draft().contains("shut for a decade"));

    let article = desk.call("read_article", json!({ "id": clipped["id"] }));
    let open = article["suggestions"].as_array().unwrap();
    assert!(
        open.iter().all(|found| found["id"] != statement["id"]),
        "an accepted suggestion is no longer open"
    );
}

#[test]
fn an_acceptance_taken_back_leaves_no_trace_and_accepted_again_keeps_its_key() {
    let desk = Desk::new();
    let clipped = desk.clip(TREATY);
    let read = || desk.call("read_article", json!({ "id": clipped["id"] }));
    let state = || {
        let article = read();
        ["annotations", "suggestions", "dyads", "suggested_dyads"].map(|part| article[part].clone())
    };
    let before = state();
    for suggestion in before[1].as_array().unwrap() {
        let id = json!({ "id": suggestion["id"] });
        let accept = || desk.call("accept_suggestion", id.clone());
        let first = accept();
        assert_ne!(state(), before, "{suggestion}");
        let twice = desk.try_call("accept_suggestion", id.clone()).unwrap_err();
        assert_eq!(twice.code, bilat_api::Code::BadInput);
        desk.call("reopen_suggestion", id.clone());
        assert_eq!(state(), before, "{suggestion}");
        assert_eq!(desk.call("list_statements", json!({}))["total"], 0);

        let again = accept();
        assert_eq!((&again["id"], &again["statement"]["key"]), (&first["id"], &first["statement"]["key"]));
        desk.call("reopen_suggestion", id);
        assert_eq!(state(), before, "{suggestion}");
    }
}

#[test]
fn what_was_said_of_a_pair_can_be_taken_back() {
    let desk = Desk::new();
    let clipped = desk.clip(TREATY);
    let of = |dyad: &str| json!({ "id": clipped["id"], "dyad": dyad });
    let pairs = |article: Value| (article["dyads"].clone(), article["suggested_dyads"].clone());
    let suggested = (json!([]), json!(["JP-KZ"]));
    assert_eq!(pairs(desk.call("read_article", json!({ "id": clipped["id"] }))), suggested);
    for said in ["confirm_dyad", "remove_dyad"] {
        assert_ne!(pairs(desk.call(said, of("JP-KZ"))), suggested, "{said}");
        assert_eq!(pairs(desk.call("reopen_dyad", of("JP-KZ"))), suggested, "{said}");
    }
    desk.call("confirm_dyad", of("EG-GR"));
    assert_eq!(pairs(desk.call("reopen_dyad", of("EG-GR"))), suggested, "one that nobody suggested");
}

#[test]
fn the_same_words_twice_are_one_snapshot_and_changed_words_are_two() {
    let desk = Desk::new();
    let url = "https://courier.example/treaty";
    let clip =
        |text: &str| desk.call("clip", json!({ "source": { "type": "text", "text": text }, "url": url }));
    let first = clip(TREATY);
    desk.statement(&first, TULEBEK, tulebek());
    assert_eq!(clip(TREATY)["state"], "unchanged");
    let corrected = TREATY.replace("leaves in May", "leaves in June");
    let second = clip(&corrected);
    assert_eq!((&second["state"], &second["id"]), (&json!("new snapshot"), &first["id"]));
    let article = desk.call("read_article", json!({ "id": first["id"] }));
    assert_eq!(article["snapshots"].as_array().unwrap().len(), 2);
    assert_eq!(article["annotations"][0]["state"], "anchored");
    assert!(article["snapshot"]["text"].as_str().unwrap().contains("June"));

    clip(&corrected.replace("shut for a decade", "closed for ten years"));
    let article = desk.call("read_article", json!({ "id": first["id"] }));
    assert_eq!(
        article["annotations"][0]["state"], "needs_review",
        "other words stand between the same neighbours"
    );
    assert_eq!(article["annotations"][0]["exact"], TULEBEK, "the words of an annotation are never rewritten");
}

#[test]
fn what_is_deleted_can_be_had_back() {
    let desk = Desk::new();
    let clipped = desk.clip(TREATY);
    let marked = desk.statement(&clipped, TULEBEK, tulebek());
    let id = json!({ "id": marked["id"] });
    desk.call("delete_annotation", id.clone());
    assert_eq!(desk.call("list_statements", json!({}))["total"], 0);
    let restored = desk.call("restore_annotation", id);
    assert_eq!(restored["statement"]["key"], marked["statement"]["key"]);

    desk.call("delete_article", json!({ "id": clipped["id"] }));
    let listed = |view: &str| desk.call("list_articles", json!({ "view": view }))["total"].clone();
    assert_eq!((listed("all"), listed("bin")), (json!(0), json!(1)));
    assert_eq!(desk.call("search", json!({ "query": "transit" }))["total"], 0, "the bin is not searched");
    desk.call("restore_article", json!({ "id": clipped["id"] }));
    assert_eq!((listed("all"), listed("bin")), (json!(1), json!(0)));
    assert!(desk.call("search", json!({ "query": "transit" }))["total"].as_u64().unwrap() > 0);
}

#[test]
fn a_source_that_changes_after_the_draft_is_noticed_and_the_words_of_before_are_dated() {
    let desk = Desk::new();
    let url = "https://courier.example/treaty";
    let clip =
        |text: &str| desk.call("clip", json!({ "source": { "type": "text", "text": text }, "url": url }));
    let article = clip(TREATY);
    let marked = desk.statement(&article, TULEBEK, tulebek());
    let key = marked["statement"]["key"].as_str().unwrap();
    let state = |words: &str| {
        let markdown = format!("He said “{words}” [@{key}].");
        desk.call("check_briefing", json!({ "markdown": markdown }))["quotations"][0].clone()
    };
    assert_eq!(state(TULEBEK)["state"], "verified");

    clip(&TREATY.replace("shut for a decade", "closed for ten years"));
    let changed = state(TULEBEK);
    assert_eq!(changed["state"], "source_changed");
    assert_eq!(changed["captured_at"], "2026-03-09T12:00:00Z");
    assert_eq!(state("The pact opens a door that was closed for ten years")["state"], "verified");
    assert_eq!(state("The pact opens a door that was never closed")["state"], "altered");

    // A statement that was taken away vouches for nothing.
    desk.call("delete_annotation", json!({ "id": marked["id"] }));
    assert_eq!(state(TULEBEK)["state"], "missing");
}

#[test]
fn a_headline_cannot_say_what_nobody_said() {
    let (desk, briefing) = drafted();
    let markdown = briefing["markdown"].as_str().unwrap();
    let title = markdown.lines().find(|line| line.starts_with("title:")).unwrap();
    let export = |words: &str| {
        let revision = desk.call("read_briefing", json!({ "id": briefing["id"] }))["revision"].clone();
        let markdown = markdown.replacen(title, &format!("title: 'Tulebek: “{words}”'"), 1);
        desk.call(
            "save_briefing",
            json!({ "id": briefing["id"], "markdown": markdown, "revision": revision }),
        );
        let request =
            json!({ "id": briefing["id"], "format": "html", "path": desk.path("b.html"), "draft": false });
        desk.try_call("export_briefing", request)
    };
    assert_eq!(export("We never wanted the pact").unwrap_err().code, bilat_api::Code::QuoteLock);
    assert!(!desk.path("b.html").exists());
    export(TULEBEK).unwrap();
}

#[test]
fn two_editors_of_one_briefing_lose_nothing() {
    let (desk, briefing) = drafted();
    let save = |text: &str| {
        let request = json!({ "id": briefing["id"], "markdown": text, "revision": briefing["revision"] });
        desk.try_call("save_briefing", request)
    };
    save("# First\n").unwrap();
    assert_eq!(save("# Second\n").unwrap_err().code, bilat_api::Code::Conflict);
    assert_eq!(desk.call("read_briefing", json!({ "id": briefing["id"] }))["markdown"], "# First\n");
}

#[test]
fn every_change_is_told_after_it_is_there() {
    let desk = Desk::new();
    let mut events = desk.listen();
    let clipped = desk.clip(TREATY);
    let event = serde_json::to_value(events.try_recv().unwrap()).unwrap();
    assert_eq!(event, json!({ "what": "articles", "id": clipped["id"] }));
}

#[test]
fn a_request_of_the_wrong_shape_is_refused_by_name() {
    let desk = Desk::new();
    let code = |command: &str, request: Value| desk.try_call(command, request).unwrap_err().code;
    assert_eq!(code("no_such_command", json!({})), bilat_api::Code::BadRequest);
    assert_eq!(code("read_article", json!({ "id": "twelve" })), bilat_api::Code::BadRequest);
    assert_eq!(code("read_article", json!({ "id": 12 })), bilat_api::Code::NotFound);
    assert_eq!(code("follow_pair", json!({ "left": "JP", "right": "JP" })), bilat_api::Code::BadInput);
}
