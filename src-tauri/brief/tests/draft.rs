//! The promise of a draft: what was accepted reaches the briefing word for word, whatever it holds,
//! and nothing is added that nobody said.

#[path = "support/shelf.rs"]
mod shelf;

use bilat_brief::{BlockKind, front_matter};
use bilat_brief::{
    Cited, DraftArticle, DraftEvent, DraftEvidence, QuoteState, check, draft, evidence_markdown, parse, plain,
};
use bilat_core::{Marking, Mode, Reliability, Statement, StatementId, Template};
use proptest::prelude::*;
use shelf::Shelf;

fn statement(id: i64, country: &str, text: &str, issue: Option<&str>) -> Statement {
    Statement {
        id: serde_json::from_value::<StatementId>(id.into()).unwrap(),
        key: format!("voice-{id}").parse().unwrap(),
        annotation: serde_json::from_value(id.into()).unwrap(),
        article: serde_json::from_value(1.into()).unwrap(),
        article_key: "harbour-1".parse().unwrap(),
        article_title: "Ferry talks end".into(),
        outlet: Some("The Harbour Courier".into()),
        reliability: Reliability::B,
        published: Some("2024-03-08".parse().unwrap()),
        text: text.into(),
        speaker: Some("Ilya Morev".into()),
        role: Some("minister of transport".into()),
        organisation: None,
        country: Some(country.parse().unwrap()),
        about: None,
        addressee: None,
        venue: None,
        said_on: Some("2024-03-07".parse().unwrap()),
        mode: Mode::Direct,
        language: Some("en".into()),
        translation: None,
        translator: None,
        translation_status: None,
        issue: issue.map(str::to_owned),
        stance: None,
        credibility: bilat_core::Credibility::default(),
        note: String::new(),
        origin: 1,
        state: bilat_core::AnnotationState::Anchored,
    }
}

fn evidence(statements: Vec<Statement>) -> DraftEvidence {
    DraftEvidence {
        dyad: "NO-FI".parse().unwrap(),
        left: "NO".parse().unwrap(),
        right: "FI".parse().unwrap(),
        statements,
        articles: vec![DraftArticle {
            key: "harbour-1".parse().unwrap(),
            title: "Ferry talks end".into(),
            outlet: Some("The Harbour Courier".into()),
            published: Some("2024-03-08".parse().unwrap()),
            reliability: Reliability::B,
            origin: "1".into(),
        }],
        events: vec![],
        period: (None, None),
        author: Some("A. Lind: \"desk\" # one".into()),
        marking: Marking::Green,
    }
}

fn shelf(evidence: &DraftEvidence) -> Shelf {
    let mut shelf = Shelf::default();
    for statement in &evidence.statements {
        let text =
            format!("He spoke at the quay. {} Then he left.", statement.text.replace(" […] ", " and so on "));
        shelf = shelf.with(statement.key.as_str(), &text);
        let cited: &mut Cited = shelf.0.last_mut().unwrap();
        cited.article_key = format!("article-of-{}", statement.key).parse().unwrap();
        cited.translation.clone_from(&statement.translation);
    }
    shelf
}

fn day() -> chrono::NaiveDate {
    "2024-03-10".parse().unwrap()
}

#[test]
fn an_accepted_statement_reaches_the_draft_word_for_word() {
    let evidence = evidence(vec![
        statement(1, "NO", "We have signed *nothing* yet, and “nobody” asked.", Some("Ferries")),
        statement(2, "FI", "The two ports stay shut […] until June.", Some("Ferries")),
        statement(3, "FI", "First paragraph of the words.\n\nSecond paragraph of the words.", None),
    ]);
    for template in [Template::Alert, Template::InFocus, Template::Long, Template::Readout, Template::Weekly]
    {
        let draft = draft(&evidence, template, day()).unwrap();
        let check = check(&draft, &shelf(&evidence));
        assert!(check.passes(), "{draft}\n{check:#?}");
        assert!(check.total >= 3 && check.verified == check.total, "{draft}");
        assert_eq!(
            (check.unknown_keys.len(), check.language.len(), check.warnings.len()),
            (0, 0, 0),
            "{check:#?}"
        );
        // Readouts stand in a table, whose words are the statements' own.
        let named = draft.contains("Ilya Morev, minister of transport, 7 March 2024:");
        assert!(named || template == Template::Readout, "{draft}");
        let head = front_matter(&draft);
        assert_eq!(head.author, "A. Lind: \"desk\" # one");
        assert_eq!((head.pair.as_str(), head.marking.as_str()), ("FI-NO", "TLP:GREEN"));
        assert_eq!((head.as_of.as_str(), head.warning), ("2024-03-10", None));
    }
}

