//! What becomes of an article when its page is clipped again, reprinted, or read wrongly.

use serde_json::{Value, json};

use crate::desk::Desk;

const LEAD: &str = "The harbour ministers of both countries agreed on Friday to open a ferry line between the two ports before the summer, ending a dispute over berths that had lasted for nine years.";
const SECOND: &str = "Under the plan, four ships will cross the strait every day, and tickets will cost no more than a train ride to the capital, according to a paper that the delegations signed after midnight.";
const THIRD: &str = "Fishermen on the northern shore, who had blocked the old pier twice, said they would wait for the timetable before they decide whether to protest again.";
const FOURTH: &str = "Engineers have yet to dredge the channel, a job that the port authority expects to take eleven weeks if the weather holds and the sand can be sold.";
const FIFTH: &str = "The last ferry between the towns sailed when the older of the two ministers was still at school, and its bell hangs in the customs house today.";

fn page(title: &str, paragraphs: &[&str]) -> String {
    format!("{title}\n\n{}", paragraphs.join("\n\n"))
}

fn clip(desk: &Desk, url: &str, text: &str) -> Value {
    let source = json!({ "type": "text", "text": text });
    desk.call("clip", json!({ "source": source, "url": url, "published": "2026-03-06" }))
}

fn read(desk: &Desk, clipped: &Value) -> Value {
    desk.call("read_article", json!({ "id": clipped["id"] }))
}

const FERRY: &str = "https://courier.example/ferry";

fn whole() -> String {
    page("Ministers agree on a ferry", &[LEAD, SECOND, THIRD, FOURTH, FIFTH])
}

#[test]
fn a_page_that_says_less_is_kept_and_held_back_until_a_person_chooses_it() {
    let desk = Desk::new();
    let first = clip(&desk, FERRY, &whole());
    desk.call("annotate", json!({ "article": first["id"].to_string(), "exact": "eleven weeks" }));
    let before = read(&desk, &first);

    let cut = page("Ministers agree on a ferry", &[LEAD]);
    let second = clip(&desk, &format!("{FERRY}?utm_source=mail"), &cut);
    assert_eq!(
        (&second["id"], &second["state"], &second["held_back"]),
        (&first["id"], &json!("held back"), &json!("shorter"))
    );
    let again = clip(&desk, FERRY, &cut);
    assert_eq!(again["state"], "held back");
    let shown = read(&desk, &first);
    assert_eq!(shown["snapshot"]["id"], before["snapshot"]["id"]);
    assert_eq!(shown["snapshots"].as_array().unwrap().len(), 2, "the same words are held back once");
    assert_eq!(
        (&shown["snapshots"][0]["standing"], &shown["snapshots"][0]["reason"]),
        (&json!("held_back"), &json!("shorter"))
    );

    let (older, newer) = (&before["snapshot"]["id"], &shown["snapshots"][0]["id"]);
    let comparison = desk.call("compare_snapshots", json!({ "older": older, "newer": newer }));
    assert_eq!(comparison["annotations"][0]["wording"], "present 9 Mar 12:00; absent 9 Mar 12:00");
    let removed =
        comparison["changes"].as_array().unwrap().iter().find(|change| change["kind"] == "removed").unwrap();
    assert!(removed["text"].as_str().unwrap().contains("eleven weeks"));

    let chosen = desk.call("make_current", json!({ "id": newer }));
    assert_eq!((&chosen["snapshot"]["id"], &chosen["annotations"][0]["state"]), (newer, &json!("missing")));
    let back = desk.call("make_current", json!({ "id": older }));
    assert_eq!((&back["snapshot"]["id"], &back["annotations"][0]["state"]), (older, &json!("anchored")));
    let other = clip(&desk, "https://courier.example/bell", &page("A bell", &[FIFTH, FOURTH]));
    let foreign = json!({ "older": older, "newer": read(&desk, &other)["snapshot"]["id"] });
    assert!(desk.try_call("compare_snapshots", foreign).is_err());
}

