//! Lines into paragraphs: what the pages repeat is set aside, lines are joined, subheads are told by their
//! size, and a hyphen at the end of a line is undone only where the document itself shows that the word has
//! none.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use bilat_core::BlockKind;
use regex::Regex;

use super::Page;
use super::lines::{self, Line};
use crate::draft::Piece;
use crate::line as words;

/// What the pages held.
#[derive(Debug, Default)]
pub struct Laid {
    pub blocks: Vec<Block>,
    /// Running heads and page numbers, each once.
    pub set_aside: Vec<String>,
    /// The block on the first page that is set largest.
    pub largest: Option<usize>,
    /// The address that a browser prints at the foot of a page.
    pub url: Option<String>,
}

/// A paragraph, a subhead, an item or a row.
#[derive(Debug)]
pub struct Block {
    pub piece: Piece,
    size: f32,
    page: usize,
}

/// So many lines at the head and at the foot of a page may be its own and not the text's.
const EDGE: usize = 3;
/// The title stands among so many blocks.
const HEAD: usize = 8;
/// A gap of so much more than the usual one divides paragraphs.
const APART: f32 = 1.3;
/// A first line is indented by so much of the font's size.
const INDENT: f32 = 0.8;
/// A subhead is so much larger than the text.
const LARGER: f32 = 1.13;
/// A footnote is so much smaller than the text.
const SMALLER: f32 = 0.87;
/// A subhead is no longer.
const LONGEST_HEAD: usize = 200;

static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\W_]*(?:(?:page|seite|p\.|s\.|стр\.?|página|pagina)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|von|de|di|sur|из)\s*\d{1,4})?[\W_]*$")
        .expect("the pattern is a constant and a test compiles it")
});
/// What a browser prints at the head and at the foot of a page.
static BROWSER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? +\d{1,2}:\d{2}(?: ?[AP]M)?(?:\s.*)?$")
        .expect("the pattern is a constant and a test compiles it")
});
static BROWSER_FOOT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^((?:https?|file|about|data):\S+)\s+(?:Page )?\d{1,4}(?:/| of )\d{1,4}$")
        .expect("the pattern is a constant and a test compiles it")
});
static BULLET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[•▪◦●‣∙·■□–o\u{f0b7}\u{f0a7}]\s+")
        .expect("the pattern is a constant and a test compiles it")
});
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])\s+\S")
        .expect("the pattern is a constant and a test compiles it")
});

/// Lays the pages out.
pub fn lay(pages: Vec<Page>) -> Laid {
    let mut laid = Laid::default();
    let pages: Vec<Vec<Vec<Line>>> =
        pages.into_iter().enumerate().map(|(at, page)| lines::read(page, at)).collect();
    let mut blocks = without_edges(pages, &mut laid);
    blocks.retain(|block| !block.is_empty());
    let body = usual_size(&blocks);
    let known = Words::of(&blocks);
    let usual_leading = leading(blocks.iter().flatten(), body).unwrap_or(1.2 * body);
    let mut notes = Vec::new();
    for lines in blocks {
        let here = leading(lines.iter(), body).filter(|_| lines.len() >= 5).unwrap_or(usual_leading);
        let right = edge(&lines);
        let foot = lines
            .iter()
            .rposition(|line| line.size > body * SMALLER || line.y < line.height * 0.5)
            .map_or(0, |last| last + 1);
        let mut paragraphs: Vec<(Vec<Line>, bool)> = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let note = at >= foot;
            match paragraphs.last_mut() {
                Some((open, of_note)) if *of_note == note && !breaks(open, &line, here, right, body) => {
                    open.push(line)
                }
                _ => paragraphs.push((vec![line], note)),
            }
        }
        let mut first = true;
        for (lines, note) in tables(paragraphs) {
            match lines {
                Cut::Rows(rows) => laid.blocks.extend(rows),
                Cut::Paragraph(lines) if note => notes.push(block(lines, &known, body, true)),
                Cut::Paragraph(lines) => {
                    let block = block(lines, &known, body, false);
                    match laid.blocks.last_mut() {
                        Some(last) if first && goes_on(last, &block, body) => {
                            known.join(&mut last.piece.text, &block.piece.text);
                        }
                        _ => laid.blocks.push(block),
                    }
                }
            }
            first = false;
        }
    }
    laid.blocks.retain(|block| !block.piece.text.is_empty());
    laid.largest = laid
        .blocks
        .iter()
        .enumerate()
        .take(HEAD)
        .filter(|(_, block)| {
            block.page == 0 && block.size > body * LARGER && words::chars(&block.piece.text) >= 6
        })
        .max_by(|(one_at, one), (at, block)| one.size.total_cmp(&block.size).then(at.cmp(one_at)))
        .map(|(at, _)| at);
    laid.blocks.extend(notes);
    laid
}

