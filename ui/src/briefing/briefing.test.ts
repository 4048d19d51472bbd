import { completionStatus } from '@codemirror/autocomplete';
import type { EditorView } from '@codemirror/view';
import { EditorView as Views } from '@codemirror/view';
import axe from 'axe-core';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { check, evidenceOfExercise, fixtureHost, sample, type Answers } from '../../e2e/briefing/fixture';
import Stage from '../../e2e/briefing/Stage.svelte';
import '../../e2e/briefing/page.css';
import { Failure, type Response } from '../host/host';
import { allFindings, findingsIn } from './editor/findings';
import { insertAtCaret, insertParagraph } from './editor/insertion';
import { t } from '../texts';
import { difference, type Place } from './open.svelte';

let opened: ReturnType<typeof mount> | null = null;

/** The briefing view on a text, with the door that answers as the test says. */
async function desk(markdown: string, answers: Answers = {}, onopen: (place: Place) => void = () => {}) {
  const target = document.body.appendChild(Object.assign(document.createElement('div'), { id: 'app' }));
  opened = mount(Stage, { target, props: { host: fixtureHost(markdown, answers), id: 1, onopen } });
  flushSync();
  const content = await vi.waitUntil(() => target.querySelector<HTMLElement>('.cm-content'));
  const view = Views.findFromDOM(content)!;
  return { target, view, status: () => target.querySelector('footer [role=status]')?.textContent ?? '' };
}

afterEach(async () => {
  if (opened) await unmount(opened);
  opened = null;
  document.body.replaceChildren();
  vi.useRealTimers();
});

const until = (view: EditorView, count: number) => vi.waitUntil(() => allFindings(view.state).length === count && allFindings(view.state));

const BRIEFING = `---
title: A quay in autumn
pair: JP-KZ
---

## Permits

At the signing Mr Tulparbek found that unremarkable: “A permit is a signature, and we own pens” [@tulparbek-signature].

“Six months is a beginning” [@kuzunoha-beginning], Ms Kuzunoha said.
`;

test('an altered quotation is red and says so; F8 opens it, Alt Enter puts in exactly the words of the source', async () => {
  const { target, view, status } = await desk(BRIEFING);
  await until(view, 2);
  await vi.waitUntil(() => status().includes('1 of 2 quotes differs from its source'));
  expect(target.querySelector('.cm-q-bad')?.textContent).toBe('“A permit is a signature, and we own pens”');
  expect(target.querySelectorAll('.cm-sign')).toHaveLength(1);

  view.focus();
  await userEvent.keyboard('{F8}');
  const problem = await vi.waitUntil(() => target.querySelector('.problem'));
  expect(problem.querySelector('del')?.textContent).toBe('own');
  expect(problem.querySelector('ins')?.textContent).toBe('have');

  await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
  expect(view.state.doc.toString()).toBe(BRIEFING.replace('we own pens', 'we have pens'));
  await vi.waitUntil(() => status() === 'All 2 quotes verified verbatim');
  expect(target.querySelector('.problem')).toBeNull();

  await userEvent.keyboard('{Control>}z{/Control}');
  expect(view.state.doc.toString()).toBe(BRIEFING);
});

test('a paraphrase has neither marks nor key', async () => {
  const { target, view } = await desk(BRIEFING);
  await until(view, 2);
  view.focus();
  await userEvent.keyboard('{F8}');
  const button = await vi.waitUntil(() => [...target.querySelectorAll<HTMLElement>('.problem button')].find((one) => one.textContent?.includes('paraphrase')));
  button.click();
  expect(view.state.doc.toString()).toContain('unremarkable: A permit is a signature, and we own pens.\n\n“Six months');
});

test('quotations are marked where they stand, behind letters of two UTF-16 units and in Chinese and Japanese', async () => {
  const text = '🛰️𠮷𠮷 — 𝔟: 「カザフスタン側は、許可を遅滞なく発給する意向を確認した」 [@readout]; 🎏 “Six months is a beginning” [@kuzunoha-beginning].\n';
  const { target, view } = await desk(text);
  const found = await until(view, 2);
  expect(found.map(({ from, to }) => view.state.sliceDoc(from, to))).toEqual(['「カザフスタン側は、許可を遅滞なく発給する意向を確認した」', '“Six months is a beginning”']);
  expect(target.querySelector('.cm-q-plain')?.textContent).toMatch(/^「/);
  expect(target.querySelector('.cm-q-a:not(.cm-q-plain)')?.textContent).toBe('“Six months is a beginning”');
});

