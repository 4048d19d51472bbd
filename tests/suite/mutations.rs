//! The checks of `fuzz/` on mutated seeds: whatever comes in, nothing panics and no promise is broken.
//!
//! One second a target; `BILAT_FUZZ_SECONDS` makes it longer, `BILAT_FUZZ_SEED` repeats a run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../fuzz/checks.rs"]
mod checks;

/// No input of this size may take longer: a second for each MiB (security.md's bound for what is untrusted), with
/// room for an unoptimised build on a machine that is busy.
const LONGEST: Duration = Duration::from_secs(20);

/// The most bytes of an input.
const MOST: usize = 64 * 1024;

/// Words that formats give a meaning to.
const TOKENS: [&str; 48] = [
    "<p>",
    "</p>",
    "<a href=\"javascript:alert(1)\">",
    "<script>",
    "</script>",
    "<!--",
    "<table><tr><td>",
    "<svg>",
    "<math>",
    "<template>",
    "&#x0;",
    "&amp;",
    "<![CDATA[",
    "---\n",
    "...\n",
    "title: ",
    "tags: [",
    "]",
    "- ",
    "> ",
    "[@",
    "]",
    "“",
    "”",
    "[…]",
    "\n\n",
    "\r\n",
    "Content-Type: multipart/related; boundary=x\r\n",
    "--x",
    "Content-Length: 4294967295\r\n",
    "Transfer-Encoding: chunked\r\n",
    "WARC/1.0\r\n",
    "obj\n<<",
    ">>\nstream\n",
    "endobj",
    "PK\u{3}\u{4}",
    "TY  - NEWS\n",
    "ER  - \n",
    "@article{a,",
    "{\"",
    "\":[",
    "\u{202e}",
    "\u{feff}",
    "\u{0}",
    "\"",
    "pair:",
    "OR (",
    "*",
];

/// Numbers without a pattern (xorshift64*, Vigna 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below `most`.
    fn below(&mut self, most: usize) -> usize {
        (self.next() >> 16) as usize % most.max(1)
    }
}

/// Files of our own, by the folder they lie in.
fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("there are fixtures").flatten().map(|one| one.path()).collect();
    paths.sort();
    let small = |bytes: &Vec<u8>| !bytes.is_empty() && bytes.len() <= MOST;
    paths.into_iter().filter_map(|path| std::fs::read(path).ok()).filter(small).collect()
}

/// What a target's inputs are made of.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let own = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect::<Vec<_>>();
    let mail = "From: Ann Other <a@harbour.example>\r\nMIME-Version: 1.0\r\nSubject: =?utf-8?B?QQ==?=\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>The ferry=20sails again, the office said on Monday.</p>\r\n--x--\r\n";
    let warc = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/\r\nContent-Length: 77\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>a \r\n0\r\n\r\n\r\n\r\n";
    let pdf = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 1 /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 60 >>\nstream\nBT /F 10 Tf 60 760 Td (The ferry sailed on time.) Tj ET      \nendstream\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF";
    match target {
        "clip_html" => [files("clip"), files("hostile")].concat(),
        "clip_text" => files("clip"),
        "front_matter" => [files("notes"), files("clip")].concat(),
        "clip_mhtml" | "clip_mail" => own(&[mail]),
        "clip_docx" => vec![docx()],
        "clip_pdf" => own(&[pdf]),
        "unpack" => {
            let mailbox = format!("From a@harbour.example Mon Mar  2 10:00:00 2026\n{mail}");
            own(&[warc, &mailbox])
        }
        "import" => [files("import"), files("notes")].concat(),
        "analyze" => own(&[
            "MOSCOW, Jan. 20 (Exercise Wire) — “We will answer,” said Deputy Foreign Minister Karla Venn, “but not on Friday.”\n\nShe told reporters that the United States had ruled out talks two days after Georgia called off its visit, according to a senior official who declined to be named.\n",
            "Die Außenministerin Karla Venn sagte am 20. Januar: „Wir reden.“ — «Переговоров не будет», — заявила Венн в Москве. 外交部发言人说：“我们反对。” قال الوزير: «لن نقبل».",
        ]),
        "search_query" => own(&[
            "pair:US-RU speaker:Other source:reuters since:2022-11 until:2023-01 kind:quote \"harbour opens\" harb*",
            "NOT (a OR b) NEAR/3 -c tag:\"x y\"",
            "",
        ]),
        "quote_lock" => own(&[
            "---\ntitle: Harbour\n---\n\n> The harbour opens again on Monday […] repairs. [@courier-20260302]\n\nHe said “We have mended what the storm broke” [@courier-20260302, ¶2].\n\n| a | b |\n|---|---|\n| “Nobody shall wait for a berth” | [@courier-20260302] |\n",
        ]),
        "http_request" => own(&[
            "POST /v1/clip HTTP/1.1\r\nHost: 127.0.0.1:1\r\nContent-Type: application/json\r\nAuthorization: Bearer AAAA\r\nContent-Length: 2\r\n\r\n{}",
            "GET /v1/status HTTP/1.1\r\nHost: localhost:1\r\nOrigin: chrome-extension://abcdefghijklmnopabcdefghijklmnop\r\n\r\n",
            "OPTIONS /v1/pair HTTP/1.1\r\nHost: 127.0.0.1:1\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\n\r\n",
        ]),
        other => unreachable!("no seeds for {other}"),
    }
}

