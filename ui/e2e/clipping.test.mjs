// The ways in, in the real window and by hand: an address, a page that changes, a capture held back, a page without
// words but by script, a link from outside, an import with failures, a browser that pairs.
//
// A file dropped on the window is not among them: WebDriver drags what is on the page, and has no way to drag a file in
// from outside. What the page does with dropped paths is tested in src/clip and src/imports.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as listen } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';
import { ask, click, type } from './person.mjs';

const TITLE = 'Estonia and Uruguay open a shared survey of the Southern shelf';
const SENTENCES = [
  'MONTEVIDEO – Estonia and Uruguay opened a shared survey of the Southern shelf on Friday, after two years in which each had counted alone.',
  '“We have one ship, one list and one clock, and that is new,” Estonian envoy Liisa Tamberg told reporters at the harbour.',
  'Her counterpart, Ramiro Etchegaray, said that the figures would be published every quarter and that neither side would correct them alone.',
  'The survey had been agreed in principle three years ago and was put off twice, once for want of a vessel and once for want of a budget.',
  'Officials on both sides described the list of open questions as short. It still holds the largest of them: who pays for the second year.',
  'A first report is expected before the winter. The delegations meet again in Tallinn in the spring, when the ship is due for repairs.',
];
const article = (sentences) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${TITLE}</title><meta property="og:title" content="${TITLE}"><meta property="og:site_name" content="The Meridian Courier"></head>
   <body><article><h1>${TITLE}</h1>${sentences.map((sentence) => `<p>${sentence}</p>`).join('')}</article></body></html>`;

/** What the scripts of a page come to that is empty without them: what it could reach, and what it remembers. */
const SCRIPTED = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${TITLE}</title></head><body><div id="root"></div><script>
  (async () => {
    const tries = {};
    const attempt = async (name, act) => { try { tries[name] = 'reached ' + JSON.stringify(await act()); } catch (error) { tries[name] = 'refused'; } };
    const inner = window.__TAURI_INTERNALS__;
    await attempt('library', () => inner.invoke('rpc', { name: 'library_status', payload: {} }));
    await attempt('events', () => inner.invoke('plugin:event|listen', { event: 'library', target: { kind: 'Any' }, handler: inner.transformCallback(() => {}) }));
    await attempt('picker', () => inner.invoke('pick_file', { ask: { title: 'x' } }));
    await attempt('render', () => inner.invoke('clip_rendered', { page: { url: 'https://example.org/' } }));
    await attempt('window', () => inner.invoke('plugin:window|close', { label: 'main' }));
    await attempt('ipc', () => fetch('ipc://localhost/rpc', { method: 'POST', body: '{}' }).then((answer) => { if (!answer.ok) throw answer; return answer.text(); }));
    await attempt('opened', () => { if (!window.open('https://example.org/')) throw 0; });
    const frame = document.createElement('iframe');
    frame.src = 'file:///etc/hostname';
    document.body.append(frame);
    const memory = [localStorage.getItem('seen'), document.cookie.includes('own=1')].join();
    localStorage.setItem('seen', 'yes');
    document.cookie = 'own=1';
    const p = (text) => { const element = document.createElement('p'); element.textContent = text; return element; };
    const root = document.getElementById('root');
    root.innerHTML = '<article><h1>${TITLE}</h1></article>';
    root.firstChild.append(...${JSON.stringify(SENTENCES)}.map(p), p('Tried: ' + Object.entries(tries).map(([name, what]) => name + ' ' + what).join(', ') + ', and in memory there is ' + memory + ', as the harbour master said.'));
    location.href = 'http://127.0.0.1:9/private';
  })();
</script></body></html>`;

