import { expect, test } from 'vitest';
import { FixtureLibrary } from '../../test/fixture';
import { markAt, marksOf } from './marks';

const PAIR = { left: 'NO', right: 'IS' };

test('marks come in the order of the text, each with the side that speaks', () => {
  const marks = marksOf(new FixtureLibrary().articles[0]!, PAIR);
  expect(marks.map(({ side, look }) => `${side} ${look}`)).toEqual(['b quote', 'b suggested', 'a reported', 'a quote', 'c check', 'b suggested']);
});

test('what is attributed is not suggested again', () => {
  const [article] = new FixtureLibrary().articles;
  const [first] = article!.annotations;
  const span = first!.targets[0]!.position;
  article!.suggestions.push({ id: 900, snapshot: 1, confidence: 1, type: 'statement', spans: [{ start: span.start - 1, end: span.end + 1 }], mode: 'direct', named: null, speaker: null, role: null, country: null, said_on: null });
  expect(marksOf(article!, PAIR).some((mark) => mark.what === 'suggestion' && mark.suggestion.id === 900)).toBe(false);
  // Words whose mark is gone wait for somebody again.
  first!.statement = null;
  expect(marksOf(article!, PAIR).some((mark) => mark.what === 'suggestion' && mark.suggestion.id === 900)).toBe(true);
});

test('a click finds what was kept before what is suggested', () => {
  const [article] = new FixtureLibrary().articles;
  const marks = marksOf(article!, PAIR);
  const [quote] = marks;
  expect(markAt(marks, quote!.spans[0]!.start + 3)?.name).toBe(quote!.name);
  expect(markAt(marks, 2)).toBeNull();
});
