// From one article to one briefing, in the real window and by hand: clip, accept, quote, attribute, draft, break a
// quotation, be stopped, mend it, export.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';

import { openWindow, until } from './driver.mjs';
import { ask, click, cut, exists, focusOn, highlighted, placeOf, select, type } from './person.mjs';

/** A story of our own, as it comes from a web page: furniture between the lines, sentences broken where links stood. */
const PASTED = `Skip to content

Finland and Chile agree to share one icebreaker

Sign up now: Get the morning newsletter delivered to your inbox

Envoy Aino Ketola calls it an end to "winters of two half-empty ships".

Envoy Aino Ketola calls it an end to "winters of two half-empty ships".

PHOTO: EXERCISE AGENCY

Follow topic:

SANTIAGO – Finland and Chile said on Friday that they would share one icebreaker in the Southern Ocean, ending a quarrel over berths that had lasted three years.

“We sent two half-empty ships to the same ice and called it policy,” Chilean deputy foreign minister Tomás Arriagada told reporters. “Nobody will miss that.”

The quarrel began

in 2023, when Chile closed a berth to Finnish crews,

prompting Helsinki to cancel a survey that both sides had paid for.

ADVERTISEMENT

The agreement was signed by

the Finnish envoy Aino Ketola

and

her counterpart Inés Valdovino,

who had not spoken in public since the survey was called off.

“The ship is one and the flags are two, and that is enough for a start,” Ms Ketola said.

Finnish officials said the first voyage would leave in November.

See more on
`;
const TITLE = 'Finland and Chile agree to share one icebreaker';
const STANDFIRST = 'Envoy Aino Ketola calls it an end to "winters of two half-empty ships".';
const PARAGRAPHS = [
  'SANTIAGO – Finland and Chile said on Friday that they would share one icebreaker in the Southern Ocean, ending a quarrel over berths that had lasted three years.',
  '“We sent two half-empty ships to the same ice and called it policy,” Chilean deputy foreign minister Tomás Arriagada told reporters. “Nobody will miss that.”',
  'The quarrel began in 2023, when Chile closed a berth to Finnish crews, prompting Helsinki to cancel a survey that both sides had paid for.',
  'The agreement was signed by the Finnish envoy Aino Ketola and her counterpart Inés Valdovino, who had not spoken in public since the survey was called off.',
  '“The ship is one and the flags are two, and that is enough for a start,” Ms Ketola said.',
  'Finnish officials said the first voyage would leave in November.',
];
const KETOLA = 'The ship is one and the flags are two, and that is enough for a start';
const ARRIAGADA = 'We sent two half-empty ships to the same ice and called it policy';

