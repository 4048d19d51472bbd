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
    assert_eq!(shell.run(&["brief", "edit", &id, "bad.md"]).code, 0);
    let stopped = shell.run(&["brief", "export", &id, "--format", "md", "-o", "stopped.md"]);
    assert_eq!(stopped.code, 3, "{stopped:?}");
    assert!(!shell.path("stopped.md").exists());

    assert_eq!(shell.run(&["check"]).code, 0);
    assert_eq!(shell.json(&["search", "door", "shut"])["hits"][0]["key"], key);
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
