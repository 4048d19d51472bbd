//! What clipping promises on the pages of newsrooms: sentences whole whatever wraps their links, and title,
//! standfirst, people and days from wherever the page has them. The pages are of our own making.

use bilat_clip::{Clipping, Document, Found, Media, clip};

/// Six paragraphs; what stands in brackets is a link.
const FERRY: [&str; 6] = [
    "The [harbour office] of Port Alder said on Friday that the ferry would sail again on Monday, after a winter of repairs that nobody had planned.",
    "Its director told the town council that the [second engine] had been rebuilt twice, and that the third time would be [paid for by the yard].",
    "The yard, which stands on the [other bank], said that it had not been asked.",
    "Fishermen had cleared the old quay of nets in November, when [the first boards broke], and have mended them on the square since.",
    "A ticket will cost what it did before. Children and [dogs under ten kilos] go free, as the council had [wished] for years.",
    "Nobody could say on Friday how many would come.",
];

fn plain() -> Vec<String> {
    FERRY.iter().map(|words| words.replace(['[', ']'], "")).collect()
}

fn linked(open: &str, close: &str) -> Vec<String> {
    FERRY.iter().map(|words| words.replace('[', open).replace(']', close)).collect()
}

fn read(html: &str) -> Clipping {
    let document = Document {
        bytes: html.as_bytes(),
        url: Some("https://harbour.example/ports/ferry"),
        media: Media::Html,
        charset: None,
    };
    clip(&document).expect("the page holds an article")
}

fn page(head: &str, above: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>The ferry sails again</title>{head}</head><body>\
         <nav><a href=/>Home</a> <a href=/ports>Ports</a> <a href=/sport>Sport</a></nav><main><article>\
         <h1>The ferry sails again</h1>{above}<div class=article-body>{body}</div></article></main>\
         <footer><p><a href=/contact>Contact</a></p></footer></body></html>"
    )
}

fn body() -> String {
    plain().iter().map(|words| format!("<p>{words}</p>")).collect()
}

#[test]
fn a_sentence_stays_whole_whatever_wraps_its_links() {
    let link = "<a href=https://other.example/x>";
    let wrapped = |each: &str, open: &str, close: &str, end: &str| -> String {
        linked(open, close).iter().map(|words| format!("{each}{words}{end}")).collect()
    };
    let inline = format!("<div style=\"display:inline\">{link}");
    let span = format!("<span class=a><span class=b>{link}<span>");
    for (what, body) in [
        ("paragraphs", wrapped("<p>", link, "</a>", "</p>")),
        ("text in boxes", wrapped("<div>", link, "</a>", "</div>")),
        ("line breaks", wrapped("", link, "</a>", "<br><br>")),
        ("links in boxes of their own", wrapped("<div>", &inline, "</a></div>", "</div>")),
        ("nested spans", wrapped("<p>", &span, "</span></a></span></span>", "</p>")),
    ] {
        assert_eq!(read(&page("", "", &body)).paragraphs(), plain(), "{what}");
    }
}

#[test]
fn what_a_newsroom_puts_between_its_paragraphs_is_set_aside() {
    let between = [
        "<figure><img src=/pier.jpg><figcaption>The pier in January. Photo: Harbour Office</figcaption></figure>",
        "<div class=newsletter><h3>Morning letter</h3><p>Sign up for our newsletter</p><form><input type=email></form></div>",
        "<aside class=related><h4>Read more</h4><ul><li><a href=/a>Yard wins second order of the year</a></li>\
         <li><a href=/b>Nets pile up on the square</a></li></ul></aside>",
        "<p class=ad-label>ADVERTISEMENT</p>",
        "<div class=share><a href=#>Facebook</a><a href=#>Copy link</a></div>",
        "",
    ];
    let body: String =
        plain().iter().zip(between).map(|(words, other)| format!("<p>{words}</p>{other}")).collect();
    let clipping = read(&page("", "", &body));
    let kept = clipping.paragraphs();
    let prose: Vec<&str> = kept.iter().copied().filter(|text| !text.contains("Photo:")).collect();
    assert_eq!(prose, plain());
}

#[test]
fn contents_that_repeat_the_subheads_are_left_out_and_the_subheads_stay() {
    let subheads = ["The second engine", "Nets on the square", "What a ticket costs"];
    let contents: String =
        subheads.iter().enumerate().map(|(at, head)| format!("<li><a href=#s{at}>{head}</a></li>")).collect();
    let text = plain();
    let sections: String = subheads
        .iter()
        .enumerate()
        .map(|(at, head)| {
            format!(
                "<h2 id=s{at}>{head} <a href=#s{at}>#</a></h2><p>{}</p><p>{}</p>",
                text[2 * at],
                text[2 * at + 1]
            )
        })
        .collect();
    let clipping = read(&page("", "", &format!("<div class=toc><ul>{contents}</ul></div>{sections}")));
    let wanted: Vec<&str> =
        (0..3).flat_map(|at| [subheads[at], text[2 * at].as_str(), text[2 * at + 1].as_str()]).collect();
    assert_eq!(clipping.paragraphs(), wanted);
}

