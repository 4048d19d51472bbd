import { expect, test } from 'vitest';
import type { Block } from '../host/schema';
import { Walk, wordsOf } from './walk';

const TEXT = 'Two boats left.\n\n“We wait,” said the 𝔐aster.';
const letters = [...TEXT];
const blocks: Block[] = [{ kind: 'paragraph', start: 0, end: 15 }, { kind: 'paragraph', start: 17, end: letters.length }];
const words = wordsOf(letters, blocks, 'en');
const chosen = (walk: Walk) => letters.slice(walk.span.start, walk.span.end).join('');
/** Three words a line, each 10 px wide and 20 px tall. */
const box = (word: { start: number }) => {
  const at = words.findIndex(({ start }) => start === word.start);
  const [left, top] = [(at % 3) * 10, Math.floor(at / 3) * 20];
  return { left, right: left + 10, top, bottom: top + 20 };
};

test('words are counted in code points, without marks and stops', () => {
  expect(words.map(({ start, end }) => letters.slice(start, end).join(''))).toEqual(['Two', 'boats', 'left', 'We', 'wait', 'said', 'the', '𝔐aster']);
});

test('scripts without blanks have words too', () => {
  const line = [...'双方表示将继续会谈。'];
  expect(wordsOf(line, [{ kind: 'paragraph', start: 0, end: line.length }], 'zh').length).toBeGreaterThan(2);
});

test('a walk begins at the word asked for, and at the last one behind the end', () => {
  expect(chosen(new Walk(words, 18))).toBe('We');
  expect(chosen(new Walk(words, 20))).toBe('wait');
  expect(chosen(new Walk(words, 999))).toBe('𝔐aster');
});

test('words are walked over, or taken along and given back', () => {
  const walk = new Walk(words, 18);
  walk.word(1, true);
  walk.word(1, true);
  expect(chosen(walk)).toBe('We wait,” said');
  walk.word(-1, true);
  expect(chosen(walk)).toBe('We wait');
  walk.word(1, false);
  expect(chosen(walk)).toBe('said');
  for (let n = 0; n < 20; n++) walk.word(-1, false);
  expect(chosen(walk)).toBe('Two');
});

test('a line up or down lands beneath, and what lies between is taken along', () => {
  const walk = new Walk(words, 4);
  walk.line(1, false, box);
  expect(chosen(walk)).toBe('wait');
  walk.line(1, true, box);
  expect(chosen(walk)).toBe('wait,” said the 𝔐aster');
  walk.line(1, false, box);
  expect(walk.head).toBe(words.length - 1);
  walk.line(-1, false, box);
  walk.line(-1, false, box);
  expect(chosen(walk)).toBe('boats');
});
