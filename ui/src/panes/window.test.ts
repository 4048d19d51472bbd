/** The window as a person meets it: by keyboard, on an invented library. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render, cleanup } from 'vitest-browser-svelte';
import { FixtureLibrary } from '../../test/fixture';
import { faults } from '../../test/open';
import App from '../App.svelte';
import { Failure } from '../host/host';
import { t } from '../texts';

let library: FixtureLibrary;

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  getSelection()?.removeAllRanges();
});

async function open(kind?: 'full' | 'empty' | 'many') {
  await page.viewport(1440, 900);
  library = new FixtureLibrary(kind);
  document.documentElement.style.height = '100%';
  const target = document.body.appendChild(document.createElement('div'));
  target.style.height = '900px';
  render(App, { target, props: { host: library } });
}

async function openArticle(prepare = () => {}) {
  await open();
  prepare();
  await page.getByRole('button', { name: /^Norway – Iceland Tone/ }).click();
  await page.getByRole('option').first().click();
  await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
}

function select(words: string) {
  const walker = document.createTreeWalker(document.querySelector('.body')!, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection()!.removeAllRanges();
    getSelection()!.addRange(range);
    node.parentElement!.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
    return;
  }
  throw new Error(`“${words}” does not stand on the page`);
}

/** What stands under a highlight, range by range. */
const highlighted = (name: string) => [...(CSS.highlights.get(`bilat-${name}`) ?? [])].map(String);

describe('reading', () => {
  test('marks are painted by side without touching the article', async () => {
    await openArticle();
    await expect.poll(() => highlighted('quote-b')).toEqual(['“We came with an offer and we leave with it in the same envelope,”']);
    expect(highlighted('quote-a')).toEqual(['“There is a way to agree on the numbers, and we shall look for it with patience,”']);
    expect(highlighted('reported-a')).toEqual(['the two sides had understood each other better than in November']);
    expect(highlighted('check')).toEqual(['followed two Norwegian trawlers on Tuesday']);
    expect(highlighted('suggested-b')).toHaveLength(2);
    expect(document.querySelector('.body mark')).toBeNull();
  });

  test('each card stands beside its line and none on another', async () => {
    await openArticle();
    await expect.poll(() => document.querySelectorAll('.slot.placed').length).toBe(6);
    const boxes = [...document.querySelectorAll('.slot')].map((slot) => slot.getBoundingClientRect());
    boxes.slice(1).forEach((box, at) => expect(box.top).toBeGreaterThanOrEqual(boxes[at]!.bottom));
    const line = [...CSS.highlights.get('bilat-quote-b')!][0]! as Range;
    expect(Math.abs(boxes[0]!.top - line.getClientRects()[0]!.top)).toBeLessThan(12);
  });

  test('a narrow reader puts the cards under their paragraph, over no words', async () => {
    await openArticle();
    await page.viewport(960, 600);
    await expect.poll(() => document.querySelector<HTMLElement>('.slot.placed')?.getBoundingClientRect().left).toBeLessThan(420);
    await new Promise((done) => setTimeout(done, 200));
    const blocks = [...document.querySelectorAll('.body > *')].map((block) => block.getBoundingClientRect());
    for (const slot of document.querySelectorAll('.slot')) {
      const card = slot.getBoundingClientRect();
      expect(blocks.filter((block) => block.top < card.bottom - 1 && block.bottom > card.top + 1)).toEqual([]);
    }
  });

  test('one key after the other deals with the suggestions', async () => {
    await openArticle();
    await page.getByTitle('Go to the next suggestion').click();
    await userEvent.keyboard('a');
    await expect.poll(() => library.asked('accept_suggestion')).toHaveLength(1);
    await expect.poll(() => highlighted('suggested-b')).toHaveLength(1);
    await userEvent.keyboard('x');
    await expect.poll(() => library.asked('reject_suggestion')).toHaveLength(1);
    await expect.poll(() => highlighted('suggested-b')).toHaveLength(0);
  });

  test('what was done is undone in turn, also what was accepted', async () => {
    await openArticle();
    await page.getByTitle('Go to the next suggestion').click();
    await userEvent.keyboard('a');
    await expect.poll(() => highlighted('quote-b')).toHaveLength(2);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => highlighted('quote-b')).toHaveLength(1);
    await expect.poll(() => highlighted('suggested-b')).toHaveLength(2);
  });

  test('a deleted mark comes back by the message', async () => {
    await openArticle();
    await expect.poll(() => highlighted('check')).toHaveLength(1);
    await userEvent.keyboard('[[');
    await userEvent.keyboard('[[');
    await userEvent.keyboard('x');
    await expect.poll(() => library.asked('reject_suggestion').length + library.asked('delete_annotation').length).toBe(1);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await expect.poll(() => library.asked('restore_annotation').length + library.asked('reopen_suggestion').length).toBe(1);
  });

  test('an inferred date is confirmed with one click', async () => {
    await openArticle();
    await page.getByRole('button', { name: 'Inferred. Confirm?' }).click();
    expect(library.asked('edit_article')).toEqual([{ id: 1, published: '2031-03-14' }]);
    await expect.element(page.getByRole('button', { name: 'Inferred. Confirm?' })).not.toBeInTheDocument();
  });

  test('page furniture is set aside and can be seen', async () => {
    await openArticle();
    await expect.element(page.getByText('4 lines set aside.')).toBeInTheDocument();
    await page.getByRole('button', { name: 'Show them' }).click();
    await expect.element(page.getByText('Sign up for our morning letter')).toBeVisible();
  });

  test('an article that cannot be read says so and can be tried again', async () => {
    await open();
    library.failing.set('read_article', new Failure('io', 'reading the article: the disk does not answer; try again.'));
    await page.getByRole('option').first().click();
    await expect.element(page.getByText('the disk does not answer')).toBeVisible();
    library.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
  });
});

