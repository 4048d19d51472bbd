// What a person does with the extension, in real Chromium and with a running Bilat.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { after, before, test } from 'node:test';
import { Desk, PORTS, story, until } from './desk.mjs';

// A page whose words are not all in its source: a shadow root with a slot, and what a script wrote.
const RENDERED = story(
  1,
  `<story-part><span slot="who">deputy minister Saule Orazova</span></story-part>
  <p id="late"></p><iframe srcdoc="<p>Words of the frame nobody reads here</p>"></iframe>
  <form><input name="card" value="preset number"><textarea>draft of a letter</textarea></form>
  <script>
    class StoryPart extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).innerHTML =
          '<style>p { color: red }</style><p>The tariff falls to zero in June, <slot name="who"></slot> added in a written statement to the paper.</p>';
      }
    }
    customElements.define('story-part', StoryPart);
    document.getElementById('late').textContent = 'Customs officers of both sides will share one building from September onwards.';
    document.querySelector('input').value = 'typed secret';
  </script>`,
);

let desk;
before(async () => {
  desk = await Desk.open((path) => {
    const number = /^\/pact\/(\d+)/.exec(path)?.[1];
    return number === '1' ? RENDERED : number && story(number);
  });
});
after(() => desk?.close());

test('installed, it opens the pairing page, and a clip before pairing waits', async () => {
  await until(() => desk.context.pages().some((page) => page.url().endsWith('/pair.html')), 'the pairing page');
  await desk.reader.goto(desk.address('/pact/7'));
  const popup = await desk.press();
  assert.equal(await popup.state(), 'This browser is not paired with Bilat.');
  assert.match(await popup.press('page'), /The clip waits in the browser/);
  assert.equal((await desk.waiting()).length, 1);
  for (const page of desk.context.pages()) if (page.url().endsWith('/pair.html')) await page.close();
});

test('a wrong code is refused, the right one pairs, and what waited arrives', async () => {
  await desk.bilat.start({ pair: true });
  const page = await desk.page('pair.html');
  const wrong = desk.bilat.code === '00000000' ? '00000001' : '00000000';
  await page.getByLabel('Port that Bilat shows').fill(String(desk.bilat.port));
  await page.getByLabel('Code').fill(wrong);
  await page.getByRole('button', { name: 'Pair', exact: true }).click();
  await page.getByText('That is not the code.').waitFor();
  // As Bilat prints it: in two halves.
  await page.getByLabel('Code').fill(`${desk.bilat.code.slice(0, 4)} ${desk.bilat.code.slice(4)}`);
  await page.getByRole('button', { name: 'Pair', exact: true }).click();
  await page.getByRole('heading', { name: 'This browser is paired with Bilat' }).waitFor();
  await page.close();
  await until(async () => (await desk.waiting()).length === 0, 'the waiting clip to be sent');
  assert.deepEqual((await desk.bilat.articles()).map(({ title }) => title), ['Harbour pact number 7']);
  const [browser] = await desk.bilat.call('browsers');
  assert.match(browser.label, /^Chromium on /);
  assert.equal(browser.origin, `chrome-extension://${desk.id}`);
});

test('the page is kept as its reader saw it', async () => {
  await desk.reader.goto(desk.address('/pact/1'));
  let popup = await desk.press();
  assert.equal(await popup.state(), 'Not in your library yet.');
  assert.equal(await popup.shows('quote'), false, 'nothing is selected');
  assert.equal(await popup.press('page'), 'Kept: a new article.');
  await popup.close();
  assert.deepEqual(await desk.badge(), { text: '✓', title: 'In your library' });
  const [{ id }] = await desk.bilat.articles();
  const article = await desk.bilat.call('show', String(id));
  const text = JSON.stringify(article);
  assert.equal(article.title, 'Harbour pact number 1');
  assert.match(text, /The tariff falls to zero in June, deputy minister Saule Orazova added/);
  assert.match(text, /Customs officers of both sides/);
  assert.doesNotMatch(text, /Words of the frame|typed secret|preset number|draft of a letter/);
  assert.equal(article.snapshots[0].capture.method, 'rendered');
  assert.equal(article.snapshots[0].capture.browser.canonical_url, 'https://courier.example/pact/1');

  popup = await desk.press();
  assert.match(await popup.state(), /^Already in your library since \d+ \w+ \d{4}\.$/);
  assert.equal(await popup.press('page'), 'Already in your library, word for word.');
  await popup.close();
  assert.match((await desk.badge()).title, /In your library/);
});

