/** The window's state: where one is, what the sidebar knows, and which dialogue is open. */
import type { Asked } from '../clip/link';
import { sidesOf, type Ordered } from '../host/actors.svelte';
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { AnnotationId, ArticleId, BriefingRow, Collection, Dyad, LibraryStatus, PairRow, SavedSearch, Span, Tag } from '../host/schema';
import type { Where } from '../pairs/Sidebar.svelte';

/** A place and what is open in it; what Back goes back to. */
export interface Stop {
  where: Where;
  article: ArticleId | null;
  /** A mark to go to. */
  annotation?: AnnotationId;
  /** A passage to go to. */
  passage?: Span;
}

export type Dialogue =
  | { kind: 'clip'; pasted?: string; html?: string | null; path?: string | null }
  | { kind: 'link'; asked: Extract<Asked, { what: 'clip' | 'refused' }> }
  | { kind: 'import'; paths: string[] }
  | { kind: 'pair' }
  | { kind: 'collection'; adds?: ArticleId[] }
  | { kind: 'tags' }
  | { kind: 'tag'; ids: ArticleId[] }
  | { kind: 'purge'; ids: ArticleId[]; count: number }
  | { kind: 'save search'; query: string }
  | { kind: 'rename search'; search: SavedSearch }
  | { kind: 'rename'; collection: Collection }
  | { kind: 'briefing'; pair: Dyad | null }
  | { kind: 'join' }
  | { kind: 'palette' }
  | { kind: 'shortcuts' };

export const ALL = { kind: 'articles', view: 'all', pair: null, collection: null } as const satisfies Where;

export class Desk {
  stop = $state.raw<Stop>({ where: ALL, article: null });
  dialogue = $state.raw<Dialogue | null>(null);
  status = $state.raw<LibraryStatus | null>(null);
  pairs = $state.raw<PairRow[]>([]);
  collections = $state.raw<Collection[]>([]);
  briefings = $state.raw<BriefingRow[]>([]);
  searches = $state.raw<SavedSearch[]>([]);
  tags = $state.raw<Tag[]>([]);
  failure = $state.raw<Failure | null>(null);
  readonly where = $derived(this.stop.where);
  readonly pair = $derived.by(() => (this.where.kind === 'articles' && this.where.pair ? this.ordered(this.where.pair) : null));
  #past = $state.raw<Stop[]>([]);
  #future = $state.raw<Stop[]>([]);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Reads everything the sidebar shows; what went wrong stands in `failure`. */
  async load() {
    try {
      [this.status, this.pairs, this.collections, this.briefings, this.searches, this.tags] = await Promise.all([
        this.#host.call('library_status', {}),
        this.#host.call('list_pairs', {}),
        this.#host.call('list_collections', {}),
        this.#host.call('list_briefings', {}),
        this.#host.call('list_saved_searches', {}),
        this.#host.call('list_tags', {}),
      ]);
      this.failure = null;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
    }
  }

  #timer: ReturnType<typeof setTimeout> | undefined;
  hear({ what }: LibraryEvent) {
    if (what === 'settings') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), 80);
  }

  /** The analyst's order of a dyad; the library's own where nobody chose one. */
  ordered = (dyad: Dyad): Ordered => {
    const known = this.pairs.find((pair) => pair.dyad === dyad);
    return known ? { left: known.left, right: known.right } : sidesOf(dyad);
  };

  go(where: Where) {
    this.#visit({ where, article: null });
  }

  /** Opens an article in the list that is shown; in All articles where none is. */
  open(article: ArticleId, annotation?: AnnotationId) {
    const where = this.where.kind === 'articles' ? this.where : ALL;
    this.#visit({ where, article, ...(annotation !== undefined && { annotation }) });
  }

  /** Opens an article wherever it is, in All articles. */
  find(article: ArticleId, annotation?: AnnotationId, passage?: Span) {
    this.#visit({ where: ALL, article, ...(annotation !== undefined && { annotation }), ...(passage && { passage }) });
  }

  close() {
    this.stop = { where: this.where, article: null };
  }

  get canGoBack() {
    return this.#past.length > 0;
  }

  get canGoForward() {
    return this.#future.length > 0;
  }

  back() {
    const stop = this.#past.at(-1);
    if (!stop) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.stop];
    this.stop = stop;
  }

  forward() {
    const stop = this.#future.at(-1);
    if (!stop) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.stop];
    this.stop = stop;
  }

  #visit(stop: Stop) {
    if (JSON.stringify(stop) === JSON.stringify(this.stop)) return;
    this.#past = [...this.#past.slice(-99), this.stop];
    this.#future = [];
    this.stop = stop;
  }
}
