//! Which language a text is in, and the few words of it that show a sentence is not over.
//!
//! A line that ends in "the" or "dass" goes on in the next one. The lists are short and differ by
//! language because the same letters do different work: German *an* or *nach* may well close a
//! headline, English *the* never does.

use whatlang::Lang;

/// The words of one language that leave a sentence open.
#[derive(Debug, Clone, Copy)]
pub struct Openers {
    /// After these a sentence always goes on: articles, conjunctions, most prepositions.
    always: &'static str,
    /// After these it goes on in running prose, though a headline may end in them.
    in_prose: &'static str,
    /// These often begin a sentence, besides those above.
    begin: &'static str,
}

impl Openers {
    /// Whether a line that ends in `word` always goes on.
    pub fn always(self, word: &str) -> bool {
        has(self.always, word)
    }

    /// Whether a line of prose that ends in `word` goes on.
    pub fn in_prose(self, word: &str) -> bool {
        has(self.in_prose, word)
    }

    /// Whether `word` is likely to begin a sentence rather than to carry one on.
    pub fn begins(self, word: &str) -> bool {
        has(self.begin, word) || self.always(word) || self.in_prose(word)
    }
}

fn has(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

/// The openers of a language, by its ISO 639-1 code; English when it has no list.
pub fn openers(code: &str) -> Openers {
    let (always, in_prose, begin) = match code {
        "de" => (
            GERMAN,
            "in an auf aus bei mit nach vor über unter durch um bis seit ab ein ist sind war waren hat haben wird werden wurde wurden auch nicht sich nur noch schon etwa rund mehr sehr dort hier",
            "ich wir er sie es man hier da dort doch aber auch nach bei mit auf in im am an bis seit was wer wo wann warum",
        ),
        "fr" => (
            "le la les l un une des du de d et ou mais dans en sur sous par pour avec sans que qui dont où au aux ce cette ces son sa ses leur leurs après avant selon chez entre vers",
            "est sont a ont été se ne plus",
            "il elle on nous ils elles c ce dans",
        ),
        "es" => (
            "el la los las un una unos unas y o u e pero en de del al por para con sin sobre que su sus entre desde hasta según tras como ante contra",
            "es son fue ha han se no más",
            "él ella",
        ),
        "it" => (
            "il lo gli i uno una un e ed ma nel nella nei nelle nello di da dal della dei delle degli dello dalla al alla ai alle con per che tra fra sul sulla come la le",
            "è sono ha hanno non si su a in",
            "",
        ),
        "pt" => (
            "o os um uma e mas no na nos nas do da dos das de em por para com que pelo pela ao à sobre entre seu sua como a",
            "é são foi se não mais",
            "",
        ),
        "nl" => (
            "de het een en of maar van voor met door dat die om te tot bij naar als tussen",
            "in op aan is zijn was heeft hebben werd niet ook",
            "",
        ),
        "sv" => (
            "och eller men för med till från som att den det en ett de vid efter mellan om enligt",
            "i på av är var har inte",
            "",
        ),
        "nb" | "da" => (
            "og men for med til fra som at den det en et de ved efter etter mellem mellom ifølge",
            "i på av af er var har ikke",
            "",
        ),
        "pl" => (
            "i w z na do że od dla oraz a ale nie przez przy po ze we o jak który która które",
            "się jest są",
            "",
        ),
        "cs" => (
            "a i v ve z ze s se na do k ke o u od po pro že jako nebo ale který která které při",
            "je jsou byl byla",
            "",
        ),
        "tr" => ("ve bir bu da de ile için olan", "", ""),
        "id" => ("dan yang di ke dari untuk dengan pada oleh atau dalam para", "akan telah", ""),
        "ru" => (
            "и в во на с со из от до для о об по к ко у что чтобы как но а или если при за под над между через который которая которые которого его ее её их",
            "не был была были",
            "он она они мы вы я это",
        ),
        "uk" => (
            "і й та в у на з зі із від до для про по к що щоб як але або якщо при за під над між через який яка які його її їх",
            "не був була були",
            "він вона вони ми ви я це",
        ),
        _ => (
            ENGLISH,
            "in on at by for to over under about up out off down is are was were be been being has have had do does did will would can could may might must should shall also not only even just still already both either this that these those said says told called named titled no more most such very which who whom where when what how but so yet while though after before since until like through former late new involving",
            "i we you he she it they there here this that these what when where why how who",
        ),
    };
    Openers { always, in_prose, begin }
}

const ENGLISH: &str = "the a an of and or its their his her your our my whose into onto than between amid despite towards toward including involving because although whereas whether if as from with without during against among per via at to inside within outside behind beyond around across throughout";
const GERMAN: &str = "der die das den dem des eine einen einem einer eines und oder als zur zum im am vom beim ins ans aufs fürs dass weil wenn ob wie laut seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unsere unseren keine keinen keinem keiner sein ihr kein diese diesen diesem dieser dieses jede jeden jedem jeder von für gegen ohne zwischen wegen während trotz gegenüber sowie deren dessen sondern denn mehrere einige viele alle beide neben hinter rund etwa sogenannte sogenannten sogenannter so";

/// German words that a noun must follow.
pub fn german_determiner(word: &str) -> bool {
    has(
        "der die das den dem des eine einen einem einer eines ein zur zum im am vom beim ins seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres diese diesen diesem dieser dieses keine keinen unsere",
        word,
    )
}

/// The language of a text, as a BCP 47 tag, when the text is long and plain enough to tell.
pub fn guess(text: &str) -> Option<&'static str> {
    let end = text.char_indices().nth(6000).map_or(text.len(), |(byte, _)| byte);
    let info = whatlang::detect(&text[..end])?;
    (info.is_reliable() || info.confidence() > 0.6).then(|| code(info.lang()))
}

/// A language tag in its usual spelling (`en_us` → `en-US`), when it is one.
pub fn tag(said: &str) -> Option<String> {
    let said = said.trim();
    let mut parts = said.split(['-', '_']);
    let primary = parts.next()?.to_ascii_lowercase();
    if !(2..=3).contains(&primary.len())
        || !primary.bytes().all(|b| b.is_ascii_lowercase())
        || said.len() > 20
    {
        return None;
    }
    let mut tag = primary;
    for part in parts {
        if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => {
                tag.push_str(&part[..1].to_ascii_uppercase());
                tag.push_str(&part[1..].to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        other => other.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_take_their_usual_spelling() {
        assert_eq!(tag("en_us").as_deref(), Some("en-US"));
        assert_eq!(tag("zh-hans-CN").as_deref(), Some("zh-Hans-CN"));
        assert_eq!(tag("DE").as_deref(), Some("de"));
        assert_eq!(tag("English"), None);
        assert_eq!(tag("x\"><script"), None);
    }
}
