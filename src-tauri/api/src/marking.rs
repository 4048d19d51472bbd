//! Marking passages: annotations, statements, and suggestions that become them.

use bilat_brief::export;
use bilat_core::{
    Annotation, AnnotationId, AnnotationKind, CodePoints, Snapshot, Span, StatementDraft, Suggested,
    SuggestionId, Target, UnplacedAnnotation, quote_at,
};
use bilat_store::annotation::{self, AnnotationEdit, NewAnnotation};
use bilat_store::suggestion::{self, AcceptedAs, SuggestionState};
use bilat_store::{Transaction, article, link};

use crate::sources::FromLibrary;
use crate::{
    AcceptSuggestion, Annotate, App, ById, Changed, EditAnnotation, LinkAnnotations, Nothing,
    PlaceAnnotation, RenderNotes, Result,
};
use crate::{articles, knowing};

impl App {
    /// Marks a passage.
    ///
    /// # Errors
    /// `not_found` when there is no such article; `bad_input` when the words do not stand in it, or
    /// stand in more than one place and the context does not say which.
    pub async fn annotate(&self, request: Annotate) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            let id = article::resolve(tx, &request.article)?;
            let article = articles::read(tx, id)?;
            let spans = match &request.spans {
                Some(spans) => spans.clone(),
                None => vec![locate(&article.snapshot, &request)?],
            };
            let new = NewAnnotation {
                article: id,
                snapshot: article.snapshot.id,
                targets: &targets(&article.snapshot, &spans)?,
                kind: request.kind.unwrap_or_default(),
                note: request.note.as_deref().unwrap_or_default(),
                tags: request.tags.as_deref().unwrap_or_default(),
                statement: request.statement.as_ref(),
                created_at: &now,
            };
            let made = annotation::insert(tx, &new)?;
            annotation::read(tx, made)
        })
        .await
    }

    /// Changes an annotation.
    pub(crate) async fn edit_annotation(&self, request: EditAnnotation) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            let edit = AnnotationEdit {
                kind: request.kind,
                note: request.note.as_deref(),
                tags: request.tags.as_deref(),
                statement: request.statement.as_ref().map(Some),
            };
            annotation::edit(tx, request.id, &edit, &now)?;
            annotation::read(tx, request.id)
        })
        .await
    }

    /// Takes an annotation away; it can be restored.
    pub(crate) async fn delete_annotation(&self, request: ById<AnnotationId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| annotation::delete(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Brings a deleted annotation back.
    pub(crate) async fn restore_annotation(&self, request: ById<AnnotationId>) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            annotation::restore(tx, request.id, &now)?;
            annotation::read(tx, request.id)
        })
        .await
    }

    /// Says where a passage stands in the current snapshot, by hand, or has it looked for again.
    ///
    /// # Errors
    /// `not_found`; `bad_input` when the place lies outside the text.
    pub(crate) async fn place_annotation(&self, request: PlaceAnnotation) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            annotation::set_place(tx, request.id, request.passage, request.span, &now)?;
            annotation::read(tx, request.id)
        })
        .await
    }

    /// The annotations that a person must look at, because their words do not stand where they were marked.
    pub(crate) async fn list_unplaced(&self, Nothing {}: Nothing) -> Result<Vec<UnplacedAnnotation>> {
        self.read(annotation::list_unplaced).await
    }

    /// Says what one annotation does to another.
    pub(crate) async fn link_annotations(&self, request: LinkAnnotations) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            link::insert(tx, request.annotation, request.relation, request.other, &now)?;
            annotation::read(tx, request.annotation)
        })
        .await
    }

    /// Takes back what was said of two annotations.
    pub(crate) async fn unlink_annotations(&self, request: LinkAnnotations) -> Result<Annotation> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| {
            link::delete(tx, request.annotation, request.relation, request.other, &now)?;
            annotation::read(tx, request.annotation)
        })
        .await
    }

    /// Notes as the exporter sets them: HTML without scripts, pictures or anything that is fetched.
    pub(crate) async fn render_notes(&self, request: RenderNotes) -> Result<Vec<String>> {
        self.read(move |conn| {
            let sources = FromLibrary::new(conn);
            let set = |note: &String| export::passage(&bilat_brief::parse(note), &sources);
            Ok(request.notes.iter().map(set).collect())
        })
        .await
    }

    /// Accepts a suggestion: a quotation becomes a statement, a pair is confirmed. What comes of it is
    /// a record of its own; the suggestion stays and says what it became.
    pub(crate) async fn accept_suggestion(&self, request: AcceptSuggestion) -> Result<Option<Annotation>> {
        let now = self.now();
        let (made, learned) = self.write(Changed::Annotations, move |tx| accept(tx, request, &now)).await?;
        if let Some(words) = learned {
            self.tell(Changed::Knowledge, None);
            self.apply(words).await?;
        }
        self.tell(Changed::Suggestions, None);
        self.tell(Changed::Articles, None);
        Ok(made)
    }

    /// Rejects a suggestion; it is not shown again.
    pub(crate) async fn reject_suggestion(&self, request: ById<SuggestionId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Suggestions, move |tx| suggestion::reject(tx, request.id, &now)).await?;
        Ok(Nothing {})
    }

    /// Takes back a rejection, or an acceptance with what came of it. Accepted again, it becomes the same
    /// record as before.
    pub(crate) async fn reopen_suggestion(&self, request: ById<SuggestionId>) -> Result<Nothing> {
        let now = self.now();
        self.write(Changed::Annotations, move |tx| suggestion::reopen(tx, request.id, &now)).await?;
        self.tell(Changed::Suggestions, None);
        self.tell(Changed::Articles, None);
        Ok(Nothing {})
    }
}