#[test]
fn a_first_paragraph_that_a_description_repeats_stays_in_the_text() {
    let head = format!("<meta name=description content=\"{}\">", plain()[0]);
    let clipping = read(&page(&head, "", &body()));
    assert_eq!(clipping.paragraphs(), plain());
    assert_eq!(clipping.standfirst, None);
}

#[test]
fn a_short_report_in_japanese_is_an_article() {
    let report = "港湾局は金曜日、冬の間修理していた渡し船が月曜日に運航を再開すると発表した。";
    let page = page("", "", &format!("<p>{report}</p>")).replace("lang=en", "lang=ja");
    assert_eq!(read(&page).paragraphs(), [report]);
}

/// A page as newsrooms of one country build it, and what is printed at its top.
struct Newsroom {
    language: &'static str,
    above: &'static str,
    standfirst: &'static str,
    authors: &'static [&'static str],
    published: &'static str,
}

#[test]
fn newsrooms_print_standfirst_people_and_day_each_in_its_own_way() {
    for newsroom in [
        Newsroom {
            language: "de",
            above: "<p class=article__vorspann>Nach einem Winter voller Reparaturen fährt die Fähre am Montag wieder ihre alte Strecke.</p>\
                    <div class=autor>Von <a href=/autoren/ann-other>Ann Other</a> und <a href=/autoren/bo-else>Bo Else</a></div>\
                    <time datetime=2023-01-13T18:30:00+01:00>13.01.2023, 18:30 Uhr</time>",
            standfirst: "Nach einem Winter voller Reparaturen fährt die Fähre am Montag wieder ihre alte Strecke.",
            authors: &["Ann Other", "Bo Else"],
            published: "2023-01-13",
        },
        Newsroom {
            language: "fr",
            above: "<p class=chapo>Après un hiver de réparations, le bac reprend lundi sa ligne entre les deux rives.</p>\
                    <p class=signature>Par <a rel=author href=/auteur/ann-other>Ann Other</a></p>\
                    <p class=date>Publié le 13 janvier 2023 à 18h30, mis à jour le 14 janvier 2023</p>",
            standfirst: "Après un hiver de réparations, le bac reprend lundi sa ligne entre les deux rives.",
            authors: &["Ann Other"],
            published: "2023-01-13",
        },
        Newsroom {
            language: "es",
            above: "<h2 class=entradilla>Tras un invierno de reparaciones, el transbordador vuelve el lunes a su ruta.</h2>\
                    <div class=firma><a href=/autor/ann-other/>Ann Other</a></div><span>13 de enero de 2023</span>",
            standfirst: "Tras un invierno de reparaciones, el transbordador vuelve el lunes a su ruta.",
            authors: &["Ann Other"],
            published: "2023-01-13",
        },
        Newsroom {
            language: "en",
            above: "<p class=standfirst>After a winter of repairs the boat takes up its old line on Monday.</p>\
                    <div class=byline>By <a href=/people/ann-other>Ann Other</a><a href=/people/bo-else>Bo Else</a></div>\
                    <p class=timestamp>Updated 14 January 2023, first published 13 January 2023</p>",
            standfirst: "After a winter of repairs the boat takes up its old line on Monday.",
            authors: &["Ann Other", "Bo Else"],
            published: "2023-01-13",
        },
    ] {
        let page =
            page("", newsroom.above, &body()).replace("lang=en", &format!("lang={}", newsroom.language));
        let clipping = read(&page);
        assert_eq!(clipping.standfirst.as_deref(), Some(newsroom.standfirst), "{}", newsroom.language);
        assert_eq!(clipping.authors, newsroom.authors, "{}", newsroom.language);
        assert_eq!(clipping.published.as_deref(), Some(newsroom.published), "{}", newsroom.language);
        assert_eq!(clipping.paragraphs(), plain(), "{}", newsroom.language);
    }
}

#[test]
fn a_story_that_the_page_recommends_gives_the_article_nothing() {
    let head = r#"<script type="application/ld+json">[
        {"@type":"NewsArticle","headline":"The ferry sails again","datePublished":"2023-01-13","author":{"@type":"Person","name":"Ann Other"}},
        {"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","headline":"Buns sell out","datePublished":"2023-01-02","author":{"name":"Cy Third"}}]},
        {"@type":"NewsArticle","headline":"Nets pile up","datePublished":"2022-12-01","author":{"name":"Di Fourth"}}]</script>"#;
    let clipping = read(&page(head, "", &body()));
    assert_eq!(clipping.title, "The ferry sails again");
    assert_eq!(clipping.authors, ["Ann Other"]);
    assert_eq!(clipping.published.as_deref(), Some("2023-01-13"));
}

