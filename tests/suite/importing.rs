//! Imports through the door: what came in is there, once, and nothing of a person's is touched.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::desk::{Desk, TREATY};

fn fixture(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/import").join(name);
    path.display().to_string()
}

/// Runs an import to its end.
#[track_caller]
fn import(desk: &Desk, paths: &[String]) -> Value {
    let started = desk.call("start_import", json!({ "paths": paths }));
    finished(desk, &started)
}

#[track_caller]
fn finished(desk: &Desk, started: &Value) -> Value {
    let begun = Instant::now();
    loop {
        let run = desk.call("read_import", json!({ "id": started["id"] }));
        if run["state"] != "running" {
            return run;
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "{run}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn counts(run: &Value) -> [u64; 7] {
    ["new", "new_snapshots", "unchanged", "records_only", "failed", "annotations", "annotations_missing"]
        .map(|name| run["counts"][name].as_u64().unwrap())
}

fn articles(desk: &Desk, view: &str) -> Vec<Value> {
    let page = desk.call("list_articles", json!({ "view": view, "limit": 200 }));
    page["rows"].as_array().unwrap().clone()
}

/// A folder of notes with tags.
fn notes() -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/notes").display().to_string()
}

fn written(desk: &Desk, name: &str, text: &str) -> String {
    let path = desk.path(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn a_collection_comes_in_once_and_a_second_run_adds_nothing() {
    // Expected: new, new snapshots, unchanged, of the new without words, failed, annotations, missing ones.
    for (name, format, first) in [
        ("desk.json", "csl_json", [5, 0, 0, 5, 2, 1, 0]),
        ("desk.ris", "ris", [3, 0, 0, 3, 0, 0, 0]),
        ("desk.bib", "bibtex", [4, 0, 0, 4, 1, 0, 0]),
        ("bookmarks.html", "bookmarks", [3, 0, 0, 3, 0, 0, 0]),
        ("pocket.csv", "pocket", [3, 0, 0, 3, 0, 0, 0]),
        ("instapaper.csv", "instapaper", [3, 0, 0, 3, 0, 1, 1]),
        ("readwise.csv", "readwise", [2, 0, 0, 2, 1, 3, 2]),
        ("wallabag.json", "wallabag", [2, 0, 0, 1, 1, 1, 0]),
        ("karakeep.json", "karakeep", [2, 0, 0, 1, 1, 1, 0]),
        ("hypothesis.json", "hypothesis", [2, 0, 0, 2, 1, 3, 2]),
        ("zotero.rdf", "zotero_rdf", [3, 0, 0, 1, 0, 1, 0]),
        ("zotero.json", "zotero_json", [2, 0, 0, 1, 0, 3, 1]),
        ("nexis.rtf", "nexis", [2, 0, 0, 0, 0, 0, 0]),
        ("factiva.html", "factiva", [2, 0, 0, 0, 0, 0, 0]),
    ] {
        let desk = Desk::new();
        let run = import(&desk, &[fixture(name)]);
        assert_eq!((run["state"].as_str(), run["format"].as_str()), (Some("done"), Some(format)), "{run:#}");
        assert_eq!(counts(&run), first, "{name}: {run:#}");
        assert_eq!(run["failures"].as_array().unwrap().len() as u64, first[4], "{name}: {run:#}");
        assert_eq!(run["total"], run["done"], "{name}: {run:#}");
        assert_eq!(articles(&desk, "all").len() as u64, first[0], "{name}");
        let again = import(&desk, &[fixture(name)]);
        assert_eq!(counts(&again), [0, 0, first[0], 0, first[4], 0, 0], "{name} again: {again:#}");
        assert_eq!(articles(&desk, "all").len() as u64, first[0], "{name} again");
        let checked = desk.call("check_library", json!({}));
        assert_eq!(checked["faults"], json!([]), "{name}");
    }
}

#[test]
fn feeds_are_followed_and_not_fetched() {
    let desk = Desk::new();
    let run = import(&desk, &[fixture("feeds.opml")]);
    assert_eq!(counts(&run), [2, 0, 0, 0, 1, 0, 0], "{run:#}");
    assert_eq!(counts(&import(&desk, &[fixture("feeds.opml")])), [0, 0, 2, 0, 1, 0, 0]);
    assert!(articles(&desk, "all").is_empty());
}

#[test]
fn everything_an_item_says_is_in_the_article() {
    let desk = Desk::new();
    import(&desk, &[fixture("zotero.json")]);
    let rows = articles(&desk, "all");
    let row = rows.iter().find(|row| row["title"] == "Ministers sign the harbour pact").unwrap();
    let article = desk.call("read_article", json!({ "id": row["id"] }));
    assert_eq!(article["outlet"], "The Harbour Courier");
    assert_eq!(article["published"]["on"], "2031-05-02");
    assert_eq!(article["authors"], json!(["Ann Other"]));
    assert_eq!(article["url"], "https://courier.example/pact");
    assert_eq!(article["provenance"]["outlet"], "import");
    assert!(
        article["snapshot"]["text"].as_str().unwrap().contains("nobody expects before the autumn"),
        "the attached page is its text"
    );
    let marks = article["annotations"].as_array().unwrap();
    let mark = marks.iter().find(|mark| mark["exact"] == "We signed a pact that holds").unwrap();
    assert_eq!((mark["state"].as_str(), mark["note"].as_str()), (Some("anchored"), Some("Which pact?")));
    assert_eq!(mark["tags"], json!(["quote"]));
    assert_eq!(mark["created_at"], "2026-03-09T12:00:00Z", "a time to come is taken for now");
    let lost = marks.iter().find(|mark| mark["exact"] == "words that stand nowhere in it").unwrap();
    assert_eq!(lost["state"], "missing");
    assert!(marks.iter().any(|mark| mark["note"] == "Compare the treaty."));
    let tagged = desk.call("search", json!({ "query": "tag:harbour" }));
    let kinds: Vec<_> = tagged["hits"].as_array().unwrap().iter().map(|hit| hit["kind"].clone()).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "article").count(), 1, "{tagged:#}");
}

#[test]
fn folders_become_collections() {
    let desk = Desk::new();
    import(&desk, &[fixture("bookmarks.html")]);
    let collections = desk.call("list_collections", json!({}));
    assert_eq!(
        (collections[0]["name"].as_str(), collections[0]["articles"].as_u64()),
        (Some("Desk / Energy"), Some(1))
    );
}

#[test]
fn a_record_gets_its_words_when_its_page_is_clipped() {
    let desk = Desk::new();
    import(&desk, &[fixture("hypothesis.json")]);
    let page = std::fs::read_to_string(fixture("files/10/pact.html")).unwrap();
    let clipped = desk.call(
        "clip",
        json!({ "source": { "type": "html", "html": page }, "url": "https://courier.example/pact" }),
    );
    assert_eq!(clipped["state"], "new snapshot", "{clipped:#}");
    let article = desk.call("read_article", json!({ "id": clipped["id"] }));
    let marks = article["annotations"].as_array().unwrap();
    let mark = marks.iter().find(|mark| mark["exact"] == "We signed a pact").unwrap();
    assert_eq!(mark["state"], "anchored", "what was marked elsewhere is found in the words");
}

#[test]
fn what_a_person_corrected_stays_corrected() {
    let desk = Desk::new();
    let item = |abstract_: &str| json!([{ "id": "a", "type": "report", "title": "Old title", "abstract": abstract_, "URL": "https://a.example/" }]);
    let file = written(&desk, "one.json", &item("First words").to_string());
    import(&desk, std::slice::from_ref(&file));
    let id = articles(&desk, "all")[0]["id"].clone();
    desk.call("edit_article", json!({ "id": id, "title": "New title", "outlet": "The Courier" }));
    written(&desk, "one.json", &item("Other words").to_string());
    let run = import(&desk, &[file]);
    assert_eq!(counts(&run), [0, 0, 1, 0, 0, 0, 0], "{run:#}");
    let article = desk.call("read_article", json!({ "id": id }));
    assert_eq!(
        (article["title"].as_str(), article["outlet"].as_str()),
        (Some("New title"), Some("The Courier"))
    );
}

#[test]
fn a_deleted_mark_does_not_come_back_but_a_new_one_comes() {
    let desk = Desk::new();
    let row = |words: &str| format!("\"{words}\",Tides,Bo Else,,,,,,,,\n");
    let head = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n";
    let file = written(&desk, "marks.csv", &format!("{head}{}", row("Twice a day")));
    import(&desk, std::slice::from_ref(&file));
    let id = articles(&desk, "all")[0]["id"].clone();
    let mark = desk.call("read_article", json!({ "id": id }))["annotations"][0]["id"].clone();
    desk.call("delete_annotation", json!({ "id": mark }));
    written(&desk, "marks.csv", &format!("{head}{}{}", row("Twice a day"), row("Never on Sundays")));
    let run = import(&desk, &[file]);
    assert_eq!(counts(&run), [0, 0, 1, 0, 0, 1, 1], "{run:#}");
    let marks = desk.call("read_article", json!({ "id": id }))["annotations"].clone();
    assert_eq!(marks.as_array().unwrap().len(), 1);
    assert_eq!(marks[0]["exact"], "Never on Sundays");
}

#[test]
fn an_import_is_taken_back_to_the_bin_and_comes_again() {
    let desk = Desk::new();
    let own = desk.clip(TREATY);
    let run = import(&desk, &[fixture("desk.ris")]);
    let undone = desk.call("undo_import", json!({ "id": run["id"] }));
    assert_eq!(undone["state"], "undone");
    assert_eq!(articles(&desk, "all").len(), 1, "what was there before stays");
    assert_eq!(articles(&desk, "bin").len(), 3);
    let again = import(&desk, &[fixture("desk.ris")]);
    assert_eq!(counts(&again), [3, 0, 0, 3, 0, 0, 0], "{again:#}");
    assert!(articles(&desk, "bin").is_empty());
    // What a person puts there stays there.
    let id = articles(&desk, "all").into_iter().find(|row| row["id"] != own["id"]).unwrap()["id"].clone();
    desk.call("delete_article", json!({ "id": id }));
    let third = import(&desk, &[fixture("desk.ris")]);
    assert_eq!(counts(&third), [0, 0, 3, 0, 0, 0, 0], "{third:#}");
    assert_eq!(articles(&desk, "bin").len(), 1);
    desk.call("undo_import", json!({ "id": third["id"] }));
    assert_eq!(articles(&desk, "all").len(), 3, "a run that added nothing takes nothing back");
}

/// So many records, each a short article.
fn many(desk: &Desk, count: usize) -> String {
    let items: Vec<Value> = (0..count)
        .map(|n| json!({ "id": n, "type": "report", "title": format!("Report {n}"), "URL": format!("https://a.example/{n}") }))
        .collect();
    written(desk, "many.json", &json!(items).to_string())
}

#[test]
fn a_run_is_stopped_between_items_and_what_is_in_stays() {
    let desk = Desk::new();
    let file = many(&desk, 2_000);
    let started = desk.call("start_import", json!({ "paths": [file] }));
    while desk.call("read_import", json!({ "id": started["id"] }))["done"] == 0 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let stopped = desk.call("cancel_import", json!({ "id": started["id"] }));
    assert_eq!(stopped["state"], "cancelled", "{stopped:#}");
    let done = stopped["done"].as_u64().unwrap();
    assert!(done > 0 && done < 2_000, "{done}");
    let total = desk.call("list_articles", json!({ "view": "all", "limit": 1 }))["total"].as_u64().unwrap();
    assert_eq!((stopped["counts"]["new"].as_u64(), total), (Some(done), done));
    let rest = import(&desk, &[file]);
    assert_eq!(counts(&rest), [2_000 - done, 0, done, 2_000 - done, 0, 0, 0], "the same file does the rest");
}

#[test]
fn a_run_that_was_cut_off_says_so_and_is_completed_by_running_it_again() {
    let (bilat, folder) = (env!("CARGO_BIN_EXE_bilat"), tempfile::tempdir().unwrap());
    let library = folder.path().join("desk.bilat");
    let items: Vec<Value> =
        (0..2_000).map(|n| json!({ "id": n, "type": "report", "title": format!("Report {n}") })).collect();
    let file = folder.path().join("many.json");
    std::fs::write(&file, json!(items).to_string()).unwrap();
    let command = |args: &[&str]| {
        let mut command = std::process::Command::new(bilat);
        command
            .arg("--library")
            .arg(&library)
            .args(args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        command
    };
    let file = file.display().to_string();
    let mut child = command(&["import", &file]).spawn().unwrap();
    let begun = Instant::now();
    while listed(bilat, &library) == 0 && begun.elapsed() < Duration::from_mins(1) {
        std::thread::sleep(Duration::from_millis(10));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let kept = listed(bilat, &library);
    assert!(kept > 0 && kept < 2_000, "{kept}");
    let done = command(&["import", &file]).status().unwrap();
    assert!(done.success());
    assert_eq!(listed(bilat, &library), 2_000, "nothing twice, nothing lost");
    assert!(command(&["check"]).status().unwrap().success());
}

/// How many articles a library lists.
fn listed(bilat: &str, library: &Path) -> u64 {
    let out = std::process::Command::new(bilat)
        .arg("--library")
        .arg(library)
        .args(["--json", "list", "--limit", "1"])
        .output()
        .unwrap();
    serde_json::from_slice::<Value>(&out.stdout).ok().and_then(|page| page["total"].as_u64()).unwrap_or(0)
}

#[test]
fn files_and_folders_are_an_import_too() {
    let desk = Desk::new();
    let folder = desk.path("folder");
    std::fs::create_dir_all(folder.join("inner")).unwrap();
    std::fs::write(folder.join("inner/treaty.txt"), TREATY).unwrap();
    std::fs::write(folder.join("empty.txt"), "").unwrap();
    std::fs::copy(fixture("desk.ris"), folder.join("desk.ris")).unwrap();
    std::fs::write(folder.join(".hidden"), "x").unwrap();
    let run = import(&desk, &[folder.display().to_string()]);
    assert_eq!((run["name"].as_str(), run["format"].as_str()), (Some("folder"), Some("files")), "{run:#}");
    assert_eq!(counts(&run), [4, 0, 0, 3, 1, 0, 0], "{run:#}");
    let again = import(&desk, &[folder.display().to_string()]);
    assert_eq!(counts(&again), [0, 0, 4, 0, 1, 0, 0], "{again:#}");
}

#[test]
fn a_file_that_is_no_collection_is_refused_with_its_reason() {
    let desk = Desk::new();
    let file = written(&desk, "notes.txt", "just words");
    let started = desk.call("start_import", json!({ "paths": [file], "format": "ris" }));
    let run = finished(&desk, &started);
    assert_eq!(counts(&run), [0, 0, 0, 0, 1, 0, 0]);
    assert_eq!(run["failures"][0]["reason"], "this is not a RIS file: no line starts with “TY  - ”");
    let none = desk.try_call("start_import", json!({ "paths": ["/no/such/file"] })).unwrap_err();
    assert!(none.to_string().contains("/no/such/file"), "{none}");
    assert!(desk.try_call("start_import", json!({ "paths": [] })).is_err());
    assert!(desk.try_call("start_import", json!({ "paths": ["x"], "format": "mendeley" })).is_err());
}

#[test]
fn two_records_that_say_the_same_are_one_article_with_what_both_have() {
    let desk = Desk::new();
    let record = |tag: &str, abstract_: &str| {
        format!(
            "TY  - NEWS\nTI  - Harbour tolls rise\nAU  - Other, Ann\nT2  - The Courier\nKW  - {tag}\nAB  - {abstract_}\nER  - \n\n"
        )
    };
    let other = record("ferry", "Less.").replace("Ann", "Bo");
    let text = format!(
        "{}{}{other}",
        record("tolls", "More ships pay."),
        record("grain", "More ships pay a tenth more.")
    );
    let run = import(&desk, &[written(&desk, "twice.ris", &text)]);
    assert_eq!(counts(&run), [2, 0, 1, 2, 0, 0, 0], "{run:#}");
    let all = articles(&desk, "all");
    assert_eq!(all.len(), 2);
    let tags = all.iter().map(|row| desk.call("read_article", json!({ "id": row["id"] }))["tags"].clone());
    let tags: Vec<Value> = tags.collect();
    assert!(tags.contains(&json!(["grain", "tolls"])) && tags.contains(&json!(["ferry"])), "{tags:?}");
    desk.call("undo_import", json!({ "id": run["id"] }));
    assert!(articles(&desk, "all").is_empty());
}

#[test]
fn collections_that_an_import_made_go_with_it_unless_something_else_is_in_them() {
    let desk = Desk::new();
    let own = desk.clip(TREATY);
    desk.call("create_collection", json!({ "name": "My own" }));
    let folder = |name: &str, page: &str| {
        format!("<DT><H3>{name}</H3><DL><p><DT><A HREF=\"https://a.example/{page}\">{page}</A></DL><p>")
    };
    let marks = format!(
        "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>{}{}</DL>",
        folder("Desk", "tides"),
        folder("Trade", "tolls")
    );
    let file = written(&desk, "marks.html", &marks);
    let run = import(&desk, std::slice::from_ref(&file));
    let names = || {
        let all = desk.call("list_collections", json!({}));
        all.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let made: Vec<String> = names().into_iter().filter(|name| name != "My own").collect();
    assert!(made.len() > 1, "{made:?}");
    let kept = desk.call("list_collections", json!({}))[1].clone();
    desk.call("add_to_collection", json!({ "collection": kept["id"], "articles": [own["id"]] }));
    desk.call("undo_import", json!({ "id": run["id"] }));
    assert_eq!(names(), ["My own", kept["name"].as_str().unwrap()]);
    import(&desk, &[file]);
    assert_eq!(names().len(), made.len() + 1, "and they come again with their articles");
}

#[test]
fn an_attachment_may_not_lead_out_of_the_exports_folder() {
    let desk = Desk::new();
    let secret = written(
        &desk,
        "secret.html",
        "<html><body><p>A secret that is nobody's business, written down at some length.</p></body></html>",
    );
    std::fs::create_dir_all(desk.path("export")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, desk.path("export/link.html")).unwrap();
    for path in ["../secret.html", secret.as_str(), "link.html"] {
        let item = json!([
            { "key": "A", "data": { "key": "A", "itemType": "webpage", "title": format!("Page {path}"), "creators": [], "tags": [] } },
            { "key": "B", "data": { "key": "B", "itemType": "attachment", "parentItem": "A", "contentType": "text/html", "path": path } },
        ]);
        let file = desk.path("export/zotero.json");
        std::fs::write(&file, item.to_string()).unwrap();
        import(&desk, &[file.display().to_string()]);
    }
    let found = desk.call("search", json!({ "query": "secret" }));
    let bodies = articles(&desk, "all")
        .into_iter()
        .filter(|row| row["snippet"].as_str().unwrap().contains("nobody's business"));
    assert_eq!(bodies.count(), 0, "{found:#}");
}

#[test]
fn progress_is_told_while_it_runs() {
    let desk = Desk::new();
    let mut events = desk.listen();
    let file = many(&desk, 300);
    let run = import(&desk, &[file]);
    let mut told = 0;
    while let Ok(event) = events.try_recv() {
        let event = serde_json::to_value(event).unwrap();
        told += u32::from(event["what"] == "imports" && event["id"] == run["id"]);
    }
    assert!((1..50).contains(&told), "{told}");
    let listed = desk.call("list_imports", json!({}));
    assert_eq!(listed[0]["id"], run["id"]);
}

#[test]
fn a_library_comes_back_from_its_export() {
    let desk = Desk::new();
    let own = desk.clip(TREATY);
    desk.statement(
        &own,
        "The pact opens a door that was shut for a decade",
        json!({ "speaker": "Arman Tulebek", "country": "KZ" }),
    );
    desk.call("confirm_dyad", json!({ "id": own["id"], "dyad": "JP-KZ" }));
    desk.call("edit_article", json!({ "id": own["id"], "title": "A corrected headline" }));
    // A page that was captured twice, the first capture made current again, and corrected.
    let page = |words: &str| {
        let html = format!(
            "<html lang=en><title>Berths</title><article><h1>Berths are let by lot</h1><p>The harbour let its berths by lot on Friday, \
             and {words}</p><p>Nobody had asked the fishermen, who came all the same and stood in the rain.</p><p>Advertisement: buy a boat \
             today.</p></article></html>"
        );
        let clipped = desk.call(
            "clip",
            json!({ "source": { "type": "html", "html": html }, "url": "https://courier.example/berths" }),
        );
        (clipped["id"].clone(), clipped["state"].as_str().unwrap().to_owned())
    };
    let (berths, _) = page("eleven captains drew a blank, said the clerk who counted.");
    assert_eq!(page("twelve captains drew a blank, said the clerk who counted.").1, "new snapshot");
    let first = desk.call("read_article", json!({ "id": berths }))["snapshots"][1]["id"].clone();
    desk.call("make_current", json!({ "id": first }));
    let correction = json!({ "type": "furniture", "block": 1 });
    desk.call(
        "correct_article",
        json!({ "article": berths, "correction": correction, "keep_as_rule": true }),
    );
    let briefing = desk.call("draft_briefing", json!({ "left": "JP", "right": "KZ" }));
    assert!(briefing["markdown"].as_str().unwrap().contains("[@tulebek-decade]"), "{briefing}");
    import(&desk, &[notes()]);
    for name in ["zotero.json", "desk.ris", "nexis.rtf", "bookmarks.html"] {
        import(&desk, &[fixture(name)]);
    }
    desk.call("save_search", json!({ "name": "Quota talks", "query": "pair:JP-KZ quota" }));
    let file = desk.path("library.zip").display().to_string();
    let exported = desk.call("export_library", json!({ "path": file }));
    let total = articles(&desk, "all").len() as u64;
    assert_eq!(exported["articles"], total);
    assert!(
        desk.try_call("export_library", json!({ "path": file })).is_err(),
        "a file that stands there stays"
    );

    let other = Desk::new();
    let run = import(&other, std::slice::from_ref(&file));
    assert_eq!(run["format"], "bilat");
    // The briefing, the search and the rule come beside the articles.
    let with_others = json!(total + 3);
    assert_eq!((&run["counts"]["new"], &run["counts"]["failed"]), (&with_others, &json!(0)), "{run:#}");
    assert_eq!(run["counts"]["annotations"], exported["annotations"]);
    let beside = |desk: &Desk| {
        let searches = desk.call("list_saved_searches", json!({}));
        let rules = desk.call("list_outlet_rules", json!({}));
        json!([searches[0]["name"], searches[0]["query"], rules[0]["host"], rules[0]["rule"]])
    };
    assert_eq!(beside(&desk), beside(&other));
    assert!(beside(&desk)[3].is_object(), "{}", beside(&desk));
    // Everything but the numbers is the same.
    let shown = |desk: &Desk| {
        let mut all: Vec<Value> = articles(desk, "all")
            .iter()
            .map(|row| {
                let found = desk.call("read_article", json!({ "id": row["id"] }));
                let marks: Vec<Value> = found["annotations"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|mark| {
                        json!([
                            mark["exact"],
                            mark["note"],
                            mark["state"],
                            mark["kind"],
                            mark["tags"],
                            mark["statement"]["speaker"],
                            mark["statement"]["country"],
                            mark["statement"]["key"],
                        ])
                    })
                    .collect();
                let kept = found["snapshots"].as_array().unwrap();
                let captures: Vec<Value> = kept
                    .iter()
                    // What another program said of an article before its page was there is no document.
                    .filter(|one| one["capture"]["media_type"] != "text/plain")
                    .map(|one| {
                        json!([one["sha256_raw"], one["sha256_text"], one["standing"], one["capture"]])
                    })
                    .collect();
                json!([
                    found["title"],
                    found["outlet"],
                    found["key"],
                    found["tags"],
                    captures,
                    found["authors"],
                    found["published"],
                    found["url"],
                    found["language"],
                    found["dyads"],
                    found["snapshot"]["text"],
                    found["unread"],
                    row["clipped_at"],
                    marks,
                ])
            })
            .collect();
        all.sort_by_key(|article| article[0].to_string() + &article[4].to_string());
        all
    };
    let (before, after) = (shown(&desk), shown(&other));
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before, after);
    }
    assert_eq!(before.len(), after.len());
    let collections = |desk: &Desk| {
        desk.call("list_collections", json!({}))
            .as_array()
            .unwrap()
            .iter()
            .map(|one| json!([one["name"], one["articles"]]))
            .collect::<Vec<_>>()
    };
    assert_eq!(collections(&desk), collections(&other));
    let briefings = |desk: &Desk| {
        let all = desk.call("list_briefings", json!({}));
        let read = |row: &Value| {
            let found = desk.call("read_briefing", json!({ "id": row["id"] }));
            let check = desk.call("check_briefing", json!({ "markdown": found["markdown"] }));
            json!([found["title"], found["dyad"], found["markdown"], check["verified"], check["total"]])
        };
        all.as_array().unwrap().iter().map(read).collect::<Vec<_>>()
    };
    assert_eq!(briefings(&desk), briefings(&other), "and cites what is there");
    assert_eq!(briefings(&other).len(), 1);
    assert_eq!(counts(&import(&other, &[file]))[0], 0, "and it comes once");
    assert_eq!(briefings(&other).len(), 1);
}

#[test]
fn the_command_line_imports_and_says_what_became_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let bilat = |args: &[&str]| {
        let library = folder.path().join("desk.bilat");
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bilat"));
        command.arg("--library").arg(library).args(args).output().unwrap()
    };
    let done = bilat(&["--json", "import", &fixture("desk.json"), &fixture("desk.ris")]);
    assert!(done.status.success());
    let run: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((run["name"].as_str(), run["format"].as_str()), (Some("desk.json and 1 more"), Some("files")));
    assert_eq!(counts(&run)[4], 2, "failures are listed and are no failure of the whole: {run:#}");
    assert_eq!(String::from_utf8(done.stderr).unwrap(), "", "no progress line where nobody watches");
    let text = String::from_utf8(bilat(&["import", &fixture("desk.ris")]).stdout).unwrap();
    assert!(text.contains("0 new · 3 unchanged · 0 failed"), "{text}");
    let none = bilat(&["import", "--format", "bibtex", &fixture("desk.ris")]);
    assert_eq!(none.status.code(), Some(1));
    let message = String::from_utf8(none.stderr).unwrap();
    assert_eq!(message, "bilat: importing desk.ris: this is not a BibTeX file: there is no entry in it\n");
    assert_eq!(bilat(&["import", "--format", "mendeley", "x"]).status.code(), Some(2));
    assert_eq!(bilat(&["import", "/no/such/file"]).status.code(), Some(1));
    let file = folder.path().join("out.zip").display().to_string();
    let exported: Value = serde_json::from_slice(&bilat(&["--json", "export", &file]).stdout).unwrap();
    assert_eq!((exported["path"].as_str(), exported["files"].as_u64()), (Some(file.as_str()), Some(0)));
}
