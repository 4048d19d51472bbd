// What is wrong when a clip does not arrive, found out when this page is opened; and the clips that wait.

import { Failure, find, HOSTS, passes } from './bilat';
import { pairing, waiting, type Trouble, type Waiting } from './database';
import { ask } from './messages';
import { at } from './theme';
import { words } from './words';

const retry = at<HTMLButtonElement>('retry');
retry.onclick = () => void look();
at('pair').onclick = () => void chrome.tabs.create({ url: chrome.runtime.getURL('pair.html') });
at('grant').onclick = async () => {
  await chrome.permissions.request({ origins: HOSTS });
  await look();
};

await look();

async function look(): Promise<void> {
  retry.disabled = true;
  try {
    await ask({ ask: 'send' });
    show(await trouble());
    list(await waiting());
  } finally {
    retry.disabled = false;
  }
}

/** What stands in the way now: the connection, or else what Bilat said of a clip. */
async function trouble(): Promise<Trouble | undefined> {
  try {
    const paired = await pairing();
    if (!paired) return { kind: 'not_paired' };
    await find(paired);
  } catch (error) {
    if (error instanceof Failure) return error.trouble;
    throw error;
  }
  return (await waiting()).find((clip) => clip.trouble && passes(clip.trouble.kind))?.trouble;
}

function show(found: Trouble | undefined): void {
  const said = found && words(found);
  at('heading').textContent = said?.title ?? 'Nothing is wrong: Bilat is here.';
  at('text').textContent = said?.text ?? 'It answered, and proved that it is the Bilat this browser was paired with.';
  at('steps').replaceChildren(...(said?.steps ?? []).map((step) => made('li', step)));
  at('detail').textContent = found?.kind === 'stranger' ? `It answers at port ${found.detail}.` : '';
  at('grant').hidden = found?.kind !== 'no_permission';
  at('pair').hidden = !['not_paired', 'unpaired', 'stranger'].includes(found?.kind ?? '');
}

function list(clips: Waiting[]): void {
  at('waits').hidden = clips.length === 0;
  at('count').textContent = clips.length === 1 ? '1 clip waits' : `${clips.length} clips wait`;
  at('clips').replaceChildren(...clips.map(row));
}

function row(clip: Waiting): HTMLElement {
  const said = made('div', '');
  said.append(made('div', clip.title || clip.url, 'title'), made('div', new URL(clip.url).host, 'small dim'));
  if (clip.trouble) said.append(made('div', clip.trouble.detail ?? words(clip.trouble).title, `small ${passes(clip.trouble.kind) ? 'warn' : 'bad'}`));
  const acts = made('div', '', 'acts');
  if (clip.trouble && !passes(clip.trouble.kind)) acts.append(button('Try again', () => ask({ ask: 'again', id: clip.id })));
  acts.append(
    button('Throw away', async () => {
      if (confirm(`Throw away “${clip.title || clip.url}”? It is not in your library.`)) await ask({ ask: 'discard', id: clip.id });
    }),
  );
  const item = made('li', '');
  item.append(said, acts);
  return item;
}

function button(text: string, act: () => Promise<unknown>): HTMLElement {
  const made = document.createElement('button');
  made.textContent = text;
  made.className = 'plain small';
  made.onclick = async () => {
    await act();
    await look();
  };
  return made;
}

function made(tag: string, text: string, look = ''): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  element.className = look;
  return element;
}