describe('coding a quote', () => {
  test('from the selection to the register without the mouse', async () => {
    await openArticle();
    select('look for it');
    library.articles[0]!.annotations = [];
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('dialog', { name: 'New quote' })).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
    await userEvent.keyboard('Sver');
    await expect.element(page.getByRole('option', { name: /Sverre Lunde/ })).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('combobox', { name: 'Speaks for' })).toHaveValue('Norway');
    await expect.element(page.getByRole('combobox', { name: 'About' })).toHaveValue('Iceland');
    await userEvent.keyboard('{Alt>}4{/Alt}');
    await userEvent.keyboard('{Alt>}{Shift>}2{/Shift}{/Alt}');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => library.asked('annotate')).toHaveLength(1);
    const [asked] = library.asked('annotate');
    expect(asked!.statement).toMatchObject({ speaker: 'Sverre Lunde', role: 'Chief negotiator', country: 'NO', about: 'IS', stance: 1, credibility: 2, mode: 'direct', said_on: null });
    // The selection went to the quotation marks around it.
    const letters = [...library.articles[0]!.snapshot.text];
    expect(asked!.spans!.map(({ start, end }) => letters.slice(start, end).join(''))).toEqual(['There is a way to agree on the numbers, and we shall look for it with patience']);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
  });

  test('Esc discards and keeps nothing', async () => {
    await openArticle();
    select('look for it');
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(library.asked('annotate')).toEqual([]);
  });

  test('what is suggested fills the form, and saving it accepts the suggestion', async () => {
    await openArticle();
    select('call that progress');
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveValue('Halldóra Vik');
    await userEvent.keyboard('{Alt>}1{/Alt}{Control>}{Enter}{/Control}');
    await expect.poll(() => library.asked('accept_suggestion')).toHaveLength(1);
    expect(library.asked('accept_suggestion')[0]!.statement).toMatchObject({ speaker: 'Halldóra Vik', stance: -2, said_on: '2031-03-14' });
    expect(library.asked('annotate')).toEqual([]);
  });

  test('a form that cannot be saved keeps its words and says why', async () => {
    await openArticle();
    select('look for it');
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
    await userEvent.keyboard('Somebody');
    library.failing.set('annotate', new Failure('read_only', 'marking the passage: the library is read only; copy it to a folder of yours.'));
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('the library is read only')).toBeVisible();
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveValue('Somebody');
  });

  test('undo takes the rating of the source back with the quote', async () => {
    await openArticle();
    select('look for it');
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
    await userEvent.keyboard('{Alt>}e{/Alt}{Control>}{Enter}{/Control}');
    await expect.poll(() => library.asked('edit_article')).toEqual([{ id: 1, reliability: 'E' }]);
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.asked('edit_article').at(-1)).toEqual({ id: 1, reliability: 'B' });
    await expect.poll(() => library.asked('delete_annotation')).toHaveLength(1);
  });

  test('a date that is none is not sent', async () => {
    await openArticle();
    select('look for it');
    await userEvent.keyboard('h');
    await page.getByLabelText('Said on').fill('Friday');
    await expect.element(page.getByRole('button', { name: /^Save quote/ })).toBeDisabled();
  });

  test('the form never stands over the words it codes', async () => {
    for (const [width, height] of [[1440, 900], [960, 600], [1920, 1080]] as const) {
      await openArticle();
      await page.viewport(width, height);
      await new Promise((done) => setTimeout(done, 150));
      select('look for it');
      await userEvent.keyboard('h');
      await expect.element(page.getByRole('dialog', { name: 'New quote' })).toBeVisible();
      await new Promise((done) => setTimeout(done, 350));
      const form = document.querySelector('.pop')!.getBoundingClientRect();
      for (const range of CSS.highlights.get('bilat-chosen')!) {
        for (const box of (range as Range).getClientRects()) {
          expect(box.right <= form.left || box.left >= form.right || box.bottom <= form.top || box.top >= form.bottom, `${width}×${height}`).toBe(true);
        }
      }
      cleanup();
    }
  });
});

