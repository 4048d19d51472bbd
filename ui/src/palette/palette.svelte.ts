/** One field for going, finding and doing. */
import { Failure, type Host } from '../host/host';
import type { Hit, HitKind, KindCount, QueryCompletion, QueryProblem } from '../host/schema';
import { fold } from '../controls/fold';
import type { IconName } from '../controls/icons';

/** Something that can be gone to or done by its name. */
export interface Command {
  /** Unique and stable. */
  name: string;
  text: string;
  /** Other words that find it. */
  also?: string;
  icon: IconName;
  keys?: string;
  group: 'go' | 'do';
  run: () => void;
}

export type Entry =
  | { what: 'hit'; key: string; hit: Hit }
  | { what: 'command'; key: string; command: Command }
  | { what: 'completion'; key: string; completion: QueryCompletion }
  | { what: 'suggestion'; key: string; query: string }
  | { what: 'all'; key: string; query: string };

/** A group of entries under a heading. */
export interface Group {
  name: 'meant' | 'filters' | 'quotes' | 'articles' | 'notes' | 'briefings' | 'go' | 'do';
  entries: Entry[];
  /** How many there are beyond those that are shown. */
  count?: KindCount;
}

const MOST_A_GROUP = 6;
/** After the last key; typing on is never held up. */
const PAUSE_MS = 40;
const FIELDS = ['pair', 'country', 'speaker', 'source', 'since', 'until', 'kind', 'tag', 'in', 'lang'];
/** A filter that was written to its end. */
const FILTER = new RegExp(`(^|\\s)(-?(?:${FIELDS.join('|')}):(?:"[^"]+"|[^\\s"]+))\\s`, 'i');

/** Commands whose words begin with what was typed, in any order: `new br` finds “New briefing”. */
function matching(commands: readonly Command[], query: string): Command[] {
  const parts = fold(query).split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const words = fold(`${command.text} ${command.also ?? ''}`).split(/[^\p{L}\p{N}]+/u);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  });
}

