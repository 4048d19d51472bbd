/** Finding and shelving, by keyboard and pointer, on an invented library. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cleanup } from 'vitest-browser-svelte';
import { page, userEvent } from 'vitest/browser';
import { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const options = () => [...document.querySelectorAll<HTMLElement>('[data-pane=list] [role=option]')];
const chosen = () => options().filter((option) => option.getAttribute('aria-selected') === 'true').length;

async function open(): Promise<FixtureLibrary> {
  const library = await openApp();
  await expect.poll(() => options().length).toBe(8);
  return library;
}

/** Chooses the first three articles: the first by a click, the others by Shift and the arrow. */
async function chooseThree(): Promise<FixtureLibrary> {
  const library = await open();
  await page.getByRole('option').first().click();
  document.querySelector<HTMLElement>('[data-pane=list]')!.focus();
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await expect.element(page.getByText('3 chosen')).toBeVisible();
  return library;
}

describe('many articles at once', () => {
  test('are deleted together and come back with one undo', async () => {
    const library = await chooseThree();
    await userEvent.keyboard('{Delete}');
    await expect.poll(() => options().length).toBe(5);
    await expect.element(page.getByText('Deleted 3 articles')).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => options().length).toBe(8);
    await userEvent.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    await expect.poll(() => library.asked('delete_articles')).toHaveLength(2);
  });

  test('marked read, only those are unread again that were', async () => {
    const library = await chooseThree();
    library.articles[1]!.unread = true;
    library.tell({ what: 'library', id: null });
    await new Promise((done) => setTimeout(done, 200));
    await userEvent.keyboard('u');
    await expect.poll(() => library.asked('set_unread_all')).toEqual([{ ids: [1, 2, 3], unread: false }]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.asked('set_unread_all').at(-1)).toEqual({ ids: [2], unread: true });
  });

  test('are chosen by Ctrl and click, by Ctrl A, and let go by Esc', async () => {
    await open();
    await page.getByRole('option').first().click();
    await page.getByRole('option').nth(3).click({ modifiers: ['ControlOrMeta'] });
    await expect.poll(chosen).toBe(2);
    document.querySelector<HTMLElement>('[data-pane=list]')!.focus();
    await userEvent.keyboard('{Control>}a{/Control}');
    await expect.element(page.getByText('8 chosen')).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await expect.poll(chosen).toBe(1);
  });

  test('have a menu by the right button and by key, and go into a collection', async () => {
    const library = await chooseThree();
    await userEvent.keyboard('{Shift>}{F10}{/Shift}');
    await expect.element(page.getByRole('menuitem', { name: 'Delete 3 articles' })).toBeVisible();
    await userEvent.keyboard('{Escape}');
    await page.getByRole('option').nth(5).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add to Coast guard' }).click();
    await expect.poll(() => library.asked('add_to_collection')).toEqual([{ collection: 2, articles: [6] }]);
  });

  test('get a tag, which the list then goes by', async () => {
    const library = await chooseThree();
    await page.getByRole('button', { name: 'Actions', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Tag…' }).click();
    await page.getByRole('combobox', { name: 'Name' }).fill('Herring');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => library.asked('tag_articles')).toEqual([{ ids: [1, 2, 3], add: ['Herring'], remove: [] }]);
    library.tell({ what: 'articles', id: null });
    await new Promise((done) => setTimeout(done, 250));
    await userEvent.keyboard('{Control>}k{/Control}tags{Enter}');
    await page.getByRole('dialog').getByRole('button', { name: /^Herring/ }).click();
    await expect.poll(() => options().length).toBe(3);
  });

  test('are dragged onto a collection', async () => {
    const library = await open();
    await page.getByRole('option').nth(4).dropTo(page.getByRole('button', { name: /^Mackerel shares/ }));
    await expect.poll(() => library.asked('add_to_collection')).toEqual([{ collection: 1, articles: [5] }]);
    expect(document.querySelector('.dragged')).toBeNull();
  });
});

describe('the stages of an article', () => {
  test('are unread, read and used', async () => {
    await open();
    for (const [stage, many] of [['Unread', 2], ['Read', 5], ['Used', 1], ['All', 8]] as const) {
      await page.getByRole('radio', { name: new RegExp(`^${stage}`) }).click();
      await expect.poll(() => options().length).toBe(many);
    }
  });

  test('end in the bin, which is emptied only after a question, and cannot be undone', async () => {
    const library = await open();
    await page.getByRole('option').first().click();
    document.querySelector<HTMLElement>('[data-pane=list]')!.focus();
    await userEvent.keyboard('{Delete}');
    await page.getByRole('button', { name: 'Bin', exact: true }).click();
    await expect.poll(() => options().length).toBe(1);
    await page.getByRole('button', { name: 'Empty the bin…' }).click();
    await page.getByRole('button', { name: 'Delete it' }).click();
    await expect.poll(() => options().length).toBe(0);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(library.asked('restore_article')).toEqual([]);
  });
});

describe('search', () => {
  const field = () => page.getByRole('combobox', { name: 'Search or jump to' });

  async function search(words: string): Promise<FixtureLibrary> {
    const library = await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    await field().fill(words);
    return library;
  }

  test('makes a token of a filter, and takes it away by Backspace', async () => {
    const library = await search('source:"Polar Wire" ');
    await expect.element(page.getByRole('button', { name: 'Remove filter: source:"Polar Wire"' })).toBeVisible();
    await expect.element(field()).toHaveValue('');
    await field().fill('fish');
    await expect.poll(() => library.asked('search').at(-1)?.query).toBe('source:"Polar Wire" fish');
    await field().fill('');
    await userEvent.keyboard('{Backspace}');
    await expect.poll(() => document.querySelector('.token')).toBeNull();
  });

  test('completes the name of a field', async () => {
    await search('so');
    await expect.element(page.getByRole('option', { name: /source:/ })).toBeVisible();
    await userEvent.keyboard('{Tab}');
    await expect.element(field()).toHaveValue('source:');
  });

  test('says what is wrong with a filter, beside the field', async () => {
    await search('since:soon fish');
    await expect.element(page.getByText('“soon” is no date')).toBeVisible();
  });

  test('asks whether a misspelt word was meant otherwise', async () => {
    await search('envelpe');
    await expect.element(page.getByRole('option', { name: 'Search for envelope' })).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(field()).toHaveValue('envelope');
    await expect.element(page.getByText('3 results')).toBeVisible();
  });

  test('jumps to the passage that was found', async () => {
    await search('figures before Easter');
    await expect.element(page.getByText('1 result')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
    await expect.poll(() => [...(CSS.highlights.get('bilat-chosen') ?? [])].map(String).join('')).toContain('figures before Easter');
  });

  test('is kept under a name and listed', async () => {
    const library = await open();
    await page.getByRole('button', { name: 'Quota talks', exact: true }).click();
    await expect.poll(() => library.asked('list_articles').at(-1)?.query).toBe('pair:IS-NO quota');
    await expect.poll(() => options().length).toBeGreaterThan(0);
  });

  test('has no fault that axe finds', async () => {
    await search('since:soon fish');
    await expect.element(page.getByText('“soon” is no date')).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
  });
});

test('the list of tags and what is chosen have no fault that axe finds', async () => {
  await chooseThree();
  expect(await faultsInBothThemes()).toEqual([]);
  await userEvent.keyboard('{Control>}k{/Control}tags{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'Tags' })).toBeVisible();
  expect(await faultsInBothThemes()).toEqual([]);
});
