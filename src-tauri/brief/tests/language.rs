//! The promise of the language check: it judges the author's own sentences, and only those.

#[path = "support/shelf.rs"]
mod shelf;

use bilat_brief::check;
use shelf::Shelf;

fn findings(markdown: &str) -> Vec<(String, String)> {
    let shelf = Shelf::default()
        .with("harbour-1", "They may possibly sign, it is reported, and probably it is likely.");
    check(markdown, &shelf).language.into_iter().map(|finding| (finding.rule, finding.text)).collect()
}

fn expect(markdown: &str, expected: &[(&str, &str)]) {
    let found = findings(markdown);
    let found: Vec<_> = found.iter().map(|(rule, text)| (rule.as_str(), text.as_str())).collect();
    assert_eq!(found, expected, "{markdown}");
}

#[test]
fn one_column_of_one_scale_for_the_whole_briefing() {
    expect(
        "A thaw is very likely [@harbour-1].\n\nA new date is improbable [@harbour-1].",
        &[("mixed_scales", "improbable")],
    );
    expect("A thaw is likely [@harbour-1]. A date is highly likely [@harbour-1].", &[]);
    expect(
        "A thaw is very likely [@harbour-1]. A date is highly likely [@harbour-1].",
        &[("mixed_scales", "highly likely")],
    );
    expect("| Range | Term |\n|---|---|\n| 1 | likely |\n| 2 | probable |", &[]);
}

#[test]
fn likelihood_and_confidence_stand_apart() {
    let sentence = "We judge with high confidence that a thaw is unlikely [@harbour-1].";
    expect(
        sentence,
        &[("likelihood_with_confidence", sentence)]
            .map(|(rule, _)| (rule, "We judge with high confidence that a thaw is unlikely.")),
    );
    expect("A thaw is unlikely [@harbour-1]. We have high confidence, since Mr. Morev said so.", &[]);
}

#[test]
fn a_judgement_has_a_place_on_the_scale_and_evidence() {
    expect("We assess that they could sign [@harbour-1].", &[("unscaled_word", "could")]);
    expect("## Key judgements\n\nThe ferry may sail in May [@harbour-1].", &[("unscaled_word", "may")]);
    expect("The ferry may sail.", &[]);
    expect("A thaw is unlikely.", &[("judgement_without_evidence", "A thaw is unlikely.")]);
    expect("He knows. It is reported that they left.", &[("unnamed_source", "It is reported")]);
}

#[test]
fn quotations_code_comments_and_the_head_are_never_judged() {
    expect("He said “They may possibly sign, it is reported, and probably” [@harbour-1].", &[]);
    expect("> They may possibly sign, it is reported, and probably it is likely. [@harbour-1]", &[]);
    expect("---\ntitle: it is reported\n---\n`it is reported` <!-- probably, it is reported -->", &[]);
    expect("She called it “possibly likely” and left.", &[]);
}

#[test]
fn the_scale_that_the_head_names_is_kept_to() {
    let phia =
        "---\nscale: PHIA\n---\n\nA thaw is highly likely [@harbour-1]. A date is very likely [@harbour-1].";
    expect(phia, &[("mixed_scales", "very likely")]);
    let shelf = Shelf::default().with("harbour-1", "x");
    let found = check(phia, &shelf).language;
    assert_eq!(found[0].suggestion.as_deref(), Some("highly likely"));
    let house = "---\nscale: [rare, possible, expected]\n---\n\nWe assess that a thaw is possible, a date likely [@harbour-1].";
    expect(house, &[("off_scale", "likely")]);
}

#[test]
fn a_key_judgement_says_how_sure_it_is() {
    let bare = "## Key judgements\n\n1. A thaw is unlikely before May [@harbour-1].\n";
    expect(bare, &[("judgement_without_confidence", "A thaw is unlikely before May.")]);
    expect(&bare.replace("1].\n", "1]. We have low confidence, since one side speaks.\n"), &[]);
    expect(&format!("{bare}\n   We have low confidence, since one side speaks.\n"), &[]);
}

#[test]
fn a_claim_has_a_date() {
    expect("He left recently.", &[("undated_claim", "recently")]);
    expect("He left on 3 March 2024.", &[]);
}

#[test]
fn a_rule_is_set_aside_where_the_text_says_why() {
    let shelf = Shelf::default().with("harbour-1", "x");
    let waived = |markdown: &str| {
        check(markdown, &shelf).language.into_iter().map(|finding| finding.waived).collect::<Vec<_>>()
    };
    let why = Some("the port says so itself".to_owned());
    assert_eq!(
        waived("He left recently <!-- bilat:waive undated_claim: the port says so itself -->."),
        std::slice::from_ref(&why)
    );
    assert_eq!(
        waived("<!-- bilat:waive undated_claim: the port says so itself -->\n\nHe left recently."),
        [why]
    );
    assert_eq!(waived("He left recently <!-- bilat:waive undated_claim: -->."), [None]);
    assert_eq!(waived("He left recently <!-- bilat:waive mixed_scales: x -->."), [None]);
}
