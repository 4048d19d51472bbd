//! Statements: the register of attributed quotations.
//!
//! A statement is made with its annotation and holds no words of its own: they are the annotation's
//! marked words, so there is nothing that could drift from the source.

use std::collections::BTreeSet;

use bilat_core::{
    Actor, AnnotationId, AnnotationState, ArticleId, CiteKey, Credibility, Dyad, Edtf, IssueRow, Mode,
    Reliability, Sha256Hex, SnapshotId, Span, Stance, Statement, StatementChange, StatementDraft,
    StatementField, StatementGroup, StatementGrouping, StatementId, StatementOrder, StatementSort,
    TranslationStatus,
};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde_json::json;

use crate::annotation::GAP;
use crate::error::{Error, Result};
use crate::row::{self, filled, match_name};
use crate::snapshot::{self, SnapshotText};
use crate::{cite_key, log, search, speaker};

/// Writes the attribution of an annotation, replacing the one it has. The key is made once.
pub(crate) fn write(conn: &Connection, annotation: i64, draft: &StatementDraft) -> Result<()> {
    let named = match &draft.speaker {
        Some(name) => speaker::find_or_create(conn, name)?,
        None => None,
    };
    let speaker = named.map(|named| speaker::stands_for(conn, named)).transpose()?;
    let before = speaker_of(conn, annotation)?;
    let taken: Option<String> = conn
        .prepare_cached("SELECT key FROM cite_key WHERE annotation = ?1")?
        .query_row([annotation], |row| row.get(0))
        .optional()?;
    let key = if let Some(key) = taken {
        key
    } else {
        let words = words(conn, annotation)?;
        let wish = CiteKey::statement(draft.speaker.as_deref().unwrap_or_default(), &words);
        cite_key::take(conn, &wish, None, Some(annotation))?.to_string()
    };
    conn.prepare_cached(
        "INSERT INTO statement (annotation, key, speaker, role, organisation, country, about, addressee, venue,
            said_on, mode, language, translation, translator, translation_status, issue, stance, credibility, named)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
         ON CONFLICT (annotation) DO UPDATE SET speaker = excluded.speaker, role = excluded.role,
            organisation = excluded.organisation, country = excluded.country, about = excluded.about,
            addressee = excluded.addressee, venue = excluded.venue, said_on = excluded.said_on,
            mode = excluded.mode, language = excluded.language, translation = excluded.translation,
            translator = excluded.translator, translation_status = excluded.translation_status,
            issue = excluded.issue, stance = excluded.stance, credibility = excluded.credibility,
            named = excluded.named",
    )?
    .execute(params![
        annotation,
        key,
        speaker,
        filled(draft.role.as_deref()),
        filled(draft.organisation.as_deref()),
        draft.country.map(Actor::code),
        draft.about.map(Actor::code),
        filled(draft.addressee.as_deref()),
        filled(draft.venue.as_deref()),
        draft.said_on.as_ref().map(Edtf::as_str),
        row::name(draft.mode.unwrap_or_default()),
        filled(draft.language.as_deref()),
        filled(draft.translation.as_deref()),
        filled(draft.translator.as_deref()),
        draft.translation_status.map(row::name::<TranslationStatus>),
        filled(draft.issue.as_deref()),
        draft.stance.map(i8::from),
        u8::from(draft.credibility.unwrap_or_default()),
        named,
    ])?;
    if before != speaker {
        before.map_or(Ok(()), |actor| speaker::refresh_roles(conn, actor))?;
    }
    speaker.map_or(Ok(()), |actor| speaker::refresh_roles(conn, actor))
}

