import { expect, test } from 'vitest';
import { Selection } from './selection.svelte';

const id = (index: number) => index * 10;
const chosen = (selection: Selection) => [...selection.ids].sort((a, b) => a - b);

test('Shift reaches from the row that was chosen last, forth and back', () => {
  const selection = new Selection();
  selection.only(3, 30);
  selection.reach(5, id);
  expect(chosen(selection)).toEqual([30, 40, 50]);
  selection.reach(2, id);
  expect(chosen(selection)).toEqual([20, 30]);
  selection.reach(selection.next(-1, 10), id);
  expect(chosen(selection)).toEqual([10, 20, 30]);
});

test('Ctrl adds one and takes it away again', () => {
  const selection = new Selection();
  selection.only(1, 10);
  selection.toggle(4, 40);
  expect(selection.many).toBe(true);
  selection.toggle(4, 40);
  expect(chosen(selection)).toEqual([10]);
});

test('rows whose article is not known yet are passed over', () => {
  const selection = new Selection();
  selection.only(0, 0);
  selection.reach(2, (index) => (index === 1 ? undefined : id(index)));
  expect(chosen(selection)).toEqual([0, 20]);
});
