import { describe, expect, it } from 'vitest';
import type { LedgerEvent, Statement } from '../host/schema';
import { byDay, dayOfNumber, twice, zoomed } from './dossier.svelte';

describe('the timeline', () => {
  it('reads a day from its number, in any year that EDTF writes in four digits', () => {
    expect(dayOfNumber(0)).toBe('1970-01-01');
    expect(dayOfNumber(20_454.7)).toBe('2026-01-01');
    expect(dayOfNumber(-719_528)).toBe('0000-01-01');
    expect(dayOfNumber(-719_529)).toBe('-0001-12-31');
    expect(dayOfNumber(3_000_000)).toBeNull();
    expect(dayOfNumber(Infinity)).toBeNull();
  });

  it('keeps the day under the pointer where it is while it zooms, between an hour and all of time', () => {
    const [from, to] = zoomed([0, 100], 0.5, 25);
    expect([from, to]).toEqual([12.5, 62.5]);
    const hour = zoomed([0, 0.1], 1e-6, 0.05);
    expect(hour[1] - hour[0]).toBeCloseTo(1 / 24);
    const all = zoomed([0, 3_000_000], 10, 0);
    expect(all[1] - all[0]).toBe(4_000_000);
  });
});

it('takes an event of the same direction, category and date for the same, and no other', () => {
  const event: LedgerEvent = { id: 1, initiator: 'JP', target: 'KZ', plover: 'AGREE', quad: 1, date: '2026-03', status: 'done', summary: '', evidence: 0, origins: 0 };
  expect(twice({ ...event, id: 2 }, event)).toBe(true);
  expect(twice({ ...event, id: 2, initiator: 'KZ' }, event)).toBe(false);
  expect(twice({ ...event, id: 2, date: null }, { ...event, date: null })).toBe(false);
  expect(twice(event, undefined)).toBe(false);
});

it('words of one day stand together, whatever stands between them', () => {
  const said = (said_on: string, country: string) => ({ said_on, country }) as Statement;
  const days = byDay([said('2031-03-07', 'FI'), said('2031-03-07~', 'CL'), said('2031-03-07', 'CL')], 'CL');
  expect(days.map(({ day, left, right }) => [day, left.length, right.length])).toEqual([['2031-03-07', 1, 1], ['2031-03-07~', 0, 1]]);
});
