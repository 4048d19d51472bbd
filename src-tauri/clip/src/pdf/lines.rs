//! Letters at places into lines in reading order.
//!
//! Letters of one baseline are joined into segments; a gutter that next to no segment crosses divides
//! columns, and what does cross it (a headline over three columns) divides the page into bands.

use unicode_normalization::char::is_combining_mark;

use super::{Letter, Page};

/// A gap of so much of the font's size is a space between words; fonts space words by a quarter.
const WORD_GAP: f32 = 0.14;
/// A gap of so much ends a segment.
const SEGMENT_GAP: f32 = 0.9;
/// A gap of so much divides cells.
pub const CELL_GAP: f32 = 1.8;
/// Letters whose baselines differ by no more of their size stand on one line, raised ones too.
const SAME_LINE: f32 = 0.45;
/// With more segments than this a page is a drawing, and is read from top to bottom.
const MOST_SEGMENTS: usize = 5_000;
/// Columns in columns in columns.
const MOST_DEPTH: usize = 6;
/// A column has at least so many lines, and is so many letters wide.
const LEAST_LINES: usize = 3;
const LEAST_WIDTH: f32 = 8.0;

/// A run of words on one baseline.
#[derive(Debug, Clone)]
struct Segment {
    text: String,
    x: (f32, f32),
    y: f32,
    size: f32,
    bold: bool,
}

/// A line of a block.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its words; a tab stands where cells are divided.
    pub text: String,
    /// Its left and right edge.
    pub x: (f32, f32),
    /// Its baseline, from the top of the page.
    pub y: f32,
    /// The size of most of its letters.
    pub size: f32,
    /// Whether all of it is bold.
    pub bold: bool,
    /// The width of its first word.
    pub first_word: f32,
    /// Where its cells start.
    pub cells: Vec<f32>,
    /// The page, from 0.
    pub page: usize,
    /// The height of the page.
    pub height: f32,
}

/// The blocks of lines of a page in reading order.
pub fn read(page: Page, number: usize) -> Vec<Vec<Line>> {
    let height = page.height;
    let mut blocks = Vec::new();
    let segments = segments(page.letters);
    order(segments, 0, &mut blocks);
    blocks.into_iter().map(|block| lines(block, number, height)).filter(|lines| !lines.is_empty()).collect()
}

fn by(first: f32, second: f32) -> std::cmp::Ordering {
    first.total_cmp(&second)
}

/// Letters into segments.
fn segments(mut letters: Vec<Letter>) -> Vec<Segment> {
    letters.sort_by(|one, other| by(one.y, other.y));
    let mut segments = Vec::new();
    let mut row: Vec<Letter> = Vec::new();
    for letter in letters {
        let apart = row
            .first()
            .is_some_and(|first: &Letter| letter.y - first.y > SAME_LINE * first.size.max(letter.size));
        if apart {
            segment(std::mem::take(&mut row), &mut segments);
        }
        row.push(letter);
    }
    segment(row, &mut segments);
    segments
}

/// The letters of one row into segments.
fn segment(mut row: Vec<Letter>, segments: &mut Vec<Segment>) {
    row.sort_by(|one, other| by(one.x.0, other.x.0));
    let mut open: Vec<Letter> = Vec::new();
    for letter in row {
        if let Some(last) = open.last() {
            // A letter set twice in nearly one place is one bold letter.
            if last.text == letter.text
                && (letter.x.0 - last.x.0).abs() < 0.12 * letter.size
                && !letter.text.trim().is_empty()
            {
                continue;
            }
            let right = open
                .iter()
                .rev()
                .find(|letter| !letter.text.trim().is_empty())
                .map_or(last.x.1, |last| last.x.1);
            if !letter.text.trim().is_empty() && letter.x.0 - right > SEGMENT_GAP * letter.size {
                close(std::mem::take(&mut open), segments);
            }
        }
        open.push(letter);
    }
    close(open, segments);
}