#[test]
fn an_error_page_and_a_request_to_pay_never_become_the_article() {
    let desk = Desk::new();
    clip(&desk, FERRY, &whole());
    let refused = clip(
        &desk,
        FERRY,
        &page(
            "Access denied",
            &[
                "You do not have permission to view this page. Please verify you are human and try again in some minutes.",
            ],
        ),
    );
    assert_eq!((&refused["state"], &refused["held_back"]), (&json!("held back"), &json!("failed")));
    assert_eq!(refused["title"], "Ministers agree on a ferry", "an error names nothing");
    let longer = page(
        "Ministers agree on a ferry",
        &[
            LEAD,
            SECOND,
            THIRD,
            FOURTH,
            FIFTH,
            "A first bell will be rung on the quay in May, the ministers said.",
        ],
    );
    assert_eq!(clip(&desk, FERRY, &longer)["state"], "new snapshot", "growth passes");
}

#[test]
fn an_article_in_the_bin_comes_back_when_it_is_clipped_again() {
    let desk = Desk::new();
    let first = clip(&desk, FERRY, &whole());
    desk.call("delete_article", json!({ "id": first["id"] }));
    let again = clip(&desk, FERRY, &whole());
    assert_eq!(
        (&again["id"], &again["state"], &again["restored"]),
        (&first["id"], &json!("unchanged"), &json!(true))
    );
    assert_eq!(read(&desk, &first)["deleted"], false);
}

#[test]
fn one_story_in_three_outlets_is_three_articles_of_one_origin() {
    let desk = Desk::new();
    let first = clip(
        &desk,
        FERRY,
        &page("Ministers agree on a ferry", &[LEAD, SECOND, THIRD, FOURTH, FIFTH, "REUTERS"]),
    );
    let same = clip(
        &desk,
        "https://tribune.example/a",
        &page("A ferry before summer", &[LEAD, SECOND, THIRD, FOURTH, FIFTH]),
    );
    let cut = clip(&desk, "https://herald.example/b", &page("Ferry", &[LEAD, SECOND]));
    let quoting = "“The channel will be dredged, the ships will sail, and nobody on either shore will ever again have to wait for a train that does not come,” the minister told the assembly in the old town hall";
    clip(
        &desk,
        "https://gazette.example/c",
        &page(
            "A speech",
            &[
                "The town hall was cold, and the heating had failed for the third day in a row when the session was opened.",
                quoting,
                "Reporters who came late heard only the applause, and wrote about the weather instead of the ships.",
            ],
        ),
    );
    let other = clip(
        &desk,
        "https://mirror.example/d",
        &page(
            "Another speech",
            &["The opposition walked out before he began and met in a café on the square.", quoting],
        ),
    );
    for clipped in [&same, &cut] {
        assert_eq!(clipped["state"], "new");
        assert_eq!(
            clipped["origin"].as_str().map(str::to_uppercase).as_deref(),
            Some("REUTERS"),
            "the credit names the origin"
        );
    }
    let kin = |clipped: &Value| -> Vec<(Value, Value)> {
        let article = read(&desk, clipped);
        article["same_origin"]
            .as_array()
            .unwrap()
            .iter()
            .map(|kin| (kin["row"]["id"].clone(), kin["relation"].clone()))
            .collect()
    };
    assert_eq!(
        kin(&first),
        [(same["id"].clone(), json!("same_text")), (cut["id"].clone(), json!("same_text"))]
    );
    assert_eq!(read(&desk, &other)["same_origin"][0]["relation"], "quoting");
    let rows = desk.call("list_articles", json!({}));
    let row = |clipped: &Value| {
        rows["rows"].as_array().unwrap().iter().find(|row| row["id"] == clipped["id"]).unwrap().clone()
    };
    assert_eq!(
        (&row(&first)["origin_size"], &row(&other)["origin_size"]),
        (&json!(3), &json!(1)),
        "who quotes is no copy"
    );

    desk.call("split_origin", json!({ "id": cut["id"] }));
    assert_eq!(kin(&cut), []);
    let fourth = clip(&desk, "https://echo.example/e", &page("Ferries", &[LEAD, SECOND, THIRD]));
    assert_eq!(kin(&cut), [], "no later copy brings it back");
    assert_eq!(kin(&fourth).len(), 2);
    desk.call("join_origin", json!({ "article": cut["id"], "with": first["id"] }));
    assert_eq!(kin(&cut).len(), 3);

    desk.call("join_origin", json!({ "article": other["id"], "with": first["id"] }));
    assert_eq!(kin(&first).len(), 4);
    assert_eq!(
        read(&desk, &first)["same_origin"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|kin| kin["by_person"] == true)
            .count(),
        1
    );
    desk.call("split_origin", json!({ "id": other["id"] }));
    assert_eq!(kin(&first).len(), 3, "a person's join is taken back, and no more");
}

