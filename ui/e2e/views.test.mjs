// Every view of the window, light and dark, at the two sizes the design names: pictures to look at, none of them
// blank, none wider than the window.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { openWindow, until } from './driver.mjs';
import { ask, click, colours, highlighted, placeOf, select, type } from './person.mjs';

const SIZES = [[1440, 900], [960, 600]];
/** A view with a few words on it has hundreds of shades of their edges. */
const FEW_COLOURS = 24;

/** Each theme and each size once; `EVERY_PICTURE=1` asks for all four, to look at. */
const LOOKS = process.env.EVERY_PICTURE
  ? ['light', 'dark'].flatMap((theme) => SIZES.map((size) => [theme, size]))
  : [['light', SIZES[0]], ['dark', SIZES[1]]];

/** Takes the view's pictures. */
async function pictures(window, name) {
  for (const [theme, [width, height]] of LOOKS) {
    await paint(window, theme);
    await window.resize(width, height);
    const file = await window.picture(join('views', `${name}-${theme}-${width}`));
    const seen = await colours(file);
    assert.ok(seen >= FEW_COLOURS, `${file} is blank: ${seen} colours`);
    const wide = await window.run('return document.scrollingElement.scrollWidth');
    assert.ok(wide <= width, `${name} is ${wide} px wide in a window of ${width} px`);
  }
  await window.resize(...SIZES[0]);
  await paint(window, 'light');
}

/** Changes the theme as the settings do, without motion; where there is no library, on the page alone. */
async function paint(window, theme) {
  const value = { theme, density: 'compact', reading_size: 18, still: true };
  await ask(window, 'write_setting', { name: 'look', value }).catch(() => window.run('document.documentElement.dataset.theme = arguments[0]', theme));
  await until(() => window.run('return document.documentElement.dataset.theme === arguments[0]', theme), `the window is ${theme}`);
}

async function leave(window) {
  await window.press('escape');
  await window.gone('dialog');
}

describe('the views of an empty library', () => {
  let window;
  before(async () => {
    window = await openWindow();
    await window.resize(...SIZES[0]);
  });
  after(() => window?.close());

  it('first run', async () => {
    await window.find('#first-text');
    await pictures(window, 'first-run');
  });

  it('a pair with nothing on it', async () => {
    await click(window, 'Set up a pair');
    await window.named('dialog h2', 'New pair');
    await type(window, 'peru');
    await window.press('down', 'enter', 'tab', 'tab');
    await type(window, 'samoa');
    await window.press('down', 'enter');
    await pictures(window, 'new-pair');
    await click(window, 'Follow pair');
    await window.reads('Nothing on Peru – Samoa yet');
    await pictures(window, 'empty-pair');
  });

  it('no quotes', async () => {
    await window.press(['control', '3']);
    await window.reads('No quotes yet');
    await pictures(window, 'empty-quotes');
  });

  it('no articles', async () => {
    await window.press(['control', '2']);
    await window.reads('Nothing clipped yet');
    await pictures(window, 'empty-list');
  });

  it('clipping, and what cannot be clipped', async () => {
    await window.press(['control', 'n']);
    await window.find('dialog textarea');
    await pictures(window, 'clip');
    await window.press(['control', 'enter']);
    await window.reads('Paste an address or some text first.');
    await pictures(window, 'clip-nothing');
    await leave(window);
  });

  it('clipping an address', async () => {
    await window.press(['control', 'n']);
    await (await window.find('dialog textarea')).type('https://courier.example/world/two-towers-one-lamp');
    await window.named('dialog footer button', 'Fetch and clip');
    await pictures(window, 'clip-address');
    await leave(window);
  });

  it('importing, before there is anything', async () => {
    await window.press(['control', 'shift', 'i']);
    await window.named('dialog h2', 'Import');
    await pictures(window, 'import');
    await leave(window);
    await window.press(['control', 'k']);
    await window.find('dialog input');
    await type(window, 'imports');
    await window.named('dialog [role=option]', 'Imports');
    await window.press('enter');
    await window.reads('Nothing imported yet');
    await pictures(window, 'imports-empty');
  });

  it('pairing a browser', async () => {
    await window.press(['control', ',']);
    await click(window, 'Browsers', 'nav button');
    await click(window, 'Pair a browser');
    await window.find('output.digits');
    await pictures(window, 'settings-browsers');
    await click(window, 'Cancel');
    await click(window, 'Network', 'nav button');
    await click(window, 'SOCKS5', '[role=radio]');
    await window.find('form input[placeholder*="9050"]');
    await pictures(window, 'settings-network');
    await window.press(['control', '2']);
  });

  it('a briefing without evidence', async () => {
    await ask(window, 'draft_briefing', { left: 'PE', right: 'WS', template: 'alert' });
    await click(window, 'Peru – Samoa', 'aside button[aria-current], aside button:has(svg) + button, aside nav > button');
    await window.find('.cm-content');
    await window.reads('No quotes on this pair yet');
    await pictures(window, 'briefing-empty');
  });
});

