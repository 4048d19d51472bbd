//! RTF to paragraphs (Rich Text Format Specification 1.9.1): the words alone, as press databases write them.
//!
//! Groups that hold no words of the document (fonts, styles, pictures, field instructions) are left out.

use encoding_rs::{Encoding, WINDOWS_1252};

use crate::Error;

const THIS: &str = "an RTF file";
/// Groups nest no deeper in any document that a program wrote.
const MOST_DEPTH: usize = 512;

/// Whether the bytes are RTF.
pub fn is_rtf(bytes: &[u8]) -> bool {
    bytes.trim_ascii_start().starts_with(b"{\\rtf")
}

/// Destinations whose text is not the document's.
const ASIDE: [&str; 26] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "fldinst",
    "listtable",
    "listoverridetable",
    "rsidtbl",
    "generator",
    "themedata",
    "datastore",
    "latentstyles",
    "xmlnstbl",
    "bkmkstart",
    "bkmkend",
    "nonshppict",
];

#[derive(Clone, Copy)]
struct State {
    aside: bool,
    /// How many characters stand for one `\u` to readers that know no Unicode.
    skip: u32,
}

/// The paragraphs of a document; empty ones stay, as they divide.
pub fn paragraphs(bytes: &[u8]) -> Result<Vec<String>, Error> {
    if !is_rtf(bytes) {
        return Err(Error::not(THIS, "it does not start with {\\rtf"));
    }
    let mut reader = Reader {
        page: WINDOWS_1252,
        pending: Vec::new(),
        line: String::new(),
        found: Vec::new(),
        skipping: 0,
        high: None,
    };
    let mut states = vec![State { aside: false, skip: 1 }];
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let state = *states.last().unwrap_or(&State { aside: false, skip: 1 });
        match byte {
            b'{' => {
                if states.len() > MOST_DEPTH {
                    return Err(Error::not(
                        THIS,
                        format!("its groups are nested more than {MOST_DEPTH} deep"),
                    ));
                }
                reader.skipping = 0;
                states.push(state);
                at += 1;
            }
            b'}' => {
                reader.skipping = 0;
                if states.len() > 1 {
                    states.pop();
                }
                at += 1;
            }
            b'\\' => at = control(bytes, at + 1, &mut states, &mut reader),
            b'\r' | b'\n' => at += 1,
            _ => {
                if !state.aside {
                    reader.byte(byte);
                }
                at += 1;
            }
        }
    }
    reader.end();
    Ok(reader.found)
}

struct Reader {
    page: &'static Encoding,
    /// Bytes in the code page that wait to be read together: a character may have two.
    pending: Vec<u8>,
    line: String,
    found: Vec<String>,
    /// How many characters after a `\u` are still its stand-in.
    skipping: u32,
    /// The first half of a character beyond the basic plane.
    high: Option<u32>,
}

impl Reader {
    fn byte(&mut self, byte: u8) {
        if self.skipping > 0 {
            self.skipping -= 1;
        } else {
            self.pending.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let (text, _) = self.page.decode_without_bom_handling(&self.pending);
            self.line.push_str(&text);
            self.pending.clear();
        }
    }

    fn push(&mut self, c: char) {
        self.flush();
        self.line.push(c);
    }

    fn unicode(&mut self, code: i32) {
        // Written as a signed 16-bit number.
        let code = (code & 0xffff) as u32;
        match (self.high.take(), code) {
            (_, 0xd800..=0xdbff) => self.high = Some(code),
            (Some(high), 0xdc00..=0xdfff) => {
                let whole = 0x10000 + ((high - 0xd800) << 10) + (code - 0xdc00);
                self.push(char::from_u32(whole).unwrap_or('\u{fffd}'));
            }
            _ => self.push(char::from_u32(code).unwrap_or('\u{fffd}')),
        }
    }

    fn end(&mut self) {
        self.flush();
        self.found.push(bilat_core::normalise_spaces(&self.line));
        self.line.clear();
    }
}

