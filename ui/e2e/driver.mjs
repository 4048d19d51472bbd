// The real window, driven: a small client of the W3C WebDriver protocol, which is HTTP and JSON.
//
// Debian's WebKitWebDriver starts the program itself (`webkitgtk:browserOptions`); the environment variable
// tells Tauri to let its web view be driven. No display of one's own is touched: `cargo xtask test --e2e` gives one
// by Xvfb. Every window gets folders of its own, so that no test sees the library or the settings of a person.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const root = join(import.meta.dirname, '..', '..');

/** The program under test and the folder for pictures; `cargo xtask test --e2e` names both. */
export const program = process.env.BILAT_DESKTOP ?? join(root, 'target', 'debug', 'bilat-desktop');
export const pictures = process.env.BILAT_PICTURES ?? join(root, 'target', 'e2e');

/** Keys that have no character of their own. */
export const Key = {
  backspace: '\uE003', tab: '\uE004', enter: '\uE007', escape: '\uE00C', space: '\uE00D',
  f8: '\uE038',
  end: '\uE010', home: '\uE011', left: '\uE012', up: '\uE013', right: '\uE014', down: '\uE015', delete: '\uE017',
  shift: '\uE008', control: '\uE009', alt: '\uE00A',
};

/**
 * Opens the window on a library; without one, on a new library in a folder that goes when the window closes.
 * @param {{library?: string, args?: string[], env?: Record<string, string>}} [options]
 */
export function openWindow({ library, args = [], env = {} } = {}) {
  return open(env, (home) => ({ binary: program, args: ['--library', library ?? join(home, 'library.bilat'), ...args] }));
}

/**
 * Opens a plain browser on the same engine, the one that comes with it: what it does is what the window would do
 * without its confinement.
 * @param {{env?: Record<string, string>}} [options]
 */
export function openBrowser({ env = {} } = {}) {
  return open(env, () => undefined);
}

async function open(env, options) {
  const home = await mkdtemp(join(tmpdir(), 'bilat-e2e-'));
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own: the program outlives its driver, and both have to go.
    detached: true,
    env: {
      ...process.env,
      TAURI_AUTOMATION: 'true',
      TAURI_WEBVIEW_AUTOMATION: 'true',
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      GDK_BACKEND: 'x11',
      GTK_USE_PORTAL: '0',
      NO_AT_BRIDGE: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
      MESA_SHADER_CACHE_DISABLE: 'true',
      ...env,
    },
  });
  const driverFailed = once(driver, 'error').then(([error]) => {
    throw new Error(`WebKitWebDriver cannot be started: ${error.message}`);
  });
  process.once('exit', () => kill(driver, 'SIGKILL'));
  const window = new Window(`http://127.0.0.1:${port}`, driver, home);
  try {
    await Promise.race([window.begin(options(home)), driverFailed]);
  } catch (error) {
    await window.close();
    throw error;
  }
  return window;
}

class Window {
  #address;
  #driver;
  #home;
  #session;

  constructor(address, driver, home) {
    this.#address = address;
    this.#driver = driver;
    this.#home = home;
  }

