//! Hostile pages: whatever a page does to be loaded, run or followed, its reading copy is words, links and plain
//! structure, and every field is words.
//!
//! The cases stand in `tests/fixtures/hostile` (`README.md` there says how). What was stored is read again by a
//! tokenizer that has nothing in common with the one that the reading copy was written with, and held against a
//! grammar so narrow that no two parsers can disagree about it.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use bilat_clip::{Clipping, Document, Error, Media, clip};
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use regex::bytes::{Captures, Regex};
use url::Url;

/// Elements that stand alone, one for each block, and hold no other of them.
const BLOCKS: [&str; 7] = ["h1", "h2", "h3", "h4", "p", "blockquote", "pre"];
/// Elements that stand in a block, closed in the order they were opened, and none inside its own kind.
const INLINE: [&str; 6] = ["a", "em", "strong", "sup", "sub", "code"];
const KINDS: [&str; 4] = ["standfirst", "item", "caption", "row"];
const WORDS: [&str; 4] = [
    "The ferry sailed on time on Monday, the harbour office said, and nobody was sick on the way over.",
    "The envoy of the islands, who had waited four days for it, was the first to go aboard, with two crates.",
    "Divers will look at the second pier in April, whatever the weather, the office said in its weekly letter.",
    "Until then the ferry sails from the old quay, which the fishermen have cleared of nets for the purpose.",
];

/// Where a case stands in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Head,
    Block,
    Inline,
    Page,
}

struct Case {
    name: String,
    place: Place,
    bytes: Vec<u8>,
}

impl Case {
    /// The case as a page with an article around it.
    fn page(&self) -> Vec<u8> {
        match self.place {
            Place::Head => page(&self.bytes, b""),
            Place::Block => page(b"", &self.bytes),
            Place::Inline => {
                page(b"", &[b"<p>The office said ", &self.bytes[..], b" on Monday.</p>"].concat())
            }
            Place::Page => self.bytes.clone(),
        }
    }
}

static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/hostile");
    let files = fs::read_dir(folder).expect("the cases stand in the repository");
    let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "cases"));
    paths.sort();
    paths.iter().flat_map(|path| cases(path)).collect()
});

/// The cases of one file: after its introduction, `## name [place]` and the markup below.
fn cases(path: &Path) -> Vec<Case> {
    let file = fs::read_to_string(path).expect("a file of cases is UTF-8");
    let kind = path.file_stem().unwrap().to_str().unwrap();
    let parts = file.split("\n## ").skip(1);
    parts
        .map(|part| {
            let (heading, markup) = part.split_once('\n').expect("a case has a line of markup");
            let (name, place) = heading.split_once(" [").unwrap_or((heading, "block]"));
            let place = match place {
                "head]" => Place::Head,
                "block]" => Place::Block,
                "inline]" => Place::Inline,
                "page]" => Place::Page,
                other => panic!("{name} stands in no place that there is: {other}"),
            };
            let name = format!("{kind}-{name}");
            let bytes = written_out(markup.trim_end_matches('\n'), &name);
            Case { name, place, bytes }
        })
        .collect()
}

/// A case's markup with its shorthand written out, as `tests/fixtures/hostile/README.md` explains it.
fn written_out(markup: &str, name: &str) -> Vec<u8> {
    static BYTES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{x:([0-9a-f]+)\}").unwrap());
    static MANY: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?-u)\{(\d+)\*([^}]*)\}").unwrap());
    let host = format!("{name}.hostile.test:9");
    let paragraphs: String = WORDS.iter().map(|words| format!("<p>{words}</p>")).collect();
    let markup = markup
        .replace("{words}", &paragraphs)
        .replace("{there}", &format!("http://{host}/a"))
        .replace("{host}", &host)
        .replace("{run}", "top.ran=1");
    let digit = |byte: &u8| (*byte as char).to_digit(16).unwrap() as u8;
    let bytes = BYTES.replace_all(markup.as_bytes(), |found: &Captures| {
        found[1].chunks(2).map(|pair| digit(&pair[0]) * 16 + digit(&pair[1])).collect::<Vec<u8>>()
    });
    let many = MANY.replace_all(&bytes, |found: &Captures| {
        found[2].repeat(std::str::from_utf8(&found[1]).unwrap().parse().unwrap())
    });
    many.into_owned()
}

fn page(head: &[u8], body: &[u8]) -> Vec<u8> {
    let [first, second, third, fourth] = WORDS;
    [
        b"<!doctype html><html lang=en><head><title>The ferry sails again</title>".as_slice(),
        head,
        b"</head><body><main><article><h1>The ferry sails again</h1><div class=article-body><p>",
        first.as_bytes(),
        b"</p><p>",
        second.as_bytes(),
        b"</p>",
        body,
        b"<p>",
        third.as_bytes(),
        b"</p><p>",
        fourth.as_bytes(),
        b"</p></div></article></main></body></html>",
    ]
    .concat()
}

