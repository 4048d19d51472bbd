// The toolbar button: what Bilat knows of this page, and one press to clip it.

import type { Trouble } from './database';
import { ask } from './messages';
import type { Outcome } from './sending';
import { at } from './theme';
import { day, keptWords, words } from './words';

const page = at<HTMLButtonElement>('page');
const quote = at<HTMLButtonElement>('quote');
const state = at('state');

const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
const id = tab?.id ?? -1;

at('pair').onclick = () => void open('pair.html');
at('trouble').onclick = () => void open('trouble.html');
page.onclick = () => void clip(false);
quote.onclick = () => void clip(true);

const seen = await ask({ ask: 'look', tab: id });
at('title').textContent = seen.title;
if (seen.trouble) tell(seen.trouble);
else if (seen.since !== null) say(`Already in your library since ${day(seen.since)}.`, 'ok');
else say('Not in your library yet.');
if (seen.waiting > 0) at('trouble').textContent = seen.waiting === 1 ? '1 clip waits' : `${seen.waiting} clips wait`;
quote.hidden = !seen.selected;
quote.classList.toggle('main', seen.selected);
page.classList.toggle('main', !seen.selected);
// Without Bilat, a clip waits in the browser.
page.disabled = quote.disabled = !seen.readable;
(seen.selected ? quote : page).focus();
document.querySelector('main')?.removeAttribute('aria-busy');

async function clip(selection: boolean): Promise<void> {
  page.disabled = quote.disabled = true;
  say('Clipping …');
  show(await ask({ ask: 'clip', tab: id, quote: selection }));
}

function show(outcome: Outcome): void {
  if (outcome.state === 'kept') return say(keptWords(outcome.kept), 'ok');
  tell(outcome.trouble);
  if (outcome.state === 'waiting') state.append(' The clip waits in the browser.');
}

function tell(trouble: Trouble): void {
  say(words(trouble).title, trouble.kind === 'refused' || trouble.kind === 'unreadable' ? 'bad' : 'warn');
}

function say(text: string, tone = ''): void {
  state.textContent = text;
  state.className = `state ${tone}`;
}

async function open(path: string): Promise<void> {
  await chrome.tabs.create({ url: chrome.runtime.getURL(path) });
  close();
}
