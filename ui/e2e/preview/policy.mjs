// Builds the window as it is shipped, serves it under the content security policy of tauri.conf.json, walks through
// its views, and fails when the policy had to block anything.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';

const ui = join(import.meta.dirname, '..', '..');
const outDir = await mkdtemp(join(tmpdir(), 'bilat-policy-'));
await build({ root: import.meta.dirname, configFile: join(ui, 'vite.config.ts'), base: './', build: { outDir, emptyOutDir: true }, logLevel: 'error' });

const { csp } = JSON.parse(await readFile(join(ui, '..', 'tauri.conf.json'), 'utf8')).app.security;
const policy = Object.entries(csp).map(([name, value]) => `${name} ${value}`).join('; ');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };
const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://x').pathname;
  const file = join(outDir, path === '/' ? 'index.html' : path);
  try {
    const bytes = await readFile(file);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const blocked = [];
page.on('console', (message) => /content security policy/i.test(message.text()) && blocked.push(message.text()));
page.on('pageerror', (error) => blocked.push(String(error)));
const base = `http://127.0.0.1:${server.address().port}/`;
for (const library of ['full', 'empty', 'unusable']) {
  await page.goto(`${base}?library=${library}`);
  await page.locator('.side, .first, .unusable').first().waitFor();
  if (library !== 'full') continue;
  await page.getByRole('option').first().click();
  await page.locator('.body p').first().waitFor();
  await page.getByTitle('Go to the next suggestion').click();
  await page.keyboard.press('e');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  for (const keys of ['Control+k', 'Control+n', '?', 'Control+Shift+b']) {
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForTimeout(100);
  }
  await page.keyboard.press('Control+Comma');
  await page.getByRole('button', { name: 'Larger text' }).click();
  await page.waitForTimeout(300);
}
await browser.close();
server.close();
await rm(outDir, { recursive: true });
if (blocked.length > 0) {
  console.error(blocked.join('\n'));
  process.exit(1);
}
console.log('The policy blocked nothing.');