fn accept(
    tx: &Transaction<'_>,
    request: AcceptSuggestion,
    now: &str,
) -> bilat_store::Result<(Option<Annotation>, Option<String>)> {
    let (found, id, state) = suggestion::read(tx, request.id)?;
    if state != SuggestionState::Open {
        return Err(bilat_store::Error::Invalid(format!(
            "accepting suggestion {}: it was decided already",
            request.id
        )));
    }
    let suggested = found.what.clone();
    let (spans, kind, statement) = match found.what {
        Suggested::Dyad { dyad, .. } => {
            article::confirm_dyad(tx, id, dyad, now)?;
            return Ok((None, None));
        }
        Suggested::Country { country, .. } => {
            suggestion::accept(tx, request.id, AcceptedAs::Country(country), now)?;
            return Ok((None, None));
        }
        Suggested::Date { .. } => {
            suggestion::accept(tx, request.id, AcceptedAs::Itself, now)?;
            return Ok((None, None));
        }
        Suggested::Event { span, .. } => (vec![span], AnnotationKind::Fact, None),
        Suggested::Statement { spans, mode, named, speaker, role, country, said_on } => {
            let draft = StatementDraft {
                speaker: speaker.or(named),
                role,
                country,
                said_on,
                mode: Some(mode),
                ..StatementDraft::default()
            };
            (spans, AnnotationKind::Quote, Some(draft))
        }
    };
    let statement = request.statement.or(statement);
    let learned = knowing::learn(tx, &suggested, statement.as_ref(), now)?;
    if let Some(former) = suggestion::former(tx, request.id)? {
        let edit = AnnotationEdit {
            kind: Some(kind),
            note: Some(request.note.as_deref().unwrap_or_default()),
            tags: Some(request.tags.as_deref().unwrap_or_default()),
            statement: Some(statement.as_ref()),
        };
        annotation::restore(tx, former, now)?;
        annotation::edit(tx, former, &edit, now)?;
        suggestion::accept(tx, request.id, AcceptedAs::Annotation(former), now)?;
        return Ok((Some(annotation::read(tx, former)?), learned));
    }
    let article = articles::read(tx, id)?;
    let new = NewAnnotation {
        article: id,
        snapshot: article.snapshot.id,
        targets: &targets(&article.snapshot, &spans)?,
        kind,
        note: request.note.as_deref().unwrap_or_default(),
        tags: request.tags.as_deref().unwrap_or_default(),
        statement: statement.as_ref(),
        created_at: now,
    };
    let made = annotation::insert(tx, &new)?;
    suggestion::accept(tx, request.id, AcceptedAs::Annotation(made), now)?;
    Ok((Some(annotation::read(tx, made)?), learned))
}

fn targets(snapshot: &Snapshot, spans: &[Span]) -> bilat_store::Result<Vec<Target>> {
    let text = CodePoints::new(&snapshot.text);
    let marked = spans.iter().map(|span| quote_at(&text, *span)).collect::<Option<Vec<_>>>();
    marked.filter(|targets| !targets.is_empty()).ok_or_else(|| {
        bilat_store::Error::Invalid(
            "marking a passage: it lies outside the text; select words of the article".into(),
        )
    })
}

/// Where the words of `request` stand: to the letter, else but for typography. The body is preferred
/// to the headline and standfirst, which often repeat it.
fn locate(snapshot: &Snapshot, request: &Annotate) -> bilat_store::Result<Span> {
    let invalid = |why: String| bilat_store::Error::Invalid(format!("marking a passage: {why}"));
    let exact = request.exact.as_deref().unwrap_or_default().trim();
    if exact.is_empty() {
        return Err(invalid("no words were given; say which with --exact".into()));
    }
    let mut places = bilat_brief::places(&snapshot.text, exact);
    let text = CodePoints::new(&snapshot.text);
    let fits = |span: &Span| {
        let before = text.slice(Span::new(0, span.start));
        let after = text.slice(Span::new(span.end, text.len()));
        request.prefix.as_deref().is_none_or(|prefix| before.trim_end().ends_with(prefix.trim()))
            && request.suffix.as_deref().is_none_or(|suffix| after.trim_start().starts_with(suffix.trim()))
    };
    places.retain(fits);
    let body: Vec<Span> = places.iter().copied().filter(|span| in_body(snapshot, *span)).collect();
    match (body.as_slice(), places.as_slice()) {
        ([one], _) | ([], [one]) => Ok(*one),
        (_, []) => {
            Err(invalid("these words do not stand in the article; copy them from `bilat show`".into()))
        }
        _ => Err(invalid(format!(
            "these words stand in {} places; say which with --prefix or --suffix",
            places.len()
        ))),
    }
}

fn in_body(snapshot: &Snapshot, span: Span) -> bool {
    use bilat_core::BlockKind::{Standfirst, Title};
    let outside = |block: &&bilat_core::Block| matches!(block.kind, Title | Standfirst);
    !snapshot.blocks.iter().filter(outside).any(|block| block.span().overlaps(span))
}