test('what the check found moves along with the text until the next check', async () => {
  const { view } = await desk(BRIEFING);
  const [first] = await until(view, 2);
  view.dispatch({ changes: { from: view.state.doc.line(6).from, insert: '🛰️ A new paragraph.\n\n' } });
  const [moved] = allFindings(view.state);
  expect(view.state.sliceDoc(moved!.from, moved!.to)).toBe('“A permit is a signature, and we own pens”');
  expect(moved!.from - first!.from).toBe('🛰️ A new paragraph.\n\n'.length);
});

test('a stale answer of the check never marks the newer text', async () => {
  const waiting: ((text: string) => void)[] = [];
  const asked: string[] = [];
  const { view } = await desk(BRIEFING, {
    check_briefing: ({ markdown }) =>
      new Promise((done) => {
        asked.push(markdown);
        waiting.push((text) => done(check(text, evidenceOfExercise()) as unknown as Response<'check_briefing'>));
      }),
  });
  await vi.waitUntil(() => asked.length === 1);
  view.dispatch({ changes: { from: view.state.doc.line(6).from, insert: 'New words.\n\n' } });
  waiting[0]!(asked[0]!);
  await vi.waitUntil(() => asked.length === 2);
  expect(allFindings(view.state)).toEqual([]);
  waiting[1]!(asked[1]!);
  const [first] = await until(view, 2);
  expect(view.state.sliceDoc(first!.from, first!.to)).toBe('“A permit is a signature, and we own pens”');
});

test('evidence goes in at the caret with the spaces that words need, and as a paragraph between two others', async () => {
  const { view } = await desk('One two.\n\nThree.\n');
  view.dispatch({ selection: { anchor: 3 } });
  insertAtCaret(view, '“we have pens” [@k]');
  expect(view.state.doc.line(1).text).toBe('One “we have pens” [@k] two.');
  insertParagraph(view, view.state.doc.line(1).to, '“and ink” [@k]');
  expect(view.state.doc.toString()).toBe('One “we have pens” [@k] two.\n\n“and ink” [@k]\n\nThree.\n');
});

test('Ctrl J, a word and Enter put a quotation of the tray into the text', async () => {
  const { target, view } = await desk('---\ntitle: T\n---\n\nShe said: \n');
  await vi.waitUntil(() => target.querySelector('ul li'));
  view.dispatch({ selection: { anchor: view.state.doc.line(5).to } });
  view.focus();
  await userEvent.keyboard('{Control>}j{/Control}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Find a quote');
  await userEvent.keyboard('six months is');
  await vi.waitUntil(() => target.querySelectorAll('ul li').length === 1);
  await userEvent.keyboard('{Enter}');
  expect(view.state.doc.line(5).text).toMatch(/^She said: “Six months is a beginning[^”]*” \[@kuzunoha-beginning\]$/);
  expect(view.hasFocus).toBe(true);
});

test('a card dragged over the text shows where it goes, and goes in there', async () => {
  const { target, view } = await desk('One.\n\nTwo.\n');
  const card = await vi.waitUntil(() => target.querySelector<HTMLElement>('ul li'));
  const [from, to] = [card.getBoundingClientRect(), view.coordsAtPos(1)!];
  const pointer = (type: string, x: number, y: number) => card.dispatchEvent(new PointerEvent(type, { bubbles: true, button: 0, pointerId: 1, clientX: x, clientY: y }));
  pointer('pointerdown', from.x + 40, from.y + 10);
  pointer('pointermove', to.left + 20, to.bottom - 2);
  flushSync();
  expect(target.querySelector('.ghost')).not.toBeNull();
  expect(target.querySelector('.cm-drop')).not.toBeNull();
  pointer('pointerup', to.left + 20, to.bottom - 2);
  flushSync();
  expect(target.querySelector('.cm-drop, .ghost')).toBeNull();
  expect(view.state.doc.toString()).toMatch(/^One\.\n\n“[^”]+” \[@[^\]]+\]\n\nTwo\.\n$/);
});

