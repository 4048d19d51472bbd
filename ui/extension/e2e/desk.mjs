// Three things at one desk: real Chromium with the built extension, `bilat serve` with a library of its own, and a
// newspaper on loopback.
//
// The newspaper is read under a name (courier.example), because the extension may always read 127.0.0.1; what the person's
// act allows it (activeTab) would not be seen there. The act itself is the browser's: the toolbar button is pressed over
// Chromium's debugging protocol, and the popup is the one that opens.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium } from 'playwright-core';
import { PORTS } from '../manifest.mjs';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..', '..', '..');
const extension = join(import.meta.dirname, '..', 'dist', 'chromium');

/** The programs under test; `cargo xtask test` names them. */
const bilat = process.env.BILAT ?? join(root, 'target', 'debug', 'bilat');
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';

export { PORTS };

/** `bilat serve` on a library. */
export class Bilat {
  #library;
  #child;
  port = 0;
  code = '';
  /** Its log: a line a request. */
  log = '';

  constructor(library) {
    this.#library = library;
  }

  /** Starts it, with a pairing code where that is asked for, and waits until it listens. */
  async start({ pair = false } = {}) {
    const child = spawn(bilat, ['--library', this.#library, '--json', 'serve', ...(pair ? ['--pair'] : [])], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    child.stderr.setEncoding('utf8').on('data', (text) => (this.log += text));
    let said = '';
    for await (const text of child.stdout.setEncoding('utf8')) {
      said += text;
      try {
        const { port, pairing } = JSON.parse(said);
        this.port = port;
        this.code = pairing?.code ?? '';
        return this;
      } catch {
        // More is to come.
      }
    }
    throw new Error(`bilat serve ended: ${this.log}`);
  }

  /** As a power cut or the system's own killer ends it. */
  async kill() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }

  /** Another process reads the library. */
  async call(...words) {
    const { stdout } = await run(bilat, ['--library', this.#library, '--json', ...words], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(stdout);
  }

  articles = async () => (await this.call('list', '--limit', '1000')).rows;
}

/** A newspaper: pages by path. Counts what it is asked for. */
async function newspaper(pages) {
  const server = createServer((request, response) => {
    const page = pages(request.url);
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page ?? '');
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return server;
}

export class Desk {
  /** @param {(path: string) => string | undefined} pages */
  static async open(pages) {
    const desk = new Desk();
    desk.home = await mkdtemp(join(tmpdir(), 'bilat-extension-'));
    desk.paper = await newspaper(pages);
    desk.bilat = new Bilat(join(desk.home, 'library.bilat'));
    desk.context = await chromium.launchPersistentContext(join(desk.home, 'profile'), {
      executablePath,
      // Extensions need the new headless mode, which Playwright does not choose by itself here.
      headless: false,
      ignoreDefaultArgs: ['--disable-extensions'],
      args: [
        '--headless=new',
        '--no-sandbox',
        `--disable-extensions-except=${extension}`,
        `--load-extension=${extension}`,
        '--disable-features=DisableLoadExtensionCommandLineSwitch',
        '--enable-unsafe-extension-debugging',
        '--host-resolver-rules=MAP *.example 127.0.0.1',
      ],
    });
    desk.worker = desk.context.serviceWorkers()[0] ?? (await desk.context.waitForEvent('serviceworker'));
    desk.id = new URL(desk.worker.url()).host;
    desk.browser = await desk.context.browser().newBrowserCDPSession();
    desk.reader = await desk.context.newPage();
    return desk;
  }

  async close() {
    await this.context?.close();
    await this.bilat.kill();
    this.paper.closeAllConnections();
    await new Promise((done) => this.paper.close(done));
    await rm(this.home, { recursive: true, force: true });
  }

  address = (path, outlet = 'courier') => `http://${outlet}.example:${this.paper.address().port}${path}`;

  /** Opens a page of the extension's own. */
  async page(name) {
    const page = await this.context.newPage();
    await page.goto(`chrome-extension://${this.id}/${name}`);
    return page;
  }

  /** Starts Bilat with a code open and types it into the pairing page. */
  async pair() {
    await this.bilat.start({ pair: true });
    const page = await this.page('pair.html');
    await page.getByLabel('Code').fill(this.bilat.code);
    await page.getByLabel('Port that Bilat shows').fill(String(this.bilat.port));
    await page.getByRole('button', { name: 'Pair', exact: true }).click();
    await page.getByRole('heading', { name: 'This browser is paired with Bilat' }).waitFor();
    await page.close();
  }

  /** Presses the toolbar button on the tab that is read, and answers with the popup. */
  async press() {
    await this.reader.bringToFront();
    const { targetInfos } = await this.browser.send('Target.getTargets', { filter: [{ type: 'tab' }] });
    const tab = targetInfos.find(({ url }) => url === this.reader.url());
    assert.ok(tab, `no tab shows ${this.reader.url()}`);
    await this.browser.send('Extensions.triggerAction', { id: this.id, targetId: tab.targetId });
    return Popup.attach(this.browser, `chrome-extension://${this.id}/popup.html`);
  }

  /** Chooses from the context menu, whose clicks arrive in the background as the browser's own do. */
  async choose(menuItemId) {
    await this.reader.bringToFront();
    await this.worker.evaluate(async (menuItemId) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      chrome.contextMenus.onClicked.dispatch({ menuItemId, editable: false, pageUrl: '' }, tab);
    }, menuItemId);
  }

  /** What the button shows of the tab that is read. */
  async badge() {
    await this.reader.bringToFront();
    return this.worker.evaluate(async () => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      const [text, title] = await Promise.all([chrome.action.getBadgeText({ tabId: tab.id }), chrome.action.getTitle({ tabId: tab.id })]);
      return { text, title };
    });
  }

  /** The clips that wait, as the extension keeps them. */
  waiting = () =>
    this.worker.evaluate(
      () =>
        new Promise((done, fail) => {
          const open = indexedDB.open('bilat', 1);
          open.onerror = () => fail(open.error);
          open.onsuccess = () => {
            const all = open.result.transaction('waiting').objectStore('waiting').getAll();
            all.onsuccess = () => done(all.result);
            all.onerror = () => fail(all.error);
          };
        }),
    );
}

/** The popup, which is a target of its own that Playwright does not list. */
class Popup {
  #browser;
  #session;
  #target;
  #next = 0;

  static async attach(browser, url) {
    const popup = new Popup();
    popup.#browser = browser;
    const target = await until(async () => {
      const { targetInfos } = await browser.send('Target.getTargets');
      return targetInfos.find((info) => info.type === 'page' && info.url === url);
    }, 'the popup');
    popup.#target = target.targetId;
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId: target.targetId, flatten: false });
    popup.#session = sessionId;
    await until(() => popup.evaluate(`document.querySelector('main') && !document.querySelector('main').hasAttribute('aria-busy')`), 'the popup to have asked');
    return popup;
  }

