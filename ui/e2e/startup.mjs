// Measures the start of the window, from the start of its process to the first paint with content: on an empty
// library and on one of 10,000 generated articles, taking turns. `cargo xtask bench --window` runs it.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openWindow, until } from './driver.mjs';

const ARTICLES = Number(process.env.ARTICLES ?? 10_000);
const TURNS = Number(process.env.TURNS ?? 6);
const WORDS = 'harbour treaty minister transit permit cable season quota route envoy pact border metal rail port council'.split(' ');

const folder = mkdtempSync(join(tmpdir(), 'bilat-startup-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** A library of generated articles, each with other words. */
function fill(library, articles) {
  const pages = join(folder, 'pages');
  mkdirSync(pages);
  for (let n = 0; n < articles; n += 1) {
    const word = (at) => WORDS[(n * 7 + at * 13 + Math.floor(n / 16) * at) % WORDS.length];
    const line = (p) => `The ${word(p)} of ${n * 31 + p} and the ${word(p + 1)} of Japan and Kazakhstan met on the ${word(p + 2)} again.`;
    const body = Array.from({ length: 20 }, (_, p) => Array.from({ length: 2 }, (_, s) => line(p * 2 + s)).join(' ')).join('\n\n');
    writeFileSync(join(pages, `${n}.txt`), `Story ${n} on the ${word(3)} and the ${word(5)}\n\n${body}\n`);
  }
  execFileSync(process.env.BILAT, ['--library', library, 'clip', pages], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** When the process that holds `library` open was started, in milliseconds since 1970 (Linux: hundredths of a second). */
function startedAt(library) {
  const boot = Number(/btime (\d+)/.exec(readFileSync('/proc/stat', 'utf8'))[1]) * 1000;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const [program, ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (!program.endsWith('bilat-desktop') || !args.includes(library)) continue;
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return boot + Number(fields[19]) * 10;
    } catch {
      // The process ended while it was looked at.
    }
  }
  throw new Error('the window has no process');
}

async function start(library) {
  const window = await openWindow({ library });
  try {
    const paint = 'return performance.getEntriesByName("first-contentful-paint").map((e) => performance.timeOrigin + e.startTime)[0] ?? null';
    const painted = await until(() => window.run(paint), 'the page has painted');
    return painted - startedAt(library);
  } finally {
    await window.close();
  }
}

const libraries = { empty: join(folder, 'empty.bilat'), full: join(folder, 'full.bilat') };
fill(libraries.full, ARTICLES);
const times = { empty: [], full: [] };
for (let turn = 0; turn <= TURNS; turn += 1) {
  for (const name of Object.keys(libraries)) {
    const ms = await start(libraries[name]);
    // The first turn fills the system's caches.
    if (turn > 0) times[name].push(ms);
  }
}
const median = (list) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)];
const [empty, full] = [median(times.empty), median(times.full)];
console.log(`process start to first paint, median of ${TURNS}: empty library ${empty.toFixed(0)} ms, ${ARTICLES} articles ${full.toFixed(0)} ms, ratio ${(full / empty).toFixed(2)}`);