/// One control word or symbol; answers where the text goes on.
fn control(bytes: &[u8], at: usize, states: &mut [State], reader: &mut Reader) -> usize {
    let Some(first) = bytes.get(at).copied() else { return at };
    let last = states.len() - 1;
    let aside = states[last].aside;
    if !first.is_ascii_alphabetic() {
        match first {
            b'\'' => {
                let hex = bytes
                    .get(at + 1..at + 3)
                    .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
                if let (Some(byte), false) = (hex, aside) {
                    reader.byte(byte);
                }
                return at + 3;
            }
            b'*' => states[last].aside = true,
            b'~' if !aside => reader.push(' '),
            b'_' if !aside => reader.push('-'),
            b'\\' | b'{' | b'}' if !aside => reader.byte(first),
            b'\r' | b'\n' if !aside => reader.end(),
            _ => {}
        }
        return at + 1;
    }
    let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).take(32).count();
    let word = std::str::from_utf8(&bytes[at..at + letters]).unwrap_or_default();
    let mut next = at + letters;
    let number_at = next;
    if bytes.get(next) == Some(&b'-') {
        next += 1;
    }
    next += bytes[next.min(bytes.len())..].iter().take_while(|byte| byte.is_ascii_digit()).take(10).count();
    let number =
        std::str::from_utf8(&bytes[number_at..next]).ok().and_then(|digits| digits.parse::<i64>().ok());
    if bytes.get(next) == Some(&b' ') {
        next += 1;
    }
    match word {
        "ansicpg" => reader.page = page(number),
        "uc" => states[last].skip = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(1).min(16),
        "bin" => next += number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0),
        _ if ASIDE.contains(&word) => states[last].aside = true,
        _ if aside => {}
        "u" => {
            reader.unicode(number.unwrap_or(0xfffd) as i32);
            reader.skipping = states[last].skip;
        }
        "par" | "sect" | "page" | "row" | "line" => reader.end(),
        "tab" | "cell" | "nestcell" | "emspace" | "enspace" | "qmspace" => reader.push(' '),
        "lquote" => reader.push('‘'),
        "rquote" => reader.push('’'),
        "ldblquote" => reader.push('“'),
        "rdblquote" => reader.push('”'),
        "emdash" => reader.push('—'),
        "endash" => reader.push('–'),
        "bullet" => reader.push('•'),
        _ => {}
    }
    next.min(bytes.len())
}

fn page(number: Option<i64>) -> &'static Encoding {
    let label = match number {
        Some(932) => "shift_jis".to_owned(),
        Some(936) => "gbk".to_owned(),
        Some(949) => "euc-kr".to_owned(),
        Some(950) => "big5".to_owned(),
        Some(65001) => "utf-8".to_owned(),
        Some(number) => format!("windows-{number}"),
        None => return WINDOWS_1252,
    };
    Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_come_out_and_nothing_else() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}{\*\generator Press;}{\info{\title Secret}}
\pard\b The \u8220?harbour\u8221? caf\'e9\b0\par\pard {\field{\*\fldinst HYPERLINK x}{\fldrslt linked}} words\line next\par}";
        assert_eq!(paragraphs(rtf).unwrap(), ["The “harbour” café", "linked words", "next", ""]);
        assert_eq!(paragraphs(b"{\\rtf1\\ansicpg1251 \\'cc\\'e8\\'f0\\par}").unwrap(), ["Мир", ""]);
        assert_eq!(paragraphs(br"{\rtf1\uc0\u-10179\u-8704 x}").unwrap(), ["😀 x"].map(|_| "\u{1f600}x"));
    }

    #[test]
    fn broken_documents_end() {
        for rtf in [
            &b"{\\rtf1"[..],
            b"{\\rtf1\\",
            b"{\\rtf1\\'",
            b"{\\rtf1\\bin99999999999 x",
            b"{\\rtf1}}}}",
            b"{\\rtf1\\u",
        ] {
            let _ = paragraphs(rtf);
        }
        assert!(paragraphs(b"no").is_err());
        let deep = [&b"{\\rtf1"[..], &b"{".repeat(100_000)].concat();
        assert!(paragraphs(&deep).is_err());
    }
}
