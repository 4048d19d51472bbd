//! The register through the door: filtered, changed, carried out; people and sources merged and taken apart.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use crate::cli::Shell;
use crate::desk::{Desk, TREATY};

/// A desk with three statements, one of which tries to be a formula, and one that is translated.
fn register() -> Desk {
    let desk = Desk::new();
    let source = json!({ "type": "text", "text": TREATY });
    let treaty = desk.call(
        "clip",
        json!({ "source": source, "outlet": "The Meridian Courier",
        "published": "2026-03-06", "url": "https://courier.example/pact" }),
    );
    let said = |exact: &str, attribution: Value| desk.statement(&treaty, exact, attribution);
    said(
        "The pact opens a door that was shut for a decade",
        json!({ "speaker": "Arman Tulebek", "role": "transport minister", "country": "KZ", "about": "JP",
            "said_on": "2026-03-06", "issue": "Transit", "stance": 2 }),
    );
    let odd = desk.clip("=SUM(1) is what the form said\n\nThe clerk wrote “=SUM(A1:A9), as ever” on the form on Monday, and nobody at the ministry objected to it at all.");
    desk.statement(
        &odd,
        "=SUM(A1:A9), as ever",
        json!({ "speaker": "@clerk", "country": "KZ", "said_on": "2026-03" }),
    );
    desk.statement(
        &odd,
        "nobody at the ministry objected",
        json!({ "speaker": "Mei Tanaka", "country": "JP", "mode": "indirect", "translation": "В министерстве никто не возражал",
            "translator": "A. Reader", "translation_status": "checked", "language": "en" }),
    );
    desk
}

fn export(desk: &Desk, name: &str, format: &str, filter: Value) -> Vec<u8> {
    let path = desk.path(name);
    let request = json!({ "path": path, "format": format, "filter": filter });
    let exported = desk.call("export_statements", request.clone());
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(exported["bytes"], bytes.len());
    let again = desk.try_call("export_statements", request).unwrap_err();
    assert_eq!(again.code, bilat_api::Code::Exists);
    bytes
}

#[test]
fn a_spreadsheet_has_typed_dates_links_and_no_formula() {
    let desk = register();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(export(&desk, "all.xlsx", "xlsx", json!({})))).unwrap();
    let sheet = book.worksheet_range("Statements").unwrap();
    assert_eq!(sheet.height(), 4);
    let column = |name: &str| {
        let at =
            sheet.rows().next().unwrap().iter().position(|cell| *cell == Data::String(name.into())).unwrap();
        sheet.rows().skip(1).map(|row| row[at].clone()).collect::<Vec<_>>()
    };
    let register = desk.call("list_statements", json!({}));
    let texts: Vec<Data> = register["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| Data::String(row["text"].as_str().unwrap().into()))
        .collect();
    assert_eq!(column("text"), texts, "every word as it stands in the register");
    assert!(texts.contains(&Data::String("=SUM(A1:A9), as ever".into())));
    assert!(book.worksheet_formula("Statements").unwrap().is_empty(), "no cell is a formula");
    let dates = column("said_on");
    assert!(
        dates.iter().any(|cell| matches!(cell, Data::DateTime(day) if day.to_ymd_hms_milli().0 == 2026)),
        "{dates:?}"
    );
    assert!(dates.contains(&Data::String("2026-03".into())), "a month is no day: {dates:?}");
    assert!(column("stance").contains(&Data::Float(2.0)));
}

#[test]
fn comma_separated_values_are_read_back_as_they_were_and_begin_no_formula() {
    let desk = register();
    let bytes = export(&desk, "all.csv", "csv", json!({ "sort": "speaker" }));
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.lines().count() == 4 && text.ends_with("\r\n"));
    assert!(text.contains("\"'=SUM(A1:A9), as ever\",'@clerk,"), "{text}");
    assert!(
        text.contains("The pact opens a door that was shut for a decade,Arman Tulebek,transport minister,"),
        "{text}"
    );
}

