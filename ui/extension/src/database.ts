// What the extension keeps: in IndexedDB, which belongs to its own origin. `storage.local` could be read from the worlds
// in which content scripts run, and the token is not for them.

/** What a browser holds after pairing. */
export interface Pairing {
  id: number;
  token: string;
  /** 64 hexadecimal digits; how Bilat is known. */
  proof_key: string;
  /** Where Bilat was found last. */
  port: number;
  paired_at: string;
}

/** A clip that waits for Bilat; its body is kept beside it. */
export interface Waiting {
  /** Its key, the same with every try. */
  id: string;
  title: string;
  url: string;
  captured_at: string;
  /** SHA-256 of the HTML in its body: what Bilat acknowledges. */
  sha256: string;
  /** Why it still waits. */
  trouble?: Trouble | undefined;
}

/** What stands in the way; `words.ts` has the words. */
export interface Trouble {
  kind: TroubleKind;
  /** What Bilat said, or which port. */
  detail?: string;
}

export type TroubleKind =
  | 'not_paired'
  | 'not_running'
  | 'stranger'
  | 'newer'
  | 'no_permission'
  | 'blocked'
  | 'unpaired'
  | 'storage_full'
  | 'busy'
  | 'broken'
  | 'refused'
  | 'too_large'
  | 'other_bytes'
  | 'unreadable';

type Store = 'waiting' | 'bodies' | 'kept';

const opened = new Promise<IDBDatabase>((done, fail) => {
  const request = indexedDB.open('bilat', 1);
  request.onupgradeneeded = () => {
    const stores: Store[] = ['waiting', 'bodies', 'kept'];
    for (const store of stores) request.result.createObjectStore(store);
  };
  request.onsuccess = () => done(request.result);
  request.onerror = () => fail(request.error);
});

/** One transaction; a change is done when it is on the disk. */
async function transact<T>(stores: Store[], mode: IDBTransactionMode, act: (...stores: IDBObjectStore[]) => IDBRequest<T>): Promise<T> {
  const database = await opened;
  return new Promise((done, fail) => {
    const transaction = database.transaction(stores, mode, { durability: 'strict' });
    const request = act(...stores.map((store) => transaction.objectStore(store)));
    transaction.oncomplete = () => done(request.result);
    transaction.onabort = () => fail(transaction.error ?? request.error);
  });
}

const read = <T>(store: Store, key: string): Promise<T | undefined> => transact([store], 'readonly', (store) => store!.get(key));
const write = (key: string, value: unknown): Promise<unknown> => transact(['kept'], 'readwrite', (kept) => kept!.put(value, key));

export const pairing = (): Promise<Pairing | undefined> => read('kept', 'pairing');
export const keepPairing = (made: Pairing): Promise<unknown> => write('pairing', made);
export const forgetPairing = (): Promise<unknown> => transact(['kept'], 'readwrite', (kept) => kept!.delete('pairing'));

/** Whether each page that is opened may be looked up. */
export const looksUp = async (): Promise<boolean> => (await read('kept', 'looks_up')) === true;
export const setLooksUp = (on: boolean): Promise<unknown> => write('looks_up', on);

/** What waits, the oldest first. */
export async function waiting(): Promise<Waiting[]> {
  const clips: Waiting[] = await transact(['waiting'], 'readonly', (waiting) => waiting!.getAll());
  return clips.sort((a, b) => a.captured_at.localeCompare(b.captured_at));
}

export const bodyOf = (id: string): Promise<string | undefined> => read('bodies', id);

/** Puts a clip in, with its request's body: the same bytes with every try. */
export const enqueue = (clip: Waiting, body: string): Promise<unknown> =>
  transact(['waiting', 'bodies'], 'readwrite', (waiting, bodies) => {
    bodies!.add(body, clip.id);
    return waiting!.add(clip, clip.id);
  });

/** Takes a clip out: it is in the library, or the person threw it away. */
export const dequeue = (id: string): Promise<unknown> =>
  transact(['waiting', 'bodies'], 'readwrite', (waiting, bodies) => {
    bodies!.delete(id);
    return waiting!.delete(id);
  });

/** Writes beside a clip why it waits, unless it was taken out meanwhile. */
export const note = (id: string, trouble: Trouble | undefined): Promise<unknown> =>
  transact(['waiting'], 'readwrite', (waiting) => {
    const request = waiting!.get(id);
    request.onsuccess = () => {
      if (request.result !== undefined) waiting!.put({ ...(request.result as Waiting), trouble }, id);
    };
    return request;
  });
