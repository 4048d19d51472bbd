/**
 * How a line of Markdown stands: its marks hang in the margin, so that every text begins at one edge; a blank line
 * between paragraphs is half a line; each line reads in the direction of its own first letter.
 */
import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';

const MARK = /^(\s*)((?:#{1,6}|[-*+]|\d{1,9}[.)])(?:\s+|$)|(?:>\s?)+)/;
const VERBATIM = /^(?:FencedCode|CodeBlock|HTMLBlock|CommentBlock|FrontMatter)$/;

/** Whether the position stands in code, HTML or front matter, where signs are not marks. */
function verbatim(state: EditorState, at: number): boolean {
  for (let node = syntaxTree(state).resolveInner(at, 1); node.parent; node = node.parent) if (VERBATIM.test(node.name)) return true;
  return false;
}

function decorate(view: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.line(line.number + 1)) {
      lines.add(line.from, line.from, look(view.state, line));
      if (line.to >= to || line.number === view.state.doc.lines) break;
    }
  }
  return lines.finish();
}

const BLANK = Decoration.line({ class: 'cm-blank' });
const PLAIN = Decoration.line({ attributes: { dir: 'auto' } });

function look(state: EditorState, line: { from: number; text: string }): Decoration {
  if (line.text.trim() === '') return BLANK;
  const [, indent = '', mark = ''] = MARK.exec(line.text) ?? [];
  if (mark === '' || verbatim(state, line.from + indent.length)) return PLAIN;
  const level = mark.startsWith('#') ? mark.trimEnd().length : 0;
  const kind = level ? `cm-heading cm-h${Math.min(level, 3)}` : mark.startsWith('>') ? 'cm-quoteblock' : 'cm-item';
  return Decoration.line({
    attributes: { dir: 'auto', class: `cm-hang ${kind}`, style: `--indent:${indent.length};--hang:${indent.length + mark.length}` },
  });
}

export const lineLook = [
  EditorView.perLineTextDirection.of(true),
  ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      constructor(view: EditorView) {
        this.decorations = decorate(view);
      }
      update(update: ViewUpdate) {
        const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
        if (update.docChanged || update.viewportChanged || parsed) this.decorations = decorate(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  ),
];
