//! What one line of text looks like: tidied, cut, finished or not.

use std::borrow::Cow;

/// The longest title, standfirst or name that is kept; longer ones are cut with an ellipsis.
pub const LONGEST_LABEL: usize = 500;

/// One line with white space folded to single spaces and everything invisible removed that could
/// make it read otherwise than it is stored.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !tidied.is_empty() && !tidied.ends_with(' ') {
                tidied.push(' ');
            }
        } else if !deceptive(c) {
            tidied.push(c);
        }
    }
    if tidied.ends_with(' ') {
        tidied.pop();
    }
    tidied
}

/// Several lines of preformatted text: the breaks and the indent are words here.
pub fn tidy_lines(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lines.chars().filter(|&c| c == '\n' || c == '\t' || !deceptive(c)).collect();
    kept.trim_matches('\n').trim_end().to_owned()
}

/// Controls, zero-width marks, tag characters, noncharacters, which no document may hold, and the
/// overrides that turn text round (Unicode TR 36, 3.2). Joiners stay: Persian and Indic words need
/// them. So do soft hyphens: they are part of the words as published, and folded only in comparison.
pub fn deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{fff9}'..='\u{fffb}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}')
        || c as u32 & 0xfffe == 0xfffe
}

/// A title or a name: tidied, and cut when it is longer than any real one.
pub fn label(text: &str) -> Option<String> {
    let tidied = tidy(text);
    if tidied.is_empty() {
        return None;
    }
    match tidied.char_indices().nth(LONGEST_LABEL - 1) {
        Some((cut, last)) if cut + last.len_utf8() < tidied.len() => {
            Some(format!("{}…", tidied[..cut].trim_end()))
        }
        _ => Some(tidied),
    }
}

/// Case, punctuation and spacing folded away, to tell whether two lines say the same.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if c != '\u{ad}' && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The length in code points, or more than `most` when it is longer: never counts a long text.
pub fn chars(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}

/// How many words.
pub fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The text without the closing quotation marks and brackets at its end.
fn unclosed(text: &str) -> &str {
    text.trim_end_matches([')', ']', '"', '\'', '”', '’', '»', '“', '«', '‹', '›', '」', '』'])
}

/// Whether the line ends a sentence.
pub fn ends_sentence(text: &str) -> bool {
    unclosed(text).ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।', '۔']) || signed(text)
}

/// A paragraph that closes with the writer's name: "… won't last. —Ann Other".
fn signed(text: &str) -> bool {
    let Some((before, name)) = text.rsplit_once(['—', '–']) else { return false };
    !name.is_empty()
        && words(name) <= 3
        && name.trim_start().chars().next().is_some_and(char::is_uppercase)
        && unclosed(before.trim_end()).ends_with(['.', '!', '?'])
}

/// Whether the line ends a sentence or announces what follows.
pub fn ends_clause(text: &str) -> bool {
    ends_sentence(text) || unclosed(text).ends_with([':', ';'])
}

/// Whether the first letter, after an opening quotation mark, is lower case.
pub fn starts_lower(text: &str) -> bool {
    text.trim_start_matches(['"', '“', '‘', '\'', '(', '«', '„', '[', '»'])
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// Whether the line starts with punctuation that closes something before it.
pub fn starts_closing(text: &str) -> bool {
    let mut letters = text.chars();
    let (first, second) = (letters.next(), letters.next());
    match first {
        Some('.') => second != Some('.'),
        Some(',' | ';' | ':' | '!' | '?' | ')' | ']' | '%') => true,
        // French opens with « and a space; a page may use » as a bullet.
        Some('«') if second == Some(' ') => false,
        Some('»') if second == Some(' ') => {
            !text['»'.len_utf8() + 1..].starts_with(|c: char| c.is_uppercase())
        }
        Some('”' | '’' | '»' | '“' | '«') => {
            second.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '[' | '(' | '„'))
        }
        _ => false,
    }
}

/// The last word in lower case, or nothing when punctuation follows it.
pub fn last_word(text: &str) -> String {
    let start = text.trim_end_matches(|c: char| c.is_alphanumeric() || matches!(c, '\'' | '’')).len();
    text[start..].to_lowercase()
}

/// The first word in lower case.
pub fn first_word(text: &str) -> String {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_lowercase()
}

/// Whether every letter is a capital.
pub fn all_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// A list item: a bullet, a number or a letter, and then the words.
pub fn lists(text: &str) -> bool {
    let mut rest = text.chars();
    match rest.next() {
        Some('-' | '•' | '*' | '·' | '–' | '—' | '▪' | '◦' | '►' | '●' | '‣') => true,
        Some(c) if c.is_ascii_digit() => {
            let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
            text.len() - after.len() <= 3 && (after.starts_with(". ") || after.starts_with(") "))
        }
        Some(c) if c.is_ascii_lowercase() => {
            matches!(rest.next(), Some('.' | ')')) && rest.next().is_some_and(char::is_whitespace)
        }
        _ => false,
    }
}

/// The lines of a text that hold something, tidied.
pub fn lines(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(['\n', '\r', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}', '\u{85}'])
        .map(tidy)
        .filter(|line| !line.is_empty())
}

/// Text with the five characters that mean something in HTML written out.
pub fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_override_cannot_turn_a_title_round() {
        assert_eq!(label("Pact \u{202e}dengis\u{202c} \u{2066}today\u{2069}").unwrap(), "Pact dengis today");
    }

    #[test]
    fn a_title_of_ten_thousand_letters_is_cut_with_an_ellipsis() {
        let cut = label(&"é".repeat(10_000)).unwrap();
        assert_eq!(cut.chars().count(), LONGEST_LABEL);
        assert!(cut.ends_with('…'));
    }

    #[test]
    fn a_title_of_exactly_the_limit_is_whole() {
        let title = "a".repeat(LONGEST_LABEL);
        assert_eq!(label(&title).unwrap(), title);
    }

    #[test]
    fn a_closing_mark_is_not_an_opening_one() {
        for closing in [", but", ". Then", "”, she said", "» and", "«, sagte"] {
            assert!(starts_closing(closing), "{closing}");
        }
        for opening in ["”Brottet bör", "... and so", "“We waited", "»Der Staat", "« Le texte", "» Le fil"]
        {
            assert!(!starts_closing(opening), "{opening}");
        }
    }

    #[test]
    fn a_quotation_ends_its_sentence_inside_the_marks() {
        assert!(ends_sentence("“We will wait no longer.”"));
        assert!(ends_sentence("Gefängnis und Terror.«"));
        assert!(!ends_sentence("“deeply flawed”"));
    }
}
