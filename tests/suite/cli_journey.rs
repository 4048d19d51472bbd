//! The whole way on the command line.

use crate::cli::Shell;
use crate::desk::TREATY;

#[test]
fn one_article_to_one_briefing() {
    let shell = Shell::new();
    std::fs::write(shell.path("treaty.txt"), TREATY).unwrap();
    let clipped =
        shell.json(&["clip", "treaty.txt", "--outlet", "The Meridian Courier", "--published", "2026-03-06"]);
    assert_eq!(clipped[0]["state"], "new");
    assert_eq!(clipped[0]["pair"], "JP-KZ");
    let key = clipped[0]["key"].as_str().unwrap();

    let shown = shell.json(&["show", key]);
    assert_eq!(shown["paragraphs"].as_array().unwrap().len(), 4, "{shown}");
    let marked = shell.json(&[
        "annotate",
        key,
        "--exact",
        "The pact opens a door that was shut for a decade",
        "--speaker",
        "Arman Tulebek",
        "--role",
        "transport minister",
        "--country",
        "Kazakhstan",
        "--said-on",
        "2026-03-06",
    ]);
    assert_eq!(marked["state"], "anchored");
    let register = shell.json(&["statements", "--pair", "JP-KZ"]);
    assert_eq!(register[0]["speaker"], "Arman Tulebek");
    assert_eq!(register[0]["article"], key);

    assert_eq!(shell.run(&["brief", "draft", "--pair", "KZ-JP", "-o", "b.md"]).code, 0);
    let id = shell.json(&["brief", "list"])[0]["id"].to_string();
    assert_eq!(shell.run(&["brief", "check", "b.md"]).code, 0);

    let draft = std::fs::read_to_string(shell.path("b.md")).unwrap();
    std::fs::write(shell.path("bad.md"), draft.replacen("a decade", "a century", 1)).unwrap();
    let refused = shell.run(&["brief", "check", "bad.md"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.out.contains("altered") && refused.out.contains("shut for a decade"), "{refused:?}");

    for (format, file) in [("md", "out.md"), ("html", "out.html")] {
        let exported = shell.run(&["brief", "export", &id, "--format", format, "-o", file]);
        assert_eq!(exported.code, 0, "{exported:?}");
        assert!(std::fs::read_to_string(shell.path(file)).unwrap().contains("shut for a decade"));
    }
    assert_eq!(shell.run(&["brief", "export", &id, "--format", "pack", "-o", "out.pack"]).code, 0);
    let sound = shell.run(&["verify", "out.pack"]);
    assert_eq!(sound.code, 0, "{sound:?}");
    assert_eq!(shell.run(&["brief", "edit", &id, "bad.md"]).code, 0);
    let stopped = shell.run(&["brief", "export", &id, "--format", "md", "-o", "stopped.md"]);
    assert_eq!(stopped.code, 3, "{stopped:?}");
    assert!(!shell.path("stopped.md").exists());

    assert_eq!(shell.run(&["check"]).code, 0);
    assert_eq!(shell.json(&["search", "door", "shut"])["hits"][0]["key"], key);
}

#[test]
fn an_error_is_one_line_that_says_what_is_wrong_and_wrong_usage_exits_2() {
    let shell = Shell::new();
    shell.run_with(&["clip", "-"], TREATY);
    for (arguments, code, says) in [
        (&["annotate", "1"][..], 2, "--exact <TEXT>"),
        (&["brief", "draft", "--pair", "JP-JP"], 2, "two different actors"),
        (&["brief", "export", "1", "--format", "stone", "-o", "x"], 2, "md, html"),
        (&["lsit"], 2, "lsit"),
        (&["annotate", "1", "--exact", "pact", "--said-on", "2026-13"], 2, "2026-13"),
        (&["annotate", "1", "--exact", "no such words"], 1, "do not stand in the article"),
        (&["annotate", "1", "--exact", "pact"], 1, "--prefix or --suffix"),
        (&["annotate", "9", "--exact", "pact"], 1, "no article 9"),
        (&["show", "nobody-19000101"], 1, "nobody-19000101"),
        (&["brief", "check", "absent.md"], 1, "absent.md"),
        (&["brief", "edit", "7", "absent.md"], 1, "absent.md"),
        (&["brief", "draft", "--pair", "JP-KZ", "-o", "absent/b.md"], 1, "no folder absent"),
        (&["demo"], 1, "in use"),
    ] {
        let answer = shell.run(arguments);
        assert_eq!(answer.code, code, "{arguments:?}: {answer:?}");
        assert_eq!(answer.err.lines().count(), 1, "{arguments:?}: {}", answer.err);
        assert!(
            answer.err.starts_with("bilat: ") && answer.err.contains(says),
            "{arguments:?}: {}",
            answer.err
        );
    }
    for help in [&["--help"][..], &["brief", "draft", "--help"], &["--version"]] {
        assert_eq!(shell.run(help).code, 0, "{help:?}");
    }
    assert_eq!(shell.run(&["brief"]).code, 2, "a command without its command shows the help");
}

#[test]
fn a_check_tells_of_unknown_keys_and_of_what_a_reader_will_not_see() {
    let shell = Shell::new();
    shell.run_with(&["clip", "-"], TREATY);
    let answer = shell.run_with(&["brief", "check", "-"], "See [@nobody].\n\n<!-- and\n\nnothing after.");
    assert_eq!(answer.code, 0, "{answer:?}");
    assert!(answer.out.contains("line 1: unknown key: [@nobody]"), "{answer:?}");
    assert!(answer.out.contains("line 3: a comment opens here and never closes"), "{answer:?}");
}

#[test]
fn json_answers_have_every_documented_field() {
    let shell = Shell::new();
    shell.json(&["demo"]);
    let has = |value: &serde_json::Value, fields: &str| {
        for field in fields.split(' ') {
            assert!(value.get(field).is_some(), "{field} in {value}");
        }
    };
    let list = shell.json(&["list"]);
    has(&list, "total rows");
    has(
        &list["rows"][0],
        "id key title snippet outlet credit reliability published clipped_at language dyads",
    );
    let show = shell.json(&["show", "1"]);
    has(
        &show,
        "id key title standfirst byline published outlet dateline credit url language pairs paragraphs",
    );
    has(&show, "set_aside snapshots annotations statements");
    has(&show["annotations"][0], "id exact state note tags");
    has(&show["snapshots"][0], "id capture sha256_raw sha256_text");
    let search = shell.json(&["search", "permits"]);
    has(&search, "total capped hits");
    has(&search["hits"][0], "kind id article key title snippet outlet published");
    let statements = shell.json(&["statements"]);
    has(
        &statements[0],
        "id key text speaker role organisation country about said_on mode language translation",
    );
    has(&statements[0], "issue stance article");
    let annotated = shell.json(&["annotate", "1", "--exact", "Annex C", "--speaker", "A Clerk"]);
    has(&annotated, "id key state");
    has(&shell.json(&["brief", "draft", "--pair", "JP-KZ", "-o", "b.md"]), "id title markdown");
    has(&shell.json(&["brief", "list"])[0], "id title dyad changed_at editions");
    has(
        &shell.json(&["brief", "show", "1"]),
        "id title dyad markdown revision created_at changed_at deleted",
    );
    has(&shell.json(&["brief", "edit", "1", "b.md"]), "id revision");
    let check = shell.json(&["brief", "check", "b.md"]);
    has(&check, "quotations language unknown_keys warnings verified total");
    has(&check["quotations"][0], "text key state line found");
    has(&shell.json(&["brief", "export", "1", "--format", "md", "-o", "out.md"]), "path bytes check");
    has(&shell.json(&["check"]), "snapshots log_entries faults");
}

#[test]
fn extract_and_analyze_touch_no_library() {
    let shell = Shell::new();
    let extracted = shell.run_with(&["extract"], TREATY);
    assert_eq!(extracted.code, 0, "{extracted:?}");
    let extracted: serde_json::Value = serde_json::from_str(&extracted.out).unwrap();
    assert_eq!(extracted["title"], "Japan and Kazakhstan sign a transit pact");
    let analyzed = shell.run_with(&["analyze", "--published", "2026-03-09"], TREATY);
    let analyzed: serde_json::Value = serde_json::from_str(&analyzed.out).unwrap();
    assert_eq!((&analyzed["pairs"][0]["a"], &analyzed["pairs"][0]["b"]), (&"JP".into(), &"KZ".into()));
    assert!(!shell.path("x.bilat").exists());
}

#[test]
fn a_batch_answers_every_line_in_order() {
    let shell = Shell::new();
    std::fs::write(shell.path("treaty.txt"), TREATY).unwrap();
    let lines = format!(
        "{}\n{}\nnot json\n",
        serde_json::json!({ "id": 1, "path": shell.path("treaty.txt") }),
        serde_json::json!({ "id": 2, "path": shell.path("absent.txt") }),
    );
    let answer = shell.run_with(&["extract", "--batch"], lines);
    let lines: Vec<serde_json::Value> =
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert_eq!(
        (&lines[0]["id"], &lines[0]["title"]),
        (&1.into(), &"Japan and Kazakhstan sign a transit pact".into())
    );
    assert!(lines[0]["ms"].is_number());
    assert!(lines[1]["error"].is_string() && lines[2]["error"].is_string());
}
