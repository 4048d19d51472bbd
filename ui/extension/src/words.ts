// What people read: every trouble with what it means and what to do, in plain words.

import type { Trouble, TroubleKind } from './database';
import type { Kept } from './bilat';

interface Words {
  title: string;
  /** What it means; a paragraph. */
  text: string;
  /** What to do, step by step. */
  steps: string[];
}

const BY_KIND: Record<TroubleKind, Words> = {
  not_paired: {
    title: 'This browser is not paired with Bilat.',
    text: 'Bilat takes pages only from browsers that you paired with it, so that no other program and no web page can add to your library.',
    steps: ['In Bilat, open Settings → Browsers and choose Pair a browser. It shows a code of eight digits.', 'Type the code on this extension’s pairing page.'],
  },
  not_running: {
    title: 'Bilat does not answer.',
    text: 'It is not running, or it is not taking clips. What you clipped waits in the browser and is sent when Bilat is there.',
    steps: ['Start Bilat, or “bilat serve” on a computer without a display.', 'If it is running, open Settings → Browsers in it: it says there whether it takes clips, and at which port.', 'A firewall or a security program on this computer may keep programs from talking to each other on 127.0.0.1.'],
  },
  stranger: {
    title: 'Something answers, but it is not your Bilat.',
    text: 'Nothing was sent to it but a random number. It could not prove that it is the Bilat this browser was paired with.',
    steps: ['Is another library open in Bilat? Open the one that this browser was paired with.', 'Was this browser removed in Bilat, under Settings → Browsers? Then pair it again.', 'If neither, another program has taken Bilat’s port. Close it, then start Bilat again.'],
  },
  newer: {
    title: 'Bilat and this extension do not speak the same version.',
    text: 'What you clipped waits in the browser.',
    steps: ['Update the extension, or Bilat, whichever is older.'],
  },
  no_permission: {
    title: 'The browser does not let the extension reach Bilat.',
    text: 'The extension needs your leave to talk to this computer itself (127.0.0.1). It never asks for leave to reach any other.',
    steps: ['Choose Allow below, and confirm.'],
  },
  blocked: {
    title: 'The browser keeps the extension from this computer.',
    text: 'Access to the local network or to apps on this device was denied to it, by you or by whoever manages this browser.',
    steps: ['Open the browser’s settings for this extension and allow local network access, or access to apps on this device.', 'On a managed computer, ask for the policy LoopbackNetworkAllowedForUrls to include this extension.'],
  },
  unpaired: {
    title: 'Bilat no longer knows this browser.',
    text: 'It was removed in Bilat, or paired from another profile.',
    steps: ['Pair it again. What waits here is sent then.'],
  },
  storage_full: {
    title: 'Bilat cannot write to its library.',
    text: 'The disk is full, or the library is on a disk that cannot be written. Your clips stay here until Bilat has kept them.',
    steps: ['Make room on the disk that holds the library.', 'Bilat’s window says more.'],
  },
  busy: {
    title: 'Bilat is busy.',
    text: 'What you clipped waits in the browser and is sent within a minute or two.',
    steps: [],
  },
  broken: {
    title: 'Bilat could not keep the clip.',
    text: 'Something is wrong with its library. What you clipped waits in the browser.',
    steps: ['Bilat’s window, or “bilat check”, says what is wrong with the library.'],
  },
  refused: {
    title: 'Bilat found no article in this page.',
    text: 'The page is still here; you can try it again, or throw it away.',
    steps: ['Is the article shown completely? Scroll to its end, or open it in full, and clip again.', 'Copy the text and paste it into Bilat’s window instead.'],
  },
  too_large: {
    title: 'This page is too large.',
    text: 'Bilat takes pages of up to 64 MB and passages of up to 256 kB.',
    steps: ['Select less, or copy the text and paste it into Bilat’s window.'],
  },
  other_bytes: {
    title: 'Bilat acknowledged something else than was sent.',
    text: 'The clip stays here, because it cannot be said that it is kept.',
    steps: ['Try it again. If it happens again, please report it.'],
  },
  unreadable: {
    title: 'This page cannot be read by extensions.',
    text: 'Browsers keep extensions away from their own pages, from their stores, and from some documents such as PDF.',
    steps: ['Save the document and drop it on Bilat’s window.'],
  },
};

export const words = (trouble: Trouble): Words => BY_KIND[trouble.kind];

/** What became of a clip that was kept. */
export function keptWords(kept: Kept): string {
  const STATES: Record<string, string> = {
    new: 'Kept: a new article.',
    'new snapshot': 'Kept: the words had changed, so this is a new snapshot.',
    unchanged: 'Already in your library, word for word.',
    'held back': 'Kept, but not shown first: this version looks cut short.',
  };
  const state = STATES[kept.state] ?? 'Kept.';
  if (kept.selection === 'marked') return `${state} The passage is marked as a quote.`;
  if (kept.selection === 'not found') return `${state} The selected words could not be marked: they do not stand once in the article as Bilat read it.`;
  return state;
}

/** 3 March 2026 */
export const day = (time: string): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date(time));
