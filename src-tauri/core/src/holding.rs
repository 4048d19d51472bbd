//! Whether a new capture of a known article may become the current one.
//!
//! Pages that stood open close: behind a request to pay, behind an error, behind a question whether the
//! reader is human. Such a page is kept, for it is evidence too, but it must not put good words out of
//! sight. Growth and ordinary correction always pass; what is less is held back until a person looks.

use crate::{Access, Block, BlockKind, HeldBack, Shingles, char_len};

/// Below so many words, nothing can be said of a loss of words.
const FEW: u32 = 40;

/// A page about an error has no more words than this.
const ERROR_PAGE: u32 = 150;

/// Of a much shorter text, less than this share in the known one makes it another text.
const FOREIGN: f32 = 0.2;

/// How pages about errors, and those that ask whether one is human, call themselves. Letters are lower case.
const ERRORS: &[&str] = &[
    "access denied",
    "access to this page has been denied",
    "are you a robot",
    "are you human",
    "bad gateway",
    "checking your browser",
    "enable javascript",
    "error 403",
    "error 404",
    "error 500",
    "403 forbidden",
    "404 not found",
    "gateway timeout",
    "internal server error",
    "javascript is disabled",
    "just a moment",
    "page cannot be found",
    "page could not be found",
    "page isn't available",
    "page isn’t available",
    "page not found",
    "service unavailable",
    "something went wrong",
    "too many requests",
    "unusual traffic",
    "verify you are human",
    "verifying you are human",
    "page introuvable",
    "accès refusé",
    "seite nicht gefunden",
    "seite wurde nicht gefunden",
    "zugriff verweigert",
    "página no encontrada",
    "acceso denegado",
    "página não encontrada",
    "pagina non trovata",
    "pagina niet gevonden",
    "sidan kunde inte hittas",
    "nie znaleziono strony",
    "страница не найдена",
    "доступ запрещ",
    "сторінку не знайдено",
    "sayfa bulunamadı",
    "الصفحة غير موجودة",
    "页面不存在",
    "找不到页面",
    "找不到網頁",
    "ページが見つかりません",
    "페이지를 찾을 수 없습니다",
];

/// What one capture of an article says.
#[derive(Debug, Clone, Copy)]
pub struct Captured<'a> {
    /// The canonical text.
    pub text: &'a str,
    /// The windows of its body.
    pub body: &'a Shingles,
}

/// Why a `new` capture is not to become the current one of an article that is `known`; nothing where it
/// may. `access` is what its page says of words that are missing.
pub fn held_back(known: Captured<'_>, new: Captured<'_>, access: Option<Access>) -> Option<HeldBack> {
    let (was, is) = (known.body.words(), new.body.words());
    if is <= ERROR_PAGE && is < was.max(1) {
        let text = new.text.to_lowercase();
        if ERRORS.iter().any(|error| text.contains(error)) {
            return Some(HeldBack::Failed);
        }
    }
    if was < FEW {
        return None;
    }
    // A tenth fewer words is a correction; it is the page itself that says that words are missing.
    if access.is_some_and(Access::is_partial) && is * 10 < was * 9 {
        return Some(HeldBack::Paywalled);
    }
    if is * 2 >= was {
        return None;
    }
    // Headline and standfirst too: of a page that is cut short, little else may be left.
    let whole = |text: &str| {
        Shingles::of(text, &[Block { kind: BlockKind::Paragraph, start: 0, end: char_len(text) }], None)
    };
    let share = whole(new.text).share_in(&whole(known.text));
    Some(if share < FOREIGN { HeldBack::Failed } else { HeldBack::Shorter })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Shingles {
        let block = Block { kind: BlockKind::Paragraph, start: 0, end: char_len(text) };
        Shingles::of(text, &[block], None)
    }

    /// `many` words of a story that never repeats itself.
    fn story(from: usize, many: usize) -> String {
        (from..from + many).map(|n| format!("word{n}")).collect::<Vec<_>>().join(" ")
    }

    fn check(known: &str, new: &str, access: Option<Access>) -> Option<HeldBack> {
        held_back(
            Captured { text: known, body: &words(known) },
            Captured { text: new, body: &words(new) },
            access,
        )
    }

    #[test]
    fn growth_correction_and_ordinary_cuts_pass() {
        let known = story(0, 200);
        assert_eq!(check(&known, &story(0, 400), None), None);
        assert_eq!(check(&known, &story(1000, 200), None), None, "rewritten at its length");
        assert_eq!(check(&known, &story(0, 120), None), None);
        assert_eq!(check(&known, &story(0, 195), Some(Access::Paywalled)), None);
        assert_eq!(check(&known, &story(0, 100), Some(Access::Subscribers)), None);
    }

    #[test]
    fn what_is_less_is_held_back_with_its_reason() {
        let known = story(0, 200);
        assert_eq!(check(&known, &story(0, 90), None), Some(HeldBack::Shorter));
        assert_eq!(check(&known, &story(0, 150), Some(Access::Paywalled)), Some(HeldBack::Paywalled));
        assert_eq!(check(&known, &story(0, 60), Some(Access::Truncated)), Some(HeldBack::Paywalled));
        assert_eq!(check(&known, "The harbour office has closed its doors.", None), Some(HeldBack::Failed));
        let refused = "Just a moment… We are checking that the harbour is safe.";
        assert_eq!(check(&known, refused, None), Some(HeldBack::Failed));
    }

    #[test]
    fn a_short_note_may_become_shorter_but_not_an_error() {
        assert_eq!(check("The quay was closed on Friday for a day.", "The quay was closed.", None), None);
        let error = check("The quay was closed on Friday for a day.", "Error 404: page not found", None);
        assert_eq!(error, Some(HeldBack::Failed));
    }

    #[test]
    fn an_article_about_an_error_page_is_an_article() {
        let known = format!("{} the court read out the words “access denied”", story(0, 200));
        let new = format!("{} and more", story(0, 210));
        assert_eq!(check(&known, &format!("{new} “access denied”"), None), None);
    }
}
