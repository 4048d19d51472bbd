/** Imports as a person meets them: what is chosen, how far it is, what failed, and the way back. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-svelte';
import { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';

let library: FixtureLibrary;
beforeEach(async () => {
  localStorage.clear();
  library = await openApp();
  await expect.element(page.getByRole('option').first()).toBeVisible();
});
afterEach(() => cleanup());

async function start(...paths: string[]) {
  library.picks = paths;
  await userEvent.keyboard('{Control>}{Shift>}i{/Shift}{/Control}');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.element(page.getByRole('heading', { name: 'Imports' })).toBeVisible();
}

test('files are chosen, recognised by the program, and followed to their end', async () => {
  await start('/home/analyst/library.ris');
  expect(library.asked('start_import')).toEqual([{ paths: ['/home/analyst/library.ris'], format: null }]);
  const [one] = library.imports;
  Object.assign(one!, { format: 'ris', total: 40, done: 29 });
  one!.counts.new = 27;
  one!.counts.failed = 2;
  library.tell({ what: 'imports', id: one!.id });
  await expect.element(page.getByRole('progressbar', { name: 'library.ris' })).toHaveAttribute('aria-valuetext', '29 of 40');
  // It goes on while one reads, and its count stands below the list.
  await userEvent.keyboard('{Control>}2{/Control}');
  await expect.element(page.getByText('29 of 40 · library.ris')).toBeVisible();
});

test('what failed is listed with its reason', async () => {
  await start('/home/analyst/library.ris');
  const [one] = library.imports;
  Object.assign(one!, { state: 'done', total: 2, done: 2, failures: [{ item: 'Record 2', reason: 'it has no title and no address' }] });
  one!.counts.new = 1;
  one!.counts.failed = 1;
  library.tell({ what: 'imports', id: one!.id });
  await expect.element(page.getByRole('button', { name: '1 item failed' })).toHaveAttribute('aria-expanded', 'true');
  await expect.element(page.getByRole('cell', { name: 'it has no title and no address' })).toBeVisible();
  expect(await faultsInBothThemes()).toEqual([]);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect.poll(() => library.asked('undo_import')).toEqual([{ id: one!.id }]);
  await expect.element(page.getByText('Undone')).toBeVisible();
});

test('a running import is stopped', async () => {
  await start('/home/analyst/library.ris');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => library.asked('cancel_import')).toHaveLength(1);
  await expect.element(page.getByText('Stopped')).toBeVisible();
});

test('the format can be said, and a path left out', async () => {
  library.drop('/a/one.html', '/a/two.html');
  await page.getByLabelText('Format').selectOptions('Nexis');
  await page.getByRole('button', { name: 'Leave out two.html' }).click();
  expect(await faultsInBothThemes()).toEqual([]);
  await page.getByRole('button', { name: /^Import/ }).click();
  await expect.poll(() => library.asked('start_import')).toEqual([{ paths: ['/a/one.html'], format: 'nexis' }]);
});

test('without any import the page says what can be brought', async () => {
  await userEvent.keyboard('{Control>}k{/Control}');
  await userEvent.keyboard('imports');
  await expect.element(page.getByRole('option', { name: /Imports/ })).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Nothing imported yet')).toBeVisible();
});
