import { expect, test } from 'vitest';
import { dayDate, longDate, monthOf, rowDate, shortDate, toEdtf } from './dates';

test('a date is written as far as it is known', () => {
  expect(shortDate('2023-01-20')).toBe('20 Jan 2023');
  expect(longDate('2022-11')).toBe('November 2022');
  expect(shortDate('2022')).toBe('2022');
  expect(shortDate('2022-11~')).toBe('about Nov 2022');
  expect(shortDate('2022-11-14?')).toBe('14 Nov 2022?');
  expect(shortDate('2022-02-24/..')).toBe('since 24 Feb 2022');
  expect(dayDate('2023-01-20')).toBe('Fri 20 Jan 2023');
  expect(rowDate('2023-01-20')).toBe('20 Jan');
  expect(monthOf('2023-01-20')).toBe('January 2023');
  expect(monthOf('2023')).toBe('2023');
  expect(monthOf(undefined)).toBeNull();
});

test('a date is understood as people type it, and nonsense is not', () => {
  for (const typed of ['2023-01-20', '20 Jan 2023', '20 January 2023', 'January 20, 2023']) expect(toEdtf(typed)).toBe('2023-01-20');
  expect(toEdtf('Jan 2023')).toBe('2023-01');
  expect(toEdtf('2023')).toBe('2023');
  for (const typed of ['Friday', '30 Feb 2023', '20.01.2023', '']) expect(toEdtf(typed)).toBeNull();
});
