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
    r"(?i)\b(?:staff|reporter|writer|editor|editors|editorial|correspondent|contributor|columnist|desk|team|newsroom|news|agency|agencies|associated press|reuters|afp|press|magazine|times|post|journal|daily|admin|administrator|webmaster|guest|author|authors|contributors|redaktion|rédaction|redacción|redazione|redaksi|company|inc|ltd|llc|gmbh|group|university|institute|department|office|ministry|www|https?|com|blog|media|network|online|digital|university|center|centre|foundation|association|council|marketing|support|official|published|updated|minutes?|read|share|md|phd|ph\.d|rdn?|mph|mba|cfp|rn|dds|esq|jr|sr|ii+|senior|director|manager|founder|ceo|head|chief|professor|freelance|medically|reviewed|view|posts?|all|unknown|anonymous|photos?|skip|content|options|search|bio|january|february|march|april|june|july|august|september|october|november|december)\b"
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
    fn a_sentence_that_begins_with_by_is_no_byline() {
        assert!(!line("By the end of the week they had a draft", &mut Draft::default()));
        let mut draft = Draft::default();
        assert!(line("By Ann Other and Bo Else", &mut draft));
        assert_eq!(draft.byline.as_deref(), Some("Ann Other and Bo Else"));
    }
}
