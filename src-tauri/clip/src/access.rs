//! Whether the words are all of the article, or as many as the outlet shows for nothing.
//!
//! That a page declares its article to be for subscribers says little: whoever subscribes sees it
//! whole. So a text counts as cut off only when the page asks for payment where the text should go
//! on, or when far fewer words are there than it declares.

use std::sync::LazyLock;

pub use bilat_core::Access;
use regex::{RegexSet, RegexSetBuilder};

use crate::line;

/// No request to pay is longer.
const LONGEST: usize = 320;
/// A page that declares so many words, or more than half as many again as it shows, is cut off.
const LEAST_MISSING: usize = 120;
/// A text for subscribers that is shorter is the start of one.
const SHORT: usize = 130;
/// With fewer words than this before it, a request to pay cuts off a text that declares nothing.
const OPEN_SHORT: usize = 350;

/// What pages say where they stop, in the languages that most of the world's news is written in.
const NOTICES: [&str; 17] = [
    r"^.{0,120}\b(?:subscribe|sign up|sign in|log ?in|register|join)\b.{0,40}\bto (?:continue|keep|read|unlock|access|view|finish)\b.{0,30}\b(?:reading|article|story|more|content|full|rest|it)\b",
    r"\bto (?:continue|keep) reading\b.{0,60}\b(?:subscri|sign|log|regist|create|account|member)",
    r"\b(?:this|the) (?:article|content|story|post|report|feature) is (?:\w+ )?(?:for|only|exclusive|reserved|available|restricted|locked)\b.{0,60}\b(?:subscribers?|members?|paid)\b",
    r"\byou(?:['’]ve| have) (?:reached|used|read|hit)\b.{0,40}\b(?:free )?(?:articles?|stories|limit)\b|\bfree articles? (?:left|remaining)\b|\b(?:subscribers?|members)[- ]only\b|\balready (?:a )?(?:subscriber|subscribed)\b|\bunlock (?:this|the full) (?:article|story)",
    r"\b(?:nur|exklusiv) für (?:unsere )?abonnent|\bweiterlesen mit\b|\bjetzt (?:weiterlesen|freischalten|abonnieren und)|\b(?:artikel|inhalt|text)\b.{0,60}\b(?:für abonnent|freischalten|kostenpflichtig)|\bbereits (?:abonnent|ein abo)|\bsie haben bereits ein(?:en)? (?:abo|zugang)",
    r"\b(?:réservée?s?) (?:à nos|aux) abonnés|\bil vous reste\b.{0,20}%|\babonnez-vous pour (?:lire|continuer|accéder|découvrir)|\bdéjà abonné|\bpour lire la suite\b.{0,60}\b(?:abonn|connect|inscri)",
    r"\b(?:exclusiv[oa]|reservad[oa]|s[oó]lo) para (?:nuestros )?(?:suscriptores|socios|abonados)|\bsuscr[ií]bete para (?:seguir|continuar|leer)|\bpara (?:seguir|continuar) leyendo\b.{0,60}\b(?:suscr|inicia|reg[ií]str)|\bya eres suscriptor|\bya soy suscriptor",
    r"\b(?:riservat[oa]|esclusiv[oa]) (?:agli|per gli|ai) (?:abbonati|iscritti)|\babbonati per (?:continuare|leggere)|\bsei già abbonat|\bper continuare a leggere\b.{0,60}\b(?:abbon|acced|registr)",
    r"\b(?:exclusiv[oa]|restrit[oa]|reservad[oa]) (?:para|a|aos) (?:\w+ )?assinantes|\bassine para (?:continuar|ler)|\bjá é assinante|\bpara continuar (?:a ler|lendo)\b.{0,60}\b(?:assin|login|entr)",
    r"\b(?:alleen|exclusief) voor abonnees|\bword (?:nu )?abonnee\b.{0,60}\b(?:lezen|verder)|\bal abonnee\?|\blees verder met\b",
    r"\b(?:endast|bara|enbart|exklusivt) för (?:våra )?prenumeranter|\bredan prenumerant|\blogga in för att (?:läsa|fortsätta)|\b(?:kun |forbeholdt )?for (?:våre |vores )?abonnenter\b|\ballerede abonnent|\bbli abonnent for å lese|\bköp (?:en )?prenumeration för att",
    r"\b(?:on|vain) (?:vain )?tilaajille|\boletko jo tilaaja|\bjatka lukemista tilaa",
    r"\b(?:tylko|dostępn[yae]|wyłącznie) dla (?:naszych )?(?:prenumeratorów|subskrybentów|abonentów)|\bpozostało\b.{0,20}%|\bwykup (?:dostęp|subskrypcję|prenumeratę)|\bmasz już (?:prenumeratę|subskrypcję)|\bpro předplatitele\b|\bcsak előfizető",
    r"\b(?:доступ(?:ен|на|но)|только)\b.{0,30}\b(?:подписчик|по подписке)|\bподпи(?:шитесь|саться),? чтобы (?:читать|прочитать|продолжить|дочитать)|\bоформите подписку|\b(?:лише|тільки) для (?:перед)?платників|\bпередплатіть\b",
    r"\b(?:sadece|yalnızca) aboneler|\bdevamını okumak için\b.{0,40}\b(?:abone|üye|giriş)|\bzaten abone",
    r"有料会員|会員限定|この記事は有料|続きを読むには|残り\s?\d+文字|(?:订阅|訂閱|登录|登入|付费|付費)(?:后|後)?(?:可)?(?:阅读|閱讀|继续|繼續)|(?:会员|會員)(?:专享|專享|限定)|(?:구독자|유료회원|회원) 전용|유료 기사|계속 읽으려면",
    r"للمشتركين فقط|اشترك لمتابعة|لقراءة المقال كاملا|برای خواندن ادامه.{0,40}اشتراک",
];