/** A web server of our own, whose pages are functions; it remembers what it was asked. */
async function serve(pages) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, headers: request.headers });
    const page = pages[request.url];
    response.writeHead(page ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'seen=1' });
    response.end(page ? page() : 'nothing here');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { asked, pages, base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const body = (window) => window.run("return [...document.querySelectorAll('article .body > *')].map((block) => block.textContent)");
const picture = (window, name) => window.picture(join('clipping', name));

/** Clips an address as a person does who knows that it is on this computer. */
async function clipAddress(window, address) {
  await window.press(['control', 'n']);
  const field = await window.find('dialog textarea');
  await field.type(address);
  await window.press('enter');
  await window.reads('is on this computer or in a private network');
  await click(window, 'Fetch it all the same');
}

describe('a page by its address', () => {
  let window;
  let site;
  let words = SENTENCES;
  before(async () => {
    site = await serve({ '/survey': () => article(words), '/scripted': () => SCRIPTED });
    window = await openWindow();
    await window.resize(1440, 900);
    await window.find('#first-text');
  });
  after(async () => {
    await window?.close();
    site?.close();
  });

  it('on this computer is fetched only after a person says so, and without cookies', async () => {
    await clipAddress(window, `${site.base}/survey`);
    await window.reads('It seems to be about Estonia – Uruguay');
    await picture(window, '1-clipped');
    assert.deepEqual(site.asked.map(({ url }) => url).filter((url) => url !== '/robots.txt'), ['/survey']);
    const { headers } = site.asked.find(({ url }) => url === '/survey');
    assert.equal(headers.cookie, undefined);
    assert.equal(headers.referer, undefined);
    await window.press(['control', 'enter']);
    await window.named('article h1', TITLE);
    assert.deepEqual(await body(window), SENTENCES);
  });

  it('whose words changed becomes a snapshot more, and the change is shown word by word', async () => {
    const said = 'We have one ship, one list and one clock, and that is new';
    const { rows } = await ask(window, 'list_articles');
    await ask(window, 'annotate', { article: String(rows[0].id), exact: said, statement: { speaker: 'Liisa Tamberg', country: 'EE' } });
    words = SENTENCES.map((sentence) => sentence.replace('one ship, one list and one clock, and that is new', 'one ship and one list, and the clock will follow'));
    await clipAddress(window, `${site.base}/survey`);
    await window.reads('The words changed: a new snapshot was kept');
    await window.press(['control', 'enter']);
    await window.gone('dialog');
    await window.named('.facts button', '2 snapshots');
    await window.run('document.querySelector("[data-pane=reader]").focus()');
    await window.press('c');
    await window.find('.compare del');
    const removed = await window.run("return [...document.querySelectorAll('.compare del')].map((part) => part.textContent).join(' ')");
    const added = await window.run("return [...document.querySelectorAll('.compare ins')].map((part) => part.textContent).join(' ')");
    assert.match(removed, /Removed:.*clock.*that is new/s);
    assert.match(added, /Added:.*will follow/s);
    await window.reads('What it did to your marks');
    const marks = await window.run("return document.querySelector('.compare .marks')?.innerText ?? ''");
    assert.match(marks, /present .*; to be checked /, marks);
    await picture(window, '2-compared');
    await window.press('escape');
    await window.gone('.compare');
  });

  it('that says much less is held back, and the words stay', async () => {
    const before = await body(window);
    words = SENTENCES.slice(0, 1);
    await clipAddress(window, `${site.base}/survey`);
    await window.reads('Kept, but not shown as the article');
    await picture(window, '3-held-back');
    await window.press(['control', 'enter']);
    await window.gone('dialog');
    await window.reads('is held back');
    assert.deepEqual(await body(window), before);
    await picture(window, '4-held-back-reader');
    words = SENTENCES;
  });

  it('that is empty without its scripts is rendered when a person says so', async () => {
    await clipAddress(window, `${site.base}/scripted`);
    await window.reads('The page is empty without its scripts');
    await picture(window, '5-needs-script');
    await click(window, 'Render the page');
    await until(() => window.run("return document.querySelector('dialog .done') !== null"), 'the page is rendered and clipped', 40_000);
    await window.press(['control', 'enter']);
    await window.gone('dialog');
    await until(async () => (await body(window)).some((text) => text.startsWith('Tried: ')), 'what the scripts made stands in the article');
    await picture(window, '6-rendered');
  });
});

describe('a page that is rendered', () => {
  let window;
  let site;
  before(async () => {
    site = await serve({ '/scripted': () => SCRIPTED, '/endless': () => '<!doctype html><p>One line.</p><script>for (;;);</script>' });
    window = await openWindow();
    await window.find('#first-text');
  });
  after(async () => {
    await window?.close();
    site?.close();
  });
  const render = (page) =>
    window.run("return window.__TAURI_INTERNALS__.invoke('clip_rendered', { page: arguments[0] }).then((answer) => ({ answer }), (refused) => ({ refused }))", page);

  it('reaches nothing of the program, opens nothing, goes nowhere private and remembers nothing', async () => {
    for (const time of ['first', 'second']) {
      const { answer, refused } = await render({ url: `${site.base}/scripted`, allow_host: true });
      assert.ok(answer, refused?.message);
      const { snapshot } = await ask(window, 'read_article', { id: answer.id });
      assert.equal(snapshot.capture.method, 'rendered');
      const tried = snapshot.text.split('\n').find((line) => line.startsWith('Tried: '));
      for (const name of ['library', 'events', 'picker', 'render', 'window', 'ipc', 'opened']) assert.match(tried, new RegExp(`\\b${name} refused`), tried);
      // A memory would have changed the words the second time.
      assert.match(tried, /in memory there is ,false/, tried);
      assert.equal(answer.state, time === 'first' ? 'new' : 'unchanged');
    }
    assert.deepEqual(site.asked.map(({ url }) => url), ['/scripted', '/scripted']);
    assert.ok(site.asked.every(({ headers }) => headers.cookie === undefined));
  });

  it('loads what it shows from the host that was allowed, and nothing from another on this computer', async () => {
    const inner = await serve({ '/inner': () => '<p>A door that is not for strangers.' });
    const [port, other] = [site, inner].map(({ base }) => new URL(base).port);
    const tries = [`http://127.0.0.1:${other}/inner`, `http://localhost:${other}/inner`, `http://[::ffff:127.0.0.1]:${other}/inner`, `http://0x7f.1:${other}/inner`, `http://localhost:${port}/other`];
    // Whether anything came is seen where it would have come to; the page only waits for its own.
    site.pages['/loads'] = () => `<!doctype html><title>Loads</title><article><h1>Loads</h1><p>The page that asks for everything it is not to have.</p></article><script>
      for (const url of ${JSON.stringify(tries)}) {
        new Image().src = url;
        fetch(url, { mode: 'no-cors' }).catch(() => {});
        navigator.sendBeacon(url, 'x');
        try { new WebSocket(url.replace('http', 'ws')); } catch {}
        const frame = document.createElement('iframe');
        frame.src = url;
        document.body.append(frame);
      }
      fetch('/own').then((own) => own.text()).then((own) => document.querySelector('article').append(Object.assign(document.createElement('p'), { textContent: own })));
    </script>`;
    site.pages['/own'] = () => 'What is its own it may have, said the keeper of the door to the page that had asked.';
    const { answer, refused } = await render({ url: `${site.base}/loads`, allow_host: true });
    assert.ok(answer, refused?.message);
    const { snapshot } = await ask(window, 'read_article', { id: answer.id });
    assert.match(snapshot.text, /said the keeper of the door/);
    assert.deepEqual(inner.asked.map(({ url }) => url), []);
    assert.deepEqual(site.asked.map(({ url }) => url).filter((url) => url === '/other'), []);
    inner.close();
  });

  it('is not rendered from a private network unless a person allowed that host', async () => {
    const before = site.asked.length;
    for (const url of [`${site.base}/scripted`, 'http://localhost/', 'http://192.168.0.1/', 'http://[::1]/']) {
      const { refused } = await render({ url });
      assert.equal(refused?.code, 'private_address', url);
    }
    for (const url of ['file:///etc/passwd', 'javascript:1', 'data:text/html,<p>', 'tauri://localhost/']) {
      const { refused } = await render({ url, allow_host: true });
      assert.equal(refused?.code, 'bad_input', url);
    }
    assert.equal(site.asked.length, before);
  });

  it('that never ends is given up, and the window goes on', async () => {
    const { refused } = await render({ url: `${site.base}/endless`, allow_host: true });
    assert.equal(refused?.code, 'network');
    assert.match(refused.message, /send it with the extension$/);
    assert.equal((await ask(window, 'library_status')).read_only, false);
  });
});

describe('a link from outside', () => {
  it('is shown whole when the program starts with it, and nothing is fetched', async () => {
    const address = 'https://courier.example/world/a?b=c&d=e';
    const window = await openWindow({ args: [`bilat://clip?url=${encodeURIComponent(address)}`] });
    try {
      await window.resize(1440, 900);
      await window.named('dialog h2', 'Clip this page?');
      assert.equal(await window.run("return document.querySelector('dialog .address').textContent"), address);
      await picture(window, '7-link');
      await window.press('enter');
      await window.press('escape');
      await window.gone('dialog');
      assert.equal((await ask(window, 'list_articles')).total, 0);
    } finally {
      await window.close();
    }
  });

  it('to a file is refused', async () => {
    const window = await openWindow({ args: ['bilat://clip?url=file%3A%2F%2F%2Fetc%2Fpasswd'] });
    try {
      await window.named('dialog h2', 'This link was not followed');
      await picture(window, '8-link-refused');
    } finally {
      await window.close();
    }
  });
});

describe('an import', () => {
  let window;
  let folder;
  before(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'bilat-import-')), 'Press review');
    await mkdir(folder);
    await writeFile(join(folder, 'survey.html'), article(SENTENCES));
    await writeFile(join(folder, 'notes.txt'), `A note from the harbour\n\n${SENTENCES[3]}\n\n${SENTENCES[4]}\n`);
    await writeFile(join(folder, 'broken.pdf'), '%PDF-1.7\nthis is no PDF at all\n');
    window = await openWindow();
    await window.resize(1440, 900);
    await window.find('#first-text');
  });
  after(async () => {
    await window?.close();
    await rm(join(folder, '..'), { recursive: true, force: true });
  });

  it('of a folder counts what came in, names what failed, and is taken back', async () => {
    const { id } = await ask(window, 'start_import', { paths: [folder] });
    await until(async () => (await ask(window, 'read_import', { id })).state === 'done', 'the import is done', 30_000);
    await window.press(['control', 'k']);
    await window.find('dialog input');
    await type(window, 'imports');
    await window.named('dialog [role=option]', 'Imports');
    await window.press('enter');
    await window.named('main h2', 'Press review');
    await window.named('td', 'broken.pdf');
    await picture(window, '9-import');
    assert.equal((await ask(window, 'list_articles')).total, 2);
    await click(window, 'Undo import');
    await window.reads('is in the bin');
    await until(async () => (await ask(window, 'list_articles')).total === 0, 'what came in went to the bin');
    assert.equal((await ask(window, 'list_articles', { view: 'bin' })).total, 2);
  });
});

