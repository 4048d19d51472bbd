//! Counts words as a reader does: of the text that is printed, section by section.

use bilat_core::char_len;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::document::{Block, BlockKind, Document, is_unspaced, plain};

/// The words of a briefing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WordCount {
    /// Words outside tables.
    pub words: u32,
    /// Words in tables.
    pub in_tables: u32,
    /// The sections, in order; what stands before the first heading has an empty name.
    pub sections: Vec<SectionWords>,
}

/// The words of one section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SectionWords {
    /// Its heading.
    pub heading: String,
    /// The line of its heading, from 1.
    pub line: u32,
    /// Words outside tables, the heading not counted.
    pub words: u32,
}

/// Counts the words of a briefing. Two characters of a script without spaces count as one word.
pub fn count_words(document: &Document) -> WordCount {
    let mut count = WordCount::default();
    let mut section = SectionWords { line: 1, ..SectionWords::default() };
    for block in &document.blocks {
        if let BlockKind::Heading(_, words) = &block.kind {
            let heading = SectionWords { heading: plain(words), line: block.line, words: 0 };
            let done = std::mem::replace(&mut section, heading);
            count.sections.push(done);
            continue;
        }
        let (words, in_tables) = of_block(block);
        section.words += words;
        count.words += words;
        count.in_tables += in_tables;
    }
    count.sections.push(section);
    count.sections.retain(|section| section.words > 0 || !section.heading.is_empty());
    count
}

fn of_block(block: &Block) -> (u32, u32) {
    let sum = |blocks: &mut dyn Iterator<Item = &Block>| {
        blocks.map(of_block).fold((0, 0), |(words, cells), more| (words + more.0, cells + more.1))
    };
    match &block.kind {
        BlockKind::Heading(_, words) | BlockKind::Paragraph(words) => (of_text(&plain(words)), 0),
        BlockKind::Quote(blocks) => sum(&mut blocks.iter()),
        BlockKind::List(_, items) => sum(&mut items.iter().flatten()),
        BlockKind::Table(_, head, rows) => {
            (0, head.iter().chain(rows.iter().flatten()).map(|cell| of_text(&plain(cell))).sum())
        }
        BlockKind::Code(_) | BlockKind::Rule => (0, 0),
    }
}

fn of_text(text: &str) -> u32 {
    let unspaced: String = text.chars().filter(|c| is_unspaced(*c) && c.is_alphanumeric()).collect();
    let spaced = text.split(|c: char| c.is_whitespace() || is_unspaced(c) || matches!(c, '—' | '–'));
    spaced.filter(|word| word.contains(char::is_alphanumeric)).count() as u32
        + char_len(&unspaced).div_ceil(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_a_reader_reads() {
        let count = count_words(&crate::parse(
            "# One two\n\nthree *four* [@key]\n<!-- not this -->\n\n| a | b |\n|---|---|\n| c d | e |\n\n## Next\n\n条約締結",
        ));
        assert_eq!((count.words, count.in_tables), (4, 5));
        assert_eq!(count.sections[0], SectionWords { heading: "One two".into(), line: 1, words: 2 });
        assert_eq!(count.sections[1].words, 2);
    }
}
