import { beforeEach, expect, test } from 'vitest';
import { stop, stoppedAt } from './position';

beforeEach(() => localStorage.clear());

test('each article is opened where one stopped', () => {
  stop(1, { block: 12, over: 40 });
  stop(2, { block: 3, over: 0 });
  expect([stoppedAt(1), stoppedAt(2), stoppedAt(3)]).toEqual([{ block: 12, over: 40 }, { block: 3, over: 0 }, null]);
  stop(1, null);
  expect(stoppedAt(1)).toBeNull();
});

test('what was kept badly is no position', () => {
  for (const bad of ['{', '7', '[1]', '[[1, {}]]', 'null']) {
    localStorage.setItem('bilat.positions', bad);
    expect(stoppedAt(1)).toBeNull();
    stop(1, { block: 1, over: 0 });
    expect(stoppedAt(1)).toEqual({ block: 1, over: 0 });
  }
});
