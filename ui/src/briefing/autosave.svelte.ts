/**
 * Keeps what is written: one second after the last keystroke, ten seconds at most, and on leaving.
 *
 * Words that could not be saved are never dropped: they stay here in memory, also when the view is left, and are
 * there again when the briefing is opened.
 */
import { Failure } from '../host/host';
import type { BriefingId } from '../host/schema';

const REST_MS = 1000;
const MOST_MS = 10_000;

/** What came of a save: the new revision, and when it was made (RFC 3339). */
export interface Saved {
  revision: number;
  changed_at: string;
}

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

/** Words that only memory holds: by briefing, with the revision they were written on. */
const kept = new Map<BriefingId, { markdown: string; revision: number }>();

/** What an earlier view of this briefing could not save. */
export function unsaved(id: BriefingId) {
  return kept.get(id) ?? null;
}

export class Autosave {
  state = $state<SaveState>('saved');
  savedAt = $state('');
  /** Why the last save failed. */
  failure = $state<Failure | null>(null);
  #markdown: string;
  #revision: number;
  #dirty = false;
  #rest: ReturnType<typeof setTimeout> | undefined;
  #most: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;

  constructor(
    private readonly id: BriefingId,
    start: Saved & { markdown: string },
    private readonly save: (markdown: string, revision: number) => Promise<Saved>,
  ) {
    this.#markdown = start.markdown;
    this.#revision = start.revision;
    this.savedAt = start.changed_at;
  }

  get markdown() {
    return this.#markdown;
  }

  /** The library's revision that this text stands on. */
  get revision() {
    return this.#revision;
  }

  /** The text has changed. */
  edited(markdown: string) {
    this.#markdown = markdown;
    this.#dirty = true;
    if (this.state === 'conflict') return this.#keep();
    if (this.state !== 'failed') this.state = 'unsaved';
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.flush(), REST_MS);
    this.#most ??= setTimeout(() => void this.flush(), MOST_MS);
  }

  /** Saves now. Answers whether everything that was written is in the library. */
  async flush(): Promise<boolean> {
    this.#quiet();
    while (this.#running) await this.#running;
    if (!this.#dirty) return true;
    if (this.state === 'conflict') return false;
    this.#running = this.#once();
    const done = await this.#running;
    return done && !this.#dirty;
  }

  /** After a conflict: what is written here goes on top of that revision. */
  over(revision: number) {
    this.#revision = revision;
    this.#dirty = true;
    this.state = 'unsaved';
    return this.flush();
  }

  /** After a conflict: what is in the library was taken instead. */
  took({ markdown, revision, changed_at }: Saved & { markdown: string }) {
    this.#quiet();
    this.#markdown = markdown;
    this.#revision = revision;
    this.#dirty = false;
    this.#done(changed_at);
  }

  async #once(): Promise<boolean> {
    const markdown = this.#markdown;
    this.#dirty = false;
    this.state = 'saving';
    try {
      const { revision, changed_at } = await this.save(markdown, this.#revision);
      this.#revision = revision;
      this.#done(changed_at);
      return true;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
      this.#dirty = true;
      this.state = this.failure.code === 'conflict' ? 'conflict' : 'failed';
      this.#keep();
      return false;
    } finally {
      this.#running = null;
    }
  }

  #done(changed_at: string) {
    this.failure = null;
    this.savedAt = changed_at;
    this.state = this.#dirty ? 'unsaved' : 'saved';
    if (!this.#dirty) kept.delete(this.id);
  }

  #keep() {
    kept.set(this.id, { markdown: this.#markdown, revision: this.#revision });
  }

  #quiet() {
    clearTimeout(this.#rest);
    clearTimeout(this.#most);
    this.#most = undefined;
  }
}
