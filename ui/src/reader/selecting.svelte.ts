/** The words that are chosen in an article, by pointer or by keyboard, and the paragraph they stand in. */
import type { Article, Span } from '../host/schema';
import type { Page } from './page';
import type { Positions } from './positions';
import { sentence, snap } from './snap';
import { Walk, wordsOf } from './walk';

/** What stands on the page now. */
export interface Shown {
  article: Article;
  page: Page;
  positions: Positions;
  letters: string[];
  scroller: HTMLElement;
  sheet: HTMLElement;
}

export class Selecting {
  /** Where the buttons over a selection stand, from the sheet's corner. */
  offer = $state.raw<{ left: number; top: number; spans: Span[] } | null>(null);
  /** The block that a key corrects: where one clicked or walked last. */
  block = $state<number | null>(null);
  /** The words chosen by keyboard, while they are being chosen. */
  #walk: Walk | null = null;
  readonly #shown: () => Shown | null;

  constructor(shown: () => Shown | null) {
    this.#shown = shown;
  }

  get walking(): boolean {
    return this.#walk !== null;
  }

  /** The selection inside the article; null where there is none. */
  get spans(): Span[] | null {
    const shown = this.#shown();
    const selection = getSelection();
    if (!shown || !selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!shown.sheet.contains(range.commonAncestorContainer)) return null;
    const span = shown.positions.span(range);
    return span && shown.letters.slice(span.start, span.end).some((letter) => letter.trim() !== '') ? [span] : null;
  }

  /** Shows the buttons over what is selected. */
  show() {
    const shown = this.#shown();
    const spans = this.spans;
    const box = spans && getSelection()!.getRangeAt(0).getClientRects()[0];
    if (!shown || !spans || !box || shown.article.deleted) return void (this.offer = null);
    const origin = shown.sheet.getBoundingClientRect();
    this.offer = { left: Math.max(8, box.left - origin.left), top: box.top - origin.top - 40, spans };
    this.block = shown.positions.blockAt(spans[0]!.start);
  }

  /** Takes the selection for a mark: as a quotation it snaps to the quotation marks around it. */
  take(kind: 'quote' | 'fact'): Span[] | null {
    const spans = this.spans ?? this.offer?.spans;
    if (!spans) return null;
    const taken = this.within(spans, kind === 'quote' ? snap : trimmed);
    this.clear();
    return taken;
  }

  /** The sentences around `spans`. */
  widened(spans: Span[]): Span[] {
    const language = this.#shown()?.article.language ?? undefined;
    return this.within(spans, (own, span) => sentence(own, span, language));
  }

  /** Applies a change of span block by block, so that no mark crosses from one paragraph into the next unseen. */
  within(spans: Span[], change: (letters: string[], span: Span) => Span): Span[] {
    const shown = this.#shown();
    if (!shown) return spans;
    return spans.map((span) => {
      const block = shown.article.snapshot.blocks[shown.positions.blockAt(span.start)]!;
      if (span.end > block.end) return span;
      const own = shown.letters.slice(block.start, block.end);
      const changed = change(own, { start: span.start - block.start, end: span.end - block.start });
      return { start: changed.start + block.start, end: changed.end + block.start };
    });
  }

  clear() {
    this.offer = null;
    this.#walk = null;
    getSelection()?.removeAllRanges();
  }

  /** The selection collapsed: the buttons go, and choosing by keyboard ends. */
  collapsed() {
    this.offer = null;
    this.#walk = null;
  }

  // By keyboard.

  /** Starts choosing words: at `from`, or at the first line in view. */
  start(from: number | undefined) {
    const shown = this.#shown();
    if (!shown) return;
    const { article, page, scroller, letters } = shown;
    const top = scroller.getBoundingClientRect().top + 8;
    const seen = page.elements.findIndex((element) => element.getBoundingClientRect().bottom > top && page.body.includes(element));
    const all = wordsOf(letters, article.snapshot.blocks, article.language ?? undefined);
    if (all.length === 0) return;
    this.#walk = new Walk(all, from ?? article.snapshot.blocks[Math.max(0, seen)]?.start ?? 0);
    scroller.focus({ preventScroll: true });
    this.#showWalk();
  }

  step({ key, shiftKey }: KeyboardEvent) {
    const shown = this.#shown();
    const back = key === 'ArrowLeft' || key === 'ArrowUp';
    // Left and right follow the script.
    const turned = shown?.scroller.querySelector('.body')?.matches(':dir(rtl)') ?? false;
    if (key === 'ArrowLeft' || key === 'ArrowRight') this.#walk?.word(back !== turned ? -1 : 1, shiftKey);
    else this.#walk?.line(back ? -1 : 1, shiftKey, (span) => this.#boxOf(span));
    this.#showWalk();
  }

  #boxOf(span: Span) {
    return this.#shown()?.positions.ranges(span)[0]?.getClientRects()[0];
  }

  /** Selects what was walked over, as a pointer would have. */
  #showWalk() {
    const shown = this.#shown();
    const walk = this.#walk;
    if (!walk || !shown) return;
    const ranges = shown.positions.ranges(walk.span);
    const [first, last] = [ranges[0], ranges.at(-1)];
    if (!first || !last) return;
    getSelection()!.setBaseAndExtent(first.startContainer, first.startOffset, last.endContainer, last.endOffset);
    const box = this.#boxOf(walk.words[walk.head]!);
    const view = shown.scroller.getBoundingClientRect();
    if (box && (box.top < view.top + 48 || box.bottom > view.bottom - 48)) shown.scroller.scrollTop += box.top - view.top - view.height / 3;
    this.show();
  }
}

function trimmed(own: string[], span: Span): Span {
  const kept = { ...span };
  while (kept.start < kept.end && own[kept.start]!.trim() === '') kept.start++;
  while (kept.start < kept.end && own[kept.end - 1]!.trim() === '') kept.end--;
  return kept;
}
