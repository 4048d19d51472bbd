import { expect, test } from 'vitest';
import { Positions } from './positions';

const TEXTS = ['', 'plain', '“никогда не должна”', '𠮷田氏は「合意した」', '🛰️ a 𝔟 c 𠮷𠮷 end', '𠮷'];

test.each(TEXTS)('every code point of %j is found again in UTF-16 units, and back', (text) => {
  const positions = new Positions(text);
  const points = [...text];
  for (let at = 0; at <= points.length; at += 1) {
    const unit = points.slice(0, at).join('').length;
    expect(positions.unit(at)).toBe(unit);
    expect(positions.point(unit)).toBe(at);
  }
});
