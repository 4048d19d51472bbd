/**
 * An open briefing: its text in the editor, what the check and the preview say of it, and its way to the library.
 *
 * The editor's document is the one truth; everything here follows it.
 */
import type { EditorView } from '@codemirror/view';
import { sideOf, sidesOf, type Ordered } from '../host/actors.svelte';
import { Failure, type Host } from '../host/host';
import type { AnnotationId, ArticleId, Briefing, Preview, Span } from '../host/schema';
import { briefing as t } from '../texts';
import { Autosave, unsaved } from './autosave.svelte';
import { standing, type Check, type Quotation } from './check';
import { CITATION, keysOf } from './editor/citations';
import { setFindings, type Finding, type Side } from './editor/findings';
import { facts } from './editor/frontmatter';
import { EvidenceTray } from './evidence.svelte';
import { Latest } from './latest';
import { outline, type Section } from './outline';
import { Positions } from './positions';

/** How long typing must rest before the quotations are checked, and before the page is drawn. */
const CHECK_MS = 150;
const PREVIEW_MS = 220;

/** Where words are read in their article: at their mark, or at the passage. */
export interface Place {
  article: ArticleId;
  annotation?: AnnotationId;
  passage?: Span;
}

export class OpenBriefing {
  briefing = $state.raw() as Briefing;
  view = $state.raw<EditorView | null>(null);
  check = $state.raw<Check | null>(null);
  checkFailure = $state<Failure | null>(null);
  preview = $state.raw<Preview | null>(null);
  previewFailure = $state<Failure | null>(null);
  sections = $state.raw<Section[]>([]);
  /** The section the caret stands in, by its place in `sections`; −1 above the first. */
  section = $state(-1);
  /** The line of the caret, from 1. */
  line = $state(1);
  title = $state('');
  /** Whether the text comes from memory, because an earlier save failed. */
  restored: boolean;
  /** After a conflict: what the library has. */
  other = $state.raw<Briefing | null>(null);
  readonly autosave: Autosave;
  readonly evidence: EvidenceTray;
  readonly pair: Ordered;
  readonly #host: Host;
  readonly #checks: Latest<string, Check>;
  readonly #previews: Latest<string, Preview>;
  #known = '';

  /** Reads the briefing; words that an earlier view could not save come back with it. */
  static async read(host: Host, id: number, pair: Ordered | null): Promise<OpenBriefing> {
    return new OpenBriefing(host, await host.call('read_briefing', { id }), pair);
  }

