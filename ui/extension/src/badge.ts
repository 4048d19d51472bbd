// What the toolbar shows: how many clips wait, and of a tab, that it is in the library or what went wrong.

import { waiting } from './database';
import type { Outcome } from './sending';
import { day, words } from './words';

const TITLE = 'Clip to Bilat';
// The tokens --ok, --warn and --bad.
const COLOUR = { ok: '#216a49', warn: '#895709', bad: '#b32322' };

/** How many clips wait, on every tab. */
export async function showWaiting(): Promise<void> {
  const { length } = await waiting();
  await chrome.action.setBadgeBackgroundColor({ color: COLOUR.warn });
  await chrome.action.setBadgeText({ text: length === 0 ? '' : String(length) });
  await chrome.action.setTitle({ title: length === 0 ? TITLE : `${TITLE}: ${length === 1 ? '1 clip waits' : `${length} clips wait`}` });
}

/** What became of a clip, on its tab. */
export async function showOutcome(tab: number, outcome: Outcome): Promise<void> {
  switch (outcome.state) {
    case 'kept':
      return show(tab, '✓', COLOUR.ok, 'In your library');
    case 'waiting':
      return show(tab, '…', COLOUR.warn, `Kept in the browser for now. ${words(outcome.trouble).title}`);
    case 'not clipped':
      return show(tab, '!', COLOUR.bad, `Not clipped. ${words(outcome.trouble).title}`);
  }
}

/** Since when a tab's page is in the library. */
export async function showSince(tab: number, since: string | null): Promise<void> {
  if (since !== null) await show(tab, '✓', COLOUR.ok, `In your library since ${day(since)}`);
}

async function show(tabId: number, text: string, color: string, title: string): Promise<void> {
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId, color });
    await chrome.action.setBadgeText({ tabId, text });
    await chrome.action.setTitle({ tabId, title });
  } catch {
    // The tab was closed meanwhile.
  }
}
