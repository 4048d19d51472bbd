//! The promise of the verbatim check: no quotation is misquoted unnoticed, and none is flagged that
//! stands in its source.

#[path = "support/shelf.rs"]
mod shelf;

use bilat_brief::{Check, DiffKind, QuoteState, check};
use shelf::Shelf;

const TEXT: &str = "Ferry talks end without a date\n\n\
    “The two ports will not reopen before 14 June 2024, and 3.5 million travellers must wait,” Ilya Morev, \
    the minister of transport, told reporters. He didn’t take questions. “We have signed nothing yet.”\n\n\
    Anna Lindqvist, his counterpart, called the offer a non-starter – and “unable to bear scrutiny”. \
    Would they sign the pact this year? “Nobody knows that today.”";

fn harbour() -> Shelf {
    Shelf::default().with("harbour-1", TEXT)
}

fn states(markdown: &str) -> Vec<QuoteState> {
    check(markdown, &harbour()).quotations.into_iter().map(|quotation| quotation.state).collect()
}

fn state(markdown: &str) -> QuoteState {
    let found = states(markdown);
    assert_eq!(found.len(), 1, "{markdown}: {found:?}");
    found[0]
}

use QuoteState::{Altered, Elided, Missing, SourceChanged, Typography, Uncited, Verified};

