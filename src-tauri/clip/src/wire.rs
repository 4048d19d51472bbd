//! Whose copy it is, and from where: the wire credit at the end of a story and the dateline at its start.
//!
//! The credit leaves the text, because it is not the writer's words; the dateline stays, because
//! it is part of the first sentence.

use std::sync::LazyLock;

use regex::Regex;

/// Agencies and syndicates as they sign in capitals. A closed list: any other word in capitals at the end
/// of a sentence is a word of the sentence.
const AGENCIES: &str = "REUTERS|AFP|AP|BLOOMBERG|XINHUA|NYTIMES|EPA-EFE|EPA|EFE|DPA|APA|SDA|ANSA|KYODO(?: NEWS)?|JIJI|YONHAP|PTI|ANI|IANS|BERNAMA|ANTARA|TASS|INTERFAX|UKRINFORM|ANADOLU(?: AGENCY)?|MEHR|IRNA|UPI|CNA|CNS|AAP|PA|PA MEDIA|BELGA|LUSA|TT|NTB|RITZAU|PAP|CTK|MTI|THOMSON REUTERS(?: FOUNDATION)?|ASSOCIATED PRESS|WASHINGTON POST|THE WASHINGTON POST|THE NEW YORK TIMES|NEW YORK TIMES|WALL STREET JOURNAL|THE GUARDIAN|FINANCIAL TIMES|THE KOREA HERALD/ASIA NEWS NETWORK|[A-Z ]{3,30}/ASIA NEWS NETWORK|(?-i:Reuters|Bloomberg|Xinhua|Kyodo|Tass|Interfax|Yonhap)";

/// Capitals that call themselves an agency, whatever its name.
const SELF_NAMED: &str = r"(?:\p{Lu}[\p{Lu}&.'’-]*\s){1,3}(?:NEWS ?WIRES?|WIRES?|WIRE SERVICE|NEWS AGENCY|NEWS SERVICE|PRESS AGENCY|PRESS SERVICE|PRESS TRUST|AGENCIES)";