test('a selection becomes a quote, from the button and from the context menu', async () => {
  await desk.reader.goto(desk.address('/pact/2'));
  const select = (words) =>
    desk.reader.evaluate((words) => {
      const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const at = walker.currentNode.data.indexOf(words);
        if (at < 0) continue;
        getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length);
      }
    }, words);
  await select('We will keep berth 2 open to every ship that carries grain');
  const popup = await desk.press();
  assert.equal(await popup.shows('quote'), true);
  assert.match(await popup.press('quote'), /^Kept: a new article\. The passage is marked as a quote\.$/);
  await popup.close();
  await select('carries copper from the steppe');
  await desk.choose('clip-quote');
  const [{ id }] = await desk.bilat.articles();
  const marks = await until(async () => {
    const { annotations } = await desk.bilat.call('show', String(id));
    return annotations.length === 2 && annotations;
  }, 'the second mark');
  assert.deepEqual(marks.map(({ exact }) => exact).sort(), ['We will keep berth 2 open to every ship that carries grain', 'carries copper from the steppe']);
});

test('reading tells nobody', async () => {
  await new Promise((done) => setTimeout(done, 500));
  const before = desk.bilat.log;
  for (const n of [1, 2, 3]) await desk.reader.goto(desk.address(`/pact/${n}`));
  await new Promise((done) => setTimeout(done, 1000));
  assert.equal(desk.bilat.log, before);
});

test('without Bilat a clip waits, and arrives once when it is back', async () => {
  await desk.bilat.kill();
  await desk.reader.goto(desk.address('/pact/3'));
  const popup = await desk.press();
  assert.equal(await popup.state(), 'Bilat does not answer.');
  assert.equal(await popup.press('page'), 'Bilat does not answer. The clip waits in the browser.');
  await popup.close();
  const trouble = await desk.page('trouble.html');
  await trouble.getByRole('heading', { name: 'Bilat does not answer.' }).waitFor();
  await trouble.getByText('1 clip waits').waitFor();
  assert.equal(await desk.worker.evaluate(async () => (await chrome.alarms.get('send'))?.periodInMinutes), 1);
  assert.equal(await desk.worker.evaluate(() => chrome.action.getBadgeText({})), '1');

  await desk.bilat.start();
  // The alarm, as the browser rings it.
  await desk.worker.evaluate(() => chrome.alarms.onAlarm.dispatch({ name: 'send' }));
  await until(async () => (await desk.waiting()).length === 0, 'the queue to empty');
  await trouble.getByRole('button', { name: 'Try again' }).click();
  await trouble.getByRole('heading', { name: 'Nothing is wrong: Bilat is here.' }).waitFor();
  await trouble.close();
  const kept = (await desk.bilat.articles()).filter(({ title }) => title === 'Harbour pact number 3');
  assert.equal(kept.length, 1);
  assert.equal(await desk.worker.evaluate(() => chrome.alarms.get('send')), undefined, 'nothing waits, nobody wakes');
});

