// From a tab to the library. A clip is written to the disk before it is sent, and taken from there when Bilat has
// acknowledged it with the hashes of what it keeps; between the two it is sent again under the same key, so that it is
// neither lost nor kept twice.

import { Failure, find, passes, send, sha256, type Kept } from './bilat';
import { bodyOf, dequeue, enqueue, keepPairing, note, pairing, waiting, type Trouble, type Waiting } from './database';
import { readPage, type PageRead } from './page';

/** What became of a clip. */
export type Outcome =
  | { state: 'kept'; kept: Kept }
  /** It is safe here, and is sent again. */
  | { state: 'waiting'; trouble: Trouble }
  /** There was nothing to keep. */
  | { state: 'not clipped'; trouble: Trouble };

/** The largest body Bilat takes, in bytes. */
const LARGEST = 64 * 1024 * 1024;
/** The longest passage it marks, in bytes. */
const LONGEST_SELECTION = 256 * 1024;

/** Clips what a tab shows; with the selection as a quote, where it is asked for. */
export async function clip(tab: number, quote: boolean): Promise<Outcome> {
  try {
    const [clipped, body] = await prepare(await read(tab), quote);
    await enqueue(clipped, body);
    return await deliver(clipped.id);
  } catch (error) {
    if (error instanceof Failure) return { state: 'not clipped', trouble: error.trouble };
    throw error;
  }
}

async function read(tab: number): Promise<PageRead> {
  let page: PageRead | undefined;
  try {
    page = (await chrome.scripting.executeScript({ target: { tabId: tab }, func: readPage }))[0]?.result;
  } catch {
    throw new Failure('unreadable');
  }
  if (!page || !/^https?:/.test(page.url) || !/html|^text\/plain/.test(page.type)) throw new Failure('unreadable', page?.type);
  return page;
}

/** The clip and the body of its request. */
async function prepare(page: PageRead, quote: boolean): Promise<[Waiting, string]> {
  const captured_at = new Date().toISOString();
  const { html, url, title } = page;
  const extension = chrome.runtime.getManifest().version;
  const selection = quote && page.selection !== '' ? page.selection : undefined;
  if (selection !== undefined && bytes(selection) > LONGEST_SELECTION) throw new Failure('too_large', 'selection');
  const body = JSON.stringify({ html, url, title, selection, captured_at, metadata: { ...page.metadata, extension } });
  if (bytes(body) > LARGEST) throw new Failure('too_large');
  return [{ id: crypto.randomUUID(), title, url, captured_at, sha256: await sha256(html) }, body];
}

const bytes = (text: string): number => new TextEncoder().encode(text).length;

/** Sends what waits, the oldest first, and says what became of the clip `id`. */
async function deliver(id: string): Promise<Outcome> {
  const outcomes = await sendWaiting();
  const outcome = outcomes.get(id);
  if (outcome) return outcome;
  // Another round took it, or stopped before it.
  const still = (await waiting()).find((clip) => clip.id === id);
  return { state: 'waiting', trouble: still?.trouble ?? { kind: 'busy' } };
}

/** Sends what waits, the oldest first. One round at a time, whoever asks for it. */
export async function sendWaiting(): Promise<Map<string, Outcome>> {
  return await navigator.locks.request('sending', async () => {
    const outcomes = new Map<string, Outcome>();
    const clips = await waiting();
    const due = clips.filter((clip) => !clip.trouble || passes(clip.trouble.kind));
    let stop: Trouble | undefined;
    let port: number | undefined;
    for (const clip of due) {
      const body = await bodyOf(clip.id);
      // Thrown away meanwhile.
      if (body === undefined) continue;
      try {
        if (stop) throw new Failure(stop.kind, stop.detail);
        const paired = await pairing();
        if (!paired) throw new Failure('not_paired');
        port = await find(port === undefined ? paired : { ...paired, port });
        if (port !== paired.port) await keepPairing({ ...paired, port });
        const kept = await send(paired, port, { ...clip, body });
        await dequeue(clip.id);
        outcomes.set(clip.id, { state: 'kept', kept });
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        // What stops one clip and would not stop another does not keep the others waiting.
        if (passes(error.kind)) stop = error.trouble;
        await note(clip.id, error.trouble);
        outcomes.set(clip.id, { state: 'waiting', trouble: error.trouble });
      }
    }
    return outcomes;
  });
}

/** Tries a clip again that Bilat had refused. */
export async function again(id: string): Promise<void> {
  await note(id, undefined);
}
