//! The article's main picture, as facts about it: nothing is loaded.

use std::sync::LazyLock;

pub use bilat_core::Image;
use regex::Regex;

static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?x)(?:",
        // Labelled, anywhere: “Photo: A. Other”, “Foto: dpa”.
        r"[\s|.(\[–—-]*\b(?i:photo(?:graph)?s?(?:\s(?:credit|by|courtesy\sof))?|picture|image(?:\scredit|\ssource)?|credit|source|courtesy|foto(?:s|grafie|grafía|grafia)?(?:\sde)?|bild(?:quelle)?|quelle|crédit(?:\sphoto)?s?|crédito|kuva|fot\.|фото|摄影|撮影)\s*[:/：]\s*(?P<labelled>[^.|]{2,90}?)[\s)\].]*$",
        // A sign of ownership: “© Harbour Agency”.
        r"|[\s|.(\[–—-]*(?:©|\(c\)|\(C\))\s*(?P<owned>[^.|]{2,90}?)[\s)\].]*$",
        // In brackets after the sentence, with a stroke or an agency: “(A. Other/AP)”.
        r"|[.!?…”’»]\s*[(\[](?P<bracketed>[^()\[\]]{2,80})[)\]]\s*\.?$",
        // After a bar: “… in Ankara. | A. Other/AP”.
        r"|\s\|\s(?P<barred>[^|]{2,80})$",
        r")",
    ))
    .expect("the pattern is a constant and a test compiles it")
});

/// A caption as printed, told apart into what is shown and who is credited.
pub fn told_apart(printed: &str) -> (Option<String>, Option<String>) {
    let whole = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let Some(found) = CREDIT.captures(printed) else { return (whole(printed), None) };
    let Some(name) = ["labelled", "owned", "bracketed", "barred"].iter().find_map(|part| found.name(part))
    else {
        return (whole(printed), None);
    };
    let start = found.get(0).map_or(0, |all| all.start());
    let mut before = printed[..start].trim_end();
    // The sentence's own full stop stands before the bracket.
    if let Some(end) = printed[start..].chars().next().filter(|end| ".!?…”’»".contains(*end)) {
        before = &printed[..start + end.len_utf8()];
    }
    (whole(before), whole(name.as_str().trim_matches([' ', '/', '-', '–'])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_is_told_from_what_the_picture_shows() {
        for (printed, caption, credit) in [
            (
                "The quay at dawn. Photo: Ann Other/Harbour Agency",
                Some("The quay at dawn."),
                Some("Ann Other/Harbour Agency"),
            ),
            ("Der Kai am Morgen. Foto: dpa", Some("Der Kai am Morgen."), Some("dpa")),
            ("The quay at dawn © Harbour Agency", Some("The quay at dawn"), Some("Harbour Agency")),
            ("The quay at dawn. (Ann Other/AP)", Some("The quay at dawn."), Some("Ann Other/AP")),
            ("The quay at dawn | Ann Other/AP", Some("The quay at dawn"), Some("Ann Other/AP")),
            ("Photo: Ann Other", None, Some("Ann Other")),
            ("The quay (left) at dawn.", Some("The quay (left) at dawn."), None),
            ("", None, None),
        ] {
            assert_eq!(
                told_apart(printed),
                (caption.map(str::to_owned), credit.map(str::to_owned)),
                "{printed}"
            );
        }
    }
}
