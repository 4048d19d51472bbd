/** The editions of a briefing, and the texts of it that were saved: what is chosen, and how it differs from now. */
import { Failure, type Host } from '../host/host';
import type { Check, Edition, EditionComparison, RevisionRow } from '../host/schema';

export class Editions {
  all = $state.raw<Edition[] | null>(null);
  /** The edition that is compared, and with what result. */
  chosen = $state.raw<Edition | null>(null);
  comparison = $state.raw<EditionComparison | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** The check that stopped a freezing. */
  stopped = $state.raw<Check | null>(null);
  busy = $state(false);

  readonly #host: Host;
  readonly #briefing: number;

  constructor(host: Host, briefing: number) {
    this.#host = host;
    this.#briefing = briefing;
  }

  async load() {
    await this.#try(async () => {
      this.all = await this.#host.call('list_editions', { id: this.#briefing });
      if (this.all[0]) await this.choose(this.all[0]);
    });
  }

  /** Compares the briefing as it stands with an edition. */
  async choose(edition: Edition) {
    this.chosen = edition;
    this.comparison = null;
    await this.#try(async () => {
      const comparison = await this.#host.call('compare_editions', { id: this.#briefing, edition: edition.number });
      if (this.chosen === edition) this.comparison = comparison;
    });
  }

  /** Freezes the briefing as it stands in the library. Answers with the edition, if the quotations let it. */
  async freeze(): Promise<Edition | null> {
    this.stopped = null;
    let frozen: Edition | null = null;
    await this.#try(async () => {
      frozen = await this.#host.call('freeze_briefing', { id: this.#briefing });
    });
    if (frozen) await this.load();
    return frozen;
  }

  /** “Since the last edition”, as Markdown. */
  async changes(): Promise<string | null> {
    let markdown: string | null = null;
    await this.#try(async () => {
      ({ markdown } = await this.#host.call('draft_changes', { id: this.#briefing }));
    });
    return markdown;
  }

  async #try(act: () => Promise<void>) {
    this.busy = true;
    this.failure = null;
    try {
      await act();
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (failure.code === 'quote_lock' && failure.check) this.stopped = failure.check;
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }
}

export class Revisions {
  all = $state.raw<RevisionRow[] | null>(null);
  chosen = $state.raw<RevisionRow | null>(null);
  markdown = $state.raw<string | null>(null);
  failure = $state.raw<Failure | null>(null);

  readonly #host: Host;
  readonly #briefing: number;

  constructor(host: Host, briefing: number) {
    this.#host = host;
    this.#briefing = briefing;
  }

  async load() {
    try {
      this.all = await this.#host.call('list_revisions', { id: this.#briefing });
      const first = this.all.find(({ current }) => !current);
      if (first) await this.choose(first);
    } catch (thrown) {
      this.failure = Failure.from(thrown);
    }
  }

  async choose(revision: RevisionRow) {
    this.chosen = revision;
    this.markdown = null;
    try {
      const { markdown } = await this.#host.call('read_revision', { id: this.#briefing, number: revision.number });
      if (this.chosen === revision) this.markdown = markdown;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
    }
  }
}
