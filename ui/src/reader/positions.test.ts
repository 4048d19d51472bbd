import { describe, expect, test } from 'vitest';
import type { Block } from '../host/schema';
import { codePoints, Positions, slice, unitOffset } from './positions';

/** A page of paragraphs, with the text and blocks that the library would keep of it. */
function page(...paragraphs: string[]) {
  const root = document.createElement('div');
  root.innerHTML = paragraphs.join('');
  document.body.append(root);
  const elements = [...root.children];
  const blocks: Block[] = [];
  let at = 0;
  const words = elements.map((element) => element.textContent ?? '');
  for (const word of words) {
    blocks.push({ kind: 'paragraph', start: at, end: at + codePoints(word) });
    at += codePoints(word) + 2;
  }
  return { root, text: words.join('\n\n'), positions: new Positions(blocks, elements) };
}

const TEXTS = {
  plain: 'The envoys met on Friday and said little.',
  emoji: 'A dove 🕊️ and a flag 🏳️‍🌈, then “quiet”.',
  astral: '𝔄𝔟 𐍈𐌰𐌹 words 𝒶𝓃𝒹 more 𠮷野家',
  cyrillic: 'Стороны договорились о встрече — «рабочей».',
  arabic: 'قال المتحدث إن المحادثات ستستأنف يوم الجمعة.',
  chinese: '发言人表示，双方将继续会谈。',
  combining: 'Cafe\u0301 and nai\u0308ve',
};

describe('every position is found again', () => {
  for (const [name, words] of Object.entries(TEXTS)) {
    test(name, () => {
      const { root, text, positions } = page(`<p>${words}</p>`, `<p>before <b>${words}</b> after</p>`);
      const length = codePoints(text);
      for (let start = 0; start < length; start++) {
        for (const end of [start + 1, Math.min(length, start + 7)]) {
          const found = positions.ranges({ start, end }).map(String).join('');
          expect(found).toBe(slice(text, { start, end }).replaceAll('\n', ''));
        }
      }
      root.remove();
    });
  }
});

test('a selection and its span are the same words, whatever the markup between them', () => {
  const { root, text, positions } = page('<p>One <a href="#">two 🕊</a> <em>three</em></p>', '<p>𝔄 four</p>', '<p>five</p>');
  const all = codePoints(text);
  for (let start = 0; start < all; start++) {
    for (let end = start + 1; end <= all; end++) {
      const words = slice(text, { start, end }).replaceAll('\n', '');
      const ranges = positions.ranges({ start, end });
      expect(ranges.map(String).join('')).toBe(words);
      if (ranges.length === 0) continue;
      const selection = document.createRange();
      selection.setStart(ranges[0]!.startContainer, ranges[0]!.startOffset);
      selection.setEnd(ranges.at(-1)!.endContainer, ranges.at(-1)!.endOffset);
      const span = positions.span(selection)!;
      expect(positions.ranges(span).map(String).join('')).toBe(words);
    }
  }
  root.remove();
});

test('a selection that ends on an element, as a triple click makes it, is understood', () => {
  const { root, positions } = page('<p>First one.</p>', '<p>Second one.</p>');
  const range = document.createRange();
  range.setStart(root.children[0]!.firstChild!, 6);
  range.setEnd(root.children[1]!, 0);
  expect(positions.span(range)).toEqual({ start: 6, end: 12 });
  range.selectNodeContents(root);
  expect(positions.span(range)).toEqual({ start: 0, end: 23 });
  root.remove();
});

test('what lies outside the text has no position', () => {
  const { root, positions } = page('<p>Words.</p>');
  const other = document.body.appendChild(document.createElement('p'));
  other.textContent = 'Elsewhere';
  expect(positions.position(other.firstChild!, 3)).toBeNull();
  const range = document.createRange();
  range.selectNodeContents(other);
  expect(positions.span(range)).toBeNull();
  expect(positions.ranges({ start: 90, end: 95 })).toEqual([]);
  other.remove();
  root.remove();
});

test('the pointer finds the letter under it and nothing beside the line', () => {
  const { root, positions } = page('<p>Under the pointer 🕊 stands a word.</p>');
  const [range] = positions.ranges({ start: 20, end: 26 });
  const box = range!.getBoundingClientRect();
  const at = positions.at(box.left + box.width / 2, box.top + box.height / 2)!;
  expect(at).toBeGreaterThanOrEqual(20);
  expect(at).toBeLessThanOrEqual(26);
  expect(positions.at(box.right + 500, box.top + box.height / 2)).toBeNull();
  root.remove();
});

test('a lone surrogate counts as one, as the library never sends but a page may hold', () => {
  expect(codePoints('a\ud800b')).toBe(3);
  expect(unitOffset('🕊a', 1)).toBe(2);
});
