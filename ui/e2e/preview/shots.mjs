// Pictures of every view on the invented library, light and dark, large and small: `node e2e/preview/shots.mjs [FOLDER] [FILTER]`.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const folder = process.argv[2] ?? join(import.meta.dirname, '..', '..', '..', 'target', 'pictures');
const only = process.argv[3] ?? '';
await mkdir(folder, { recursive: true });

const root = join(import.meta.dirname, '..', '..');
// Not the tests' configuration: what tests need would be looked for here as well.
const server = await createServer({ root, configFile: false, plugins: [svelte()], server: { port: 0, host: '127.0.0.1', fs: { allow: [join(root, '..')] } }, optimizeDeps: { entries: ['e2e/preview/index.html'] }, logLevel: 'error' });
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

const imported = (page) => page.evaluate(() => window.library.haveImported());

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
  browsers: { library: 'full', act: async (page) => (await page.keyboard.press('Control+,'), await page.getByRole('button', { name: 'Browsers' }).click(), await page.getByRole('button', { name: 'Pair a browser' }).click()) },
  singlefile: { library: 'full', act: async (page) => (await page.keyboard.press('Control+,'), await page.getByRole('button', { name: 'Browsers' }).click(), await page.getByRole('button', { name: 'Use SingleFile' }).click()) },
  feeds: { library: 'full', act: async (page) => (await page.keyboard.press('Control+,'), await page.getByRole('button', { name: 'Feeds', exact: true }).click()) },
  network: { library: 'full', act: async (page) => (await page.keyboard.press('Control+,'), await page.getByRole('button', { name: 'Network' }).click(), await page.getByRole('radio', { name: 'SOCKS5' }).click()) },
  address: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('https://ledger.example/2031/03/14/fishing-talks?edition=int')) },
  clipped: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('https://ledger.example/a'), await page.keyboard.press('Enter')) },
  heldback: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('https://held.example/a'), await page.keyboard.press('Enter')) },
  script: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('https://script.example/a'), await page.keyboard.press('Enter')) },
  private: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('http://localhost:8080/a'), await page.keyboard.press('Enter')) },
  gone: { library: 'full', act: async (page) => (await page.keyboard.press('Control+n'), await page.locator('dialog textarea').fill('https://gone.example/a'), await page.keyboard.press('Enter')) },
  link: { library: 'full', act: async (page) => page.evaluate(() => window.library.link('bilat://clip?url=' + encodeURIComponent('https://courier.example/world/2031/03/ministers-part-without-a-date?utm=x'))) },
  linkrefused: { library: 'full', act: async (page) => page.evaluate(() => window.library.link('bilat://clip?url=' + encodeURIComponent('http://192.168.0.1/admin'))) },
  importdialog: { library: 'full', act: async (page) => page.evaluate(() => window.library.drop('/home/analyst/Downloads/Nexis 2031-03-14.docx', '/home/analyst/Documents/Press review', '/home/analyst/Zotero/My library.rdf')) },
  imports: { library: 'full', act: async (page) => (await imported(page), await page.keyboard.press('Control+k'), await page.keyboard.type('imports'), await page.keyboard.press('Enter')) },
  pinned: { library: 'full', act: async (page, size) => (await imported(page), await article(page, size)) },
  compare: { library: 'full', act: async (page, size) => (await article(page, size), await page.keyboard.press('c')) },
  held: { library: 'full', act: async (page, size) => (await page.evaluate(() => window.library.hold()), await article(page, size)) },
  provenance: { library: 'full', act: async (page, size) => (await article(page, size), await page.getByRole('button', { name: 'Where this comes from' }).click()) },
  foot: { library: 'full', act: async (page, size) => (await article(page, size), await page.getByRole('button', { name: 'Show them' }).click(), await page.locator('article footer').evaluate((foot) => foot.scrollIntoView({ block: 'end' }))) },
  correct: { library: 'full', act: async (page, size) => (await article(page, size), await page.locator('.body p').nth(3).click(), await page.waitForTimeout(200), await page.keyboard.press('f')) },
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
