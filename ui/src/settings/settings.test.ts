/** The settings that reach outside of the window: browsers and the network. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-svelte';
import { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';

let library: FixtureLibrary;
beforeEach(async () => {
  localStorage.clear();
  library = await openApp();
  await expect.element(page.getByRole('option').first()).toBeVisible();
  await userEvent.keyboard('{Control>},{/Control}');
  await expect.element(page.getByRole('heading', { name: 'Browsers' })).toBeVisible();
});
afterEach(() => cleanup());

describe('browsers', () => {
  test('a code of eight digits is shown, and the browser that used it is named', async () => {
    await page.getByRole('button', { name: 'Pair a browser' }).click();
    await expect.element(page.getByLabelText('Pairing code: 0 4 7 1 1 1 4 7')).toBeVisible();
    await expect.element(page.getByRole('timer')).toHaveAttribute('aria-label', expect.stringMatching(/^1(19|20) seconds left$/));
    expect(await faultsInBothThemes()).toEqual([]);
    library.browsers = [...library.browsers, { id: 2, kind: 'clipper', label: 'Chromium', origin: null, paired_at: '2031-03-15T08:00:00Z', last_used_at: null }];
    library.tell({ what: 'browsers', id: null });
    await expect.element(page.getByText('Paired Chromium', { exact: true })).toBeVisible();
    await expect.element(page.getByRole('timer')).not.toBeInTheDocument();
  });

  test('revoking asks once, because it cannot be taken back', async () => {
    await page.getByRole('button', { name: 'Revoke Firefox on Linux' }).click();
    expect(library.asked('revoke_browser')).toEqual([]);
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await expect.poll(() => library.asked('revoke_browser')).toEqual([{ id: 1 }]);
    await expect.element(page.getByText('No browser is paired')).toBeVisible();
  });

  test('a port that is taken is said here, and in a message wherever one is', async () => {
    await userEvent.keyboard('{Control>}2{/Control}');
    library.server = { running: false, port: null, problem: 'ports 28410 to 28414 are taken by other programs; close one of them' };
    library.tell({ what: 'browsers', id: null });
    await expect.element(page.getByText(/ports 28410 to 28414 are taken/)).toBeVisible();
    await userEvent.keyboard('{Control>},{/Control}');
    await expect.element(page.getByRole('alert').getByText(/ports 28410 to 28414 are taken/)).toBeVisible();
  });
});

describe('the library file', () => {
  test('a backup goes to the folder that was chosen, and is remembered', async () => {
    library.pickFolder = () => Promise.resolve('/backups');
    await page.getByRole('button', { name: 'Back up now' }).click();
    await expect.poll(() => library.asked('back_up')).toMatchObject([{ path: expect.stringMatching(/^\/backups\/northern-desk-\d{4}-\d\d-\d\d\.bilat$/), replace: true }]);
    await expect.element(page.getByText(/^Last backup/)).toBeVisible();
    expect(library.settings['backup_folder']).toBe('/backups');
  });
});

describe('the network', () => {
  test('a proxy is kept when its address is one, and can be taken back', async () => {
    await page.getByRole('radio', { name: 'SOCKS5' }).click();
    const field = page.getByLabelText('Proxy address');
    for (const bad of ['tor', '127.0.0.1', '127.0.0.1:0', 'http://127.0.0.1:9050', '127.0.0.1:90500']) {
      await field.fill(bad);
      await expect.element(page.getByText(/Write the address as host:port/)).toBeVisible();
      await expect.element(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    }
    expect(library.asked('write_setting')).toEqual([]);
    await field.fill('127.0.0.1:9050');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => library.asked('write_setting')).toEqual([{ name: 'proxy', value: { kind: 'socks5', address: '127.0.0.1:9050' } }]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('write_setting').at(-1)).toEqual({ name: 'proxy', value: { kind: 'none', address: '' } });
  });
});

describe('what was learned', () => {
  test('is listed in words, and can be forgotten and brought back', async () => {
    await expect.element(page.getByText('“Lindqvist” is Vera Lindqvist, Swedish trade minister, Norway')).toBeInTheDocument();
    await page.getByRole('button', { name: 'Forget “the Salt House”' }).click();
    await expect.element(page.getByText('“the Salt House” is Iceland')).not.toBeInTheDocument();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.element(page.getByText('“the Salt House” is Iceland')).toBeInTheDocument();
    expect(await faultsInBothThemes()).toEqual([]);
  });

  test('a name that was learned is changed, and the former comes back', async () => {
    await page.getByRole('button', { name: 'Change what “Lindqvist” means' }).click();
    await page.getByLabelText('Name in full').fill('Vera M. Lindqvist');
    await page.getByLabelText('Role, where a text does not say').fill('');
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).first().click();
    await expect
      .poll(() => library.asked('teach'))
      .toEqual([{ lesson: { type: 'person', named: 'Lindqvist', name: 'Vera M. Lindqvist', role: null, country: 'NO' } }]);
    await expect.element(page.getByText('“Lindqvist” is Vera M. Lindqvist, Norway')).toBeInTheDocument();
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('restore_knowledge')).toEqual([{ id: 1 }]);
  });

  test('words are taught to be no country', async () => {
    await page.getByLabelText('Words, as articles write them').fill('Jordan');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => library.asked('teach')).toEqual([{ lesson: { type: 'place', words: 'Jordan', country: null } }]);
    await expect.element(page.getByText('“Jordan” is no country')).toBeInTheDocument();
  });

  test('the library is gone through again, with progress, and stopped', async () => {
    await page.getByRole('button', { name: 'Go through the library' }).click();
    await expect.element(page.getByText('1 of 4 articles')).toBeInTheDocument();
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect.element(page.getByText('Stopped after 1 article')).toBeInTheDocument();
  });
});
