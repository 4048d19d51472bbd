/**
 * What just happened, said once at the foot of the window, and the one stack of what can be undone.
 *
 * A change puts its way back here; Ctrl Z and the message's button both take the newest one.
 */
import { createContext } from 'svelte';

/** How long a message stays. It waits while the pointer or the focus is on it. */
const STAYS_MS = 6000;
/** How far back undo goes. */
const DEPTH = 100;

export interface Notice {
  id: number;
  text: string;
  bad: boolean;
  undoable: boolean;
  /** Something else that can be done about it, once. */
  action?: Action;
}

export interface Action {
  text: string;
  run: () => Promise<unknown> | void;
}

interface Step {
  id: number;
  back: () => Promise<unknown> | void;
}

export class Notices {
  current = $state<Notice | null>(null);
  #steps: Step[] = [];
  #last = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Says what happened. */
  say(text: string) {
    this.#show({ id: ++this.#last, text, bad: false, undoable: false });
  }

  /** Says what went wrong; stays until it is read. */
  fail(thrown: unknown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    this.#show({ id: ++this.#last, text, bad: true, undoable: false });
  }

  /** Remembers how to take a change back, and says what happened unless `text` is null. */
  undoable(text: string | null, back: Step['back'], action?: Action) {
    const id = ++this.#last;
    this.#steps = [...this.#steps.slice(-DEPTH + 1), { id, back }];
    if (text !== null) this.#show({ id, text, bad: false, undoable: true, ...(action && { action }) });
    // The button takes the newest change back: it must not stand beside the words of an older one.
    else if (this.current?.undoable) this.dismiss();
  }

  /** Takes the newest change back. Answers whether there was one. */
  async undo(): Promise<boolean> {
    const step = this.#steps.pop();
    if (!step) return false;
    if (this.current?.id === step.id) this.dismiss();
    try {
      await step.back();
    } catch (thrown) {
      this.fail(thrown);
    }
    return true;
  }

  /** Does what the message offers beside taking back: it takes the place of the change it was offered for. */
  async act({ id, action }: Notice) {
    this.#steps = this.#steps.filter((step) => step.id !== id);
    this.dismiss();
    try {
      await action?.run();
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