export class Palette {
  /** What stands in the field. */
  text = $state('');
  /** The filters before it, each as the query language writes it; Backspace in the empty field takes the last away. */
  filters = $state.raw<string[]>([]);
  hits = $state.raw<Hit[]>([]);
  counts = $state.raw<KindCount[]>([]);
  problems = $state.raw<QueryProblem[]>([]);
  completions = $state.raw<QueryCompletion[]>([]);
  suggestion = $state.raw<string | null>(null);
  /** The first day that was ranked, where ranking did not reach all. */
  rankedSince = $state.raw<string | null>(null);
  total = $state(0);
  capped = $state(false);
  /** Best first instead of newest first. */
  ranked = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The query that `hits` answer. */
  answered = $state('');
  active = $state(0);
  readonly #host: Host;
  readonly #commands: Command[];
  readonly query = $derived([...this.filters, this.text.trim()].filter(Boolean).join(' '));
  readonly groups = $derived.by(() => this.#group());
  readonly entries = $derived(this.groups.flatMap(({ entries }) => entries));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(host: Host, commands: Command[], filters: string[]) {
    this.#host = host;
    this.#commands = commands;
    this.filters = filters;
  }

  /** Takes what stands in the field; a filter that was written to its end becomes a token. */
  type(text: string) {
    const found = FILTER.exec(text);
    if (found) {
      this.filters = [...this.filters, found[2]!];
      text = text.slice(0, found.index) + (found[1] ?? '') + text.slice(found.index + found[0].length);
    }
    this.text = text;
    this.active = 0;
    clearTimeout(this.#timer);
    if (text.trim() === '' && !found) {
      this.#round++;
      Object.assign(this, { hits: [], counts: [], problems: [], completions: [], suggestion: null, total: 0, answered: '', failure: null });
      // The filters alone are a query of their own only once somebody made one here.
      if (this.filters.length === 0) return;
    }
    this.#timer = setTimeout(() => void this.#search(), PAUSE_MS);
  }

  /** Takes a filter away. */
  drop(filter: string) {
    this.filters = this.filters.filter((other) => other !== filter);
    this.type(this.text);
  }

  /** Puts another text in the place of the field and its filters. */
  replace(query: string) {
    this.filters = [];
    this.type(query);
  }

  complete({ span, text }: QueryCompletion) {
    const points = [...this.text];
    const written = points.slice(0, span.start).join('') + text;
    // A field's name goes on with its value; a value is done.
    this.type(written + (text.endsWith(':') ? '' : ' ') + points.slice(span.end).join('').trimStart());
  }

  rank(ranked: boolean) {
    this.ranked = ranked;
    if (this.query) void this.#search();
  }

  move(by: number) {
    const count = this.entries.length;
    if (count > 0) this.active = (this.active + by + count) % count;
  }

  /** What is still under way answers nobody. */
  close() {
    clearTimeout(this.#timer);
    this.#round++;
  }

  async #search() {
    const round = ++this.#round;
    const { query, text } = this;
    if (!query) return;
    const last = /\S*$/.exec(text)![0].replace(/^-/, '').toLowerCase();
    const field = last.includes(':') ? FIELDS.includes(last.split(':')[0]!) || text.lastIndexOf('"') > text.lastIndexOf(':') : last.length > 1 && FIELDS.some((name) => name.startsWith(last));
    try {
      const order = { limit: MOST_A_GROUP, offset: 0, grouped: true, ranked: this.ranked };
      const [answer, completions] = await Promise.all([
        this.#host.call('search', { query, ...order, typing: true }),
        field || /:"[^"]*$/.test(text) ? this.#host.call('complete_query', { query: text, cursor: [...text].length }).catch(() => []) : [],
      ]);
      if (round !== this.#round) return;
      this.hits = answer.hits;
      this.counts = answer.counts;
      this.problems = answer.problems;
      this.completions = completions;
      this.total = answer.total;
      this.capped = answer.capped;
      this.rankedSince = answer.ranked_since;
      this.suggestion = null;
      this.failure = null;
      this.answered = query;
      // Whether a word is misspelt is asked once it found nothing.
      if (answer.total > 0) return;
      const { suggestion } = await this.#host.call('search', { query, limit: 1, offset: 0 });
      if (round === this.#round) this.suggestion = suggestion;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.hits = [];
      this.counts = [];
      this.total = 0;
      this.failure = Failure.from(thrown);
      this.answered = query;
    }
  }

  #group(): Group[] {
    const hits = (kind: HitKind): Entry[] => this.hits.filter((hit) => hit.kind === kind).map((hit) => ({ what: 'hit', key: `${kind}-${hit.id}`, hit }));
    const count = (kind: HitKind) => this.counts.find((count) => count.kind === kind);
    const commands = (group: Command['group']): Entry[] =>
      matching(this.#commands, this.text).filter((command) => command.group === group).slice(0, this.text ? MOST_A_GROUP : 8).map((command) => ({ what: 'command', key: command.name, command }));
    const articles = hits('article');
    const more = (count('article')?.total ?? 0) > articles.length;
    if (more) articles.push({ what: 'all', key: 'all', query: this.answered });
    const of = (kind: HitKind) => ({ ...(count(kind) && { count: count(kind)! }) });
    const all: Group[] = [
      { name: 'meant', entries: this.suggestion ? [{ what: 'suggestion', key: 'suggestion', query: this.suggestion }] : [] },
      { name: 'filters', entries: this.completions.map((completion) => ({ what: 'completion', key: `completion-${completion.text}`, completion })) },
      { name: 'quotes', entries: hits('statement'), ...of('statement') },
      { name: 'articles', entries: articles, ...of('article') },
      { name: 'notes', entries: hits('note'), ...of('note') },
      { name: 'briefings', entries: hits('briefing'), ...of('briefing') },
      { name: 'go', entries: commands('go') },
      { name: 'do', entries: commands('do') },
    ];
    return all.filter(({ entries }) => entries.length > 0);
  }
}
