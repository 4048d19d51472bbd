/**
 * Code points and UTF-16 units of one text.
 *
 * The library counts Unicode code points, the page counts UTF-16 units; they part at every character outside the
 * basic plane (some Chinese names, emoji). This is the one place where a briefing's positions change units.
 */
export class Positions {
  /** Where the characters of two units stand, in UTF-16 units, ascending. */
  readonly #wide: number[];

  constructor(text: string) {
    this.#wide = Array.from(text.matchAll(/[\u{10000}-\u{10FFFF}]/gu), (found) => found.index);
  }

  /** The UTF-16 offset of the code point offset. */
  unit(point: number): number {
    return point + this.#count((at, index) => at - index < point);
  }

  /** The code point offset of the UTF-16 offset; inside a character, that character's. */
  point(unit: number): number {
    return unit - this.#count((at) => at + 1 < unit);
  }

  /** How many wide characters come first: `before` holds for a run of them from the start. */
  #count(before: (at: number, index: number) => boolean): number {
    let low = 0;
    let high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(this.#wide[middle]!, middle)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