/// Takes running heads, page numbers and what a browser prints off the edges of the pages.
fn without_edges(pages: Vec<Vec<Vec<Line>>>, laid: &mut Laid) -> Vec<Vec<Line>> {
    let key = |text: &str| -> String {
        let text: String = text.chars().map(|c| if c.is_numeric() { '#' } else { c }).collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let edges = |page: &[Vec<Line>]| -> HashSet<(i32, String)> {
        let mut lines: Vec<&Line> = page.iter().flatten().collect();
        lines.sort_by(|one, other| one.y.total_cmp(&other.y));
        let count = lines.len();
        let edge = |at: usize| at < EDGE || at + EDGE >= count;
        let mut rows: Vec<(i32, String)> = Vec::new();
        for (_, line) in lines.iter().enumerate().filter(|(at, _)| edge(*at)) {
            rows.push((line.y as i32, line.text.clone()));
        }
        rows.into_iter().collect()
    };
    let all: Vec<HashSet<(i32, String)>> = pages.iter().map(|page| edges(page)).collect();
    // A running head says the same at the same height; the title that it repeats stands elsewhere.
    let place = |y: i32, text: &str| (y / 4, key(text));
    let mut seen: HashMap<(i32, String), usize> = HashMap::new();
    for page in &all {
        let places: HashSet<(i32, String)> = page.iter().map(|(y, text)| place(*y, text)).collect();
        for place in places {
            *seen.entry(place).or_default() += 1;
        }
    }
    let often = (pages.len() / 3).max(2);
    let mut told = HashSet::new();
    let mut kept = Vec::new();
    for (page, edge) in pages.into_iter().zip(all) {
        for block in page {
            let mut lines = Vec::with_capacity(block.len());
            for line in block {
                let at_edge = edge.contains(&(line.y as i32, line.text.clone()));
                let text = line.text.trim();
                let foot = at_edge.then(|| BROWSER_FOOT.captures(text)).flatten();
                let aside = at_edge
                    && (PAGE_NUMBER.is_match(text)
                        || BROWSER_HEAD.is_match(text)
                        || foot.is_some()
                        || seen.get(&place(line.y as i32, text)).is_some_and(|count| *count >= often));
                if let Some(foot) = foot.filter(|foot| foot[1].starts_with("http")) {
                    laid.url.get_or_insert_with(|| foot[1].to_owned());
                }
                if !aside {
                    lines.push(line);
                } else if told.insert(key(text)) {
                    laid.set_aside.push(words::tidy(text));
                }
            }
            kept.push(lines);
        }
    }
    kept
}

/// The size in which most letters are set.
fn usual_size(blocks: &[Vec<Line>]) -> f32 {
    let mut letters: HashMap<i32, usize> = HashMap::new();
    for line in blocks.iter().flatten() {
        *letters.entry((line.size * 2.0).round() as i32).or_default() += line.text.len();
    }
    letters
        .into_iter()
        .max_by_key(|(size, count)| (*count, *size))
        .map_or(10.0, |(size, _)| size as f32 / 2.0)
}

/// The usual distance between two lines of the text.
fn leading<'a>(lines: impl Iterator<Item = &'a Line>, body: f32) -> Option<f32> {
    let mut gaps = Vec::new();
    let mut last: Option<&Line> = None;
    for line in lines {
        if let Some(last) = last {
            let gap = line.y - last.y;
            let text = |line: &Line| (line.size - body).abs() < body * 0.08;
            if last.page == line.page && gap > 0.0 && gap < body * 3.0 && text(last) && text(line) {
                gaps.push(gap);
            }
        }
        last = Some(line);
    }
    gaps.sort_by(f32::total_cmp);
    // Gaps between paragraphs are the larger ones; a low middle is a gap between lines.
    gaps.get(gaps.len() * 2 / 5).copied()
}

/// The right edge that full lines reach.
fn edge(lines: &[Line]) -> f32 {
    let mut rights: Vec<f32> = lines.iter().map(|line| line.x.1).collect();
    rights.sort_by(f32::total_cmp);
    rights.get(rights.len() * 9 / 10).copied().unwrap_or(0.0)
}

