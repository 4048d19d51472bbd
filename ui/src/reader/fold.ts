/** The words of a comparison as they are shown: long stretches that did not change are folded to what stands around the change. */
import type { Comparison } from '../host/schema';

type Change = Pick<Comparison['changes'][number], 'kind' | 'text'>;

export type Piece = Change | { kind: 'folded'; text: string; paragraphs: number };

/** Fewer paragraphs than this are not worth a fold. */
const WORTH = 3;
const BREAK = '\n\n';

/** Folds the paragraphs between changes, but for the one before and the one after each change. */
export function fold(changes: readonly Change[]): Piece[] {
  return changes.flatMap((change, at): Piece[] => {
    if (change.kind !== 'same') return [change];
    const paragraphs = change.text.split(BREAK);
    const head = at === 0 ? 0 : 1;
    const tail = at === changes.length - 1 ? 0 : 1;
    const between = paragraphs.slice(head, paragraphs.length - tail);
    if (between.length < WORTH || changes.length === 1) return [change];
    const before = paragraphs.slice(0, head).join(BREAK);
    const after = paragraphs.slice(paragraphs.length - tail).join(BREAK);
    return [
      ...(head ? [{ kind: 'same' as const, text: before }] : []),
      { kind: 'folded', text: between.join(BREAK), paragraphs: between.length },
      ...(tail ? [{ kind: 'same' as const, text: after }] : []),
    ];
  });
}
