/**
 * The register: its order is read once, as numbers, and its rows as they come into view. What is edited stays where
 * it stands until the register is put in order anew, so that no row jumps away from under the hand.
 */
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { IssueRow, ListStatements, Statement, StatementChange, StatementField, StatementFormat, StatementGrouping, StatementId, StatementSort } from '../host/schema';
import { Lines } from './lines';

const PAGE = 100;

/** What is filtered by; a field that is left out filters nothing. */
export type Filter = Pick<ListStatements, 'pair' | 'speaker' | 'country' | 'about' | 'issue' | 'stances' | 'mode' | 'reliability' | 'origin' | 'state' | 'translated' | 'since' | 'until' | 'query'>;

export class Register {
  filter = $state.raw<Filter>({});
  sort = $state<StatementSort>('said_on');
  reverse = $state(false);
  group = $state<StatementGrouping | null>(null);
  ids = $state.raw<StatementId[]>([]);
  lines = $state.raw(new Lines(0, []));
  issues = $state.raw<IssueRow[]>([]);
  selected = $state.raw<ReadonlySet<StatementId>>(new Set());
  known = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** How many filters are set, the words left out. */
  readonly filters = $derived(Object.entries(this.filter).filter(([name, value]) => name !== 'query' && value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)).length);
  /** Counts changes of rows, for those who draw. */
  #version = $state(0);
  #rows = new Map<StatementId, Statement>();
  #asked = new Set<number>();
  #round = 0;
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** What the door is asked for. */
  get request(): ListStatements {
    return { ...this.filter, query: this.filter.query?.trim() || null, sort: this.sort, reverse: this.reverse, group: this.group };
  }

  /** Puts the register in order anew. */
  async load() {
    const round = ++this.#round;
    try {
      const [order, issues] = await Promise.all([this.#host.call('order_statements', this.request), this.#host.call('list_issues', {})]);
      if (round !== this.#round) return;
      this.#rows.clear();
      this.#asked.clear();
      this.ids = order.ids;
      this.lines = new Lines(order.ids.length, order.groups);
      this.issues = issues;
      const still = new Set(order.ids);
      this.selected = new Set([...this.selected].filter((id) => still.has(id)));
      this.failure = null;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.failure = Failure.from(thrown);
    }
    this.known = true;
    this.#version++;
  }

  async narrow(filter: Filter) {
    this.filter = filter;
    await this.load();
  }

  /** Sorts by a column; by the same once more, the other way round. */
  async sortBy(sort: StatementSort) {
    this.reverse = this.sort === sort && !this.reverse;
    this.sort = sort;
    await this.load();
  }

  async groupBy(group: StatementGrouping | null) {
    this.group = group;
    await this.load();
  }

  row(index: number): Statement | undefined {
    void this.#version;
    const id = this.ids[index];
    return id === undefined ? undefined : this.#rows.get(id);
  }

  /** Sees to it that rows `from`..`to` are there. */
  need(from: number, to: number) {
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.ids.length); page++) {
      if (this.#asked.has(page)) continue;
      this.#asked.add(page);
      void this.#read(this.ids.slice(page * PAGE, (page + 1) * PAGE), page);
    }
  }

  async #read(ids: StatementId[], page?: number) {
    const round = this.#round;
    try {
      const rows = await this.#host.call('read_statements', { ids });
      if (round !== this.#round) return;
      for (const row of rows) this.#rows.set(row.id, row);
      this.#version++;
    } catch (thrown) {
      if (round !== this.#round) return;
      if (page !== undefined) this.#asked.delete(page);
      this.failure = Failure.from(thrown);
    }
  }

  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes made here leave the order as it is; others put it in order anew. */
  hear({ what }: LibraryEvent) {
    if (!['annotations', 'suggestions', 'articles', 'library'].includes(what) || Date.now() < this.#own) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), 120);
  }
  #own = 0;

  /** Writes the same value into a field of statements; answers the changes that take it back. */
  set(ids: StatementId[], field: StatementField, value: string | null): Promise<StatementChange[]> {
    return this.change(ids.map((id) => ({ id, field, value })));
  }

  async change(changes: StatementChange[]): Promise<StatementChange[]> {
    this.#own = Date.now() + 1500;
    const back = await this.#host.call('edit_statements', { changes });
    await this.#read([...new Set(changes.map(({ id }) => id))]);
    if (changes.some(({ field }) => field === 'issue')) this.issues = await this.#host.call('list_issues', {}).catch(() => this.issues);
    return back;
  }

  toggle(id: StatementId) {
    const selected = new Set(this.selected);
    if (!selected.delete(id)) selected.add(id);
    this.selected = selected;
  }

  /** Selects the rows between two, both taken in. */
  selectRange(from: number, to: number) {
    this.selected = new Set([...this.selected, ...this.ids.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  }

  selectAll() {
    this.selected = new Set(this.ids);
  }

  unselect() {
    this.selected = new Set();
  }

  export(format: StatementFormat, path: string) {
    return this.#host.call('export_statements', { filter: this.request, format, path, replace: true });
  }
}
