import { expect, test } from 'vitest';
import { compare } from './compare';

const text = (parts: { text: string }[]) => parts.map((part) => part.text).join('');
const marked = (parts: { text: string; differs: boolean }[]) => parts.map((part) => (part.differs ? `[${part.text}]` : part.text)).join('');

test('what differs is marked in either version, and nothing is lost of either', () => {
  const mine = 'Two envoys, one stated purpose: managing risk.\n\nA second line.';
  const other = 'Two envoys, one agenda item we can name: risk.\n\nA second line.';
  const both = compare(mine, other);
  expect(text(both.mine)).toBe(mine);
  expect(text(both.other)).toBe(other);
  expect(marked(both.mine)).toContain('[stated purpose');
  expect(marked(both.mine)).toContain('\n\nA second line.');
});

test('equal texts differ nowhere', () => {
  expect(compare('same 𠮷', 'same 𠮷').mine).toEqual([{ text: 'same 𠮷', differs: false }]);
});