fn speaker_of(conn: &Connection, annotation: i64) -> Result<Option<i64>> {
    let found = conn
        .prepare_cached("SELECT speaker FROM statement WHERE annotation = ?1")?
        .query_row([annotation], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

pub(crate) fn remove(conn: &Connection, annotation: i64) -> Result<()> {
    let before = speaker_of(conn, annotation)?;
    conn.prepare_cached("DELETE FROM statement WHERE annotation = ?1")?.execute([annotation])?;
    before.map_or(Ok(()), |actor| speaker::refresh_roles(conn, actor))
}

/// Changes fields of statements, all of them or none; answers the changes that take it back. The words cannot be
/// changed.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Invalid`] when a value is not one of its field.
pub fn change(conn: &Connection, changes: &[StatementChange], now: &str) -> Result<Vec<StatementChange>> {
    let mut back = Vec::with_capacity(changes.len());
    let mut speakers = BTreeSet::new();
    let mut touched = BTreeSet::new();
    for StatementChange { id, field, value } in changes {
        let annotation: i64 = conn
            .prepare_cached("SELECT annotation FROM statement WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?
            .ok_or_else(|| Error::not_found("statement", id))?;
        let column = column(*field);
        let before = match field {
            StatementField::Speaker => conn
                .prepare_cached(
                    "SELECT actor.name FROM statement st LEFT JOIN actor ON actor.id = st.named WHERE st.id = ?1",
                )?
                .query_row([id.0], |row| row.get(0))?,
            _ => conn
                .prepare_cached(&format!("SELECT CAST({column} AS TEXT) FROM statement WHERE id = ?1"))?
                .query_row([id.0], |row| row.get(0))?,
        };
        speakers.extend(speaker_of(conn, annotation)?);
        let value = column_value(*field, filled(value.as_deref()))?;
        if *field == StatementField::Speaker {
            let named = match value {
                Value::Text(name) => speaker::find_or_create(conn, &name)?,
                _ => None,
            };
            let speaker = named.map(|named| speaker::stands_for(conn, named)).transpose()?;
            conn.prepare_cached("UPDATE statement SET named = ?2, speaker = ?3 WHERE id = ?1")?
                .execute((id.0, named, speaker))?;
            speakers.extend(speaker);
        } else {
            conn.prepare_cached(&format!("UPDATE statement SET {column} = ?2 WHERE id = ?1"))?
                .execute((id.0, value))?;
        }
        touched.insert(annotation);
        back.push(StatementChange { id: *id, field: *field, value: before });
    }
    for annotation in touched {
        conn.prepare_cached("UPDATE annotation SET changed_at = ?2 WHERE id = ?1")?
            .execute((annotation, now))?;
        search::index::refresh_annotation(conn, AnnotationId(annotation))?;
        log::append(conn, now, "annotation edited", &format!("annotation {annotation}"), &json!({}))?;
    }
    if changes.iter().any(|change| shows_role(change.field)) {
        speakers.into_iter().try_for_each(|actor| speaker::refresh_roles(conn, actor))?;
    }
    // A field that was changed twice goes back to what it was first.
    back.reverse();
    Ok(back)
}

/// Whether a field says what its speaker was, and when.
fn shows_role(field: StatementField) -> bool {
    use StatementField as F;
    matches!(field, F::Speaker | F::Role | F::Organisation | F::Country | F::SaidOn)
}

fn column(field: StatementField) -> String {
    // A field travels under the name of its column.
    row::name(field)
}

/// `text` as `field` keeps it.
fn column_value(field: StatementField, text: Option<String>) -> Result<Value> {
    use StatementField as F;
    let Some(text) = text else {
        return Ok(match field {
            F::Mode => row::name(Mode::default()).into(),
            F::Credibility => i64::from(u8::from(Credibility::default())).into(),
            _ => Value::Null,
        });
    };
    let wrong = |allowed: &str| Error::Invalid(format!("“{text}” cannot be kept there; write {allowed}"));
    Ok(match field {
        F::Country | F::About => {
            let actor: Actor = text.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
            actor.code().to_owned().into()
        }
        F::SaidOn => {
            let day: Edtf = text.parse().map_err(|error| Error::Invalid(format!("{error}")))?;
            day.as_str().to_owned().into()
        }
        F::Mode => {
            let mode: Mode =
                row::value_named(&text).map_err(|_| wrong("direct, indirect, mixed or paraphrase"))?;
            row::name(mode).into()
        }
        F::TranslationStatus => {
            let status: TranslationStatus =
                row::value_named(&text).map_err(|_| wrong("draft, checked or official"))?;
            row::name(status).into()
        }
        F::Stance => {
            let number: i8 = text.replace('−', "-").parse().map_err(|_| wrong("a number from -2 to 2"))?;
            i64::from(i8::from(Stance::try_from(number).map_err(Error::Invalid)?)).into()
        }
        F::Credibility => {
            let number: u8 = text.parse().map_err(|_| wrong("a number from 1 to 6"))?;
            i64::from(u8::from(Credibility::try_from(number).map_err(Error::Invalid)?)).into()
        }
        _ => text.into(),
    })
}

/// The marked words of `annotation`, passages joined.
pub(crate) fn words(conn: &Connection, annotation: i64) -> Result<String> {
    let mut query =
        conn.prepare_cached("SELECT exact FROM annotation_target WHERE annotation = ?1 ORDER BY n")?;
    let parts = query.query_map([annotation], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    Ok(parts.join(GAP))
}

const ROW: &str = "st.id, st.key, st.annotation, a.uid, a.key, a.title, s.name, coalesce(s.reliability, 'F'),
    a.published, who.name, st.role, st.organisation, st.country, st.about, st.addressee, st.venue, st.said_on,
    st.mode, st.language, st.translation, st.translator, st.translation_status, st.issue, st.stance,
    st.credibility, n.note, a.origin";

/// How the words stand in the current snapshot; the passage that fares worst decides.
const STATE: &str =
    "coalesce((SELECT CASE max(CASE p.state WHEN 'missing' THEN 2 WHEN 'needs_review' THEN 1 ELSE 0 END)
        WHEN 0 THEN 'anchored' WHEN 1 THEN 'needs_review' END
    FROM annotation_place p WHERE p.annotation = n.id AND p.snapshot = a.snapshot), 'missing')";

const TABLES: &str =
    "statement st JOIN annotation n ON n.id = st.annotation JOIN article a ON a.uid = n.article
    LEFT JOIN source_now s ON s.id = a.source LEFT JOIN actor who ON who.id = st.speaker";

fn statement(row: &Row<'_>) -> rusqlite::Result<Statement> {
    let stance: Option<i8> = row.get(23)?;
    let out_of_range = |column, number: i64| rusqlite::Error::IntegralValueOutOfRange(column, number);
    Ok(Statement {
        id: StatementId(row.get(0)?),
        key: row::key(row, 1)?,
        annotation: AnnotationId(row.get(2)?),
        article: ArticleId(row.get(3)?),
        article_key: row::key(row, 4)?,
        article_title: row.get(5)?,
        outlet: row.get(6)?,
        reliability: row::named(row, 7)?,
        published: row::parsed_opt(row, 8)?,
        text: String::new(),
        speaker: row.get(9)?,
        role: row.get(10)?,
        organisation: row.get(11)?,
        country: row::parsed_opt(row, 12)?,
        about: row::parsed_opt(row, 13)?,
        addressee: row.get(14)?,
        venue: row.get(15)?,
        said_on: row::parsed_opt(row, 16)?,
        mode: row::named::<Mode>(row, 17)?,
        language: row.get(18)?,
        translation: row.get(19)?,
        translator: row.get(20)?,
        translation_status: row::named_opt(row, 21)?,
        issue: row.get(22)?,
        stance: stance
            .map(|number| number.try_into().map_err(|_| out_of_range(23, number.into())))
            .transpose()?,
        credibility: row.get::<_, u8>(24)?.try_into().map_err(|_| out_of_range(24, 0))?,
        note: row.get(25)?,
        origin: row.get(26)?,
        state: row::named(row, 27)?,
    })
}

fn with_words(conn: &Connection, mut found: Statement) -> Result<Statement> {
    found.text = words(conn, found.annotation.0)?;
    Ok(found)
}

/// The attribution of `annotation`, where it has one.
pub(crate) fn of_annotation(conn: &Connection, annotation: AnnotationId) -> Result<Option<Statement>> {
    let mut query =
        conn.prepare_cached(&format!("SELECT {ROW}, {STATE} FROM {TABLES} WHERE st.annotation = ?1"))?;
    let found = query.query_row([annotation.0], statement).optional()?;
    found.map(|found| with_words(conn, found)).transpose()
}

/// Which statements the register shows. What is in the bin, or on an article in the bin, is never shown.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter<'a> {
    /// Said by one of the two about the other; or by one of them, about nobody named, in an article on the pair.
    pub pair: Option<Dyad>,
    /// In an article.
    pub article: Option<ArticleId>,
    /// By a speaker, whole name in any of its spellings, without regard to case.
    pub speaker: Option<&'a str>,
    /// For a side.
    pub country: Option<Actor>,
    /// About a side.
    pub about: Option<Actor>,
    /// On an issue, without regard to case; on none where it is empty.
    pub issue: Option<&'a str>,
    /// Of one of these stances, nothing being one that nobody set; all where there is none.
    pub stances: &'a [Option<Stance>],
    /// Given so.
    pub mode: Option<Mode>,
    /// From sources of this reliability.
    pub reliability: Option<Reliability>,
    /// In articles of this origin.
    pub origin: Option<i64>,
    /// Whose words stand so in the current snapshot.
    pub state: Option<AnnotationState>,
    /// With a translation, or without one.
    pub translated: Option<bool>,
    /// Said on this day or later; the day of publication stands in where the other is not known.
    pub since: Option<&'a Edtf>,
    /// Said on this day or earlier.
    pub until: Option<&'a Edtf>,
    /// Whose words, speaker, role, issue or translation hold all these words.
    pub query: Option<&'a str>,
    /// In this order.
    pub sort: StatementSort,
    /// The other way round.
    pub reverse: bool,
    /// Group by group, and sorted in each.
    pub group: Option<StatementGrouping>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 means all.
    pub limit: u32,
}

/// The last and the first day that an EDTF date in a column may mean, as comparable text.
const LAST_DAY: &str = "substr(rtrim(replace(replace(substr(day, instr(day, '/') + 1), '..', '9999') || '|', '/|', '9999'), '?~%|') || '-99-99', 1, 10)";
const FIRST_DAY: &str = "substr(rtrim(substr(day, 1, instr(day || '/', '/') - 1), '?~%') || '-00-00', 1, 10)";

/// The day it was said, as far as that is known.
const DAY: &str = "coalesce(st.said_on, a.published, substr(a.clipped_at, 1, 10))";

/// `filter` as a condition with its values.
fn condition(filter: &StatementFilter<'_>) -> (String, Vec<Value>) {
    let mut wheres = vec!["n.deleted_at IS NULL AND a.deleted_at IS NULL".to_owned()];
    let mut values: Vec<Value> = Vec::new();
    let mut bind = |value: Value| {
        values.push(value);
        format!("?{}", values.len())
    };
    if let Some(pair) = filter.pair {
        let (one, other) = (bind(pair.a().code().to_owned().into()), bind(pair.b().code().to_owned().into()));
        let dyad = bind(pair.to_string().into());
        wheres.push(format!(
            "((st.country = {one} AND st.about = {other}) OR (st.country = {other} AND st.about = {one})
             OR (st.about IS NULL AND st.country IN ({one}, {other})
                 AND EXISTS (SELECT 1 FROM article_pair p WHERE p.dyad = {dyad} AND p.ord = a.ord)))"
        ));
    }
    if let Some(id) = filter.article {
        wheres.push(format!("a.uid = {}", bind(id.0.into())));
    }
    if let Some(name) = filter.speaker {
        let name = bind(match_name(name).into());
        wheres.push(format!(
            "(who.match_name = {name} OR st.speaker = (SELECT speaker FROM statement
                WHERE named = (SELECT id FROM actor WHERE match_name = {name}) LIMIT 1))"
        ));
    }
    for (column, side) in [("st.country", filter.country), ("st.about", filter.about)] {
        if let Some(side) = side {
            wheres.push(format!("{column} = {}", bind(side.code().to_owned().into())));
        }
    }
    if let Some(issue) = filter.issue {
        let issue = match_name(issue);
        let wanted = bind(issue.into());
        wheres.push(format!("coalesce(match_name(st.issue), '') = {wanted}"));
    }
    if !filter.stances.is_empty() {
        let one_of: Vec<String> = filter
            .stances
            .iter()
            .map(|stance| match stance {
                Some(stance) => format!("st.stance = {}", i8::from(*stance)),
                None => "st.stance IS NULL".into(),
            })
            .collect();
        wheres.push(format!("({})", one_of.join(" OR ")));
    }
    if let Some(mode) = filter.mode {
        wheres.push(format!("st.mode = {}", bind(row::name(mode).into())));
    }
    if let Some(reliability) = filter.reliability {
        wheres.push(format!("coalesce(s.reliability, 'F') = {}", bind(row::name(reliability).into())));
    }
    if let Some(origin) = filter.origin {
        wheres.push(format!("a.origin = {}", bind(origin.into())));
    }
    if let Some(state) = filter.state {
        wheres.push(format!("{STATE} = {}", bind(row::name(state).into())));
    }
    if let Some(translated) = filter.translated {
        wheres.push(format!("st.translation IS {} NULL", if translated { "NOT" } else { "" }));
    }
    let day = |sql: &str| sql.replace("day", DAY);
    if let Some(since) = filter.since.and_then(Edtf::first_day) {
        wheres.push(format!("{} >= {}", day(LAST_DAY), bind(since.to_string().into())));
    }
    if let Some(until) = filter.until.and_then(Edtf::last_day) {
        wheres.push(format!("{} <= {}", day(FIRST_DAY), bind(until.to_string().into())));
    }
    if let Some(words) = filter.query.and_then(search::all_words) {
        wheres.push(format!(
            "n.id IN (SELECT rowid FROM fts_statement WHERE fts_statement MATCH {})",
            bind(words.into())
        ));
    }
    (wheres.join(" AND "), values)
}