  async begin(options) {
    await until(async () => (await fetch(`${this.#address}/status`)).ok, 'WebKitWebDriver answers', 20_000);
    const { sessionId } = await this.#send('POST', '/session', {
      capabilities: { alwaysMatch: options ? { 'webkitgtk:browserOptions': options } : {} },
    });
    this.#session = sessionId;
  }

  /** Goes to an address and waits until its page is there. */
  go(address) {
    return this.#ask('POST', '/url', { url: address });
  }

  /** How many windows there are. */
  async count() {
    return (await this.#ask('GET', '/window/handles')).length;
  }

  /** The page's title. */
  title() {
    return this.#ask('GET', '/title');
  }

  /** Runs the body of a function in the page; `arguments` holds the values, and a promise is waited for. */
  run(script, ...values) {
    return this.#ask('POST', '/execute/sync', { script, args: values });
  }

  /** The first element of a CSS selector, waited for. */
  async find(selector, patience = 10_000) {
    return until(async () => {
      const [first] = await this.findAll(selector);
      return first;
    }, `“${selector}” is in the page`, patience);
  }

  /** All elements of a CSS selector, as the page stands now. */
  async findAll(selector) {
    const found = await this.#ask('POST', '/elements', { using: 'css selector', value: selector });
    return found.map((element) => new Element((...call) => this.#ask(...call), element[ELEMENT]));
  }

  /** The first element of a CSS selector that is shown and whose name or text holds these words, waited for. */
  async named(selector, words, patience = 10_000) {
    const script = `const [selector, words] = arguments;
      const reads = (element) => (element.getAttribute('aria-label') ?? element.title) + ' ' + (element.innerText || element.placeholder || '');
      return [...document.querySelectorAll(selector)].find((element) => element.checkVisibility() && reads(element).includes(words)) ?? null`;
    return until(async () => {
      const found = await this.run(script, selector, words);
      return found && new Element((...call) => this.#ask(...call), found[ELEMENT]);
    }, `“${selector}” with “${words}” is shown`, patience);
  }

  /** Waits until a selector finds nothing. */
  gone(selector, patience = 10_000) {
    return until(async () => (await this.findAll(selector)).length === 0, `“${selector}” is gone`, patience);
  }

  /** Waits until the text of the page holds these words. */
  async reads(words, patience = 10_000) {
    return until(() => this.run('return document.body.innerText.includes(arguments[0])', words), `the page reads “${words}”`, patience);
  }

  /** Presses keys one after the other, wherever the focus is; `['control', 'k']` in one go is a chord. */
  async press(...keys) {
    const actions = [];
    for (const key of keys) {
      const chord = (Array.isArray(key) ? key : [key]).map((name) => Key[name] ?? name);
      actions.push(...chord.map((value) => ({ type: 'keyDown', value })));
      actions.push(...chord.reverse().map((value) => ({ type: 'keyUp', value })));
    }
    await this.#ask('POST', '/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
    await this.#ask('DELETE', '/actions');
  }

  /** Presses the mouse at the first point, moves it over the others and lets it go; points are `[x, y]` in the page. */
  async drag(...points) {
    const move = ([x, y]) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 });
    const [first, ...rest] = points.map(move);
    await this.#point([first, { type: 'pointerDown', button: 0 }, ...rest, { type: 'pointerUp', button: 0 }]);
  }

  /** Clicks the mouse at a point of the page, twice for a word; button 1 is the middle one. */
  async clickAt([x, y], times = 1, button = 0) {
    const click = [{ type: 'pointerDown', button }, { type: 'pointerUp', button }];
    await this.#point([{ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 }, ...Array(times).fill(click).flat()]);
  }

  async #point(actions) {
    await this.#ask('POST', '/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
    await this.#ask('DELETE', '/actions');
  }

  /** Gives the page this size, in CSS pixels. */
  async resize(width, height, patience = 10_000) {
    await this.#ask('POST', '/window/rect', { x: 0, y: 0, width, height });
    const size = () => this.run('return [innerWidth, innerHeight]');
    await until(async () => `${await size()}` === `${[width, height]}`, async () => `the page is ${width}×${height} and not ${await size()}`, patience);
  }

  /** Writes what the window shows into the folder for pictures, once its fonts are there. */
  async picture(name) {
    // Fonts are asked for when the page is first laid out, so that one look at `document.fonts` comes too early.
    const settled = `return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
      .then(() => document.fonts.ready).then(() => document.fonts.status === 'loaded')`;
    await until(async () => (await this.run(settled)) && (await this.run(settled)), 'the fonts are there');
    const file = join(pictures, `${name}.png`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(await this.#ask('GET', '/screenshot'), 'base64'));
    return file;
  }

  /** Closes the window, ends its processes and removes its folders. */
  async close() {
    if (this.#session) await this.#ask('DELETE', '').catch(() => {});
    await this.#end('SIGTERM');
    await this.#end('SIGKILL');
    await rm(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  async #end(signal) {
    kill(this.#driver, signal);
    await new Promise((wake) => setTimeout(wake, 200));
  }

  #ask(method, path, body) {
    return this.#send(method, `/session/${this.#session}${path}`, body);
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#address + path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: method === 'POST' ? JSON.stringify(body ?? {}) : undefined,
    });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebDriver ${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

class Element {
  #ask;
  #id;

  constructor(ask, id) {
    this.#ask = (method, path, body) => ask(method, `/element/${id}${path}`, body);
    this.#id = id;
  }

  /** So that an element can be handed to `run`. */
  toJSON() {
    return { [ELEMENT]: this.#id };
  }

  click() {
    return this.#ask('POST', '/click');
  }

  /** Types text into the element; members of `Key` may stand in it. */
  type(text) {
    return this.#ask('POST', '/value', { text });
  }

  clear() {
    return this.#ask('POST', '/clear');
  }

  text() {
    return this.#ask('GET', '/text');
  }

  attribute(name) {
    return this.#ask('GET', `/attribute/${name}`);
  }

  isShown() {
    return this.#ask('GET', '/displayed');
  }
}

/** Asks again until the answer is true; says what never came. */
export async function until(question, what, patience = 10_000) {
  const end = Date.now() + patience;
  let last;
  for (;;) {
    try {
      const answer = await question();
      if (answer) return answer;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) {
      const expected = typeof what === 'function' ? await what() : what;
      throw new Error(`waited ${patience / 1000} s in vain: ${expected}`, { cause: last });
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
}

function kill(driver, signal) {
  try {
    process.kill(-driver.pid, signal);
  } catch {
    // It is gone already, or never came.
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
