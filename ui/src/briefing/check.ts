/** What the check of a briefing means for this view. Its `span`s count code points; a quotation's includes its marks. */
import type { CheckedQuotation, Finding as Wording, QuoteState } from '../host/schema';

export type { Check, CheckedQuotation as Quotation } from '../host/schema';

/** A remark on wording, or on anything else that is no quotation. */
export type Remark = Pick<Wording, 'line' | 'span' | 'text' | 'advice'> & Partial<Pick<Wording, 'rule' | 'suggestion'>>;

const FAILS: readonly QuoteState[] = ['altered', 'missing', 'uncited'];

/** The remarks that nobody set aside. */
export const standing = (language: readonly Wording[]): Wording[] => language.filter(({ waived }) => !waived);

/** Whether the quotation stops an export. */
export const fails = ({ state }: Pick<CheckedQuotation, 'state'>): boolean => FAILS.includes(state);

/** Whether a person should look, though nothing is wrong with the words. */
export const wantsLook = ({ state }: Pick<CheckedQuotation, 'state'>): boolean => state === 'source_changed';