/// What a group is told by.
fn group_key(group: StatementGrouping) -> String {
    match group {
        StatementGrouping::Speaker => "who.name".into(),
        StatementGrouping::Issue => "st.issue".into(),
        StatementGrouping::Article => "a.title".into(),
        StatementGrouping::Month => format!("substr({}, 1, 7)", FIRST_DAY.replace("day", DAY)),
    }
}

fn order(filter: &StatementFilter<'_>) -> String {
    let group = filter.group.map_or(String::new(), |group| match group {
        StatementGrouping::Speaker => "who.match_name IS NULL, who.match_name, ".to_owned(),
        StatementGrouping::Issue => "st.issue IS NULL, match_name(st.issue), st.issue, ".to_owned(),
        StatementGrouping::Article => "a.ord DESC, ".to_owned(),
        StatementGrouping::Month => format!("{} DESC, ", group_key(group)),
    });
    let (up, down) = if filter.reverse { ("DESC", "ASC") } else { ("ASC", "DESC") };
    // What is not known comes last, whichever way the rest goes.
    let known = |key: &str| format!("{key} IS NULL, {key} {up}, ");
    let sort = match filter.sort {
        StatementSort::SaidOn => format!("{DAY} {down}, a.ord {down}, st.id {up}"),
        StatementSort::Speaker => known("who.match_name"),
        StatementSort::Country => known("st.country"),
        StatementSort::Issue => known("match_name(st.issue)"),
        StatementSort::Stance => known("st.stance"),
        StatementSort::Outlet => known("s.match_name"),
        StatementSort::Grade => format!("coalesce(s.reliability, 'F') {up}, st.credibility {up}, "),
    };
    let then = if filter.sort == StatementSort::SaidOn {
        String::new()
    } else {
        format!("{DAY} DESC, a.ord DESC, st.id")
    };
    format!("{group}{sort}{then}")
}

