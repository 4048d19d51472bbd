import { expect, test } from 'vitest';
import { quoted } from './quoted';

test('words are quoted as their language does it', () => {
  const of = (language: string | null) => quoted('x', language);
  expect([of('en'), of('ru'), of('de-AT'), of('ja'), of('zh'), of('zh-TW'), of(null), of('fr')]).toEqual(['“x”', '«x»', '„x“', '「x」', '“x”', '「x」', '“x”', '«\u202fx\u202f»']);
});
