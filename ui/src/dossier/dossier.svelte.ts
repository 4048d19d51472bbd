/** An open dossier: what it shows, of which stretch of time, and what is done to its ledger. */
import type { History } from '../host/history.svelte';
import { Failure, type Host, type LibraryEvent } from '../host/host';
import type { Dossier, DossierFigure, DrawnFigure, Dyad, EventDraft, EventId, LedgerEvent, Statement, SuggestedEvent } from '../host/schema';
import { t } from '../texts';

/** How many of the latest statements are read: more is the register's. */
const LATEST = 100;

export class OpenDossier {
  dossier = $state.raw<Dossier | null>(null);
  suggested = $state.raw<SuggestedEvent[]>([]);
  failure = $state.raw<Failure | null>(null);
  since = $state<string | null>(null);
  until = $state<string | null>(null);
  /** Counts readings: figures are drawn anew after each. */
  version = $state(0);
  readonly dyad: Dyad;
  readonly #host: Host;
  readonly #history: History;
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host, history: History, dyad: Dyad) {
    this.#host = host;
    this.#history = history;
    this.dyad = dyad;
  }

  async read() {
    const round = ++this.#round;
    const { dyad, since, until } = this;
    try {
      const [dossier, suggested] = await Promise.all([
        this.#host.call('read_dossier', { dyad, since, until, latest: LATEST }),
        this.#host.call('list_suggested_events', { dyad }),
      ]);
      if (round !== this.#round) return;
      [this.dossier, this.suggested, this.failure] = [dossier, suggested, null];
      this.version++;
    } catch (thrown) {
      if (round === this.#round) this.failure = Failure.from(thrown);
    }
  }

  hear({ what }: LibraryEvent) {
    if (!['articles', 'annotations', 'suggestions', 'events', 'pairs', 'library'].includes(what)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), 80);
  }

  close() {
    clearTimeout(this.#timer);
    this.#round++;
  }

  /** Shows only this stretch; null is open. */
  async brush(since: string | null, until: string | null) {
    [this.since, this.until] = [since, until];
    await this.read();
  }

  draw(figure: DossierFigure, width: number, window: [number, number] | null = null): Promise<DrawnFigure> {
    // The timeline always shows the whole ledger: it is what one brushes on.
    const period = figure === 'timeline' ? {} : { since: this.since, until: this.until };
    return this.#host.call('draw_figure', { dyad: this.dyad, ...period, figure, width, window });
  }

  async enter(draft: EventDraft) {
    const { id } = await this.#host.call('enter_event', draft);
    const undo = () => this.#host.call('delete_event', { id });
    this.#history.did({ label: t.history.quoted(t.dossier.entered), said: t.dossier.entered, undo, redo: () => this.#host.call('restore_event', { id }) });
  }

  async edit(id: EventId, draft: EventDraft) {
    const before = (await this.#host.call('read_event', { id })).draft;
    const edit = (draft: EventDraft) => this.#host.call('edit_event', { id, draft });
    await edit(draft);
    this.#history.did({ label: t.history.quoted(t.dossier.changed), said: t.dossier.changed, undo: () => edit(before), redo: () => edit(draft) });
  }

  async remove({ id }: LedgerEvent) {
    const remove = () => this.#host.call('delete_event', { id });
    await remove();
    this.#history.did({ label: t.history.quoted(t.dossier.deleted), said: t.dossier.deleted, undo: () => this.#host.call('restore_event', { id }), redo: remove });
  }

  /** Makes one event of two. Its way back gives the one that stays its own evidence again. */
  async merge(into: EventId, other: EventId) {
    const before = (await this.#host.call('read_event', { id: into })).draft;
    const merge = () => this.#host.call('merge_events', { into, others: [other] });
    await merge();
    const undo = async () => {
      await this.#host.call('restore_event', { id: other });
      await this.#host.call('edit_event', { id: into, draft: before });
    };
    this.#history.did({ label: t.history.quoted(t.dossier.merged), said: t.dossier.merged, undo, redo: merge });
  }

  async accept({ suggestion }: SuggestedEvent) {
    await this.#host.call('accept_suggestion', { id: suggestion });
    const undo = () => this.#host.call('reopen_suggestion', { id: suggestion });
    this.#history.did({ label: t.history.quoted(t.dossier.entered), said: t.dossier.entered, undo, redo: () => this.#host.call('accept_suggestion', { id: suggestion }) });
  }

  async reject({ suggestion }: SuggestedEvent) {
    await this.#host.call('reject_suggestion', { id: suggestion });
    const undo = () => this.#host.call('reopen_suggestion', { id: suggestion });
    this.#history.did({ label: t.history.quoted(t.dossier.reject), undo, redo: () => this.#host.call('reject_suggestion', { id: suggestion }) });
  }
}

/** Statements by the day as it is written, each side apart; “7 September” and “about 7 September” are two days, wherever they stand. */
export function byDay(statements: Statement[], right: string) {
  const days: { day: string; left: Statement[]; right: Statement[] }[] = [];
  for (const statement of statements) {
    const day = statement.said_on ?? statement.published ?? '';
    let found = days.find((one) => one.day === day);
    if (!found) days.push((found = { day, left: [], right: [] }));
    (statement.country === right ? found.right : found.left).push(statement);
  }
  return days;
}

const DAY_MS = 86_400_000;

/** A day number since 1970-01-01 as an EDTF day; null where EDTF needs another form for its year. */
export function dayOfNumber(day: number): string | null {
  const date = new Date(Math.floor(day) * DAY_MS);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || Math.abs(year) > 9999) return null;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** Zooms `window` by `factor` around `at`, between an hour and the whole of recorded time. */
export function zoomed([from, to]: [number, number], factor: number, at: number): [number, number] {
  const length = Math.min(Math.max((to - from) * factor, 1 / 24), 4_000_000);
  const part = (at - from) / (to - from);
  return [at - part * length, at + (1 - part) * length];
}

/** An event that may be the same as the one before it in the list: same direction and category, on the same date. */
export function twice(event: LedgerEvent, before: LedgerEvent | undefined): boolean {
  return !!before && event.date !== null && event.date === before.date && event.initiator === before.initiator && event.plover === before.plover;
}
