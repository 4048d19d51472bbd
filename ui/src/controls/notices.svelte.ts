/**
 * What just happened, said once at the foot of the window, with what can be done about it.
 */
import { createContext } from 'svelte';

/** How long a message stays. It waits while the pointer or the focus is on it. */
const STAYS_MS = 6000;

export interface Notice {
  id: number;
  text: string;
  bad: boolean;
  /** The way back, which the window's history offers. */
  undo?: Action;
  /** Something else that can be done about it, once. */
  action?: Action;
}

export interface Action {
  text: string;
  keys?: string;
  run: () => Promise<unknown> | void;
}

type Keep = (text: string | null, back: Action['run'], action?: Action) => void;

export class Notices {
  current = $state<Notice | null>(null);
  /** Where {@link undoable} puts what can be taken back: the window's history, which sets it. */
  keep: Keep = (text) => text !== null && this.say(text);
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what happened. */
  say(text: string) {
    this.#show({ id: ++this.#last, text, bad: false });
  }

  /** Says what went wrong; stays until it is read. */
  fail(thrown: unknown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    this.#show({ id: ++this.#last, text, bad: true });
  }

  /** Says what happened, with its way back. Answers the message's number. */
  offer(text: string, undo: Action, action?: Action): number {
    this.#show({ id: ++this.#last, text, bad: false, undo, ...(action && { action }) });
    return this.#last;
  }

  /** Remembers how to take a change back that has no way forward again, and says what happened unless `text` is null. */
  undoable(text: string | null, back: Action['run'], action?: Action) {
    this.keep(text, back, action);
  }

  /** Takes away a message that offers a way back: its button would take back another change than its words name. */
  withdraw() {
    if (this.current?.undo) this.dismiss();
  }

  /** Does what a message offers. */
  async act({ run }: Action) {
    this.dismiss();
    try {
      await run();
    } catch (thrown) {
      this.fail(thrown);
    }
  }

  dismiss() {
    this.hold();
    this.current = null;
  }

  /** Keeps the message while somebody is reading it. */
  hold() {
    clearTimeout(this.#timer);
  }

  /** Lets the message go in its time. */
  release() {
    this.hold();
    if (this.current && !this.current.bad) this.#timer = setTimeout(() => this.dismiss(), STAYS_MS);
  }

  #show(notice: Notice) {
    this.current = notice;
    this.release();
  }
}

export const [getNotices, setNotices] = createContext<Notices>();
