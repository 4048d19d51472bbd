/** The Markdown editor, put together: what is written is the briefing, what is drawn over it says what it is. */
import './sheets';
import { completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { EditorSelection, EditorState, Prec, type TransactionSpec } from '@codemirror/state';
import { EditorView, keymap, placeholder, type Command } from '@codemirror/view';
import { briefing as t } from '../../texts';
import { citations } from './citations';
import { citationCompletion, type AskKeys } from './complete';
import { findings, findingsIn, nextProblem, openFinding, opened, type FoundQuotation, type Render } from './findings';
import { bodyStart, frontMatter, frontMatterSyntax } from './frontmatter';
import { pointAt, pointed } from './insertion';
import { lineLook } from './lines';
import { look } from './look';
import { useSource } from './repair';

export interface EditorParts {
  parent: HTMLElement;
  text: string;
  /** The text changed, by typing or by us. */
  onchange: (view: EditorView) => void;
  /** The caret stands elsewhere. */
  oncaret: (view: EditorView) => void;
  keys: AskKeys;
  render: Render;
}

export function createEditor({ parent, text, onchange, oncaret, keys, render }: EditorParts): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      selection: { anchor: 0 },
      extensions: [
        Prec.high(keymap.of(OWN_KEYS)),
        keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        history(),
        markdown({ base: markdownLanguage, extensions: frontMatterSyntax, completeHTMLTags: false }),
        EditorView.lineWrapping,
        placeholder(t.placeholder),
        EditorView.contentAttributes.of({ 'aria-label': t.editor, spellcheck: 'true', autocorrect: 'off', autocapitalize: 'off' }),
        frontMatter,
        lineLook,
        citations,
        findings(render),
        citationCompletion(keys),
        pointed,
        look,
        EditorView.updateListener.of((update) => {
          if (update.docChanged) onchange(update.view);
          if (update.docChanged || update.selectionSet) oncaret(update.view);
        }),
      ],
    }),
  });
}

/** Puts the caret at the first words of the text proper. */
export function caretToBody(view: EditorView) {
  const { state } = view;
  const start = bodyStart(state);
  view.dispatch({ selection: { anchor: start + (/^\s*(?=\S)/.exec(state.sliceDoc(start))?.[0].length ?? 0) } });
}

/** The quotation that is open, or else the one at the caret. */
function quotationAtCaret(view: EditorView): FoundQuotation | null {
  const open = opened(view.state);
  if (open) return open.kind === 'quotation' ? open : null;
  const { from, to } = view.state.selection.main;
  return findingsIn(view.state, from, to).find((finding) => finding.kind === 'quotation') ?? null;
}

const repair: Command = (view) => {
  const quotation = quotationAtCaret(view);
  return quotation !== null && quotation.quotation.state === 'altered' && useSource(view, quotation);
};

const close: Command = (view) => {
  if (view.state.field(pointed) !== null) {
    view.dispatch({ effects: pointAt.of(null) });
    return true;
  }
  if (!opened(view.state)) return false;
  view.dispatch({ effects: openFinding.of(null) });
  return true;
};

/** Wraps what is selected in a mark, or takes the mark away. */
function wrap(mark: string): Command {
  return (view) => {
    const { state } = view;
    view.dispatch(
      state.changeByRange(({ from, to }): Pick<TransactionSpec, 'changes'> & { range: ReturnType<typeof EditorSelection.range> } => {
        const wrapped = state.sliceDoc(from - mark.length, from) === mark && state.sliceDoc(to, to + mark.length) === mark;
        return wrapped
          ? {
              changes: [{ from: from - mark.length, to: from }, { from: to, to: to + mark.length }],
              range: EditorSelection.range(from - mark.length, to - mark.length),
            }
          : {
              changes: [{ from, insert: mark }, { from: to, insert: mark }],
              range: EditorSelection.range(from + mark.length, to + mark.length),
            };
      }),
      { userEvent: 'input.wrap' },
    );
    return true;
  };
}

const OWN_KEYS = [
  { key: 'F8', run: (view: EditorView) => nextProblem(view), shift: (view: EditorView) => nextProblem(view, -1) },
  { key: 'Alt-Enter', run: repair },
  { key: 'Escape', run: close },
  { key: 'Mod-b', run: wrap('**') },
  { key: 'Mod-i', run: wrap('*') },
];
