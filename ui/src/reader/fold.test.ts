import { expect, test } from 'vitest';
import { fold } from './fold';

const same = (...paragraphs: string[]) => ({ kind: 'same' as const, text: paragraphs.join('\n\n') });

test('what stands around a change stays, what is far from it is folded', () => {
  const pieces = fold([same('one', 'two', 'three', 'four '), { kind: 'removed', text: 'now' }, same(' five', 'six')]);
  expect(pieces.map(({ kind }) => kind)).toEqual(['folded', 'same', 'removed', 'same']);
  expect(pieces[0]).toEqual({ kind: 'folded', text: 'one\n\ntwo\n\nthree', paragraphs: 3 });
});

test('no word is lost and none comes twice', () => {
  const changes = [same('a', 'b', 'c', 'd', 'e'), { kind: 'added' as const, text: 'x' }, same('f', 'g', 'h', 'i', 'j', 'k'), { kind: 'removed' as const, text: 'y' }, same('l')];
  const whole = (parts: { text: string }[]) => parts.map(({ text }) => text).join('');
  expect(whole(fold(changes)).replace(/\s+/g, '')).toBe(whole(changes).replace(/\s+/g, ''));
});

test('two snapshots that are the same are shown whole', () => {
  expect(fold([same('a', 'b', 'c', 'd', 'e', 'f')])).toHaveLength(1);
});
