//! From an analysis to suggestions on a snapshot.
//!
//! The analysis speaks of everything it saw; what waits in the margin is what a person may want to
//! accept: quotations with a speaker, pairs, countries the text is about, dates, events.

use bilat_analysis::{Analysis, DateType, Input, Kind, Known, Place};
use bilat_core::{Actor, Dyad, Edtf, Mode, Span, Suggested};
use bilat_store::suggestion::NewSuggestion;

/// What is less sure than this stays out of the margin: less than a third of such quotations are
/// right, over half of the surer ones (docs/benchmarks.md, “What a quotation's confidence means”).
const LEAST: f64 = 0.5;

/// What is suggested for a text published on `published`.
pub(crate) fn suggest(
    text: &str,
    published: Option<&Edtf>,
    dateline: Option<&str>,
    known: &Known,
) -> Vec<NewSuggestion> {
    let day = published.filter(|date| date.as_str().len() == 10).and_then(Edtf::first_day);
    let analysis = bilat_analysis::analyze(&Input {
        text,
        published: day,
        dateline,
        known: Some(known),
        ..Input::default()
    });
    let mut found = statements(&analysis);
    found.extend(pairs(&analysis));
    found.extend(countries(&analysis));
    found.extend(dates(&analysis));
    found.extend(events(&analysis));
    found
}

fn span([start, end]: Place) -> Span {
    Span::new(start as u32, end as u32)
}

fn statements(analysis: &Analysis) -> Vec<NewSuggestion> {
    let statement = |quote: &bilat_analysis::Quotation| {
        let speaker = quote.speaker.as_ref();
        let given = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        NewSuggestion {
            confidence: quote.confidence as f32,
            what: Suggested::Statement {
                spans: quote.contents.iter().copied().map(span).collect(),
                mode: match quote.kind {
                    Kind::Direct => Mode::Direct,
                    Kind::Mixed => Mode::Mixed,
                    Kind::Indirect => Mode::Indirect,
                },
                named: speaker.and_then(|speaker| given(Some(&speaker.text))),
                speaker: speaker.and_then(|speaker| given(speaker.name.as_deref())),
                role: speaker.and_then(|speaker| given(speaker.role.as_deref())),
                country: speaker.and_then(|speaker| speaker.country.as_deref()?.parse().ok()),
                said_on: None,
            },
        }
    };
    analysis.quotes.iter().filter(|quote| quote.confidence >= LEAST).map(statement).collect()
}

fn pairs(analysis: &Analysis) -> impl Iterator<Item = NewSuggestion> + '_ {
    analysis.pairs.iter().filter_map(|pair| {
        let dyad = Dyad::new(pair.a.parse().ok()?, pair.b.parse().ok()?).ok()?;
        let score = pair.score as f32;
        Some(NewSuggestion { confidence: score, what: Suggested::Dyad { dyad, score } })
    })
}

fn countries(analysis: &Analysis) -> impl Iterator<Item = NewSuggestion> {
    analysis.countries.iter().filter(|country| country.about).filter_map(|country| {
        let spans = country.mentions.iter().copied().map(span).collect();
        let actor: Actor = country.iso2.parse().ok()?;
        let score = country.score as f32;
        Some(NewSuggestion { confidence: score, what: Suggested::Country { country: actor, spans, score } })
    })
}

fn dates(analysis: &Analysis) -> impl Iterator<Item = NewSuggestion> {
    analysis.dates.iter().filter(|date| date.kind == DateType::Date).filter_map(|date| {
        let what = Suggested::Date { span: span([date.start, date.end]), date: date.value.parse().ok()? };
        Some(NewSuggestion { confidence: if date.inferred { 0.6 } else { 0.9 }, what })
    })
}

/// One event a passage: where the words fit several categories, the surest waits in the margin.
fn events(analysis: &Analysis) -> impl Iterator<Item = NewSuggestion> {
    let surest = |event: &&bilat_analysis::Event| {
        analysis
            .events
            .iter()
            .filter(|other| other.span == event.span)
            .all(|other| other.confidence <= event.confidence)
    };
    analysis.events.iter().filter(|event| event.confidence >= LEAST).filter(surest).filter_map(|event| {
        let what = Suggested::Event {
            span: span(event.span),
            initiator: event.source.parse().ok()?,
            target: event.target.as_deref()?.parse().ok()?,
            plover: event.plover.clone(),
            date: event.date.as_deref().and_then(|date| date.parse().ok()),
            status: serde_json::to_value(event.status).ok()?.as_str()?.to_owned(),
        };
        Some(NewSuggestion { confidence: event.confidence as f32, what })
    })
}
