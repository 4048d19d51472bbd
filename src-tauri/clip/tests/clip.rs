//! What clipping promises, on pages of our own and on anything at all.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bilat_clip::{Clipping, Document, Error, MOST_BYTES, MOST_DEPTH, Media, clip};
use bilat_core::BlockKind;
use proptest::prelude::*;
use serde_json::Value;

const ELEMENTS: [&str; 13] =
    ["h1", "h2", "h3", "h4", "p", "blockquote", "pre", "a", "em", "strong", "sup", "sub", "code"];

fn read(bytes: &[u8], media: Media) -> Result<Clipping, Error> {
    clip(&Document { bytes, url: Some("https://harbour.example/story"), media, charset: None })
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Blocks, text and reading copy say the same; nothing that loads, runs or navigates is left.
fn assert_sound(clipping: &Clipping) {
    let letters: Vec<char> = clipping.text.chars().collect();
    let page = dom_query::Document::from(clipping.html.as_str());
    let body = page.select("body").nodes()[0];
    let elements: Vec<_> = body.children();
    assert_eq!(elements.len(), clipping.blocks.len(), "one element a block:\n{}", clipping.html);
    let mut end = 0;
    for (element, block) in elements.iter().zip(&clipping.blocks) {
        let gap: String = letters[end..block.start as usize].iter().collect();
        assert_eq!(gap, if end == 0 { "" } else { "\n\n" });
        end = block.end as usize;
        let words: String = letters[block.start as usize..end].iter().collect();
        assert_eq!(element.text().as_ref(), words, "{}", clipping.html);
        assert!(!words.trim().is_empty());
    }
    assert_eq!(end, letters.len());
    assert_eq!(clipping.blocks[0].kind, BlockKind::Title);
    for node in body.descendants_it().filter(dom_query::NodeRef::is_element) {
        let name = node.node_name().unwrap();
        assert!(ELEMENTS.contains(&name.as_ref()), "<{name}> in {}", clipping.html);
        for attribute in node.attrs() {
            let value = attribute.value.as_ref();
            let fits = match attribute.name.local.as_ref() {
                "href" => ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme)),
                "data-kind" => ["standfirst", "item", "caption", "row"].contains(&value),
                _ => false,
            };
            assert!(fits, "{}={value} in {}", attribute.name.local, clipping.html);
        }
    }
    assert!(page.select("head > *").is_empty());
}

#[test]
fn every_fixture_reads_as_it_is_written_beside_it() {
    let folder = repository().join("tests/fixtures/clip");
    let mut seen = 0;
    for entry in fs::read_dir(&folder).expect("the fixtures stand in the repository") {
        let expected = entry.unwrap().path();
        if expected.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let page = ["html", "txt", "md"]
            .iter()
            .map(|ending| expected.with_extension(ending))
            .find(|page| page.exists());
        let page = page.expect("each expectation has its page");
        let clipping = read(&fs::read(&page).unwrap(), Media::from_name(page.to_str().unwrap())).unwrap();
        assert_sound(&clipping);
        let got = clipping.extract_json();
        let want: Value = serde_json::from_slice(&fs::read(&expected).unwrap()).unwrap();
        for (field, value) in want.as_object().unwrap() {
            assert_eq!(&got[field], value, "{field} of {}", page.display());
        }
        seen += 1;
    }
    assert!(seen >= 6, "only {seen} fixtures");
}

#[test]
fn the_article_that_was_pasted_from_a_page_comes_out_whole() {
    let path = repository().join("../shared/cases/articles/us-russia-all-time-low.txt");
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: the shared cases are not beside the repository");
        return;
    };
    let clipping = read(&bytes, Media::Unknown).unwrap();
    assert_sound(&clipping);
    assert_eq!(clipping.title, "Russia says relations with US are at an all-time low");
    assert_eq!(clipping.credit.as_deref(), Some("REUTERS"));
    assert_eq!(clipping.dateline.as_deref(), Some("MOSCOW"));
    assert_eq!(clipping.paragraphs().len(), 8);
    assert_eq!(
        clipping.text.matches("very bad for bilateral relations").count(),
        2,
        "standfirst once, and the quotation"
    );
    assert_eq!(clipping.set_aside.len(), 5);
}

