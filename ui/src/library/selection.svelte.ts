/**
 * The articles that are chosen in a list, to do something to all of them. One is always the anchor: Shift reaches from
 * it, and Ctrl adds to what is chosen.
 */
import type { ArticleId } from '../host/schema';

export class Selection {
  ids = $state.raw<ReadonlySet<ArticleId>>(new Set());
  /** The row from which Shift reaches. */
  #anchor = 0;
  /** The row at the other end. */
  #end = 0;
  readonly many = $derived(this.ids.size > 1);

  has(id: ArticleId): boolean {
    return this.ids.has(id);
  }

  /** Chooses one row alone. */
  only(index: number, id: ArticleId) {
    this.#anchor = this.#end = index;
    this.ids = new Set([id]);
  }

  /** Chooses a row besides the others, or no longer. */
  toggle(index: number, id: ArticleId) {
    this.#anchor = this.#end = index;
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.ids = ids;
  }

  /** Chooses all rows from the anchor to `index`; `id` tells the article of a row, where it is known. */
  reach(index: number, id: (index: number) => ArticleId | undefined) {
    this.#end = index;
    const ids = new Set<ArticleId>();
    for (let at = Math.min(this.#anchor, index); at <= Math.max(this.#anchor, index); at++) {
      const found = id(at);
      if (found !== undefined) ids.add(found);
    }
    this.ids = ids;
  }

  /** The row that is chosen when Shift and an arrow move the end by one. */
  next(by: 1 | -1, total: number): number {
    return Math.max(0, Math.min(total - 1, this.#end + by));
  }

  all(ids: readonly ArticleId[]) {
    this.ids = new Set(ids);
  }

  clear() {
    this.ids = new Set();
  }
}
