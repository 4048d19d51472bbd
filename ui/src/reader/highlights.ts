/** Paints the marks with the CSS Custom Highlight API, so that the article's elements are never touched. */
import './highlights.css';
import type { Span } from '../host/schema';
import { overlaps, type Mark } from './marks';
import type { Positions } from './positions';
import { withMarks } from './snap';

const NAMES = ['quote-a', 'quote-b', 'quote-c', 'reported-a', 'reported-b', 'reported-c', 'note', 'fact', 'figure', 'judgement', 'check', 'overlap', 'suggested-a', 'suggested-b', 'suggested-c', 'lit-a', 'lit-b', 'lit-c', 'lit-note', 'chosen'] as const;
type Name = (typeof NAMES)[number];

/** What is kept is drawn over what is suggested, then what is lit, and what is chosen over all. WebKit draws nothing below 0. */
const priority = (name: Name) => (name === 'chosen' ? 3 : name.startsWith('lit') ? 2 : name.startsWith('suggested') ? 0 : 1);

/** Looks that belong to a kind and not to a side. */
const SIDELESS = ['note', 'fact', 'figure', 'judgement', 'check'] as const;
const sideless = (look: Mark['look']): look is (typeof SIDELESS)[number] => (SIDELESS as readonly string[]).includes(look);

function nameOf({ look, side }: Mark): Name {
  return sideless(look) ? look : `${look}-${side}`;
}

/** Suggested events and reported speech cover whole sentences: they are drawn while their card is lit, and the page stays quiet. */
function quiet(mark: Mark): boolean {
  return mark.what === 'suggestion' && (mark.suggestion.type !== 'statement' || mark.suggestion.mode === 'indirect' || mark.suggestion.mode === 'paraphrase');
}

/**
 * `letters` are the text's code points; quotations are drawn with the marks around them. `lit` names the mark whose
 * card has the focus; `chosen` is what is being coded.
 */
export function paint(positions: Positions, letters: readonly string[], marks: readonly Mark[], lit: string | null, chosen: readonly Span[]) {
  const ranges = new Map<Name, Range[]>(NAMES.map((name) => [name, []]));
  for (const mark of marks) {
    for (const span of mark.spans) {
      const shown = mark.look === 'quote' || mark.look === 'suggested' ? withMarks(letters, span) : span;
      const found = positions.ranges(shown);
      if (!quiet(mark)) ranges.get(nameOf(mark))!.push(...found);
      if (mark.name === lit) ranges.get(sideless(mark.look) ? 'lit-note' : `lit-${mark.side}`)!.push(...found);
    }
  }
  for (const span of overlaps(marks)) ranges.get('overlap')!.push(...positions.ranges(span));
  for (const span of chosen) ranges.get('chosen')!.push(...positions.ranges(withMarks(letters, span)));
  for (const [name, found] of ranges) {
    const highlight = new Highlight(...found);
    highlight.priority = priority(name);
    CSS.highlights.set(`bilat-${name}`, highlight);
  }
}

export function wipe() {
  for (const name of NAMES) CSS.highlights.delete(`bilat-${name}`);
}
