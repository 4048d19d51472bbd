// The dossier of a pair in the real window: opened by keyboard, a voice followed to its words.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';
import { ask, click } from './person.mjs';

describe('the dossier of a pair', () => {
  let window;
  before(async () => {
    window = await openWindow();
    await window.resize(1440, 900);
    await click(window, 'Open the exercise library');
    await window.named('[role=option]', 'Kazakhstan');
  });
  after(() => window?.close());

  it('opens from the pair, with the numbers that the door gives', async () => {
    await click(window, 'Japan – Kazakhstan', 'aside button');
    await window.press(['control', 'd']);
    await window.reads('Recorded in this library, not in the world');
    const head = await ask(window, 'read_dossier_head', { dyad: 'JP-KZ' });
    const heading = await window.run("return document.querySelector('h1').parentElement.innerText");
    assert.ok(heading.includes('Japan') && heading.includes('Kazakhstan'), heading);
    await window.reads(`${head.left.statements} quotes, ${head.left.voices} voices`);
    await window.reads(`${head.right.statements} quotes, ${head.right.voices} voices`);
    await window.picture('dossier');
  });

  it('follows a voice to its words', async () => {
    await click(window, 'A permit is a signature', 'button.said');
    await window.named('article h1', 'sign transit');
    await until(() => window.run("return document.querySelector('article .body').innerText.includes('A permit is a signature')"), 'the words are shown');
  });
});
