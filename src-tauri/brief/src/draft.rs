//! A first draft from the evidence: plain Markdown that the author goes on with.
//!
//! The draft says who said what, where and when, and judges nothing: what only a person can write is
//! a comment that says what belongs there, and comments are never exported. The words of sources are
//! data: every value that enters the template is escaped, so that it reads back as exactly itself.

use bilat_core::{
    Actor, CiteKey, Dyad, Edtf, Marking, Reliability, Statement, Template, TranslationStatus,
    normalise_spaces,
};
use chrono::{Datelike, NaiveDate};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Output, State, UndefinedBehavior};
use serde::Serialize;

use crate::document::is_unspaced;
use crate::export::markdown::escape;
use crate::fold::fold_mark;
use crate::front_matter::yaml_string;

/// How many steps a template may take; the longest draft of ours takes a hundredth of it.
const FUEL: u64 = 5_000_000;

/// An article of the pair.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftArticle {
    /// Its cite key.
    pub key: CiteKey,
    /// Its headline.
    pub title: String,
    /// Its publisher.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<Edtf>,
    /// How far its source can be relied on.
    pub reliability: Reliability,
    /// Who first wrote it: articles with equal values are one origin.
    pub origin: String,
}

/// Something that one side did to the other.
#[derive(Debug, Clone, PartialEq)]
pub struct DraftEvent {
    /// When.
    pub on: Edtf,
    /// Who acted.
    pub initiator: Actor,
    /// On whom.
    pub target: Actor,
    /// PLOVER's name of what it was.
    pub category: String,
    /// What happened, one sentence.
    pub summary: String,
    /// What it rests on.
    pub evidence: Vec<CiteKey>,
}

/// What a draft is made from. Everything in it was accepted by a person.
#[derive(Debug, Clone)]
pub struct DraftEvidence {
    /// The pair.
    pub dyad: Dyad,
    /// The side the author names first.
    pub left: Actor,
    /// The other side.
    pub right: Actor,
    /// Accepted statements.
    pub statements: Vec<Statement>,
    /// The articles of the pair.
    pub articles: Vec<DraftArticle>,
    /// Accepted events.
    pub events: Vec<DraftEvent>,
    /// The first and last day that was asked for.
    pub period: (Option<NaiveDate>, Option<NaiveDate>),
    /// Who writes it.
    pub author: Option<String>,
    /// Who may read it.
    pub marking: Marking,
}

