import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../host/host';
import { Autosave, unsaved, type Saved } from './autosave.svelte';

let id = 0;

/** A library that keeps what is saved, or refuses as the test says. */
function library() {
  const saved: { at: number; markdown: string; revision: number }[] = [];
  const start = Date.now();
  const door = { refuse: null as Failure | null, delay: 0 };
  const save = async (markdown: string, revision: number): Promise<Saved> => {
    if (door.delay) await new Promise((done) => setTimeout(done, door.delay));
    if (door.refuse) throw door.refuse;
    saved.push({ at: Date.now() - start, markdown, revision });
    return { revision: revision + 1, changed_at: '2031-03-04T12:00:00Z' };
  };
  id += 1;
  return { saved, door, id, autosave: new Autosave(id, { markdown: '', revision: 1, changed_at: '' }, save) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a text is saved one second after the last keystroke', async () => {
  const { saved, autosave } = library();
  autosave.edited('a');
  await vi.advanceTimersByTimeAsync(900);
  autosave.edited('ab');
  await vi.advanceTimersByTimeAsync(999);
  expect(saved).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(saved).toEqual([{ at: 1900, markdown: 'ab', revision: 1 }]);
  expect(autosave.state).toBe('saved');
});

test('who never rests is saved every ten seconds', async () => {
  const { saved, autosave } = library();
  for (let at = 0; at < 42; at += 1) {
    autosave.edited('x'.repeat(at + 1));
    await vi.advanceTimersByTimeAsync(500);
  }
  expect(saved.map(({ at }) => at)).toEqual([10_000, 20_000]);
  expect(saved.map(({ revision }) => revision)).toEqual([1, 2]);
});

test('leaving saves at once, and what is written while a save runs is saved after it', async () => {
  const { saved, door, autosave } = library();
  door.delay = 300;
  autosave.edited('a');
  const first = autosave.flush();
  await vi.advanceTimersByTimeAsync(100);
  autosave.edited('ab');
  const second = autosave.flush();
  await vi.advanceTimersByTimeAsync(600);
  await expect(first).resolves.toBe(false);
  await expect(second).resolves.toBe(true);
  expect(saved.map(({ markdown, revision }) => [markdown, revision])).toEqual([['a', 1], ['ab', 2]]);
});

test('words that cannot be saved stay in memory until they are', async () => {
  const { saved, door, id, autosave } = library();
  door.refuse = new Failure('io', 'The disk is full.');
  autosave.edited('precious');
  await vi.advanceTimersByTimeAsync(1000);
  expect(autosave.state).toBe('failed');
  expect(autosave.failure?.message).toBe('The disk is full.');
  expect(unsaved(id)).toEqual({ markdown: 'precious', revision: 1 });
  door.refuse = null;
  expect(await autosave.flush()).toBe(true);
  expect(saved.map(({ markdown }) => markdown)).toEqual(['precious']);
  expect(unsaved(id)).toBeNull();
});

test('a conflict saves nothing over the other version until a person decides', async () => {
  const { saved, door, id, autosave } = library();
  door.refuse = new Failure('conflict', 'Saved elsewhere.');
  autosave.edited('mine');
  await vi.advanceTimersByTimeAsync(1000);
  expect(autosave.state).toBe('conflict');
  door.refuse = null;
  autosave.edited('mine, longer');
  await vi.advanceTimersByTimeAsync(20_000);
  expect(saved).toEqual([]);
  expect(unsaved(id)?.markdown).toBe('mine, longer');
  expect(await autosave.over(7)).toBe(true);
  expect(saved.map(({ markdown, revision }) => [markdown, revision])).toEqual([['mine, longer', 7]]);
});
