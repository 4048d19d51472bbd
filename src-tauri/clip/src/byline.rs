//! Who wrote it: people's names out of what pages print and declare.

use std::sync::LazyLock;

use regex::Regex;

use crate::draft::Draft;
use crate::line;

/// More people than this have not written one article.
const MOST: usize = 12;

macro_rules! pattern {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> =
            LazyLock::new(|| Regex::new($pattern).expect("the pattern is a constant and a test compiles it"));
    };
}
pattern!(
    LEAD,
    r"(?i)^(?:(?:article |story |text |words |written |reported |posted |published |created |compiled |reporting )?(?:by|von|par|por|di|door|af|av|autor(?:en)?|auteur|author|yazan|автор)\b\s*[:|]?\s*)+"
);
pattern!(
    BYLINE,
    r"^(?:(?:By|BY|Von|VON|Par|Por|Door|Av|Af)|Written by|Reported by|Text:|Author:)\s+(\p{Lu}[^.!?]{2,80})$"
);
pattern!(
    SIGNED,
    r"(?i)^(?:(?:article |story |text |words |written |reported |posted |published )?by|author|von|par|por|di|autor)\b\s*:?\s*"
);
pattern!(BETWEEN, r"(?i)\s*(?:;|,|\||/|\n| and | & | und | et | och | og |、|，)\s*");
pattern!(
    TAIL,
    r"(?i)\s*(?:\(.*\)|\bin \p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?$|\s[–—-]\s.*$|\b(?:for|at|of) the .*$|\bupdated\b.*$|\bpublished\b.*$|\b\d{1,2} \p{L}{3,9} \d{4}.*$|@\S+)\s*"
);
// Words of a role or an outlet: a part that holds one is no person.
pattern!(
    NO_PERSON,
    r"(?i)\b(?:staff|reporter|writer|editor|editors|editorial|correspondent|contributor|columnist|desk|team|newsroom|news|agency|agencies|associated press|reuters|afp|press|magazine|times|post|journal|daily|admin|administrator|webmaster|guest|author|authors|contributors|redaktion|rédaction|redacción|redazione|redaksi|company|inc|ltd|llc|gmbh|group|university|institute|department|office|ministry|www|https?|com|blog|media|network|online|digital|university|center|centre|foundation|association|council|marketing|support|official|published|updated|minutes?|read|share|md|phd|ph\.d|rdn?|mph|mba|cfp|rn|dds|esq|jr|sr|ii+|senior|director|manager|founder|ceo|head|chief|professor|freelance|medically|reviewed|view|posts?|all|unknown|anonymous|photos?|skip|content|undefined|null|none|sponsored|learn|sign|follow|methodology|us|copied|copy|resources|reviewers?|finance|security|experts?|advisors?|topics|categor(?:y|ies)|tips|guides?|attorney|health|gardener|grader|specialist|analyst|journalist|programs?|services?|solutions|insurance|maintenance|yourself|sector|city|options|search|bio|january|february|march|july|september|october|november|december)\b"
);

/// The people that a declared or printed byline names, in order.
pub fn names(text: &str) -> Vec<String> {
    let text = line::tidy(text);
    let text = text.strip_prefix("More about ").unwrap_or(&text);
    let text = LEAD.replace(text, "");
    if text.len() > 300 || text.contains("://") {
        return Vec::new();
    }
    let mut people: Vec<String> = Vec::new();
    for part in BETWEEN.split(&text) {
        let part = LEAD.replace(part, "");
        let part = TAIL.replace_all(&part, " ");
        let part = part.trim_matches(|c: char| c.is_whitespace() || (c.is_ascii_punctuation() && c != '.'));
        if is_name(part) && !people.iter().any(|known| line::folded(known) == line::folded(part)) {
            people.push(part.to_owned());
        }
    }
    people.truncate(MOST);
    people
}

/// Whether a part of a byline reads as a person's name.
fn is_name(part: &str) -> bool {
    let words = line::words(part);
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && words <= 6
        && line::chars(part) <= 60
        && !part.contains(['@', '#', '<', '>', '=', '{', '}'])
        && part.chars().filter(char::is_ascii_digit).count() == 0
        && !NO_PERSON.is_match(part)
}

pattern!(
    NOBODY,
    r"(?i)^(?:undefined|null|none|n/?a|unknown|anonymous|admin(?:istrator)?|webmaster|authors?|user|guest|default)$"
);