describe('a browser', () => {
  const origin = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
  const openBrowsers = async (window) => {
    await window.resize(1440, 900);
    await window.find('#first-text');
    await window.press(['control', ',']);
    await click(window, 'Browsers', 'nav button');
    await click(window, 'Pair a browser');
  };

  it('pairs with the code that is shown, and is revoked', async () => {
    const window = await openWindow();
    try {
      await openBrowsers(window);
      const code = await window.run("return document.querySelector('output.digits')?.innerText.replace(/\\D/g, '') ?? ''") || (await (await window.find('output.digits')).text()).replace(/\D/g, '');
      assert.match(code, /^\d{8}$/);
      await picture(window, '10-pairing');
      const { running, port } = await ask(window, 'clip_server');
      assert.ok(running && port);
      const answer = await fetch(`http://127.0.0.1:${port}/v1/pair`, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify({ code, label: 'Chromium on Linux' }) });
      assert.equal(answer.status, 201);
      await window.reads('Paired Chromium on Linux');
      await click(window, 'Revoke Chromium on Linux');
      await click(window, 'Revoke');
      await window.reads('No browser is paired');
      await until(async () => !(await ask(window, 'clip_server')).running, 'the server stopped: nobody could use it');
      await assert.rejects(fetch(`http://127.0.0.1:${port}/v1/ping`));
    } finally {
      await window.close();
    }
  });

  it('cannot pair while other programs have every port: the window says so, and tries again', async () => {
    const squatters = [];
    for (let port = 28410; port <= 28414; port++) {
      const squatter = listen().listen(port, '127.0.0.1');
      // Somebody else may have it already: that is as good.
      await Promise.race([once(squatter, 'listening'), once(squatter, 'error')]);
      squatters.push(squatter);
    }
    const window = await openWindow();
    try {
      await openBrowsers(window);
      await window.reads('Browsers cannot send anything');
      await window.reads('ports 28410 to 28414 are taken');
      await picture(window, '11-ports-taken');
      for (const squatter of squatters) squatter.close();
      await until(async () => (await ask(window, 'clip_server')).running, 'the server runs once a port is free', 15_000);
    } finally {
      for (const squatter of squatters) squatter.close();
      await window.close();
    }
  });
});
