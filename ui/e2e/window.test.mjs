// What the real window promises whatever the page shows: it opens, it is confined, and it survives a bad library.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';

/** Calls a command the way the page does; what is refused comes back as `{refused}`. */
const invoke = (window, command, values = {}) =>
  window.run(
    `return window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1])
       .then((answer) => ({ answer }), (refused) => ({ refused }))`,
    command,
    values,
  );
const rpc = (window, name, payload = {}) => invoke(window, 'rpc', { name, payload });

describe('the window', () => {
  let window;
  before(async () => (window = await openWindow()));
  after(() => window?.close());

  it('opens on the page inside the program', async () => {
    assert.match(await window.title(), /Bilat/);
    assert.match(await window.run('return location.href'), /^tauri:\/\/localhost/);
  });

  it('answers from its library', async () => {
    const { answer } = await rpc(window, 'library_status');
    assert.equal(answer.articles, 0);
    assert.match(answer.path, /library\.bilat$/);
  });

  it('refuses a command that does not exist, in one line', async () => {
    const { refused } = await rpc(window, 'no_such_command');
    assert.equal(refused.code, 'bad_request');
    assert.doesNotMatch(refused.message, /\n/);
  });

  it('is pictured at both sizes', async () => {
    await until(() => window.run('return document.body.innerText.trim().length > 20'), 'the page has something to read');
    for (const [width, height] of [[1440, 900], [960, 600]]) {
      await window.resize(width, height);
      const { size } = await stat(await window.picture(`window-${width}x${height}`));
      // A picture of one colour takes 4 to 6 kB at these sizes.
      assert.ok(size > 12_000, `an empty picture: ${size} bytes`);
    }
  });

  it('gets no smaller than the design', async () => {
    await window.resize(960, 600);
    await assert.rejects(window.resize(700, 400, 1_000));
  });

  it('lets the page call only what it was given', async () => {
    for (const command of ['plugin:path|resolve_directory', 'plugin:dialog|open', 'plugin:window-state|save_window_state', 'plugin:webview|create_webview_window']) {
      const { refused } = await invoke(window, command);
      assert.match(String(refused), /not allowed/, command);
    }
  });

  it('stays on its page', async () => {
    const here = await window.run('return location.href');
    for (const elsewhere of ['http://127.0.0.1:9/', 'https://example.org/', 'file:///etc/passwd', 'data:text/html,<p>gone']) {
      await window.run('location.href = arguments[0]', elsewhere);
      await new Promise((wake) => setTimeout(wake, 200));
      assert.equal(await window.run('return location.href'), here, elsewhere);
    }
    assert.equal(await window.run("return String(window.open('https://example.org/'))"), 'null');
  });

  it('connects to nobody, and runs no script and no style that came with words', async () => {
    let connections = 0;
    const listener = createServer(() => (connections += 1)).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const there = `http://127.0.0.1:${listener.address().port}`;
    const stopped = await window.run(`
      const [there] = arguments;
      const stopped = [];
      const hear = (event) => stopped.push(event.effectiveDirective);
      document.addEventListener('securitypolicyviolation', hear);
      const place = document.createElement('div');
      place.innerHTML = '<img src="' + there + '/a.png" onerror="window.attacked = 1"><b style="color: red">b</b>'
        + '<iframe src="' + there + '"></iframe><object data="' + there + '"></object><video src="' + there + '"></video>';
      const script = document.createElement('script');
      script.textContent = 'window.attacked = 1';
      const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: there + '/a.css' });
      place.append(script, sheet);
      document.body.append(place);
      return fetch(there).catch(() => {})
        .then(() => new Promise((wake) => setTimeout(wake, 500)))
        .then(() => { place.remove(); document.removeEventListener('securitypolicyviolation', hear); return stopped; })`, there);
    for (const directive of ['connect-src', 'img-src', 'media-src', 'script-src-elem', 'script-src-attr', 'style-src-elem', 'style-src-attr']) {
      assert.ok(stopped.includes(directive), `${directive} was not stopped: ${stopped}`);
    }
    assert.equal(await window.run('return window.attacked ?? null'), null);
    assert.equal(connections, 0);
    listener.close();
  });
});

describe('the window on a library that cannot be used', () => {
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'bilat-e2e-library-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  const cases = {
    'a file that is no library': Buffer.from('These are notes and no library.\n'.repeat(40)),
    'a file of zero bytes': Buffer.alloc(0),
  };
  for (const [name, bytes] of Object.entries(cases)) {
    it(`opens all the same and says so: ${name}`, async () => {
      const library = join(folder, `${bytes.length}.bilat`);
      await writeFile(library, bytes);
      const window = await openWindow({ library });
      try {
        const { refused } = await rpc(window, 'library_status');
        assert.equal(refused.code, 'library_unusable');
        // The page starts a sentence with a capital.
        await window.reads(refused.message.slice(1));
        await window.picture(`unusable-${bytes.length}`);
        assert.equal((await stat(library)).size, bytes.length, 'the file is as it was');
        // Once the file is out of the way, trying again is enough.
        await rm(library);
        const { answer } = await until(() => rpc(window, 'library_status'), 'the library opens');
        assert.equal(answer?.articles, 0);
      } finally {
        await window.close();
      }
    });
  }
});