/// What the model asks of every annotation (w3.org/TR/annotation-model): its musts, as far as they concern ours.
fn assert_model(annotation: &Value) {
    let iri = |value: &Value| {
        let text = value.as_str().unwrap_or_default();
        assert!(
            text.split_once(':').is_some_and(
                |(scheme, rest)| !rest.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric())
            ),
            "{value} is no IRI"
        );
    };
    iri(&annotation["id"]);
    assert_eq!(annotation["type"], "Annotation");
    for instant in ["created", "modified"] {
        let text = annotation[instant].as_str().unwrap();
        assert!(text.ends_with('Z') && chrono::DateTime::parse_from_rfc3339(text).is_ok(), "{text}");
    }
    let bodies = annotation["body"].as_array().unwrap();
    assert!(!bodies.is_empty());
    for body in bodies.iter().filter(|body| body["type"] == "TextualBody") {
        assert!(body["value"].is_string(), "a textual body has one value: {body}");
    }
    let targets = annotation["target"].as_array().unwrap();
    assert!(!targets.is_empty(), "an annotation has a target");
    for target in targets {
        assert_eq!(target["type"], "SpecificResource");
        iri(&target["source"]);
        iri(&target["state"]["cached"]);
        let selectors = target["selector"].as_array().unwrap();
        for selector in selectors {
            match selector["type"].as_str().unwrap() {
                "TextQuoteSelector" => {
                    assert!(
                        ["exact", "prefix", "suffix"].iter().all(|part| selector[part].is_string()),
                        "{selector}"
                    );
                }
                "TextPositionSelector" => {
                    assert!(
                        selector["start"].as_u64().unwrap() < selector["end"].as_u64().unwrap(),
                        "{selector}"
                    );
                }
                other => panic!("{other} is not of the model"),
            }
        }
        assert_eq!(selectors[0]["type"], "TextQuoteSelector");
    }
}

