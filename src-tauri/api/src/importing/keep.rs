//! One batch into the library, in one transaction. Where an item cannot be kept, nothing of the batch is,
//! and the caller tries each item alone.

use bilat_core::{
    AnnotationKind, ArticleId, BlockKind, CodePoints, ImportCounts, ImportFailure, ImportFormat, ImportId,
    Quote, Snapshot, Span, normalise_spaces, quote_at,
};
use bilat_import::{Beside, BriefingText, Feed, Item, Mark};
use bilat_store::annotation::{self, MarkedElsewhere};
use bilat_store::article::ArticleEdit;
use bilat_store::import::{self, Known, NewItem};
use bilat_store::{
    Connection, Result, article, briefing, collection, feed, outlet_rule, saved_search, snapshot, tag,
};
use chrono::{DateTime, Utc};

use crate::ClipState;
use crate::app::rfc3339;
use crate::intake::{Bin, Prepared};

/// An item that waits to be kept.
pub struct Work {
    /// What to call it in a message.
    pub name: String,
    /// Nothing for what could not be read.
    pub format: Option<ImportFormat>,
    pub key: String,
    pub sha256: String,
    /// What it became in an earlier run.
    pub before: Option<Known>,
    /// Whether the run had the same item before.
    pub again: bool,
    /// Its tags, collections and marks; its words are in `what`.
    pub item: Item,
    pub what: What,
    /// Why its words could not be read, where it should have some.
    pub lost: Option<String>,
}

/// What is to be done with an item.
pub enum What {
    /// It was read.
    Article(Box<Prepared>),
    /// It is a feed to follow.
    Feed(Feed),
    /// It is a briefing.
    Briefing(BriefingText),
    /// It stands beside the articles of another library of ours.
    Beside(Beside),
    /// It came in before and has not changed since.
    Unchanged,
    /// It could not be read, for this reason.
    Failed(String),
}

impl Work {
    /// An item that could not be read.
    pub fn failed(failure: ImportFailure) -> Self {
        Self {
            name: failure.item,
            format: None,
            key: String::new(),
            sha256: String::new(),
            before: None,
            again: false,
            item: Item::default(),
            what: What::Failed(failure.reason),
            lost: None,
        }
    }
}

/// Keeps a batch with its counts and failures.
///
/// # Errors
/// When one of the items cannot be kept.
pub fn batch(tx: &Connection, id: ImportId, work: &[Work], now: DateTime<Utc>) -> Result<()> {
    let mut counts = ImportCounts::default();
    for item in work {
        let failed = match (&item.what, &item.lost) {
            (What::Failed(reason), _) => {
                counts.failed += 1;
                Some(reason.clone())
            }
            (_, lost) => {
                one(tx, id, item, now, &mut counts)?;
                let without = "its text could not be read, so it is in without words";
                lost.as_ref().map(|reason| format!("{without}: {reason}"))
            }
        };
        if let Some(reason) = failed {
            import::add_failure(tx, id, &ImportFailure { item: item.name.clone(), reason })?;
        }
    }
    import::progress(tx, id, work.len() as u32, &counts, &rfc3339(now))
}

