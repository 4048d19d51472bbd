//! Runs of letters with their ink (bold, italic, raised, linked) into one block.
//!
//! Words and markup are written by the same hand at the same time, so they cannot differ.

use bilat_core::BlockKind;
use url::Url;

use crate::draft::Piece;
use crate::line;

/// How letters are set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ink {
    pub strong: bool,
    pub emphasis: bool,
    pub raised: bool,
    pub lowered: bool,
    /// An address that a reader may follow.
    pub link: Option<String>,
}

/// A block as it is written.
#[derive(Debug, Default)]
pub struct Inked {
    text: String,
    markup: String,
    /// White space that is written only when a word follows.
    space: bool,
    ink: Ink,
}

impl Inked {
    /// Adds a run of letters.
    pub fn write(&mut self, words: &str, ink: &Ink) {
        for c in words.chars() {
            if c.is_whitespace() {
                self.space = true;
            } else if !line::deceptive(c) {
                let space = std::mem::take(&mut self.space) && !self.text.is_empty();
                // A space between two inks is set in neither.
                if self.ink != *ink {
                    self.close();
                }
                if space {
                    self.text.push(' ');
                    self.markup.push(' ');
                }
                if self.ink != *ink {
                    self.open(ink);
                }
                self.text.push(c);
                self.markup.push_str(&line::escaped(c.encode_utf8(&mut [0; 4])));
            }
        }
    }

    /// Whether nothing has been written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The block.
    pub fn piece(mut self, kind: BlockKind, level: u8) -> Piece {
        self.close();
        Piece { kind, level, text: self.text, markup: Some(self.markup) }
    }

    fn open(&mut self, ink: &Ink) {
        if let Some(link) = &ink.link {
            self.markup.push_str(r#"<a href=""#);
            self.markup.push_str(&line::escaped(link));
            self.markup.push_str(r#"">"#);
        }
        for tag in tags(ink) {
            self.markup.push('<');
            self.markup.push_str(tag);
            self.markup.push('>');
        }
        self.ink = ink.clone();
    }

    fn close(&mut self) {
        let ink = std::mem::take(&mut self.ink);
        for tag in tags(&ink).collect::<Vec<_>>().into_iter().rev().chain(ink.link.is_some().then_some("a")) {
            self.markup.push_str("</");
            self.markup.push_str(tag);
            self.markup.push('>');
        }
    }
}

fn tags(ink: &Ink) -> impl Iterator<Item = &'static str> {
    [(ink.strong, "strong"), (ink.emphasis, "em"), (ink.raised, "sup"), (ink.lowered, "sub")]
        .into_iter()
        .filter_map(|(set, tag)| set.then_some(tag))
}

/// An address that a reader may follow.
pub fn address(said: &str) -> Option<String> {
    let url = Url::parse(said.trim()).ok()?;
    matches!(url.scheme(), "http" | "https" | "mailto").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_markup_say_the_same() {
        let mut inked = Inked::default();
        let strong = Ink { strong: true, ..Ink::default() };
        inked.write("The  ferry ", &Ink::default());
        inked.write("sails\u{202e} <now> ", &strong);
        inked.write("again.", &Ink { link: address("https://harbour.example/?a=1&b=2"), ..Ink::default() });
        let piece = inked.piece(BlockKind::Paragraph, 2);
        assert_eq!(piece.text, "The ferry sails <now> again.");
        assert_eq!(
            piece.markup.unwrap(),
            r#"The ferry <strong>sails &lt;now&gt;</strong> <a href="https://harbour.example/?a=1&amp;b=2">again.</a>"#
        );
        assert_eq!(address("javascript:alert(1)"), None);
    }
}