#[test]
fn bad_input_is_named_in_one_line_with_advice() {
    let deep = format!("<html>{}words", "<div>".repeat(MOST_DEPTH * 40));
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (b" \n\t\xef\xbb\xbf ", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"MZ\x90\0\x03\0\0\0", "a program"),
        (deep.as_bytes(), "deep"),
        (b"<!doctype html><title>Shop</title><body><nav><a href=/>Home</a></nav>", "no article"),
    ];
    for (bytes, word) in cases {
        let message = read(bytes, Media::Unknown).unwrap_err().to_string();
        assert!(message.contains(word) && message.contains(';') && !message.contains('\n'), "{message}");
    }
    let large = vec![b' '; MOST_BYTES + 1];
    assert_eq!(read(&large, Media::Text), Err(Error::TooLarge { bytes: MOST_BYTES + 1 }));
}

#[test]
fn a_hostile_title_is_words_and_nothing_more() {
    let letters = "x".repeat(10_000);
    for title in ["<img src=x onerror=alert(1)>", "\u{202e}eltit\u{202c} ~", letters.as_str()] {
        let text = format!("{title}\n\nThe ferry sailed on time on Monday, said the harbour office.");
        let clipping = read(text.as_bytes(), Media::Text).unwrap();
        assert_sound(&clipping);
        assert!(!clipping.title.contains('\u{202e}'));
        assert!(clipping.title.chars().count() <= 500);
    }
}

#[test]
fn a_paragraph_without_a_title_is_its_own_body() {
    let words = "The ferry sailed on time on Monday. Nobody was sick on the way.";
    let clipping = read(words.as_bytes(), Media::Text).unwrap();
    assert_eq!(clipping.title, "The ferry sailed on time on Monday");
    assert_eq!(clipping.body_text(), words);
}

#[test]
fn pages_in_old_encodings_keep_their_letters() {
    let page = "<meta charset=windows-1251><title>Паром</title><article><p>Паром отошёл от причала вовремя, сообщили в конторе порта, \
                и никого не укачало, хотя море было таким бурным, каким его не видели с прошлой весны.</p></article>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    let clipping = read(&bytes, Media::Html).unwrap();
    assert_eq!(clipping.title, "Паром");
    assert!(clipping.text.contains("никого не укачало"));
    assert_eq!(clipping.language.as_deref(), Some("ru"));
}

#[test]
fn arabic_chinese_and_hindi_paragraphs_stay_as_they_are() {
    for text in [
        "عودة العبارة\n\nأبحرت العبارة في موعدها يوم الاثنين.\n\nوقال المكتب إن البحر كان هائجا.",
        "渡轮复航\n\n渡轮星期一准时启航。\n\n港务局说，海浪很大。",
        "नौका फिर चली\n\nनौका सोमवार को समय पर चली।\n\nकार्यालय ने कहा कि समुद्र अशांत था।",
    ] {
        let clipping = read(text.as_bytes(), Media::Text).unwrap();
        assert_sound(&clipping);
        assert_eq!(clipping.text, text);
    }
}

const FERRY: [&str; 4] = [
    "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over.",
    "The envoy of the islands, who had waited four days for it, was the first to go aboard, with two crates.",
    "Divers will look at the second pier in April, whatever the weather, the office said in its weekly letter.",
    "Until then the ferry sails from the old quay, which the fishermen have cleared of nets for the purpose.",
];