/// How a text ends that goes on elsewhere.
const ENDS: [&str; 2] = [
    r"(?:…|\.\.\.|\[[…. ]+\])\s*(?:\(?(?:read more|continue reading|full story|weiterlesen|lire la suite|leer más|seguir leyendo|continua a leggere|leia mais|lees meer|läs mer|читать далее|devamı)\)?\s*[»→>]?)?$",
    r"\[\+?\d+ (?:chars|words)\]$",
];

static NOTICE: LazyLock<RegexSet> = LazyLock::new(|| set(&NOTICES));
static END: LazyLock<RegexSet> = LazyLock::new(|| set(&ENDS));

fn set(patterns: &[&str]) -> RegexSet {
    RegexSetBuilder::new(patterns)
        .case_insensitive(true)
        .size_limit(1 << 24)
        .build()
        .expect("the patterns are constants and a test compiles them")
}

/// Whether a line asks the reader to pay, subscribe or register before the rest is shown.
pub fn is_notice(text: &str) -> bool {
    text.len() <= LONGEST * 4 && line::chars(text) <= LONGEST && NOTICE.is_match(text)
}

/// Whether a text breaks off.
fn breaks_off(last: &str) -> bool {
    let from = last.char_indices().rev().nth(60).map_or(0, |(byte, _)| byte);
    END.is_match(&last[from..])
}

/// What is known of how much there is to read.
#[derive(Debug, Default)]
pub struct Signs<'a> {
    /// The page declares that its article is not for everybody.
    pub declared: bool,
    /// A request to pay stands where the text should go on.
    pub notice: bool,
    /// How many words the page shows.
    pub shown: usize,
    /// How many words it says that the article has.
    pub stated: Option<usize>,
    /// Its last paragraph.
    pub last: &'a str,
}

/// Weighs the signs.
pub fn weigh(signs: &Signs) -> Option<Access> {
    let missing = signs
        .stated
        .is_some_and(|stated| stated > signs.shown + LEAST_MISSING && stated * 2 > signs.shown * 3);
    let walled = if signs.declared { signs.notice || missing || signs.shown < SHORT } else { false }
        || (signs.notice && (missing || signs.shown < OPEN_SHORT));
    if walled && (missing || signs.shown < OPEN_SHORT * 2) {
        return Some(Access::Paywalled);
    }
    if signs.shown < SHORT && breaks_off(signs.last) {
        return Some(Access::Truncated);
    }
    signs.declared.then_some(Access::Subscribers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_to_pay_is_known_in_many_languages() {
        for notice in [
            "Subscribe now to continue reading this story",
            "To continue reading, log in or create an account.",
            "This article is only available to subscribers.",
            "You have read all your free articles this month.",
            "Already a subscriber? Log in",
            "Dieser Artikel ist nur für Abonnenten.",
            "Jetzt weiterlesen mit HafenPlus",
            "Il vous reste 74.5% de cet article à lire. La suite est réservée aux abonnés.",
            "Contenido exclusivo para suscriptores",
            "Contenuto riservato agli abbonati",
            "Conteúdo exclusivo para assinantes",
            "Dit artikel is exclusief voor abonnees",
            "Artikeln är endast för prenumeranter",
            "Tämä artikkeli on vain tilaajille",
            "Pozostało 80% artykułu",
            "Материал доступен только подписчикам",
            "Devamını okumak için abone olun",
            "この記事は有料会員限定です。",
            "订阅后继续阅读",
            "구독자 전용 기사입니다",
            "هذا المحتوى للمشتركين فقط",
        ] {
            assert!(is_notice(notice), "{notice}");
        }
    }

    #[test]
    fn a_sentence_about_subscribers_asks_for_nothing() {
        for sentence in [
            "The paper has 4,000 subscribers and wants more.",
            "Readers may subscribe to the ministry's bulletin.",
            "He used to read the article aloud.",
            "Die Zahl der Abonnenten stieg um ein Zehntel.",
            "Les abonnés ont reçu une lettre.",
        ] {
            assert!(!is_notice(sentence), "{sentence}");
        }
    }

    #[test]
    fn only_what_is_cut_off_is_paywalled() {
        let whole = Signs { declared: true, shown: 900, stated: Some(910), ..Signs::default() };
        assert_eq!(weigh(&whole), Some(Access::Subscribers));
        let cut = Signs { declared: true, notice: true, shown: 90, ..Signs::default() };
        assert_eq!(weigh(&cut), Some(Access::Paywalled));
        let counted = Signs { declared: true, shown: 200, stated: Some(900), ..Signs::default() };
        assert_eq!(weigh(&counted), Some(Access::Paywalled));
        let open = Signs { notice: true, shown: 900, ..Signs::default() };
        assert_eq!(weigh(&open), None);
        let feed = Signs { shown: 40, last: "The envoys met and… Read more", ..Signs::default() };
        assert_eq!(weigh(&feed), Some(Access::Truncated));
        assert_eq!(
            weigh(&Signs { shown: 40, last: "He waited …", ..Signs::default() }),
            Some(Access::Truncated)
        );
        assert_eq!(weigh(&Signs { shown: 40, last: "They signed.", ..Signs::default() }), None);
        assert!(!Access::Subscribers.is_partial() && Access::Paywalled.is_partial());
    }
}
