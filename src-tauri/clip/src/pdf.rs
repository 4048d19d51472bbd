//! A PDF file: letters at places on pages, read back into paragraphs.
//!
//! The file is interpreted by `hayro`, which draws its letters onto a `Sheet` that only notes them; no
//! picture is decoded, nothing in the file is run, opened or followed. `layout` makes lines and
//! paragraphs of the letters. It is called in the limited process of [`crate::apart`] only.

mod layout;
mod lines;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RectExt, RenderContent, SoftMask, TransformExt, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

use crate::clipping::Found;
use crate::draft::Draft;
use crate::{Error, byline, date, line};

const WHAT: &str = "PDF file";
/// The most pages that are read.
const MOST_PAGES: usize = 2_000;
/// The most letters that are read: two thousand full pages.
const MOST_GLYPHS: usize = 5_000_000;
/// A day and a byline stand within so many blocks of the title.
const HEAD: usize = 8;

/// A letter where it stands: positions in points from the top left of its page.
#[derive(Debug, Clone)]
pub struct Letter {
    /// What it stands for; a ligature stands for several letters.
    text: String,
    /// Its left and right edge.
    x: (f32, f32),
    /// Its baseline.
    y: f32,
    /// The size of its font.
    size: f32,
    /// Whether its font is bold.
    bold: bool,
}

/// The letters of one page.
#[derive(Debug, Default)]
pub struct Page {
    letters: Vec<Letter>,
    width: f32,
    height: f32,
}

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Draft, Error> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::Locked,
        _ => Error::broken(WHAT, "it is damaged or cut off"),
    })?;
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let mut pages = Vec::new();
    let mut left = MOST_GLYPHS;
    let count = pdf.pages().len();
    let mut pictures = 0;
    let cache = InterpreterCache::new();
    for page in pdf.pages().iter().take(MOST_PAGES) {
        let (width, height) = page.render_dimensions();
        let mut sheet = Sheet { page: Page { letters: Vec::new(), width, height }, left, pictures: 0 };
        let mut context = Context::new(
            page.initial_transform(true).to_kurbo(),
            page.intersected_crop_box().to_kurbo(),
            &cache,
            page.xref(),
            settings.clone(),
        );
        interpret_page(page, &mut context, &mut sheet);
        left = sheet.left;
        pictures += sheet.pictures;
        if left == 0 {
            return Err(Error::Bomb { what: WHAT.into() });
        }
        pages.push(sheet.page);
    }
    if count == 0 {
        return Err(Error::broken(WHAT, "it has no page"));
    }
    if pages.iter().all(|page| page.letters.is_empty()) {
        return Err(if pictures > 0 { Error::NoText } else { Error::Empty });
    }
    let mut draft = Draft::default();
    let laid = layout::lay(pages);
    draft.set_aside = laid.set_aside;
    draft.body = laid.blocks.into_iter().map(|block| block.piece).collect();
    let metadata = pdf.metadata();
    let said = |bytes: &Option<Box<[u8]>>| bytes.as_deref().and_then(|bytes| line::label(&string(bytes)));
    title(&mut draft, said(&metadata.title).filter(|title| is_title(title)), laid.largest);
    head(&mut draft);
    if draft.authors.is_empty()
        && let Some(author) = said(&metadata.author)
    {
        draft.authors = byline::names(&author);
        if !draft.authors.is_empty() {
            draft.say("byline", Found::Meta);
        }
    }
    if draft.published.is_none()
        && let Some(made) = metadata.creation_date.or(metadata.modification_date)
    {
        draft.published =
            chrono::NaiveDate::from_ymd_opt(i32::from(made.year), u32::from(made.month), u32::from(made.day))
                .map(|day| day.format("%Y-%m-%d").to_string());
        draft.say("published", Found::Guess);
    }
    if let Some(url) = laid.url {
        draft.canonical_url = Some(url);
        draft.say("canonical_url", Found::Text);
    }
    if count > MOST_PAGES {
        draft.set_aside.push(format!("Pages {} to {count} were not read.", MOST_PAGES + 1));
    }
    Ok(draft)
}

/// A text string of the file (ISO 32000-2, 7.9.2.2): UTF-16, UTF-8 or one byte a letter.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0xef, 0xbb, 0xbf, ..] => {
            encoding_rs::UTF_8.decode(bytes).0.into_owned()
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0.into_owned(),
        },
    }
}

