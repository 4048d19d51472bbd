/** Marks that a person places, links and finds again, as they meet them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-svelte';
import { FixtureLibrary } from '../../test/fixture';
import { faultsInBothThemes, openApp } from '../../test/open';

let library: FixtureLibrary;
beforeEach(() => {
  localStorage.clear();
  library = new FixtureLibrary();
});
afterEach(() => {
  cleanup();
  getSelection()?.removeAllRanges();
  document.documentElement.removeAttribute('data-focused');
});

async function openArticle() {
  await openApp(library);
  await page.getByRole('button', { name: /^Norway – Iceland Tone/ }).click();
  await page.getByRole('option').first().click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
}
const kept = () => library.articles[0]!.annotations;
const card = (id: number) => document.querySelector<HTMLElement>(`#mark-a${id}`)!;

describe('a mark whose words changed', () => {
  beforeEach(() => {
    const [article] = library.articles;
    const [first] = article!.annotations;
    article!.annotations = article!.annotations.map((known) => (known === first ? { ...first, state: 'needs_review', exact: 'as they were', targets: [{ ...first!.targets[0]!, quote: { exact: 'as they were', prefix: '', suffix: '' } }] } : known));
  });

  test('is listed, and the place that was found is confirmed and taken back', async () => {
    await openArticle();
    await expect.element(page.getByRole('button', { name: '1 mark needs a look' })).toBeVisible();
    const { id } = kept()[0]!;
    expect(card(id).textContent).toContain('as they were');
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'It is this passage' }).click();
    await expect.poll(() => kept()[0]!.state).toBe('placed');
    expect(kept()[0]!.exact).toBe('as they were');
    await expect.element(page.getByRole('button', { name: '1 mark needs a look' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => kept()[0]!.state).toBe('needs_review');
  });

  test('is placed by hand with the keys alone', async () => {
    await openArticle();
    const { id } = kept()[0]!;
    card(id).querySelector<HTMLElement>('.who')!.focus();
    await userEvent.keyboard('p');
    await expect.element(page.getByText(/Select what stands in the place of “as they were”/)).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
    await userEvent.keyboard('{F7}{Shift>}{ArrowRight}{/Shift}{Enter}');
    await expect.poll(() => library.asked('place_annotation').at(-1)).toMatchObject({ id, passage: 0, span: { start: expect.any(Number) } });
    await expect.poll(() => kept()[0]!.state).toBe('placed');
  });
});

test('one mark is linked to another, seen from both, and unlinked', async () => {
  await openArticle();
  const [one, two] = kept().map(({ id }) => id);
  card(one!).querySelector<HTMLElement>('.who')!.focus();
  await userEvent.keyboard('l');
  await expect.element(page.getByText(/waits to be linked/)).toBeVisible();
  card(two!).querySelector<HTMLButtonElement>('.place button:nth-child(2)')!.click();
  await expect.poll(() => library.asked('link_annotations')).toEqual([{ annotation: one, relation: 'contradicts', other: two }]);
  await expect.poll(() => card(one!).textContent).toContain('Contradicts');
  expect(card(two!).textContent).toContain('Contradicted by');
  expect(await faultsInBothThemes()).toEqual([]);
  card(two!).querySelector<HTMLButtonElement>('[aria-label^="Unlink"]')!.click();
  await expect.poll(() => card(one!).textContent).not.toContain('Contradicts');
});

test('a note is set as the export would set it, and nothing in it acts', async () => {
  const [article] = library.articles;
  article!.annotations = article!.annotations.map((known, at) => (at === 0 ? { ...known, note: '**Weigh** this <img src=x onerror=alert(1)>' } : known));
  await openArticle();
  await expect.poll(() => card(kept()[0]!.id).querySelector('.set strong')?.textContent).toBe('Weigh');
  expect(card(kept()[0]!.id).querySelector('img')).toBeNull();
});

test('words are found in the article, one after the other', async () => {
  await openArticle();
  await userEvent.keyboard('{Control>}f{/Control}');
  await page.getByRole('searchbox', { name: 'Find in the article' }).fill('the');
  await expect.element(page.getByText(/^1 of \d+$/)).toBeVisible();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/^2 of \d+$/)).toBeVisible();
  expect(CSS.highlights.get('bilat-found')!.size).toBeGreaterThan(1);
  expect(await faultsInBothThemes()).toEqual([]);
  await userEvent.keyboard('{Escape}');
  expect(CSS.highlights.has('bilat-found')).toBe(false);
});

test('the article stands alone for as long as one reads', async () => {
  await openArticle();
  document.querySelector<HTMLElement>('[data-pane=reader]')!.focus();
  await userEvent.keyboard('z');
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('listbox')).toBeVisible();
});
