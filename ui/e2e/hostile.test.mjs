// Hostile pages in the real window: whatever a page holds, showing it connects to nobody, looks up no name, goes nowhere
// and runs nothing. Three times, with ever less between the page and the engine:
//
//   in the reader             as it was clipped
//   past the sanitiser        stored as it came, by a library that Bilat did not write
//   past the reader           put into the window's own document: the policy and the rules of navigation stand alone
//
// First of all the same pages are shown in a browser without protection, so that what is watched for is known to happen.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { parseFragment } from 'parse5';
import { openBrowser, openWindow, until } from './driver.mjs';
import { DOMAIN, compileWatch, grouped, openSink, pageOf, readCases } from './hostile.mjs';
import { ask } from './person.mjs';

const BILAT = process.env.BILAT ?? join(import.meta.dirname, '..', '..', 'target', 'debug', 'bilat');
const TOGETHER = 8;
/** What no policy stops: names that are looked up, and connections that are opened, before anything is asked for. */
const BEFORE_ANY_REQUEST = /preconnect|dns-prefetch/i;
const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));
const slices = (all, size) => Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
/** The case that a host name of ours belongs to. */
const caseOf = (host) => host.slice(0, Math.max(0, host.indexOf(`.${DOMAIN}`)));

const folder = await mkdtemp(join(tmpdir(), 'bilat-hostile-'));
const watch = compileWatch(folder);
const skip = watch ? false : 'no C compiler is here (cc), so that names which are looked up cannot be seen';
if (skip) console.log(`hostile pages: ${skip}`);