describe('from one article to one briefing', () => {
  let window;
  let folder;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bilat-journey-'));
    window = await openWindow();
    await window.resize(1440, 900);
  });
  after(async () => {
    await window?.close();
    await rm(folder, { recursive: true, force: true });
  });

  // Each step stands on those before it: after the first failure the rest would only wait in vain.
  let broken = false;
  const step = (name, act) =>
    it(name, async (test) => {
      if (broken) return test.skip('a step before it failed');
      try {
        await act();
      } catch (error) {
        broken = true;
        await picture('failed').catch(() => {});
        throw error;
      }
    });

  const picture = (name) => window.picture(join('journey', name));
  const body = () => window.run("return [...document.querySelectorAll('article .body > *')].map((block) => block.textContent)");
  const statements = () => ask(window, 'list_statements');
  const status = () => window.run("return document.querySelector('footer button [role=status]')?.innerText ?? ''");

  step('opens an empty library with one promise and one field', async () => {
    await window.reads('Cite every word.');
    await window.find('#first-text');
    await picture('1-first-run');
  });

  step('clips what is pasted', async () => {
    await window.press(['control', 'n']);
    const field = await window.find('dialog textarea');
    await cut(window, field, PASTED);
    await window.press('escape');
    await window.gone('dialog');

    // Outside of any field, pasting is clipping.
    await window.run('document.activeElement.blur()');
    await window.press(['control', 'v']);
    const pasted = await window.find('dialog textarea');
    await until(async () => (await window.run('return arguments[0].value', pasted)).includes(TITLE), 'what was pasted stands in the dialogue');
    await (await window.named('dialog label', 'Outlet')).click();
    await type(window, 'The Meridian Courier');
    await window.press('tab');
    await type(window, '6 Mar 2026');
    await picture('2-clip');
    await window.press(['control', 'enter']);
    await window.reads('It seems to be about Chile – Finland');
    await window.press(['control', 'enter']);
    await window.gone('dialog');
  });

  step('shows it in the list and opens it, whole and without the page around it', async () => {
    await window.named('[role=option]', TITLE);
    await window.named('article h1', TITLE);
    assert.equal(await (await window.find('article .dek')).text(), STANDFIRST);
    assert.deepEqual(await body(), PARAGRAPHS);
    await click(window, 'Show them');
    const aside = await (await window.find('article footer ul')).text();
    for (const line of ['Skip to content', 'Sign up now', 'PHOTO: EXERCISE AGENCY', 'ADVERTISEMENT', 'See more on']) assert.ok(aside.includes(line), line);
    await click(window, 'Hide them');
  });

  step('says that it has an article already', async () => {
    await window.press(['control', 'n']);
    const field = await window.find('dialog textarea');
    await until(() => window.run('return document.activeElement === arguments[0]', field), 'the field has the focus');
    await window.press(['control', 'v'], ['control', 'enter']);
    await window.reads('Already in the library, word for word');
    await window.press('escape');
    await window.gone('dialog');
    assert.equal((await ask(window, 'list_articles')).total, 1);
  });

  step('keeps what it suggests in the margin, and nowhere else', async () => {
    const dashed = await until(
      () => window.run("return [...document.querySelectorAll('.margin .suggested')].filter((card) => card.checkVisibility()).map((card) => getComputedStyle(card).borderTopStyle)"),
      'suggestions stand in the margin',
    );
    assert.ok(dashed.length >= 2 && dashed.every((style) => style === 'dashed'), `${dashed}`);
    const painted = [...(await highlighted(window, 'suggested-a')), ...(await highlighted(window, 'suggested-b'))].join(' ');
    assert.ok(painted.includes(ARRIAGADA) && painted.includes(KETOLA), painted);
    assert.equal((await statements()).total, 0);
    await picture('3-suggestions');
  });

  step('takes a suggestion with A', async () => {
    // The button goes to the first suggestion, the brackets from mark to mark.
    await click(window, 'Go to the next suggestion');
    const lit = () => window.run("return document.querySelector('.card.lit')?.getAttribute('aria-label') ?? ''");
    await until(async () => {
      if ((await lit()).includes(ARRIAGADA)) return true;
      await window.press(']');
      return false;
    }, 'the suggestion is lit');
    await window.press('a');
    await until(async () => (await statements()).total === 1, 'the statement is in the register');
    const [statement] = (await statements()).rows;
    // Both halves of what he said, on either side of the reporter's words.
    assert.equal(statement.text, `${ARRIAGADA}, […] Nobody will miss that.`);
    assert.deepEqual([statement.speaker, statement.country], ['Tomás Arriagada', 'CL']);
    assert.match(statement.role, /deputy foreign minister$/);
    await window.named('.card:not(.suggested)', 'Tomás Arriagada');
  });

  step('drops a suggestion with X and brings it back with Ctrl Z', async () => {
    const cards = () => window.run("return document.querySelectorAll('.margin .suggested').length");
    const before = await cards();
    assert.ok(before > 0);
    await window.find('.suggested.lit');
    await window.press('x');
    await until(async () => (await cards()) === before - 1, 'the suggestion is gone');
    await window.press(['control', 'z']);
    await until(async () => (await cards()) === before, 'the suggestion is back');
    assert.equal((await statements()).total, 1);
  });

  step('codes a quotation that was selected with the mouse, by keyboard alone', async () => {
    // From inside the words: the selection snaps to the marks around them.
    await select(window, KETOLA);
    await window.press('h');
    await focusOn(window, 'Speaker');
    assert.ok((await (await window.find('.form blockquote')).text()).includes(KETOLA));
    await window.press(['control', 'a']);
    await type(window, 'Aino Ketola');
    await window.press('tab');
    await focusOn(window, 'Role that day');
    await window.press(['control', 'a']);
    await type(window, 'envoy');
    await window.press('tab');
    await focusOn(window, 'Speaks for');
    await window.press(['control', 'a']);
    await type(window, 'finl');
    await window.press('down', 'enter', 'tab');
    await focusOn(window, 'About');
    await window.press(['alt', '4']);
    await until(() => window.run("return document.querySelector('.form .stance [aria-checked=true]')?.innerText.includes('Conciliatory')"), 'the stance is set');
    await picture('4-form');
    await window.press(['control', 'enter']);
    await window.gone('.form');

    const statement = await until(async () => (await statements()).rows.find(({ text }) => text.startsWith(KETOLA)), 'the statement is in the register');
    assert.deepEqual([statement.speaker, statement.role, statement.country, statement.about, statement.stance], ['Aino Ketola', 'envoy', 'FI', 'CL', 1]);
    await window.named('.card:not(.suggested)', 'Aino Ketola');
    const painted = [...(await highlighted(window, 'quote-a')), ...(await highlighted(window, 'quote-b'))];
    assert.ok(painted.some((words) => words.includes(KETOLA)), `${painted}`);
    await picture('5-quoted');
  });

  step('drafts a briefing in which every quotation is verified', async () => {
    await window.press(['control', 'shift', 'b']);
    await window.named('dialog h2', 'New briefing');
    await picture('6-new-briefing');
    await click(window, 'Draft briefing');
    await window.find('.cm-content');
    await until(async () => /verified verbatim$/.test(await status()), async () => `every quotation is verified; the status line says “${await status()}”`);
    const [{ id }] = await ask(window, 'list_briefings');
    const { markdown } = await ask(window, 'read_briefing', { id });
    for (const words of [ARRIAGADA, KETOLA]) assert.ok(markdown.includes(words), words);
    assert.match(markdown, /^pair: CL[-–]FI/m);
    const page = () => window.run("return document.querySelector('.sheet').shadowRoot?.textContent ?? ''");
    await until(async () => (await page()).includes(KETOLA), 'the page shows the quotation');
    await picture('7-briefing');
  });

  step('says while one types that a quotation was altered, and shows the source', async () => {
    await click(window, 'Chile says');
    // The editor may still move its lines while it is laid out.
    await until(async () => {
      const { middle } = await placeOf(window, 'policy', '.cm-line');
      await window.clickAt(middle, 2);
      return window.run("return getSelection().toString().trim() === 'policy'");
    }, 'the word is selected');
    await type(window, 'prudence');
    await until(async () => / differs? from its source$/.test(await status()), async () => `the status line says “${await status()}”`);
    await window.press('f8');
    const problem = await window.find('.problem');
    assert.match(await problem.text(), /This quote differs from its source/);
    assert.equal((await window.run("return document.querySelector('.problem del').innerText")).replace(/\W/g, ''), 'prudence');
    assert.equal((await window.run("return document.querySelector('.problem ins').innerText")).replace(/\W/g, ''), 'policy');
    await picture('8-altered');
  });

  step('does not let an altered quotation out', async () => {
    const path = join(folder, 'stopped.html');
    await exportTo(path, 'HTML');
    await window.named('dialog h2', '1 quote stops the export');
    assert.ok((await window.run("return document.querySelector('dialog ins').innerText")).includes('policy'));
    await picture('9-stopped');
    assert.equal(await exists(path), false);
    await window.press('escape');
    await window.gone('dialog');
  });

  step('puts the source’s words back with one key', async () => {
    await until(async () => {
      const { middle } = await placeOf(window, 'prudence', '.cm-line');
      await window.clickAt(middle);
      return window.run("return getSelection().anchorNode?.parentElement.closest('.cm-line')?.textContent.includes('prudence') ?? false");
    }, 'the cursor stands in the quotation');
    await window.press(['alt', 'enter']);
    await until(async () => /verified verbatim$/.test(await status()), async () => `every quotation is verified; the status line says “${await status()}”`);
    await placeOf(window, ARRIAGADA, '.cm-content');
    // What was left out stays left out.
    await placeOf(window, '[…] Nobody will miss that', '.cm-content');
  });

  step('exports Markdown and HTML that hold the words', async () => {
    for (const [format, name] of [['HTML', 'icebreaker.html'], ['Markdown', 'icebreaker.md']]) {
      const path = join(folder, name);
      await exportTo(path, format);
      await window.reads(`Exported to ${path}`);
      await window.gone('dialog');
      const text = await readFile(path, 'utf8');
      for (const words of [ARRIAGADA, KETOLA]) assert.ok(text.includes(words), `${name}: ${words}`);
    }
    await footnotesWork(join(folder, 'icebreaker.md'));
  });

  step('exports pages, a Word document and an evidence pack', async () => {
    for (const [format, name, start] of [['PDF', 'icebreaker.pdf', '%PDF-1.7'], ['Word', 'icebreaker.docx', 'PK'], ['Evidence pack', 'icebreaker.zip', 'PK']]) {
      const path = join(folder, name);
      await exportTo(path, format);
      await window.reads(`Exported to ${path}`);
      await window.gone('dialog');
      assert.ok((await readFile(path)).subarray(0, start.length).toString('latin1') === start, name);
    }
  });

  step('freezes an edition, since which nothing has changed', async () => {
    await (await window.named('button', 'Editions')).click();
    await window.named('dialog h2', 'Editions');
    await (await window.named('dialog button', 'Freeze edition 1')).click();
    await window.reads('Edition 1 is frozen.');
    await window.reads('Nothing has changed: neither the text nor a source.');
    await picture('10-edition');
    await window.press('escape');
    await window.gone('dialog');
  });

  /** Exports from the briefing by keyboard. */
  async function exportTo(path, format) {
    await window.press(['control', 'e']);
    await window.named('dialog h2', 'Export briefing');
    await (await window.named('dialog label', format)).click();
    const field = await window.find('dialog input[name=path]');
    await until(() => window.run('return arguments[0].value !== ""', field), 'a place is proposed');
    await field.clear();
    await field.type(path);
    await window.press('enter');
  }
});

/** Every footnote that is called is written once, and the other way round; pandoc agrees where it is installed. */
async function footnotesWork(path) {
  const markdown = await readFile(path, 'utf8');
  const written = [...markdown.matchAll(/^\[\^([^\]]+)\]:/gm)].map(([, label]) => label);
  const called = new Set([...markdown.matchAll(/\[\^([^\]]+)\](?!:)/g)].map(([, label]) => label));
  assert.ok(written.length > 0, markdown);
  assert.deepEqual([...called].sort(), [...written].sort());
  const parsed = await promisify(execFile)('pandoc', ['--from=markdown', '--to=html', path]).catch((error) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (parsed) {
    const notes = [...parsed.stdout.matchAll(/role="doc-endnote"|<li id="fn\d+"/g)].length;
    assert.ok(notes >= written.length, parsed.stdout);
  }
}
