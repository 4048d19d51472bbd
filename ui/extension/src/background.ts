// The background: buttons, menus and shortcuts in; clips out. It wakes for an act of the person and, while clips
// wait, once a minute; otherwise it sleeps, and no visit to a page is told to anybody.

import { Failure, find, since } from './bilat';
import { showOutcome, showSince, showWaiting } from './badge';
import { dequeue, looksUp, pairing, setLooksUp, waiting, type Trouble } from './database';
import type { Answers, Look, Request } from './messages';
import { glance, type Glance } from './page';
import { again, clip, sendWaiting, type Outcome } from './sending';

const ALARM = 'send';
const CLIP_PAGE = 'clip-page';
const CLIP_QUOTE = 'clip-quote';

chrome.runtime.onInstalled.addListener(({ reason }) => {
  chrome.contextMenus.removeAll(() => {
    const documentUrlPatterns = ['http://*/*', 'https://*/*'];
    chrome.contextMenus.create({ id: CLIP_QUOTE, title: 'Clip selection as quote', contexts: ['selection'], documentUrlPatterns });
    chrome.contextMenus.create({ id: CLIP_PAGE, title: 'Clip page', contexts: ['page', 'link', 'image', 'selection'], documentUrlPatterns });
  });
  if (reason === 'install') void chrome.tabs.create({ url: chrome.runtime.getURL('pair.html') });
  void round();
});
chrome.runtime.onStartup.addListener(() => void round());
chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) void round();
});

chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) => {
  if (tab?.id !== undefined) void clipUnseen(tab.id, menuItemId === CLIP_QUOTE);
});
chrome.commands.onCommand.addListener((command, tab) => {
  if (tab?.id !== undefined) void clipUnseen(tab.id, command === CLIP_QUOTE);
});

chrome.runtime.onMessage.addListener((request: Request, sender, answer) => {
  // Only our own pages speak to us.
  if (sender.id !== chrome.runtime.id || !sender.url?.startsWith(chrome.runtime.getURL(''))) return false;
  reply(request).then(answer, (error: unknown) => {
    console.error(error);
    answer(null);
  });
  return true;
});

// Only where the person turned it on, and gave leave to see addresses.
chrome.tabs.onUpdated.addListener((tab, change) => {
  if (change.status === 'complete') void lookUp(tab);
});

async function reply(request: Request): Promise<Answers[Request['ask']]> {
  switch (request.ask) {
    case 'clip':
      return clipTab(request.tab, request.quote);
    case 'look':
      return look(request.tab);
    case 'send':
      await round();
      return null;
    case 'again':
      await again(request.id);
      await round();
      return null;
    case 'discard':
      await dequeue(request.id);
      await settle();
      return null;
    case 'looks_up':
      await setLooksUp(request.on);
      return null;
  }
}

async function clipTab(tab: number, quote: boolean): Promise<Outcome> {
  // Set before there is anything to send: should the browser stop us in between, we are woken.
  await wake();
  const outcome = await clip(tab, quote);
  await settle();
  await showOutcome(tab, outcome);
  return outcome;
}

/** The same without a popup that says what became of it. */
async function clipUnseen(tab: number, quote: boolean): Promise<void> {
  const outcome = await clipTab(tab, quote);
  if (outcome.state === 'waiting' && outcome.trouble.kind === 'not_paired') {
    await chrome.tabs.create({ url: chrome.runtime.getURL('pair.html') });
  }
}

/** Sends what waits. */
async function round(): Promise<void> {
  try {
    await sendWaiting();
  } finally {
    await settle();
  }
}

const wake = (): Promise<void> => chrome.alarms.create(ALARM, { periodInMinutes: 1 });

/** While anything waits, we are woken again. */
async function settle(): Promise<void> {
  const any = (await waiting()).length > 0;
  const set = await chrome.alarms.get(ALARM);
  if (any && !set) await wake();
  if (!any && set) await chrome.alarms.clear(ALARM);
  await showWaiting();
}

/** What the popup shows. Asked when a person opens it. */
async function look(tab: number): Promise<Look> {
  const [seen, clips] = await Promise.all([glanceAt(tab), waiting()]);
  const shown = { title: seen?.title ?? '', selected: seen?.selected ?? false, readable: seen !== null, since: null, waiting: clips.length };
  if (!seen) return { ...shown, trouble: { kind: 'unreadable' } };
  try {
    const known = await ask(seen);
    await showSince(tab, known);
    return { ...shown, since: known };
  } catch (error) {
    return { ...shown, trouble: trouble(error) };
  }
}

async function glanceAt(tab: number): Promise<Glance | null> {
  try {
    const [injected] = await chrome.scripting.executeScript({ target: { tabId: tab }, func: glance });
    const seen = injected?.result as Glance | undefined;
    return seen && /^https?:/.test(seen.url) ? seen : null;
  } catch {
    return null;
  }
}

async function lookUp(id: number): Promise<void> {
  if (!(await looksUp())) return;
  try {
    const { url } = await chrome.tabs.get(id);
    if (url && /^https?:/.test(url)) await showSince(id, await ask({ url, title: '', selected: false }));
  } catch {
    // Bilat is not there, or the tab is gone; nobody asked.
  }
}

async function ask({ url, canonical_url }: Glance): Promise<string | null> {
  const paired = await pairing();
  if (!paired) throw new Failure('not_paired');
  return since(paired, await find(paired), url, canonical_url);
}

function trouble(error: unknown): Trouble {
  if (error instanceof Failure) return error.trouble;
  throw error;
}
