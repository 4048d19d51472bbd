//! What must hold whatever comes in: no panic, no answer that breaks its own promise. One check a reader.
//!
//! `fuzz/` runs these under libFuzzer; `tests/suite/mutations.rs` runs them on mutated seeds with the
//! toolchain at hand.

use std::sync::{Arc, OnceLock};

use bilat_analysis::{Input, analyze};
use bilat_api::{Access, App, Code};
use bilat_clip::{Clipping, Document, Media, clip, unpack};
use bilat_core::Dyad;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

/// A reader by its name, and its check.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 13] = [
    ("clip_html", |bytes| document(bytes, Media::Html)),
    ("clip_text", |bytes| document(bytes, Media::Text)),
    ("front_matter", |bytes| document(bytes, Media::Markdown)),
    ("clip_mhtml", |bytes| document(bytes, Media::Mhtml)),
    ("clip_mail", |bytes| document(bytes, Media::Eml)),
    ("clip_docx", |bytes| document(bytes, Media::Docx)),
    // Read in a process of its own, so that libFuzzer would see none of it: the suite alone runs it.
    ("clip_pdf", |bytes| document(bytes, Media::Pdf)),
    ("unpack", many),
    ("import", import),
    ("analyze", analyzed),
    ("search_query", search_query),
    ("quote_lock", quote_lock),
    ("http_request", http_request),
];

/// The check called `name`.
#[allow(dead_code, reason = "the suite runs all of them")]
pub fn run(name: &str, bytes: &[u8]) {
    let (_, check) = TARGETS.iter().find(|(known, _)| *known == name).expect("a target of that name");
    check(bytes);
}

fn document(bytes: &[u8], media: Media) {
    let url = Some("https://harbour.example/a");
    match clip(&Document { bytes, url, media, charset: None }) {
        Ok(clipping) => holds(&clipping),
        Err(error) => one_line(&error.to_string()),
    }
}

fn one_line(message: &str) {
    assert!(!message.is_empty() && !message.contains('\n'), "an error is one line: {message:?}");
}

/// The promises of a clipping: blocks cover the text in order, and the reading copy loads, navigates and runs
/// nothing.
fn holds(clipping: &Clipping) {
    let length = clipping.text.chars().count() as u32;
    let mut at = 0;
    for block in &clipping.blocks {
        assert!(
            block.start >= at && block.end >= block.start && block.end <= length,
            "{block:?} of {length}"
        );
        at = block.end;
    }
    assert_eq!(clipping.blocks.last().map_or(0, |block| block.end), length, "text that belongs to no block");
    assert!(!clipping.title.trim().is_empty(), "an article has a title");
    for tag in clipping.html.split('<').skip(1) {
        let tag = tag.to_ascii_lowercase();
        let name: String =
            tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let known = [
            "h1",
            "h2",
            "h3",
            "h4",
            "p",
            "blockquote",
            "pre",
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "br",
            "cite",
            "code",
            "del",
            "dfn",
            "em",
            "i",
            "ins",
            "kbd",
            "mark",
            "q",
            "rp",
            "rt",
            "ruby",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "u",
            "var",
            "wbr",
        ];
        assert!(known.contains(&name.as_str()), "<{name}> in a reading copy");
        // Text may speak of anything.
        let tag = tag.split('>').next().unwrap_or_default();
        // Outside of the values, which stand between quotation marks.
        let names: String = tag.split('"').step_by(2).collect();
        let bad = [" on", " src", " style", " srcset", " ping", " action", " background", " id=", " class="];
        assert!(!bad.iter().any(|attribute| names.contains(attribute)), "an attribute in <{names}>");
        assert!(!tag.contains("href=\"javascript") && !tag.contains("href=\"data"), "an address in <{tag}");
    }
}

/// The promises of an analysis: every suggestion stands on a place in the text, its weight is one, its pairs are two
/// countries, and the same text gives the same answer.
fn analyzed(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let published = bytes.len().is_multiple_of(2).then(|| "2023-01-20".parse().expect("a date"));
    let input = Input { text: &text, published, ..Input::default() };
    let found = analyze(&input);
    let length = text.chars().count();
    let quotes = found.quotes.iter();
    let speakers = found.quotes.iter().flat_map(|quote| &quote.speaker).flat_map(|speaker| &speaker.spans);
    let named = found.countries.iter().flat_map(|country| &country.mentions);
    let people = found.people.iter().flat_map(|person| &person.mentions);
    let events = found.events.iter().map(|event| event.span);
    let dates = found.dates.iter().map(|date| [date.start, date.end]);
    let of_quotes = quotes.flat_map(|quote| quote.contents.iter().chain(&quote.cue));
    for [start, end] in
        of_quotes.chain(speakers).chain(named).chain(people).copied().chain(events).chain(dates)
    {
        assert!(start < end && end <= length, "{start}..{end} of {length}");
    }
    let weights = found.quotes.iter().map(|quote| quote.confidence);
    let weights = weights.chain(found.events.iter().map(|event| event.confidence));
    for weight in weights.chain(found.countries.iter().map(|country| country.score)) {
        assert!((0.0..=1.0).contains(&weight), "{weight} is no share");
    }
    for pair in &found.pairs {
        let dyad: Result<Dyad, _> = format!("{}-{}", pair.a, pair.b).parse();
        assert!(dyad.is_ok() && pair.a < pair.b, "{pair:?} is no pair of two");
    }
    assert_eq!(found, analyze(&input), "another answer for the same text");
}

