/**
 * Code points in a snapshot's text ⇄ places in the page.
 *
 * The library counts Unicode code points in the whole text; the DOM counts UTF-16 units in one text node. This is
 * the only place where the two meet. Each block of the text stands in one element, letter for letter, so a position
 * is found by its block first, and only that block's text nodes are walked.
 */
import type { Block, Span } from '../host/schema';

interface Leaf {
  node: Text;
  /** Code points of the block before this node. */
  start: number;
  /** Code points in this node. */
  length: number;
}

/** How many code points `text` has. */
export function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    count++;
    if (isPair(text, at)) at++;
  }
  return count;
}

/** The UTF-16 offset of code point `index` in `text`. */
export function unitOffset(text: string, index: number): number {
  let at = 0;
  for (let count = 0; count < index && at < text.length; count++) at += isPair(text, at) ? 2 : 1;
  return at;
}

function isPair(text: string, at: number): boolean {
  const high = text.charCodeAt(at);
  if (high < 0xd800 || high > 0xdbff) return false;
  const low = text.charCodeAt(at + 1);
  return low >= 0xdc00 && low <= 0xdfff;
}

/** The words of `span` in `text`. */
export function slice(text: string, { start, end }: Span): string {
  const from = unitOffset(text, start);
  return text.slice(from, from + unitOffset(text.slice(from), end - start));
}

export class Positions {
  readonly blocks: readonly Block[];
  readonly elements: readonly Element[];
  #leaves: (Leaf[] | undefined)[] = [];

  /** `elements[i]` holds the words of `blocks[i]`. */
  constructor(blocks: readonly Block[], elements: readonly Element[]) {
    this.blocks = blocks;
    this.elements = elements;
  }

  /** The element that holds code point `at`. */
  blockAt(at: number): number {
    let low = 0;
    let high = this.blocks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.blocks[middle]!.end <= at) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, this.blocks.length - 1);
  }

  /** One range for each block that `span` touches; none where nothing of it is on the page. */
  ranges(span: Span): Range[] {
    const found: Range[] = [];
    for (let index = this.blockAt(span.start); index >= 0 && index < this.blocks.length; index++) {
      const block = this.blocks[index]!;
      if (block.start >= span.end) break;
      const start = Math.max(span.start, block.start) - block.start;
      const end = Math.min(span.end, block.end) - block.start;
      const from = this.#place(index, start, false);
      const to = this.#place(index, end, true);
      if (start >= end || !from || !to) continue;
      const range = document.createRange();
      range.setStart(...from);
      range.setEnd(...to);
      found.push(range);
    }
    return found;
  }

  /** The code point at a place in the page; null when it lies outside the text. */
  position(node: Node, offset: number): number | null {
    const index = this.elements.findIndex((element) => element.contains(node));
    const element = this.elements[index];
    if (!element) return null;
    const before = document.createRange();
    before.selectNodeContents(element);
    before.setEnd(node, offset);
    return this.blocks[index]!.start + codePoints(before.toString());
  }

  /** What a selection covers; null when it covers nothing of the text. Ends outside the text are pulled in. */
  span(range: AbstractRange & { intersectsNode(node: Node): boolean }): Span | null {
    const touched = this.elements.flatMap((element, index) => (range.intersectsNode(element) ? [index] : []));
    const first = touched[0];
    const last = touched.at(-1);
    if (first === undefined || last === undefined) return null;
    const start = this.position(range.startContainer, range.startOffset) ?? this.blocks[first]!.start;
    const end = this.position(range.endContainer, range.endOffset) ?? this.blocks[last]!.end;
    return start < end ? { start, end } : null;
  }

  /** The code point under the pointer; null when no words are there. */
  at(x: number, y: number): number | null {
    const caret = document.caretRangeFromPoint(x, y);
    if (!caret) return null;
    const position = this.position(caret.startContainer, caret.startOffset);
    if (position === null) return null;
    // A click beside a line finds the line's end: only words that are under the pointer count.
    const near = this.ranges({ start: Math.max(0, position - 1), end: position + 1 });
    const hit = near.some((range) => [...range.getClientRects()].some((box) => x >= box.left - 1 && x <= box.right + 1 && y >= box.top && y <= box.bottom));
    return hit ? position : null;
  }

  #place(index: number, within: number, ending: boolean): [Text, number] | null {
    const leaves = (this.#leaves[index] ??= leavesOf(this.elements[index]));
    // A range ends in the node it covers last and starts in the node it covers first.
    const leaf = leaves.find(({ start, length }) => (ending ? within <= start + length : within < start + length)) ?? leaves.at(-1);
    return leaf ? [leaf.node, unitOffset(leaf.node.data, within - leaf.start)] : null;
  }
}

function leavesOf(element: Element | undefined): Leaf[] {
  if (!element) return [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const leaves: Leaf[] = [];
  let start = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    const length = codePoints(node.data);
    leaves.push({ node, start, length });
    start += length;
  }
  return leaves;
}
