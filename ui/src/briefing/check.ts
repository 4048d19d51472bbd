/**
 * What the check of a briefing says, as far as this view uses it.
 *
 * `span`s count code points in the Markdown that was checked.
 */
import type { Check as Answer, Span } from '../host/schema';

export type QuoteState = 'verified' | 'typography' | 'elided' | 'altered' | 'missing' | 'source changed' | 'uncited';

/** A run of words in the comparison of a quotation with its source. */
export interface Piece {
  text: string;
  kind: 'same' | 'source' | 'draft';
}

export interface Quotation {
  text: string;
  key: string | null;
  state: QuoteState;
  line: number;
  span: Span;
  /** The source's own words, where the check found a passage. */
  found: string | null;
  differs: Piece[];
}

/** A finding of the estimative-language check. */
export interface Wording {
  rule: string;
  line: number;
  span: Span;
  text: string;
  advice: string;
}

export interface Check {
  quotations: Quotation[];
  language: Wording[];
  verified: number;
  total: number;
}

/** The door's answer under the names above. */
export const readCheck = (answer: Answer): Check => answer as unknown as Check;

const FAILS: readonly QuoteState[] = ['altered', 'missing', 'uncited'];

/** Whether the quotation stops an export. */
export const fails = ({ state }: { state: QuoteState }): boolean => FAILS.includes(state);

/** Whether a person should look, though nothing is wrong with the words. */
export const wantsLook = ({ state }: { state: QuoteState }): boolean => state === 'source changed';
