/** Quotes, people and sources as main screens: by keyboard, on an invented library. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-svelte';
import type { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';
import { Failure } from '../host/host';

let library: FixtureLibrary;

beforeEach(() => localStorage.clear());
afterEach(() => cleanup());

async function open(screen: 'Quotes' | 'People' | 'Sources', prepare?: (library: FixtureLibrary) => void) {
  library = await openApp();
  prepare?.(library);
  await page.getByRole('button', { name: new RegExp(`^${screen}`) }).first().click();
  await expect.element(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
}

/** As many statements as asked for, of the first of the library's. */
function many(n: number) {
  return (library: FixtureLibrary) => {
    const [one] = library.statements;
    library.register = Array.from({ length: n }, (_, at) => ({ ...one!, id: at + 1, text: `Sentence ${at + 1} of the register` }));
  };
}

const grid = () => document.querySelector<HTMLElement>('[role=grid]')!;
const active = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '')?.textContent?.trim();

describe('quotes', () => {
  test('a cell is changed by keyboard, and changed back', async () => {
    await open('Quotes');
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(1);
    grid().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
    await expect.element(page.getByRole('combobox', { name: 'Change Issue' })).toHaveFocus();
    await userEvent.keyboard('Mackerel shares{Enter}');
    const id = library.statements[0]!.id;
    await expect.poll(() => library.asked('edit_statements')).toEqual([{ changes: [{ id, field: 'issue', value: 'Mackerel shares' }] }]);
    await expect.poll(active).toBe('Mackerel shares');
    expect(document.activeElement).toBe(grid());
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.statements[0]!.issue).toBeNull();
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(() => library.statements[0]!.issue).toBe('Mackerel shares');
  });

  test('Escape leaves a cell as it was, and a date that is none is not kept', async () => {
    await open('Quotes');
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(1);
    grid().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{Enter}');
    await userEvent.keyboard('{Control>}a{/Control}Friday{Enter}');
    await expect.element(page.getByText('Write the day as 20 Jan 2023')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    expect(library.asked('edit_statements')).toEqual([]);
    expect(document.activeElement).toBe(grid());
  });

  test('the words cannot be changed: Enter on them opens the passage', async () => {
    await open('Quotes');
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(1);
    grid().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{ArrowRight}{ArrowRight}{Enter}');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
    expect(library.asked('edit_statements')).toEqual([]);
  });

  test('issue and stance go to all that are selected', async () => {
    await open('Quotes', many(5));
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBe(5);
    grid().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    await expect.element(page.getByText('3 selected')).toBeVisible();
    await page.getByRole('combobox', { name: 'Set issue' }).fill('Shares');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => library.register!.map(({ issue }) => issue)).toEqual(['Shares', 'Shares', 'Shares', null, null]);
    await userEvent.keyboard('{Tab}');
    grid().focus();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.register!.map(({ issue }) => issue)).toEqual([null, null, null, null, null]);
  });

  test('a hundred thousand rows draw only what is in view, and the last is one key away', async () => {
    await open('Quotes', many(100_000));
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(5);
    grid().focus();
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await expect.element(page.getByText('Sentence 100000 of the register')).toBeVisible();
    expect(document.querySelectorAll('[role=row]').length).toBeLessThan(80);
    expect(grid().getAttribute('aria-rowcount')).toBe('100001');
  });

  test('what is filtered is what is exported, and an empty result can be cleared', async () => {
    await open('Quotes');
    await page.getByPlaceholder('Words or speaker').fill('envelope');
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBe(1);
    library.saveAs = '/tmp/statements.xlsx';
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /Spreadsheet/ }).click();
    await expect.element(page.getByText('1 quote exported to /tmp/statements.xlsx')).toBeVisible();
    expect(library.asked('export_statements')).toMatchObject([{ format: 'xlsx', filter: { query: 'envelope' } }]);
    await page.getByPlaceholder('Words or speaker').fill('no such words');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(1);
  });

  test('no fault is found by axe, grouped, filtered and being edited', async () => {
    await open('Quotes');
    await expect.poll(() => document.querySelectorAll('.row .words').length).toBeGreaterThan(1);
    await page.getByRole('combobox', { name: 'Group' }).selectOptions('speaker');
    await expect.poll(() => document.querySelectorAll('.group[role=row]').length).toBeGreaterThan(1);
    await page.getByRole('button', { name: 'Filters' }).click();
    grid().focus();
    await userEvent.keyboard('{Control>}{Home}{/Control}{Enter}');
    expect(await faultsInBothThemes()).toEqual([]);
  });
});

describe('people', () => {
  test('two that are one are merged, and the merge is taken back', async () => {
    await open('People');
    await page.getByRole('option', { name: /^Vik/ }).click();
    await page.getByRole('button', { name: 'Merge Vik into Halldóra Vik' }).click();
    await expect.element(page.getByText('Merged Vik into Halldóra Vik. Every quote is kept.')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Make “Vik” somebody else' })).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.element(page.getByRole('option', { name: /^Vik/ })).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
  });

  test('a role is written down with its days', async () => {
    await open('People');
    await page.getByRole('option', { name: /^Sverre Lunde/ }).click();
    await page.getByRole('button', { name: 'Add a role' }).click();
    await page.getByRole('textbox', { name: 'Role', exact: true }).fill('Envoy');
    await page.getByRole('textbox', { name: 'From' }).fill('Jan 2030');
    await page.getByRole('button', { name: 'Save role' }).click();
    await expect.poll(() => library.asked('set_office')).toEqual([{ speaker: 2, office: { role: 'Envoy', organisation: null, country: null, from: '2030-01', until: null } }]);
  });
});

describe('sources', () => {
  test('a reliability is set with its reason and the history shows both', async () => {
    await open('Sources');
    await page.getByRole('option', { name: /^Faxaflói Post/ }).click();
    await page.getByRole('combobox', { name: 'Reliability' }).selectOptions('C');
    await page.getByRole('textbox', { name: 'Reason' }).fill('names its sources');
    await page.getByRole('button', { name: 'Set reliability' }).click();
    await expect.element(page.getByText('names its sources')).toBeVisible();
    expect(library.asked('grade_source')).toEqual([{ id: 2, reliability: 'C', reason: 'names its sources' }]);
    expect(await faultsInBothThemes()).toEqual([]);
  });

  test('an affiliation is unknown until it is set, and set back by undo', async () => {
    await open('Sources');
    await page.getByRole('option', { name: /^The Northern Ledger/ }).click();
    const affiliation = page.getByRole('combobox', { name: 'State affiliation' });
    await expect.element(affiliation).toHaveValue('unknown');
    await affiliation.selectOptions('state_funded');
    await expect.poll(() => library.sources[0]!.affiliation).toBe('state_funded');
    document.querySelector<HTMLElement>('[data-pane=main]')!.focus();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.sources[0]!.affiliation).toBeNull();
  });

  test('a list that cannot be read says so and can be tried again', async () => {
    await open('Sources', (library) => library.failing.set('list_sources', new Failure('io', 'reading the sources: the disk does not answer; try again.')));
    await expect.element(page.getByText('the disk does not answer')).toBeVisible();
    library.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('option').first()).toBeVisible();
  });
});
