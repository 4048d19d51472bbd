//! Corrections: what a person sets right on a page, and the rules that do it to the outlet's next pages.
//!
//! Words are never changed: a correction is a new snapshot of the same bytes with blocks set aside, brought
//! back or called by their right names. Making the former snapshot current again takes it back.

use bilat_clip::{Media, Words, correct};
use bilat_core::{
    BlockKind, CaptureRecord, CodePoints, OutletRule, OutletRuleId, Rule, Snapshot, host_of, shape,
};
use bilat_store::article::{self, ArticleEdit};
use bilat_store::snapshot::{self, NewSnapshot};
use bilat_store::{Transaction, outlet_rule, suggestion};

use crate::articles;
use crate::suggesting::suggest;
use crate::{App, ById, Changed, CorrectArticle, Corrected, Correction, Nothing, Result};

impl App {
    /// Corrects what was read from an article's page, and keeps the correction as a rule where asked.
    ///
    /// # Errors
    /// `not_found`; `bad_input` when there is no such block or line, the correction would leave nothing, or
    /// a rule is wished for an article without a web address.
    pub async fn correct_article(&self, request: CorrectArticle) -> Result<Corrected> {
        let (now, known) = (self.now(), self.known());
        self.write(Changed::Articles, move |tx| {
            let before = articles::read(tx, request.article)?;
            let host = before.url.as_deref().and_then(host_of);
            if request.keep_as_rule && host.is_none() {
                return Err(invalid("a rule is kept for a site, and this article has no web address"));
            }
            let rule = rule(&before.snapshot, &request.correction)?;
            if let Rule::Outlet { name } = &rule {
                let edit = ArticleEdit { outlet: Some(name), ..ArticleEdit::default() };
                article::edit(tx, before.id, &edit, &now)?;
            } else {
                let corrected = corrected(tx, &before.snapshot, &rule)?;
                let added = keep(tx, &before, &corrected, rule.clone(), &now)?;
                let published = before.published.as_ref().map(|published| &published.on);
                let found = suggest(&corrected.text, published, before.dateline.as_deref(), &known);
                suggestion::replace_open(tx, added, &found)?;
            }
            let rule = match host.filter(|_| request.keep_as_rule) {
                Some(host) => Some(outlet_rule::insert(tx, &host, &rule, Some(before.id), &now)?),
                None => None,
            };
            let article = articles::read(tx, before.id)?;
            Ok(Corrected { article, rule, before: before.snapshot.id })
        })
        .await
    }

    /// The rules that hold, by outlet.
    pub(crate) async fn list_outlet_rules(&self, _: Nothing) -> Result<Vec<OutletRule>> {
        self.read(outlet_rule::list).await
    }

    /// Lets a rule hold no more.
    pub(crate) async fn delete_outlet_rule(&self, request: ById<OutletRuleId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Rules, move |tx| outlet_rule::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Lets a deleted rule hold again.
    pub(crate) async fn restore_outlet_rule(&self, request: ById<OutletRuleId>) -> Result<OutletRule> {
        let now = self.now();
        self.write(Changed::Rules, move |tx| {
            outlet_rule::restore(tx, request.id, &now)?;
            outlet_rule::read(tx, request.id)
        })
        .await
    }
}

fn invalid(message: &str) -> bilat_store::Error {
    bilat_store::Error::Invalid(message.to_owned())
}

/// The rule that a correction of this snapshot comes to.
fn rule(on: &Snapshot, correction: &Correction) -> bilat_store::Result<Rule> {
    let text = CodePoints::new(&on.text);
    let block = |at: u32| {
        on.blocks.get(at as usize).copied().ok_or_else(|| bilat_store::Error::not_found("block", at))
    };
    let words = |at: u32| block(at).map(|block| text.slice(block.span()));
    let nth = |at: u32, kind: BlockKind| {
        on.blocks[..at as usize].iter().filter(|block| block.kind == kind).count() as u32
    };
    Ok(match correction {
        Correction::Furniture { block: at } => match block(*at)?.kind {
            BlockKind::Title => {
                return Err(invalid("the headline cannot be furniture; choose another headline"));
            }
            _ => Rule::Furniture { shape: shape(words(*at)?) },
        },
        Correction::Keep { line } => {
            let line = on.set_aside.get(*line as usize);
            let line = line.ok_or_else(|| invalid("there is no such line among those set aside"))?;
            Rule::Keep { shape: shape(line) }
        }
        Correction::Title { block: at } => {
            let kind = block(*at)?.kind;
            Rule::Title { kind, nth: nth(*at, kind) }
        }
        Correction::TitlePart { text: wanted } => {
            let title = on.blocks.iter().find(|block| block.kind == BlockKind::Title);
            let title = title.map_or("", |block| text.slice(block.span()));
            let wanted = wanted.trim();
            let found = title.split_once(wanted).filter(|_| !wanted.is_empty());
            let (before, after) = found.ok_or_else(|| {
                invalid("these words are no part of the headline; edit the article instead")
            })?;
            Rule::TitlePart { before: shape(before), after: shape(after) }
        }
        Correction::Standfirst { block: Some(at) } => {
            let kind = block(*at)?.kind;
            Rule::Standfirst { kind, nth: nth(*at, kind) }
        }
        Correction::Standfirst { block: None } => Rule::NoStandfirst,
        Correction::Outlet { name } if name.trim().is_empty() => return Err(invalid("name the outlet")),
        Correction::Outlet { name } => Rule::Outlet { name: name.trim().to_owned() },
    })
}

/// The words of `on` after `rule`.
fn corrected(tx: &Transaction<'_>, on: &Snapshot, rule: &Rule) -> bilat_store::Result<Words> {
    let mut words = Words {
        text: on.text.clone(),
        blocks: on.blocks.clone(),
        html: on.html.clone(),
        set_aside: on.set_aside.clone(),
    };
    let raw = snapshot::raw(tx, on.id)?;
    let media = Media::from_type(&on.capture.media_type);
    if correct(&mut words, std::slice::from_ref(rule), &raw, media).is_empty() {
        return Err(invalid("this correction would change nothing, or leave nothing of the article"));
    }
    Ok(words)
}

/// Keeps corrected words as a new snapshot of the bytes of the current one.
fn keep(
    tx: &Transaction<'_>,
    before: &bilat_core::Article,
    words: &Words,
    rule: Rule,
    now: &str,
) -> bilat_store::Result<bilat_core::SnapshotId> {
    let raw = snapshot::raw(tx, before.snapshot.id)?;
    let mut corrections = before.snapshot.capture.corrections.clone();
    corrections.push(rule);
    let capture = CaptureRecord { corrections, ..before.snapshot.capture.clone() };
    let new = NewSnapshot {
        raw: &raw,
        html: &words.html,
        text: &words.text,
        blocks: &words.blocks,
        set_aside: &words.set_aside,
        capture: &capture,
        held_back: None,
    };
    let added = article::add_snapshot(tx, before.id, &new, now)?;
    // The person who corrects it has read it.
    article::set_unread(tx, before.id, before.unread)?;
    Ok(added)
}
