/** Clipping by address, by a link from outside, and by dropping, as a person meets it. */
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
});
afterEach(() => cleanup());

async function type(words: string) {
  await userEvent.keyboard('{Control>}n{/Control}');
  await page.getByRole('textbox', { name: /Address, text/ }).fill(words);
}

describe('an address', () => {
  test('is fetched with Enter, and nothing is asked for before', async () => {
    await type('https://ledger.example/a');
    await expect.element(page.getByText('The page is fetched from ledger.example, without cookies.')).toBeVisible();
    expect(library.asked('clip')).toEqual([]);
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Clipped', { exact: true })).toBeVisible();
    expect(library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'url', url: 'https://ledger.example/a' }]);
    await expect.element(page.getByText('2 outlets, 1 origin: Polar Wire.')).toBeVisible();
  });

  test('in a private network is asked about, and fetched only after a yes', async () => {
    await type('http://localhost:8080/a');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('localhost:8080 is on this computer or in a private network')).toBeVisible();
    await page.getByRole('button', { name: 'Fetch it all the same' }).click();
    await expect.element(page.getByText('Clipped', { exact: true })).toBeVisible();
    expect(library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'url', url: 'http://localhost:8080/a' }, { type: 'url', url: 'http://localhost:8080/a', allow_host: true }]);
  });

  test('that does not answer says why, keeps what was typed, and can be tried again', async () => {
    await type('https://gone.example/a');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/no such host; check the address/)).toBeVisible();
    await expect.element(page.getByRole('textbox', { name: /Address, text/ })).toHaveValue('https://gone.example/a');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => library.asked('clip')).toHaveLength(2);
  });

  test('of a page without words but by script says what to do', async () => {
    await type('https://script.example/a');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('The page is empty without its scripts')).toBeVisible();
    await page.getByRole('button', { name: 'Open in browser' }).click();
    expect(library.opened).toEqual(['https://script.example/a']);
    // No script runs before a person says so.
    expect(library.rendered).toEqual([]);
    await page.getByRole('button', { name: 'Render the page' }).click();
    await expect.element(page.getByText('Clipped', { exact: true })).toBeVisible();
    expect(library.rendered).toEqual([{ url: 'https://script.example/a', allow_host: false, published: null, outlet: null }]);
  });

  test('whose capture is held back says why, and that the words stay', async () => {
    await type('https://held.example/a');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Kept, but not shown as the article')).toBeVisible();
    await expect.element(page.getByText(/before a request to pay/)).toBeVisible();
  });

  test('that was stopped keeps nothing: what arrives all the same goes to the bin', async () => {
    let arrive = () => {};
    const call = library.call.bind(library);
    library.call = async (name, request) => {
      if (name === 'clip') await new Promise<void>((done) => (arrive = done));
      return call(name, request);
    };
    await type('https://ledger.example/a');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Fetching from ledger.example')).toBeVisible();
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.element(page.getByText('Stopped. Nothing was kept.')).toBeVisible();
    arrive();
    await expect.poll(() => library.asked('delete_article')).toEqual([{ id: 1 }]);
  });
});

describe('what a browser copied', () => {
  const paste = (field: HTMLTextAreaElement, words: string, html: string) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', words);
    clipboardData.setData('text/html', html);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    // What the engine does with a paste that nobody stopped.
    field.setRangeText(words, field.selectionStart, field.selectionEnd, 'end');
    field.dispatchEvent(new InputEvent('input', { inputType: 'insertFromPaste', bubbles: true }));
  };
  const HTML = '<article><h1>A headline</h1><p>A line.</p></article>';

  test('is read from its HTML while nobody changed its words', async () => {
    await type('');
    paste(document.querySelector('dialog textarea')!, 'A headline\nA line.', HTML);
    await expect.element(page.getByRole('radio', { name: 'Read as a web page' })).toBeChecked();
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'html', html: HTML }]);
  });

  test('beside words that stood there already loses none of them', async () => {
    await type('What I typed. ');
    const field = document.querySelector<HTMLTextAreaElement>('dialog textarea')!;
    field.setSelectionRange(field.value.length, field.value.length);
    paste(field, 'A line.', HTML);
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect.poll(() => library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'text', text: 'What I typed. A line.' }]);
  });
});

describe('a link from outside', () => {
  test('shows the whole address and fetches nothing before a person says so', async () => {
    library.link(`bilat://clip?url=${encodeURIComponent('https://ledger.example/a?b=c')}`);
    await expect.element(page.getByRole('dialog', { name: 'Clip this page?' })).toBeVisible();
    await expect.element(page.getByText('https://ledger.example/a?b=c')).toBeVisible();
    // A key that was on its way presses nothing.
    await userEvent.keyboard('{Enter} ');
    expect(library.asked('clip')).toEqual([]);
    expect(await faultsInBothThemes()).toEqual([]);
    await page.getByRole('button', { name: 'Fetch and clip' }).click();
    await expect.element(page.getByText('Clipped', { exact: true })).toBeVisible();
    expect(library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'url', url: 'https://ledger.example/a?b=c' }]);
  });

  test('to anything but a page on the web is refused', async () => {
    for (const url of ['file:///etc/passwd', 'javascript:alert(1)', 'http://127.0.0.1:8733/', 'http://[::1]/']) {
      library.link(`bilat://clip?url=${encodeURIComponent(url)}`);
      await expect.element(page.getByRole('dialog', { name: 'This link was not followed' })).toBeVisible();
      expect(page.getByRole('button', { name: 'Fetch and clip' }).query()).toBeNull();
      await userEvent.keyboard('{Escape}');
      await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    }
    expect(library.asked('clip')).toEqual([]);
  });

  test('that leads into a private network after all is not allowed there', async () => {
    const call = library.call.bind(library);
    library.call = (name, request) => call(name, name === 'clip' ? ({ ...request, source: { type: 'url', url: 'http://localhost/' } } as typeof request) : request);
    library.link('bilat://clip?url=https://rebind.example/');
    await page.getByRole('button', { name: 'Fetch and clip' }).click();
    await expect.element(page.getByText('rebind.example is on this computer or in a private network')).toBeVisible();
    expect(page.getByRole('button', { name: 'Fetch it all the same' }).query()).toBeNull();
  });

  test('waits until the dialogue before it is closed', async () => {
    await type('Half an article');
    library.link('bilat://clip?url=https://ledger.example/');
    await expect.element(page.getByRole('textbox', { name: /Address, text/ })).toHaveValue('Half an article');
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog', { name: 'Clip this page?' })).toBeVisible();
  });
});

describe('what is dropped', () => {
  test('one document is clipped', async () => {
    library.drop('/home/analyst/Talks.pdf');
    await expect.poll(() => library.asked('clip').map(({ source }) => source)).toEqual([{ type: 'file', path: '/home/analyst/Talks.pdf' }]);
  });

  test('several, a folder or a collection are an import', async () => {
    for (const paths of [['/a/one.pdf', '/a/two.html'], ['/a/Press review'], ['/a/library.ris']]) {
      library.drop(...paths);
      await expect.element(page.getByRole('dialog', { name: 'Import' })).toBeVisible();
      for (const path of paths) await expect.element(page.getByTitle(path)).toBeVisible();
      await userEvent.keyboard('{Escape}');
      await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    }
    expect(library.asked('clip')).toEqual([]);
  });
});