/// A page of the register, latest said first unless asked otherwise, and how many there are in all.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, filter: &StatementFilter<'_>) -> Result<(u32, Vec<Statement>)> {
    let (wheres, values) = condition(filter);
    let total = conn
        .prepare_cached(&format!("SELECT count(*) FROM {TABLES} WHERE {wheres}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let limit = if filter.limit == 0 { -1 } else { i64::from(filter.limit) };
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, {STATE} FROM {TABLES} WHERE {wheres} ORDER BY {} LIMIT {limit} OFFSET {}",
        order(filter),
        filter.offset
    ))?;
    let rows = query.query_map(params_from_iter(&values), statement)?.collect::<Result<Vec<_>, _>>()?;
    Ok((total, rows.into_iter().map(|found| with_words(conn, found)).collect::<Result<_>>()?))
}

/// Every statement that the register shows, by number, in its order and groups. `offset` and `limit` say nothing here.
///
/// # Errors
/// When the library cannot be read.
pub fn list_order(conn: &Connection, filter: &StatementFilter<'_>) -> Result<StatementOrder> {
    let (wheres, values) = condition(filter);
    let key = filter.group.map_or("NULL".to_owned(), group_key);
    // Two articles may share a headline, and two spellings of an issue a group.
    let apart = if filter.group == Some(StatementGrouping::Article) { "a.uid" } else { "NULL" };
    let mut query = conn.prepare_cached(&format!(
        "SELECT st.id, {key}, {apart} FROM {TABLES} WHERE {wheres} ORDER BY {}",
        order(filter)
    ))?;
    let mut rows = query.query(params_from_iter(&values))?;
    let mut found = StatementOrder::default();
    let mut last = None;
    while let Some(row) = rows.next()? {
        found.ids.push(StatementId(row.get(0)?));
        if filter.group.is_none() {
            continue;
        }
        let own: (Option<String>, Option<i64>) = (row.get(1)?, row.get(2)?);
        match found.groups.last_mut() {
            Some(group) if last.as_ref() == Some(&own) => group.statements += 1,
            _ => found.groups.push(StatementGroup { name: own.0.clone(), statements: 1 }),
        }
        last = Some(own);
    }
    Ok(found)
}

/// The statements of these numbers, in their order; those that are no more are left out.
///
/// # Errors
/// When the library cannot be read.
pub fn list_by_id(conn: &Connection, ids: &[StatementId]) -> Result<Vec<Statement>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, {STATE} FROM {TABLES} WHERE st.id = ?1 AND n.deleted_at IS NULL AND a.deleted_at IS NULL"
    ))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        let row = query.query_row([id.0], statement).optional()?;
        found.extend(row.map(|row| with_words(conn, row)).transpose()?);
    }
    Ok(found)
}