test('without a pointer, Alt with the arrows chooses the line and Enter inserts there', async () => {
  const { target, view } = await desk('One.\n\nTwo.\n\nThree.\n');
  const card = await vi.waitUntil(() => target.querySelector<HTMLElement>('ul li'));
  card.focus();
  await userEvent.keyboard('{Alt>}{ArrowDown}{ArrowDown}{/Alt}{Enter}');
  expect(view.state.doc.toString()).toMatch(/^One\.\n\nTwo\.\n\n“[^”]+” \[@[^\]]+\]\n\nThree\.\n$/);
});

test('a cite key completes behind [@ and closes its bracket', async () => {
  const { target, view } = await desk('Words \n');
  view.dispatch({ selection: { anchor: 6 } });
  view.focus();
  await userEvent.keyboard('[[@kuzunoha-beg');
  // The list is there before the last letters are taken into it: only then does Enter choose.
  await vi.waitUntil(() => completionStatus(view.state) === 'active' && target.querySelector('.cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li[aria-selected]'));
  await userEvent.keyboard('{Enter}');
  expect(view.state.doc.line(1).text).toBe('Words [@kuzunoha-beginning]');
  await userEvent.keyboard('{Backspace}');
  expect(view.state.doc.line(1).text).toBe('Words ');
});

test('what is typed is saved after a second and said to be', async () => {
  const saved: string[] = [];
  const { target, view } = await desk(BRIEFING, {
    save_briefing: ({ markdown, revision }) => {
      saved.push(markdown);
      return { id: 1, title: 'T', dyad: 'JP-KZ', markdown, revision: revision + 1, created_at: '', changed_at: '2026-09-11T14:45:00Z', deleted: false };
    },
  });
  view.dispatch({ changes: { from: view.state.doc.length, insert: 'End.' } });
  await vi.waitUntil(() => target.querySelector('footer')?.textContent?.includes('Not saved yet'));
  await vi.waitUntil(() => saved.length === 1, { timeout: 2000 });
  expect(saved[0]).toBe(`${BRIEFING}End.`);
  await vi.waitUntil(() => /Saved \d\d:\d\d/.test(target.querySelector('footer')?.textContent ?? ''));
});

test('a conflict shows both versions, and keeping both makes mine a briefing of its own', async () => {
  const made: { id: number; markdown: string }[] = [];
  let refuse = true;
  const { target, view } = await desk(BRIEFING, {
    save_briefing: ({ id, markdown, revision }) => {
      if (id === 1 && refuse) throw new Failure('conflict', 'It was saved elsewhere.');
      made.push({ id, markdown });
      return { id, title: 'T', dyad: 'JP-KZ', markdown, revision: revision + 1, created_at: '', changed_at: '2026-09-11T14:45:00Z', deleted: false };
    },
  });
  view.dispatch({ changes: { from: view.state.doc.length, insert: 'Mine.' } });
  await userEvent.keyboard('{Control>}s{/Control}');
  const dialog = await vi.waitUntil(() => target.querySelector('dialog'));
  expect(dialog.textContent).toContain('This briefing was changed elsewhere');
  expect([...dialog.querySelectorAll('ins')].map((one) => one.textContent)).toEqual(['Mine.']);
  refuse = false;
  [...dialog.querySelectorAll('button')].find((one) => one.textContent?.includes('Keep both'))!.click();
  await vi.waitUntil(() => made.length > 0);
  expect(made[0]).toEqual({ id: 9, markdown: `${BRIEFING}Mine.` });
});

test('an export that the quote lock stops shows what differs, and goes on only as a draft by name', async () => {
  const asked: boolean[] = [];
  const { target, view } = await desk(BRIEFING, {
    export_briefing: ({ draft, path }) => {
      asked.push(draft);
      if (!draft) throw new Failure('quote_lock', 'One quotation fails.');
      return { path, bytes: 1, check: check(BRIEFING, evidenceOfExercise()) } as unknown as Response<'export_briefing'>;
    },
  });
  await until(view, 2);
  await userEvent.keyboard('{Control>}e{/Control}');
  const button = (name: string) => vi.waitUntil(() => [...target.querySelectorAll<HTMLElement>('dialog button')].find((one) => one.textContent?.trim() === name));
  await vi.waitUntil(() => target.querySelector<HTMLInputElement>('dialog input[name=path]')?.value);
  (await button('Export')).click();
  await button('Export as draft');
  expect(target.querySelector('dialog')?.textContent).toContain('Every page is marked DRAFT and says that 1 of 2 quotes is verified.');
  expect(target.querySelector('dialog del')?.textContent).toBe('own');
  (await button('Go to it')).click();
  await vi.waitUntil(() => target.querySelector('.problem') && !target.querySelector('dialog'));
  await userEvent.keyboard('{Control>}e{/Control}');
  await vi.waitUntil(() => target.querySelector<HTMLInputElement>('dialog input[name=path]')?.value);
  (await button('Export')).click();
  (await button('Export as draft')).click();
  await vi.waitUntil(() => asked.length === 3);
  expect(asked).toEqual([false, false, true]);
});

