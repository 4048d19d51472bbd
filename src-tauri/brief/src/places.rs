//! Where words stand in a text, but for typography: what `annotate --exact` and a pasted quotation need.

use bilat_core::Span;

use crate::fold::Folded;

/// Every place where `words` stand in `text`, typography folded, in order; none inside a longer word.
///
/// ```
/// use bilat_core::Span;
/// assert_eq!(bilat_brief::places("They said “it’s over”.", "it's over"), [Span::new(11, 20)]);
/// ```
pub fn places(text: &str, words: &str) -> Vec<Span> {
    let (text, words) = (Folded::new(text), Folded::new(words));
    let mut found = Vec::new();
    let mut from = 0;
    if words.len() == 0 {
        return found;
    }
    while let Some(at) = text.find(&words.text, from) {
        let end = at + words.len();
        if text.may_start(at) && text.may_end(end) {
            found.push(text.span(at, end));
        }
        from = at + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_wherever_they_stand_and_never_inside_others() {
        assert_eq!(places("a pact is a pact", "pact"), [Span::new(2, 6), Span::new(12, 16)]);
        assert_eq!(places("impacts", "pact"), []);
        assert_eq!(places("Пакт  подписан", "Пакт подписан"), [Span::new(0, 14)]);
        assert_eq!(places("anything", "  "), []);
    }
}
