//! An article leaves as a file that others can read, and comes back the same.

use serde_json::json;

use crate::desk::{Desk, TREATY};

#[test]
fn an_article_comes_back_from_its_web_archive_with_the_same_hashes() {
    let desk = Desk::new();
    let article = desk.clip(TREATY);
    let path = desk.path("pact.wacz");
    let request = json!({ "id": article["id"], "format": "wacz", "path": path, "replace": null });
    let written = desk.call("export_article", request.clone());
    let size = std::fs::metadata(&path).expect("the archive was written").len();
    assert_eq!(written["bytes"], size);

    let again = desk.try_call("export_article", request).expect_err("the file is there already");
    assert_eq!(again.code, bilat_api::Code::Exists);
    assert_eq!(std::fs::metadata(&path).expect("it is there still").len(), size);

    let bytes = std::fs::read(&path).expect("the archive");
    let parts = bilat_clip::unpack(&bytes, bilat_clip::Media::Wacz, "pact.wacz").expect("an archive");
    assert_eq!(parts.parts.len(), 1);
    assert_eq!(bilat_core::Sha256Hex::of(&parts.parts[0].bytes).to_string(), article["sha256_raw"]);
}

#[test]
fn an_article_leaves_as_one_page_that_loads_nothing() {
    let desk = Desk::new();
    let article = desk.clip(TREATY);
    let path = desk.path("pact.html");
    let request = json!({ "id": article["id"], "format": "html", "path": path, "replace": null });
    desk.call("export_article", request);
    let page = std::fs::read_to_string(&path).expect("the page was written");
    assert!(page.contains("default-src 'none'"));
    assert!(page.contains("The pact opens a door that was shut for a decade"));
    assert!(page.contains(article["sha256_text"].as_str().expect("a hash")));
    assert!(!page.contains("<script") && !page.contains("src="), "nothing in it loads");
}