fn read(bytes: &[u8]) -> Result<Clipping, Error> {
    clip(&Document { bytes, url: Some("https://harbour.example/story"), media: Media::Html, charset: None })
}

/// Holds a reading copy against its grammar: blocks one after the other with nothing between them, in them words and
/// inline elements, on them `href` and `data-kind`; and the words of element *n* are those of block *n*.
fn held_to_the_grammar(clipping: &Clipping) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut texts: Vec<String> = Vec::new();
    for token in Tokenizer::new(&clipping.html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let fits = match open.first() {
                    None => BLOCKS.contains(&name.as_str()),
                    Some(_) => INLINE.contains(&name.as_str()) && !open.contains(&name),
                };
                if !fits || tag.self_closing {
                    return Err(format!("<{name}> in {open:?}"));
                }
                if open.is_empty() {
                    texts.push(String::new());
                }
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) =
                        (String::from_utf8_lossy(attribute), String::from_utf8_lossy(value));
                    let fits = match (name.as_str(), attribute.as_ref()) {
                        ("a", "href") => may_be_followed(&value),
                        ("p", "data-kind") => KINDS.contains(&value.as_ref()),
                        _ => false,
                    };
                    if !fits {
                        return Err(format!("<{name} {attribute}={value:?}>"));
                    }
                }
                open.push(name);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if open.pop().as_ref() != Some(&name) {
                    return Err(format!("</{name}> closes nothing"));
                }
            }
            Token::String(words) => match texts.last_mut() {
                Some(text) if !open.is_empty() => text.push_str(&String::from_utf8_lossy(&words)),
                _ => return Err(format!("words between the blocks: {:?}", String::from_utf8_lossy(&words))),
            },
            Token::Comment(_) | Token::Doctype(_) => return Err("a comment or a doctype".into()),
            Token::Error(error) => return Err(format!("no HTML: {error:?}")),
        }
    }
    if !open.is_empty() {
        return Err(format!("{open:?} stay open"));
    }
    let letters: Vec<char> = clipping.text.chars().collect();
    let words = |start: u32, end: u32| letters[start as usize..end as usize].iter().collect::<String>();
    let blocks: Vec<String> = clipping.blocks.iter().map(|block| words(block.start, block.end)).collect();
    if texts != blocks {
        let differ = texts.iter().zip(&blocks).find(|(text, block)| text != block);
        return Err(format!("{} elements, {} blocks; {differ:?}", texts.len(), blocks.len()));
    }
    match clipping.html.chars().chain(clipping.text.chars()).find(|c| deceives(*c)) {
        Some(c) => Err(format!("U+{:04X} in the words", c as u32)),
        None => Ok(()),
    }
}

/// Absolute, web or mail, and written as the address parser writes it, so that nobody reads it differently.
fn may_be_followed(address: &str) -> bool {
    let plain = address.chars().all(|c| c.is_ascii_graphic());
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
    plain && url.is_some_and(|url| url.as_str() == address)
}