describe('hostile pages', { skip }, () => {
  const pages = new Map();
  let sink;
  let cases;
  before(async () => {
    sink = await openSink(pages);
    cases = readCases(sink.port);
  });
  after(async () => {
    await sink?.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  /** Counts what happens from now on. */
  async function watching() {
    const [lines, connections, requests] = [(await watch.lines()).length, sink.seen.connections, sink.seen.requests.length];
    return async () => ({
      lines: (await watch.lines()).slice(lines),
      connections: sink.seen.connections - connections,
      requests: sink.seen.requests.slice(requests),
    });
  }

  describe('without protection', () => {
    let browser;
    after(() => browser?.close());

    it('load, look up, connect and run: what is watched for does happen', async (test) => {
      try {
        browser = await openBrowser({ env: watch.env });
      } catch (error) {
        console.log(`not shown without protection: ${error.message}`);
        return test.skip(`the browser that comes with the engine cannot be opened: ${error.message}`);
      }
      // Printing and asking would wait for a person.
      const shown = cases.filter(({ name }) => name !== 'navigate-script-print');
      for (const one of shown) pages.set(`/case/${one.number}`, pageOf(one));
      const since = await watching();
      const ran = new Set();
      for (const [at, slice] of slices(shown, 40).entries()) {
        const frames = slice.map(({ number }) => `<iframe src="/case/${number}"></iframe>`).join('');
        pages.set(`/frames/${at}`, `<!doctype html><title>cases</title><script>Object.defineProperty(window, 'ran', { value: {} })</script>${frames}`);
        await browser.go(`http://127.0.0.1:${sink.port}/frames/${at}`).catch(() => {});
        for (let before = -1; before !== sink.seen.requests.length; await pause(250)) before = sink.seen.requests.length;
        // A case that moved the page on has been counted by where it went.
        const numbers = await browser.run('return window.ran && typeof ran === "object" ? Object.keys(ran).map(Number) : []').catch(() => []);
        for (const number of numbers) ran.add(cases[number].name);
      }
      const { lines, requests } = await since();
      const asked = new Set(requests.map(caseOf).filter(Boolean));
      const lookedUp = new Set(lines.filter(({ deed }) => deed === 'looks-up').map(({ whom }) => caseOf(whom)));
      console.log(`without protection, of ${shown.length} cases: ${asked.size} make requests, ${lookedUp.size} have names looked up, ${ran.size} run scripts by themselves`);
      assert.ok(asked.size > 250, `only ${asked.size} made requests`);
      assert.ok(lookedUp.size > 250, `only ${lookedUp.size} looked up a name`);
      assert.ok(ran.size > 80, `only ${ran.size} ran a script`);
      for (const name of ['load-img-src', 'load-iframe-src', 'load-script-src', 'css-sheet-import', 'css-style-background', 'svg-image-href', 'link-stylesheet-head', 'link-meta-refresh-head']) {
        assert.ok(asked.has(name), `${name} made no request`);
      }
      for (const name of ['link-preconnect-head', 'link-preconnect-upper']) assert.ok(lookedUp.has(name), `${name} looked up no name`);
      for (const name of ['handlers-onload-svg', 'handlers-onerror-img', 'svg-script']) assert.ok(ran.has(name), `${name} ran nothing`);
      assert.ok(lines.some(({ deed, port }) => deed === 'connects' && port === sink.port), 'the watch, too, sees connections');
    });
  });

  describe('in the window', () => {
    let window;
    let home;
    let articles;
    before(async () => {
      const library = join(folder, 'library.bilat');
      const clips = join(folder, 'pages');
      await mkdir(clips);
      for (const group of grouped(cases, TOGETHER)) await writeFile(join(clips, `${group[0].name}.html`), pageOf(...group));
      // The last that is clipped is the first in the list.
      await writeFile(join(clips, 'zz-links.html'), LINKS(sink.port));
      const stderr = await new Promise((done) =>
        execFile(BILAT, ['--library', library, 'clip', clips], { maxBuffer: 1 << 26, timeout: 180_000 }, (_, __, stderr) => done(stderr)),
      );
      // Some are binary to the eye, and are refused as that.
      const refused = stderr.split('\n').filter((line) => line.startsWith('bilat: clipping '));
      assert.ok(refused.length <= 8, stderr);
      // What the program would hand to a browser, it hands to a note.
      const tools = join(folder, 'bin');
      await mkdir(tools);
      await writeFile(join(tools, 'xdg-open'), `#!/bin/sh\necho "$@" >> '${join(folder, 'opened')}'\n`);
      await chmod(join(tools, 'xdg-open'), 0o755);
      await writeFile(join(folder, 'opened'), '');
      window = await openWindow({ library, env: { ...watch.env, PATH: `${tools}:${process.env.PATH}` } });
      await window.resize(1440, 900);
      articles = (await ask(window, 'list_articles', { view: 'all', offset: 0, limit: 0 })).total;
      assert.ok(articles > 200, `${articles} articles`);
      home = await window.run('window.ran = {}; return location.href');
    });
    after(() => window?.close());

    /** The window is where it was, alone, and nothing ran in it or was started by it. */
    async function assertUntouched() {
      assert.equal((await window.run('return location.href')).split('#')[0], home);
      assert.match(await window.title(), / · Bilat$/);
      assert.deepEqual(await window.run('return typeof top.ran === "object" ? Object.keys(top.ran).map(Number) : "replaced"'), [], 'a script ran');
      assert.equal(await window.count(), 1);
      assert.equal(await readFile(join(folder, 'opened'), 'utf8'), '');
    }

    /** Nothing was reached, nothing ran, and the window is where it was. */
    async function assertQuiet(since) {
      // What another process does takes a moment.
      await pause(700);
      const { lines, connections, requests } = await since();
      assert.deepEqual(lines, []);
      assert.deepEqual(requests, []);
      assert.equal(connections, 0);
      await assertUntouched();
    }

    it('read the same for a second parser: words, links and structure', async () => {
      const { rows } = await window.run(
        "return window.__TAURI_INTERNALS__.invoke('rpc', { name: 'list_articles', payload: { view: 'all', offset: 0, limit: 1000 } })",
      );
      const ids = rows.map(({ id }) => id);
      for (let offset = rows.length; offset < articles; offset = ids.length) {
        ids.push(...(await ask(window, 'list_articles', { view: 'all', offset, limit: 200 })).rows.map(({ id }) => id));
      }
      assert.equal(new Set(ids).size, articles);
      for (const slice of slices(ids, 60)) {
        const script = `return Promise.all(arguments[0].map((id) =>
          window.__TAURI_INTERNALS__.invoke('rpc', { name: 'read_article', payload: { id } }).then(({ title, snapshot }) => ({ title, ...snapshot }))))`;
        for (const { title, html, text, blocks } of await window.run(script, slice)) {
          const { childNodes } = parseFragment(html);
          const letters = [...text];
          assert.deepEqual(childNodes.map(wordsOf), blocks.map(({ start, end }) => letters.slice(start, end).join('')), title);
          assert.deepEqual(childNodes.flatMap(strangers), [], title);
        }
      }
    });

    it('are shown in the reader, and nothing happens', async () => {
      const since = await watching();
      const strange = [];
      for (let shown = 0; shown < articles; ) {
        const walked = await window.run(WALK, 'j', Math.min(40, articles - shown), null);
        assert.ok(walked.shown > 0, `stuck after ${shown} articles`);
        shown += walked.shown;
        strange.push(...walked.strange);
      }
      assert.deepEqual(strange, []);
      await assertQuiet(since);
      console.log(`${cases.length} cases were shown in the reader, on ${articles} pages: no connection, no name, no navigation, no script`);
    });

    it('are shown past the sanitiser, and nothing happens', async () => {
      const since = await watching();
      const groups = grouped(cases, TOGETHER).slice(0, articles - 1);
      const strange = [];
      let as = 0;
      for (const slice of slices(groups, 40)) {
        const stored = slice.map((group) => group.map(({ bytes }) => `<p>${bytes.toString('utf8')}</p>`).join(''));
        const walked = await window.run(WALK, 'k', slice.length, stored);
        assert.equal(walked.shown, slice.length, `stuck in ${slice[walked.shown]?.[0].name}`);
        as += walked.stored;
        strange.push(...walked.strange);
      }
      assert.equal(as, groups.length, 'each page was answered with the case as it came');
      assert.deepEqual(strange, []);
      await assertQuiet(since);
      // The library's own answers again.
      await window.run('window.stored = null');
    });

    it('have links that nothing opens but the one way out', async () => {
      // Down to the second article and back to the first, which holds the links.
      await until(async () => {
        await window.run(WALK, 'j', 1, null);
        await window.run(WALK, 'k', 1, null);
        return (await window.run(`return document.querySelectorAll('article .body a').length`)) >= 3;
      }, 'the article with the links is open', 20_000);
      const since = await watching();
      const points = await window.run(`return [...document.querySelectorAll('article .body a')].map((link) => {
        const { left, top, height } = link.getBoundingClientRect();
        return [link.href, [left + 4, top + height / 2]];
      })`);
      assert.deepEqual(points.map(([href]) => href.split(':')[0]), ['http', 'https', 'mailto']);
      for (const [, [x, y]] of points) {
        await window.clickAt([x, y]);
        await window.clickAt([x, y], 2);
        await window.clickAt([x, y], 1, 1);
        // Out of the text, over the list, and onto the page itself.
        await window.drag([x, y], [x + 30, y + 30], [120, 400], [300, 500]);
        await window.drag([x, y], [x + 60, y + 90]);
        await window.run('getSelection().removeAllRanges()');
      }
      await window.run(`for (const link of document.querySelectorAll('article .body a')) link.click()`);
      await assertQuiet(since);
      // The way out is the person's own: it hands over the address of the article, and no other.
      await window.run(`document.activeElement?.blur(); document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'o', bubbles: true, cancelable: true }))`);
      await until(async () => (await readFile(join(folder, 'opened'), 'utf8')) === 'https://harbour.example/links\n', 'the address is handed over');
      await writeFile(join(folder, 'opened'), '');
    });

    it('are put past the reader, and the policy stands alone', async () => {
      const since = await watching();
      await put(false);
      const { lines, connections, requests } = await since();
      // The engine itself sends the reports that a policy in a page asks for: another reason why no meta element is kept.
      assert.deepEqual(requests.map(caseOf).filter((name) => name !== 'link-meta-csp-report'), [], 'the policy lets no request out');
      const lookedUp = new Set(lines.filter(({ deed }) => deed === 'looks-up').map(({ whom }) => caseOf(whom)));
      const known = cases.filter(({ bytes }) => BEFORE_ANY_REQUEST.test(bytes.toString('latin1'))).map(({ name }) => name);
      assert.deepEqual([...lookedUp].filter((name) => !known.includes(name) && name !== 'link-meta-csp-report'), [], 'a name was looked up for more than preconnect and dns-prefetch');
      assert.deepEqual(lines.filter(({ deed, whom, port }) => deed !== 'looks-up' && !(whom === '127.0.0.1' && port === sink.port)), []);
      console.log(`past sanitiser and reader: ${requests.length} requests (only reports that a page's own policy asks for may be); ${lookedUp.size} names looked up and ${connections} connections opened, all by preconnect and dns-prefetch`);
    });

    it('are followed and sent past the reader, and the rules of navigation stand alone', async () => {
      const since = await watching();
      await put(true);
      const { requests } = await since();
      assert.deepEqual(requests.map(caseOf).filter((name) => name !== 'link-meta-csp-report'), [], 'nothing is followed, sent or pinged');
    });

    /** Puts all cases into the window's own document; with `act`, clicks, submits and sets off what is in them. */
    async function put(act) {
      // Names that stand in the way of the page's own are no matter of the policy; they were shown above. What changes
      // the policy, or what is looked up, for the page as a whole comes last.
      const last = ({ name }) => /^link-meta-(csp|dns)/.test(name);
      const all = cases.filter(({ name }) => !name.startsWith('clobber'));
      for (const slice of slices([...all.filter((one) => !last(one)), ...all.filter(last)], 20)) {
        const markups = slice.map(({ bytes, place }) => [bytes.toString('utf8'), place === 'head' || place === 'page']);
        const names = slice.map(({ name }) => name).join(' ');
        await window.run(PUT, markups, act).catch((error) => assert.fail(`${error.message}, in ${names}`));
        await assertUntouched().catch((error) => assert.fail(`${error.message}, after ${names}`));
      }
      await pause(700);
    }
  });
});

/** An article with a link of each scheme that may stay in it. */
const LINKS = (port) => `<!doctype html><html lang=en><head><title>Where the links lead</title><link rel=canonical href="https://harbour.example/links">
  <meta property="og:url" content="https://harbour.example/links"></head><body><article><h1>Where the links lead</h1>
  <p><a target="_top" ping="http://ping.${DOMAIN}:${port}/" href="http://plain.${DOMAIN}:${port}/a">The timetable</a> hangs on the wall of the harbour office, where it has hung since the spring before last.</p>
  <p><a target="_blank" href="https://secure.${DOMAIN}:${port}/a">The second timetable</a> hangs behind the first one, and nobody has read it since the pier was mended in the autumn.</p>
  <p><a href="mailto:desk@harbour.example?subject=words">The desk of the office</a> answers letters on Mondays, when the ferry is not there and the envoy of the islands is asleep.</p>
  </article></body></html>`;

/** The text of a node of parse5. */
const wordsOf = (node) => (node.nodeName === '#text' ? node.value : (node.childNodes ?? []).map(wordsOf).join(''));

/** What is in a node of parse5 that no reading copy may hold. */
function strangers(node) {
  if (node.nodeName === '#text') return [];
  const plain = ['h1', 'h2', 'h3', 'h4', 'p', 'blockquote', 'pre', 'a', 'em', 'strong', 'sup', 'sub', 'code'].includes(node.nodeName);
  const attributes = (node.attrs ?? []).filter(({ name, value }) => !(name === 'data-kind' && node.nodeName === 'p') && !(name === 'href' && /^(https?:\/\/|mailto:)/.test(value)));
  return [...(plain ? [] : [node.nodeName]), ...attributes.map(({ name, value }) => `${name}=${value}`), ...(node.childNodes ?? []).flatMap(strangers)];
}

/**
 * Opens the next articles with the key for it, or with `stored` as if each were stored so, word for word; answers how many
 * came, how many of them were answered so, and every element that no reading copy may hold.
 */
const WALK = `
  const [key, count, stored] = arguments;
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const copy = () => document.querySelector('article .body')?.firstElementChild;
  const strange = [];
  const answered = new Set();
  const take = (html, article) => {
    const template = document.createElement('template');
    template.innerHTML = html;
    let text = '';
    const blocks = [...template.content.children].map((element) => {
      if (text) text += '\\n\\n';
      const start = [...text].length;
      text += element.textContent;
      return { kind: 'paragraph', start, end: [...text].length };
    });
    return { ...article, standfirst: null, dateline: null, annotations: [], suggestions: [], snapshot: { ...article.snapshot, html, text, blocks } };
  };
  if (stored && !window.asked) {
    window.asked = window.fetch;
    window.fetch = async (address, options) => {
      const answer = await window.asked(address, options);
      if (typeof window.stored !== 'string' || !String(address).endsWith('/rpc')) return answer;
      const request = typeof options.body === 'string' ? options.body : new TextDecoder().decode(options.body);
      if (!request.includes('"read_article"')) return answer;
      window.taken = (window.taken ?? 0) + 1;
      return new Response(JSON.stringify(take(window.stored, await answer.json())), { headers: answer.headers });
    };
  }
  const allowed = (element) => {
    const attributes = [...element.attributes].filter(({ name, value }) => !(
      (name === 'href' && element.localName === 'a' && /^(https?:\\/\\/|mailto:)/.test(value)) || name === 'data-kind' ||
      (name === 'class' && /^(hang|place)$/.test(value)) || (name === 'style' && /^(margin-bottom: [\\d.]+px;)?$/.test(value))));
    return attributes.length === 0 && element.matches('h1, h2, h3, h4, p, blockquote, pre, a, em, strong, sup, sub, code, span.place');
  };
  return (async () => {
    let shown = 0;
    let answers = 0;
    for (; shown < count; shown++) {
      const before = copy();
      window.stored = stored ? stored[shown] : null;
      window.taken = 0;
      document.activeElement?.blur();
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      const end = performance.now() + 5000;
      const open = () => copy() !== before && (!stored || window.taken > 0);
      while (!open() && performance.now() < end) await new Promise((wake) => setTimeout(wake, 4));
      if (!open()) break;
      await frame();
      if (window.taken > 0) answers++;
      for (const element of document.querySelectorAll('article .body *, article .title *, article .dek *')) {
        if (!allowed(element)) strange.push(document.querySelector('article h1')?.textContent + ': ' + element.outerHTML.slice(0, 200));
      }
    }
    return { shown, strange, stored: answers };
  })()`;

/** Puts markup into the document in both ways there are; with `act`, does to it what a person and a script could do. */
const PUT = `
  const [markups, act] = arguments;
  const pause = (ms) => new Promise((wake) => setTimeout(wake, ms));
  const place = document.body.appendChild(document.createElement('div'));
  const heads = [];
  for (const [markup, head] of markups) {
    const box = place.appendChild(document.createElement('div'));
    box.innerHTML = markup;
    const range = document.createRange();
    range.selectNodeContents(box);
    // Scripts in a fragment that is made so would run.
    box.append(range.createContextualFragment(markup));
    if (!head) continue;
    const fragment = range.createContextualFragment(markup);
    heads.push(...fragment.childNodes);
    document.head.append(fragment);
  }
  return (async () => {
    await pause(60);
    for (const box of act ? place.children : []) {
      for (const element of [...box.querySelectorAll('*')].slice(0, 400)) {
        for (const { name } of element.attributes) if (name.startsWith('on')) element.dispatchEvent(new Event(name.slice(2), { bubbles: true }));
        if (element.localName === 'form') try { element.requestSubmit(); } catch { /* Not connected any more. */ }
        // A file chooser would wait for a person.
        if (!element.matches('a, area, button, summary, input:not([type=file], [type=color])')) continue;
        element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
        await pause(4);
      }
    }
    if (act) await pause(40);
    place.remove();
    for (const node of heads) node.remove?.();
  })()`;
