//! Figures: every number that goes in is drawn or said, at every zoom.

use bilat_brief::figure::{Frame, acts, timeline, tone};
use bilat_core::{ActMonth, Actor, Edtf, EventId, EventStatus, LedgerEvent, Month, Plover, Quad, ToneMonth};
use proptest::prelude::*;

fn actor(code: &str) -> Actor {
    code.parse().unwrap()
}

fn frame(width: f64) -> Frame {
    Frame { left: actor("KZ"), right: actor("JP"), width }
}

fn event(id: i64, up: bool, date: Option<&str>) -> LedgerEvent {
    let (initiator, target) = if up { (actor("KZ"), actor("JP")) } else { (actor("JP"), actor("KZ")) };
    let plover = Plover::Demand;
    let date = date.map(|date| date.parse::<Edtf>().unwrap());
    LedgerEvent {
        id: EventId(id),
        initiator,
        target,
        plover,
        quad: plover.quad(),
        date,
        status: EventStatus::Done,
        summary: "Asks <for> “more” & less".into(),
        evidence: 0,
        origins: 0,
    }
}

fn month(text: &str) -> Month {
    Month::try_from(text.to_owned()).unwrap()
}

/// Every element is closed, in order, and every number is one.
fn well_formed(svg: &str) {
    assert!(!svg.contains("NaN") && !svg.contains("\"inf") && !svg.contains("\"-inf"), "{svg}");
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (tag, rest) = tag.split_once('>').unwrap_or_else(|| panic!("“{tag}” is not closed"));
        assert!(!rest.contains(['<', '>']), "{rest}");
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap();
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{svg}");
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_month_without_a_statement_breaks_the_line() {
    let at = |text: &str, n| ToneMonth { month: month(text), side: actor("KZ"), mean: -0.5, n };
    let whole = tone(frame(900.0), &[at("2026-01", 2), at("2026-02", 2), at("2026-03", 2)]);
    let broken =
        tone(frame(900.0), &[at("2026-01", 2), at("2026-02", 1), at("2026-04", 2), at("2026-05", 2)]);
    let lines = |svg: &str| svg.matches("class=\"mean a\"").count();
    assert_eq!((lines(&whole.svg), lines(&broken.svg)), (1, 2));
    assert_eq!(broken.svg.matches("hollow").count(), 1, "a month of one statement has a hollow end");
    assert_eq!(broken.rows[1], ["2026-02", "KZ", "−0.5", "1"]);
    well_formed(&broken.svg);
}

#[test]
fn an_empty_dossier_still_has_its_figures() {
    for width in [0.0, 320.0, 1200.0] {
        well_formed(&tone(frame(width), &[]).svg);
        well_formed(&acts(frame(width), &[]).svg);
        well_formed(&timeline(frame(width), &[], None).figure.svg);
    }
}

#[test]
fn events_stand_on_the_side_of_their_initiator_and_unsure_ones_are_hollow() {
    let ledger =
        [event(1, true, Some("2026-02-03")), event(2, false, Some("2026-02~")), event(3, true, None)];
    let shown = timeline(frame(900.0), &ledger, None);
    assert_eq!((shown.drawn, shown.undated), (2, 1));
    assert!(shown.figure.svg.contains("1 without a date"));
    assert!(shown.figure.svg.contains("event b q3 unsure long"));
    well_formed(&shown.figure.svg);
}

#[test]
fn a_crowd_is_counted_in_bars() {
    let ledger: Vec<_> = (0..5000)
        .map(|n| event(n, n % 3 > 0, Some(["2026-02-03", "2025-12-24", "2026-01"][n as usize % 3])))
        .collect();
    let shown = timeline(frame(900.0), &ledger, None);
    assert_eq!(shown.drawn, 5000);
    assert!(shown.figure.svg.len() < 20_000, "{} bytes", shown.figure.svg.len());
    well_formed(&shown.figure.svg);
}

#[test]
fn acts_add_up_to_what_is_printed() {
    let act =
        |text: &str, side: &str, quad, n| ActMonth { month: month(text), initiator: actor(side), quad, n };
    let figure = acts(
        frame(900.0),
        &[
            act("2026-01", "JP", Quad::VerbalConflict, 3),
            act("2026-01", "KZ", Quad::VerbalCooperation, 2),
            act("2026-01", "KZ", Quad::MaterialConflict, 5),
        ],
    );
    assert!(figure.description.ends_with("n = 10."));
    assert!(
        figure.svg.contains(">7</text>") && figure.svg.contains(">3</text>"),
        "each stack has its number"
    );
    well_formed(&figure.svg);
}

fn date() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        (-9999..9999_i32, 1..13_u32, 1..29_u32).prop_map(|(year, month, day)| {
            let sign = if year < 0 { "-" } else { "" };
            Some(format!("{sign}{:04}-{month:02}-{day:02}", year.abs()))
        }),
        (1900..2100_i32, 1..13_u32).prop_map(|(year, month)| Some(format!("{year}-{month:02}~"))),
        (1900..2100_i32).prop_map(|year| Some(format!("{year}/.."))),
        (10_000..200_000_i32).prop_map(|year| Some(format!("Y{year}"))),
        (0..24_u32).prop_map(|hour| Some(format!("2026-03-01T{hour:02}:30:00Z"))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn counts_never_change_with_zoom(
        dates in proptest::collection::vec((date(), any::<bool>()), 0..60),
        from in -800_000.0..800_000.0_f64,
        length in prop_oneof![0.0..1.0_f64, 0.0..400.0_f64, 0.0..2_000_000.0_f64],
        width in 0.0..3000.0_f64,
    ) {
        let ledger: Vec<_> = dates.iter().enumerate().map(|(n, (date, up))| event(n as i64, *up, date.as_deref())).collect();
        for window in [None, Some((from, from + length))] {
            let shown = timeline(frame(width), &ledger, window);
            prop_assert_eq!(shown.drawn + shown.before + shown.after + shown.undated, ledger.len());
            prop_assert_eq!(shown.figure.rows.len(), shown.drawn);
            well_formed(&shown.figure.svg);
            let each = shown.figure.svg.matches("data-event=").count();
            prop_assert!(each <= shown.drawn);
        }
    }
}
