/** The words of what Bilat learned. */
import type { LearnedFrom } from '../host/schema';
import { count } from './count';

export const learned = {
  title: 'Learned',
  text: 'When you correct whom a suggestion names, Bilat remembers it and uses it in every article. A full name or a role that an article gives itself stands above what was learned.',
  none: 'Nothing yet. Correct the speaker of a suggestion, or teach words below.',
  people: 'Names',
  places: 'Words',
  from: { accepted: 'accepted', corrected: 'corrected', taught: 'taught' } satisfies Record<LearnedFrom, string>,
  is: (words: string, meaning: string) => `“${words}” is ${meaning}`,
  noCountry: 'no country',
  forget: (words: string) => `Forget “${words}”`,
  forgotten: (words: string) => `Forgot “${words}”`,
  teach: 'Teach words',
  words: 'Words, as articles write them',
  wordsHint: 'the Blue House, Jordan',
  country: 'Country or organisation',
  countryHint: 'empty: no country',
  teachGo: 'Teach',
  knew: (words: string) => `“${words}” was known so already`,
  taught: (words: string) => `Learned “${words}”`,
  again: 'Suggest again',
  againHelp: 'Goes through the whole library with what is known now. What you accepted or rejected stays.',
  againGo: 'Go through the library',
  stop: 'Stop',
  progress: (done: number, total: number) => `${done.toLocaleString('en-GB')} of ${count(total, 'article', 'articles')}`,
  done: (changed: number) => (changed === 0 ? 'Done: no suggestion changed' : `Done: suggestions changed in ${count(changed, 'article', 'articles')}`),
  stopped: (done: number) => `Stopped after ${count(done, 'article', 'articles')}`,
};
