/** Clipping from the window: what was pasted, dropped or chosen, and what became of it. */
import { Failure, type Host } from '../host/host';
import type { Clipped, ClipSource } from '../host/schema';
import { t } from '../texts';

/** The largest text the library takes, in UTF-16 units; bytes are counted there. */
const LARGEST = 20 * 1024 * 1024;

/** Whether a pasted text is the source of a web page. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html[\s>]|<(article|head|body|main|div|p|h1)[\s>])/i.test(text) && /<\/\w+>/.test(text);
}

/** Whether a pasted text is nothing but an address. */
function isAddress(text: string): boolean {
  return /^\s*https?:\/\/\S+\s*$/.test(text);
}

/** Why a text cannot be clipped at all; null when it can be tried. */
export function hindrance(text: string): string | null {
  if (text.trim() === '') return t.clip.empty;
  if (isAddress(text)) return t.clip.url_in_text;
  if (text.length > LARGEST) return t.clip.tooLong(Math.round(text.length / 1024 / 1024));
  return null;
}

export class Clipping {
  busy = $state(false);
  clipped = $state.raw<Clipped | null>(null);
  failure = $state.raw<Failure | null>(null);
  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Clips one document; answers what became of it, or null when it failed. */
  async clip(source: ClipSource, known: { url?: string | null; published?: string | null; outlet?: string | null } = {}): Promise<Clipped | null> {
    this.busy = true;
    this.failure = null;
    this.clipped = null;
    try {
      this.clipped = await this.#host.call('clip', { source, url: known.url || null, published: known.published || null, outlet: known.outlet || null });
      return this.clipped;
    } catch (thrown) {
      this.failure = Failure.from(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  again() {
    this.clipped = null;
    this.failure = null;
  }
}
