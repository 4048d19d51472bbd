//! The promise of the evidence pack: anybody can verify it, and no byte of it changes unnoticed.

#[path = "support/shelf.rs"]
mod shelf;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use bilat_brief::export::{self, Bibliography, Options};
use bilat_brief::pack::{PackedEvidence, Packing, verify};
use bilat_brief::{check, parse};
use shelf::Shelf;

const BRIEFING: &str = "---\ntitle: Ferries stay in port\npair: NO-FI\nmarking: TLP:GREEN\n---\n\n<!-- ask Ruiz about this -->\n\n\
    Norway says “We have signed nothing yet” [@harbour-1, ¶2], and “the two ports […] shut” [@harbour-1].\n\n\
    > Мы пока ничего не подписали. [@notice-2]\n";

fn pack(evidence: PackedEvidence) -> Vec<u8> {
    let shelf = Shelf::default()
        .with(
            "harbour-1",
            "Before. We have signed nothing yet, he said; the two ports will stay shut. And much more.",
        )
        .with("notice-2", "Мы пока ничего не подписали.");
    let document = parse(BRIEFING);
    let check = check(BRIEFING, &shelf);
    assert!(check.passes() && check.verified == 3, "{check:#?}");
    let works = Bibliography::new(&document, &shelf);
    let markdown = export::markdown(BRIEFING, &document, &check, &works, Options::default());
    Packing {
        head: &document.front_matter,
        title: "Ferries stay in port",
        check: &check,
        works: &works,
        evidence,
        made_at: "2024-03-10T08:00:00Z",
        exports: vec![("briefing.md", markdown.into_bytes())],
    }
    .pack()
}

fn files(pack: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(pack)).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    names.iter().map(|name| (name.clone(), text(name))).collect()
}

#[test]
fn a_pack_is_verified_without_a_library_whatever_it_holds_of_the_sources() {
    for evidence in [PackedEvidence::Snapshots, PackedEvidence::Passages, PackedEvidence::Hashes] {
        let pack = pack(evidence);
        let verified = verify(&pack);
        assert_eq!(verified.faults, [], "{evidence:?}");
        assert_eq!(verified.manifest.unwrap().title, "Ferries stay in port");
        match verified.check {
            Some(check) => assert!(check.passes() && check.verified >= 3, "{evidence:?} {check:#?}"),
            None => assert_eq!(evidence, PackedEvidence::Hashes),
        }
    }
}

#[test]
fn statements_of_one_article_are_held_against_all_its_passages() {
    let text = "“We have signed nothing yet,” he said. “The two ports will stay shut.”";
    let mut shelf =
        Shelf::default().with("harbour-1", text).with("lind-signed", text).with("lind-ports", text);
    for statement in &mut shelf.0[1..] {
        statement.article_key = "harbour-1".parse().unwrap();
    }
    let briefing = "The talks [@harbour-1] failed: “We have signed nothing yet” [@lind-signed], and “two ports \
        will stay shut” [@lind-ports].\n";
    let document = parse(briefing);
    let check = check(briefing, &shelf);
    let works = Bibliography::new(&document, &shelf);
    let pack = Packing {
        head: &document.front_matter,
        title: "",
        check: &check,
        works: &works,
        evidence: PackedEvidence::Passages,
        made_at: "2024-03-10T08:00:00Z",
        exports: vec![("briefing.md", briefing.into())],
    }
    .pack();
    let verified = verify(&pack);
    assert_eq!(verified.faults, []);
    assert_eq!(verified.check.unwrap().verified, 2);
}

#[test]
fn a_pack_holds_what_was_asked_for_and_no_note_to_self() {
    let whole = files(&pack(PackedEvidence::Snapshots));
    assert!(whole["snapshots/harbour-1.txt"].contains("And much more."));
    let some = files(&pack(PackedEvidence::Passages));
    assert!(some["passages/harbour-1.txt"].contains("We have signed nothing yet"));
    assert!(
        some["annotations.jsonld"].contains("\"exact\": \"We have signed nothing yet\""),
        "{}",
        some["annotations.jsonld"]
    );
    let none = files(&pack(PackedEvidence::Hashes));
    assert!(!none.contains_key("annotations.jsonld") && !none.keys().any(|name| name.contains('/')));
    for (name, text) in whole.iter().chain(&some).chain(&none) {
        assert!(!text.contains("Ruiz"), "{name}");
    }
    assert!(some.values().all(|text| !text.contains("And much more. ")));
    assert_eq!(
        pack(PackedEvidence::Passages),
        pack(PackedEvidence::Passages),
        "equal briefings give equal packs"
    );
}

#[test]
fn any_one_byte_changed_is_noticed_and_its_place_named() {
    let pack = pack(PackedEvidence::Passages);
    for at in (0..pack.len()).step_by(11) {
        let mut changed = pack.clone();
        changed[at] ^= 1;
        let faults = verify(&changed).faults;
        assert!(!faults.is_empty(), "byte {at} of {}", pack.len());
        assert!(
            faults.iter().all(|fault| !fault.place.is_empty() && !fault.what.is_empty()),
            "byte {at}: {faults:?}"
        );
    }
    for cut in [0, 1, pack.len() / 2, pack.len() - 1] {
        assert!(!verify(&pack[..cut]).faults.is_empty());
    }
    let longer = [pack.as_slice(), b"x"].concat();
    assert!(!verify(&longer).faults.is_empty());
}
