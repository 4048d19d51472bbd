//! The promise of an export: what was checked is what leaves, in a file that loads and runs nothing.

#[path = "support/shelf.rs"]
mod shelf;

use bilat_brief::export::{self, Bibliography, Options};
use bilat_brief::{Check, check, count_words, parse};
use proptest::prelude::*;
use shelf::Shelf;

const BRIEFING: &str = "---\ntitle: Ferries stay in port\npair: NO-FI\nedition: 2\nas_of: 2024-03-10\n\
    information_cut_off: 2024-03-09\nauthor: A. Lind\nmarking: TLP:GREEN\n---\n\n## Bottom line\n\n\
    <!-- at most 60 words -->\n\nNorway says “We have signed nothing yet” [@harbour-1, ¶2] and that “the two ports will stay shut” \
    [@harbour-1; @notice-2].[^own]\n\n> Мы пока ничего не подписали. [@notice-2]\n\n| Who | What |\n|---|---:|\n| Morev | “We have signed \
    nothing yet” [@harbour-1] |\n\n<script>alert(1)</script>\n\n[^own]: An *own* note, with [@notice-2].\n";

fn shelf() -> Shelf {
    let mut shelf = Shelf::default()
        .with("harbour-1", "We have signed nothing yet, he said; the two ports will stay shut.")
        .with("notice-2", "Мы пока ничего не подписали.");
    shelf.0[1].language = Some("ru".into());
    shelf.0[1].speaker = Some("Ilya Morev".into());
    shelf.0[1].role = Some("minister".into());
    shelf
}

struct Exported {
    markdown: String,
    html: String,
    check: Check,
}

fn export(markdown: &str, shelf: &Shelf, options: Options) -> Exported {
    let document = parse(markdown);
    let check = check(markdown, shelf);
    let bibliography = Bibliography::new(&document, shelf);
    Exported {
        markdown: export::markdown(markdown, &document, &check, &bibliography, options),
        html: export::html(&document, &check, &bibliography, options),
        check,
    }
}

#[test]
fn citations_become_footnotes_with_the_key_as_label_and_one_definition_each() {
    let out = export(BRIEFING, &shelf(), Options::default());
    assert!(out.check.passes(), "{:#?}", out.check);
    let md = &out.markdown;
    assert!(md.starts_with("---\ntitle: Ferries stay in port\n"), "{md}");
    assert!(md.contains("“We have signed nothing yet”[^harbour-1] and that"), "{md}");
    assert!(md.contains("shut”[^harbour-1][^notice-2].[^own]"), "{md}");
    assert_eq!(md.matches("\n[^harbour-1]: ").count(), 1, "{md}");
    assert!(
        md.contains(
            "[^harbour-1]: *The Harbour Courier*, “Ferry talks end without a date,” 8 March 2024, \
             <https://example.org/ferry?a=1&b=2>, accessed 9 March 2024, cited at ¶2, source graded B."
        ),
        "{md}"
    );
    assert!(md.contains("[^notice-2]: Ilya Morev, minister, *The Harbour Courier*,"), "{md}");
    assert!(!md.contains("<!--") && !md.contains("\n<script>") && md.contains("\\<script>"), "{md}");
    assert!(md.contains("*4 of 4 quotations verified against stored snapshots.*"), "{md}");
    // The export is itself a briefing that passes, its notes taken as citations.
    let again = check(md, &shelf());
    assert!(again.passes() && again.total >= 4, "{again:#?}\n{md}");
    // And footnotes work in a CommonMark reader with footnotes.
    assert_eq!(parse(md).notes.len(), 3);
}

