import { expect, test } from 'vitest';
import { Heights } from './heights';

test('every row is found at its place, measured or not', () => {
  const heights = new Heights(1000, 90);
  heights.set(0, 120);
  heights.set(500, 40);
  expect(heights.top(1)).toBe(120);
  expect(heights.top(1000)).toBe(120 + 40 + 998 * 90);
  for (let index = 0; index < 1000; index++) {
    expect(heights.at(heights.top(index))).toBe(index);
    expect(heights.at(heights.top(index + 1) - 0.5)).toBe(index);
  }
  expect(heights.at(-5)).toBe(0);
  expect(heights.at(1e9)).toBe(999);
});

test('fifty thousand rows are measured and summed within a frame', () => {
  const heights = new Heights(50_000, 90);
  const start = performance.now();
  for (let index = 0; index < 30; index++) heights.set(index, 100 + index);
  heights.at(heights.top(50_000) / 2);
  expect(performance.now() - start).toBeLessThan(16);
});

test('an empty list has no height', () => {
  expect(new Heights(0, 90).top(0)).toBe(0);
  expect(new Heights(0, 90).at(0)).toBe(0);
});