test('what another window saved comes in where it differs, and the caret stays', () => {
  const apply = (old: string, next: string) => {
    const { from, to, insert } = difference(old, next);
    return old.slice(0, from) + insert + old.slice(to);
  };
  for (const [old, next] of [['', 'a'], ['aa', 'a'], ['a', 'aa'], ['one 𠮷 two', 'one 𠮸 two'], ['same', 'same']] as const) expect(apply(old, next)).toBe(next);
  expect(difference('One two three', 'One 2 three')).toEqual({ from: 4, to: 7, insert: '2' });
});

test('a repair inside a blockquote leaves its sign and its key', async () => {
  const text = '> “A permit is a signature, and we own pens” [@tulparbek-signature]\n';
  const { view } = await desk(text);
  const [found] = await until(view, 1);
  expect(findingsIn(view.state, found!.from, found!.to)).toHaveLength(1);
  view.dispatch({ selection: { anchor: found!.from + 2 } });
  view.focus();
  await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
  expect(view.state.doc.toString()).toBe(text.replace('own', 'have'));
});

test('the view has no fault that axe finds, in the light and in the dark', async () => {
  const { target, view } = await desk(sample.replace('we have pens', 'we own pens'));
  await vi.waitUntil(() => allFindings(view.state).length > 10);
  for (const theme of ['light', 'dark']) {
    document.documentElement.dataset.theme = theme;
    const { violations } = await axe.run(target, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] });
    expect(violations.map(({ id, nodes }) => `${theme} ${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
  }
  document.documentElement.dataset.theme = 'light';
});

test('the sheet of shortcuts holds for the briefing', async () => {
  const press = (target: Element, chord: string) => {
    const parts = chord.split(' ');
    const key = parts.at(-1)!;
    const event = new KeyboardEvent('keydown', {
      key: key.length === 1 ? key.toLowerCase() : key,
      code: /^\d$/.test(key) ? `Digit${key}` : key,
      ctrlKey: parts.includes('Ctrl'),
      altKey: parts.includes('Alt'),
      shiftKey: parts.includes('Shift'),
      bubbles: true,
      cancelable: true,
    });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const listed = t.shortcuts.groups.find(({ title }) => title === 'Briefing')!.keys.flatMap(([, keys]) => keys.split('  ')).flatMap((keys) => (keys === 'Ctrl Alt 1 – 3' ? ['Ctrl Alt 1', 'Ctrl Alt 2', 'Ctrl Alt 3'] : [keys]));
  expect(listed.length).toBeGreaterThan(9);
  const dead: string[] = [];
  for (const chord of listed) {
    const { target, view } = await desk(BRIEFING);
    await until(view, 2);
    press(view.contentDOM, 'F8');
    const tray = await vi.waitUntil(() => target.querySelector('[data-pane=evidence] li[tabindex]'));
    if (!press(chord === 'Enter' ? tray : view.contentDOM, chord)) dead.push(chord);
    await new Promise(requestAnimationFrame);
    await unmount(opened!);
    opened = null;
    document.body.replaceChildren();
  }
  expect(dead).toEqual([]);
});

test('what the check found leads into the article', async () => {
  const places: unknown[] = [];
  const { target, view } = await desk(BRIEFING, {}, (place) => places.push(place));
  await until(view, 2);
  view.focus();
  await userEvent.keyboard('{F8}');
  const button = await vi.waitUntil(() => [...target.querySelectorAll<HTMLButtonElement>('.problem button')].find(({ textContent }) => textContent?.includes('Open the article')));
  button.click();
  const { statement } = evidenceOfExercise().find(({ key }) => key === 'tulparbek-signature')!;
  expect(places).toEqual([{ article: statement.article, annotation: statement.annotation }]);
});

test('freezing makes the next edition and shows what changed since', async () => {
  const edition = (number: number) => ({ id: number, briefing: 1, number, frozen_at: '2026-09-11T08:00:00Z', sha256: 'a'.repeat(64) });
  const frozen: number[] = [];
  const { target, view } = await desk(BRIEFING, {
    list_editions: () => frozen.map(edition).reverse() as Response<'list_editions'>,
    freeze_briefing: () => {
      frozen.push(frozen.length + 1);
      return edition(frozen.length) as Response<'freeze_briefing'>;
    },
    compare_editions: () => ({
      from: edition(1),
      to: null,
      changes: {
        text: [{ heading: 'Permits', parts: [{ text: 'we own ', kind: 'same' }, { text: 'pens', kind: 'source' }, { text: 'ink', kind: 'draft' }] }],
        sources: [{ key: 'tulparbek-signature', title: 'A quay', what: 'reliability', before: 'B', after: 'D' }],
      },
    }) as Response<'compare_editions'>,
    draft_changes: () => ({ markdown: '<!-- bilat:changes edition=1 -->\n\nNothing.\n\n<!-- /bilat -->' }),
  });
  await until(view, 2);
  const button = (name: string) => vi.waitUntil(() => [...target.querySelectorAll<HTMLButtonElement>('button:not([disabled])')].find((one) => one.textContent?.trim() === name));
  (await button('Editions')).click();
  (await button('Freeze edition 1')).click();
  await button('Freeze edition 2');
  await vi.waitUntil(() => target.querySelector('dialog del')?.textContent === 'pens' && target.querySelector('dialog ins')?.textContent === 'ink');
  expect(target.querySelector('dialog')?.textContent).toContain('B → D');
  (await button('Insert what changed')).click();
  await vi.waitUntil(() => view.state.doc.toString().includes('<!-- bilat:changes edition=1 -->'));
  expect(target.querySelector('dialog')).toBeNull();
});

test('a version that lost a conflict can be read and comes back, and undo takes it away again', async () => {
  const row = (number: number, conflict: boolean, current: boolean) => ({ number, conflict, current, saved_at: '2026-09-11T08:00:00Z', title: 'T', length: 10 });
  const lost = BRIEFING.replace('autumn', 'winter');
  const { target, view } = await desk(BRIEFING, {
    list_revisions: () => [row(3, false, true), row(2, true, false)],
    read_revision: () => ({ markdown: lost }),
  });
  await until(view, 2);
  target.querySelector<HTMLButtonElement>('button[aria-label="More"]')!.click();
  (await vi.waitUntil(() => [...document.querySelectorAll<HTMLElement>('[role=menuitem]')].find((one) => one.textContent?.includes('Saved versions')))).click();
  await vi.waitUntil(() => target.querySelector('dialog ins')?.textContent?.includes('winter'));
  expect(target.querySelector('dialog')?.textContent).toContain('Kept from a conflict');
  const restore = await vi.waitUntil(() => [...target.querySelectorAll<HTMLButtonElement>('dialog button:not([disabled])')].find((one) => one.textContent?.trim() === 'Restore this version'));
  restore.click();
  await vi.waitUntil(() => view.state.doc.toString() === lost);
  view.focus();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(view.state.doc.toString()).toBe(BRIEFING);
});

test('a remark on wording offers the word of the scale, or is set aside with a reason', async () => {
  const remark = { rule: 'mixed_scales', line: 1, span: { start: BRIEFING.indexOf('found'), end: BRIEFING.indexOf('found') + 5 }, text: 'found', advice: 'Another scale.', suggestion: 'likely', waived: null };
  const answer = (waived: string | null) => ({ ...check(BRIEFING, evidenceOfExercise()), language: [{ ...remark, waived }] });
  let reason: string | null = null;
  const { target, view } = await desk(BRIEFING, { check_briefing: () => answer(reason) as Response<'check_briefing'> });
  await until(view, 3);
  view.dispatch({ selection: { anchor: remark.span.start } });
  view.focus();
  await userEvent.keyboard('{F8}');
  const problem = await vi.waitUntil(() => target.querySelector('.problem'));
  expect(problem.textContent).toContain('Use “likely”');
  const field = problem.querySelector<HTMLInputElement>('.waive input')!;
  field.focus();
  reason = 'so it is';
  await userEvent.keyboard('so it is{Enter}');
  expect(view.state.doc.toString()).toContain('found <!-- bilat:waive mixed_scales: so it is --> that');
  await until(view, 2);
});