/// Whether a line starts a new paragraph after those that are open.
fn breaks(open: &[Line], next: &Line, leading: f32, right: f32, body: f32) -> bool {
    let Some(last) = open.last() else { return true };
    let size = last.size;
    let head = size > body * LARGER;
    let gap = next.y - last.y;
    let usual =
        if (size - body).abs() < body * 0.1 { leading } else { (size * 1.25).max(leading * size / body) };
    if gap <= 0.0
        || gap > usual * APART + 0.1
        || (next.size / size - 1.0).abs() > 0.12
        || next.bold != last.bold
    {
        return true;
    }
    if BULLET.is_match(&next.text) || (NUMBERED.is_match(&next.text) && ends(&last.text)) {
        return true;
    }
    if head {
        return false;
    }
    let left = open.get(1).map_or(last.x.0, |second| second.x.0).min(last.x.0);
    let indented = next.x.0 - left > INDENT * size && next.x.0 - last.x.0 > INDENT * size;
    let outdented = open.len() >= 2 && last.x.0 - next.x.0 > INDENT * size;
    let fits = last.x.1 + next.first_word + size * 1.2 < right;
    (indented && ends(&last.text)) || (outdented && ends(&last.text)) || (fits && ends(&last.text))
}

/// Whether a line may be the last of its paragraph.
fn ends(text: &str) -> bool {
    words::ends_clause(text.trim_end())
}

/// Whether a paragraph goes on in the first of the next column or page.
fn goes_on(last: &Block, next: &Block, body: f32) -> bool {
    let text = |block: &Block| {
        matches!(block.piece.kind, BlockKind::Paragraph | BlockKind::Item) && block.size <= body * LARGER
    };
    text(last)
        && next.piece.kind == BlockKind::Paragraph
        && next.size <= body * LARGER
        && (last.size / next.size - 1.0).abs() < 0.1
        && !ends(&last.piece.text)
        && words::chars(&last.piece.text) > 40
}

/// Paragraphs and the rows of tables.
enum Cut {
    Paragraph(Vec<Line>),
    Rows(Vec<Block>),
}

/// Finds tables: three or more lines in a row of cells that stand under each other.
fn tables(paragraphs: Vec<(Vec<Line>, bool)>) -> Vec<(Cut, bool)> {
    let mut out: Vec<(Cut, bool)> = Vec::new();
    let mut run: Vec<(Vec<Line>, bool)> = Vec::new();
    let flush = |run: &mut Vec<(Vec<Line>, bool)>, out: &mut Vec<(Cut, bool)>| {
        let lines: usize = run.iter().map(|(lines, _)| lines.len()).sum();
        if lines >= 3 {
            let row = |line: Line| {
                let cells: Vec<String> = line.text.split('\t').map(words::tidy).collect();
                Block {
                    piece: Piece::new(BlockKind::Row, cells.join("\t")),
                    size: line.size,
                    page: line.page,
                }
            };
            let rows = run.drain(..).flat_map(|(lines, _)| lines).map(row).collect();
            out.push((Cut::Rows(rows), false));
        } else {
            out.extend(run.drain(..).map(|(lines, note)| (Cut::Paragraph(lines), note)));
        }
    };
    for (lines, note) in paragraphs {
        let celled = lines.iter().all(|line| line.text.contains('\t')) && !note;
        let under =
            run.last().and_then(|(last, _)| last.last()).is_none_or(|last| stands_under(last, &lines[0]));
        let inside = lines.windows(2).all(|pair| stands_under(&pair[0], &pair[1]));
        if !(celled && under && inside) {
            flush(&mut run, &mut out);
        }
        if celled && inside { run.push((lines, note)) } else { out.push((Cut::Paragraph(lines), note)) }
    }
    flush(&mut run, &mut out);
    out
}

/// Whether a cell other than the first starts where one of the line before does.
fn stands_under(last: &Line, next: &Line) -> bool {
    let near = |x: f32| last.cells.iter().skip(1).any(|cell| (cell - x).abs() < last.size * 1.5);
    last.page == next.page && next.cells.iter().skip(1).any(|x| near(*x))
}

fn block(lines: Vec<Line>, known: &Words, body: f32, note: bool) -> Block {
    let (size, page) = (lines[0].size, lines[0].page);
    let bold = lines.iter().all(|line| line.bold);
    let mut text = String::new();
    for line in &lines {
        known.join(&mut text, &words::tidy(&line.text));
    }
    let short = words::chars(&text) <= LONGEST_HEAD;
    let larger = size > body * LARGER;
    let (kind, level) = match () {
        () if note => (BlockKind::Item, 2),
        () if BULLET.is_match(&text) => {
            text = BULLET.replace(&text, "").into_owned();
            (BlockKind::Item, 2)
        }
        () if short && larger => (BlockKind::Heading, if size > body * 1.4 { 2 } else { 3 }),
        () if short
            && bold
            && lines.len() <= 2
            && !words::ends_sentence(&text)
            && words::chars(&text) <= 120 =>
        {
            (BlockKind::Heading, 3)
        }
        () => (BlockKind::Paragraph, 2),
    };
    Block { piece: Piece { level, ..Piece::new(kind, text) }, size, page }
}

