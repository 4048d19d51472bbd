/** What differs between two whole texts, word by word inside the lines that differ. */

export interface Part {
  text: string;
  differs: boolean;
}

/** Beyond this many pairs of words a passage counts as rewritten as a whole. */
const MOST_PAIRS = 1_000_000;

const tokens = (text: string) => text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? [];

/** Both texts in parts; the parts of either, joined, are that text. */
export function compare(mine: string, other: string): { mine: Part[]; other: Part[] } {
  const [a, b] = [tokens(mine), tokens(other)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [kept, held] = common(a.slice(start, a.length - end), b.slice(start, b.length - end));
  const parts = (all: string[], same: boolean[]) => join(all.map((text, at) => ({ text, differs: at >= start && at < all.length - end && !same[at - start] })));
  return { mine: parts(a, kept), other: parts(b, held) };
}

/** Which words of either belong to their longest common subsequence. */
function common(a: string[], b: string[]): [boolean[], boolean[]] {
  const [inA, inB] = [a.map(() => false), b.map(() => false)];
  if (a.length * b.length > MOST_PAIRS) return [inA, inB];
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      length[i * width + j] = a[i] === b[j] ? length[(i + 1) * width + j + 1]! + 1 : Math.max(length[(i + 1) * width + j]!, length[i * width + j + 1]!);
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) {
      inA[i++] = true;
      inB[j++] = true;
    } else if (length[(i + 1) * width + j]! >= length[i * width + j + 1]!) i += 1;
    else j += 1;
  }
  return [inA, inB];
}

function join(parts: Part[]): Part[] {
  const joined: Part[] = [];
  // A space between two words that differ differs with them.
  const whole = parts.map((part, at) => ({ ...part, differs: part.differs || Boolean(part.text.trim() === '' && parts[at - 1]?.differs && parts[at + 1]?.differs) }));
  for (const part of whole) {
    const last = joined.at(-1);
    if (last && last.differs === part.differs) last.text += part.text;
    else joined.push(part);
  }
  return joined;
}
