/** The evidence tray: the pair's quotations, those that fit the section first, used ones last. */
import { fold } from '../controls/fold';
import { Failure, type Host } from '../host/host';
import type { Dyad, Evidence } from '../host/schema';
import { Latest } from './latest';

const QUERY_MS = 120;
/** Words shorter than this say little about what a section is on. */
const TELLING = 4;

const tellingWords = (text: string) => new Set(fold(text).match(/[\p{L}\p{N}]+/gu)?.filter(({ length }) => length >= TELLING));

export class EvidenceTray {
  /** Everything on the pair; nothing while it is on its way. */
  all = $state.raw<Evidence[] | null>(null);
  failure = $state<Failure | null>(null);
  query = $state('');
  unusedOnly = $state(false);
  /** Keys that stand in the text. */
  used = $state.raw<ReadonlySet<string>>(new Set());
  /** The words of the section in which the caret stands. */
  section = $state('');
  #found = $state.raw<Evidence[] | null>(null);
  #search: Latest<string, Evidence[]>;
  #host: Host;
  #pair: Dyad;
  #byKey = $derived(new Map((this.all ?? []).map((card) => [card.key, card])));

  constructor(host: Host, pair: Dyad) {
    this.#host = host;
    this.#pair = pair;
    this.#search = new Latest(
      (query) => host.call('list_evidence', { pair, query }),
      (found) => (this.#found = found),
      (thrown) => (this.failure = Failure.from(thrown)),
      QUERY_MS,
    );
  }

  async load() {
    try {
      this.all = await this.#host.call('list_evidence', { pair: this.#pair });
      this.failure = null;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
    }
  }

  find(query: string) {
    this.query = query;
    if (query.trim() === '') this.#found = null;
    else this.#search.want(query.trim());
  }

  clear() {
    this.unusedOnly = false;
    this.find('');
  }

  stop() {
    this.#search.stop();
  }

  card(key: string): Evidence | undefined {
    return this.#byKey.get(key);
  }

  readonly shown: Evidence[] = $derived.by(() => {
    const cards = (this.query.trim() === '' ? this.all : (this.#found ?? this.all)) ?? [];
    const wanted = this.unusedOnly ? cards.filter(({ key }) => !this.used.has(key)) : cards;
    if (this.query.trim() !== '') return wanted;
    const section = tellingWords(this.section);
    const fit = ({ statement }: Evidence) => {
      let shared = 0;
      for (const word of tellingWords(`${statement.text} ${statement.speaker ?? ''} ${statement.issue ?? ''}`)) if (section.has(word)) shared += 1;
      return shared;
    };
    return wanted
      .map((card) => ({ card, fit: fit(card), used: this.used.has(card.key) ? 1 : 0 }))
      .sort((one, other) => one.used - other.used || other.fit - one.fit)
      .map(({ card }) => card);
  });
}
