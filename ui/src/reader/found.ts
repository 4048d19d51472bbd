/** Words looked for in an article: found however they are capitalised, accented or spaced, where they stand in the text. */
import { fold } from '../controls/fold';
import type { Block, Span } from '../host/schema';

/** A letter as it is compared: without case and accents; quotation marks and dashes as they are typed. */
function folded(letter: string): string {
  if (/\s/.test(letter)) return ' ';
  if ('‘’‚‛ʼ′'.includes(letter)) return "'";
  if ('“”„‟«»″'.includes(letter)) return '"';
  if ('‐‑–—−'.includes(letter)) return '-';
  return fold(letter);
}

/** Where `words` stand in the text of `blocks`, whose code points are `letters`. */
export function occurrences(letters: readonly string[], blocks: readonly Block[], words: string): Span[] {
  const wanted = [...words].map(folded).join('').replace(/ +/g, ' ');
  if (wanted.trim() === '') return [];
  return blocks.flatMap((block) => {
    // Folding may change how many letters there are: each unit of the folded text remembers its code point.
    let text = '';
    const from: number[] = [];
    for (let at = block.start; at < block.end; at++) {
      const letter = folded(letters[at]!);
      if (letter === ' ' && text.endsWith(' ')) continue;
      for (let unit = 0; unit < letter.length; unit++) from.push(at);
      text += letter;
    }
    const found: Span[] = [];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) found.push({ start: from[at]!, end: from[at + wanted.length - 1]! + 1 });
    return found;
  });
}
