/** The two ways out of a quotation that fails: its source's words, or no quotation at all. */
import type { ChangeSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { CITATION, keysOf } from './citations';
import { allFindings, type FoundQuotation } from './findings';

const OPENING = /^["“”„‟«»‹›「『《〈‘‚']/;
const CLOSING = /["“”„‟«»‹›」』》〉’']$/;
const PREFIX = /^(?:\s*>)+\s?/;

/** The quotation's words, without its marks and a blockquote's signs. */
export function words(text: string, from: number): { from: number; to: number } {
  const prefix = PREFIX.exec(text)?.[0].length ?? 0;
  const trimmed = text.trimEnd();
  const open = OPENING.test(trimmed.slice(prefix)) ? 1 : 0;
  const close = trimmed.length > prefix + open && CLOSING.test(trimmed) ? 1 : 0;
  // Only a pair of marks is a pair: an apostrophe at one end belongs to the words.
  const paired = open && close ? 1 : 0;
  return { from: from + prefix + paired, to: from + trimmed.length - paired };
}

/** Puts the source's own words in the place of the draft's. Answers whether there were any. */
export function useSource(view: EditorView, { from, to, quotation }: FoundQuotation): boolean {
  if (quotation.found === null || quotation.found.trim() === '') return false;
  const range = words(view.state.sliceDoc(from, to), from);
  const insert = words(quotation.found, 0);
  view.dispatch({
    changes: { ...range, insert: quotation.found.slice(insert.from, insert.to).replace(/\s*\n\s*/g, ' ') },
    userEvent: 'input.repair',
  });
  return true;
}

/** Makes the quotation the analyst's own words: the marks go, and the key that stood for it. */
export function paraphrase(view: EditorView, found: FoundQuotation) {
  const { from, to, quotation } = found;
  const { state } = view;
  const text = state.sliceDoc(from, to);
  const inner = words(text, from);
  const changes: ChangeSpec[] = [];
  if (inner.from > from) changes.push({ from, to: inner.from });
  if (inner.to < to) changes.push({ from: inner.to, to: from + text.trimEnd().length });
  for (const sign of state.sliceDoc(inner.from, inner.to).matchAll(/\n(?:\s*>)+\s?/g)) {
    changes.push({ from: inner.from + sign.index, to: inner.from + sign.index + sign[0].length, insert: '\n' });
  }
  const line = state.doc.lineAt(to);
  const behind = state.sliceDoc(to, line.to);
  const citation = Array.from(behind.matchAll(CITATION))[0];
  const shared = allFindings(state).some(
    (other) => other.kind === 'quotation' && other.to < from && other.from >= line.from && !state.sliceDoc(other.to, from).match(CITATION),
  );
  const own = citation && /^[\s.,;:!?…)»”"’]*$/.test(behind.slice(0, citation.index));
  if (citation && own && !shared && keysOf(citation[0]).length === 1 && (quotation.key === null || keysOf(citation[0])[0] === quotation.key)) {
    const start = to + citation.index;
    const space = /\s$/.test(behind.slice(0, citation.index)) ? 1 : 0;
    changes.push({ from: start - space, to: start + citation[0].length });
  }
  view.dispatch({ changes, userEvent: 'delete.paraphrase' });
}

/** Puts other words in the place of those that a rule speaks of. */
export function reword(view: EditorView, { from, to }: { from: number; to: number }, words: string) {
  view.dispatch({ changes: { from, to, insert: words }, userEvent: 'input.reword' });
}

/** Sets a rule aside for these words: a comment behind them keeps the reason, and no reader of an export sees it. */
export function waive(view: EditorView, { to }: { from: number; to: number }, rule: string, reason: string) {
  const kept = reason.replace(/-->|<!--/g, ' ').replace(/\s+/g, ' ');
  view.dispatch({ changes: { from: to, insert: ` <!-- bilat:waive ${rule}: ${kept} -->` }, userEvent: 'input.waive' });
}
