/** One article on the desk: what is read, what is marked on it, and every change with its way back. */
import type { Notices } from '../controls/notices.svelte';
import type { Ordered } from '../host/actors.svelte';
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { Annotation, AnnotationId, AnnotationKind, AnnotationLink, Article, ArticleId, Correction, Dyad, LinkAnnotations, LinkRelation, SnapshotId, SnapshotSummary, Span, StatementDraft, Suggestion, UnplacedAnnotation } from '../host/schema';
import { momentOf, t } from '../texts';
import { Draft, pairOf } from './draft.svelte';
import { marksOf, type Mark } from './marks';

export class Reading {
  article = $state.raw<Article | null>(null);
  failure = $state.raw<Failure | null>(null);
  loading = $state(false);
  /** The name of the mark that is lit in the text and in the margin. */
  current = $state<string | null>(null);
  /** Words to be shown that are no mark: what a briefing quotes. */
  passage = $state.raw<Span | null>(null);
  draft = $state.raw<Draft | null>(null);
  /** The mark whose passage is being chosen by hand. */
  placing = $state.raw<{ annotation: Annotation; passage: number } | null>(null);
  /** The mark that waits to be linked to another; it waits while other articles are opened. */
  linking = $state.raw<Annotation | null>(null);
  /** All marks of the library whose words do not stand as they were marked. */
  unplaced = $state.raw<UnplacedAnnotation[]>([]);
  /** Notes as the exporter sets them, by their Markdown. */
  notes = $state.raw<ReadonlyMap<string, string>>(new Map());
  /** The two snapshots that are held against each other, instead of the article. */
  comparing = $state.raw<{ older: SnapshotId; newer: SnapshotId } | null>(null);
  /** The analyst's order of the pair the article is read under. */
  pair = $state.raw<Ordered | null>(null);
  readonly sides = $derived(this.pair ?? (this.article ? pairOf(this.article) : null));
  readonly marks = $derived(this.article ? marksOf(this.article, this.sides) : []);
  readonly #host: Host;
  readonly #notices: Notices;
  #wanted: ArticleId | null = null;
  /** Forms that were begun in articles that are not open now: leaving an article loses no words. */
  readonly #begun = new Map<ArticleId, Draft>();

  constructor(host: Host, notices: Notices) {
    this.#host = host;
    this.#notices = notices;
  }

  /** Opens an article, at a mark or at a passage of its text where one is given; an unread one becomes read. */
  async open(id: ArticleId, pair: Ordered | null, at?: AnnotationId, passage?: Span) {
    const other = this.#wanted !== id;
    this.#wanted = id;
    this.pair = pair;
    this.passage = null;
    if (other) {
      this.#putAside();
      this.comparing = null;
      this.placing = null;
      this.current = null;
      this.failure = null;
      this.loading = true;
      // The last article stays until the next one is there, unless it takes long enough to be seen waiting.
      const before = this.article;
      setTimeout(() => {
        if (this.loading && this.article === before) this.article = null;
      }, 300);
    }
    await this.refresh();
    if (this.#wanted !== id || !this.article) return;
    if (other) this.#takeUp(this.article);
    if (at !== undefined) this.current = `a${at}`;
    this.passage = passage ?? null;
    if (other && this.article.unread && !this.article.deleted) await this.#host.call('set_unread', { id, unread: false }).catch(() => {});
  }

  close() {
    this.#putAside();
    this.#wanted = null;
    this.article = null;
    this.comparing = null;
    this.failure = null;
  }

  /** Keeps the form that is open for when its article is opened again, and says so; one that nobody touched goes. */
  #putAside() {
    const { draft, article } = this;
    this.draft = null;
    if (!draft?.touched || !article) return;
    this.#begun.set(article.id, draft);
    this.#notices.say(t.form.waits(article.title));
  }

