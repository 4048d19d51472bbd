/**
 * The lines of a grouped table: a heading, then its rows, then the next heading. Found by number, so that a table of
 * a hundred thousand rows costs what is in view.
 */
import type { StatementGroup } from '../host/schema';

export type Line = { kind: 'group'; group: StatementGroup; at: number } | { kind: 'row'; index: number };

export class Lines {
  /** The line that each group's heading is. */
  readonly #heads: number[] = [];
  /** How many lines there are. */
  readonly count: number;

  constructor(
    readonly rows: number,
    readonly groups: readonly StatementGroup[],
  ) {
    let line = 0;
    for (const { statements } of groups) {
      this.#heads.push(line);
      line += 1 + statements;
    }
    this.count = groups.length > 0 ? line : rows;
  }

  /** What stands on line `at`. */
  line(at: number): Line {
    if (this.groups.length === 0) return { kind: 'row', index: at };
    const group = this.#groupAt(at);
    const head = this.#heads[group]!;
    // Before this row stand as many headings as groups up to its own.
    return at === head ? { kind: 'group', group: this.groups[group]!, at: group } : { kind: 'row', index: at - group - 1 };
  }

  /** The line that row `index` stands on. */
  of(index: number): number {
    let [low, high] = [0, this.groups.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#heads[middle]! - middle <= index) low = middle + 1;
      else high = middle;
    }
    return index + low;
  }

  #groupAt(line: number): number {
    let [low, high] = [0, this.#heads.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#heads[middle]! <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