/// The words that stand whole in the document: what it says of its own hyphens.
#[derive(Debug, Default)]
struct Words {
    whole: HashSet<String>,
    hyphenated: HashSet<String>,
}

/// Endings of syllables that are no words: what stands before a hyphen and one of these is one word with it.
const ENDINGS: &str = "tion tions sion sions ment ments ing ings ed er ers ly ness ity ities ance ence ances ences ous ive ively ize izes ized izing ise ises ised ising ization isation izations isations ational tional ational ical ically ism isms ist ists ary ory ories aries tive tively alisation alization isations sive able ible ful fully less ture tures lation ulation ulations ation ations tration trations cation cations nation tor tors ster dent dents dence ter ters der ders ner ners ties ty ry gy phy cial cially tial tially nal nally ral rally ung ungen heit keit lich liche lichen isch ische ischen schaft schaften";

impl Words {
    fn of(blocks: &[Vec<Line>]) -> Self {
        let mut known = Self::default();
        for line in blocks.iter().flatten() {
            let tokens: Vec<&str> = line.text.split_whitespace().collect();
            for (at, token) in tokens.iter().enumerate() {
                let word = token.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                // The last word of a line may be cut, and the first one the rest of a cut one.
                if at == 0
                    || (at + 1 == tokens.len() && token.ends_with(['-', '\u{2010}', '\u{ad}']))
                    || word.is_empty()
                {
                    continue;
                }
                if word.contains(['-', '\u{2010}']) {
                    known.hyphenated.insert(word.replace('\u{2010}', "-"));
                } else {
                    known.whole.insert(word);
                }
            }
        }
        known
    }

    /// Adds a line to a paragraph.
    fn join(&self, text: &mut String, next: &str) {
        let next = next.trim();
        let (Some(last), Some(first)) = (text.chars().next_back(), next.chars().next()) else {
            text.push_str(next);
            return;
        };
        if last == '\u{ad}' {
            text.pop();
        } else if matches!(last, '-' | '\u{2010}') {
            let before: String = text.chars().rev().skip(1).take_while(|c| c.is_alphanumeric()).collect();
            let before: String = before.chars().rev().collect();
            let after: String = next.chars().take_while(|c| c.is_alphanumeric()).collect();
            if before.is_empty() || after.is_empty() {
                // A dash at the end of a line, or before a quotation.
                text.push(' ');
            } else if first.is_lowercase() && self.is_one(&before, &after) {
                text.pop();
            }
        } else if !(is_ideograph(last) && is_ideograph(first)) {
            text.push(' ');
        }
        text.push_str(next);
    }

    /// Whether two parts of a word that a hyphen divides at the end of a line are surely one word.
    fn is_one(&self, before: &str, after: &str) -> bool {
        let (before, after) = (before.to_lowercase(), after.to_lowercase());
        if self.hyphenated.contains(&format!("{before}-{after}")) {
            return false;
        }
        self.whole.contains(&format!("{before}{after}"))
            || (before.chars().count() >= 3
                && !self.whole.contains(&after)
                && ENDINGS.split(' ').any(|ending| ending == after))
    }
}

/// Chinese and Japanese letters and marks, which stand without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_is_undone_only_where_the_document_shows_that_the_word_has_none() {
        let known = Words {
            whole: ["fisheries", "known"].map(str::to_owned).into(),
            hyphenated: ["long-term".to_owned()].into(),
        };
        for (line, next, joined) in [
            ("the fish-", "eries annex", "the fisheries annex"),
            ("a long-", "term plan", "a long-term plan"),
            ("a well-", "known draft", "a well-known draft"),
            ("its manip-", "ulation of", "its manipulation of"),
            ("pro-", "Harbour votes", "pro-Harbour votes"),
            ("soft\u{ad}", "ly said", "softly said"),
            ("the office –", "which knew", "the office – which knew"),
            ("渡轮星期一", "准时启航", "渡轮星期一准时启航"),
        ] {
            let mut text = line.to_owned();
            known.join(&mut text, next);
            assert_eq!(text, joined);
        }
    }

    #[test]
    fn page_numbers_and_what_a_browser_prints_are_told() {
        for text in ["7", "- 7 -", "Page 3 of 9", "xii", "3/12", "Seite 4"] {
            assert!(PAGE_NUMBER.is_match(text), "{text}");
        }
        assert!(!PAGE_NUMBER.is_match("In 2026"));
        assert!(BROWSER_HEAD.is_match("11/24/26, 12:01 AM\tHarbour talks resume"));
        assert_eq!(
            &BROWSER_FOOT.captures("https://harbour.example/a 1/3").unwrap()[1],
            "https://harbour.example/a"
        );
    }
}