/// Whether a declared name may stand in the byline of an article that nobody signs: a desk, an agency, an outlet.
pub fn is_desk(name: &str) -> bool {
    (1..=6).contains(&line::words(name))
        && !name.contains(['@', '/', '{', '<'])
        && !name.contains(|c: char| c.is_ascii_digit())
        && !NOBODY.is_match(name.trim())
}

pattern!(
    WRITTEN,
    r"(?:^|[\s|•·⋅–—,-])(?:(?i:written|posted|reported|words|article|story|text|author|authors|contributors?)\s*)?(?:(?:[Bb]y|BY)(?::\s*|\s+)|By|(?i:authors?|contributors?|words|text):\s*)(\p{Lu}.*)$"
);
pattern!(
    CUT,
    r"(?i)\s*(?:[|•·⋅\n]|\s[–—-]\s|\bon\b|\bin\b|\bat\b|\bfrom\b|\bupdated\b|\bpublished\b|\breviewed by\b|\blast\b|\d|\bmin(?:ute)?s? read).*$"
);

pattern!(
    GLUED,
    r"(\p{Ll})((?:January|February|March|April|May|June|July|August|September|October|November|December|Updated|Published|Posted|Founder|Editor|Head|Senior)\b)"
);

/// A name without the outlet in capitals that some pages print after it: "Ann Other HARBOUR TIMES".
fn without_shout(name: &str) -> &str {
    let mut kept = name;
    while let Some((before, last)) = kept.rsplit_once(' ')
        && last.len() >= 3
        && line::all_capitals(last)
        && !line::all_capitals(name)
        && !matches!(last, "III" | "VII")
    {
        kept = before;
    }
    kept
}

/// Whether every word of a name has a capital, the particles of names aside.
fn capitals(name: &str) -> bool {
    name.split_whitespace().all(|word| {
        word.starts_with(|c: char| c.is_uppercase() || !c.is_lowercase())
            || matches!(
                word,
                "de" | "van"
                    | "von"
                    | "der"
                    | "den"
                    | "da"
                    | "di"
                    | "la"
                    | "le"
                    | "el"
                    | "al"
                    | "bin"
                    | "ibn"
                    | "dos"
            )
            || word.starts_with("al-")
            || word.starts_with("el-")
            || word.starts_with("d’")
    })
}

/// Who signs a line beside the headline.
#[derive(Debug, PartialEq, Eq)]
pub enum Signed {
    /// People.
    People(Vec<String>),
    /// A desk, a team, an outlet.
    Desk(String),
}

/// Who signs a line that stands beside the headline: "13 January 2023 · By Ann Other · 5 min read".
/// `named` says that the page calls the line an author's.
pub fn signed(text: &str, named: bool) -> Option<Signed> {
    if text.len() > 240 {
        return None;
    }
    let text = line::tidy(text);
    let text = GLUED.replace_all(&text, "$1 $2");
    let text = text.as_ref();
    let written = WRITTEN.captures(text).map(|found| found[1].to_owned());
    if written.is_none() && !named {
        return None;
    }
    let by = written.is_some();
    let rest = written.unwrap_or_else(|| match crate::date::around(text) {
        Some((before, _)) if line::words(before) >= 2 => before.to_owned(),
        Some((_, after)) => after.to_owned(),
        None => text.to_owned(),
    });
    let rest = match crate::date::around(&rest) {
        Some((before, _)) if !before.trim().is_empty() => before.to_owned(),
        _ => rest,
    };
    let rest = rest.trim_start_matches(|c: char| {
        c.is_whitespace() || c.is_ascii_punctuation() || matches!(c, '•' | '·' | '⋅')
    });
    let rest = CUT.replace(rest, "");
    let signer = without_shout(rest.trim());
    let people: Vec<String> = names(signer)
        .into_iter()
        .filter(|name| capitals(name) && (line::words(name) >= 2 || (by && named && line::words(text) == 2)))
        .filter(|name| line::words(name) <= 4)
        .collect();
    if !people.is_empty() {
        return Some(Signed::People(people));
    }
    let desk = (1..=4).contains(&line::words(signer))
        && signer.starts_with(char::is_uppercase)
        && NO_PERSON.is_match(signer);
    (desk && !signer.contains(['@', '/', ':', '!', '?'])).then(|| Signed::Desk(signer.to_owned()))
}