#[test]
fn declarations_that_are_written_carelessly_are_read() {
    for (what, script) in [
        (
            "a comma too many",
            r#"{"@type":"NewsArticle","datePublished":"2023-01-13","author":[{"name":"Ann Other"},],}"#,
        ),
        (
            "a needless escape",
            r#"{"@type":"NewsArticle","description":"It\'s back","datePublished":"2023-01-13","author":{"name":"Ann Other"}}"#,
        ),
        (
            "a line break",
            "{\"@type\":\"NewsArticle\",\"description\":\"one\ntwo\",\"datePublished\":\"2023-01-13\",\"author\":{\"name\":\"Ann Other\"}}",
        ),
        (
            "a comment",
            r#"/* story */ {"@type":"NewsArticle",/* who */"datePublished":"2023-01-13","author":{"name":"Ann Other"}}"#,
        ),
        (
            "a brace too many",
            r#"{"@type":"NewsArticle","datePublished":"2023-01-13","author":{"name":"Ann Other"}}}"#,
        ),
        (
            "quotes escaped as if it were text",
            "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;datePublished&quot;:&quot;2023-01-13&quot;,&quot;author&quot;:{&quot;name&quot;:&quot;Ann Other&quot;}}",
        ),
    ] {
        let head = format!(r#"<script type="application/ld+json">{script}</script>"#);
        let clipping = read(&page(&head, "", &body()));
        assert_eq!(clipping.published.as_deref(), Some("2023-01-13"), "{what}");
        assert_eq!(clipping.authors, ["Ann Other"], "{what}");
    }
}

#[test]
fn an_agency_beside_a_person_is_in_the_byline_and_no_author() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","headline":"The ferry sails again","publisher":{"name":"Harbour Times"},
        "author":[{"@type":"Person","name":"Ann Other"},{"@type":"Organization","name":"Exercise Wire"},{"@type":"Organization","name":"Harbour Times"}]}</script>"#;
    let clipping = read(&page(head, "", &body()));
    assert_eq!(clipping.authors, ["Ann Other"]);
    assert_eq!(clipping.byline.as_deref(), Some("Ann Other, Exercise Wire"));
}

#[test]
fn who_is_printed_goes_before_the_owner_that_a_system_declares() {
    let head = "<meta name=author content=\"Quay Holdings\">";
    let clipping = read(&page(head, "<p class=byline>By Ann Other</p>", &body()));
    assert_eq!(clipping.authors, ["Ann Other"]);
}

#[test]
fn an_author_who_is_declared_by_an_address_has_the_name_that_links_there() {
    let head = "<meta property=\"article:author\" content=\"https://harbour.example/staff/ann-other/\">";
    let above = "<p><a href=/staff/ann-other>Ann Other</a></p>";
    let clipping = read(&page(head, above, &body()));
    assert_eq!(clipping.authors, ["Ann Other"]);
}

#[test]
fn every_author_of_a_paper_is_read_with_the_given_name_first() {
    let head =
        "<meta name=citation_author content=\"Other, Ann\"><meta name=citation_author content=\"Else, Bo\">";
    assert_eq!(read(&page(head, "", &body())).authors, ["Ann Other", "Bo Else"]);
}

#[test]
fn the_day_of_a_change_stands_for_that_of_publication_only_to_be_checked() {
    let above = "<p>Updated 14 January 2023</p>";
    let clipping = read(&page("", above, &body()));
    assert_eq!(clipping.published.as_deref(), Some("2023-01-14"));
    assert_eq!(clipping.provenance["published"], Found::Guess);
    assert_eq!(clipping.modified.as_deref(), Some("2023-01-14"));
    let declared = "<meta property=article:published_time content=2022-03-01>";
    let clipping = read(&page(declared, above, &body()));
    assert_eq!(clipping.published.as_deref(), Some("2022-03-01"));
}

#[test]
fn a_printed_day_of_publication_goes_before_a_change_that_is_declared_as_one() {
    let head = r#"<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2023-03-05T10:00:00Z","dateModified":"2023-03-05T10:00:00Z"}</script>"#;
    let above = "<p>Published <time pubdate datetime=2023-01-13>January 13, 2023</time></p>";
    let clipping = read(&page(head, above, &body()));
    assert_eq!(clipping.published.as_deref(), Some("2023-01-13"));
    assert_eq!(clipping.modified.as_deref(), Some("2023-03-05"));
}

#[test]
fn the_day_of_a_picture_or_of_the_whole_site_is_not_the_articles() {
    let head = "<meta name=date content=2023-01-13>";
    let picture = "<figure><img src=quay.jpg><figcaption>The quay on June 18, 2015.</figcaption></figure>";
    assert_eq!(read(&page(head, picture, &body())).published.as_deref(), Some("2023-01-13"));
    let below = format!("{}<p>Site last updated: December 20, 2025</p>", body());
    assert_eq!(read(&page("", "", &below)).published, None);
}