fn one(
    tx: &Connection,
    id: ImportId,
    work: &Work,
    now: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<()> {
    let Some(format) = work.format else { return Ok(()) };
    let (key, sha256) = (work.key.as_str(), work.sha256.as_str());
    let remember = |article: Option<ArticleId>, made: bool| {
        import::remember(tx, &NewItem { import: id, format, key, sha256, article, made })
    };
    match &work.what {
        What::Failed(_) => Ok(()),
        What::Unchanged => {
            counts.unchanged += 1;
            Ok(())
        }
        What::Feed(found) => {
            let (_, new) = feed::add(tx, &found.url, Some(&found.title), &rfc3339(now))?;
            if new {
                counts.new += 1
            } else {
                counts.unchanged += 1
            }
            remember(None, new)
        }
        // What became of it here is a person's work.
        What::Briefing(_) | What::Beside(_) if work.before.is_some() => {
            counts.unchanged += 1;
            remember(None, false)
        }
        What::Briefing(found) => {
            briefing::insert(tx, &found.title, found.dyad, &found.markdown, &rfc3339(now))?;
            counts.new += 1;
            remember(None, true)
        }
        What::Beside(found) => {
            let new = beside(tx, found, &rfc3339(now))?;
            if new {
                counts.new += 1
            } else {
                counts.unchanged += 1
            }
            remember(None, new)
        }
        What::Article(prepared) => {
            let (article, made) = keep(tx, work, prepared, now, counts)?;
            let restored = work.before.as_ref().is_some_and(|before| before.undone);
            // What a person put into the bin stays there as it is.
            if !article::in_bin(tx, article)? {
                tag::add_to_article(tx, article, prepared.tags())?;
                add(tx, id, article, made || restored, &work.item, now, counts)?;
            }
            remember(Some(article), made)
        }
    }
}

/// Keeps a search or a rule, unless it is there; answers whether it was not. A search that is there under
/// the same name stays as it is.
fn beside(tx: &Connection, found: &Beside, now: &str) -> Result<bool> {
    match found {
        Beside::Search { name, query } => {
            let name = normalise_spaces(name);
            let there = saved_search::list(tx)?;
            if there.iter().any(|kept| kept.name.to_lowercase() == name.to_lowercase()) {
                return Ok(false);
            }
            saved_search::create(tx, &name, query, now).map(|_| true)
        }
        Beside::Rule { host, rule } => {
            let there = outlet_rule::list(tx)?;
            if there.iter().any(|kept| kept.host == *host && kept.rule == *rule) {
                return Ok(false);
            }
            outlet_rule::insert(tx, host, rule, None, now).map(|_| true)
        }
    }
}

/// Keeps the article; answers which it is and whether it was not there before.
fn keep(
    tx: &Connection,
    work: &Work,
    prepared: &Prepared,
    now: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<(ArticleId, bool)> {
    let again = match work.format.filter(|_| work.again) {
        Some(format) => import::find_item(tx, format, &work.key)?,
        None => None,
    };
    let before =
        work.before.as_ref().or(again.as_ref()).and_then(|before| Some((before.article?, before.undone)));
    if let Some((article, undone)) = before {
        if undone && article::in_bin(tx, article)? {
            article::restore(tx, article, &rfc3339(now))?;
            counts.new += 1;
            counts.records_only += u32::from(prepared.is_record());
            return Ok((article, false));
        }
        // A record that changed there says nothing that a person may not have corrected here.
        if prepared.is_record() || article::in_bin(tx, article)? {
            counts.unchanged += 1;
            return Ok((article, false));
        }
    }
    let kept = prepared.place(tx, Bin::Leave, now)?;
    match kept.state {
        ClipState::New => {
            counts.new += 1;
            counts.records_only += u32::from(prepared.is_record());
            let saved = work.item.added_at.as_deref();
            if let Some(saved) = saved.filter(|saved| **saved < *rfc3339(now)) {
                article::set_clipped_at(tx, kept.id, saved)?;
            }
            // A headline that was corrected in another library of ours stays corrected.
            if work.format == Some(ImportFormat::Bilat) && work.item.title != prepared.title() {
                let edit = ArticleEdit { title: Some(&work.item.title), ..ArticleEdit::default() };
                article::edit(tx, kept.id, &edit, &rfc3339(now))?;
            }
            if work.item.read == Some(true) {
                article::set_unread(tx, kept.id, false)?;
            }
        }
        ClipState::NewSnapshot | ClipState::HeldBack => counts.new_snapshots += 1,
        ClipState::Unchanged => counts.unchanged += 1,
    }
    Ok((kept.id, kept.state == ClipState::New))
}

/// Adds what the item has besides its words; what is there already stays as it is.
fn add(
    tx: &Connection,
    id: ImportId,
    article: ArticleId,
    made: bool,
    item: &Item,
    now: DateTime<Utc>,
    counts: &mut ImportCounts,
) -> Result<()> {
    let now = rfc3339(now);
    tag::add_to_article(tx, article, &item.tags)?;
    item.pairs.iter().try_for_each(|pair| article::confirm_dyad(tx, article, *pair, &now))?;
    for name in &item.collections {
        let collection = collection::find_or_create(tx, name, &now)?;
        collection::add(tx, collection, &[article])?;
    }
    if item.annotations.is_empty() && item.notes.is_empty() {
        return Ok(());
    }
    let snapshot = snapshot::read(tx, article::current(tx, article)?)?;
    let there = annotation::list_marked(tx, article)?;
    let same = |one: &str, other: &str| normalise_spaces(one) == normalise_spaces(other);
    for mark in item.annotations.iter().cloned().chain(notes(item, &snapshot)) {
        let quote = quote(&snapshot, &mark);
        if there.iter().any(|(exact, note)| {
            same(exact, &quote.exact) && (same(note, &mark.note) || mark.note.is_empty())
        }) {
            continue;
        }
        let new = MarkedElsewhere {
            article,
            quote: &quote,
            kind: mark.kind.unwrap_or_default(),
            note: mark.note.trim(),
            tags: &mark.tags,
            statement: mark.statement.as_ref(),
            key_wish: mark.cite_key.as_ref(),
            created_at: mark.created_at.as_deref().filter(|at| **at < *now).unwrap_or(&now),
            now: &now,
        };
        let (annotation, found) = annotation::insert_marked_elsewhere(tx, &new)?;
        counts.annotations += 1;
        counts.annotations_missing += u32::from(!found);
        if !made {
            import::remember_annotation(tx, id, annotation)?;
        }
    }
    Ok(())
}

/// Notes on the whole of an item, as notes on its headline.
fn notes<'a>(item: &'a Item, snapshot: &Snapshot) -> impl Iterator<Item = Mark> + 'a {
    let headline = snapshot.blocks.iter().find(|block| block.kind == BlockKind::Title);
    let text = CodePoints::new(&snapshot.text);
    let exact = headline.map_or(item.title.clone(), |block| text.slice(block.span()).to_owned());
    item.notes.iter().map(move |note| Mark {
        exact: exact.clone(),
        note: note.clone(),
        kind: Some(AnnotationKind::Judgement),
        ..Mark::default()
    })
}

