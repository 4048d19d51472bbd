// The clip server, spoken to from the background and the extension's own pages, never from a page's world.
//
// Any program can take the port. So nothing is sent to it but a random number until it has answered with what only the
// library that this browser was paired with can know; docs/clip-server.md says how.

import type { Pairing, Trouble, TroubleKind } from './database';

/** The ports at which Bilat may listen. */
export const PORTS = [28410, 28411, 28412, 28413, 28414];
/** Where requests to this computer need the person's leave in Firefox. */
export const HOSTS = ['http://127.0.0.1/*', 'http://localhost/*'];
/** The version of what is spoken. */
const API = 1;

/** What went wrong, as an exception. */
export class Failure extends Error {
  constructor(
    readonly kind: TroubleKind,
    readonly detail?: string,
  ) {
    super(detail ? `${kind}: ${detail}` : kind);
  }

  get trouble(): Trouble {
    return this.detail === undefined ? { kind: this.kind } : { kind: this.kind, detail: this.detail };
  }
}

interface Answer {
  status: number;
  json: Record<string, unknown>;
}

/** One request. Fails only when nothing answers there. */
async function ask(port: number, path: string, seconds: number, body?: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body }),
    headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers },
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(seconds * 1000),
  });
  let json: unknown = null;
  try {
    json = await response.json();
  } catch {
    // A refusal has no body; a stranger may answer anything.
  }
  return { status: response.status, json: typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {} };
}

/** Where a Bilat answers, be it this person's or not. Pairing shows the ports, to be compared with what Bilat shows. */
export async function listening(): Promise<number[]> {
  const answers = await Promise.all(PORTS.map((port) => ask(port, 'ping', 3).catch(() => null)));
  return PORTS.filter((_, at) => answers[at]?.status === 200 && typeof answers[at]?.json.api === 'number');
}

/** The port at which the paired library answers. */
export async function find(paired: Pairing): Promise<number> {
  const strangers: number[] = [];
  for (const port of [paired.port, ...PORTS.filter((port) => port !== paired.port)]) {
    const said = await prove(paired, port);
    if (said === 'proved') return port;
    if (said === 'stranger') strangers.push(port);
  }
  if (strangers.length > 0) throw new Failure('stranger', strangers.join(', '));
  throw new Failure(await silence());
}

/** Whether the library that was paired listens at `port`. */
export async function prove(paired: Pairing, port: number): Promise<'proved' | 'stranger' | 'nobody'> {
  const nonce = hex(crypto.getRandomValues(new Uint8Array(32)));
  const expected = proof(paired.proof_key, port, nonce);
  let answer: Answer;
  try {
    answer = await ask(port, 'hello', 5, JSON.stringify({ nonce }));
  } catch {
    return 'nobody';
  }
  const { proofs, api } = answer.json;
  if (answer.status !== 200 || !Array.isArray(proofs) || !proofs.includes(await expected)) return 'stranger';
  if (api !== API) throw new Failure('newer', String(api));
  return 'proved';
}

/** Why nothing answers, as far as the browser tells. */
async function silence(): Promise<TroubleKind> {
  if (!(await chrome.permissions.contains({ origins: HOSTS }))) return 'no_permission';
  for (const name of ['loopback-network', 'local-network-access']) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      if (state === 'denied') return 'blocked';
    } catch {
      // This browser has no such permission.
    }
  }
  return 'not_running';
}

/** Exchanges a code for a token. The code goes to the port that the person saw in Bilat, and to no other. */
export async function pair(port: number, code: string, label: string): Promise<Pairing> {
  const answer = await ask(port, 'pair', 10, JSON.stringify({ code, label })).catch(() => {
    throw new Failure('not_running');
  });
  const { id, token, proof_key } = answer.json;
  if (answer.status !== 201 || typeof id !== 'number' || typeof token !== 'string' || typeof proof_key !== 'string') {
    throw new Failure('refused', String(answer.status));
  }
  const made = { id, token, proof_key, port, paired_at: new Date().toISOString() };
  if ((await prove(made, port)) !== 'proved') throw new Failure('stranger', String(port));
  return made;
}

/** What Bilat says of a clip that it kept. */
export interface Kept {
  id: number;
  key: string;
  state: string;
  sha256_raw: string;
  sha256_text: string;
  selection?: 'marked' | 'not found';
}

/** Sends a clip. Returns only when Bilat has acknowledged it with the hashes of what it keeps. */
export async function send(paired: Pairing, port: number, clip: { id: string; body: string; sha256: string }): Promise<Kept> {
  const headers = { Authorization: `Bearer ${paired.token}`, 'Idempotency-Key': clip.id };
  const { status, json } = await ask(port, 'clip', 150, clip.body, headers).catch(async () => {
    throw new Failure(await silence());
  });
  if (status !== 200 && status !== 201) throw refusal(status, json);
  const kept = json as unknown as Kept;
  const whole = Number.isInteger(kept.id) && isHash(kept.sha256_raw) && isHash(kept.sha256_text);
  // 200 names the capture that had these words already; 201 keeps this one.
  if (!whole || (status === 201 && kept.sha256_raw !== clip.sha256)) throw new Failure('other_bytes');
  return kept;
}

/** Since when one of these addresses is in the library. */
export async function since(paired: Pairing, port: number, url: string, canonical?: string): Promise<string | null> {
  const body = JSON.stringify(canonical === undefined ? { url } : { url, canonical_url: canonical });
  const { status, json } = await ask(port, 'status', 10, body, { Authorization: `Bearer ${paired.token}` }).catch(async () => {
    throw new Failure(await silence());
  });
  if (status !== 200) throw refusal(status, json);
  return typeof json.since === 'string' ? json.since : null;
}

function refusal(status: number, json: Record<string, unknown>): Failure {
  switch (status) {
    case 400:
      return new Failure('refused', typeof json.error === 'string' ? json.error : undefined);
    case 401:
    case 403:
      return new Failure('unpaired');
    case 413:
      return new Failure('too_large');
    case 408:
    case 429:
    case 503:
      return new Failure('busy');
    case 507:
      return new Failure('storage_full');
    default:
      return new Failure('broken', String(status));
  }
}

/** Whether trying again later may help without anybody doing anything about this clip. */
export const passes = (kind: TroubleKind): boolean => kind !== 'refused' && kind !== 'too_large' && kind !== 'other_bytes';

/** HMAC-SHA-256 of `bilat PORT NONCE` in hexadecimal. */
export async function proof(key: string, port: number, nonce: string): Promise<string> {
  const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const imported = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(new Uint8Array(await crypto.subtle.sign('HMAC', imported, new TextEncoder().encode(`bilat ${port} ${nonce}`))));
}

export async function sha256(text: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))));
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const isHash = (text: unknown): boolean => typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
