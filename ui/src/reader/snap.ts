/**
 * From what was selected to what is meant: the words between the quotation marks around the selection, or the
 * selection without the blanks at its ends.
 */
import type { Span } from '../host/schema';

/** Opening mark → the marks that may close it. Straight marks open and close alike. */
const MARKS: Record<string, string> = {
  '“': '”', '„': '“”', '‟': '”', '«': '»', '»': '«', '‹': '›', '「': '」', '『': '』', '《': '》', '"': '"', '〝': '〞〟', '‘': '’', '‚': '‘’',
};
const CLOSING = new Set(Object.values(MARKS).flatMap((marks) => [...marks]));

/** Whether `sign` is a quotation mark of any language. */
export const isMark = (sign: string | undefined) => sign !== undefined && (sign in MARKS || CLOSING.has(sign));

interface Quotation {
  /** The opening mark. */
  open: number;
  /** The closing mark. */
  close: number;
}

/** The quotations of one block, in code points; the outer ones where they are nested. */
export function quotations(letters: readonly string[]): Quotation[] {
  const found: Quotation[] = [];
  for (let at = 0; at < letters.length; at++) {
    const closing = MARKS[letters[at]!];
    if (!closing || isApostrophe(letters, at)) continue;
    let depth = 1;
    for (let to = at + 1; to < letters.length; to++) {
      const sign = letters[to]!;
      if (closing.includes(sign) && !isApostrophe(letters, to)) depth--;
      else if (sign === letters[at]) depth++;
      if (depth === 0) {
        found.push({ open: at, close: to });
        at = to;
        break;
      }
    }
  }
  return found;
}

/** A mark with a letter on either side is no quotation mark: it’s, o‘zbek. */
function isApostrophe(letters: readonly string[], at: number): boolean {
  const letter = /\p{L}/u;
  return '‘’'.includes(letters[at]!) && letter.test(letters[at - 1] ?? '') && letter.test(letters[at + 1] ?? '');
}

/**
 * Snaps `span`, in code points of one block, to the quotation that holds it; marks are left out, and so is a comma
 * before the closing mark, which belongs to the reporter's sentence.
 */
export function snap(letters: readonly string[], span: Span): Span {
  const around = quotations(letters).find(({ open, close }) => span.start >= open && span.end <= close + 1 && span.end > open + 1);
  const words = around ? { start: around.open + 1, end: around.close } : { ...span };
  const blank = (at: number) => /\s/.test(letters[at] ?? '');
  while (words.start < words.end && (blank(words.start) || (!around && isMark(letters[words.start])))) words.start++;
  while (words.start < words.end && (blank(words.end - 1) || (!around && isMark(letters[words.end - 1])))) words.end--;
  if (around && ',，、'.includes(letters[words.end - 1] ?? ' ')) words.end--;
  return words;
}

/** The sentence around `span`, in code points of one block. */
export function sentence(letters: readonly string[], span: Span, language: string | undefined): Span {
  const text = letters.join('');
  let at = 0;
  let found: Span = { ...span };
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(text)) {
    const end = at + [...segment].length;
    if (at < span.end && end > span.start) found = { start: Math.min(found.start, at), end: Math.max(found.end, end) };
    at = end;
  }
  while (found.start < found.end && /\s/.test(letters[found.start]!)) found.start++;
  while (found.start < found.end && /\s/.test(letters[found.end - 1]!)) found.end--;
  return found;
}

/** `span` with the marks that stand directly around it: how a quotation is shown, not how it is kept. */
export function withMarks(letters: readonly string[], span: Span): Span {
  const start = isMark(letters[span.start - 1]) && !isApostrophe(letters, span.start - 1) ? span.start - 1 : span.start;
  const tail = ',，、.'.includes(letters[span.end] ?? ' ') && isMark(letters[span.end + 1]) ? 2 : isMark(letters[span.end]) && !isApostrophe(letters, span.end) ? 1 : 0;
  return { start, end: span.end + (start < span.start ? tail : 0) };
}
