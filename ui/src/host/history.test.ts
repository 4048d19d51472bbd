import { describe, expect, test } from 'vitest';
import { Notices } from '../controls/notices.svelte';
import { History } from './history.svelte';

/** A history over one list of words: each act adds its word, and takes it away again. */
function desk() {
  const notices = new Notices();
  const history = new History(notices);
  const words: string[] = [];
  const add = (word: string, more: { about?: string; said?: string; once?: boolean } = {}) => {
    words.push(word);
    history.did({ label: `adding “${word}”`, ...more, undo: () => void words.splice(words.lastIndexOf(word), 1), ...(!more.once && { redo: () => void words.push(word) }) });
  };
  return { notices, history, words, add };
}

describe('the history', () => {
  test('takes acts back from the newest, and does them again in their order', async () => {
    const { history, words, add } = desk();
    add('one');
    add('two');
    expect(history.undoes).toBe('adding “two”');
    await history.undo();
    await history.undo();
    expect(words).toEqual([]);
    expect(await history.undo()).toBe(false);
    await history.redo();
    expect(words).toEqual(['one']);
    expect([history.undoes, history.redoes]).toEqual(['adding “one”', 'adding “two”']);
    await history.redo();
    expect(await history.redo()).toBe(false);
    expect(words).toEqual(['one', 'two']);
  });

  test('forgets what was taken back as soon as something else is done', async () => {
    const { history, words, add } = desk();
    add('one');
    await history.undo();
    add('other');
    expect(await history.redo()).toBe(false);
    expect(words).toEqual(['other']);
  });

  test('does nothing again that rested on an act without a way forward', async () => {
    const { history, words, add } = desk();
    add('one', { once: true });
    add('two');
    await history.undo();
    await history.undo();
    expect(history.redoes).toBeNull();
    expect(words).toEqual([]);
  });

  test('waits for one act before it takes back the next', async () => {
    const { history } = desk();
    const order: string[] = [];
    const slow = (word: string, ms: number) => ({ label: word, undo: () => new Promise<void>((done) => setTimeout(() => (order.push(word), done()), ms)) });
    history.did(slow('older', 0));
    history.did(slow('newer', 30));
    await Promise.all([history.undo(), history.undo()]);
    expect(order).toEqual(['newer', 'older']);
  });

  test('an act that cannot be taken back says so and is dropped', async () => {
    const { history, notices, words, add } = desk();
    add('one');
    history.did({ label: 'delete of “Ministers part”', undo: () => Promise.reject(new Error('The article was purged.')), redo: () => {} });
    await history.undo();
    expect(notices.current).toMatchObject({ bad: true, text: 'Could not undo delete of “Ministers part”: The article was purged.' });
    expect(history.redoes).toBeNull();
    await history.undo();
    expect(words).toEqual([]);
  });

  test('the message’s button takes back the act that it speaks of', async () => {
    const { history, notices, words, add } = desk();
    add('one', { said: 'Added one' });
    await notices.act(notices.current!.undo!);
    expect(words).toEqual([]);
    add('two', { said: 'Added two' });
    add('three');
    expect(notices.current).toBeNull();
    await history.undo();
    expect(words).toEqual(['two']);
  });

  test('acts on a thing that is gone for good are dropped, before and behind', async () => {
    const { history, words, add } = desk();
    add('one', { about: 'article 1' });
    add('two');
    add('three', { about: 'article 1' });
    await history.undo();
    history.forget('article 1');
    expect(history.redoes).toBeNull();
    await history.undo();
    expect(await history.undo()).toBe(false);
    expect(words).toEqual(['one']);
  });
});
