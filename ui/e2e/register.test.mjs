// The register in the real window: filtered, changed by keyboard, exported; a name merged and taken apart.

import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';
import { ask, click, type } from './person.mjs';

describe('the register, by keyboard', () => {
  let window;
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilat-register-'));
    window = await openWindow();
    await window.resize(1440, 900);
    await click(window, 'Open the exercise library');
    await window.named('nav button', 'Quotes', 30_000);
  });
  after(async () => {
    await window?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('filters, changes a cell, and takes it back', async () => {
    await click(window, 'Quotes', 'nav button');
    await window.find('.register .words');
    const { total, rows } = await ask(window, 'list_statements');
    const { speaker } = rows[0];
    await (await window.find('.register .bar input')).type(speaker);
    const of = (await ask(window, 'list_statements', { query: speaker })).total;
    assert.ok(of < total, 'the speaker tells some quotes from others');
    await until(async () => (await window.findAll('.register .words')).length === of, `${of} quotes are shown`);
    await window.run('document.querySelector("[role=grid]").focus()');
    await window.press(['control', 'home'], 'right', 'right', 'right', 'enter');
    await window.find('[role=grid] .editor input');
    await type(window, 'Ferries');
    await window.press('enter');
    const issues = async () => (await ask(window, 'list_issues')).map(({ issue }) => issue);
    await until(async () => (await issues()).includes('Ferries'), 'the issue is kept');
    await window.picture('register');
    await window.press(['control', 'z']);
    await until(async () => !(await issues()).includes('Ferries'), 'the change is taken back');
    const path = join(folder, 'register.xlsx');
    const exported = await ask(window, 'export_statements', { filter: { query: speaker }, format: 'xlsx', path });
    assert.equal(exported.statements, of);
    assert.equal((await readFile(path)).subarray(0, 2).toString(), 'PK');
  });

  it('merges two people, and takes it back', async () => {
    await click(window, 'People', 'nav button');
    const people = async () => (await ask(window, 'list_people')).people;
    const before = await people();
    const [keep, merge] = before;
    await click(window, keep.name, '.people [role=option]');
    const field = await window.find('.people input[aria-label="Merge with"]');
    await field.type(merge.name);
    await click(window, 'Merge', '.people form button');
    await window.reads(`Merged ${merge.name} into ${keep.name}`);
    assert.equal((await people()).length, before.length - 1);
    await window.picture('people');
    await window.run('document.querySelector("[data-pane=main]").focus()');
    await window.press(['control', 'z']);
    await until(async () => (await people()).length === before.length, 'they are two again');
    assert.deepEqual(await people(), before);
  });

  it('shows the sources', async () => {
    await click(window, 'Sources', 'nav button');
    await (await window.find('.sources [role=option]')).click();
    await window.reads('State affiliation');
    await window.picture('sources');
  });
});
