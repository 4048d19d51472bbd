/**
 * What the check of a briefing says, as far as this view uses it.
 *
 * `span`s count code points in the Markdown that was checked; a quotation's includes its marks.
 */
import type { Check as Answer, Span } from '../host/schema';

export type QuoteState = 'verified' | 'typography' | 'elided' | 'altered' | 'missing' | 'source_changed' | 'uncited';

/** A run of words in the comparison of a quotation with its source. */
export interface Piece {
  text: string;
  kind: 'same' | 'source' | 'draft';
}

export interface Quotation {
  /** The words of the draft, without the marks. */
  text: string;
  key: string | null;
  state: QuoteState;
  line: number;
  span: Span;
  /** The source's own words; for an altered quotation the closest passage. */
  found: string | null;
  differs: Piece[];
  /** Headline and publisher of the cited article. */
  article: string | null;
  outlet: string | null;
  translated: boolean;
  captured_at: string | null;
}

/** A remark on wording. */
export interface Wording {
  line: number;
  span: Span;
  text: string;
  advice: string;
}

export interface Check {
  quotations: Quotation[];
  language: Wording[];
  unknown_keys: { key: string; line: number; span: Span }[];
  verified: number;
  total: number;
}

/** The door's answer under the names above. */
export const readCheck = (answer: Answer): Check => answer as unknown as Check;

const FAILS: readonly QuoteState[] = ['altered', 'missing', 'uncited'];

/** Whether the quotation stops an export. */
export const fails = ({ state }: { state: QuoteState }): boolean => FAILS.includes(state);

/** Whether a person should look, though nothing is wrong with the words. */
export const wantsLook = ({ state }: { state: QuoteState }): boolean => state === 'source_changed';