#[test]
fn a_quotation_is_verified_in_any_marks_and_typography() {
    for (open, close) in [
        ("“", "”"),
        ("„", "“"),
        ("„", "”"),
        ("”", "”"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("‹", "›"),
        ("›", "‹"),
        ("\"", "\""),
        ("'", "'"),
        ("‘", "’"),
        ("‚", "‘"),
        ("「", "」"),
        ("『", "』"),
        ("〝", "〞"),
        ("＂", "＂"),
        ("’", "’"),
        ("&ldquo;", "&rdquo;"),
        ("\\\"", "\\\""),
        ("“", "\""),
    ] {
        let draft = format!("He said {open}We have signed nothing yet{close} [@harbour-1].");
        assert_eq!(state(&draft), Verified, "{draft}");
        let draft = format!("He said {open}We have signed something yet{close} [@harbour-1].");
        assert_eq!(state(&draft), Altered, "{draft}");
        // A lone ’ is an apostrophe unless a citation follows.
        if open == "’" {
            continue;
        }
        let draft = format!("He said {open}We have signed nothing yet{close} here.");
        assert_eq!(state(&draft), Uncited, "{draft}");
    }
    assert_eq!(state("“a non-starter — and \"unable to bear scrutiny\"” [@harbour-1]"), Typography);
    assert_eq!(state("“He didn't take questions” [@harbour-1]"), Typography);
    assert_eq!(state("“We have\u{A0}signed nothing yet” [@harbour-1]"), Typography);
    assert_eq!(state("“We ha\u{AD}ve signed\nnothing yet” [@harbour-1]"), Verified);
    assert_eq!(state("“We have **signed** *nothing* yet” [@harbour-1]"), Verified);
}

#[test]
fn closing_punctuation_may_move_and_nothing_else_may() {
    assert_eq!(state("“We have signed nothing yet,” he said [@harbour-1]."), Verified);
    assert_eq!(state("“travellers must wait, Ilya” [@harbour-1]"), Altered);
    assert_eq!(state("“3.5 million travellers must wait.” [@harbour-1]"), Verified);
    assert_eq!(state("“they sign the pact this year.” [@harbour-1]"), Altered);
    assert_eq!(state("“We have signed nothing yet!” [@harbour-1]"), Altered);
}

#[test]
fn a_cut_inside_a_word_a_number_or_a_compound_is_an_alteration() {
    for words in [
        "able to bear scrutiny",
        "starter – and unable to bear",
        "5 million travellers must wait",
        "4 June 2024, and 3.5 million",
        "The two ports will not reopen before 14 June 202",
        "The two ports will not reopen before 1",
        "take questions. We have signed not",
    ] {
        assert!(state(&format!("“{words}” [@harbour-1]")).stops(), "{words}");
    }
}

#[test]
fn elisions_stand_in_order_and_brackets_are_the_authors() {
    assert_eq!(
        state("“The two ports will not reopen […] and 3.5 million travellers must wait” [@harbour-1]"),
        Elided
    );
    assert_eq!(state("“The two ports … must wait” [@harbour-1]"), Elided);
    assert_eq!(
        state("“The two ports will not reopen (...) We have signed nothing yet” [@harbour-1]"),
        Elided
    );
    assert_eq!(state("“We have signed nothing yet […] The two ports will not reopen” [@harbour-1]"), Altered);
    assert_eq!(state("“The [harbours] will not reopen before 14 June 2024” [@harbour-1]"), Elided);
    assert_eq!(state("“[T]wo ports will not reopen” [@harbour-1]"), Elided);
    assert_eq!(state("“[W]ould they sign the pact” [@harbour-1]"), Elided);
    assert_eq!(state("“[S]wo ports will not reopen” [@harbour-1]"), Altered);
    // What brackets stand for must be near.
    assert_eq!(state("“The two ports will not [really] Nobody knows that today” [@harbour-1]"), Altered);
    assert_eq!(state("“[all of it is the author's own words]” [@harbour-1]"), Missing);
}

#[test]
fn brackets_neither_add_nor_hide_a_negation() {
    for turned in [
        "“The two ports will not [never] reopen before 14 June 2024” [@harbour-1]",
        "“The two ports will [surely] reopen before 14 June 2024” [@harbour-1]",
        "“The two ports will [reopen soon]” [@harbour-1]",
        "“[Not] the two ports will not reopen before 14 June 2024” [@harbour-1]",
        "“We [didn't] have signed nothing yet” [@harbour-1]",
    ] {
        let state = state(turned);
        assert!(matches!(state, Altered | Missing), "{turned}: {state:?}");
    }
    for sound in [
        "“The two ports will not [as was said] reopen before 14 June 2024” [@harbour-1]",
        "“[These] ports will not reopen” [@harbour-1]",
        "“The two ports will not reopen [this summer]” [@harbour-1]",
    ] {
        assert_eq!(state(sound), Elided, "{sound}");
    }
}

#[test]
fn a_failure_shows_the_words_of_the_source_and_what_differs() {
    let check = check("“The two ports will now reopen before 14 June 2024” [@harbour-1]", &harbour());
    let quotation = &check.quotations[0];
    assert_eq!(quotation.state, Altered);
    assert_eq!(quotation.found.as_deref(), Some("The two ports will not reopen before 14 June 2024"));
    let parts: Vec<_> = quotation.differs.iter().map(|part| (part.kind, part.text.as_str())).collect();
    assert_eq!(
        parts,
        [
            (DiffKind::Same, "The two ports will "),
            (DiffKind::Source, "not"),
            (DiffKind::Draft, "now"),
            (DiffKind::Same, " reopen before 14 June 2024"),
        ]
    );
    assert!(!check.passes());
}

#[test]
fn what_an_altered_quotation_left_out_stays_left_out_in_its_source() {
    let draft =
        "“The two ports will not reopen before 14 June 2025, […] We have signed nothing yet” [@harbour-1]";
    let check = check(draft, &harbour());
    let quotation = &check.quotations[0];
    assert_eq!(quotation.state, Altered);
    let found = "The two ports will not reopen before 14 June 2024 […] We have signed nothing yet";
    assert_eq!(quotation.found.as_deref(), Some(found));
    assert_eq!(state(&format!("“{found}” [@harbour-1]")), Elided);
}

#[test]
fn unknown_keys_and_words_from_nowhere_are_missing() {
    let check = check("“We have signed nothing yet” [@nowhere-9]", &harbour());
    assert_eq!(check.quotations[0].state, Missing);
    assert_eq!(check.unknown_keys[0].key, "nowhere-9");
    assert_eq!(state("“An entirely different thing was whispered elsewhere” [@harbour-1]"), Missing);
    assert_eq!(state("“We have signed nothing yet” [@Not_A_Key]"), Missing);
}

#[test]
fn words_that_stood_in_an_earlier_snapshot_say_so() {
    let shelf =
        Shelf::default().with("harbour-1", TEXT).formerly("The minister said the pact was signed in full.");
    let check = check("“the pact was signed in full” [@harbour-1]", &shelf);
    let quotation = &check.quotations[0];
    assert_eq!(quotation.state, SourceChanged);
    assert_eq!(quotation.captured_at.as_deref(), Some("2024-03-01T08:00:00Z"));
    assert!(check.passes());
    assert_eq!(check.verified, 0);
}

#[test]
fn block_quotations_are_one_and_their_attribution_is_not_part_of_them() {
    assert_eq!(state("> “We have signed nothing yet.” [@harbour-1]"), Verified);
    assert_eq!(state("> We have signed nothing yet.\n>\n> — Ilya Morev, minister, [@harbour-1]"), Verified);
    assert_eq!(state("> We have signed\n> nothing yet.\n> — Ilya Morev [@harbour-1]"), Verified);
    assert_eq!(state("> We signed [@harbour-1]"), Altered);
    assert_eq!(state("> — We have signed everything by now. [@harbour-1]"), Altered);
    assert_eq!(
        states("> We have signed nothing yet. [@harbour-1]\n>\n> Nobody knew that today. [@harbour-1]"),
        [Verified, Altered]
    );
    assert_eq!(state("> We have signed nothing yet."), Uncited);
}

#[test]
fn the_citation_stands_in_the_same_block_and_may_name_several() {
    assert_eq!(state("“We have signed nothing yet”\n\nHe said so [@harbour-1]."), Uncited);
    assert_eq!(state("“We have signed nothing yet” [@nowhere-9; @harbour-1, ¶2]"), Verified);
    assert_eq!(
        state("| Who | What |\n|---|---|\n| Morev | “We have signed nothing yet” [@harbour-1] |"),
        Verified
    );
    assert_eq!(state("- He said “We have signed nothing yet” [@harbour-1]"), Verified);
    assert_eq!(state("“We have signed nothing yet” \\[@harbour-1]"), Uncited);
    assert_eq!(state("“We have signed nothing yet” `[@harbour-1]`"), Uncited);
    assert_eq!(
        states("“We have signed nothing yet” and “Nobody knows that today” [@harbour-1]"),
        [Verified, Verified]
    );
}

#[test]
fn comments_hold_no_quotations_and_everything_that_is_printed_does() {
    assert_eq!(states("<!-- “We have signed everything now” -->"), []);
    assert_eq!(state("`“We have signed everything now”` [@harbour-1]"), Altered);
    assert_eq!(state("```\n“We have signed everything now”\n```"), Uncited);
    assert_eq!(state("He said:\n\n    “We have signed everything now”"), Uncited);
    assert_eq!(state("<div>“We have signed everything now” [@harbour-1]</div>"), Altered);
    assert_eq!(state("“We have <!-- x -->signed nothing yet” [@harbour-1]"), Verified);
    assert_eq!(state("“We have <b>not</b> signed nothing yet” [@harbour-1]"), Altered);
    assert_eq!(state("Text.\n\n---\ntitle: “We have signed everything now” [@harbour-1]\n---\n"), Altered);
    assert_eq!(states("A “short term” and the ’90s and 5\" pipes"), []);
}

#[test]
fn a_quotation_in_the_head_is_held_against_what_the_body_cites() {
    let head = |title: &str, body: &str| format!("---\ntitle: '{title}'\n---\n\n{body}");
    let body = "The ferry stays in port [@harbour-1].";
    assert_eq!(state(&head("Morev: “We have signed nothing yet”", body)), Verified);
    assert_eq!(state(&head("Morev: “We have signed everything now”", body)), Altered);
    assert_eq!(state(&head("Morev: “We have signed nothing yet”", "The ferry stays in port.")), Uncited);
    assert_eq!(
        state("---\nabstract:\n  - He said “We have signed everything now”\n---\n\nPort [@harbour-1]."),
        Altered,
        "a field that only other programs print"
    );
    assert_eq!(states("---\ntitle: \"A plain title of six words\"\n---\n\nPort [@harbour-1]."), []);
    let check = check(&head("Morev: “We have signed everything now”", body), &harbour());
    assert_eq!((check.quotations[0].line, check.unknown_keys.len()), (2, 0));
}

#[test]
fn no_cell_of_a_table_hides_a_quotation() {
    let table = |row: &str| format!("| side | words |\n|---|---|\n{row}\n");
    for (open, close) in [("\"", "\""), ("'", "'"), ("“", "”"), ("‘", "’"), ("»", "«")] {
        let row = format!("| He | {open}We have signed everything now{close} [@harbour-1] |");
        assert_eq!(state(&table(&row)), Altered, "{row}");
    }
    assert_eq!(
        states(&table("| “We have all signed | everything there is now” [@harbour-1] |")),
        [Altered, Missing],
        "words that run over a cell's edge"
    );
    assert_eq!(state(&table("| a \" b | \"We have signed everything now\" [@harbour-1] |")), Altered);
    assert_eq!(state("`x` \"We have signed everything now\" [@harbour-1]"), Altered);
}

#[test]
fn a_quotation_that_runs_over_paragraphs_is_checked_in_each() {
    for (open, close) in
        [("“", "”"), ("\"", "\""), ("«", "»"), ("«\u{A0}", "\u{A0}»"), ("„", "”"), ("❝", "❞")]
    {
        let draft = format!(
            "He said: {open}We have signed nothing yet. [@harbour-1]\n\nNobody here knows anything.{close} [@harbour-1]"
        );
        let found = states(&draft);
        assert_eq!((found.len(), found[0]), (2, Verified), "{draft}: {found:?}");
        assert!(found[1].stops(), "{draft}: {found:?}");
        let uncited =
            format!("{open}We have signed nothing yet.\n\nNobody knows that today.{close} [@harbour-1]");
        assert_eq!(states(&uncited)[0], Uncited, "{uncited}");
    }
    for (open, close) in [("‘", "’"), ("'", "'")] {
        let draft =
            format!("He said: {open}We have signed it.\n\nAnd everything else too.{close} [@harbour-1]");
        assert_eq!(states(&draft).len(), 2, "{draft}");
    }
}

#[test]
fn a_measure_an_apostrophe_and_a_transliterated_name_are_no_quotations() {
    for text in [
        "A 5\" pipe, a 12” barrel and a 6’ 2” man were on the quay [@harbour-1].",
        "‘Abd al-Karim Nassar and his union left in the ’90s [@harbour-1].",
        "'Tis the season for talks and all that [@harbour-1].",
        "The two states' ministers met the dockers' leaders at the gate [@harbour-1].",
    ] {
        assert_eq!(states(text), [], "{text}");
    }
}

#[test]
fn the_title_of_a_link_which_no_page_shows_is_pointed_out() {
    let check =
        check("Text.\n\n[x](https://example.org \"We have signed everything now\") [@harbour-1]", &harbour());
    assert_eq!((check.quotations.len(), check.warnings.len(), check.warnings[0].0), (0, 1, 3));
}

#[test]
fn of_two_footnotes_of_one_name_both_are_checked() {
    let draft = "Text[^a].\n\n[^a]: Nothing.\n\n[^a]: “We have signed everything now” [@harbour-1]";
    assert_eq!(state(draft), Altered);
}

#[test]
fn words_of_the_article_beside_the_cited_statement_are_pointed_out() {
    let mut shelf = harbour();
    let start = TEXT.chars().position(|c| c == '“').unwrap() as u32 + 1;
    shelf.0[0].key = "morev-ports".parse().unwrap();
    shelf.0[0].speaker = Some("Ilya Morev".into());
    shelf.0[0].spans = vec![bilat_core::Span::new(start, start + 40)];
    let of = |words: &str| check(&format!("“{words}” [@morev-ports]"), &shelf);
    assert_eq!(of("The two ports will not reopen before 14 June").warnings, []);
    let beside = of("unable to bear scrutiny");
    assert_eq!((beside.quotations[0].state, beside.warnings.len()), (Verified, 1));
    let advice = &beside.warnings[0].1;
    assert!(
        advice.contains(
            "[@morev-ports], which is Ilya Morev’s; cite who said them, or the article as [@harbour-1]"
        ),
        "{advice}"
    );
}

#[test]
fn an_opened_mark_that_never_closes_hides_nothing() {
    assert_eq!(state("He said “We have signed everything now [@harbour-1]"), Altered);
    assert_eq!(state("He said «We have signed everything now"), Uncited);
    assert_eq!(state("‘The two states’ leaders have signed it’ [@harbour-1]"), Missing);
}

#[test]
fn invisible_and_look_alike_characters_are_alterations() {
    for words in [
        "We h\u{430}ve signed nothing yet",
        "We have signed no\u{200B}thing yet",
        "We have signed \u{202E}nothing yet",
        "We have signed noth\u{131}ng yet",
        "We have signed nothing\u{200F} yet",
    ] {
        assert!(state(&format!("“{words}” [@harbour-1]")).stops(), "{words:?}");
    }
}

#[test]
fn places_count_lines_and_code_points() {
    let draft = "Текст “один”.\n\nОн: “We have signed nothing yet” [@harbour-1]";
    let check: Check = check(draft, &harbour());
    let quotation = &check.quotations[0];
    assert_eq!(quotation.line, 3);
    let words: String =
        draft.chars().skip(quotation.span.start as usize).take(quotation.span.len() as usize).collect();
    assert_eq!(words, "“We have signed nothing yet”");
    let place = quotation.position.unwrap();
    let source: String = TEXT.chars().skip(place.start as usize).take(place.len() as usize).collect();
    assert_eq!(source, "We have signed nothing yet");
}

#[test]
fn the_body_comes_before_the_headline_and_a_translation_points_to_its_original() {
    let mut shelf = Shelf::default().with(
        "a-1",
        "No pact this year at all\n\nHe said: no pact this year at all. No pact this year at all.",
    );
    shelf.0[0].blocks = vec![
        bilat_core::Block { kind: bilat_core::BlockKind::Title, start: 0, end: 24 },
        bilat_core::Block { kind: bilat_core::BlockKind::Paragraph, start: 26, end: 85 },
    ];
    shelf.0[0].translation = Some("Cette année, pas de pacte".into());
    shelf.0[0].spans = vec![bilat_core::Span::new(35, 59)];
    let found = check("“No pact this year at all” [@a-1]", &shelf).quotations.remove(0);
    assert_eq!(found.position.unwrap().start, 61);
    assert_eq!(found.also_at.len(), 1);
    let found = check("« Cette année, pas de pacte » [@a-1]", &shelf).quotations.remove(0);
    assert!(found.translated && found.state == Verified);
    assert_eq!(found.found.as_deref(), Some("no pact this year at all"));
    assert_eq!(check("« Cette année, un pacte » [@a-1]", &shelf).quotations[0].state, Missing);
}