  async evaluate(expression) {
    const id = ++this.#next;
    const answer = new Promise((done) => {
      const hear = ({ sessionId, message }) => {
        const said = JSON.parse(message);
        if (sessionId !== this.#session || said.id !== id) return;
        this.#browser.off('Target.receivedMessageFromTarget', hear);
        done(said);
      };
      this.#browser.on('Target.receivedMessageFromTarget', hear);
    });
    const message = JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, awaitPromise: true, returnByValue: true } });
    await this.#browser.send('Target.sendMessageToTarget', { sessionId: this.#session, message });
    const { result, error } = await answer;
    if (error || result.exceptionDetails) throw new Error(JSON.stringify(error ?? result.exceptionDetails));
    return result.result.value;
  }

  state = () => this.evaluate(`document.getElementById('state').textContent`);
  shows = (id) => this.evaluate(`!document.getElementById('${id}').hidden`);

  /** Presses a button, and waits for what it says in the end. */
  async press(id) {
    await this.evaluate(`document.getElementById('${id}').click()`);
    return until(async () => {
      const said = await this.state();
      return said !== 'Clipping …' && said;
    }, 'the clip to end');
  }

  close = () => this.#browser.send('Target.closeTarget', { targetId: this.#target }).catch(() => {});
}

/** Waits until `found` answers with something. */
export async function until(found, what, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await found();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A story about officials who do not exist. */
export const story = (n, body = '') => `<!doctype html><html lang="en"><head><title>Harbour pact number ${n}</title>
<link rel="canonical" href="https://courier.example/pact/${n}"></head><body><nav><a href="/">Home</a></nav><article><h1>Harbour pact number ${n}</h1>
<p>ASTANA – The two harbours signed pact number ${n} on Friday, after talks that had lasted for most of a year, officials said.</p>
<p>“We will keep berth ${n} open to every ship that carries grain,” minister Arman Tulebek told reporters in the capital. He thanked both delegations.</p>
<p>The first train of contract ${n} leaves in May, and carries copper from the steppe to the harbour of Niigata in nineteen days.</p>
${body}</article></body></html>`;
