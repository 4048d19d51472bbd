import { expect, test } from 'vitest';
import type { Block } from '../host/schema';
import { occurrences } from './found';

function found(text: string, words: string): string[] {
  const letters = [...text];
  const blocks: Block[] = [{ kind: 'paragraph', start: 0, end: letters.length }];
  return occurrences(letters, blocks, words).map(({ start, end }) => letters.slice(start, end).join(''));
}

test('words are found however they are written', () => {
  expect(found('The Café met. A cafe too, CAFÉ!', 'cafe')).toEqual(['Café', 'cafe', 'CAFÉ']);
  expect(found('They said “it’s over” – twice', '"it\'s over" -')).toEqual(['“it’s over” –']);
  expect(found('🕊 Договор о порте', 'договор')).toEqual(['Договор']);
  expect(found('両国は条約に署名した。条約は', '条約')).toEqual(['条約', '条約']);
  expect(found('two  \n spaces', 'two spaces')).toEqual(['two  \n spaces']);
});

test('nothing is found of nothing', () => {
  expect(found('Words.', '')).toEqual([]);
  expect(found('Words.', '  ')).toEqual([]);
  expect(found('Words.', '.*')).toEqual([]);
});
