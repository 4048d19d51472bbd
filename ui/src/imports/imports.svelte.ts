/** Imports as the window follows them: those that were, and the one that runs. */
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { Import, ImportId } from '../host/schema';

export class Running {
  /** Newest first. */
  list = $state.raw<Import[]>([]);
  known = $state(false);
  failure = $state.raw<Failure | null>(null);
  readonly now = $derived(this.list.find(({ state }) => state === 'running') ?? null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  async load() {
    try {
      const list = await this.#host.call('list_imports', {});
      this.list = list.toSorted((a, b) => b.id - a.id);
      this.failure = null;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
    }
    this.known = true;
  }

  hear({ what, id }: LibraryEvent) {
    if (what === 'library' || (what === 'imports' && id === null)) void this.load();
    else if (what === 'imports' && id !== null) void this.#read(id);
  }

  /** Puts what is newly known of an import in its place. */
  take(one: Import) {
    this.list = this.list.some(({ id }) => id === one.id) ? this.list.map((known) => (known.id === one.id ? one : known)) : [one, ...this.list];
  }

  async #read(id: ImportId) {
    // A step that cannot be read is followed by another, and by the list.
    const one = await this.#host.call('read_import', { id }).catch(() => null);
    if (one) this.take(one);
  }
}

/** What an import came to, in the order it is read: only what is not nothing. */
export const COUNTS = ['new', 'new_snapshots', 'unchanged', 'records_only', 'annotations', 'failed'] as const satisfies readonly (keyof Import['counts'])[];