  constructor(host: Host, briefing: Briefing, pair: Ordered | null) {
    const kept = unsaved(briefing.id);
    this.#host = host;
    this.restored = kept !== null && kept.markdown !== briefing.markdown;
    this.briefing = kept ? { ...briefing, markdown: kept.markdown, revision: kept.revision } : briefing;
    this.title = briefing.title;
    this.pair = pair ?? written(briefing.markdown) ?? sidesOf(briefing.dyad);
    this.evidence = new EvidenceTray(host, briefing.dyad);
    this.autosave = new Autosave(briefing.id, this.briefing, async (markdown, revision) => {
      const saved = await host.call('save_briefing', { id: briefing.id, markdown, revision });
      this.title = saved.title;
      return saved;
    });
    this.#checks = new Latest(
      (markdown) => host.call('check_briefing', { markdown }),
      (check, markdown) => this.#checked(check, markdown),
      (thrown) => (this.checkFailure = Failure.from(thrown)),
      CHECK_MS,
    );
    this.#previews = new Latest(
      (markdown) => host.call('preview_briefing', { markdown }),
      (preview) => {
        this.preview = preview;
        this.previewFailure = null;
      },
      (thrown) => (this.previewFailure = Failure.from(thrown)),
      PREVIEW_MS,
    );
  }

  /** The editor is there: asks for everything about the text in it. */
  async begin(view: EditorView) {
    this.view = view;
    this.#follow(view);
    const text = view.state.doc.toString();
    this.#checks.now(text);
    this.#previews.now(text);
    if (this.restored) this.autosave.edited(text);
    await this.evidence.load();
    // Sides are known only now: the tint of every quotation follows from the evidence.
    if (this.check) this.#draw(this.check, this.#known);
  }

  /** The text has changed. */
  changed(view: EditorView) {
    const text = view.state.doc.toString();
    this.autosave.edited(text);
    this.#checks.want(text);
    this.#previews.want(text);
    this.#follow(view);
  }

  /** The caret has moved. */
  moved(view: EditorView) {
    const { head } = view.state.selection.main;
    this.line = view.state.doc.lineAt(head).number;
    this.section = this.sections.findLastIndex(({ from }) => from <= head);
    const here = this.sections[this.section];
    this.evidence.section = here ? view.state.sliceDoc(here.from, here.to) : '';
  }

  /** Articles or their marks changed: what was verified may not be any more. */
  sourcesChanged() {
    if (!this.view) return;
    const text = this.view.state.doc.toString();
    this.#checks.want(text);
    this.#previews.want(text);
    void this.evidence.load();
  }

  /** Takes what was saved elsewhere, as long as nothing here waits to be saved. */
  async refresh() {
    const idle = () => this.autosave.state === 'saved';
    if (!idle()) return;
    const now = await this.#host.call('read_briefing', { id: this.briefing.id }).catch(() => null);
    if (!now || !idle() || now.revision <= this.autosave.revision) return;
    this.other = now;
    this.keepOther();
  }

  /** Leaves the briefing: what is written is saved, or stays in memory. Answers whether it is saved. */
  async leave(): Promise<boolean> {
    this.#checks.stop();
    this.#previews.stop();
    this.evidence.stop();
    return this.autosave.flush();
  }

  // Two versions

  /** Asks for the version that stands against this one. */
  async compare() {
    this.other = await this.#host.call('read_briefing', { id: this.briefing.id });
  }

  /** This version becomes the newest; the other stays among the revisions. */
  async keepThis() {
    const { other } = this;
    if (!other) return;
    this.other = null;
    await this.autosave.over(other.revision);
  }

  /** The library's version comes into the editor; undo brings this one back. */
  keepOther() {
    const { other, view } = this;
    if (!other || !view) return;
    this.other = null;
    view.dispatch({ changes: difference(view.state.doc.toString(), other.markdown), userEvent: 'input.other' });
    this.autosave.took(other);
  }

  /** This version becomes a briefing of its own. Answers with it. */
  async keepBoth(): Promise<Briefing> {
    const { left, right } = this.pair;
    const copy = await this.#host.call('draft_briefing', { left, right });
    const saved = await this.#host.call('save_briefing', { id: copy.id, markdown: this.autosave.markdown, revision: copy.revision });
    this.keepOther();
    return saved;
  }

  // What follows from the check

  /** How many quotations fail, by how. */
  readonly failing = $derived.by(() => {
    const count = (state: string) => this.check?.quotations.filter((quotation) => quotation.state === state).length ?? 0;
    return { altered: count('altered'), missing: count('missing'), uncited: count('uncited') };
  });

  readonly failures = $derived(this.failing.altered + this.failing.missing + this.failing.uncited);

  /** Where the source of a quotation is read; nothing when no evidence on the pair is from that article. */
  sourceOf({ key, position }: Quotation): Place | null {
    const statement = key === null ? undefined : this.evidence.card(key)?.statement;
    if (statement) return { article: statement.article, annotation: statement.annotation };
    const other = this.evidence.all?.find((card) => card.statement.article_key === key)?.statement;
    return other ? { article: other.article, ...(position && { passage: position }) } : null;
  }

  /** How many articles are cited, and the lowest rating among them. */
  readonly sources = $derived.by(() => {
    const articles = new Set<string>();
    let lowest: string | null = null;
    for (const key of this.evidence.used) {
      const statement = this.evidence.card(key)?.statement;
      articles.add(statement?.article_key ?? key);
      if (!statement) continue;
      const code = `${statement.reliability}${statement.credibility}`;
      if (lowest === null || code > lowest) lowest = code;
    }
    return { count: articles.size, lowest };
  });

  #checked(check: Check, markdown: string) {
    if (!this.view || this.view.state.doc.toString() !== markdown) return;
    this.check = check;
    this.checkFailure = null;
    this.#draw(check, markdown);
  }

  #draw(check: Check, markdown: string) {
    const { view } = this;
    if (!view || view.state.doc.toString() !== markdown) return;
    this.#known = markdown;
    view.dispatch({ effects: setFindings.of(locate(check, markdown, (key, text) => this.#side(key, text))) });
    this.sections = outline(view.state);
    this.moved(view);
  }

  #side(key: string | null, text: string): Side {
    if (key === null) return 'none';
    const statement =
      this.evidence.card(key)?.statement ??
      this.evidence.all?.find((card) => card.statement.article_key === key && card.statement.text.includes(bare(text)))?.statement;
    return statement?.country ? sideOf(statement.country, this.pair) : 'none';
  }

  #follow(view: EditorView) {
    const { state } = view;
    this.sections = outline(state);
    // What a comment tells the author to cite is not cited.
    this.evidence.used = new Set((state.doc.toString().replace(/<!--[\s\S]*?-->/g, '').match(CITATION) ?? []).flatMap(keysOf));
    const known = facts(state.doc).get('title') ?? /^#\s+(.*\S)/m.exec(state.doc.toString())?.[1];
    if (known) this.title = known;
    this.moved(view);
  }
}

