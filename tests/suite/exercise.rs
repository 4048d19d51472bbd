//! The sample library: made through the door, whole, and every quotation in it verified.

use serde_json::json;

use crate::desk::Desk;

#[test]
fn the_exercise_shows_every_view_something_and_verifies() {
    let desk = Desk::new();
    let status = desk.call("make_exercise", json!({}));
    assert!(status["exercise"].as_bool().unwrap());
    assert!(status["articles"].as_u64().unwrap() >= 8, "{status}");
    let pairs = desk.call("list_pairs", json!({}));
    assert_eq!(pairs.as_array().unwrap().iter().filter(|pair| pair["followed"] == true).count(), 2);
    for pair in pairs.as_array().unwrap().iter().filter(|pair| pair["followed"] == true) {
        assert!(pair["statements"].as_u64().unwrap() >= 5, "{pair}");
        assert!(pair["tone"].is_number(), "{pair}");
        let dyad = format!("{}-{}", pair["left"].as_str().unwrap(), pair["right"].as_str().unwrap());
        let dossier = desk.call("read_dossier", json!({ "dyad": dyad }));
        let ledger = dossier["ledger"].as_array().unwrap();
        assert!(ledger.len() >= 7, "{dossier:#}");
        let done = ledger.iter().filter(|event| event["status"] == "done").count() as u64;
        let counted = dossier["acts"].as_array().unwrap().iter().map(|month| month["n"].as_u64().unwrap());
        assert_eq!(counted.sum::<u64>(), done, "what was only planned or called off was not done");
        let notes = desk.call("read_dossier_notes", json!({ "dyad": dyad }));
        assert!(!notes["questions"].as_array().unwrap().is_empty(), "{notes:#}");
        assert!(!notes["watches"].as_array().unwrap().is_empty(), "{notes:#}");
        let draft = desk.call("draft_briefing", json!({ "left": pair["left"], "right": pair["right"] }));
        let check = desk.call("check_briefing", json!({ "markdown": draft["markdown"] }));
        assert_eq!(check["verified"], check["total"], "{check:#}");
    }
    for row in desk.call("list_briefings", json!({})).as_array().unwrap() {
        let briefing = desk.call("read_briefing", json!({ "id": row["id"] }));
        let check = desk.call("check_briefing", json!({ "markdown": briefing["markdown"] }));
        for quotation in check["quotations"].as_array().unwrap() {
            assert!(
                ["verified", "typography", "elided"].contains(&quotation["state"].as_str().unwrap()),
                "{quotation:#}"
            );
        }
    }
    let check = desk.call("check_library", json!({}));
    assert_eq!(check["faults"], json!([]));
}

#[test]
fn the_exercise_is_not_poured_into_somebodys_work() {
    let desk = Desk::new();
    desk.clip(crate::desk::TREATY);
    assert_eq!(desk.try_call("make_exercise", json!({})).unwrap_err().code, bilat_api::Code::BadInput);
}
