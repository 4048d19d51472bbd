//! The world a briefing is compiled in: a template, data and fonts.

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};

use crate::PdfError;

const TEMPLATE: &str = include_str!("briefing.typ");

macro_rules! fonts {
    ($($file:literal),* $(,)?) => { &[$(include_bytes!(concat!("../../../assets/fonts/", $file))),*] };
}
/// Latin, Greek and Cyrillic in text and display, Arabic, Hebrew and Georgian in text.
static OWN: &[&[u8]] = fonts![
    "SourceSerif4_400Regular.ttf",
    "SourceSerif4_400Regular_Italic.ttf",
    "SourceSerif4_600SemiBold.ttf",
    "SourceSerif4_600SemiBold_Italic.ttf",
    "SourceSans3_400Regular.ttf",
    "SourceSans3_400Regular_Italic.ttf",
    "SourceSans3_600SemiBold.ttf",
    "SourceCodePro_400Regular.ttf",
    "NotoNaskhArabic-Regular.ttf",
    "NotoSerifHebrew-Regular.ttf",
    "NotoSerifGeorgian-Regular.ttf",
];

/// The fonts at hand.
pub(crate) struct Fonts(Vec<Font>);

impl Fonts {
    pub(crate) fn own() -> Self {
        Self(OWN.iter().flat_map(|file| Font::iter(Bytes::new(*file))).collect())
    }

    pub(crate) fn add(&mut self, files: Vec<Vec<u8>>) {
        self.0.extend(files.into_iter().flat_map(|file| Font::iter(Bytes::new(file))));
    }

    /// The characters of `text` that no font has, each once.
    pub(crate) fn missing(&self, text: &str) -> Vec<char> {
        let mut missing: Vec<char> = text
            .chars()
            .filter(|c| !c.is_ascii() && !is_invisible(*c))
            .filter(|c| !self.0.iter().any(|font| font.info().coverage.contains(u32::from(*c))))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }
}

/// Characters that are set without a glyph of their own.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}')
}

/// Everything that can be seen from within a compilation.
pub(crate) struct Press {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    data: (FileId, Bytes),
}

fn file(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("a path of ours");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl Press {
    pub(crate) fn new(data: &str, fonts: Fonts) -> Self {
        Self {
            library: LazyHash::new(Library::builder().build()),
            book: LazyHash::new(FontBook::from_fonts(&fonts.0)),
            fonts: fonts.0,
            template: Source::new(file("/briefing.typ"), TEMPLATE.into()),
            data: (file("/briefing.json"), Bytes::from_string(data.to_owned())),
        }
    }

    /// What Typst says, in one line.
    pub(crate) fn explain(&self, faults: &[SourceDiagnostic]) -> PdfError {
        let line = |fault: &SourceDiagnostic| {
            let at = WorldExt::range(self, fault.span).map_or_else(String::new, |range| {
                let before = self.template.text().get(..range.start).unwrap_or_default();
                format!(" (template, line {})", before.matches('\n').count() + 1)
            });
            format!("{}{at}", fault.message)
        };
        PdfError::Layout(faults.iter().take(3).map(line).collect::<Vec<_>>().join("; "))
    }
}

impl World for Press {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data.0 { Ok(self.data.1.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