/** What the check found, at UTF-16 positions of the text that was checked. */
export function locate(check: Check, markdown: string, side: (key: string | null, text: string) => Side): Finding[] {
  const positions = new Positions(markdown);
  const range = ({ start, end }: { start: number; end: number }) => ({ from: positions.unit(start), to: positions.unit(end) });
  return [
    ...check.quotations.map((quotation): Finding => ({ kind: 'quotation', ...range(quotation.span), side: side(quotation.key, quotation.text), quotation })),
    ...standing(check.language).map((wording): Finding => ({ kind: 'wording', ...range(wording.span), wording })),
    ...check.unknown_keys
      // A quotation that is held against the key says so itself.
      .filter(({ key }) => !check.quotations.some((quotation) => quotation.key === key))
      .map(({ key, line, span }): Finding => ({ kind: 'wording', ...range(span), wording: { line, span, text: key, advice: t.noSuchKey(key) } })),
    ...check.warnings.map(([line, advice]): Finding => {
      const span = lineSpan(markdown, line);
      return { kind: 'wording', ...span, wording: { line, span: { start: span.from, end: span.to }, text: '', advice } };
    }),
  ];
}

/** The one change that makes `old` into `next`; what is equal at both ends stays, and the caret with it. */
export function difference(old: string, next: string): { from: number; to: number; insert: string } {
  const most = Math.min(old.length, next.length);
  let from = 0;
  while (from < most && old[from] === next[from]) from += 1;
  let end = 0;
  while (end < most - from && old.at(-1 - end) === next.at(-1 - end)) end += 1;
  return { from, to: old.length - end, insert: next.slice(from, next.length - end) };
}

/** The words of a line, in UTF-16 units. */
function lineSpan(markdown: string, line: number): { from: number; to: number } {
  const lines = markdown.split('\n');
  const from = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  return { from, to: from + (lines[line - 1]?.length ?? 0) };
}

const bare = (text: string) => text.replace(/^["“”„«»‹›「」『』\s]+|["“”„«»‹›「」『』.,\s]+$/g, '');

/** The pair as the front matter writes it, in its order. */
function written(markdown: string): Ordered | null {
  const [, left, right] = /^pair:\s*["']?([A-Z]{2,8})\s*[-–—]\s*([A-Z]{2,8})/m.exec(markdown) ?? [];
  return left && right ? { left, right } : null;
}
