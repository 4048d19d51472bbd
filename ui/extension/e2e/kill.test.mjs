// The short form of kill.mjs, which `cargo xtask bench --kill` runs in full.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killing } from './kill.mjs';

test('what was acknowledged survives kill -9, and nothing is kept twice', { timeout: 180_000 }, async (t) => {
  const seed = Date.now() % 1e6;
  t.diagnostic(`seed ${seed}`);
  const { clips, kills, at_once, later } = await killing(20, 5, seed);
  t.diagnostic(`${clips} clips, ${kills} kills: ${at_once} acknowledged at once, ${later} later`);
  assert.equal(at_once + later, 20);
});
