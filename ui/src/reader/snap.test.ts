import { expect, test } from 'vitest';
import { sentence, snap, withMarks } from './snap';

/** The selection stands between ‹ and ›; the answer is what the selection becomes. */
function check(marked: string, expected: string, change = snap) {
  const letters = [...marked];
  const start = letters.indexOf('⟨');
  const end = letters.indexOf('⟩') - 1;
  const text = letters.filter((letter) => !'⟨⟩'.includes(letter));
  const span = change(text, { start, end });
  expect(text.slice(span.start, span.end).join('')).toBe(expected);
}

test('a selection inside a quotation becomes the quotation’s words', () => {
  check('The minister said: “We ⟨shall⟩ not wait for the spring.” He left.', 'We shall not wait for the spring.');
  check('⟨“We shall not wait,”⟩ he said.', 'We shall not wait');
  check('«Мы ⟨готовы⟩ к разговору», — сказал он.', 'Мы готовы к разговору');
  check('„Wir ⟨warten⟩ nicht“, sagte sie.', 'Wir warten nicht');
  check('发言人说：「双方⟨将继续⟩会谈」。', '双方将继续会谈');
  check('He said "we ⟨will⟩ talk" and "we ⟩will listen".'.replace('⟩will listen', 'will listen'), 'we will talk');
});

test('words outside any quotation keep their ends, without blanks', () => {
  check('The talks ⟨ ended early ⟩on Friday.', 'ended early');
  check('“One,” he said, ⟨and then⟩ “two.”', 'and then');
});

test('an apostrophe is no quotation mark', () => {
  check('It’s the ministers’ ⟨view that it’s late⟩ now.', 'view that it’s late');
});

test('a selection across two quotations stays as it is', () => {
  check('“One ⟨thing,” he said. “Another⟩ thing.”', 'thing,” he said. “Another');
});

test('emoji before the quotation shift nothing', () => {
  check('🕊🕊 “Peace ⟨first⟩ 🕊 then” she said', 'Peace first 🕊 then');
});

test('widening takes the sentence', () => {
  check('One came. Two ⟨went⟩ home. Three stayed.', 'Two went home.', (letters, span) => sentence(letters, span, 'en'));
});

test('a quotation is shown with its marks and kept without them', () => {
  check('said: “⟨We wait⟩,” and', '“We wait,”', withMarks);
  check('said that ⟨they wait⟩ now', 'they wait', withMarks);
});
