/** What is kept of an article, as a person meets it: snapshots, origins, provenance, corrections, forms that were begun. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-svelte';
import { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';

let library: FixtureLibrary;
beforeEach(async () => {
  localStorage.clear();
  library = new FixtureLibrary();
});
afterEach(() => {
  cleanup();
  getSelection()?.removeAllRanges();
});

async function openArticle() {
  await openApp(library);
  await page.getByRole('button', { name: /^Norway – Iceland Tone/ }).click();
  await page.getByRole('option').first().click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
}

describe('snapshots', () => {
  test('two are held against each other, and what went is said in words', async () => {
    await openArticle();
    await page.getByRole('button', { name: '2 snapshots' }).click();
    await expect.element(page.getByText('1 passage removed, 1 added')).toBeVisible();
    expect(library.asked('compare_snapshots')).toEqual([{ older: 90, newer: 1 }]);
    expect(document.querySelector('.compare del')!.textContent).toContain('Removed: same');
    expect(document.querySelector('.compare ins')!.textContent).toContain('Added: very same');
    await expect.element(page.getByText('present 3 Mar; absent 14 Mar')).toBeVisible();
    await page.getByRole('button', { name: /paragraphs the same/ }).click();
    await expect.element(page.getByText('Second paragraph.')).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByText('Compare snapshots')).not.toBeInTheDocument();
  });

  test('a capture that is held back says why, and can be made the article and taken back', async () => {
    const [article] = library.articles;
    article!.snapshots = [{ ...article!.snapshots[0]!, id: 95, standing: 'held_back', reason: 'paywalled' }, ...article!.snapshots];
    await openArticle();
    await expect.element(page.getByText(/the page cut it off before a request to pay/)).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'Make current' }).click();
    await expect.poll(() => library.asked('make_current')).toEqual([{ id: 95 }]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('make_current').at(-1)).toEqual({ id: 1 });
  });
});

describe('leaving', () => {
  test('an article is saved as a web archive, unless nobody says where', async () => {
    await openArticle();
    const save = async () => {
      // A press that closed the menu does not open it again.
      await new Promise((resolve) => setTimeout(resolve, 300));
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Save as web archive…' }).click();
    };
    await save();
    expect(library.asked('export_article')).toEqual([]);
    library.saveAs = '/home/analyst/ministers.wacz';
    await save();
    await expect.poll(() => library.asked('export_article')).toEqual([{ id: 1, format: 'wacz', path: '/home/analyst/ministers.wacz', replace: true }]);
    await expect.element(page.getByText('Saved /home/analyst/ministers.wacz')).toBeVisible();
  });
});

describe('corrections', () => {
  const clickOn = async (words: string) => {
    const element = [...document.querySelectorAll<HTMLElement>('.body > *')].find(({ textContent }) => textContent!.includes(words))!;
    element.click();
    return element;
  };

  test('one key sets a paragraph aside, and undo brings it back', async () => {
    await openArticle();
    const element = await clickOn('The last agreement');
    expect(element.dataset.at).toBe('');
    await userEvent.keyboard('f');
    await expect.poll(() => library.asked('correct_article')).toEqual([{ article: 1, correction: { type: 'furniture', block: 8 }, keep_as_rule: false }]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('make_current')).toEqual([{ id: 1 }]);
  });

  test('a correction is kept as a rule for its outlet from the message', async () => {
    await openArticle();
    await clickOn('The last agreement');
    await userEvent.keyboard('f');
    await page.getByRole('button', { name: 'Always for The Northern Ledger' }).click();
    await expect.poll(() => library.asked('correct_article').map(({ keep_as_rule }) => keep_as_rule)).toEqual([false, true]);
    // The first was taken back before: the paragraph is not set aside twice.
    expect(library.asked('make_current')).toEqual([{ id: 1 }]);
    await expect.element(page.getByText(/Kept as a rule for The Northern Ledger/)).toBeVisible();
  });

  test('without a paragraph the key says what to do', async () => {
    await openArticle();
    await userEvent.keyboard('t');
    await expect.element(page.getByText('Click a paragraph first, or choose words with F7.')).toBeVisible();
    expect(library.asked('correct_article')).toEqual([]);
  });
});

describe('origins', () => {
  test('say who prints the text and how much of it, and can be taken apart', async () => {
    await openArticle();
    await expect.element(page.getByRole('heading', { name: '2 outlets, 1 origin' })).toBeVisible();
    await expect.element(page.getByText('First written by Polar Wire')).toBeVisible();
    await expect.element(page.getByText('same text, 96% shared')).toBeVisible();
    await expect.element(page.getByText('shares only quotations, 5% shared')).toBeVisible();
    await page.getByRole('button', { name: 'Take this article out' }).click();
    await expect.poll(() => library.asked('split_origin')).toEqual([{ id: 1 }]);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('join_origin')).toEqual([{ article: 1, with: 2 }]);
  });

  test('are joined by hand', async () => {
    await openArticle();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Same origin as' }).click();
    await page.getByRole('combobox').fill('mackerel');
    await expect.poll(() => library.asked('search')).toHaveLength(1);
    await expect.poll(() => document.querySelector('dialog [role=listbox]')?.textContent).toContain('Reykjavík publishes');
    document.querySelector<HTMLElement>('dialog [role=option]')!.click();
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'Join', exact: true }).click();
    await expect.poll(() => library.asked('join_origin')).toEqual([{ article: 1, with: 2 }]);
  });
});

test('each field says where it was read', async () => {
  await openArticle();
  await page.getByRole('button', { name: 'Where this comes from' }).click();
  await expect.element(page.getByRole('cell', { name: 'the page’s JSON-LD' })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: 'a guess: confirm it' })).toBeVisible();
  expect(await faultsInBothThemes()).toEqual([]);
});

test('a form that was begun waits where it was begun', async () => {
  await openArticle();
  const words = document.evaluate("//*[@class='body read']//text()[contains(., 'look for it')]", document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue as Text | null;
  const node = words ?? [...document.querySelectorAll('.body > *')].map(({ firstChild }) => firstChild as Text).find(({ data }) => data?.includes('look for it'))!;
  const range = document.createRange();
  const at = node.data.indexOf('look for it');
  range.setStart(node, at);
  range.setEnd(node, at + 11);
  getSelection()!.addRange(range);
  node.parentElement!.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
  await userEvent.keyboard('h');
  await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
  await userEvent.keyboard('Somebody of note');
  document.querySelectorAll<HTMLElement>('[data-pane=list] [role=option]')[1]!.click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Reykjavík publishes' })).toBeVisible();
  await expect.element(page.getByText(/The form you began in “Ministers part/)).toBeVisible();
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  document.querySelector<HTMLElement>('[data-pane=list] [role=option]')!.click();
  await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveValue('Somebody of note');
});
