// What the extension's pages ask of the background, and what they hear.

import type { Trouble } from './database';
import type { Outcome } from './sending';

export type Request =
  | { ask: 'clip'; tab: number; quote: boolean }
  | { ask: 'look'; tab: number }
  | { ask: 'send' }
  | { ask: 'again'; id: string }
  | { ask: 'discard'; id: string }
  | { ask: 'looks_up'; on: boolean };

/** What the popup shows of a tab. */
export interface Look {
  title: string;
  selected: boolean;
  /** Whether the page can be read at all. */
  readable: boolean;
  /** Since when it is in the library; null when it is not. */
  since: string | null;
  /** Why that is not known. */
  trouble?: Trouble;
  waiting: number;
}

export interface Answers {
  clip: Outcome;
  look: Look;
  send: null;
  again: null;
  discard: null;
  looks_up: null;
}

export const ask = <R extends Request>(request: R): Promise<Answers[R['ask']]> => chrome.runtime.sendMessage(request);