/// Controls, and signs that turn the words around or hide them.
fn deceives(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Every field holds words or what its name says, and nothing that a reader of it could take for more.
fn fields_are_plain(clipping: &Clipping) -> Result<(), String> {
    let plain = |field: &str, value: Option<&str>| match value
        .and_then(|value| value.chars().find(|c| deceives(*c)))
    {
        Some(c) => Err(format!("U+{:04X} in the {field}", c as u32)),
        None => Ok(()),
    };
    plain("title", Some(&clipping.title))?;
    plain("standfirst", clipping.standfirst.as_deref())?;
    plain("byline", clipping.byline.as_deref())?;
    plain("outlet", clipping.outlet.as_deref())?;
    plain("dateline", clipping.dateline.as_deref())?;
    plain("credit", clipping.credit.as_deref())?;
    plain("section", clipping.section.as_deref())?;
    for author in &clipping.authors {
        plain("authors", Some(author))?;
    }
    for line in &clipping.set_aside {
        plain("lines set aside", Some(line))?;
    }
    if let Some(tag) = &clipping.language
        && !tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    {
        return Err(format!("the language {tag:?}"));
    }
    for day in [&clipping.published, &clipping.modified, &clipping.published_at].into_iter().flatten() {
        if !day.chars().all(|c| c.is_ascii_digit() || "-:TZ+./~?%XW".contains(c)) {
            return Err(format!("the date {day:?}"));
        }
    }
    if let Some(address) = &clipping.canonical_url
        && !Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
    {
        return Err(format!("the address {address:?}"));
    }
    Ok(())
}

fn sound(clipping: &Clipping) -> Result<(), String> {
    held_to_the_grammar(clipping).and_then(|()| fields_are_plain(clipping))
}

/// Runs a check over all cases on every core; the names of those that fail come with why.
fn over_all(check: impl Fn(&Case) -> Result<(), String> + Sync) -> Vec<String> {
    let shares = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let check = &check;
        let threads: Vec<_> = (0..shares)
            .map(|share| {
                let own = CASES.iter().skip(share).step_by(shares);
                scope.spawn(move || {
                    own.filter_map(|case| check(case).err().map(|why| format!("{}: {why}", case.name)))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("a check panicked")).collect()
    })
}

fn assert_none(failures: Vec<String>) {
    assert!(failures.is_empty(), "{} failed:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn the_cases_are_many_and_each_has_a_name_of_its_own() {
    assert!(CASES.len() >= 900, "{} cases", CASES.len());
    let names: HashSet<&str> = CASES.iter().map(|case| case.name.as_str()).collect();
    assert_eq!(names.len(), CASES.len());
    for name in names {
        let label = name.len() <= 63
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(label, "{name} cannot be part of a host name");
    }
}

#[test]
fn no_reading_copy_of_a_hostile_page_holds_more_than_words_links_and_structure() {
    assert_none(over_all(|case| match read(&case.page()) {
        Ok(clipping) => sound(&clipping),
        Err(_) => Ok(()),
    }));
}

#[test]
fn a_hostile_page_is_read_for_its_article_all_the_same() {
    let lost = over_all(|case| match read(&case.page()) {
        Ok(clipping) if clipping.text.contains(WORDS[0]) && clipping.text.contains(WORDS[1]) => Ok(()),
        Ok(clipping) => Err(format!("without its first words: {:.200}", clipping.text)),
        Err(error) => Err(error.to_string()),
    });
    let refused: HashSet<&str> =
        lost.iter().filter_map(|why| why.split_once(": ")).map(|(name, _)| name).collect();
    let expected: HashSet<&str> = UNREAD.into_iter().collect();
    assert!(refused == expected, "{}", lost.join("\n"));
}

/// Binary to the eye, or, as their byte order mark has it, no words of any language: an error or nonsense is right.
const UNREAD: [&str; 8] = [
    "encoding-nul-everywhere",
    "encoding-utf-16-big-bom-lie",
    "encoding-utf-16-bom-lie",
    "encoding-utf-32-bom-lie",
    "handlers-handler-nul",
    "obfuscated-a-nul-before",
    "obfuscated-a-nul-inside",
    "parser-script-nul-name",
];

/// Everywhere that a page may say something, two hundred cases say their own; each case stands in four places.
#[test]
fn a_case_is_harmless_wherever_it_stands() {
    let around: [(&str, &str); 12] = [
        ("<ul><li>The office says ", " so.</li></ul>"),
        ("<table><tr><th>Day</th><th>Ship</th></tr><tr><td>Monday</td><td>", "</td></tr></table>"),
        ("<blockquote><p>", "</p></blockquote>"),
        ("<figure><figcaption>The quay ", "</figcaption></figure>"),
        ("<h2>The spring ", "</h2>"),
        ("<p><a href='https://harbour.example/a'>The office ", "</a> waits.</p>"),
        ("<p title='", "'>The office waits.</p>"),
        ("<pre>", "</pre>"),
        ("<!-- ", " --><p>The office waits.</p>"),
        ("<p><em><strong><sup>", "</sup></strong></em> waits.</p>"),
        ("<svg><desc>", "</desc></svg>"),
        ("<p class=standfirst>", "</p>"),
    ];
    let heads: [(&str, &str); 5] = [
        ("<title>", "</title>"),
        ("<meta name=description content=\"", "\"><meta name=author content='Ann'>"),
        ("<meta name=author content='", "'>"),
        ("<meta property='og:title' content='", "'>"),
        ("<meta property='og:site_name' content='", "'>"),
    ];
    assert_none(over_all(|case| {
        if case.place == Place::Page {
            return Ok(());
        }
        let turn = case.name.bytes().map(usize::from).sum::<usize>() % 4;
        let inside =
            |(before, after): &(&str, &str)| [before.as_bytes(), &case.bytes, after.as_bytes()].concat();
        let bodies = around.iter().map(|around| page(b"", &inside(around)));
        let heads = heads.iter().map(|around| page(&inside(around), b""));
        bodies.chain(heads).enumerate().skip(turn).step_by(4).try_for_each(|(at, page)| match read(&page) {
            Ok(clipping) => sound(&clipping).map_err(|why| format!("place {at}: {why}")),
            Err(_) => Ok(()),
        })
    }));
}

/// The words of the cases as they would be pasted, mailed or written in Markdown.
#[test]
fn a_case_is_harmless_in_text_and_in_markdown() {
    assert_none(over_all(|case| {
        [Media::Unknown, Media::Text, Media::Markdown].into_iter().try_for_each(|media| {
            let bytes = [b"The ferry sails again\n\n", WORDS[0].as_bytes(), b"\n\n", &case.bytes].concat();
            match clip(&Document { bytes: &bytes, url: None, media, charset: None }) {
                Ok(clipping) => sound(&clipping).map_err(|why| format!("as {media:?}: {why}")),
                Err(_) => Ok(()),
            }
        })
    }));
}

#[test]
fn markup_in_a_field_stays_the_words_that_it_is() {
    let find = |name: &str| {
        read(&CASES.iter().find(|case| case.name == name).expect("it is a case").page()).unwrap()
    };
    let title = find("metadata-title");
    assert!(title.title.starts_with("<img src="), "{}", title.title);
    assert!(title.html.starts_with("<h1>&lt;img src="), "{}", title.html);
    let json = find("metadata-json-ld");
    assert_eq!(json.published, None, "a tag is no day");
    assert_eq!(json.canonical_url, None, "a script is no address");
    let escaped = find("parser-entity-escaped-tag");
    assert!(escaped.text.contains("wrote <img src="), "escaped markup is what the office wrote");
}

/// A download that broke off anywhere.
#[test]
fn a_page_that_breaks_off_gives_an_article_or_an_error() {
    assert_none(over_all(|case| {
        let page = case.page();
        // Inside the case, and somewhere in the page, another place for each.
        let start = page.windows(case.bytes.len().max(1)).position(|bytes| bytes == case.bytes).unwrap_or(0);
        let somewhere = case.name.bytes().map(usize::from).sum::<usize>() * 7 % page.len();
        let cuts = [start + case.bytes.len() / 2, start + case.bytes.len().saturating_sub(1), somewhere];
        cuts.into_iter().try_for_each(|cut| match read(&page[..cut]) {
            Ok(clipping) => sound(&clipping).map_err(|why| format!("cut at {cut}: {why}")),
            Err(_) => Ok(()),
        })
    }));
}

/// Every encoding under every other one's name.
#[test]
fn a_page_under_a_wrong_label_gives_an_article_or_an_error() {
    const LABELS: [&str; 28] = [
        "utf-8",
        "utf-16le",
        "utf-16be",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-874",
        "iso-8859-2",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-8-i",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "x-mac-cyrillic",
        "shift_jis",
        "euc-jp",
        "iso-2022-jp",
        "gbk",
        "gb18030",
        "big5",
        "euc-kr",
        "x-user-defined",
    ];
    let foreign = "Паром отошёл вовремя. 渡轮准时启航。フェリーは出航した。 أبحرت العبارة. Το πλοίο έφυγε. „Wir warten“, sagte sie – café.";
    for written in LABELS {
        for said in LABELS {
            let body =
                format!("<p>{foreign}</p><p title=\"{foreign}\"><img src=x onerror=top.ran=1>{foreign}</p>");
            let page = page(format!("<meta charset={said}>").as_bytes(), body.as_bytes());
            let page = String::from_utf8(page).unwrap();
            let encoding =
                encoding_rs::Encoding::for_label(written.as_bytes()).expect("a label of the standard");
            let bytes = match written {
                "utf-16le" => page.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                "utf-16be" => page.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                _ => encoding.encode(&page).0.into_owned(),
            };
            for charset in [None, Some(said), Some("nonsense")] {
                let document = Document {
                    bytes: &bytes,
                    url: Some("https://harbour.example/"),
                    media: Media::Html,
                    charset,
                };
                if let Ok(clipping) = clip(&document) {
                    sound(&clipping).unwrap_or_else(|why| panic!("{written} as {said}, {charset:?}: {why}"));
                }
            }
        }
    }
}

/// Pieces of cases, cut anywhere and put together anyhow.
fn splice() -> impl Strategy<Value = Vec<u8>> {
    let piece = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>())
        .prop_map(|(case, from, to)| {
            let bytes = &case.get(&CASES[..]).bytes;
            // Pages of many kilobytes are for the tests above.
            let bytes = &bytes[..bytes.len().min(600)];
            let (from, to) = (from.index(bytes.len() + 1), to.index(bytes.len() + 1));
            bytes[from.min(to)..from.max(to)].to_vec()
        });
    prop::collection::vec(piece, 1..9).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_together_of_cases_is_harmless(body in splice(), head in splice()) {
        for page in [page(b"", &body), page(&head, &body)] {
            if let Ok(clipping) = read(&page) {
                prop_assert_eq!(sound(&clipping), Ok(()));
            }
        }
    }
}