fn close(letters: Vec<Letter>, segments: &mut Vec<Segment>) {
    let inked = |letter: &&Letter| !letter.text.trim().is_empty();
    let (Some(first), Some(last)) = (letters.iter().find(inked), letters.iter().rfind(inked)) else { return };
    let x = (first.x.0, last.x.1);
    let count = letters.iter().filter(inked).count();
    let mut sizes: Vec<f32> = letters.iter().filter(inked).map(|letter| letter.size).collect();
    sizes.sort_by(|one, other| by(*one, *other));
    let size = sizes[count / 2];
    // The baseline of most letters, not that of a raised mark.
    let y = letters
        .iter()
        .filter(inked)
        .find(|letter| (letter.size - size).abs() < 0.1)
        .map_or(first.y, |letter| letter.y);
    let bold = letters.iter().filter(inked).all(|letter| letter.bold);
    let mut glyphs: Vec<(String, bool)> = Vec::with_capacity(letters.len());
    let mut right = None;
    for letter in &letters {
        if letter.text.trim().is_empty() {
            right = right.map(|_| f32::NEG_INFINITY);
            continue;
        }
        let space = right.is_some_and(|right| letter.x.0 - right > WORD_GAP * letter.size)
            && !letter.text.chars().all(is_combining_mark);
        glyphs.push((letter.text.clone(), space));
        right = Some(letter.x.1);
    }
    segments.push(Segment { text: spelled(&glyphs), x, y, size, bold });
}

/// Letters from left to right as words; what is written from right to left is turned round, numbers and
/// Latin words in it are not.
fn spelled(glyphs: &[(String, bool)]) -> String {
    let letters = || glyphs.iter().flat_map(|(text, _)| text.chars());
    let leftward = letters().filter(|c| is_leftward(*c)).count();
    let put = |out: &mut String, text: &str, space: bool| {
        if space {
            out.push(' ');
        }
        out.push_str(text);
    };
    let mut out = String::new();
    if leftward * 2 <= letters().filter(|c| c.is_alphabetic()).count() {
        for (text, space) in glyphs {
            put(&mut out, text, *space);
        }
        return out;
    }
    let mut end = glyphs.len();
    let mut spaced = false;
    while end > 0 {
        let latin = |(text, _): &(String, bool)| text.chars().all(|c| c.is_alphanumeric() && !is_leftward(c));
        let mut start = end - 1;
        while latin(&glyphs[end - 1]) && start > 0 && !glyphs[start].1 && latin(&glyphs[start - 1]) {
            start -= 1;
        }
        for (at, (text, _)) in glyphs[start..end].iter().enumerate() {
            let mirrored = |c| match c {
                '(' => ')',
                ')' => '(',
                '[' => ']',
                ']' => '[',
                '«' => '»',
                '»' => '«',
                c => c,
            };
            let text: String = text.chars().map(mirrored).collect();
            put(&mut out, &text, spaced && at == 0);
        }
        spaced = glyphs[start].1;
        end = start;
    }
    out
}

/// Hebrew, Arabic and their neighbours.
fn is_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// Puts segments into blocks in reading order.
fn order(segments: Vec<Segment>, depth: usize, blocks: &mut Vec<Vec<Segment>>) {
    let gutter = (depth < MOST_DEPTH && segments.len() <= MOST_SEGMENTS).then(|| gutter(&segments)).flatten();
    let Some(gutter) = gutter else {
        if !segments.is_empty() {
            blocks.push(segments);
        }
        return;
    };
    let (mut across, columns): (Vec<_>, Vec<_>) =
        segments.into_iter().partition(|segment| segment.x.0 < gutter && segment.x.1 > gutter);
    across.sort_by(|one, other| by(one.y, other.y));
    let mut columns = columns;
    columns.sort_by(|one, other| by(one.y, other.y));
    let mut columns = columns.into_iter().peekable();
    let mut across = across.into_iter().peekable();
    loop {
        let next = across.peek().map_or(f32::INFINITY, |segment| segment.y);
        let (mut left, mut right) = (Vec::new(), Vec::new());
        while let Some(segment) = columns.next_if(|segment| segment.y < next) {
            if segment.x.0 < gutter { left.push(segment) } else { right.push(segment) }
        }
        order(left, depth + 1, blocks);
        order(right, depth + 1, blocks);
        let below = columns.peek().map_or(f32::INFINITY, |segment| segment.y);
        let mut band = Vec::new();
        while let Some(segment) = across.next_if(|segment| segment.y <= below) {
            band.push(segment);
        }
        if band.is_empty() && columns.peek().is_none() && across.peek().is_none() {
            return;
        }
        order(band, depth + 1, blocks);
    }
}

