/** Where the cards of the margin stand: each beside its line, and never on another. */

export interface Wish {
  /** Where the card's line begins, in px from the top of the column. */
  top: number;
  /** How tall the card is, in px. */
  height: number;
}

/** The tops of cards given in the order of their lines: a card that would collide moves down, never sideways. */
export function stack(wishes: readonly Wish[], gap: number): number[] {
  let free = -Infinity;
  return wishes.map(({ top, height }) => {
    const placed = Math.max(top, free);
    free = placed + height + gap;
    return placed;
  });
}