describe('the views of the exercise', () => {
  let window;
  before(async () => {
    window = await openWindow();
    await window.resize(...SIZES[0]);
    await click(window, 'Open the exercise library');
    await window.named('[role=option]', 'Kazakhstan');
    await paint(window, 'light');
  });
  after(() => window?.close());

  /** Opens the article of a file of the exercise, by its outlet and words of its title. */
  async function read(title) {
    await window.press(['control', '2']);
    // The list may move under the mouse while it is laid out: a person who got another article would try again, too.
    await until(async () => {
      const row = await window.named('[role=option]', title);
      await window.run("arguments[0].scrollIntoView({ block: 'center' })", row);
      await row.click();
      return window.named('article h1', title, 2_000);
    }, `“${title}” is open`, 20_000);
    await until(() => window.run("return document.querySelectorAll('.margin .slot.placed').length > 0"), 'the margin is laid out');
  }

  it('the library', async () => {
    await pictures(window, 'library');
  });

  it('an article with its margin', async () => {
    await read('sign transit');
    await until(async () => (await highlighted(window, 'quote-a')).length > 0, 'the marks are painted');
    await pictures(window, 'reader');
  });

  it('a selection', async () => {
    await select(window, 'Japan and Kazakhstan signed an agreement on transit');
    await window.find('.offer');
    await pictures(window, 'selection');
  });

  it('the form of a quotation', async () => {
    await select(window, 'Japan and Kazakhstan signed an agreement on transit');
    await window.press('h');
    await window.find('.form');
    await pictures(window, 'annotate');
    // Whole and beside the words, after every change of the window's size.
    await until(
      () =>
        window.run(`const form = document.querySelector('.pop').getBoundingClientRect();
          const words = [...CSS.highlights.get('bilat-chosen')].flatMap((range) => [...range.getClientRects()]);
          return form.top >= 0 && form.bottom <= innerHeight && words.every((word) => word.right <= form.left || word.left >= form.right || word.bottom <= form.top || word.top >= form.bottom)`),
      'the form stands whole in the window and over none of the words',
    );
    await window.press('escape');
    await window.gone('.form');
  });

  for (const [script, title] of [['cyrillic', 'МИД Казахстана'], ['greek', 'άδει'], ['japanese', '日・カザフ'], ['arabic', 'بيان']]) {
    it(`an article in ${script} letters`, async () => {
      await read(title);
      await pictures(window, `reader-${script}`);
    });
  }

  it('two accounts of one meeting', async () => {
    await read('One meeting in Tokyo');
    await pictures(window, 'reader-html');
  });

  it('a page that changed, word by word', async () => {
    const page = (sentence) => `<!doctype html><html lang="en"><title>Two towers, one lamp</title><article><h1>Two towers, one lamp</h1><p>NUUK – Greenland and Palau agreed on Friday to light two old towers by turns.</p><p>${sentence}</p><p>The lamp itself is older than both agreements, and nobody proposes to replace it.</p></article>`;
    const clip = (sentence) => ask(window, 'clip', { source: { type: 'html', html: page(sentence) }, url: 'https://courier.example/lamp' });
    const { id } = await clip('“We shall keep it burning through the winter,” the keeper, Malik Isbosethsen, told reporters.');
    await ask(window, 'annotate', { article: String(id), exact: 'We shall keep it burning through the winter', statement: { speaker: 'Malik Isbosethsen', country: 'GL' } });
    await clip('“We shall see whether it burns through the winter,” the keeper, Malik Isbosethsen, told reporters.');
    await read('Two towers');
    await click(window, '2 snapshots');
    await window.find('.compare del');
    await pictures(window, 'compare');
    await window.press('escape');
    await window.gone('.compare');
  });

  it('the register of quotes', async () => {
    await window.press(['control', '3']);
    await window.find('.register .words');
    await pictures(window, 'quotes');
  });

  it('the palette', async () => {
    await window.press(['control', 'k']);
    await window.named('dialog [role=option]', 'Inbox');
    await pictures(window, 'palette');
    await type(window, 'permit');
    await window.named('dialog [role=status]', 'results');
    await pictures(window, 'palette-results');
    await window.press(['control', 'a']);
    await type(window, 'zzzz');
    await window.named('dialog', 'Nothing with');
    await pictures(window, 'palette-nothing');
    await leave(window);
  });

  it('the shortcuts', async () => {
    await window.run('document.activeElement.blur()');
    await window.press('?');
    await window.named('dialog h2', 'Keyboard shortcuts');
    await pictures(window, 'shortcuts');
    await leave(window);
  });

  it('the settings', async () => {
    await window.press(['control', ',']);
    await window.named('h1', 'Appearance');
    await pictures(window, 'settings');
    await click(window, 'Check now');
    await window.reads('every hash agrees');
    await pictures(window, 'settings-library');
  });

  it('a new briefing', async () => {
    await window.press(['control', 'shift', 'b']);
    await window.named('dialog h2', 'New briefing');
    await pictures(window, 'new-briefing');
    await leave(window);
  });

  it('an empty bin', async () => {
    await click(window, 'Bin');
    await window.reads('The bin is empty');
    await pictures(window, 'empty-bin');
  });

  it('a briefing, its page beside it', async () => {
    await click(window, 'Kazakhstan offers Japan', 'aside nav button');
    await window.find('.cm-content');
    await window.named('footer button', 'verified verbatim');
    await pictures(window, 'briefing');
    await window.press(['control', 'alt', '3']);
    await window.gone('main:not([hidden]) .cm-content');
    await pictures(window, 'briefing-preview');
    await window.press(['control', 'alt', '2']);
  });

  it('a quotation that differs, and the export it stops', async () => {
    await click(window, 'Permits', 'nav button, section button');
    await window.find('.cm-q');
    const [quotation] = await window.run("return [...document.querySelectorAll('.cm-q')].map((quote) => quote.textContent).filter((words) => words.split(' ').length > 5)");
    const word = quotation.split(' ').at(3).replace(/\W/g, '');
    const { middle } = await placeOf(window, word, '.cm-q');
    await window.clickAt(middle, 2);
    await type(window, 'otherwise');
    await window.named('footer button', 'differ');
    await window.press('f8');
    await window.find('.problem');
    await pictures(window, 'briefing-altered');
    await window.press(['control', 'e']);
    await window.named('dialog h2', 'Export briefing');
    await pictures(window, 'export');
    await window.press('enter');
    await window.named('dialog h2', 'the export');
    await pictures(window, 'export-stopped');
    await leave(window);
  });
});

describe('the views of a library that cannot be used', () => {
  let folder;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'bilat-views-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  it('says what is wrong', async () => {
    const library = join(folder, 'notes.bilat');
    await writeFile(library, 'These are notes and no library.\n'.repeat(40));
    const window = await openWindow({ library });
    try {
      await window.reads('The library cannot be opened');
      await pictures(window, 'unusable');
    } finally {
      await window.close();
    }
  });
});