test('another program on the port learns a random number and nothing else', async () => {
  const port = desk.bilat.port;
  await desk.bilat.kill();
  const heard = [];
  const squatter = createServer((socket) => {
    let said = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      said += bytes;
      const [head, body] = said.split('\r\n\r\n');
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body === undefined || body.length < length) return;
      heard.push({ head, body });
      const answer = JSON.stringify({ api: 1, proofs: ['0'.repeat(64)] });
      socket.end(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: ${answer.length}\r\nConnection: close\r\n\r\n${answer}`);
    });
  });
  await new Promise((done) => squatter.listen(port, '127.0.0.1', done));
  try {
    await desk.reader.goto(desk.address('/pact/4'));
    const popup = await desk.press();
    assert.equal(await popup.state(), 'Something answers, but it is not your Bilat.');
    assert.match(await popup.press('page'), /^Something answers, but it is not your Bilat\. The clip waits/);
    await popup.close();
    assert.ok(heard.length >= 2);
    for (const { head, body } of heard) {
      assert.match(head, /^POST \/v1\/hello HTTP\/1\.1/);
      assert.doesNotMatch(head, /authorization|cookie|referer/i);
      assert.match(body, /^\{"nonce":"[0-9a-f]{64}"\}$/);
    }
    assert.equal(new Set(heard.map(({ body }) => body)).size, heard.length, 'no number twice');
    // The real one comes back at another port: it is found there, and the clip goes to it.
    await desk.bilat.start();
    assert.notEqual(desk.bilat.port, port);
    const trouble = await desk.page('trouble.html');
    await trouble.getByRole('heading', { name: 'Nothing is wrong: Bilat is here.' }).waitFor();
    await trouble.close();
    assert.deepEqual(await desk.waiting(), []);
    assert.ok(heard.every(({ head }) => head.startsWith('POST /v1/hello ')));
  } finally {
    squatter.close();
  }
  const kept = (await desk.bilat.articles()).filter(({ title }) => title === 'Harbour pact number 4');
  assert.equal(kept.length, 1);
});

test('a browser that Bilat no longer knows keeps its clips', async () => {
  const [{ id }] = await desk.bilat.call('browsers');
  await desk.bilat.call('browsers', '--revoke', String(id));
  await desk.reader.goto(desk.address('/pact/5'));
  const popup = await desk.press();
  assert.match(await popup.press('page'), /The clip waits in the browser/);
  await popup.close();
  assert.equal((await desk.waiting()).length, 1);
  assert.equal((await desk.bilat.articles()).some(({ title }) => title === 'Harbour pact number 5'), false);
  await desk.bilat.kill();
  const page = await desk.page('pair.html');
  await page.getByRole('button', { name: 'Forget the pairing' }).click();
  await page.getByRole('heading', { name: 'Pair this browser with Bilat' }).waitFor();
  await page.close();
  await desk.pair();
  await until(async () => (await desk.waiting()).length === 0, 'the clip to be sent after pairing again');
  assert.equal((await desk.bilat.articles()).filter(({ title }) => title === 'Harbour pact number 5').length, 1);
});

test('a page without an article is not lost without a word', async () => {
  desk.paper.removeAllListeners('request');
  desk.paper.on('request', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Nothing</title>'));
  await desk.reader.goto(desk.address('/empty'));
  const popup = await desk.press();
  assert.match(await popup.press('page'), /^Bilat found no article in this page\. The clip waits/);
  await popup.close();
  const trouble = await desk.page('trouble.html');
  trouble.on('dialog', (dialog) => dialog.accept());
  await trouble.getByRole('button', { name: 'Throw away' }).click();
  await trouble.getByText('1 clip waits').waitFor({ state: 'hidden' });
  await trouble.close();
  assert.deepEqual(await desk.waiting(), []);
});

test('its pages can be read by everybody, in light and in dark', async () => {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  for (const name of ['pair.html', 'trouble.html', 'popup.html']) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await desk.page(name);
      await page.emulateMedia({ colorScheme });
      await page.locator(name === 'popup.html' ? 'main:not([aria-busy])' : 'h1').waitFor();
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => `${name}, ${colorScheme}: ${id} ${nodes[0].html}`), []);
      await page.close();
    }
  }
});

test('the extension can reach Bilat’s ports and nothing else', async () => {
  const reach = (url) => desk.worker.evaluate((url) => fetch(url, { mode: 'no-cors' }).then(() => 'reached', (error) => String(error)), url);
  assert.match(await reach(desk.address('/pact/1')), /TypeError/);
  assert.match(await reach(`http://127.0.0.1:${desk.paper.address().port}/`), /TypeError/, 'another port of this computer');
  assert.match(await reach('http://[::1]:1/'), /TypeError/);
  const { permissions, host_permissions } = await desk.worker.evaluate(() => chrome.runtime.getManifest());
  assert.deepEqual(permissions, ['activeTab', 'alarms', 'contextMenus', 'scripting', 'unlimitedStorage']);
  assert.deepEqual(host_permissions, ['http://127.0.0.1/*', 'http://localhost/*']);
  assert.ok(PORTS.includes(desk.bilat.port));
});
