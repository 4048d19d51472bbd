// Kills Bilat at random moments while clips arrive from the extension, and looks afterwards whether each that was
// acknowledged is there with its hash, and none twice.
//
//   node extension/e2e/kill.mjs [CLIPS] [KILLS] [SEED]

import assert from 'node:assert/strict';
import { Desk, story, until } from './desk.mjs';

/** Clips `clips` pages while Bilat is killed `kills` times and started again. Says what happened. */
export async function killing(clips, kills, seed) {
  const random = mulberry(seed);
  const desk = await Desk.open((path) => {
    const number = /^\/pact\/(\d+)/.exec(path)?.[1];
    return number && story(number);
  });
  try {
    await desk.pair();
    const pages = await desk.page('trouble.html');
    await desk.reader.goto(desk.address('/pact/0'));
    // The person's act: it lets the extension read this outlet's pages in this tab.
    await (await desk.press()).close();
    const tab = await desk.worker.evaluate(async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id);

    // A kill falls somewhere into the time that a clip takes, from the reading of the page to the answer, or a little after.
    const doomed = new Set();
    while (doomed.size < kills) doomed.add(1 + Math.floor(random() * clips));
    let took = 300;
    const kill = async () => {
      await new Promise((done) => setTimeout(done, random() * took * 1.2));
      await desk.bilat.kill();
      await new Promise((done) => setTimeout(done, random() * 100));
      await desk.bilat.start();
    };
    let dying = Promise.resolve();

    /** What Bilat acknowledged at once, by address; and what the extension holds of the others. */
    const acknowledged = new Map();
    const waited = new Map();
    for (let n = 1; n <= clips; n++) {
      const url = desk.address(`/pact/${n}`);
      await desk.reader.goto(url);
      if (doomed.has(n)) dying = dying.then(kill);
      const start = Date.now();
      const outcome = await pages.evaluate((tab) => chrome.runtime.sendMessage({ ask: 'clip', tab, quote: false }), tab);
      if (outcome.state === 'kept') took = Date.now() - start;
      assert.notEqual(outcome.state, 'not clipped', JSON.stringify(outcome));
      if (outcome.state === 'kept') acknowledged.set(url, outcome.kept.sha256_raw);
      else for (const clip of await desk.waiting()) waited.set(clip.url, clip.sha256);
    }
    await dying;
    await until(async () => {
      await pages.evaluate(() => chrome.runtime.sendMessage({ ask: 'send' }));
      return (await desk.waiting()).length === 0;
    }, 'the queue to empty', 120);

    // By another process, from the file.
    await desk.bilat.kill();
    const { faults } = await desk.bilat.call('check');
    assert.deepEqual(faults, []);
    const kept = new Map();
    for (const { id } of await desk.bilat.articles()) {
      const { snapshots } = await desk.bilat.call('show', String(id));
      for (const { capture, sha256_raw } of snapshots) {
        const number = /(\d+)$/.exec(capture.url)[1];
        kept.set(number, [...(kept.get(number) ?? []), sha256_raw]);
      }
    }
    const numbered = (map) => [...map].map(([url, hash]) => [/(\d+)$/.exec(url)[1], hash]);
    for (const [number, hash] of [...numbered(waited), ...numbered(acknowledged)]) {
      assert.deepEqual(kept.get(number), [hash], `page ${number}: there once, with the hash that was acknowledged`);
    }
    assert.equal(kept.size, clips);
    return { clips, kills, at_once: acknowledged.size, later: clips - acknowledged.size };
  } finally {
    await desk.close();
  }
}

/** A generator that a seed starts again. */
function mulberry(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === import.meta.filename) {
  const [clips = 200, kills = 50, seed = Date.now() % 1e6] = process.argv.slice(2).map(Number);
  console.log(`${clips} clips, ${kills} kills, seed ${seed}`);
  console.log(await killing(clips, kills, seed));
}