#[test]
fn w3c_annotations_name_the_words_their_place_and_who_said_them() {
    let desk = register();
    let found: Value = serde_json::from_slice(&export(&desk, "all.jsonld", "jsonld", json!({}))).unwrap();
    assert_eq!(found["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    assert_eq!((&found["type"], &found["total"]), (&json!("AnnotationCollection"), &json!(3)));
    let items = found["first"]["items"].as_array().unwrap();
    items.iter().for_each(assert_model);
    let ids: std::collections::BTreeSet<&str> =
        items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 3, "each has an identity of its own");
    let article = desk.call("read_article", json!({ "id": desk.call("list_statements", json!({ "speaker": "Arman Tulebek" }))["rows"][0]["article"] }));
    let text: Vec<char> = article["snapshot"]["text"].as_str().unwrap().chars().collect();
    let pact = items
        .iter()
        .find(|item| item["target"][0]["selector"][0]["exact"].as_str().unwrap().contains("pact"))
        .unwrap();
    let [quote, position] = [&pact["target"][0]["selector"][0], &pact["target"][0]["selector"][1]];
    let at = |end: &str| position[end].as_u64().unwrap() as usize;
    assert_eq!(
        text[at("start")..at("end")].iter().collect::<String>(),
        quote["exact"],
        "the position is that of the words"
    );
    assert_eq!(
        pact["target"][0]["state"]["cached"],
        format!("urn:sha-256:{}", article["snapshot"]["sha256_text"].as_str().unwrap())
    );
    assert_eq!(pact["body"][0]["schema:creator"]["schema:name"], "Arman Tulebek");
    let translated = items
        .iter()
        .find(|item| {
            item["body"].as_array().unwrap().iter().any(|body| body["creator"]["name"] == "A. Reader")
        })
        .unwrap();
    assert_eq!(
        translated["body"][0]["schema:text"], "nobody at the ministry objected",
        "the original stays the original"
    );
}

#[test]
fn the_command_line_filters_as_the_window_does() {
    let shell = Shell::new();
    assert_eq!(shell.run(&["demo"]).code, 0);
    let all = shell.json(&["statements"]);
    let all = all.as_array().unwrap();
    let count =
        |arguments: &[&str]| shell.json(&[&["statements"], arguments].concat()).as_array().unwrap().len();
    for (option, field) in [("--speaker", "speaker"), ("--country", "country"), ("--mode", "mode")] {
        let value = all[0][field].as_str().unwrap();
        let expected = all.iter().filter(|row| row[field] == value).count();
        assert!(expected > 0 && expected < all.len() || field == "mode", "{field} tells some from others");
        assert_eq!(count(&[option, value]), expected, "{option} {value}");
    }
    let none = all.iter().filter(|row| row["stance"].is_null()).count();
    assert_eq!(count(&["--stance", "none"]), none);
    assert_eq!(
        count(&["--stance", "-2", "--stance", "-1", "--stance", "0", "--stance", "1", "--stance", "2"]),
        all.len() - none
    );
    let written = shell.run(&["statements", "--country", "JP", "-o", "jp.xlsx"]);
    assert_eq!(written.code, 0, "{written:?}");
    assert!(std::fs::read(shell.path("jp.xlsx")).unwrap().starts_with(b"PK"));
    assert_eq!(shell.run(&["statements", "-o", "jp.xlsx"]).code, 1, "nothing is replaced unless asked");
    assert_eq!(shell.run(&["statements", "-o", "jp.xlsx", "--replace"]).code, 0);
    assert_eq!(shell.run(&["statements", "-o", "jp.stone"]).code, 1);
    assert_eq!(shell.run(&["statements", "--stance", "3"]).code, 2);
    let csv = shell.run(&["statements", "--format", "csv"]);
    assert_eq!(csv.out.matches("\r\n").count().max(csv.out.lines().count()), all.len() + 1);
}

#[test]
fn fields_of_many_statements_change_at_once_and_back() {
    let desk = register();
    let rows = || desk.call("list_statements", json!({}));
    let before = rows();
    let ids: Vec<i64> =
        before["rows"].as_array().unwrap().iter().map(|row| row["id"].as_i64().unwrap()).collect();
    let order = desk.call("order_statements", json!({}));
    assert_eq!(order["ids"], json!(ids));
    let changes: Vec<Value> = ids
        .iter()
        .flat_map(|id| {
            [
                json!({ "id": id, "field": "issue", "value": "Rail" }),
                json!({ "id": id, "field": "stance", "value": "-1" }),
            ]
        })
        .collect();
    let back = desk.call("edit_statements", json!({ "changes": changes }));
    assert!(
        rows()["rows"].as_array().unwrap().iter().all(|row| row["issue"] == "Rail" && row["stance"] == -1)
    );
    assert_eq!(desk.call("list_issues", json!({})), json!([{ "issue": "Rail", "statements": 3 }]));
    desk.call("edit_statements", json!({ "changes": back }));
    assert_eq!(rows(), before);
    let words = desk.try_call(
        "edit_statements",
        json!({ "changes": [{ "id": ids[0], "field": "text", "value": "other words" }] }),
    );
    assert_eq!(words.unwrap_err().code, bilat_api::Code::BadRequest, "the words are no field");
}

#[test]
fn people_and_sources_are_merged_and_taken_apart_through_the_door() {
    let desk = register();
    let people = || desk.call("list_people", json!({}))["people"].clone();
    let before = people();
    let id = |name: &str| {
        before.as_array().unwrap().iter().find(|person| person["name"] == name).unwrap()["id"].clone()
    };
    desk.call("merge_speakers", json!({ "merge": id("@clerk"), "keep": id("Arman Tulebek") }));
    assert_eq!(people().as_array().unwrap().len(), 2);
    assert_eq!(desk.call("list_statements", json!({ "speaker": "@clerk" }))["total"], 2);
    desk.call("split_speaker", json!({ "id": id("@clerk") }));
    assert_eq!(people(), before);

    let office = desk.call("set_office", json!({ "speaker": id("Mei Tanaka"), "office": { "role": "envoy", "country": "JP", "from": "2025" } }));
    let on = |day: &str| desk.call("role_on", json!({ "speaker": "Mei Tanaka", "on": day }))["role"].clone();
    assert_eq!(on("2026-01-01"), "envoy");
    let back = desk.call("remove_office", json!({ "id": office["id"] }));
    assert_eq!(on("2026-01-01"), Value::Null);
    desk.call("set_office", back);
    assert_eq!(on("2026-01-01"), "envoy");

    let source = desk.call("list_sources", json!({}))["sources"][0].clone();
    let edited = desk.call(
        "edit_source",
        json!({ "id": source["id"], "edit": { "affiliation": "party", "affiliation_from": "its imprint" } }),
    );
    desk.call("grade_source", json!({ "id": source["id"], "reliability": "B", "reason": "corrects itself" }));
    let now = desk.call("list_sources", json!({}))["sources"][0].clone();
    assert_eq!(
        (&now["affiliation"], &now["reliability"], &now["gradings"][0]["reason"]),
        (&json!("party"), &json!("B"), &json!("corrects itself"))
    );
    desk.call("edit_source", edited);
    assert_eq!(desk.call("list_sources", json!({}))["sources"][0]["affiliation"], Value::Null);
}

#[test]
fn a_backup_on_the_command_line_is_restored_and_replaces_nothing_unasked() {
    let shell = Shell::new();
    shell.run_with(&["clip", "-"], TREATY);
    assert_eq!(shell.run(&["backup", "kept.bilat"]).code, 0);
    assert_eq!(shell.run(&["backup", "kept.bilat"]).code, 1, "a backup is not replaced unless asked");
    shell.run_with(&["clip", "-"], "Another pact\n\nAnother pact was signed on Monday, said nobody at all.");
    let titles = || shell.json(&["list"])["total"].clone();
    let before = titles();
    let refused = shell.run(&["restore", "kept.bilat"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    assert_eq!(titles(), before);
    assert!(refused.err.contains("--replace"), "{refused:?}");
    let restored = shell.json(&["restore", "kept.bilat", "--replace"]);
    assert_ne!(titles(), before);
    assert!(shell.path(restored["kept"].as_str().unwrap()).exists(), "what stood there is kept");
    assert_eq!(shell.run(&["check"]).code, 0);
}