fn many(bytes: &[u8]) {
    for media in [Media::Unknown, Media::Warc, Media::Wacz, Media::Mbox] {
        match unpack(bytes, media, "a file") {
            Ok(unpacked) => {
                let total: usize = unpacked.parts.iter().map(|part| part.bytes.len()).sum();
                // A hundredfold and a free MiB or so for each of the parts: nothing a bomb lives on.
                assert!(total <= (bytes.len() + 1) * 200 + (16 << 20), "{} became {total}", bytes.len());
                unpacked.left_out.iter().for_each(|left| one_line(&left.reason));
            }
            Err(error) => one_line(&error.to_string()),
        }
    }
}

fn import(bytes: &[u8]) {
    use bilat_core::ImportFormat;
    let all = ImportFormat::ALL
        .iter()
        .filter(|format| !matches!(format, ImportFormat::Files | ImportFormat::Feeds));
    for format in all {
        match bilat_import::read(bytes, *format) {
            Ok(items) => {
                for item in items.take(10_000) {
                    match item {
                        Ok(item) => drop((item.identity(), item.sha256(), item.name().to_owned())),
                        Err(error) => one_line(&error.to_string()),
                    }
                }
            }
            Err(error) => one_line(&error.to_string()),
        }
    }
    let _ = bilat_import::sniff(bytes, "a file");
}

/// An open library with one article, and where its door is served without a token.
struct Desk {
    app: Arc<App>,
    runtime: Runtime,
    text: String,
    port: u16,
}

const STORY: &str = "The harbour opens again\n\nHARBOUR TOWN – The harbour opens again on Monday, after a winter of repairs.\n\n\
    “We have mended what the storm broke,” harbour master Ann Other said. “Nobody shall wait for a berth – not one ship.”\n\n\
    Pilots asked for 12.5 crowns an hour; the office offered eleven.";

fn desk() -> &'static Desk {
    static DESK: OnceLock<Desk> = OnceLock::new();
    DESK.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder").keep();
        let app =
            App::open(&folder.join("a.bilat"), Access::Create, chrono::Utc::now).expect("a library opens");
        let app = Arc::new(app);
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime starts");
        let listeners = bilat_server::listen(Some(0)).expect("a free port");
        let port = listeners.port();
        let served = app.clone();
        runtime.spawn(async move {
            let _ = bilat_server::serve(served, listeners, bilat_server::Limits::default(), |_| {}).await;
        });
        let text = runtime.block_on(async {
            let source = json!({ "type": "text", "text": STORY });
            let kept =
                app.call("clip", json!({ "source": source, "outlet": "Courier", "published": "2026-03-02" }));
            let id = kept.await.expect("the story is clipped")["id"].clone();
            let read = app.call("read_article", json!({ "id": id })).await.expect("it is there");
            read["snapshot"]["text"].as_str().expect("it has words").to_owned()
        });
        Desk { app, runtime, text, port }
    })
}

fn call(command: &str, request: Value) -> Option<Value> {
    let desk = desk();
    match desk.runtime.block_on(desk.app.call(command, request)) {
        Ok(answer) => Some(answer),
        Err(error) => {
            one_line(&error.to_string());
            assert_eq!(error.code, Code::BadInput, "{command}: {error}");
            None
        }
    }
}

/// Any string is a query or a friendly refusal, never an error of SQL.
fn search_query(bytes: &[u8]) {
    call("search", json!({ "query": String::from_utf8_lossy(bytes) }));
}

/// What is called verified stands in the source.
fn quote_lock(bytes: &[u8]) {
    let Some(check) = call("check_briefing", json!({ "markdown": String::from_utf8_lossy(bytes) })) else {
        return;
    };
    let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = spaced(&desk().text);
    for quotation in check["quotations"].as_array().expect("a list") {
        let words = spaced(quotation["text"].as_str().unwrap_or_default());
        // The marks around a quotation are not its words.
        let words = words.trim_matches(|c: char| !c.is_alphanumeric());
        if quotation["state"] == "verified" {
            assert!(text.contains(words), "“{words}” is called verified");
        }
    }
}

/// Whatever bytes a connection brings, nothing is granted without a token.
fn http_request(bytes: &[u8]) {
    use std::io::{Read, Write};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", desk().port)) else { return };
    let _ = stream.set_read_timeout(Some(std::time::Duration::from_millis(500)));
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.take(64 * 1024).read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.starts_with("HTTP/1.1 2"), "granted without a token: {answer}");
    assert!(
        !answer.to_ascii_lowercase().contains("access-control-allow-origin"),
        "opened to a page: {answer}"
    );
}
