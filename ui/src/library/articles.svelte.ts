/**
 * The article list: pages of rows fetched as they come into view, so that fifty thousand articles cost as much as
 * two hundred.
 */
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { ArticleId, ArticleRow, CollectionId, Dyad, Sort, View } from '../host/schema';
import { dayOf, monthOf, t } from '../texts';
import { Heights } from './heights';

const PAGE = 200;
/** A row with a title of two lines and a snippet; the true height is measured when it is drawn. */
const ESTIMATE = 118;

/** Which articles are listed. */
export interface Shelf {
  view: View;
  pair: Dyad | null;
  collection: CollectionId | null;
}

export class Articles {
  shelf = $state.raw<Shelf>({ view: 'all', pair: null, collection: null });
  sort = $state<Sort>('published');
  /** Only the unread ones. */
  unreadOnly = $state(false);
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
    const same = shelf.view === this.shelf.view && shelf.pair === this.shelf.pair && shelf.collection === this.shelf.collection;
    this.shelf = shelf;
    if (same && this.known) return;
    this.unreadOnly = false;
    await this.#reset();
  }

  async sortBy(sort: Sort) {
    this.sort = sort;
    await this.#reset();
  }

  async showUnread(only: boolean) {
    this.unreadOnly = only;
    await this.#reset();
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
    if (row && (this.shelf.view === 'inbox' || this.unreadOnly)) {
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
    if (this.sort === 'title') return null;
    const own = this.#month(index);
    return own !== null && (index === 0 || own !== this.#month(index - 1)) ? own : null;
  }

  /** The month of the row at the top of the view. */
  month(index: number): string | null {
    return this.sort === 'title' ? null : this.#month(index);
  }

  #month(index: number): string | null {
    const row = this.#rows[index];
    if (!row) return null;
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
    const { view, pair, collection } = this.shelf;
    const among = { pair, collection };
    try {
      const shown = view === 'all' && this.unreadOnly ? 'inbox' : view;
      const [answer, unread] = await Promise.all([
        this.#host.call('list_articles', { view: shown, ...among, sort: this.sort, offset: page * PAGE, limit: PAGE }),
        first && view === 'all' ? this.#host.call('list_articles', { view: 'inbox', ...among, offset: 0, limit: 1 }) : null,
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