  /** Opens the form that was begun in this article. */
  #takeUp(article: Article) {
    const draft = this.#begun.get(article.id);
    if (!draft || article.deleted) return;
    this.#begun.delete(article.id);
    if (draft.moveTo(article.snapshot)) this.draft = draft;
    else this.#notices.say(t.form.lost);
  }

  async refresh() {
    const id = this.#wanted;
    if (id === null) return;
    try {
      const article = await this.#host.call('read_article', { id });
      if (this.#wanted !== id) return;
      this.article = article;
      this.failure = null;
      void this.#lookUp(article);
    } catch (thrown) {
      if (this.#wanted !== id) return;
      this.article = null;
      this.failure = Failure.from(thrown);
    } finally {
      if (this.#wanted === id) this.loading = false;
    }
  }

  /** What the margin shows beside the article itself: its notes set, and the marks of all articles that need a look. */
  async #lookUp(article: Article) {
    const wanted = [...new Set(article.annotations.map(({ note }) => note).filter((note) => note !== '' && !this.notes.has(note)))];
    try {
      if (wanted.length > 0) {
        const set = await this.#host.call('render_notes', { notes: wanted });
        this.notes = new Map([...this.notes, ...wanted.map((note, at): [string, string] => [note, set[at] ?? ''])]);
      }
      this.unplaced = await this.#host.call('list_unplaced', {});
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
    }
  }

  /** Reads again what an event says has changed. */
  hear({ what, id }: LibraryEvent) {
    const own = what === 'articles' ? id === null || id === this.#wanted : ['annotations', 'suggestions', 'library'].includes(what);
    if (own) void this.refresh();
  }

  // Moving among the marks.

  /** Lights the next (1) or previous (−1) mark; answers its name. */
  step(by: 1 | -1): string | null {
    const at = this.marks.findIndex(({ name }) => name === this.current);
    const to = at < 0 ? (by > 0 ? 0 : this.marks.length - 1) : at + by;
    const mark = this.marks[to];
    if (mark) this.current = mark.name;
    return mark?.name ?? null;
  }

  get currentMark(): Mark | null {
    return this.marks.find(({ name }) => name === this.current) ?? null;
  }

  // Snapshots and origins.

  /** Holds `snapshot`, else the newest, against the one before it; null goes back to the article. */
  compare(snapshot?: SnapshotId | null) {
    const all = this.article?.snapshots ?? [];
    if (snapshot === null || all.length < 2) return void (this.comparing = null);
    const current = all.find(({ standing }) => standing === 'current') ?? all[0]!;
    const asked = all.find(({ id }) => id === snapshot);
    // A capture that is held back is held against what is shown; what is shown against what was before.
    const other = asked && asked.id !== current.id ? asked : all[all.indexOf(current) + 1] ?? all.find(({ id }) => id !== current.id)!;
    const [newer, older] = all.indexOf(other) < all.indexOf(current) ? [other, current] : [current, other];
    this.draft = null;
    this.comparing = { older: older.id, newer: newer.id };
  }

  async makeCurrent({ id, capture }: Pick<SnapshotSummary, 'id' | 'capture'>) {
    const before = this.article?.snapshot.id;
    if (before === undefined) return;
    await this.#try(async () => {
      this.article = await this.#host.call('make_current', { id });
      this.comparing = null;
      this.#notices.undoable(t.snapshots.madeCurrent(momentOf(capture.captured_at)), async () => {
        this.article = await this.#host.call('make_current', { id: before });
      });
    });
  }

  /** Corrects what was taken for the article; as a rule it holds for the outlet's later clips, too. */
  async correct(correction: Correction, asRule: boolean, said: string) {
    const article = this.article;
    if (!article) return;
    await this.#try(async () => {
      const corrected = await this.#host.call('correct_article', { article: article.id, correction, keep_as_rule: asRule });
      this.article = corrected.article;
      const { rule, before } = corrected;
      const back = async () => {
        if (rule) await this.#host.call('delete_outlet_rule', { id: rule.id });
        this.article = await this.#host.call('make_current', { id: before });
      };
      const { outlet } = article;
      if (rule) this.#notices.undoable(t.corrections.kept(outlet ?? rule.host), back);
      else this.#notices.undoable(said, back, outlet ? { text: t.corrections.keep(outlet), run: async () => void (await back(), await this.correct(correction, true, said)) } : undefined);
    });
  }

  /** Takes the article out of its origin. */
  async split() {
    const article = this.article;
    const with_ = article?.same_origin.find(({ relation }) => relation !== 'quoting')?.row.id;
    if (!article || with_ === undefined) return;
    await this.#try(async () => {
      this.article = await this.#host.call('split_origin', { id: article.id });
      this.#notices.undoable(t.origins.wasSplit, async () => {
        this.article = await this.#host.call('join_origin', { article: article.id, with: with_ });
      });
    });
  }

  /** Says that another article is of the same origin. */
  async join(with_: ArticleId, title: string) {
    const article = this.article;
    if (!article) return;
    this.article = await this.#host.call('join_origin', { article: article.id, with: with_ });
    this.#notices.undoable(t.origins.joined(title), async () => {
      this.article = await this.#host.call('split_origin', { id: article.id });
    });
  }

  // The form.

  /** Starts a mark on `spans`; when they are a suggestion's, its attribution is filled in. */
  begin(spans: Span[], kind: AnnotationKind = 'quote') {
    const article = this.article;
    if (!article || article.deleted) return;
    const suggestion = article.suggestions.find(
      (known): known is Extract<Suggestion, { type: 'statement' }> =>
        known.type === 'statement' && known.spans.some((span) => spans.some(({ start, end }) => start < span.end && span.start < end)),
    );
    const same = suggestion?.spans.length === spans.length && suggestion.spans.every((span, at) => Math.abs(span.start - spans[at]!.start) <= 2 && Math.abs(span.end - spans[at]!.end) <= 2);
    const origin = kind === 'quote' && suggestion && same ? { suggestion } : {};
    const draft = new Draft(article, this.pair, origin.suggestion ? origin.suggestion.spans : spans, origin, kind);
    // Words beside a suggested quotation are most likely the same person's.
    if (kind === 'quote' && suggestion && !same) {
      draft.speaker = suggestion.speaker ?? suggestion.named ?? '';
      draft.role = suggestion.role ?? '';
      draft.speaksFor(suggestion.country);
    }
    this.draft = draft;
  }

  edit(mark: Mark) {
    const article = this.article;
    if (!article) return;
    this.current = mark.name;
    if (mark.what === 'annotation') this.draft = new Draft(article, this.pair, mark.spans, { annotation: mark.annotation });
    else if (mark.suggestion.type === 'statement') this.draft = new Draft(article, this.pair, mark.suggestion.spans, { suggestion: mark.suggestion });
  }

  discard() {
    this.draft = null;
  }

  /** Saves the form. Rejects when it was not saved; the form then stays as it is. */
  async save(draft: Draft) {
    const article = this.article;
    if (!article) return;
    const { annotation, suggestion } = draft.origin;
    const { kind, spans } = draft;
    const note = draft.note.trim();
    const tags = [...draft.tags];
    const statement = draft.statement();
    // The source's rating first: should it fail, nothing was saved, and saving again makes nothing twice.
    const rated = draft.isStatement && draft.reliability !== article.reliability;
    if (rated) await this.#host.call('edit_article', { id: article.id, reliability: draft.reliability });
    const rateBack = async () => {
      if (rated) await this.#host.call('edit_article', { id: article.id, reliability: article.reliability });
    };
    if (annotation) {
      await this.#host.call('edit_annotation', { id: annotation.id, kind, note, tags, ...(statement && { statement }) });
      this.#notices.undoable(null, async () => {
        await rateBack();
        await this.#host.call('edit_annotation', { id: annotation.id, kind: annotation.kind, note: annotation.note, tags: annotation.tags, ...(annotation.statement && { statement: draftOf(annotation.statement) }) });
        await this.refresh();
      });
    } else if (suggestion && statement) {
      const made = await this.#host.call('accept_suggestion', { id: suggestion.id, statement, note, tags });
      this.#undoAccept(suggestion, rateBack);
      if (made) this.current = `a${made.id}`;
    } else {
      const made = await this.#host.call('annotate', { article: String(article.id), spans, kind, note, tags, ...(statement && { statement }) });
      this.#notices.undoable(null, async () => {
        await rateBack();
        await this.#host.call('delete_annotation', { id: made.id });
        await this.refresh();
      });
      this.current = `a${made.id}`;
    }
    this.draft = null;
    await this.refresh();
  }

  // Single changes.

  async accept(mark: Mark) {
    if (mark.what !== 'suggestion') return;
    await this.#try(async () => {
      const next = this.#neighbour(mark);
      const made = await this.#host.call('accept_suggestion', { id: mark.suggestion.id });
      this.#undoAccept(mark.suggestion);
      await this.refresh();
      this.current = next ?? (made ? `a${made.id}` : null);
    });
  }

  /** Rejects a suggestion, or deletes what was marked. */
  async remove(mark: Mark) {
    await this.#try(async () => {
      const next = this.#neighbour(mark);
      if (mark.what === 'suggestion') {
        const { id } = mark.suggestion;
        await this.#host.call('reject_suggestion', { id });
        this.#notices.undoable(t.card.rejected, async () => {
          await this.#host.call('reopen_suggestion', { id });
          await this.refresh();
        });
      } else {
        const { id } = mark.annotation;
        await this.#host.call('delete_annotation', { id });
        this.#notices.undoable(t.card.removed, async () => {
          await this.#host.call('restore_annotation', { id });
          await this.refresh();
        });
      }
      await this.refresh();
      this.current = next;
    });
  }

  // Placing by hand, and linking.

  /** Says that a mark's passage is `span` now; without one, the place that was found for it. */
  async place({ annotation, passage }: { annotation: Annotation; passage: number }, span: Span) {
    const { id, state, targets } = annotation;
    // What a person had placed goes back there; what nobody had is looked for again.
    const before = state === 'anchored' || state === 'placed' ? { span: targets[passage]!.position } : {};
    await this.#try(async () => {
      await this.#host.call('place_annotation', { id, passage, span });
      this.placing = null;
      this.#notices.undoable(t.card.placed, async () => {
        await this.#host.call('place_annotation', { id, passage, ...before });
        await this.refresh();
      });
      await this.refresh();
      this.current = `a${id}`;
    });
  }

  /** Says what the mark that waits does to `other`. */
  async link(relation: LinkRelation, other: Annotation) {
    const from = this.linking;
    if (!from) return;
    await this.#linked('link_annotations', { annotation: from.id, relation, other: other.id }, t.card.linked);
    this.linking = null;
  }

  async unlink(annotation: Annotation, { relation, outgoing, other }: AnnotationLink) {
    const link = outgoing ? { annotation: annotation.id, relation, other } : { annotation: other, relation, other: annotation.id };
    await this.#linked('unlink_annotations', link, t.card.unlinked);
  }

  async #linked(command: 'link_annotations' | 'unlink_annotations', link: LinkAnnotations, said: string) {
    await this.#try(async () => {
      await this.#host.call(command, link);
      this.#notices.undoable(said, async () => {
        await this.#host.call(command === 'link_annotations' ? 'unlink_annotations' : 'link_annotations', link);
        await this.refresh();
      });
      await this.refresh();
    });
  }

  async setDate(published: string) {
    const article = this.article;
    if (!article) return;
    await this.#try(async () => {
      this.article = await this.#host.call('edit_article', { id: article.id, published });
      if (article.published) this.#notices.say(t.reader.confirmed);
    });
  }

  async confirmPair(dyad: Dyad) {
    const article = this.article;
    if (!article) return;
    await this.#try(async () => {
      this.article = await this.#host.call('confirm_dyad', { id: article.id, dyad });
      this.#notices.undoable(null, async () => {
        this.article = await this.#host.call('reopen_dyad', { id: article.id, dyad });
      });
    });
  }

  async removePair(dyad: Dyad, text: string) {
    const article = this.article;
    if (!article) return;
    // A pair that was only suggested is a suggestion again, not a fact.
    const undo = article.dyads.includes(dyad) ? 'confirm_dyad' : 'reopen_dyad';
    await this.#try(async () => {
      this.article = await this.#host.call('remove_dyad', { id: article.id, dyad });
      this.#notices.undoable(text, async () => {
        this.article = await this.#host.call(undo, { id: article.id, dyad });
      });
    });
  }

  #undoAccept(suggestion: Suggestion, before: () => Promise<void> = async () => {}) {
    this.#notices.undoable(null, async () => {
      await before();
      await this.#host.call('reopen_suggestion', { id: suggestion.id });
      await this.refresh();
    });
  }

  /** Where to go when `mark` is dealt with: the next suggestion, so that one key after the other does. */
  #neighbour(mark: Mark): string | null {
    const at = this.marks.findIndex(({ name }) => name === mark.name);
    const next = this.marks.slice(at + 1).find(({ what }) => what === mark.what) ?? this.marks[at + 1] ?? this.marks[at - 1];
    return next?.name ?? null;
  }

  async #try(change: () => Promise<void>) {
    try {
      await change();
    } catch (thrown) {
      this.#notices.fail(Failure.from(thrown));
    }
  }
}

function draftOf(statement: NonNullable<Article['annotations'][number]['statement']>): StatementDraft {
  const { speaker, role, organisation, country, about, addressee, venue, said_on, mode, language, translation, translator, translation_status, issue, stance, credibility } = statement;
  return { speaker, role, organisation, country, about, addressee, venue, said_on, mode, language, translation, translator, translation_status, issue, stance, credibility };
}