/// Where two columns are divided: in a strip that next to no segment crosses.
fn gutter(segments: &[Segment]) -> Option<f32> {
    let left = segments.iter().map(|segment| segment.x.0).min_by(|one, other| by(*one, *other))?;
    let right = segments.iter().map(|segment| segment.x.1).max_by(|one, other| by(*one, *other))?;
    let mut sizes: Vec<f32> = segments.iter().map(|segment| segment.size).collect();
    sizes.sort_by(|one, other| by(*one, *other));
    let size = sizes[sizes.len() / 2];
    if right - left < LEAST_WIDTH * size * 2.0 || right - left > 20_000.0 {
        return None;
    }
    let mut covered = vec![0i32; (right - left) as usize + 2];
    for segment in segments {
        covered[(segment.x.0 - left).max(0.0) as usize] += 1;
        covered[(segment.x.1 - left).max(0.0) as usize] -= 1;
    }
    let mut sum = 0;
    for count in &mut covered {
        sum += *count;
        *count = sum;
    }
    let most = (segments.len() as i32 / 6).max(1);
    let (from, to) = (covered.len() / 8, covered.len() * 7 / 8);
    let mut best: Option<(i32, usize, f32)> = None;
    let mut at = from;
    while at < to {
        let level = covered[at];
        let wide = covered[at..to].iter().take_while(|count| **count == level).count();
        let middle = left + at as f32 + wide as f32 / 2.0;
        if level <= most
            && wide as f32 >= size * 0.7
            && best.is_none_or(|(lowest, widest, _)| level < lowest || (level == lowest && wide > widest))
            && columns(segments, middle, size)
        {
            best = Some((level, wide, middle));
        }
        at += wide.max(1);
    }
    best.map(|(.., middle)| middle)
}

/// Whether what stands on both sides of `middle` are columns of text side by side, and no table.
fn columns(segments: &[Segment], middle: f32, size: f32) -> bool {
    let side = |fits: &dyn Fn(&&Segment) -> bool| -> Option<(f32, f32, usize)> {
        let side: Vec<&Segment> = segments.iter().filter(fits).collect();
        let mut rows: Vec<f32> = side.iter().map(|segment| segment.y).collect();
        rows.sort_by(|one, other| by(*one, *other));
        rows.dedup_by(|one, other| (*one - *other).abs() < size * SAME_LINE);
        let letters: usize = side.iter().map(|segment| segment.text.chars().count()).sum();
        let prose = letters >= rows.len() * 14;
        (rows.len() >= LEAST_LINES && prose).then(|| (rows[0], rows[rows.len() - 1], rows.len()))
    };
    let left = side(&|segment| segment.x.1 <= middle);
    let right = side(&|segment| segment.x.0 >= middle);
    let (Some(left), Some(right)) = (left, right) else { return false };
    let beside = left.1.min(right.1) - left.0.max(right.0);
    beside > 0.3 * (left.1 - left.0).min(right.1 - right.0)
}

/// The segments of a block as its lines.
fn lines(mut block: Vec<Segment>, page: usize, height: f32) -> Vec<Line> {
    block.sort_by(|one, other| by(one.y, other.y));
    let mut lines: Vec<Line> = Vec::new();
    let mut row: Vec<Segment> = Vec::new();
    for segment in block {
        if row.first().is_some_and(|first| segment.y - first.y > SAME_LINE * first.size.max(segment.size)) {
            lines.push(line(std::mem::take(&mut row), page, height));
        }
        row.push(segment);
    }
    if !row.is_empty() {
        lines.push(line(row, page, height));
    }
    lines.retain(|line| !line.text.trim().is_empty());
    lines
}

fn line(mut row: Vec<Segment>, page: usize, height: f32) -> Line {
    row.sort_by(|one, other| by(one.x.0, other.x.0));
    let leftward = row.iter().flat_map(|segment| segment.text.chars()).filter(|c| is_leftward(*c)).count();
    let x = (row[0].x.0, row.iter().map(|segment| segment.x.1).fold(f32::MIN, f32::max));
    let widest = row.iter().max_by_key(|segment| segment.text.len());
    let (size, y) = widest.map_or((0.0, 0.0), |widest| (widest.size, widest.y));
    let bold = row.iter().all(|segment| segment.bold);
    let letters = row[0].text.chars().count().max(1) as f32;
    let word = row[0].text.split(' ').next().unwrap_or_default().chars().count() as f32;
    let first_word = (row[0].x.1 - row[0].x.0) * word / letters;
    let cells = row.iter().map(|segment| segment.x.0).collect();
    let gaps: Vec<bool> = row.windows(2).map(|pair| pair[1].x.0 - pair[0].x.1 > CELL_GAP * size).collect();
    let mut text = String::new();
    let turned = leftward * 2
        > row.iter().map(|segment| segment.text.chars().filter(|c| c.is_alphabetic()).count()).sum();
    let order: Vec<usize> = if turned { (0..row.len()).rev().collect() } else { (0..row.len()).collect() };
    for (place, &at) in order.iter().enumerate() {
        if place > 0 {
            let gap = gaps[if turned { at } else { at - 1 }];
            text.push(if gap { '\t' } else { ' ' });
        }
        text.push_str(&row[at].text);
    }
    Line { text, x, y, size, bold, first_word, cells, page, height }
}
