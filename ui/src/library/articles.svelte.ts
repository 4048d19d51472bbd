/**
 * The article list: pages of rows fetched as they come into view, so that fifty thousand articles cost as much as
 * two hundred.
 */
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { ArticleId, ArticleRow, CollectionId, Dyad, ListArticles, Sort, TagId, View } from '../host/schema';
import { dayOf, longDate, monthOf, t } from '../texts';
import { Heights } from './heights';

const PAGE = 200;
/** A row with a title of two lines and a snippet; the true height is measured when it is drawn. */
const ESTIMATE = 118;

/** Which articles are listed. */
export interface Shelf {
  view: View;
  pair: Dyad | null;
  collection: CollectionId | null;
  tag?: TagId | null;
  /** What a search finds. */
  query?: string | null;
}

/** How far an article has come: all of them, or those nobody opened, those that were opened, those that are used. */
export type Stage = 'all' | 'inbox' | 'read' | 'used';

export class Articles {
  shelf = $state.raw<Shelf>({ view: 'all', pair: null, collection: null });
  sort = $state<Sort>('published');
  stage = $state<Stage>('all');
  /** Grouped by day instead of by month. */
  byDay = $state(false);
  total = $state(0);
  unread = $state(0);
  failure = $state.raw<Failure | null>(null);
  loading = $state(false);
  /** Whether the first page of this shelf has come. */
  known = $state(false);
  heights = $state.raw(new Heights(0, ESTIMATE));
  /** Counts changes of rows and heights, for those who draw. */
  version = $state(0);
  #rows: (ArticleRow | undefined)[] = [];
  #asked = new Set<number>();
  #round = 0;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Shows another shelf, from its start. */
  async open(shelf: Shelf) {
    const same = JSON.stringify(shelf) === JSON.stringify(this.shelf);
    this.shelf = shelf;
    if (same && this.known) return;
    this.stage = 'all';
    await this.#reset();
  }

  /** The numbers of all articles of the list, in its order. */
  async ids(): Promise<ArticleId[]> {
    return this.#host.call('list_article_ids', this.request);
  }

  groupByDay(byDay: boolean) {
    this.byDay = byDay;
    this.version++;
  }

  async sortBy(sort: Sort) {
    this.sort = sort;
    await this.#reset();
  }

  async show(stage: Stage) {
    this.stage = stage;
    await this.#reset();
  }

  /** What the list asks for. */
  get request(): ListArticles {
    const { view, pair, collection, tag = null, query = null } = this.shelf;
    return { view: view === 'all' ? this.stage : view, pair, collection, tag, query, sort: this.sort, offset: 0, limit: 0 };
  }

  /** Reads again what is in view, without losing the place. */
  async refresh() {
    this.#round++;
    this.#asked.clear();
    await this.#fetch(0, true);
  }

  hear({ what, id }: LibraryEvent) {
    const at = what === 'articles' && id !== null ? this.#rows.findIndex((row) => row?.id === id) : -1;
    const row = this.#rows[at];
    if (row && (this.shelf.view === 'inbox' || this.stage === 'inbox')) {
      // What is being read stays in the list of unread articles until the list is opened anew.
      this.#rows[at] = { ...row, unread: false };
      this.version++;
    } else if (['articles', 'annotations', 'collections', 'pairs', 'library'].includes(what)) this.#refreshSoon();
  }

  #timer: ReturnType<typeof setTimeout> | undefined;
  #refreshSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), 60);
  }

  row(index: number): ArticleRow | undefined {
    void this.version;
    return this.#rows[index];
  }

  indexOf(id: ArticleId): number {
    void this.version;
    return this.#rows.findIndex((row) => row?.id === id);
  }

  /** The heading above row `index`: the month it was published or clipped in, or nothing when it goes on. */
  heading(index: number): string | null {
    const own = this.group(index);
    return own !== null && (index === 0 || own !== this.group(index - 1)) ? own : null;
  }

  /** The group of a row: its month, day, outlet or origin, as the list is sorted; what is no group of several has none. */
  group(index: number): string | null {
    const row = this.#rows[index];
    if (!row || this.sort === 'title') return null;
    if (this.sort === 'outlet') return row.outlet ?? t.list.pasted;
    if (this.sort === 'origin') return row.origin_size > 1 ? t.list.originGroup(row.credit, row.origin_size, row.origin) : t.list.noOrigin;
    if (this.byDay && this.sort !== 'clipped' && row.published?.on.length === 10) return longDate(row.published.on);
    if (this.byDay && this.sort === 'clipped') return longDate(dayOf(row.clipped_at));
    const date = this.sort === 'clipped' ? dayOf(row.clipped_at) : row.published?.on;
    return monthOf(date) ?? t.list.undated;
  }

  /** Sees to it that rows `from`..`to` are there. */
  need(from: number, to: number) {
    for (let page = Math.floor(from / PAGE); page <= Math.floor(Math.max(from, to - 1) / PAGE); page++) {
      if (page * PAGE < this.total && !this.#asked.has(page)) void this.#fetch(page, false);
    }
  }

  /** Takes the true heights of rows that were drawn. */
  measure(heights: ReadonlyMap<number, number>) {
    let grown = 0;
    for (const [index, height] of heights) grown += Math.abs(this.heights.set(index, height));
    if (grown > 0) this.version++;
  }

  async #reset() {
    this.#round++;
    this.#asked.clear();
    this.#rows = [];
    this.known = false;
    this.total = 0;
    this.heights = new Heights(0, ESTIMATE);
    this.version++;
    await this.#fetch(0, true);
  }

  async #fetch(page: number, first: boolean) {
    const round = this.#round;
    this.#asked.add(page);
    this.loading = true;
    const { request } = this;
    try {
      const [answer, unread] = await Promise.all([
        this.#host.call('list_articles', { ...request, offset: page * PAGE, limit: PAGE }),
        first && this.shelf.view === 'all' ? this.#host.call('list_articles', { ...request, view: 'inbox', sort: null, limit: 1 }) : null,
      ]);
      if (round !== this.#round) return;
      if (unread) this.unread = unread.total;
      if (first && answer.total !== this.total) {
        const before = this.heights;
        this.heights = new Heights(answer.total, ESTIMATE);
        // Rows that were measured keep their height: the view does not jump when one comes or goes.
        for (let at = 0; at < Math.min(before.count, answer.total); at++) this.heights.set(at, before.top(at + 1) - before.top(at));
        this.#rows.length = answer.total;
      }
      this.total = answer.total;
      answer.rows.forEach((row, at) => (this.#rows[page * PAGE + at] = row));
      this.failure = null;
      this.known = true;
      this.version++;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.#asked.delete(page);
      this.failure = Failure.from(thrown);
      this.known = true;
    } finally {
      if (round === this.#round) this.loading = false;
    }
  }
}
