//! Statements: the register of attributed quotations.
//!
//! A statement is made with its annotation and holds no words of its own: they are the annotation's
//! marked words, so there is nothing that could drift from the source.

use bilat_core::{
    Actor, AnnotationId, ArticleId, CiteKey, Dyad, Edtf, Mode, Reliability, SnapshotId, Span, Statement,
    StatementDraft, StatementId, TranslationStatus,
};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::annotation::GAP;
use crate::error::Result;
use crate::row::{self, filled, match_name};
use crate::snapshot::{self, SnapshotText};
use crate::{article, search, speaker};

/// Writes the attribution of an annotation, replacing the one it has. The key is made once.
pub(crate) fn write(conn: &Connection, annotation: i64, draft: &StatementDraft) -> Result<()> {
    let speaker = match &draft.speaker {
        Some(name) => speaker::find_or_create(conn, name)?,
        None => None,
    };
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
        article::take_key(conn, &wish, None, Some(annotation))?.to_string()
    };
    conn.prepare_cached(
        "INSERT INTO statement (annotation, key, speaker, role, organisation, country, about, addressee, venue,
            said_on, mode, language, translation, translator, translation_status, issue, stance, credibility)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
         ON CONFLICT (annotation) DO UPDATE SET speaker = excluded.speaker, role = excluded.role,
            organisation = excluded.organisation, country = excluded.country, about = excluded.about,
            addressee = excluded.addressee, venue = excluded.venue, said_on = excluded.said_on,
            mode = excluded.mode, language = excluded.language, translation = excluded.translation,
            translator = excluded.translator, translation_status = excluded.translation_status,
            issue = excluded.issue, stance = excluded.stance, credibility = excluded.credibility",
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
    st.credibility, n.note";

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
    })
}

fn with_words(conn: &Connection, mut found: Statement) -> Result<Statement> {
    found.text = words(conn, found.annotation.0)?;
    Ok(found)
}

/// The attribution of `annotation`, where it has one.
pub(crate) fn of_annotation(conn: &Connection, annotation: AnnotationId) -> Result<Option<Statement>> {
    let mut query = conn.prepare_cached(&format!("SELECT {ROW} FROM {TABLES} WHERE st.annotation = ?1"))?;
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
    /// By a speaker, whole name, without regard to case.
    pub speaker: Option<&'a str>,
    /// For a side.
    pub country: Option<Actor>,
    /// Said on this day or later; the day of publication stands in where the other is not known.
    pub since: Option<&'a Edtf>,
    /// Said on this day or earlier.
    pub until: Option<&'a Edtf>,
    /// Whose words, speaker, role, issue or translation hold all these words.
    pub query: Option<&'a str>,
    /// How many to skip.
    pub offset: u32,
    /// How many at most; 0 means all.
    pub limit: u32,
}

/// The last and the first day that an EDTF date in a column may mean, as comparable text.
const LAST_DAY: &str = "substr(rtrim(replace(replace(substr(day, instr(day, '/') + 1), '..', '9999') || '|', '/|', '9999'), '?~%|') || '-99-99', 1, 10)";
const FIRST_DAY: &str = "substr(rtrim(substr(day, 1, instr(day || '/', '/') - 1), '?~%') || '-00-00', 1, 10)";

/// A page of the register, latest said first, and how many there are in all.
///
/// # Errors
/// When the library cannot be read.
pub fn list(conn: &Connection, filter: &StatementFilter<'_>) -> Result<(u32, Vec<Statement>)> {
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
        wheres.push(format!("who.match_name = {}", bind(match_name(name).into())));
    }
    if let Some(side) = filter.country {
        wheres.push(format!("st.country = {}", bind(side.code().to_owned().into())));
    }
    let day =
        |sql: &str| sql.replace("day", "coalesce(st.said_on, a.published, substr(a.clipped_at, 1, 10))");
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
    let wheres = wheres.join(" AND ");
    let total = conn
        .prepare_cached(&format!("SELECT count(*) FROM {TABLES} WHERE {wheres}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let limit = if filter.limit == 0 { -1 } else { i64::from(filter.limit) };
    let mut query = conn.prepare_cached(&format!(
        "SELECT {ROW} FROM {TABLES} WHERE {wheres}
         ORDER BY coalesce(st.said_on, a.published, substr(a.clipped_at, 1, 10)) DESC, a.ord DESC, st.id
         LIMIT {limit} OFFSET {}",
        filter.offset
    ))?;
    let rows = query.query_map(params_from_iter(&values), statement)?.collect::<Result<Vec<_>, _>>()?;
    Ok((total, rows.into_iter().map(|found| with_words(conn, found)).collect::<Result<_>>()?))
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

fn cited_article(conn: &Connection, id: ArticleId) -> Result<CitedArticle> {
    let mut query = conn.prepare_cached(
        "SELECT a.key, a.title, a.byline, s.name, coalesce(s.reliability, 'F'), a.published, a.dateline, a.credit,
            a.url, a.language, a.clipped_at, a.snapshot, a.deleted_at IS NOT NULL
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
        "SELECT {ROW} FROM {TABLES}
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
        desk.write(move |tx| article::confirm_dyad(tx, on_pair, pair, NOW));
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
        let read = store.read_blocking(|conn| article::snapshot_text(conn, id));
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
            let found = desk.read(|conn| crate::speaker::list(conn, prefix));
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
