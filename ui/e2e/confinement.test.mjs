// What the built window is confined to, held against two lists that a person reads: the policy that is in force in its
// page, and the commands that its page may call. Who loosens either has to change the list, and be seen doing it.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';

const root = join(import.meta.dirname, '..', '..');
const golden = async (name) => (await readFile(join(root, 'tests', 'fixtures', 'confinement', name), 'utf8')).trimEnd().split('\n');
const json = async (...path) => JSON.parse(await readFile(join(root, ...path), 'utf8'));

/** Every command of every part of the program, as the build wrote them down: `[permission, command as it is called]`. */
async function commands() {
  const manifests = await json('gen', 'schemas', 'acl-manifests.json');
  return Object.entries(manifests).flatMap(([part, { permissions }]) => {
    const call = part === '__app-acl__' ? '' : `plugin:${part.replace('core:', '')}|`;
    return Object.values(permissions).flatMap(({ identifier, commands: { allow } }) =>
      allow.map((command) => [part === '__app-acl__' ? identifier : `${part}:${identifier}`, call + command]),
    );
  });
}

describe('the built window', () => {
  let window;
  before(async () => (window = await openWindow()));
  after(() => window?.close());

  it('is under the policy that the list has, and no looser one', async () => {
    await until(() => window.run('return document.body.innerText.trim().length > 20'), 'the page is there');
    const policy = await window.run(`
      const heard = new Promise((hear) => document.addEventListener('securitypolicyviolation', (event) => hear(event.originalPolicy), { once: true }));
      const image = Object.assign(new Image(), { src: 'http://127.0.0.1:9/' });
      return heard`);
    // What the build adds is a random number and the digests of the program's own scripts and sheets.
    const own = / '(nonce|sha256)-[\w+/=-]+'/g;
    const once = (directive) => [...new Set(directive.trim().split(' '))].join(' ');
    const directives = policy.replace(own, '').split(';').map(once).filter(Boolean);
    assert.deepEqual(directives.sort(), await golden('policy.txt'));
  });

  it('lets its page call the commands that the list has, and refuses every other', async () => {
    const known = await commands();
    const { main, ...others } = await json('gen', 'schemas', 'capabilities.json');
    assert.deepEqual(Object.keys(others), [], 'one capability');
    assert.deepEqual([main.windows, main.webviews, main.remote], [['main'], undefined, undefined]);
    for (const permission of main.permissions) {
      assert.ok(known.some(([name]) => name === permission), `${permission} stands for other permissions, or for a scope: name each`);
    }
    const allowed = new Set(known.filter(([permission]) => main.permissions.includes(permission)).map(([, command]) => command));
    assert.deepEqual([...allowed].sort(), await golden('commands.txt'));
    const refused = known.map(([, command]) => command).filter((command) => !allowed.has(command));
    assert.ok(refused.length > 100, `${refused.length} commands to refuse`);
    const answers = await window.run(
      `return Promise.all(arguments[0].map((command) => window.__TAURI_INTERNALS__.invoke(command, {}).then(() => [command, 'answered'], (why) => [command, String(why)])))`,
      [...new Set(refused)],
    );
    assert.deepEqual(answers.filter(([, why]) => !/not allowed/.test(why)), []);
  });
});
