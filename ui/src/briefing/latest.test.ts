import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Latest } from './latest';

/** A door that answers when the test says so. */
function door() {
  const asked: string[] = [];
  const taken: string[] = [];
  const failed: unknown[] = [];
  const answers: { resolve: (answer: string) => void; reject: (thrown: unknown) => void }[] = [];
  const latest = new Latest<string, string>(
    (question) => {
      asked.push(question);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
    (answer) => taken.push(answer),
    (thrown) => failed.push(thrown),
    150,
  );
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { asked, taken, failed, answers, latest, settle };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is typed quickly is asked about once, when typing rests', async () => {
  const { asked, latest } = door();
  for (const text of ['a', 'ab', 'abc']) {
    latest.want(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual(['abc']);
});

test('one question is out at a time, and a stale answer is dropped', async () => {
  const { asked, taken, answers, latest, settle } = door();
  latest.now('first');
  latest.want('second');
  await vi.advanceTimersByTimeAsync(150);
  latest.want('third');
  await vi.advanceTimersByTimeAsync(150);
  expect(asked).toEqual(['first']);
  answers[0]!.resolve('about first');
  await settle();
  expect(taken).toEqual([]);
  expect(asked).toEqual(['first', 'third']);
  answers[1]!.resolve('about third');
  await settle();
  expect(taken).toEqual(['about third']);
});

test('an answer that comes while one types on is dropped, and the rest still waits its time', async () => {
  const { asked, taken, answers, latest, settle } = door();
  latest.now('first');
  latest.want('second');
  answers[0]!.resolve('about first');
  await settle();
  expect(taken).toEqual([]);
  expect(asked).toEqual(['first']);
  await vi.advanceTimersByTimeAsync(150);
  expect(asked).toEqual(['first', 'second']);
});

test('a failure is told once and does not stop the next question', async () => {
  const { asked, taken, failed, answers, latest, settle } = door();
  latest.now('first');
  answers[0]!.reject(new Error('no library'));
  await settle();
  expect(failed).toHaveLength(1);
  latest.now('second');
  answers[1]!.resolve('about second');
  await settle();
  expect([asked, taken]).toEqual([['first', 'second'], ['about second']]);
});

test('after stop nothing is asked and nothing taken', async () => {
  const { asked, taken, answers, latest, settle } = door();
  latest.now('first');
  latest.want('second');
  latest.stop();
  answers[0]!.resolve('about first');
  await vi.advanceTimersByTimeAsync(500);
  await settle();
  expect([asked, taken]).toEqual([['first'], []]);
});