#[test]
fn the_page_loads_nothing_runs_nothing_and_its_notes_link_both_ways() {
    let html = export(BRIEFING, &shelf(), Options::default()).html;
    assert!(html.contains("default-src 'none'"));
    for never in ["<script", "<img", "<link", "<iframe", "javascript:", "@import", "url(", "<!--"] {
        assert!(!html.contains(never), "{never}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(html.contains("<span>Norway – Finland</span>"), "{html}");
    assert!(html.contains("<h1 dir=\"auto\">Ferries stay in port</h1>"));
    assert!(html.contains("<blockquote dir=\"auto\" lang=\"ru\">"), "{html}");
    assert!(html.contains("4 of 4 quotations verified against stored snapshots"));
    for (from, to) in [("href=\"#note-", "id=\"note-"), ("href=\"#mark-", "id=\"mark-")] {
        let links: Vec<&str> = html.split(from).skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(!links.is_empty());
        for link in links {
            assert_eq!(html.matches(&format!("{to}{link}\"")).count(), 1, "{to}{link}");
        }
    }
    let marks = html.matches("role=\"doc-noteref\"").count();
    assert_eq!(marks, html.matches("role=\"doc-backlink\"").count());
    assert_eq!(html.matches("<li id=\"note-").count(), 3);
}

#[test]
fn a_draft_says_so_and_lists_what_is_not_verified() {
    let bad = BRIEFING.replacen("nothing yet", "everything now", 1);
    let out = export(&bad, &shelf(), Options { draft: true, footnotes: true });
    assert!(!out.check.passes());
    assert!(
        out.markdown.contains("DRAFT") && out.markdown.contains("We have signed everything now"),
        "{}",
        out.markdown
    );
    assert!(out.html.contains("class=\"watermark\"") && out.html.contains("not verified"), "{}", out.html);
    let preview = {
        let document = parse(BRIEFING);
        let check = check(BRIEFING, &shelf());
        export::preview(&document, &check, &Bibliography::new(&document, &shelf()), Options::default())
    };
    assert!(preview.contains("<h2 id=\"section-1\" dir=\"auto\" data-line=\"11\">"), "{preview}");
    assert!(!preview.contains("DRAFT"));
}

#[test]
fn pandoc_citations_stay_when_asked_for_and_unknown_keys_show() {
    let out = export(
        "“a b c d” [@nowhere-1] and [@harbour-1]",
        &shelf(),
        Options { draft: true, footnotes: false },
    );
    assert!(out.markdown.contains("[@harbour-1]"));
    assert!(out.html.contains("[@nowhere-1: no such source]"));
}

#[test]
fn a_code_block_that_never_closes_swallows_no_note() {
    for fence in ["```", "~~~~", "> ```", "- x\n\n  ```"] {
        let out = export(&format!("Body [@harbour-1]\n\n{fence}\ncode"), &shelf(), Options::default());
        let again = parse(&out.markdown);
        assert_eq!(again.notes.len(), 1, "{}", out.markdown);
        assert!(out.markdown.contains("\n*No quotations.*"), "{}", out.markdown);
    }
}

#[test]
fn a_comment_that_goes_makes_no_tag_of_its_neighbours() {
    for words in ["<<!---->b>", "<b<!---->>", "<b <!-- x -->i>"] {
        let out = export(&format!("He wrote {words} and stopped [@harbour-1]"), &shelf(), Options::default());
        assert!(parse(&out.markdown).raw_html.is_empty(), "{}", out.markdown);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_in_any_field_becomes_markup(text in "(<script>|<!--|-->|\"|'|&|<|>|\\]\\]>|javascript:|\\PC|\n|\\[@harbour-1\\]|\\[\\^a\\]|`|\\*|> |# |\\| |x){1,30}") {
        let mut shelf = shelf();
        for cited in &mut shelf.0 {
            cited.title.clone_from(&text);
            cited.outlet = Some(text.clone());
            cited.byline = Some(text.clone());
            cited.role = Some(text.clone());
            cited.speaker = Some(text.clone());
            cited.language = Some(text.clone());
            cited.url = Some(text.clone());
            cited.credit = Some(text.clone());
        }
        let head = format!("---\ntitle: {0}\nauthor: {0}\npair: {0}\nas_of: {0}\nmarking: {0}\nlang: {0}\n---\n", serde_json::Value::from(text.as_str()));
        let markdown = format!("{head}\nBody [@harbour-1] and [@notice-2, {}]\n\n{text}\n", text.replace(['\n', ']', '[', '<', '`', '*'], ""));
        let out = export(&markdown, &shelf, Options { draft: true, footnotes: true });
        let body = out.html.split("</style>").nth(1).unwrap();
        for tag in body.split('<').skip(1) {
            let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
            let known = ["html", "head", "body", "header", "main", "footer", "div", "span", "b", "bdi", "cite", "h1", "h2", "h3",
                "h4", "h5", "h6", "p", "a", "sup", "em", "strong", "s", "code", "pre", "ul", "ol", "li", "q", "dl", "dt", "dd", "svg", "path",
                "table", "thead", "tbody", "tr", "th", "td", "blockquote", "section", "hr", "br"];
            prop_assert!(known.contains(&name.trim_start_matches('/')), "<{tag}");
        }
        // Markdown: the notes are still two definitions, and hold no markup of the text's.
        let again = parse(&out.markdown);
        prop_assert!(again.notes.iter().any(|note| note.label == "harbour-1"), "{}", out.markdown);
        prop_assert!(again.raw_html.is_empty() || out.markdown.contains('`'), "{}", out.markdown);
    }

    #[test]
    fn any_text_is_a_document(text in "\\PC{0,200}") {
        let document = parse(&text);
        let check = check(&text, &shelf());
        let bibliography = Bibliography::new(&document, &shelf());
        export::html(&document, &check, &bibliography, Options::default());
        export::markdown(&text, &document, &check, &bibliography, Options::default());
        count_words(&document);
    }
}