/// Whether a capital follows a small letter within a word of a name, as where two elements meet: "OtherBo".
pub fn runs_together(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let letters: Vec<char> = word.chars().collect();
        letters.windows(2).skip(2).any(|two| two[0].is_lowercase() && two[1].is_uppercase())
    })
}

/// Whether a line says in so many words who wrote it: "By Ann Other".
pub fn says_by(text: &str) -> bool {
    WRITTEN.is_match(&line::tidy(text))
}

/// Whether a line is nothing but a name of two or three words.
pub fn bare_name(text: &str) -> bool {
    (2..=3).contains(&line::words(text)) && is_name(text) && capitals(text) && !line::all_capitals(text)
}

/// The people in the lines around a headline: "By Ann Other", or "Written by" and then the name.
pub fn printed(lines: &[String]) -> Option<Vec<String>> {
    lines.iter().enumerate().find_map(|(at, text)| {
        let text = line::tidy(text);
        let lead = SIGNED.find(&text)?;
        let rest = text[lead.end()..].trim();
        let signed = if rest.is_empty() { lines.get(at + 1)?.as_str() } else { rest };
        let first =
            signed.split_whitespace().take(2).filter(|word| word.starts_with(char::is_uppercase)).count();
        let found = names(signed);
        (first == 2 && line::words(signed) <= 12 && !found.is_empty()).then_some(found)
    })
}

/// Takes a line such as "By Ann Other and Bo Else" as the byline.
pub fn line(text: &str, draft: &mut Draft) -> bool {
    if text.len() > 200 {
        return false;
    }
    let Some(found) = BYLINE.captures(text) else { return false };
    // Names have capitals; "By the end of the week" has not.
    let capitals = found[1].split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
    if capitals * 2 < line::words(&found[1]) {
        return false;
    }
    draft.authors = names(&found[1]);
    draft.byline = line::label(&found[1]);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_roles_and_outlets() {
        for (printed, people) in [
            ("By Ann Other and Bo Else", vec!["Ann Other", "Bo Else"]),
            ("Ann Other, Bo Else & Cy Third", vec!["Ann Other", "Bo Else", "Cy Third"]),
            ("Von Ann Other", vec!["Ann Other"]),
            ("Ann Other, Staff Writer", vec!["Ann Other"]),
            ("by Ann Other (The Harbour Times)", vec!["Ann Other"]),
            ("ANN OTHER in Geneva", vec!["ANN OTHER"]),
            ("The Editorial Board", vec![]),
            ("https://www.facebook.com/harbourtimes", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(names(printed), people, "{printed}");
        }
    }

    #[test]
    fn a_line_beside_the_headline_says_who_signs() {
        let people =
            |names: &[&str]| Some(Signed::People(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(signed("September 1st, 2023 By Ann Other", false), people(&["Ann Other"]));
        assert_eq!(signed("ByAnn Other", false), people(&["Ann Other"]));
        assert_eq!(
            signed("By Ann Other ⋅ Review Editor ⋅ Updated March 5, 2025", false),
            people(&["Ann Other"])
        );
        assert_eq!(signed("Dec 26, 2025 • Ann Other in Ports", true), people(&["Ann Other"]));
        assert_eq!(signed("Ann Other | Senior Writer | July 2, 2025", true), people(&["Ann Other"]));
        assert_eq!(signed("by Ann OtherNovember 20, 2007", false), people(&["Ann Other"]));
        assert_eq!(signed("By Ann Other HARBOUR TIMES", false), people(&["Ann Other"]));
        assert_eq!(signed("A report by Monday", false), None);
        assert_eq!(signed("By Harbour Staff", false), Some(Signed::Desk("Harbour Staff".into())));
        assert_eq!(signed("Byron Other", false), None);
        assert_eq!(signed("They had a draft by the end of the week.", false), None);
    }

    #[test]
    fn a_sentence_that_begins_with_by_is_no_byline() {
        assert!(!line("By the end of the week they had a draft", &mut Draft::default()));
        let mut draft = Draft::default();
        assert!(line("By Ann Other and Bo Else", &mut draft));
        assert_eq!(draft.byline.as_deref(), Some("Ann Other and Bo Else"));
    }
}
