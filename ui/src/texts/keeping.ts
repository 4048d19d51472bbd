/** The words of snapshots, origins, provenance and corrections. */
import { count, number } from './count';

const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

export const snapshots = {
  kept: (n: number) => (n === 1 ? 'Snapshot kept' : `${number(n)} snapshots`),
  title: 'Snapshots',
  one: (at: string, hash: string) => `Captured ${at} · SHA-256 ${hash.slice(0, 12)}…`,
  compare: 'Compare snapshots',
  older: 'Older',
  newer: 'Newer',
  standing: { current: 'shown', earlier: 'earlier', held_back: 'held back' } as Record<string, string>,
  reason: {
    failed: 'it looks like an error page',
    shorter: 'it has less than half of the words',
    paywalled: 'the page cut it off before a request to pay',
  } as Record<string, string>,
  held: (at: string) => `A capture of ${at} is held back`,
  heldText: (reason: string | null) => `${reason ? `It is kept, but not shown as the article: ${reason}.` : 'It is kept, but not shown as the article.'} The words you had stay, and every mark with them.`,
  earlierText: (at: string) => `The capture of ${at} is kept as evidence. Its words can be the article’s again.`,
  look: 'Compare',
  makeCurrent: 'Make current',
  madeCurrent: (at: string) => `The capture of ${at} is the article now`,
  back: 'Back to the article',
  failed: 'The snapshots could not be compared',
  same: 'The words are the same',
  sums: (removed: number, added: number) => `${count(removed, 'passage', 'passages')} removed, ${number(added)} added`,
  removed: 'Removed:',
  added: 'Added:',
  end: 'end',
  folded: (n: number) => `${count(n, 'paragraph', 'paragraphs')} the same`,
  unfold: 'Show',
  marks: 'What it did to your marks',
  noMarks: 'No mark is touched.',
  words: 'Words',
};

export const provenance = {
  show: 'Where this comes from',
  hide: 'Hide where this comes from',
  field: 'Field',
  value: 'Read as',
  source: 'From',
  fields: {
    title: 'Title', standfirst: 'Standfirst', byline: 'Byline', authors: 'Authors', outlet: 'Outlet', published: 'Published', published_at: 'Time of publication', modified: 'Modified', dateline: 'Place', credit: 'Agency', section: 'Section', language: 'Language', url: 'Address', canonical_url: 'Address', image: 'Picture', access: 'Access',
  } as Record<string, string>,
  sources: {
    'json-ld': 'the page’s JSON-LD', meta: 'the page’s meta tags', time: 'a time element of the page', text: 'the text', guess: 'a guess: confirm it', person: 'a person', feed: 'the feed', import: 'the import', header: 'the mail’s or file’s head', rule: 'a rule of this outlet',
  } as Record<string, string>,
};

export const origins = {
  outlets: (n: number) => `${count(n, 'outlet', 'outlets')}, 1 origin`,
  title: 'Origin',
  by: (name: string) => `First written by ${name}`,
  relation: { same_text: 'same text', derived: 'cut or edited from the same text', quoting: 'shares only quotations' } as Record<string, string>,
  share: (share: number) => `${PERCENT.format(share)} shared`,
  byPerson: 'joined by a person',
  split: 'Take this article out',
  splitTitle: 'This article gets an origin of its own and is not joined again by itself',
  wasSplit: 'Taken out of its origin',
  join: 'Same origin as',
  joinTitle: 'Which article is of the same origin?',
  joinHint: 'Words of its title',
  joinGo: 'Join',
  joined: (title: string) => `Of one origin with “${title}”`,
  none: 'No such article',
};

export const corrections = {
  furniture: 'Set aside this paragraph',
  title: 'Make it the title',
  restore: 'Bring back',
  restoreTitle: (line: string) => `Bring back into the article: ${line}`,
  choose: 'Click a paragraph first, or choose words with F7.',
  setAside: 'Set aside. It stands at the foot of the article.',
  titled: 'It is the title now',
  restored: 'It is part of the article again',
  keep: (outlet: string) => `Always for ${outlet}`,
  kept: (outlet: string) => `Kept as a rule for ${outlet}: see Settings, Outlet rules`,
  aside: (n: number) => `${count(n, 'line', 'lines')} set aside.`,
  show: 'Show them',
  hide: 'Hide them',
};