#[test]
fn a_correction_is_a_new_snapshot_of_the_same_bytes_and_a_rule_for_the_next_page() {
    let desk = Desk::new();
    let line = "Both customs houses, which this paper has watched since 1931, close their doors at 18:45 on Fridays.";
    let first =
        clip(&desk, FERRY, &page("Ministers agree on a ferry", &[LEAD, SECOND, line, THIRD, FOURTH, FIFTH]));
    desk.call("annotate", json!({ "article": first["id"].to_string(), "exact": "eleven weeks" }));
    let before = read(&desk, &first);
    let text = before["snapshot"]["text"].as_str().unwrap();
    let chars: Vec<char> = text.chars().collect();
    let blocks = before["snapshot"]["blocks"].as_array().unwrap();
    let words = |block: &Value| {
        chars[block["start"].as_u64().unwrap() as usize..block["end"].as_u64().unwrap() as usize]
            .iter()
            .collect::<String>()
    };
    let block =
        blocks.iter().position(|block| words(block) == line).expect("the line was read as a paragraph");
    let correct = |correction: Value, keep: bool| {
        desk.call(
            "correct_article",
            json!({ "article": first["id"], "correction": correction, "keep_as_rule": keep }),
        )
    };
    let corrected = correct(json!({ "type": "furniture", "block": block }), true);
    let now = &corrected["article"]["snapshot"];
    assert!(!now["text"].as_str().unwrap().contains("customs houses"));
    assert_eq!(
        (&now["sha256_raw"], &corrected["before"]),
        (&before["snapshot"]["sha256_raw"], &before["snapshot"]["id"])
    );
    assert_eq!(corrected["article"]["annotations"][0]["state"], "anchored");
    assert_eq!(corrected["rule"]["host"], "courier.example");

    let later =
        "Both customs houses, which this paper has watched since 1944, close their doors at 9:15 on Fridays.";
    let next = clip(
        &desk,
        "https://www.courier.example/bell",
        &page("A bell comes home", &[FIFTH, later, FOURTH, THIRD]),
    );
    let next = read(&desk, &next);
    assert!(!next["snapshot"]["text"].as_str().unwrap().contains("customs houses"));
    assert_eq!(next["snapshot"]["capture"]["corrections"][0]["type"], "furniture");

    let aside = now["set_aside"].as_array().unwrap().iter().position(|aside| aside == line).unwrap();
    let back = correct(json!({ "type": "keep", "line": aside }), false);
    assert_eq!(back["article"]["snapshot"]["text"], before["snapshot"]["text"], "it comes back to its place");
    desk.call("delete_outlet_rule", json!({ "id": corrected["rule"]["id"] }));
    assert_eq!(desk.call("list_outlet_rules", json!({})), json!([]));
    desk.call("restore_outlet_rule", json!({ "id": corrected["rule"]["id"] }));
    assert_eq!(desk.call("list_outlet_rules", json!({})).as_array().unwrap().len(), 1);
    let undone = desk.call("make_current", json!({ "id": corrected["before"] }));
    assert_eq!(undone["snapshot"]["id"], before["snapshot"]["id"]);
    let nothing = json!({ "article": first["id"], "correction": { "type": "furniture", "block": 0 }, "keep_as_rule": false });
    assert!(desk.try_call("correct_article", nothing).is_err(), "the headline is no furniture");
}