describe('without a pointer', () => {
  test('O opens the original in the browser, and says where', async () => {
    await openArticle();
    await userEvent.keyboard('o');
    await expect.element(page.getByText('Opened ledger.example in your browser')).toBeVisible();
    expect(library.opened).toEqual(['https://ledger.example/fishing']);
  });

  test('Enter goes from the list into the article', async () => {
    await openArticle();
    document.querySelector<HTMLElement>('[data-pane=list]')!.focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(document.querySelector('[data-pane=reader]'));
  });

  test('words are chosen with F7 and arrows, and quoted', async () => {
    await openArticle();
    await userEvent.keyboard('{F7}{ArrowDown}{ArrowRight}{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    const chosen = getSelection()!.toString();
    expect(chosen.split(/\s+/).length).toBeGreaterThan(4);
    expect(document.querySelector('.body')!.textContent).toContain(chosen);
    await userEvent.keyboard('h');
    await expect.element(page.getByRole('dialog', { name: 'New quote' })).toBeVisible();
    expect(document.querySelector('.pop blockquote')!.textContent).toContain(chosen);
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    expect(document.activeElement?.closest('[data-pane=reader]')).not.toBeNull();
  });

  test('the undo of a message never takes back another change', async () => {
    await openArticle();
    await userEvent.keyboard(']');
    await userEvent.keyboard('x');
    await expect.element(page.getByText('Deleted the mark')).toBeVisible();
    await page.getByRole('button', { name: 'Accept' }).first().click();
    await expect.poll(() => library.asked('accept_suggestion')).toHaveLength(1);
    await expect.element(page.getByText('Deleted the mark')).not.toBeInTheDocument();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.asked('reopen_suggestion')).toHaveLength(1);
    expect(library.asked('restore_annotation')).toEqual([]);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.asked('restore_annotation')).toHaveLength(1);
  });

  // What the sheet says is what the window does: each chord is taken by somebody, where the sheet says so.
  const ARROWS: Record<string, string> = { '←': 'ArrowLeft', '→': 'ArrowRight', '↑': 'ArrowUp', '↓': 'ArrowDown', Esc: 'Escape' };
  const chords = (keys: string) => keys.split('  ').flatMap((one) => {
    const [, before = '', from = '', to = ''] = /^(.* )?(\S) – (\S)$/.exec(one) ?? [];
    return from ? [before + from, before + to] : [one];
  });
  const taken = (target: Element, chord: string) => {
    const parts = chord.split(' ');
    const key = ARROWS[parts.at(-1)!] ?? parts.at(-1)!;
    const code = /^\d$/.test(key) ? `Digit${key}` : /^[A-Z]$/.test(key) ? `Key${key}` : key;
    const event = new KeyboardEvent('keydown', { key: key.length === 1 ? key.toLowerCase() : key, code, ctrlKey: parts.includes('Ctrl'), altKey: parts.includes('Alt'), shiftKey: parts.includes('Shift'), bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const places: Record<string, () => Promise<Element>> = {
    Anywhere: async () => {
      await openArticle();
      return document.body;
    },
    List: async () => {
      await openArticle();
      const list = document.querySelector<HTMLElement>('[data-pane=list]')!;
      list.focus();
      return list;
    },
    Article: async () => {
      await openArticle();
      document.querySelector<HTMLElement>('[data-pane=reader]')!.focus();
      await userEvent.keyboard('{F7}');
      await page.getByTitle('Go to the next suggestion').click();
      return document.activeElement!;
    },
    Mark: async () => {
      await openArticle(() => {
        for (const { annotations } of library.articles) for (const annotation of annotations) annotation.state = 'needs_review';
      });
      document.querySelector<HTMLElement>('.margin [id^=annotation], .margin .who')!.focus();
      return document.activeElement!;
    },
    'Quote form': async () => {
      await openArticle();
      select('look for it');
      await userEvent.keyboard('h');
      await expect.element(page.getByRole('combobox', { name: 'Speaker' })).toHaveFocus();
      return document.activeElement!;
    },
  };
  for (const group of t.shortcuts.groups.filter(({ title }) => title in places)) {
    test(`the sheet of shortcuts holds: ${group.title}`, async () => {
      const dead: string[] = [];
      for (const chord of group.keys.flatMap(([, keys]) => chords(keys))) {
        const place = await places[group.title]!();
        if (!taken(place, chord)) dead.push(chord);
        await new Promise(requestAnimationFrame);
        cleanup();
        getSelection()?.removeAllRanges();
      }
      expect(dead).toEqual([]);
    });
  }
});

describe('the list', () => {
  test('of five thousand draws only what is near the view, and reads what is scrolled to', async () => {
    await open('many');
    const list = page.getByRole('listbox', { name: 'Articles' });
    await expect.element(page.getByRole('option').first()).toBeVisible();
    expect(document.querySelectorAll('[role=option]').length).toBeLessThan(60);
    list.element().scrollTop = 300_000;
    await expect.poll(() => library.asked('list_articles').some(({ offset }) => offset > 1000)).toBe(true);
    await expect.poll(() => document.querySelectorAll('[role=option] .title').length).toBeGreaterThan(3);
    expect(document.querySelectorAll('[role=option]').length).toBeLessThan(60);
  });

  test('J and K open the next and the previous article', async () => {
    await open();
    await page.getByRole('option').first().click();
    await userEvent.keyboard('j');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Reykjavík publishes' })).toBeVisible();
    await userEvent.keyboard('k');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
  });

  test('a deleted article comes back with Ctrl Z', async () => {
    await open();
    await page.getByRole('option').first().click();
    await userEvent.keyboard('{Delete}');
    await expect.element(page.getByText('Deleted “Ministers part')).toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(() => library.asked('restore_article')).toEqual([{ id: 1 }]);
  });

  test('an article of the inbox stays there while it is read', async () => {
    await open();
    await page.getByRole('button', { name: /^Inbox/ }).click();
    await expect.poll(() => document.querySelectorAll('[role=option]').length).toBe(2);
    await page.getByRole('option').first().click();
    await expect.poll(() => library.asked('set_unread')).toHaveLength(1);
    library.tell({ what: 'articles', id: 2 });
    await new Promise((done) => setTimeout(done, 250));
    expect(document.querySelectorAll('[role=option]').length).toBe(2);
    await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('Reykjavík publishes');
  });

  test('a list that was asked for too early is read again when the library opens', async () => {
    await page.viewport(1440, 900);
    library = new FixtureLibrary();
    const closed = new Failure('library_unusable', 'Another program holds the library. Close it.', null, '/tmp/a.bilat');
    library.failing.set('library_status', closed);
    library.failing.set('list_articles', closed);
    render(App, { props: { host: library } });
    await expect.element(page.getByText('Another program holds the library.')).toBeVisible();
    library.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('option').first()).toBeVisible();
  });

  test('a list that is empty by its filter offers to clear it', async () => {
    await open();
    for (const article of library.articles) article.unread = false;
    await page.getByRole('radio', { name: /Unread/ }).click();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.element(page.getByRole('option').first()).toBeVisible();
  });
});

describe('search and commands', () => {
  test('finds words, shows them, and opens the article', async () => {
    await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('combobox', { name: 'Search or jump to' })).toHaveFocus();
    await userEvent.keyboard('envelope');
    await expect.element(page.getByText('3 results')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await expect.element(page.getByRole('heading', { level: 1, name: 'Ministers part' })).toBeVisible();
  });

  test('does what is typed', async () => {
    await open();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('combobox', { name: 'Search or jump to' })).toHaveFocus();
    await userEvent.keyboard('new pa{Enter}');
    await expect.element(page.getByRole('dialog', { name: 'New pair' })).toBeVisible();
    await userEvent.keyboard('Den{Enter}');
  });

  test('is narrowed to the pair until Backspace', async () => {
    await open();
    await page.getByRole('button', { name: /^Norway – Iceland Tone/ }).click();
    await userEvent.keyboard('{Control>}k{/Control}');
    await expect.element(page.getByRole('button', { name: 'Remove filter' })).toBeVisible();
    await userEvent.keyboard('fish');
    await expect.poll(() => library.asked('search').at(-1)?.query).toBe('pair:IS-NO fish');
    await userEvent.keyboard('{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}fish');
    await expect.poll(() => library.asked('search').at(-1)?.query).toBe('fish');
  });
});