#[test]
fn the_figures_of_the_sourcing_statement_are_those_of_the_bibliography() {
    let evidence = evidence(vec![statement(1, "NO", "We have signed nothing yet.", None)]);
    let draft = draft(&evidence, Template::InFocus, day()).unwrap();
    assert!(draft.contains(
        "quotes 1 statement by 1 speaker. It cites 1 article from 1 outlet and 1 independent origin, published on 8 \
         March 2024. Reliability of the sources, by the Admiralty code: B 1."
    ), "{draft}");
    let empty = DraftEvidence { statements: vec![], ..evidence };
    let draft = bilat_brief::draft(&empty, Template::InFocus, day()).unwrap();
    assert!(draft.contains("cites nothing"), "{draft}");
}

#[test]
fn events_and_statements_share_one_timeline_and_a_period_bounds_both() {
    let mut evidence = evidence(vec![statement(1, "NO", "We have signed nothing yet.", Some("Ferries"))]);
    evidence.events.push(DraftEvent {
        on: "2024-02".parse().unwrap(),
        initiator: "NO".parse().unwrap(),
        target: "FI".parse().unwrap(),
        category: "CONSULT".into(),
        summary: "Ministers met | at sea".into(),
        evidence: vec!["voice-1".parse().unwrap()],
    });
    let all = draft(&evidence, Template::InFocus, day()).unwrap();
    assert!(
        all.contains("| February 2024 | Norway → Finland, consult: Ministers met \\| at sea [@voice-1] |"),
        "{all}"
    );
    evidence.period = (Some("2024-03-01".parse().unwrap()), None);
    let later = draft(&evidence, Template::InFocus, day()).unwrap();
    assert!(!later.contains("Ministers met") && later.contains("signed nothing"), "{later}");
}

#[test]
fn a_translation_stands_beside_its_original() {
    let mut one = statement(1, "NO", "Мы пока ничего не подписали.", None);
    one.language = Some("ru".into());
    one.translation = Some("We have signed nothing so far.".into());
    let evidence = evidence(vec![one]);
    let draft = draft(&evidence, Template::InFocus, day()).unwrap();
    let check = check(&draft, &shelf(&evidence));
    assert!(check.passes(), "{draft}\n{check:#?}");
    assert!(check.quotations.iter().any(|quotation| quotation.translated), "{draft}");
}

/// Text that looks for trouble.
fn hostile() -> impl Strategy<Value = String> {
    let trouble = prop::sample::select(vec![
        "#",
        "##",
        "*",
        "**",
        "_",
        "`",
        "```",
        "~~~",
        "[",
        "]",
        "](",
        "[@voice-1]",
        "[^1]",
        "<b>",
        "</div>",
        "<!--",
        "-->",
        "<!-- /bilat -->",
        "{{ x }}",
        "{% raw %}",
        "|",
        "\\",
        "\\[",
        "&amp;",
        "&lt;",
        "---",
        "===",
        "1.",
        "2)",
        "- ",
        "+ ",
        "> ",
        "—",
        "$5",
        "$x$",
        "^",
        "~",
        "%%",
        "!",
        "![",
        ":",
        "@peskov",
        "\t",
        "\n",
        "\n\n",
        "  ",
        "“",
        "”",
        "\"",
        "«",
        "word",
        "Not",
        "17",
        "条約",
        "Слово",
        "سلام",
        "é",
        "e\u{301}",
        "\u{A0}",
        "http://x.org",
        "www.x.org",
        "{#id}",
        "\u{200B}",
        "|---|",
        "[x]: http://y",
        "<http://z>",
        "\u{2028}",
        "…",
        "(a)",
        "'",
    ]);
    prop::collection::vec(trouble, 1..14).prop_map(|parts| parts.join(" ").replace(" \n ", "\n"))
}

fn glued() -> impl Strategy<Value = String> {
    prop_oneof![hostile(), "[ -~]{1,40}", "\\PC{1,30}", hostile().prop_map(|text| text.replace(' ', ""))]
}

fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_ascii_whitespace())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn escaped_words_read_back_as_exactly_themselves(text in glued()) {
        let text = text.replace('\0', "");
        let words = one_line(&text);
        prop_assume!(!words.is_empty());
        // As a paragraph in a block quotation, through the one way in: the statement of a draft.
        let mut one = statement(1, "NO", &text, None);
        one.text = words.clone();
        one.speaker = Some(text.clone());
        let markdown = draft(&evidence(vec![one]), Template::Alert, day()).unwrap();
        let document = parse(&markdown);
        let quotes: Vec<String> = document
            .blocks
            .iter()
            .filter_map(|block| match &block.kind {
                BlockKind::Quote(blocks) => Some(
                    blocks.iter().map(|block| match &block.kind {
                        BlockKind::Paragraph(inlines) => {
                            assert!(inlines.iter().all(|inline| matches!(inline, bilat_brief::Inline::Text { .. } | bilat_brief::Inline::Citation(_))), "{inlines:?}\n{markdown}");
                            plain(inlines)
                        },
                        other => panic!("{other:?}"),
                    }).collect::<Vec<_>>().join("\n"),
                ),
                _ => None,
            })
            .collect();
        let trim = |text: &str| text.trim_matches(' ').to_owned();
        // The reporter's comma before “he said” stays behind; nothing else does.
        let said = words.strip_suffix(',').filter(|rest| rest.ends_with(char::is_alphanumeric)).unwrap_or(&words);
        prop_assert_eq!(quotes.iter().map(|quote| trim(quote)).collect::<Vec<_>>(), vec![said.to_owned()], "{}", markdown);
        prop_assert!(document.warnings.is_empty());
    }

    #[test]
    fn a_fresh_draft_of_any_words_passes_its_check(text in glued(), issue in glued(), role in glued()) {
        let words = one_line(&text);
        prop_assume!(words.chars().any(char::is_alphanumeric));
        let mut one = statement(1, "NO", &words, Some(&issue));
        one.role = Some(role);
        one.text = words.replace('\0', "");
        let evidence = evidence(vec![one]);
        let markdown = draft(&evidence, Template::InFocus, day()).unwrap();
        let mut shelf = Shelf::default().with("voice-1", &evidence.statements[0].text);
        shelf.0[0].title = String::new();
        let check = check(&markdown, &shelf);
        let failed: Vec<_> = check.quotations.iter().filter(|q| q.state != QuoteState::Verified && q.state != QuoteState::Typography && q.state != QuoteState::Elided).collect();
        prop_assert!(failed.is_empty(), "{markdown}\n{failed:#?}");
    }
}

#[test]
fn the_tray_gives_the_words_in_marks_and_the_citation() {
    let one = statement(7, "NO", "He called it “a non-starter” today.", None);
    assert_eq!(evidence_markdown(&one), "“He called it ‘a non-starter’ today.” [@voice-7]");
    let comma = statement(7, "NO", "“That is enough for a start,”", None);
    assert_eq!(evidence_markdown(&comma), "“That is enough for a start” [@voice-7]");
}

#[test]
fn a_block_is_drafted_anew_and_nothing_beside_it_is_touched() {
    let mut evidence = evidence(vec![statement(1, "NO", "We have signed nothing yet.", Some("Ferries"))]);
    let before = draft(&evidence, Template::InFocus, day()).unwrap();
    assert_eq!(bilat_brief::refresh(&before, &evidence, day()).unwrap(), []);
    evidence.statements.push(statement(2, "FI", "The two ports stay shut until June.", Some("Ferries")));
    let refreshed = bilat_brief::refresh(&before, &evidence, day()).unwrap();
    let names: Vec<&str> = refreshed.iter().map(|block| block.name.as_str()).collect();
    assert_eq!(names, ["positions", "timeline", "sourcing"]);
    let mut after = before.clone();
    for block in refreshed.iter().rev() {
        after.replace_range(block.at.clone(), &block.markdown);
    }
    assert!(
        after.contains("The two ports stay shut until June.") && check(&after, &shelf(&evidence)).passes(),
        "{after}"
    );
    assert_eq!(bilat_brief::refresh(&after, &evidence, day()).unwrap(), []);
}
