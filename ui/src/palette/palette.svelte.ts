/** One field for going, finding and doing. */
import { Failure, type Host } from '../host/host';
import type { Dyad, Hit } from '../host/schema';
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

export type Entry = { what: 'hit'; key: string; hit: Hit } | { what: 'command'; key: string; command: Command };

/** A group of entries under a heading. */
export interface Group {
  name: 'quotes' | 'articles' | 'notes' | 'go' | 'do';
  entries: Entry[];
}

const MOST_HITS = 24;
const MOST_A_GROUP = 6;
/** After the last key; typing on is never held up. */
const PAUSE_MS = 60;

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Commands whose words begin with what was typed, in any order: `new br` finds “New briefing”. */
function matching(commands: readonly Command[], query: string): Command[] {
  const parts = fold(query).split(/\s+/).filter(Boolean);
  return commands.filter((command) => {
    const words = fold(`${command.text} ${command.also ?? ''}`).split(/[^\p{L}\p{N}]+/u);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  });
}

export class Palette {
  query = $state('');
  /** The pair that results are narrowed to; Backspace in the empty field removes it. */
  pair = $state.raw<Dyad | null>(null);
  hits = $state.raw<Hit[]>([]);
  total = $state(0);
  capped = $state(false);
  failure = $state.raw<Failure | null>(null);
  /** The query that `hits` answer. */
  answered = $state('');
  active = $state(0);
  readonly #host: Host;
  readonly #commands: Command[];
  readonly groups = $derived.by(() => this.#group());
  readonly entries = $derived(this.groups.flatMap(({ entries }) => entries));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;

  constructor(host: Host, commands: Command[], pair: Dyad | null) {
    this.#host = host;
    this.#commands = commands;
    this.pair = pair;
  }

  type(query: string) {
    this.query = query;
    this.active = 0;
    clearTimeout(this.#timer);
    if (query.trim() === '') {
      this.#round++;
      this.hits = [];
      this.total = 0;
      this.answered = '';
      this.failure = null;
    } else this.#timer = setTimeout(() => void this.#search(), PAUSE_MS);
  }

  widen() {
    this.pair = null;
    this.type(this.query);
  }

  move(by: number) {
    const count = this.entries.length;
    if (count > 0) this.active = (this.active + by + count) % count;
  }

  async #search() {
    const round = ++this.#round;
    const words = this.query.trim();
    const last = words.split(/\s+/).at(-1) ?? '';
    // The word being typed finds those that begin with it, unless it is already a sign of the search language.
    const query = `${this.pair ? `pair:${this.pair} ` : ''}${words}${/[\p{L}\p{N}]$/u.test(last) && !/[":*]/.test(last) ? '*' : ''}`;
    try {
      const answer = await this.#host.call('search', { query, limit: MOST_HITS, offset: 0, typing: true });
      if (round !== this.#round) return;
      this.hits = answer.hits;
      this.total = answer.total;
      this.capped = answer.capped;
      this.failure = null;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.hits = [];
      this.total = 0;
      this.failure = Failure.from(thrown);
    }
    this.answered = words;
  }

  #group(): Group[] {
    const hits = (kind: Hit['kind']): Entry[] =>
      this.hits.filter((hit) => hit.kind === kind).slice(0, MOST_A_GROUP).map((hit) => ({ what: 'hit', key: `${kind}-${hit.id}`, hit }));
    const commands = (group: Command['group']): Entry[] =>
      matching(this.#commands, this.query).filter((command) => command.group === group).slice(0, this.query ? MOST_A_GROUP : 8).map((command) => ({ what: 'command', key: command.name, command }));
    const all: Group[] = [
      { name: 'quotes', entries: hits('statement') },
      { name: 'articles', entries: hits('article') },
      { name: 'notes', entries: hits('note') },
      { name: 'go', entries: commands('go') },
      { name: 'do', entries: commands('do') },
    ];
    return all.filter(({ entries }) => entries.length > 0);
  }
}