describe('clipping', () => {
  test('pasted text becomes an article, and pasted again is unchanged', async () => {
    await open();
    await userEvent.keyboard('{Control>}n{/Control}');
    const field = page.getByRole('textbox', { name: /Address, text/ });
    await field.fill('Harbour masters meet in Ålesund\nThey met on Monday.');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Clipped', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Clip another' }).click();
    await field.fill('Harbour masters meet in Ålesund\nThey met on Monday.');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Already in the library, word for word')).toBeVisible();
  });

  test('what cannot be clipped says why, and the library stays as it was', async () => {
    await open();
    await userEvent.keyboard('{Control>}n{/Control}{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('Paste an address or some text first.')).toBeVisible();
    expect(library.asked('clip')).toEqual([]);
    library.failing.set('clip', new Failure('bad_input', 'clipping: there is no text in it.'));
    await page.getByRole('textbox', { name: /Address, text/ }).fill('—');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.element(page.getByText('The library was not changed.')).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: /Address, text/ })).toHaveValue('—');
  });

  test('no key opens another dialogue over what was typed', async () => {
    await open();
    await userEvent.keyboard('{Control>}n{/Control}');
    await page.getByRole('textbox', { name: /Address, text/ }).fill('Half an article');
    await userEvent.keyboard('{Control>}k{/Control}{Control>}{Shift>}b{/Shift}{/Control}{F6}');
    await expect.element(page.getByRole('textbox', { name: /Address, text/ })).toHaveValue('Half an article');
    expect(document.querySelectorAll('dialog[open]')).toHaveLength(1);
  });

  test('words pasted outside any field are a clip', async () => {
    await open();
    await expect.element(page.getByRole('option').first()).toBeVisible();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'A pasted headline\nand a line.');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    await expect.element(page.getByRole('textbox', { name: /Address, text/ })).toHaveValue('A pasted headline\nand a line.');
  });
});

