/**
 * Choosing words without a pointer: one walks from word to word and from line to line, and with Shift takes along
 * what lies between. Whole words, because what is quoted is snapped to its quotation marks anyway.
 */
import type { Block, Span } from '../host/schema';

/** Where a word stands on the screen. */
export type Box = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

/** The words of a text, in code points, block by block; scripts without blanks are split as their readers would. */
export function wordsOf(letters: readonly string[], blocks: readonly Block[], language: string | undefined): Span[] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const found: Span[] = [];
  for (const block of blocks) {
    let at = block.start;
    for (const { segment, isWordLike } of segmenter.segment(letters.slice(block.start, block.end).join(''))) {
      const end = at + [...segment].length;
      if (isWordLike) found.push({ start: at, end });
      at = end;
    }
  }
  return found;
}

export class Walk {
  readonly words: readonly Span[];
  /** The word that one stands on. */
  head: number;
  #anchor: number;

  /** Begins on the first word that ends behind code point `from`; on the last one where none does. */
  constructor(words: readonly Span[], from: number) {
    this.words = words;
    const at = words.findIndex(({ end }) => end > from);
    this.head = this.#anchor = at < 0 ? words.length - 1 : at;
  }

  /** Everything from the word where one began to the word where one stands. */
  get span(): Span {
    const [first, last] = [Math.min(this.#anchor, this.head), Math.max(this.#anchor, this.head)];
    return { start: this.words[first]!.start, end: this.words[last]!.end };
  }

  /** Goes one word on (1) or back (−1); `taking` keeps what was chosen so far. */
  word(by: 1 | -1, taking: boolean) {
    this.#stand(this.head + by, taking);
  }

  /** Goes one line down (1) or up (−1), to the word nearest to where one is across the line. */
  line(by: 1 | -1, taking: boolean, boxOf: (word: Span) => Box | undefined) {
    const from = boxOf(this.words[this.head]!);
    if (!from) return;
    const middle = ({ left, right }: Box) => (left + right) / 2;
    let best: { at: number; far: number } | null = null;
    let line: Box | null = null;
    for (let at = this.head + by; at >= 0 && at < this.words.length; at += by) {
      const box = boxOf(this.words[at]!);
      if (!box || (by > 0 ? box.top < from.bottom - 2 : box.bottom > from.top + 2)) continue;
      if (line && (by > 0 ? box.top >= line.bottom - 2 : box.bottom <= line.top + 2)) break;
      line ??= box;
      const far = Math.abs(middle(box) - middle(from));
      if (!best || far < best.far) best = { at, far };
    }
    if (best) this.#stand(best.at, taking);
  }

  #stand(at: number, taking: boolean) {
    this.head = Math.max(0, Math.min(this.words.length - 1, at));
    if (!taking) this.#anchor = this.head;
  }
}
