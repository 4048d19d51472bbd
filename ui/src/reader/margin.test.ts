import { expect, test } from 'vitest';
import { stack } from './margin';

test('a card stands beside its line when there is room', () => {
  expect(stack([{ top: 10, height: 40 }, { top: 100, height: 20 }], 8)).toEqual([10, 100]);
});

test('no two cards collide, no card rises above its line, and the order stays', () => {
  let seed = 7;
  const random = (most: number) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 200; round++) {
    const wishes = Array.from({ length: 1 + random(30) }, () => ({ top: random(2000), height: 20 + random(160) })).sort((a, b) => a.top - b.top);
    const tops = stack(wishes, 12);
    tops.forEach((top, at) => {
      expect(top).toBeGreaterThanOrEqual(wishes[at]!.top);
      if (at > 0) expect(top).toBeGreaterThanOrEqual(tops[at - 1]! + wishes[at - 1]!.height + 12);
    });
  }
});