describe('the first sight', () => {
  test('an empty library opens the exercise', async () => {
    await open('empty');
    await page.getByRole('button', { name: /Open the exercise library/ }).click();
    await expect.element(page.getByRole('option').first()).toBeVisible();
  });

  test('an exercise that cannot be made says why, also when a part of it was', async () => {
    await open('empty');
    library.failing.set('make_exercise', new Failure('io', 'making the exercise: the disk is full; free some space.'));
    await page.getByRole('button', { name: /Open the exercise library/ }).click();
    await expect.element(page.getByText('the disk is full')).toBeVisible();
    await expect.element(page.getByRole('button', { name: /Open the exercise library/ })).toBeEnabled();
  });

  test('a library that cannot be opened says why and is tried again', async () => {
    await page.viewport(1440, 900);
    library = new FixtureLibrary();
    library.failing.set('library_status', new Failure('library_unusable', 'This file is no Bilat library. Choose another.', null, '/tmp/notes.txt'));
    render(App, { props: { host: library } });
    await expect.element(page.getByText('This file is no Bilat library.')).toBeVisible();
    library.failing.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.element(page.getByRole('option').first()).toBeVisible();
  });

  test('a pair is followed in the order that was chosen', async () => {
    await open('empty');
    await page.getByRole('button', { name: /Set up a pair/ }).click();
    await page.getByRole('combobox', { name: 'Left side' }).fill('Türk');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await page.getByRole('combobox', { name: 'Right side' }).fill('gre');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await page.getByRole('button', { name: 'Follow pair' }).click();
    await expect.poll(() => library.asked('follow_pair')).toEqual([{ left: 'TR', right: 'GR' }]);
    await expect.element(page.getByRole('heading', { name: 'Türkiye – Greece', level: 1 })).toBeVisible();
  });
});

