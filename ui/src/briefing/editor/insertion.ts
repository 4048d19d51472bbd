/** Evidence into the text: at the caret, or as a paragraph of its own on the line that the drag or Alt ↑ ↓ points at. */
import { StateEffect, StateField, type EditorState } from '@codemirror/state';
import { Decoration, EditorView, WidgetType } from '@codemirror/view';
import { bodyStart } from './frontmatter';

/** Puts Markdown at the caret, with the spaces that words need on either side. */
export function insertAtCaret(view: EditorView, markdown: string) {
  const { state } = view;
  const { from, to } = state.selection.main;
  const start = Math.max(from, bodyStart(state));
  const end = Math.max(to, start);
  const before = state.sliceDoc(Math.max(0, start - 1), start);
  const after = state.sliceDoc(end, end + 1);
  const lead = before === '' || /[\s([“«„‘—]/.test(before) ? '' : ' ';
  const trail = /[\p{L}\p{N}([“«„]/u.test(after) ? ' ' : '';
  const insert = lead + markdown + trail;
  view.dispatch({
    changes: { from: start, to: end, insert },
    selection: { anchor: start + insert.length },
    scrollIntoView: true,
    userEvent: 'input.evidence',
  });
}

/** The ends of lines that hold words: where a paragraph can go in behind. */
function before(state: EditorState, line: number): number {
  for (let at = line; at >= 1; at -= 1) {
    const { text, to } = state.doc.line(at);
    if (to < bodyStart(state)) break;
    if (text.trim() !== '') return to;
  }
  return bodyStart(state);
}

/** The place between two paragraphs that is nearest to the height on the screen. */
export function gapAt(view: EditorView, clientY: number): number {
  const height = clientY - view.documentTop;
  const block = view.lineBlockAtHeight(height);
  const line = view.state.doc.lineAt(block.from).number;
  return before(view.state, height < block.top + block.height / 2 ? line - 1 : line);
}

/** The next place up or down from a place, or from the caret. */
export function nextGap(state: EditorState, from: number | null, step: 1 | -1): number {
  const line = state.doc.lineAt(from ?? state.selection.main.head).number;
  if (from === null) return before(state, line);
  if (step < 0) return before(state, line - 1);
  for (let at = line + 1; at <= state.doc.lines; at += 1) {
    const { text, to } = state.doc.line(at);
    if (text.trim() !== '') return to;
  }
  return from;
}

/** Puts Markdown in as a paragraph behind the place. */
export function insertParagraph(view: EditorView, at: number, markdown: string) {
  const { doc } = view.state;
  const lead = at === 0 || doc.sliceString(at - 1, at) === '\n' ? '' : '\n\n';
  const rest = doc.sliceString(at, at + 2);
  const trail = rest === '' || rest === '\n\n' || rest === '\n' ? '' : rest.startsWith('\n') ? '\n' : '\n\n';
  view.dispatch({
    changes: { from: at, insert: lead + markdown + trail },
    selection: { anchor: at + lead.length + markdown.length },
    effects: pointAt.of(null),
    scrollIntoView: true,
    userEvent: 'input.evidence',
  });
}

/** Shows where a paragraph would go in, or nothing. */
export const pointAt = StateEffect.define<number | null>();

class Line extends WidgetType {
  override eq() {
    return true;
  }
  override toDOM() {
    const line = document.createElement('div');
    line.className = 'cm-drop';
    return line;
  }
}
const LINE = new Line();

export const pointed = StateField.define<number | null>({
  create: () => null,
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(pointAt)) return effect.value;
    return value === null ? null : tr.changes.mapPos(value);
  },
  provide: (self) =>
    EditorView.decorations.from(self, (at) =>
      at === null ? Decoration.none : Decoration.set(Decoration.widget({ widget: LINE, block: true, side: 1 }).range(at)),
    ),
});