/// Why there is no draft.
#[derive(Debug, thiserror::Error)]
pub enum DraftError {
    /// The template is at fault: line and reason.
    #[error("cannot draft the briefing: {template}, line {line}: {reason}")]
    Template {
        /// The template's name.
        template: String,
        /// The line in it.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

/// Drafts a briefing as of `today`.
///
/// # Errors
/// Only when a template is at fault.
pub fn draft(evidence: &DraftEvidence, template: Template, today: NaiveDate) -> Result<String, DraftError> {
    let (name, source, most) = match template {
        Template::Alert => ("alert.md.j2", include_str!("../../../assets/templates/alert.md.j2"), 1),
        Template::InFocus => ("in_focus.md.j2", include_str!("../../../assets/templates/in_focus.md.j2"), 3),
        Template::Long => ("long.md.j2", include_str!("../../../assets/templates/long.md.j2"), usize::MAX),
        Template::Readout => {
            ("readout.md.j2", include_str!("../../../assets/templates/readout.md.j2"), usize::MAX)
        }
        Template::Weekly => ("weekly.md.j2", include_str!("../../../assets/templates/weekly.md.j2"), 2),
    };
    render(name, source, &Outline::new(evidence, most, today))
}

/// A block of a briefing that can be drafted anew, and what is put in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refreshed {
    /// Its name, such as `timeline`.
    pub name: String,
    /// Its bytes in the Markdown, comment marks included.
    pub at: std::ops::Range<usize>,
    /// What it becomes.
    pub markdown: String,
}

/// The blocks of `markdown` between `<!-- bilat:NAME … -->` and `<!-- /bilat -->` that the evidence of
/// today would draft otherwise: timeline, positions and sourcing statement. Nothing else is touched.
///
/// # Errors
/// Only when a template is at fault.
pub fn refresh(
    markdown: &str,
    evidence: &DraftEvidence,
    today: NaiveDate,
) -> Result<Vec<Refreshed>, DraftError> {
    const OPENS: &str = "<!-- bilat:";
    const CLOSES: &str = "<!-- /bilat -->";
    let mut out = Vec::new();
    let mut from = 0;
    while let Some(start) = markdown[from..].find(OPENS).map(|at| from + at) {
        let Some(end) = markdown[start..].find(CLOSES).map(|at| start + at + CLOSES.len()) else { break };
        from = end;
        let mark = markdown[start + OPENS.len()..end].split("-->").next().unwrap_or_default();
        let name = mark.split_whitespace().next().unwrap_or_default();
        let part = match name {
            "timeline" => include_str!("../../../assets/templates/_timeline.md.j2"),
            "positions" => include_str!("../../../assets/templates/_positions.md.j2"),
            "sourcing" => include_str!("../../../assets/templates/_sourcing.md.j2"),
            _ => continue,
        };
        let most = mark.split_whitespace().find_map(|word| word.strip_prefix("most=")?.parse().ok());
        let drafted = render(name, part, &Outline::new(evidence, most.unwrap_or(usize::MAX), today))?;
        // The heading above the block is the author's; where the evidence has gone, so has the table.
        let new = drafted.find(OPENS).and_then(|start| Some(start..drafted.find(CLOSES)? + CLOSES.len()));
        let new = new.map_or_else(|| format!("{OPENS}{name} -->\n\n{CLOSES}"), |at| drafted[at].to_owned());
        if new != markdown[start..end] {
            out.push(Refreshed { name: name.to_owned(), at: start..end, markdown: new });
        }
    }
    Ok(out)
}

/// What the editor gets for one statement: its words in quotation marks and the citation.
pub fn evidence_markdown(statement: &Statement) -> String {
    format!("{} [@{}]", in_marks(&statement.text), statement.key)
}

fn render(name: &str, source: &str, outline: &Outline) -> Result<String, DraftError> {
    let fault = |fault: minijinja::Error| DraftError::Template {
        template: name.to_owned(),
        line: fault.line().unwrap_or_default(),
        reason: fault.to_string().lines().next().unwrap_or_default().to_owned(),
    };
    let mut templates = Environment::new();
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_fuel(Some(FUEL));
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    templates.set_syntax(syntax.map_err(fault)?);
    templates.set_formatter(|out: &mut Output, _: &mut State, value: &Value| {
        let text = value.to_string();
        let text = if value.is_safe() { text } else { escape(&text) };
        out.write_str(&text).map_err(minijinja::Error::from)
    });
    templates.add_filter("yaml", |text: String| Value::from_safe_string(yaml_string(&text)));
    for (name, part) in [
        ("head", include_str!("../../../assets/templates/_head.md.j2")),
        ("voices", include_str!("../../../assets/templates/_voices.md.j2")),
        ("timeline", include_str!("../../../assets/templates/_timeline.md.j2")),
        ("positions", include_str!("../../../assets/templates/_positions.md.j2")),
        ("sourcing", include_str!("../../../assets/templates/_sourcing.md.j2")),
        ("scale", include_str!("../../../assets/templates/_scale.md.j2")),
    ] {
        templates.add_template(name, part).map_err(fault)?;
    }
    templates.add_template(name, source).map_err(fault)?;
    templates.get_template(name).and_then(|template| template.render(Serde(outline))).map_err(fault)
}

/// What a template sees.
#[derive(Serialize)]
struct Outline {
    pair: String,
    /// ` most=3`, where no more statements of a side and matter than that are taken.
    bound: Value,
    pair_name: String,
    left: String,
    right: String,
    as_of: String,
    cut_off: String,
    author: String,
    marking: Marking,
    /// Matters under discussion, each with what both sides say.
    issues: Vec<Issue>,
    positions: Vec<Position>,
    timeline: Vec<Row>,
    sourcing: Sourcing,
}

#[derive(Serialize)]
struct Issue {
    /// Empty for statements on no named matter.
    name: String,
    left: Vec<Voice>,
    right: Vec<Voice>,
    others: Vec<Voice>,
    /// Both sides beside each other, the first words of one with the first of the other.
    rows: Vec<Position>,
}

/// One statement, ready to print.
#[derive(Serialize, Clone)]
struct Voice {
    /// Who, in what role, when.
    attribution: String,
    /// The words as a block quotation with its citation.
    block: Value,
    /// The words in quotation marks with their citation.
    words: Value,
    /// The same in the briefing's language; empty where the original needs none.
    translation: Value,
    /// Whose translation it is.
    translator: String,
}

#[derive(Serialize)]
struct Position {
    issue: String,
    left: Value,
    right: Value,
}

#[derive(Serialize)]
struct Row {
    date: String,
    what: Value,
}

/// Figures of the bibliography.
#[derive(Serialize)]
struct Sourcing {
    statements: usize,
    speakers: usize,
    articles: usize,
    outlets: usize,
    origins: usize,
    first: String,
    last: String,
    grades: Vec<(String, usize)>,
}

impl Outline {
    fn new(evidence: &DraftEvidence, most: usize, today: NaiveDate) -> Self {
        let mut statements: Vec<&Statement> = evidence
            .statements
            .iter()
            .filter(|statement| within(day_of(statement), evidence.period))
            .collect();
        statements.sort_by_key(|statement| (day_of(statement), statement.id));
        let side = |statement: &Statement| match statement.country {
            Some(country) if country == evidence.left => 0,
            Some(country) if country == evidence.right => 1,
            _ => 2,
        };
        let mut names: Vec<String> = Vec::new();
        for statement in &statements {
            let name = issue_of(statement);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        // Statements on no named matter come last.
        names.sort_by_key(String::is_empty);
        let mut chosen: Vec<&Statement> = Vec::new();
        let (mut issues, mut positions) = (Vec::new(), Vec::new());
        for name in names {
            let mut sides = [vec![], vec![], vec![]];
            for statement in statements.iter().rev().filter(|statement| issue_of(statement) == name) {
                let voices = &mut sides[side(statement)];
                if voices.len() < most {
                    voices.push(*statement);
                    chosen.push(*statement);
                }
            }
            let latest = |side: &[&Statement]| {
                side.first()
                    .map_or(Value::from_safe_string("—".into()), |statement| Voice::new(statement).words)
            };
            if !name.is_empty() {
                positions.push(Position {
                    issue: name.clone(),
                    left: latest(&sides[0]),
                    right: latest(&sides[1]),
                });
            }
            let [left, right, others] =
                sides.map(|side| side.into_iter().rev().map(Voice::new).collect::<Vec<_>>());
            let words = |side: &[Voice], at: usize| {
                side.get(at).map_or(Value::from_safe_string("—".into()), |voice| voice.words.clone())
            };
            let row = |at| Position { issue: name.clone(), left: words(&left, at), right: words(&right, at) };
            let rows = (0..left.len().max(right.len())).map(row).collect();
            issues.push(Issue { name, left, right, others, rows });
        }
        chosen.sort_by_key(|statement| (day_of(statement), statement.id));
        let mut events: Vec<&DraftEvent> =
            evidence.events.iter().filter(|event| within(event.on.first_day(), evidence.period)).collect();
        events.sort_by_key(|event| event.on.first_day());
        let cut_off = evidence.period.1.map_or(today, |until| until.min(today));
        Self {
            pair: evidence.dyad.to_string(),
            bound: Value::from_safe_string(if most == usize::MAX {
                String::new()
            } else {
                format!(" most={most}")
            }),
            pair_name: format!("{} – {}", evidence.left.name(), evidence.right.name()),
            left: evidence.left.name().to_owned(),
            right: evidence.right.name().to_owned(),
            as_of: today.to_string(),
            cut_off: cut_off.to_string(),
            author: evidence.author.clone().unwrap_or_default(),
            marking: evidence.marking,
            issues,
            positions,
            timeline: timeline(&chosen, &events),
            sourcing: Sourcing::new(&chosen, &events, &evidence.articles),
        }
    }
}

fn timeline(statements: &[&Statement], events: &[&DraftEvent]) -> Vec<Row> {
    let mut rows: Vec<(Option<NaiveDate>, Row)> = Vec::new();
    for event in events {
        let what = event_words(event);
        let row = Row { date: long_date(&event.on), what: Value::from_safe_string(what) };
        rows.push((event.on.first_day(), row));
    }
    for statement in statements {
        let who = without_marks(statement.speaker.as_deref().unwrap_or("Speaker not named"));
        let what = format!("{}: {}", escape(&who), evidence_markdown(statement));
        let date = statement.said_on.as_ref().or(statement.published.as_ref());
        let row = Row { date: date.map_or("undated".into(), long_date), what: Value::from_safe_string(what) };
        rows.push((day_of(statement), row));
    }
    rows.sort_by_key(|(day, _)| *day);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// “Japan → Kazakhstan, consult: … [@key]”.
pub(crate) fn event_words(event: &DraftEvent) -> String {
    format!(
        "{} → {}, {}: {}{}",
        escape(event.initiator.name()),
        escape(event.target.name()),
        escape(&event.category.to_lowercase()),
        escape(&event.summary),
        cites(&event.evidence)
    )
}

fn cites(keys: &[CiteKey]) -> String {
    if keys.is_empty() {
        return String::new();
    }
    let keys: Vec<String> = keys.iter().map(|key| format!("@{key}")).collect();
    format!(" [{}]", keys.join("; "))
}

impl Voice {
    fn new(statement: &Statement) -> Self {
        let cite = format!("[@{}]", statement.key);
        let paragraphs: Vec<String> =
            statement.text.split("\n\n").map(quoted_line).filter(|words| !words.is_empty()).collect();
        let block = format!("> {} {cite}", paragraphs.join("\n>\n> "));
        let translation = statement.translation.as_deref().filter(|words| !words.trim().is_empty());
        let translation = translation.map_or(String::new(), |words| format!("{} {cite}", in_marks(words)));
        let mut translator: Vec<String> = Vec::new();
        translator.extend(statement.translation_status.map(|status| {
            match status {
                TranslationStatus::Official => "official",
                TranslationStatus::Checked => "checked",
                TranslationStatus::Draft => "draft, unchecked",
            }
            .to_owned()
        }));
        translator.extend(statement.translator.as_deref().map(without_marks));
        Self {
            attribution: attribution(statement),
            block: Value::from_safe_string(block),
            words: Value::from_safe_string(evidence_markdown(statement)),
            translation: Value::from_safe_string(translation),
            translator: translator.join(", "),
        }
    }
}

/// “Ilya Morev, spokesman, 20 January 2023, as reported by The Harbour Courier”.
fn attribution(statement: &Statement) -> String {
    let mut parts = vec![without_marks(statement.speaker.as_deref().unwrap_or("Speaker not named"))];
    let role = statement.role.as_deref().or(statement.organisation.as_deref());
    parts.extend(role.map(without_marks));
    parts.extend(statement.said_on.as_ref().map(long_date));
    if statement.said_on.is_none() {
        parts.extend(statement.published.as_ref().map(|date| format!("published {}", long_date(date))));
    }
    if matches!(statement.mode, bilat_core::Mode::Indirect | bilat_core::Mode::Paraphrase) {
        let outlet = statement.outlet.as_deref().map_or("the source".into(), without_marks);
        parts.push(format!("in the words of {outlet}"));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

impl Sourcing {
    fn new(statements: &[&Statement], events: &[&DraftEvent], articles: &[DraftArticle]) -> Self {
        let known = |key: &CiteKey| articles.iter().find(|article| article.key == *key);
        let mut keys: Vec<&CiteKey> = statements.iter().map(|statement| &statement.article_key).collect();
        for key in events.iter().flat_map(|event| &event.evidence) {
            let statement = statements.iter().find(|statement| statement.key == *key);
            keys.push(statement.map_or(key, |statement| &statement.article_key));
        }
        let keys = distinct(keys);
        let of_statement =
            |key: &CiteKey| statements.iter().find(|statement| statement.article_key == *key).copied();
        let outlet = |key: &&CiteKey| {
            known(key)
                .map(|article| article.outlet.clone())
                .or_else(|| of_statement(key).map(|s| s.outlet.clone()))
        };
        let days: Vec<NaiveDate> = keys
            .iter()
            .filter_map(|key| {
                let published = known(key).map(|article| &article.published);
                published.or_else(|| of_statement(key).map(|s| &s.published))?.as_ref()?.first_day()
            })
            .collect();
        let mut grades = [0; 6];
        for key in &keys {
            let grade = known(key).map(|article| article.reliability);
            let grade = grade.or_else(|| of_statement(key).map(|s| s.reliability)).unwrap_or_default();
            grades[grade as usize] += 1;
        }
        let origin = |key: &&CiteKey| known(key).map_or(key.to_string(), |article| article.origin.clone());
        let date = |day: Option<&NaiveDate>| day.map_or(String::new(), |day| long_date(&Edtf::day(*day)));
        Self {
            statements: statements.len(),
            speakers: distinct(statements.iter().filter_map(|s| s.speaker.as_ref()).collect()).len(),
            articles: keys.len(),
            outlets: distinct(keys.iter().filter_map(outlet).flatten().collect()).len(),
            origins: distinct(keys.iter().map(origin).collect()).len(),
            first: date(days.iter().min()),
            last: date(days.iter().max()),
            grades: "ABCDEF"
                .chars()
                .zip(grades)
                .filter(|(_, count)| *count > 0)
                .map(|(letter, count)| (letter.to_string(), count))
                .collect(),
        }
    }
}

fn distinct<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}

fn issue_of(statement: &Statement) -> String {
    without_marks(statement.issue.as_deref().unwrap_or_default())
}

fn day_of(statement: &Statement) -> Option<NaiveDate> {
    statement.said_on.as_ref().or(statement.published.as_ref())?.first_day()
}

/// Whether `day` lies in `period`; an unknown day lies in none that is bounded.
fn within(day: Option<NaiveDate>, period: (Option<NaiveDate>, Option<NaiveDate>)) -> bool {
    match (day, period) {
        (_, (None, None)) => true,
        (None, _) => false,
        (Some(day), (from, to)) => from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to),
    }
}

/// “20 January 2023” of `2023-01-20`; less exact dates as far as they are known.
pub(crate) fn long_date(date: &Edtf) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some(day) = date.first_day().filter(|_| !date.as_str().contains('/')) else {
        return date.as_str().to_owned();
    };
    let about = if date.as_str().ends_with(['?', '~', '%']) { "about " } else { "" };
    let month = MONTHS[day.month0() as usize];
    let point = date.as_str().trim_end_matches(['?', '~', '%']).trim_start_matches('-');
    match point.matches('-').count() {
        0 => format!("{about}{}", day.year()),
        1 => format!("{about}{month} {}", day.year()),
        _ => format!("{about}{} {month} {}", day.day(), day.year()),
    }
}

/// The words of a source on one line, escaped; the mark of an elision stays readable.
fn quoted_line(words: &str) -> String {
    escape(without_comma(words)).replace("\\[…\\]", "[…]")
}

/// Words as they stand when the reporter's comma, before “he said”, is left behind.
fn without_comma(words: &str) -> &str {
    words.strip_suffix(',').filter(|rest| rest.ends_with(char::is_alphanumeric)).unwrap_or(words)
}

/// The words of a source in quotation marks; marks of the same kind inside become single ones.
fn in_marks(words: &str) -> String {
    let words = quoted_line(words);
    let trimmed = words.trim();
    let opened = trimmed.strip_prefix(['“', '"']).filter(|rest| rest.ends_with(['”', '"']));
    let inner =
        opened.and_then(|rest| rest.strip_suffix(['”', '"'])).filter(|rest| !rest.contains(['“', '”', '"']));
    let inner = without_comma(inner.unwrap_or(trimmed)).to_owned();
    let mut opens = true;
    let nested: String = inner
        .chars()
        .map(|c| match c {
            '“' => '‘',
            '”' => '’',
            '„' => '‚',
            '"' => {
                opens = !opens;
                if opens { '’' } else { '‘' }
            }
            c => c,
        })
        .collect();
    format!("“{nested}”")
}

/// A name, a role or a heading without quotation marks, which would make it a quotation; apostrophes
/// inside words stay.
pub(crate) fn without_marks(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let letter = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric());
    let kept = chars.iter().enumerate().filter(|(at, c)| match c {
        '\'' | '’' | '‘' | '‚' | '‛' => {
            **c != '‘'
                && letter(at.checked_sub(1))
                && letter(Some(at + 1))
                && !is_unspaced(chars[at - 1])
                && !is_unspaced(chars[at + 1])
        }
        _ => fold_mark(**c) != '\'',
    });
    normalise_spaces(&kept.map(|(_, c)| *c).collect::<String>())
}
