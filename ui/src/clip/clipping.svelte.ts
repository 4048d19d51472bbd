/** Clipping from the window: what was pasted, dropped, chosen or asked for by address, and what became of it. */
import { Failure, type Host } from '../host/host';
import type { Article, Clipped, ClipSource } from '../host/schema';
import { t } from '../texts';
import { webAddress } from './address';

/** The largest text the library takes, in UTF-16 units; bytes are counted there. */
const LARGEST = 20 * 1024 * 1024;

/** Whether a pasted text is the source of a web page. */
export function looksLikeHtml(text: string): boolean {
  return /^\s*(<!doctype html|<html[\s>]|<(article|head|body|main|div|p|h1)[\s>])/i.test(text) && /<\/\w+>/.test(text);
}

/** The address, where a pasted text is nothing but one. */
export function addressIn(text: string): URL | null {
  return /^\s*https?:\/\/\S+\s*$/i.test(text) ? webAddress(text) : null;
}

/** Why a text cannot be clipped at all; null when it can be tried. */
export function hindrance(text: string): string | null {
  if (text.trim() === '') return t.clip.empty;
  if (text.length > LARGEST) return t.clip.tooLong(Math.round(text.length / 1024 / 1024));
  return null;
}

/** What the document does not say itself. */
export interface Known {
  url?: string | null;
  published?: string | null;
  outlet?: string | null;
}

export class Clipping {
  busy = $state(false);
  /** The page that is being fetched or rendered, or that could not be. */
  page = $state.raw<URL | null>(null);
  rendering = $state(false);
  clipped = $state.raw<Clipped | null>(null);
  /** The article it went to, once it is read: how many outlets share its origin. */
  article = $state.raw<Article | null>(null);
  failure = $state.raw<Failure | null>(null);
  /** Whether a person stopped it. */
  stopped = $state(false);
  readonly #host: Host;
  /** Told of what arrived although it was stopped. */
  readonly #onlate: (title: string) => void;
  #round = 0;
  #known: Known = {};
  #allowed = false;

  constructor(host: Host, onlate: (title: string) => void = () => {}) {
    this.#host = host;
    this.#onlate = onlate;
  }

  /** Clips one document; answers what became of it, or null when it failed or was stopped. */
  clip(source: ClipSource, known: Known = {}): Promise<Clipped | null> {
    this.#known = known;
    return this.#take(() => this.#host.call('clip', { source, url: known.url || null, published: known.published || null, outlet: known.outlet || null }));
  }

  async #take(clip: () => Promise<Clipped>): Promise<Clipped | null> {
    const round = this.#begin();
    try {
      const clipped = await clip();
      if (round !== this.#round) return void (await this.#tooLate(clipped)), null;
      this.clipped = clipped;
      void this.#look(clipped, round);
      return clipped;
    } catch (thrown) {
      if (round === this.#round) this.failure = Failure.from(thrown);
      return null;
    } finally {
      if (round === this.#round) this.busy = this.rendering = false;
    }
  }

  /** Fetches a page and clips it; `allowed` when a person said yes to an address in a private network. */
  fetch(page: URL, known: Known = {}, allowed = false): Promise<Clipped | null> {
    this.page = page;
    this.#allowed = allowed;
    return this.clip({ type: 'url', url: page.href, ...(allowed && { allow_host: true }) }, known);
  }

  /** Goes on after what a person was asked. */
  async allow() {
    if (this.page) await this.fetch(this.page, this.#known, true);
  }

  /** Runs the page's scripts, where a person said yes, and clips what comes of it. */
  async render() {
    const { page } = this;
    const { published, outlet } = this.#known;
    const render = this.#host.clipRendered;
    if (!page || !render) return;
    this.rendering = true;
    await this.#take(() => render({ url: page.href, allow_host: this.#allowed, published: published || null, outlet: outlet || null }));
  }

  /** Whether this window can render pages. */
  get renders(): boolean {
    return this.#host.clipRendered !== null;
  }

  async retry() {
    if (this.page) await this.fetch(this.page, this.#known);
  }

  /** Stops waiting; what arrives all the same goes to the bin. */
  stop() {
    this.#round++;
    this.busy = this.rendering = false;
    this.stopped = true;
  }

  again() {
    this.#begin();
    this.busy = false;
    this.page = null;
  }

  #begin(): number {
    this.busy = true;
    this.failure = this.clipped = this.article = null;
    this.stopped = false;
    return ++this.#round;
  }

  async #tooLate({ id, state, title }: Clipped) {
    // A snapshot more of something known does no harm; an article that nobody wants would.
    if (state !== 'new') return;
    await this.#host.call('delete_article', { id }).then(
      () => this.#onlate(title),
      () => {},
    );
  }

  async #look({ id }: Clipped, round: number) {
    const article = await this.#host.call('read_article', { id }).catch(() => null);
    if (round === this.#round) this.article = article;
  }
}