/// The marked words as the article has them: to the letter, else but for typography and white space.
fn quote(snapshot: &Snapshot, mark: &Mark) -> Quote {
    let given = Quote {
        exact: mark.exact.trim().to_owned(),
        prefix: mark.prefix.clone(),
        suffix: mark.suffix.clone(),
    };
    let text = CodePoints::new(&snapshot.text);
    let places = bilat_brief::places(&snapshot.text, &given.exact);
    let around = |span: &Span| {
        let before = normalise_spaces(text.slice(Span::new(span.start.saturating_sub(80), span.start)));
        let after = normalise_spaces(text.slice(Span::new(span.end, (span.end + 80).min(text.len()))));
        let (prefix, suffix) = (normalise_spaces(&given.prefix), normalise_spaces(&given.suffix));
        usize::from(!prefix.is_empty() && before.ends_with(&prefix))
            + usize::from(!suffix.is_empty() && after.starts_with(&suffix))
    };
    let headline =
        snapshot.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Title | BlockKind::Standfirst));
    let head: Vec<Span> = headline.map(|block| block.span()).collect();
    let in_body = |span: &Span| !head.iter().any(|block| block.overlaps(*span));
    let best = |spans: &[Span]| -> Option<Span> {
        let most = spans.iter().map(around).max()?;
        let mut fit = spans.iter().filter(|span| around(span) == most);
        let first = fit.next()?;
        fit.next().is_none().then_some(*first)
    };
    let body: Vec<Span> = places.iter().copied().filter(in_body).collect();
    // Words that stand in the headline and once in the body are the body's.
    match best(&body).or_else(|| if body.is_empty() { best(&places) } else { None }) {
        Some(span) => quote_at(&text, span).map_or(given.clone(), |target| target.quote),
        None => given,
    }
}