fn page(head: &str, after: &str) -> String {
    let paragraphs: String = FERRY.iter().map(|words| format!("<p>{words}</p>")).collect();
    format!(
        "<!doctype html><html lang=en><head><title>The ferry sails again</title>{head}</head><body><nav><a href=/>Home</a> \
         <a href=/ports>Ports</a></nav><main><article><h1>The ferry sails again</h1><div class=article-body>{paragraphs}{after}</div></article></main>\
         <footer><p>Contact</p></footer></body></html>"
    )
}

#[test]
fn the_moment_of_publication_keeps_the_zone_that_the_page_gives() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry sails again",
        "datePublished":"2023-01-13T00:30:00+08:00"}</script>"#;
    let clipping = read(page(head, "").as_bytes(), Media::Html).unwrap();
    assert_eq!(clipping.published.as_deref(), Some("2023-01-13"));
    assert_eq!(clipping.published_at.as_deref(), Some("2023-01-13T00:30:00+08:00"));
    let head = r#"<meta property="article:published_time" content="2023-01-13">"#;
    let clipping = read(page(head, "").as_bytes(), Media::Html).unwrap();
    assert_eq!((clipping.published.as_deref(), clipping.published_at), (Some("2023-01-13"), None));
}

#[test]
fn an_agency_that_signs_in_capitals_after_the_article_is_its_credit() {
    for line in ["EXERCISE WIRE", "REUTERS", "HARBOUR NEWS AGENCY"] {
        let clipping = read(page("", &format!("<p>{line}</p>")).as_bytes(), Media::Html).unwrap();
        assert_sound(&clipping);
        assert_eq!(clipping.credit.as_deref(), Some(line));
        assert_eq!(clipping.paragraphs(), FERRY);
    }
}

#[test]
fn every_exercise_article_that_a_wire_signs_is_credited_to_it() {
    let folder = repository().join("assets/exercise");
    let mut signed = 0;
    for entry in fs::read_dir(&folder).expect("the exercise stands in the repository") {
        let path = entry.unwrap().path();
        let Ok(text) = fs::read_to_string(&path) else { continue };
        if path.extension().is_some_and(|ending| ending == "txt") && text.contains("\nEXERCISE WIRE\n") {
            let clipping = read(text.as_bytes(), Media::Text).unwrap();
            assert_eq!(clipping.credit.as_deref(), Some("EXERCISE WIRE"), "{}", path.display());
            assert!(!clipping.text.contains("EXERCISE"), "{}", path.display());
            signed += 1;
        }
    }
    assert!(signed >= 5, "only {signed}");
}

#[test]
fn what_a_page_states_of_its_article_settles_what_belongs_to_it() {
    let stranger = "The bakery on the corner sold four thousand buns before noon, which its owner called a record for the street.";
    let stated = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"The ferry sails again","articleBody":"{}"}}</script>"#,
        FERRY.join(" ")
    );
    let after = format!("<p>{stranger}</p>");
    let clipping = read(page(&stated, &after).as_bytes(), Media::Html).unwrap();
    assert_eq!(clipping.paragraphs(), FERRY);
    let cut = stated.replace(FERRY[1], "").replace(FERRY[2], "").replace(FERRY[3], "");
    let clipping = read(page(&cut, "").as_bytes(), Media::Html).unwrap();
    assert_eq!(clipping.paragraphs(), FERRY, "a stated text that is cut short does not cut the article");
}

#[test]
fn who_signs_beside_the_headline_is_the_author_and_who_signs_another_story_is_not() {
    let page = page("", "")
        .replace("</h1>", "</h1><div class=meta>13 January 2023 · By Ann Other · 5 min read</div>");
    let page = page.replace(
        "<footer>",
        "<aside><a rel=author href=/x>Cy Third</a><h3>Buns sell out</h3></aside><footer>",
    );
    let clipping = read(page.as_bytes(), Media::Html).unwrap();
    assert_eq!(clipping.authors, ["Ann Other"]);
    assert_eq!(clipping.published.as_deref(), Some("2023-01-13"));
}

