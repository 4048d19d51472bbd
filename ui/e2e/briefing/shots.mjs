// Pictures of the briefing view on the sample library, under the content security policy that ships.
// usage: node e2e/briefing/shots.mjs [FOLDER]   (default: target/pictures/briefing)
// With DOOR=http://127.0.0.1:8733 (the example `door` on a library, for the origin http://127.0.0.1:8734) the first pictures show that library.
import { createServer } from 'node:http';
import { mkdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const here = import.meta.dirname;
const root = join(here, '..', '..', '..');
const out = process.argv[2] ?? join(root, 'target', 'pictures', 'briefing');
const site = join(root, 'target', 'pictures', 'briefing-site');
await mkdir(out, { recursive: true });
await build({ root: here, configFile: false, logLevel: 'warn', plugins: [svelte({ configFile: join(here, '..', '..', 'svelte.config.js') })], build: { outDir: site, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false } } });

const { app } = JSON.parse(await readFile(join(root, 'tauri.conf.json'), 'utf8'));
const door = process.env.DOOR;
if (door) app.security.csp['connect-src'] += ` ${door}`;
const policy = Object.entries(app.security.csp).map(([name, value]) => `${name} ${value}`).join('; ');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  const file = join(site, path === '/' ? 'index.html' : path);
  const body = await readFile(file).catch(() => null);
  response.writeHead(body ? 200 : 404, { 'content-type': TYPES[extname(file)] ?? 'text/plain', 'content-security-policy': policy });
  response.end(body ?? '');
}).listen(8734, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const address = `http://127.0.0.1:${server.address().port}`;

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const faults = [];

/** One picture: `act` brings the page there. */
async function shot(name, query = '', { width = 1440, height = 900, act } = {}) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && faults.push(`${name}: ${message.text()}`));
  page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`));
  await page.goto(`${address}/?${query}${door ? `&door=${door}` : ''}`);
  await page.waitForSelector('.cm-q, [data-list], .list, .cm-content');
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(500);
  await act?.(page);
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(out, `${name}.png`) });
  await page.close();
}

const F8 = async (page) => page.keyboard.press('F8');
const only = process.env.ONLY;
for (const [name, query, options] of [
  ['briefing', ''],
  ['briefing-dark', 'theme=dark'],
  ['briefing-side', 'side=1'],
  ['briefing-side-1280', 'side=1', { width: 1280, height: 800 }],
  ['briefing-960', '', { width: 960, height: 600 }],
  ['briefing-960-dark', 'theme=dark', { width: 960, height: 600 }],
  ['briefing-2560', '', { width: 2560, height: 1440 }],
  ['problem', 'text=altered', { act: F8 }],
  ['problem-dark', 'text=altered&theme=dark', { act: F8 }],
  ['problem-uncited', 'text=altered', { act: async (page) => { await F8(page); await F8(page); } }],
  ['wording', 'text=altered', { act: async (page) => { await page.keyboard.press('Shift+F8'); } }],
  ['completion', '', { act: async (page) => { await page.click('.cm-line >> nth=6'); await page.keyboard.press('End'); await page.keyboard.type(' [@'); await page.waitForTimeout(400); } }],
  ['preview', '', { act: (page) => page.getByRole('radio', { name: 'Preview' }).click() }],
  ['preview-960', '', { width: 960, height: 600, act: (page) => page.getByRole('radio', { name: 'Preview' }).click() }],
  ['fields', '', { act: (page) => page.click('.cm-facts button') }],
  ['drag', '', { act: async (page) => {
    const card = await page.locator('ul[aria-label="Evidence tray"] li').first().boundingBox();
    await page.mouse.move(card.x + 90, card.y + 20);
    await page.mouse.down();
    await page.mouse.move(620, 560, { steps: 6 });
  } }],
  ['export', '', { act: (page) => page.keyboard.press('Control+e') }],
  ['export-stopped', 'text=altered', { act: async (page) => { await page.keyboard.press('Control+e'); await page.waitForTimeout(200); await page.keyboard.press('Enter'); await page.waitForTimeout(300); } }],
  ['not-saved', 'full=1', { act: async (page) => { await page.keyboard.type('Words. '); await page.waitForTimeout(1300); } }],
  ['conflict', 'conflict=1', { act: async (page) => { await page.keyboard.type('Words. '); await page.waitForTimeout(1500); } }],
  ['list', 'list=1'],
  ['list-empty', 'list=1&none=1'],
  ['new', 'list=1', { act: (page) => page.getByRole('button', { name: /^New briefing/ }).click() }],
  ['no-evidence', 'none=1&text=empty'],
]) if (!only || only.split(',').includes(name)) await shot(name, query, options);

await browser.close();
server.close();
for (const fault of faults) console.error(fault);
process.exitCode = faults.length ? 1 : 0;
