//! A real article, pasted as it was copied from the page; other people's words, so it stays outside
//! the repository and the test is skipped where it is not there.

use std::path::Path;

use crate::cli::Shell;

#[test]
fn a_real_pasted_article_becomes_a_briefing() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases/articles/us-russia-all-time-low.txt");
    if !path.exists() {
        println!("skipped: {} is not here", path.display());
        return;
    }
    let shell = Shell::new();
    let clipped = shell.json(&["clip", path.to_str().unwrap(), "--published", "2023-01-20"]);
    assert_eq!(clipped[0]["pair"], "RU-US");
    let id = clipped[0]["id"].to_string();
    let shown = shell.json(&["show", &id]);
    let raw = std::fs::read_to_string(&path).unwrap();
    assert_eq!(shown["title"].as_str(), raw.lines().next());
    assert_eq!(shown["credit"], "REUTERS");
    assert!(shown["standfirst"].is_string());
    let paragraphs: Vec<&str> =
        shown["paragraphs"].as_array().unwrap().iter().map(|p| p.as_str().unwrap()).collect();
    assert_eq!(paragraphs.len(), 8, "{paragraphs:#?}");
    for paragraph in &paragraphs {
        assert!(paragraph.ends_with(['.', '”']), "a whole paragraph: {paragraph}");
    }
    // The first quotation: from the first opening mark of the second paragraph to its closing mark.
    let quotation = paragraphs[1].split_once('“').unwrap().1.split_once('”').unwrap().0.trim_end_matches(',');
    shell.json(&[
        "annotate",
        &id,
        "--exact",
        quotation,
        "--speaker",
        "Dmitry Peskov",
        "--role",
        "Kremlin spokesman",
        "--country",
        "RU",
        "--said-on",
        "2023-01-20",
    ]);
    assert_eq!(shell.run(&["brief", "draft", "--pair", "US-RU", "-o", "b.md"]).code, 0);
    let passed = shell.run(&["brief", "check", "b.md"]);
    assert_eq!(passed.code, 0, "{passed:?}");
    let draft = std::fs::read_to_string(shell.path("b.md")).unwrap();
    assert!(draft.contains(quotation));
    std::fs::write(shell.path("b.md"), draft.replace("lowest", "highest")).unwrap();
    let refused = shell.run(&["brief", "check", "b.md"]);
    assert_eq!(refused.code, 3, "{refused:?}");
    assert!(refused.out.contains(quotation), "{refused:?}");
}
