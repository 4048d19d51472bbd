/**
 * What was done and can be taken back, across the whole window: one history, whichever view an act belongs to.
 *
 * An act brings its own way back and its own way forward; the history keeps their order, so that Ctrl Z always takes
 * back the newest and Ctrl Shift Z does again what was taken back last. Acts run one at a time: a second Ctrl Z while
 * the first is on its way takes back the act before it. Text fields keep their own undo.
 */
import { createContext } from 'svelte';
import type { Action, Notices } from '../controls/notices.svelte';
import { t } from '../texts';
import { Failure } from './host';

/** How far back undo goes. */
const DEPTH = 100;

export interface Act {
  /** What was done, as the end of “Undo …”: “delete of “Ministers part””. */
  label: string;
  /** What the message at the foot of the window says, with a button to undo; without it nothing is said. */
  said?: string | null;
  undo: () => Promise<unknown> | void;
  /** Does it again. An act without it can be taken back, and then is gone. */
  redo?: () => Promise<unknown> | void;
  /** The thing that the act concerns, as `article 12`; see {@link History.forget}. */
  about?: string;
  /** Something else that can be done about it, once, in its stead. */
  action?: Action;
}

interface Step extends Act {
  /** The message that spoke of it. */
  notice: number;
}

export class History {
  #done = $state.raw<Step[]>([]);
  #undone = $state.raw<Step[]>([]);
  /** What Ctrl Z would take back; null where there is nothing. */
  readonly undoes = $derived(this.#done.at(-1)?.label ?? null);
  /** What Ctrl Shift Z would do again. */
  readonly redoes = $derived(this.#undone.at(-1)?.label ?? null);
  readonly #notices: Notices;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(notices: Notices) {
    this.#notices = notices;
    notices.keep = (said, undo, action) => this.did({ label: said === null ? t.history.change : t.history.quoted(said), said, undo, ...(action && { action }) });
  }

  /** Remembers an act that was just done, and says so when it has words for it. */
  did(act: Act) {
    const { said = null, action } = act;
    const step: Step = { ...act, notice: 0 };
    this.#done = [...this.#done.slice(-DEPTH + 1), step];
    // What was taken back belongs to a past that is not this one any more.
    this.#undone = [];
    if (said !== null) {
      const inStead: Action | undefined = action && {
        text: action.text,
        run: () => {
          this.#done = this.#done.filter((other) => other !== step);
          return action.run();
        },
      };
      step.notice = this.#notices.offer(said, { text: t.undo, keys: 'Ctrl Z', run: () => void this.undo() }, inStead);
    } else this.#notices.withdraw();
  }

  /** Takes the newest act back. Answers whether there was one. */
  undo(): Promise<boolean> {
    return this.#inTurn(async () => {
      const step = this.#done.at(-1);
      if (!step) return false;
      this.#done = this.#done.slice(0, -1);
      if (this.#notices.current?.id === step.notice) this.#notices.dismiss();
      if (!(await this.#run(step.undo, t.history.undoFailed(step.label)))) return true;
      // An act that cannot be done again cuts off what came after it: that rested on it.
      this.#undone = step.redo ? [...this.#undone, step] : [];
      return true;
    });
  }

  /** Does again what was taken back last. Answers whether there was something. */
  redo(): Promise<boolean> {
    return this.#inTurn(async () => {
      const step = this.#undone.at(-1);
      if (!step?.redo) return false;
      this.#undone = this.#undone.slice(0, -1);
      if (await this.#run(step.redo, t.history.redoFailed(step.label))) this.#done = [...this.#done, step];
      return true;
    });
  }

  /** Drops every act that concerns a thing which is gone for good: nothing brings it back. */
  forget(about: string) {
    const other = (step: Step) => step.about !== about;
    this.#done = this.#done.filter(other);
    this.#undone = this.#undone.filter(other);
    this.#notices.withdraw();
  }

  /** An act that failed on its way is in no history: what stands is not what either side expects. */
  async #run(way: () => Promise<unknown> | void, failed: string): Promise<boolean> {
    try {
      await way();
      return true;
    } catch (thrown) {
      this.#notices.fail(new Error(`${failed}: ${Failure.from(thrown).message}`));
      return false;
    }
  }

  #inTurn(run: () => Promise<boolean>): Promise<boolean> {
    const mine = this.#turn.then(run);
    this.#turn = mine;
    return mine;
  }
}

export const [getHistory, setHistory] = createContext<History>();
