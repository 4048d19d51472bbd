// Pairing: the code that Bilat shows, at the port that Bilat shows. The person compares the port, because any program
// may answer at it and pass the code on.

import { Failure, HOSTS, listening, pair } from './bilat';
import { forgetPairing, keepPairing, looksUp, pairing } from './database';
import { ask } from './messages';
import { at } from './theme';
import { day, words } from './words';

const form = at<HTMLFormElement>('form');
const code = at<HTMLInputElement>('code');
const port = at<HTMLInputElement>('port');
const submit = at<HTMLButtonElement>('submit');
const lookUp = at<HTMLInputElement>('looks_up');

form.onsubmit = (event) => {
  event.preventDefault();
  void send();
};
at('grant').onclick = async () => {
  await chrome.permissions.request({ origins: HOSTS });
  await show();
};
at('forget').onclick = async () => {
  await forgetPairing();
  await show();
};
at('trouble').onclick = () => void chrome.tabs.create({ url: chrome.runtime.getURL('trouble.html') });
lookUp.onchange = async () => {
  const on = lookUp.checked && (await chrome.permissions.request({ permissions: ['tabs'] }));
  if (!on) await chrome.permissions.remove({ permissions: ['tabs'] });
  await ask({ ask: 'looks_up', on });
  lookUp.checked = on;
};

lookUp.checked = await looksUp();
await show();

async function show(): Promise<void> {
  const paired = await pairing();
  at('heading').textContent = paired ? 'This browser is paired with Bilat' : 'Pair this browser with Bilat';
  at('paired').hidden = !paired;
  form.hidden = paired !== undefined;
  at('allow').hidden = await chrome.permissions.contains({ origins: HOSTS });
  if (paired) {
    at('since').textContent = `Paired on ${day(paired.paired_at)}. Bilat was last found at port ${paired.port}.`;
    return;
  }
  const ports = await listening();
  if (ports[0] !== undefined) port.placeholder = String(ports[0]);
  at('found').textContent =
    ports.length > 0
      ? `Something that speaks Bilat’s language answers at port ${ports.join(' and ')}. Type the port that Bilat itself shows: it must be the same.`
      : 'Nothing answers yet. While Bilat shows a code, it answers.';
  code.focus();
}

async function send(): Promise<void> {
  submit.disabled = true;
  say('Pairing …');
  try {
    await keepPairing(await pair(Number(port.value), code.value.replace(/\s/g, ''), await label()));
    form.reset();
    say('');
    await show();
    await ask({ ask: 'send' });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(reason(error), 'bad');
  } finally {
    submit.disabled = false;
  }
}

function reason({ kind, detail, trouble }: Failure): string {
  if (kind !== 'refused') return words(trouble).title;
  switch (detail) {
    case '401':
      return 'That is not the code. After five wrong ones it stops working.';
    case '404':
      return 'Bilat has no code open: it was used, it is older than two minutes, or it was guessed wrongly too often. Open a new one.';
    case '429':
      return 'Too many wrong codes. Wait a minute.';
    default:
      return `What answers at port ${port.value} is not a Bilat that pairs (${detail}).`;
  }
}

/** What Bilat’s list of browsers calls this one. */
async function label(): Promise<string> {
  const { os } = await chrome.runtime.getPlatformInfo();
  const SYSTEMS: Record<string, string> = { mac: 'macOS', win: 'Windows', linux: 'Linux', android: 'Android', cros: 'ChromeOS', openbsd: 'OpenBSD' };
  const agent = navigator.userAgent;
  const browser = /Firefox/.test(agent) ? 'Firefox' : /Edg\//.test(agent) ? 'Edge' : 'Chromium';
  return `${browser} on ${SYSTEMS[os] ?? os}`;
}

function say(text: string, tone = ''): void {
  const said = at('said');
  said.textContent = text;
  said.className = tone;
}