/// Every issue, those with the most statements first.
///
/// # Errors
/// When the library cannot be read.
pub fn list_issues(conn: &Connection) -> Result<Vec<IssueRow>> {
    let mut query = conn.prepare_cached(&format!(
        "SELECT st.issue, count(*) AS many FROM {TABLES}
         WHERE st.issue IS NOT NULL AND n.deleted_at IS NULL AND a.deleted_at IS NULL
         GROUP BY match_name(st.issue) ORDER BY many DESC, match_name(st.issue)"
    ))?;
    let rows = query.query_map([], |row| Ok(IssueRow { issue: row.get(0)?, statements: row.get(1)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The statements that have a translation, in the order of the register: the original is `text`, and locked; the
/// translation is linked to it and never stands in for it.
///
/// # Errors
/// When the library cannot be read.
pub fn list_translated(conn: &Connection) -> Result<Vec<Statement>> {
    let filter = StatementFilter { translated: Some(true), ..StatementFilter::default() };
    Ok(list(conn, &filter)?.1)
}

/// How many statements the register holds.
///
/// # Errors
/// When the library cannot be read.
pub fn count(conn: &Connection) -> Result<u32> {
    Ok(conn
        .prepare_cached(
            "SELECT count(*) FROM statement st JOIN annotation n ON n.id = st.annotation
             JOIN article a ON a.uid = n.article WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL",
        )?
        .query_row([], |row| row.get(0))?)
}

/// What a cite key stands for: what the quote lock and a bibliography need.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedSource {
    /// The key that was asked for.
    pub key: CiteKey,
    /// The article it names, or in which the statement stands.
    pub article: CitedArticle,
    /// The statement it names, where it names one.
    pub statement: Option<Statement>,
    /// Where the statement's words stand in the current snapshot, in order; where they are missing there, nothing.
    pub spans: Vec<Span>,
    /// The article's words, checked against their hashes, newest first; the first are the current ones.
    pub texts: Vec<SnapshotText>,
}

impl CitedSource {
    /// The words of the current snapshot.
    pub fn text(&self) -> &str {
        self.texts.first().map_or("", |snapshot| &snapshot.text)
    }
}

/// An article as a bibliography names it.
#[derive(Debug, Clone, PartialEq)]
pub struct CitedArticle {
    /// Its number.
    pub id: ArticleId,
    /// Its cite key.
    pub key: CiteKey,
    /// The headline.
    pub title: String,
    /// Who wrote it.
    pub byline: Option<String>,
    /// The publisher.
    pub outlet: Option<String>,
    /// The publisher's reliability.
    pub reliability: Reliability,
    /// When it was published.
    pub published: Option<Edtf>,
    /// The place in the dateline.
    pub dateline: Option<String>,
    /// The agency credited.
    pub credit: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// When it was clipped: RFC 3339, UTC.
    pub clipped_at: String,
    /// The current snapshot.
    pub snapshot: SnapshotId,
    /// SHA-256 of that snapshot's text.
    pub sha256_text: Sha256Hex,
    /// Whether it is in the bin.
    pub deleted: bool,
}

/// What `key` stands for; nothing where no record has it, or the statement was taken away.
///
/// # Errors
/// [`crate::Error::Damaged`] when words are not the ones that were stored.
pub fn cited(conn: &Connection, key: &CiteKey) -> Result<Option<CitedSource>> {
    let found: Option<(i64, Option<i64>)> = conn
        .prepare_cached(
            "SELECT coalesce(k.article, n.article), k.annotation FROM cite_key k
             LEFT JOIN annotation n ON n.id = k.annotation AND n.deleted_at IS NULL
             WHERE k.key = ?1 AND coalesce(k.article, n.article) IS NOT NULL",
        )?
        .query_row([key.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((article, annotation)) = found else { return Ok(None) };
    let (statement, spans) = match annotation {
        None => (None, Vec::new()),
        Some(annotation) => {
            let Some(found) = of_annotation(conn, AnnotationId(annotation))? else { return Ok(None) };
            (Some(found), spans(conn, annotation)?)
        }
    };
    Ok(Some(CitedSource {
        key: key.clone(),
        article: cited_article(conn, ArticleId(article))?,
        statement,
        spans,
        texts: snapshot::list_texts(conn, ArticleId(article))?,
    }))
}

fn spans(conn: &Connection, annotation: i64) -> Result<Vec<Span>> {
    let mut query = conn.prepare_cached(
        "SELECT p.start, p.\"end\" FROM annotation n JOIN article a ON a.uid = n.article
         JOIN annotation_place p ON p.annotation = n.id AND p.snapshot = a.snapshot
         WHERE n.id = ?1 AND p.start IS NOT NULL ORDER BY p.n",
    )?;
    let rows = query.query_map([annotation], |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The article numbered `id`, as a bibliography names it.
///
/// # Errors
/// When there is none, or the library cannot be read.
pub fn cited_article(conn: &Connection, id: ArticleId) -> Result<CitedArticle> {
    let mut query = conn.prepare_cached(
        "SELECT a.key, a.title, a.byline, s.name, coalesce(s.reliability, 'F'), a.published, a.dateline, a.credit,
            a.url, a.language, a.clipped_at, a.snapshot, a.deleted_at IS NOT NULL,
            (SELECT sha256_text FROM snapshot WHERE id = a.snapshot)
         FROM article a LEFT JOIN source_now s ON s.id = a.source WHERE a.uid = ?1",
    )?;
    Ok(query.query_row([id.0], |row| {
        Ok(CitedArticle {
            id,
            key: row::key(row, 0)?,
            title: row.get(1)?,
            byline: row.get(2)?,
            outlet: row.get(3)?,
            reliability: row::named(row, 4)?,
            published: row::parsed_opt(row, 5)?,
            dateline: row.get(6)?,
            credit: row.get(7)?,
            url: row.get(8)?,
            language: row.get(9)?,
            clipped_at: row.get(10)?,
            snapshot: SnapshotId(row.get(11)?),
            deleted: row.get(12)?,
            sha256_text: row::sha256(row, 13)?,
        })
    })?)
}

/// A cite key that a half-typed citation may become.
#[derive(Debug, Clone, PartialEq)]
pub enum Citable {
    /// A statement.
    Statement(Box<Statement>),
    /// An article.
    Article(Box<CitedArticle>),
}

/// Statements and articles whose key, speaker or headline holds `prefix`, those of `pair` first,
/// statements before articles, `limit` at most.
///
/// # Errors
/// When the library cannot be read.
pub fn list_citable(conn: &Connection, prefix: &str, pair: Option<Dyad>, limit: u32) -> Result<Vec<Citable>> {
    let like = format!("%{}%", match_name(prefix).replace(['%', '_'], ""));
    let dyad = pair.map(|pair| pair.to_string());
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW}, {STATE} FROM {TABLES}
         WHERE n.deleted_at IS NULL AND a.deleted_at IS NULL
            AND (st.key LIKE ?1 OR who.match_name LIKE ?1 OR a.key LIKE ?1)
         ORDER BY EXISTS (SELECT 1 FROM article_pair p WHERE p.dyad = ?2 AND p.ord = a.ord) DESC, a.ord DESC, st.id
         LIMIT ?3"
    ))?;
    let rows = query.query_map((&like, &dyad, limit), statement)?.collect::<Result<Vec<_>, _>>()?;
    let mut found = rows
        .into_iter()
        .map(|found| with_words(conn, found).map(|found| Citable::Statement(Box::new(found))))
        .collect::<Result<Vec<_>>>()?;
    let mut query = conn.prepare_cached(
        "SELECT a.uid FROM article a WHERE a.deleted_at IS NULL AND (a.key LIKE ?1 OR a.title LIKE ?1)
         ORDER BY EXISTS (SELECT 1 FROM article_pair p WHERE p.dyad = ?2 AND p.ord = a.ord) DESC, a.ord DESC LIMIT ?3",
    )?;
    let left = limit.saturating_sub(found.len() as u32);
    for id in query.query_map((&like, &dyad, left), |row| row.get(0))? {
        found.push(Citable::Article(Box::new(cited_article(conn, ArticleId(id?))?)));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {

    use bilat_core::{CodePoints, Stance};

    use super::*;
    use crate::desk::{Desk, NOW, morev};

    fn texts(desk: &Desk, filter: &StatementFilter<'_>) -> Vec<String> {
        let (total, rows) = desk.read(|conn| list(conn, filter));
        assert_eq!(total as usize, rows.len());
        rows.into_iter().map(|row| row.text).collect()
    }

    fn actor(code: &str) -> Actor {
        code.parse().unwrap()
    }

    #[test]
    fn a_statement_belongs_to_a_pair_by_what_is_known_of_it() {
        let desk = Desk::new();
        let pair: Dyad = "RU-US".parse().unwrap();
        let on_pair = desk.clip("On the pair", "One said this. Two said that. Three said so.", "2031-05-02");
        let other = desk.clip("Other", "Four said no. Five said yes.", "2031-05-03");
        desk.write(move |tx| crate::article::confirm_dyad(tx, on_pair, pair, NOW));
        desk.mark(on_pair, "One said this", "", Some(morev()));
        desk.mark(on_pair, "Two said that", "", Some(StatementDraft { about: Some(actor("CN")), ..morev() }));
        desk.mark(
            on_pair,
            "Three said so",
            "",
            Some(StatementDraft { country: Some(actor("FR")), ..morev() }),
        );
        desk.mark(other, "Four said no", "", Some(morev()));
        let about = StatementDraft { country: Some(actor("US")), about: Some(actor("RU")), ..morev() };
        desk.mark(
            other,
            "Five said yes",
            "",
            Some(StatementDraft { stance: Stance::try_from(-2).ok(), ..about }),
        );
        let mut found = texts(&desk, &StatementFilter { pair: Some(pair), ..Default::default() });
        found.sort();
        assert_eq!(found, ["Five said yes", "One said this"]);
        let row = desk.read(crate::pair::list).into_iter().find(|row| row.dyad == pair).unwrap();
        assert_eq!((row.articles, row.statements, row.tone, row.tone_n), (1, 2, Some(-2.0), 1));
    }

    #[test]
    fn the_register_is_filtered_by_what_dates_may_mean() {
        let desk = Desk::new();
        let id = desk.clip("Days", "Alpha beta gamma delta.", "2031-05-02");
        for (words, on) in
            [("Alpha", "2022"), ("beta", "2022-11"), ("gamma", "2022-11-14?"), ("delta", "2023-02/..")]
        {
            desk.mark(id, words, "", Some(StatementDraft { said_on: Some(on.parse().unwrap()), ..morev() }));
        }
        let between = |since: &str, until: &str| {
            let (since, until) = (since.parse().unwrap(), until.parse().unwrap());
            let filter = StatementFilter { since: Some(&since), until: Some(&until), ..Default::default() };
            let mut found = texts(&desk, &filter);
            found.sort();
            found.join(" ")
        };
        assert_eq!(between("2022-11-14", "2022-11-14"), "Alpha beta gamma");
        assert_eq!(between("2022-11-15", "2022-11-30"), "Alpha beta");
        assert_eq!(between("2023-01", "2023-01"), "");
        assert_eq!(between("2030", "2031"), "delta");
        assert_eq!(between("2022-01", "2022-06"), "Alpha");
    }

    #[test]
    fn the_register_is_searched_by_words_and_speaker() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact. They left.", "2031-05-02");
        desk.mark(id, "We signed a pact", "", Some(morev()));
        desk.mark(
            id,
            "They left",
            "",
            Some(StatementDraft { speaker: Some("Ana Fuentes".into()), ..morev() }),
        );
        let query = |words| texts(&desk, &StatementFilter { query: Some(words), ..Default::default() });
        assert_eq!(query("morev pac"), ["We signed a pact"]);
        assert_eq!(query("FUENTES"), ["They left"]);
        assert_eq!(query("morev left").len(), 0);
        assert_eq!(query("\"'*").len(), 2);
        let by = StatementFilter { speaker: Some("ana  fuentes"), ..Default::default() };
        assert_eq!(texts(&desk, &by), ["They left"]);
    }

    #[test]
    fn a_key_leads_to_the_words_and_where_they_stand() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "The spokesman: “we signed a pact”.", "2031-05-02");
        desk.mark(id, "we signed a pact", "", Some(morev()));
        desk.reclip(id, "Pact", "Later. The spokesman: “we signed a pact”.");
        let cite = |key: &str| desk.read(|conn| cited(conn, &key.parse().unwrap()));
        let found = cite("morev-signed").unwrap();
        assert_eq!(found.texts.len(), 2);
        assert_eq!(CodePoints::new(found.text()).slice(found.spans[0]), "we signed a pact");
        assert_eq!(found.article.credit.as_deref(), Some("Quay Wire"));
        assert_eq!(found.statement.unwrap().text, "we signed a pact");
        let whole = cite("harbourcourier-20310502").unwrap();
        assert_eq!((whole.statement, whole.article.id), (None, id));
        assert_eq!(cite("nobody-said"), None);
    }

    #[test]
    fn a_changed_letter_in_the_file_never_reaches_an_export() {
        let desk = Desk::new();
        let id = desk.clip("Pact", &"The spokesman: “we signed a pact”. ".repeat(600), "2031-05-02");
        let Desk { store, folder } = desk;
        let path = store.path().to_owned();
        drop(store);
        let mut bytes = std::fs::read(&path).unwrap();
        let places: Vec<_> =
            bytes.windows(6).enumerate().filter(|(_, w)| w == b"signed").map(|(at, _)| at).collect();
        for at in places {
            bytes[at] = b'z';
        }
        std::fs::write(&path, bytes).unwrap();
        let store = crate::Store::open(&path, crate::Access::Existing).unwrap();
        let read = store.read_blocking(|conn| crate::article::snapshot_text(conn, id));
        assert!(matches!(read, Err(crate::Error::Damaged { what }) if what == "snapshot 1"));
        let faults = store.read_blocking(crate::integrity::check).unwrap().faults;
        assert!(
            faults.iter().any(|fault| fault.starts_with("the words of snapshot 1 are not")),
            "{faults:?}"
        );
        drop(folder);
    }

    #[test]
    fn roles_are_remembered_with_their_days() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "Alpha beta gamma.", "2031-05-02");
        let minister = StatementDraft {
            role: Some("Minister".into()),
            said_on: Some("2032-01".parse().unwrap()),
            ..morev()
        };
        desk.mark(id, "Alpha", "", Some(minister));
        desk.mark(id, "beta", "", Some(morev()));
        let other =
            StatementDraft { speaker: Some("Štefan Mora-Vetrov".into()), ..StatementDraft::default() };
        desk.mark(id, "gamma", "", Some(other));
        let names = |prefix: &str| -> Vec<_> {
            let found = desk.read(|conn| crate::speaker::list(conn, prefix, None));
            found.into_iter().map(|s| (s.name, s.role, s.statements)).collect()
        };
        assert_eq!(names("mor")[0], ("Ilya Morev".into(), Some("Minister".into()), 2));
        assert_eq!(names("stef"), [("Štefan Mora-Vetrov".into(), None, 1)]);
        assert_eq!(names("vetr").len(), 1);
        assert_eq!(names("orev").len(), 0);
        assert_eq!(names("").len(), 2);
        let first = desk
            .read(|conn| list(conn, &StatementFilter::default()))
            .1
            .into_iter()
            .find(|s| s.text == "beta");
        assert_eq!(
            first.unwrap().role.as_deref(),
            Some("Harbour Office spokesman"),
            "each keeps its own day's"
        );
    }

    fn field(id: StatementId, field: StatementField, value: &str) -> StatementChange {
        StatementChange { id, field, value: (!value.is_empty()).then(|| value.to_owned()) }
    }

    #[test]
    fn the_register_is_filtered_by_everything_that_it_shows() {
        let desk = Desk::new();
        let id = desk.clip("Talks", "Alpha beta gamma delta.", "2031-05-02");
        let stance = |n| Stance::try_from(n).ok();
        let draft = morev;
        let us = Some(actor("US"));
        desk.mark(
            id,
            "Alpha",
            "",
            Some(StatementDraft { issue: Some("Gas  transit".into()), stance: stance(-2), ..draft() }),
        );
        desk.mark(id, "beta", "", Some(StatementDraft { about: us, mode: Some(Mode::Indirect), ..draft() }));
        desk.mark(
            id,
            "gamma",
            "",
            Some(StatementDraft { speaker: Some("Ana Reis".into()), stance: stance(1), ..draft() }),
        );
        desk.mark(id, "delta", "", Some(StatementDraft { translation: Some("дельта".into()), ..draft() }));
        let shows = |filter: StatementFilter<'_>| {
            let mut found = texts(&desk, &filter);
            found.sort();
            found.join(" ")
        };
        let all = StatementFilter::default;
        assert_eq!(shows(StatementFilter { speaker: Some("ANA reis"), ..all() }), "gamma");
        assert_eq!(shows(StatementFilter { about: us, ..all() }), "beta");
        assert_eq!(shows(StatementFilter { issue: Some("gas transit"), ..all() }), "Alpha");
        assert_eq!(shows(StatementFilter { issue: Some(""), ..all() }), "beta delta gamma");
        assert_eq!(shows(StatementFilter { stances: &[stance(-2), stance(1)], ..all() }), "Alpha gamma");
        assert_eq!(shows(StatementFilter { stances: &[None], ..all() }), "beta delta");
        assert_eq!(shows(StatementFilter { mode: Some(Mode::Indirect), ..all() }), "beta");
        assert_eq!(shows(StatementFilter { reliability: Some(Reliability::A), ..all() }), "");
        assert_eq!(shows(StatementFilter { translated: Some(true), ..all() }), "delta");
        assert_eq!(desk.read(list_translated)[0].text, "delta", "the original is shown as it stands");
        let origin = desk.read(|conn| list(conn, &all())).1[0].origin;
        assert_eq!(shows(StatementFilter { origin: Some(origin), ..all() }), "Alpha beta delta gamma");
        assert_eq!(shows(StatementFilter { origin: Some(origin + 1), ..all() }), "");

        desk.reclip(id, "Talks", "Alpha gamma delta.");
        assert_eq!(shows(StatementFilter { state: Some(AnnotationState::Missing), ..all() }), "beta");
        let issues = desk.read(list_issues);
        assert_eq!((issues.len(), issues[0].statements), (1, 1));
    }

    #[test]
    fn the_order_of_the_register_is_that_of_its_pages_and_groups_follow_one_another() {
        let desk = Desk::new();
        let one = desk.clip("One", "Alpha beta gamma.", "2031-05-02");
        let two = desk.clip("Two", "Delta epsilon.", "2031-06-02");
        let said = |on: &str, who: &str| StatementDraft {
            said_on: Some(on.parse().unwrap()),
            speaker: Some(who.into()),
            ..morev()
        };
        desk.mark(one, "Alpha", "", Some(said("2031-04", "Ana Reis")));
        desk.mark(one, "beta", "", Some(said("2031-05-02", "Ilya Morev")));
        desk.mark(two, "Delta", "", Some(said("2031-05-30", "ana reis")));
        desk.mark(two, "epsilon", "", Some(StatementDraft { speaker: None, said_on: None, ..morev() }));
        let groups = |group| {
            let filter = StatementFilter { group: Some(group), ..StatementFilter::default() };
            let order = desk.read(|conn| list_order(conn, &filter));
            let rows = desk.read(|conn| list(conn, &filter)).1;
            assert_eq!(order.ids, rows.iter().map(|row| row.id).collect::<Vec<_>>());
            assert_eq!(desk.read(|conn| list_by_id(conn, &order.ids)), rows);
            let names = order
                .groups
                .into_iter()
                .map(|group| format!("{} {}", group.name.unwrap_or_default(), group.statements));
            names.collect::<Vec<_>>()
        };
        assert_eq!(groups(StatementGrouping::Speaker), ["Ana Reis 2", "Ilya Morev 1", " 1"]);
        assert_eq!(groups(StatementGrouping::Month), ["2031-06 1", "2031-05 2", "2031-04 1"]);
        assert_eq!(groups(StatementGrouping::Article), ["Two 2", "One 2"]);
        assert_eq!(groups(StatementGrouping::Issue), [" 4"]);
        let sorted = |sort, reverse| {
            let filter = StatementFilter { sort, reverse, ..StatementFilter::default() };
            desk.read(|conn| list(conn, &filter))
                .1
                .into_iter()
                .map(|row| row.text)
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(sorted(StatementSort::SaidOn, false), "epsilon Delta beta Alpha");
        assert_eq!(sorted(StatementSort::SaidOn, true), "Alpha beta Delta epsilon");
        assert_eq!(sorted(StatementSort::Speaker, false), "Delta Alpha beta epsilon");
        assert_eq!(
            sorted(StatementSort::Speaker, true),
            "beta Delta Alpha epsilon",
            "what is not known comes last"
        );
    }

    #[test]
    fn a_change_answers_with_its_way_back_and_all_of_it_happens_or_nothing() {
        use StatementField as F;
        let desk = Desk::new();
        let article = desk.clip("Talks", "Alpha beta.", "2031-05-02");
        desk.mark(article, "Alpha", "", Some(morev()));
        desk.mark(article, "beta", "", Some(StatementDraft { issue: Some("Gas".into()), ..morev() }));
        let rows = || desk.read(|conn| list(conn, &StatementFilter::default())).1;
        let before = rows();
        let ids: Vec<StatementId> = before.iter().map(|row| row.id).collect();
        let make =
            |changes: Vec<StatementChange>| desk.store.write_blocking(move |tx| change(tx, &changes, NOW));
        let changes = vec![
            field(ids[0], F::Speaker, "Ana Reis"),
            field(ids[0], F::Role, ""),
            field(ids[0], F::Country, "Brazil"),
            field(ids[0], F::SaidOn, "2031-04"),
            field(ids[0], F::Mode, "mixed"),
            field(ids[1], F::Issue, "Grain"),
            field(ids[1], F::Stance, "−1"),
            field(ids[1], F::Issue, "Gas transit"),
        ];
        let back = make(changes).unwrap();
        let after = rows();
        let first = after.iter().find(|row| row.id == ids[0]).unwrap();
        assert_eq!((first.speaker.as_deref(), first.role.as_deref()), (Some("Ana Reis"), None));
        assert_eq!((first.country, first.mode), (Some(actor("BR")), Mode::Mixed));
        assert_eq!(texts(&desk, &StatementFilter { query: Some("transit"), ..Default::default() }), ["beta"]);
        make(back).unwrap();
        assert_eq!(rows(), before);
        for wrong in [
            field(ids[1], F::Country, "Ruritania"),
            field(ids[1], F::SaidOn, "Friday"),
            field(ids[1], F::Stance, "3"),
            field(ids[1], F::Mode, "shouted"),
            field(StatementId(99), F::Issue, "Gas"),
        ] {
            assert!(make(vec![field(ids[0], F::Issue, "Grain"), wrong]).is_err());
            assert_eq!(rows(), before);
        }
    }

    #[test]
    fn a_half_typed_citation_is_completed() {
        let desk = Desk::new();
        let id = desk.clip("Pact", "We signed a pact.", "2031-05-02");
        desk.mark(id, "We signed a pact", "", Some(morev()));
        let keys = |prefix: &str| -> Vec<String> {
            let found = desk.read(|conn| list_citable(conn, prefix, None, 8));
            found
                .into_iter()
                .map(|c| match c {
                    Citable::Statement(s) => s.key.to_string(),
                    Citable::Article(a) => a.key.to_string(),
                })
                .collect()
        };
        assert_eq!(keys("mor"), ["morev-signed"]);
        assert_eq!(keys("harbourc"), ["morev-signed", "harbourcourier-20310502"]);
        assert_eq!(keys("%"), ["morev-signed", "harbourcourier-20310502"]);
    }
}