describe('can be used by everyone', () => {
  for (const theme of ['light', 'dark'] as const) {
    const themed = (name: string, prepare: () => Promise<void>) =>
      test(`${name}, ${theme}`, async () => {
        localStorage.setItem('bilat.look', JSON.stringify({ theme }));
        document.documentElement.dataset.theme = theme;
        await prepare();
        await new Promise((done) => setTimeout(done, 400));
        expect(await faults()).toEqual([]);
      });
    themed('list and reader', openArticle);
    themed('the form of a quote', async () => {
      await openArticle();
      select('look for it');
      await userEvent.keyboard('h');
      await expect.element(page.getByRole('dialog', { name: 'New quote' })).toBeVisible();
    });
    themed('search', async () => {
      await open();
      await userEvent.keyboard('{Control>}k{/Control}fish');
      await expect.element(page.getByText(/results?$/).first()).toBeVisible();
    });
    themed('clipping', async () => {
      await open();
      await userEvent.keyboard('{Control>}n{/Control}');
      await expect.element(page.getByRole('dialog')).toBeVisible();
    });
    themed('the register', async () => {
      await open();
      await userEvent.keyboard('{Control>}3{/Control}');
      await expect.element(page.getByText('Halldóra Vik')).toBeVisible();
    });
    themed('settings', async () => {
      await open();
      await userEvent.keyboard('{Control>},{/Control}');
      await expect.element(page.getByRole('heading', { name: 'Appearance' })).toBeVisible();
    });
    themed('first run', async () => {
      await open('empty');
      await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  }
});