#[test]
fn a_page_that_is_more_work_than_any_article_is_refused_in_one_line() {
    let page = format!("<!doctype html><title>Buns</title>{}", "<p>a".repeat(300_001));
    let message = read(page.as_bytes(), Media::Html).unwrap_err().to_string();
    assert!(message.contains("300001 blocks") && !message.contains('\n'), "{message}");
}

/// Four times the text may take about four times as long, never sixteen.
#[test]
fn time_grows_with_the_text_and_no_faster() {
    let time = |text: &str, media| {
        let start = Instant::now();
        // Whether it is an article does not matter here.
        let _ = read(text.as_bytes(), media);
        start.elapsed().max(Duration::from_millis(20))
    };
    let lower = "and the harbour office, which had said nothing\n";
    let whole = "The harbour office said on Monday that the ferry would sail in April whatever the divers found there.\n\n";
    let paragraph = "<p>The harbour office said on Monday that the <a href=/f>ferry</a> would sail in April, whatever the divers found there.</p>";
    let linked =
        "<div>words <div><a href=/f>a ferry</a></div> and more words</div><table><tr><td>a<td>b</table>";
    for (line, media) in
        [(lower, Media::Text), (whole, Media::Text), (paragraph, Media::Html), (linked, Media::Html)]
    {
        let (one, four) = (line.repeat(4_000), line.repeat(16_000));
        let (short, long) = (time(&one, media), time(&four, media));
        assert!(long < short * 10, "{short:?} for one, {long:?} for four");
    }
}

fn soup() -> impl Strategy<Value = String> {
    const PARTS: [&str; 44] = [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<a href=\"javascript:x\">",
        "<a href='/b'>",
        "</a>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<br>",
        "<br/>",
        "<ul><li>",
        "</li></ul>",
        "<table><tr><td>",
        "</td><td>",
        "</table>",
        "<blockquote>",
        "</blockquote>",
        "<pre>\n",
        "</pre>",
        "<h2>",
        "</h2>",
        "<script>alert(1)</script>",
        "<style>x{}</style>",
        "<svg><p>",
        "</svg>",
        "<math><mi>",
        "<img src=x onerror=y>",
        "<!-- c -->",
        "<template>",
        "</template>",
        "&lt;b&gt;",
        "&#x202e;",
        "&amp;nbsp;",
        "<select><option>",
        "<figure><figcaption>",
        "</figcaption></figure>",
        "<code>",
        "</code>",
        "<span>",
        "<sup>",
        "<noscript><p title='</noscript><img src=x>'>",
    ];
    let part = prop_oneof![
        3 => prop::sample::select(PARTS.to_vec()).prop_map(str::to_owned),
        2 => "[a-zA-ZäЯ语 ,.“”\"'<>&]{1,40}",
        2 => Just("The harbour office said on Monday that the ferry would sail in April, whatever the divers found.".to_owned()),
    ];
    prop::collection::vec(part, 1..60).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_page_the_reading_copy_is_safe_and_says_the_text(html in soup()) {
        if let Ok(clipping) = read(html.as_bytes(), Media::Html) {
            assert_sound(&clipping);
        }
    }

    #[test]
    fn whatever_the_bytes_there_is_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for media in [Media::Unknown, Media::Text, Media::Html, Media::Markdown] {
            if let Ok(clipping) = read(&bytes, media) {
                assert_sound(&clipping);
            }
        }
    }

    #[test]
    fn whatever_is_pasted_every_line_is_kept_or_set_aside(lines in prop::collection::vec("[A-Za-zé,.“”:é -]{1,50}", 1..20)) {
        let text = lines.join("\n\n");
        if let Ok(clipping) = read(text.as_bytes(), Media::Text) {
            assert_sound(&clipping);
            let kept = format!("{}\n{}\n{:?}{:?}", clipping.text, clipping.set_aside.join("\n"), clipping.credit, clipping.byline);
            for line in lines {
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert!(kept.contains(&line), "{line:?} is lost in {kept:?}");
            }
        }
    }
}