static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(
        r#"[.!?…”"’»)]\s*(\s(?:[-–—]{{1,2}}\s*)?\(?((?:{AGENCIES})(?:\s?[,/;&]\s?(?:{AGENCIES}))*)\)?\.?)$"#
    ))
});
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    compile(&format!(r"^(?:[-–—]{{1,2}}\s*)?[(\[]?((?:{AGENCIES})(?:\s?[,/;&]\s?(?:{AGENCIES}))*)[)\]]?\.?$"))
});
static AGENCY: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r"^(?:[-–—]{{1,2}}\s*)?[(\[]?({SELF_NAMED})[)\]]?\.?$")));
static AGENCY_AT_END: LazyLock<Regex> =
    LazyLock::new(|| compile(&format!(r#"[.!?…”"’»)]\s*(\s(?:[-–—]{{1,2}}\s*)?\(?({SELF_NAMED})\)?\.?)$"#)));
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    compile(concat!(
        r"^(\p{Lu}[\p{Lu}'’.\- ]{2,30}(?:[,/] ?[\p{L}.\- ]{2,25})?(?: \([\p{L} ]+\))?) ?(?:\((Reuters|AP|AFP|Bloomberg|Xinhua|Kyodo|TASS|dpa|EFE|ANSA|UPI|IANS|PTI|ANI)\) ?)?(?:[–—]|-{1,2})\s+\S",
        r"|^(\p{Lu}[\p{Lu}'’.\- ]{2,30}(?:, \p{L}+\.? \d{1,2})?),? \((Reuters|AP|AFP|Bloomberg|Xinhua|Kyodo|TASS|dpa|EFE|ANSA|UPI|IANS|PTI|ANI)\)"
    ))
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is a constant and a test compiles it")
}

/// The last stretch of a paragraph, long enough for any credit.
fn tail(text: &str) -> usize {
    text.char_indices().rev().nth(119).map_or(0, |(byte, _)| byte)
}

/// The wire credit at the end of a paragraph, and where the paragraph's own words end.
pub fn credit_at_end(paragraph: &str) -> Option<(usize, String)> {
    let from = tail(paragraph);
    let end = &paragraph[from..];
    let found =
        AT_END.captures(end).or_else(|| AGENCY_AT_END.captures(end).filter(|found| named(&found[2])))?;
    let whole = found.get(1)?;
    Some((from + whole.start(), found[2].to_owned()))
}

/// Whether capitals are a name and no order: "CUT THE WIRE" has an article in it.
fn named(capitals: &str) -> bool {
    !capitals.split(' ').skip(1).any(|word| matches!(word, "THE" | "A" | "OF"))
}

/// The wire credit that a line consists of.
pub fn credit_alone(line: &str) -> Option<String> {
    if line.len() > 120 {
        return None;
    }
    let itself = || AGENCY.captures(line).filter(|found| named(&found[1]));
    ALONE.captures(line).or_else(itself).map(|found| found[1].to_owned())
}

/// The place in the dateline that a paragraph opens with, and the agency that stands in it.
pub fn dateline(paragraph: &str) -> Option<(String, Option<String>)> {
    let end = paragraph.char_indices().nth(120).map_or(paragraph.len(), |(byte, _)| byte);
    let found = DATELINE.captures(&paragraph[..end])?;
    let place = found.get(1).or_else(|| found.get(3))?.as_str().trim();
    let agency = found.get(2).or_else(|| found.get(4)).map(|agency| agency.as_str().to_owned());
    // "MOSCOW, Jan 20" is a place and a day: the place is what is asked for.
    let place = place
        .split_once(", ")
        .map_or(place, |(city, rest)| if rest.contains(|c: char| c.is_ascii_digit()) { city } else { place });
    Some((place.to_owned(), agency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_after_the_last_sentence_is_taken_off() {
        let paragraph = "The envoy met the minister in Ankara. REUTERS";
        let (end, credit) = credit_at_end(paragraph).unwrap();
        assert_eq!(
            (&paragraph[..end], credit.as_str()),
            ("The envoy met the minister in Ankara.", "REUTERS")
        );
        assert_eq!(credit_at_end("She left at noon.” – AFP, REUTERS").unwrap().1, "AFP, REUTERS");
        assert_eq!(credit_at_end("They signed. (Reuters)").unwrap().1, "Reuters");
        assert_eq!(credit_at_end("The first train leaves in May. EXERCISE WIRE").unwrap().1, "EXERCISE WIRE");
        assert_eq!(credit_at_end("The order was short. CUT THE WIRE"), None);
    }

    #[test]
    fn a_line_of_capitals_that_calls_itself_an_agency_is_a_credit() {
        for line in ["EXERCISE WIRE", "HARBOUR NEWS AGENCY", "(ISLAND PRESS AGENCY)"] {
            assert!(credit_alone(line).is_some(), "{line}");
        }
        for line in ["WIRE", "Exercise wire", "CUT THE WIRE NOW", "CUT THE WIRE", "THE ANNEX", "NO DEAL"] {
            assert_eq!(credit_alone(line), None, "{line}");
        }
    }

    #[test]
    fn an_agency_that_is_the_object_of_a_sentence_stays() {
        assert_eq!(credit_at_end("The figures were first reported by REUTERS"), None);
        assert_eq!(credit_at_end("They had little left but HOPE"), None);
        assert_eq!(credit_at_end("He wrote one word. HOPE"), None);
    }

    #[test]
    fn a_dateline_names_its_place_and_its_agency() {
        assert_eq!(dateline("MOSCOW – The ministry said"), Some(("MOSCOW".into(), None)));
        assert_eq!(
            dateline("GENEVA (Reuters) - Delegates met"),
            Some(("GENEVA".into(), Some("Reuters".into())))
        );
        assert_eq!(
            dateline("PORT LOUIS, Jan 5 (Xinhua) -- A ferry"),
            Some(("PORT LOUIS".into(), Some("Xinhua".into())))
        );
        assert_eq!(
            dateline("KUALA LUMPUR, Malaysia (AP) — Talks"),
            Some(("KUALA LUMPUR, Malaysia".into(), Some("AP".into())))
        );
        assert_eq!(dateline("NATO-led forces – and others"), None);
        assert_eq!(dateline("The minister – a lawyer – said"), None);
    }
}
