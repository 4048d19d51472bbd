/** Citations: dimmed, kept on one line, and one character to the caret, so that a key is deleted whole or not at all. */
import { Decoration, EditorView, MatchDecorator, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

/** A Pandoc citation in brackets, with or without a locator: `[@key]`, `[@key, ¶3]`, `[@key; @other]`. */
export const CITATION = /\[@[^[\]\s;,@][^[\]\n]*\]/g;

/** The keys that a citation names. */
export function keysOf(citation: string): string[] {
  return Array.from(citation.matchAll(/(?:^\[|;)\s*@([^[\]\s;,]+)/g), ([, key]) => key!);
}

const matcher = new MatchDecorator({ regexp: CITATION, decoration: Decoration.mark({ class: 'cm-key' }) });

export const citations = ViewPlugin.fromClass(
  class {
    drawn: DecorationSet;
    constructor(view: EditorView) {
      this.drawn = matcher.createDeco(view);
    }
    update(update: ViewUpdate) {
      this.drawn = matcher.updateDeco(update, this.drawn);
    }
  },
  {
    decorations: (plugin) => plugin.drawn,
    provide: (plugin) => EditorView.atomicRanges.of((view) => view.plugin(plugin)?.drawn ?? Decoration.none),
  },
);
