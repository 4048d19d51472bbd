/** Cite keys as one types `[@…`: the library answers, the pair's own keys come first. */
import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { Completion as Key } from '../../host/schema';

export type AskKeys = (prefix: string) => Promise<Key[]>;

/** What stands between `@` and the caret, inside a bracket. */
const OPEN = /\[(?:@[^[\]\n]*;\s*)?@([^\s[\];,@]*)$/;

/** Keys are offered whole; choosing one closes the bracket. */
function choose(key: string) {
  return (view: EditorView, _completion: Completion, from: number, to: number) => {
    const closed = view.state.sliceDoc(to, to + 1) === ']';
    view.dispatch({
      changes: { from, to, insert: closed ? key : `${key}]` },
      selection: { anchor: from + key.length + 1 },
      userEvent: 'input.complete',
    });
  };
}

export function citationCompletion(ask: AskKeys): Extension {
  async function source(context: CompletionContext): Promise<CompletionResult | null> {
    const open = context.matchBefore(OPEN);
    const prefix = open && OPEN.exec(open.text)?.[1];
    if (prefix === undefined || prefix === null) return null;
    const keys = await ask(prefix);
    if (context.aborted || keys.length === 0) return null;
    return {
      from: context.pos - prefix.length,
      filter: false,
      options: keys.map(({ key, title, detail }) => ({ label: key, detail: title, apply: choose(key), said: detail }) as Completion),
    };
  }
  return autocompletion({
    override: [source],
    icons: false,
    activateOnTyping: true,
    activateOnTypingDelay: 60,
    interactionDelay: 0,
    maxRenderedOptions: 30,
    addToOptions: [
      {
        position: 90,
        render(completion) {
          const said = document.createElement('div');
          said.className = 'cm-said';
          said.dir = 'auto';
          said.textContent = (completion as Completion & { said: string }).said;
          return said;
        },
      },
    ],
  });
}