/// A Word document without compression, so that mutations reach its words.
fn docx() -> Vec<u8> {
    use std::io::Write as _;
    use zip::write::SimpleFileOptions;
    let document = r#"<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>The ferry &amp; the pilot sail.</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>"#;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("word/document.xml", stored).expect("a file in memory");
    zip.write_all(document.as_bytes()).expect("a file in memory");
    zip.finish().expect("a file in memory").into_inner()
}

/// A seed with a few things done to it that break readers.
fn mutated(seeds: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seeds[dice.below(seeds.len())].clone();
    for _ in 0..=dice.below(8) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + 1 + dice.below(64)).min(bytes.len());
        match dice.below(8) {
            0 if at < bytes.len() => bytes[at] = dice.next() as u8,
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.drain(at.min(end)..end)),
            3 => {
                let part = bytes[at.min(end)..end].repeat(1 + dice.below(40));
                bytes.splice(at..at, part);
            }
            4 => bytes.truncate(at),
            5 => {
                let other = &seeds[dice.below(seeds.len())];
                let from = dice.below(other.len() + 1);
                bytes.splice(at..at, other[from..(from + 512).min(other.len())].iter().copied());
            }
            _ => {
                let token = TOKENS[dice.below(TOKENS.len())].repeat(1 + dice.below(3));
                bytes.splice(at..at, token.into_bytes());
            }
        }
        bytes.truncate(MOST);
    }
    bytes
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn no_mutation_of_what_we_read_breaks_a_promise() {
    let seconds = number("BILAT_FUZZ_SECONDS").unwrap_or(1);
    let seed = number("BILAT_FUZZ_SEED").unwrap_or_else(|| u64::from(std::process::id()) | 1 << 40);
    // PDF is read in a process of its own, or not at all.
    bilat_clip::apart::use_program(env!("CARGO_BIN_EXE_bilat").into());
    let mut broken = Vec::new();
    for (name, check) in checks::TARGETS {
        let (seeds, mut dice) = (seeds(name), Dice(seed));
        for seed in &seeds {
            check(seed);
        }
        let (begun, mut tried, mut longest) = (Instant::now(), 0_u64, Duration::ZERO);
        while begun.elapsed() < Duration::from_secs(seconds) {
            let input = mutated(&seeds, &mut dice);
            let start = Instant::now();
            let held = catch_unwind(AssertUnwindSafe(|| check(&input)));
            (tried, longest) = (tried + 1, longest.max(start.elapsed()));
            if held.is_err() || start.elapsed() > LONGEST {
                let path = std::env::temp_dir().join(format!("bilat-{name}-{seed}-{tried}"));
                std::fs::write(&path, &input).expect("the temporary folder can be written");
                broken.push(format!("{name}: {} after {:?}", path.display(), start.elapsed()));
                break;
            }
        }
        println!("{name}: {tried} inputs, the longest took {longest:?}");
    }
    assert!(broken.is_empty(), "BILAT_FUZZ_SEED={seed}: {broken:#?}");
}
