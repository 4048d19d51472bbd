import { describe, expect, test } from 'vitest';
import { Lines } from './lines';

describe('lines', () => {
  test('every row and heading has a line of its own, in order', () => {
    const groups = [3, 1, 4].map((statements, at) => ({ name: `g${at}`, statements }));
    const lines = new Lines(8, groups);
    const shown = Array.from({ length: lines.count }, (_, at) => lines.line(at)).map((line) => (line.kind === 'group' ? line.group.name : line.index));
    expect(shown).toEqual(['g0', 0, 1, 2, 'g1', 3, 'g2', 4, 5, 6, 7]);
    for (let index = 0; index < 8; index++) expect(lines.line(lines.of(index))).toEqual({ kind: 'row', index });
  });

  test('without groups a row is its line', () => {
    const lines = new Lines(100_000, []);
    expect(lines.count).toBe(100_000);
    expect(lines.line(lines.of(99_999))).toEqual({ kind: 'row', index: 99_999 });
  });
});
