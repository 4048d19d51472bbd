// Pictures of every view on the invented library, light and dark, large and small: `node e2e/preview/shots.mjs [FOLDER] [FILTER]`.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..', 'target', 'pictures');
const only = process.argv[3] ?? '';
await mkdir(folder, { recursive: true });

const server = await createServer({ root: join(import.meta.dirname, '..', '..'), configFile: join(import.meta.dirname, '..', '..', 'vite.config.ts'), server: { port: 0, strictPort: false, host: '127.0.0.1' }, logLevel: 'error' });
await server.listen();
const base = `${server.resolvedUrls.local[0]}e2e/preview/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

const pair = async (page) => page.getByRole('button', { name: /^Norway – Iceland Tone/ }).click();
const railPair = async (page) => {
  await page.getByRole('button', { name: 'Pairs', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Norway – Iceland' }).click();
};
const toPair = (page, size) => (size.width > 1140 ? pair(page) : railPair(page));
const article = async (page, size) => {
  await toPair(page, size);
  await page.getByRole('option').first().click();
  await page.locator('.body p').first().waitFor();
};
const select = async (page, words) =>
  page.evaluate((wanted) => {
    const walker = document.createTreeWalker(document.querySelector('.body'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(wanted);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + wanted.length);
      range.startContainer.parentElement.scrollIntoView({ block: 'center' });
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      walker.currentNode.parentElement.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
      return;
    }
  }, words);

const VIEWS = {
  library: { library: 'full', act: article },
  selection: { library: 'full', act: async (page, size) => (await article(page, size), await select(page, 'Nobody on our side')) },
  annotate: { library: 'full', act: async (page, size) => (await article(page, size), await select(page, 'Nobody on our side'), await page.keyboard.press('h')) },
  suggestion: { library: 'full', act: async (page, size) => (await article(page, size), await page.getByTitle('Go to the next suggestion').click()) },
  palette: { library: 'full', act: async (page, size) => (await article(page, size), await page.keyboard.press('Control+k'), await page.keyboard.type('num')) },
  clip: { library: 'full', act: async (page, size) => (await article(page, size), await page.keyboard.press('Control+n')) },
  pair: { library: 'full', act: async (page) => (await page.keyboard.press('Control+k'), await page.keyboard.type('new pair'), await page.keyboard.press('Enter')) },
  briefingdialog: { library: 'full', act: async (page) => page.keyboard.press('Control+Shift+b') },
  statements: { library: 'full', act: async (page) => page.keyboard.press('Control+3') },
  settings: { library: 'full', act: async (page) => page.keyboard.press('Control+,') },
  shortcuts: { library: 'full', act: async (page) => page.keyboard.press('?') },
  first: { library: 'empty', act: async (page) => page.locator('h1').waitFor() },
  unusable: { library: 'unusable', act: async (page) => page.locator('h1').waitFor() },
  emptypair: { library: 'full', act: async (page, size) => (size.width > 1140 ? page.getByRole('button', { name: /^Greece – Türkiye Tone/ }).click() : null) },
  russian: { library: 'full', act: async (page, size) => (await toPair(page, size), await page.getByRole('option').nth(2).click()) },
  arabic: { library: 'full', act: async (page, size) => (await toPair(page, size), await page.getByRole('option').nth(6).click()) },
  chinese: { library: 'full', act: async (page, size) => (await toPair(page, size), await page.getByRole('option').nth(5).click()) },
  many: { library: 'many', act: async (page) => (await page.getByRole('listbox', { name: 'Articles' }).evaluate((list) => (list.scrollTop = 60000)), await page.waitForTimeout(300)) },
};

const faults = [];
for (const size of [{ width: 1440, height: 900 }, { width: 960, height: 600 }]) {
  for (const theme of ['light', 'dark']) {
    for (const [name, view] of Object.entries(VIEWS)) {
      const file = `${name}-${size.width}-${theme}.png`;
      if (only && !new RegExp(only).test(file)) continue;
      const page = await browser.newPage({ viewport: size, colorScheme: theme });
      page.setDefaultTimeout(4000);
      page.setDefaultNavigationTimeout(40_000);
      page.on('pageerror', (error) => faults.push(`${file}: ${error.message}`));
      page.on('console', (message) => message.type() === 'error' && !message.location().url.endsWith('favicon.ico') && faults.push(`${file}: ${message.text()}`));
      await page.goto(`${base}?library=${view.library}&theme=${theme}`);
      await page.waitForTimeout(250);
      try {
        await page.locator('.side, .first, .unusable').first().waitFor({ timeout: 15000 });
        await view.act(page, size);
      } catch (error) {
        faults.push(`${file}: ${error.message.split('\n')[0]}`);
      }
      await page.waitForTimeout(450);
      await page.screenshot({ path: join(folder, file) });
      await page.close();
    }
  }
}
await browser.close();
await server.close();
if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
}