/// Whether what the properties call the title is one: programs leave the name of a file there.
fn is_title(said: &str) -> bool {
    let low = said.to_lowercase();
    let file =
        [".doc", ".docx", ".pdf", ".indd", ".qxd", ".rtf", ".odt", ".tex", ".dvi", ".xls", ".ppt", ".html"];
    let made = [
        "microsoft word",
        "untitled",
        "unbenannt",
        "sans titre",
        "powerpoint",
        "slide 1",
        "document",
        "print",
    ];
    line::words(said) >= 2
        && !file.iter().any(|ending| low.ends_with(ending))
        && !made.iter().any(|start| low.starts_with(start))
}

/// The title: what the properties say where the first page says it too; else what is set largest on it; else
/// what the properties say.
fn title(draft: &mut Draft, said: Option<String>, largest: Option<usize>) {
    let folded = |text: &str| line::folded(text);
    let printed = said.as_deref().and_then(|said| {
        let wanted = folded(said);
        draft.body.iter().take(HEAD).position(|piece| folded(&piece.text) == wanted)
    });
    if let Some(at) = printed.or(largest.filter(|&at| at < draft.body.len())) {
        draft.title = line::label(&draft.body.remove(at).text);
        draft.say("title", if printed.is_some() { Found::Meta } else { Found::Text });
    } else if said.is_some() {
        draft.title = said;
        draft.say("title", Found::Meta);
    }
}

/// Takes byline and day out of the first blocks.
fn head(draft: &mut Draft) {
    let mut at = 0;
    while at < draft.body.len().min(HEAD) {
        let text = draft.body[at].text.clone();
        let signed = draft.authors.is_empty() && line::words(&text) <= 12 && byline::line(&text, draft);
        let dated = !signed
            && draft.published.is_none()
            && date::line(&text).is_some_and(|found| {
                draft.published = Some(found.day);
                true
            });
        if signed || dated {
            draft.say(if signed { "byline" } else { "published" }, Found::Text);
            draft.body.remove(at);
            draft.set_aside.push(text);
        } else {
            at += 1;
        }
    }
}

/// Notes the letters that a page draws.
struct Sheet {
    page: Page,
    left: usize,
    pictures: usize,
}

impl<'a> Device<'a> for Sheet {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let bold = run.glyphs().first().is_some_and(|glyph| is_bold(glyph));
        for glyph in run.glyphs() {
            if self.left == 0 {
                return;
            }
            self.left -= 1;
            self.letter(glyph, props.transform * glyph.transform(), bold);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.pictures += 1;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

impl Sheet {
    fn letter(&mut self, glyph: &Glyph, transform: Affine, bold: bool) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => return,
        };
        let [a, b, c, d, x, y] = transform.as_coeffs().map(|number| number as f32);
        // Text that runs up the margin is a stamp; what is not a number was made to do harm.
        let (width, size) = (a.hypot(b) * 1000.0, c.hypot(d) * 1000.0);
        let sound = [a, b, c, d, x, y].iter().all(|number| number.is_finite());
        if !sound || b.abs() > a.abs() * 0.3 || a < 0.0 || !(1.0..=2_000.0).contains(&size) {
            return;
        }
        let outside = x < -5.0 || y < -5.0 || x > self.page.width + 5.0 || y > self.page.height + 5.0;
        let text: String = text.chars().flat_map(unligatured).collect();
        if outside || text.is_empty() || text.chars().all(|c| c.is_control() || c == '\u{fffd}') {
            return;
        }
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let advance = advance.filter(|advance| advance.is_finite() && (0.0..=5_000.0).contains(advance));
        let right = x + advance.unwrap_or(500.0) / 1000.0 * width;
        self.page.letters.push(Letter { text, x: (x, right), y, size, bold });
    }
}

/// Whether a letter's font is bold, by its weight or its name.
fn is_bold(glyph: &Glyph) -> bool {
    let Glyph::Outline(outline) = glyph else { return false };
    outline.font_data().is_some_and(|data| {
        let name = data.postscript_name.unwrap_or_default().to_ascii_lowercase();
        data.weight.is_some_and(|weight| weight >= 600)
            || ["bold", "black", "heavy"].iter().any(|word| name.contains(word))
    })
}

/// A ligature or a letter in its Arabic form as the letters it stands for.
fn unligatured(c: char) -> Box<dyn Iterator<Item = char>> {
    match c {
        '\u{fb00}'..='\u{fb06}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            Box::new(std::iter::once(c).nfkc())
        }
        '\u{a0}' => Box::new(std::iter::once(' ')),
        c => Box::new(std::iter::once(c)),
    }
}
