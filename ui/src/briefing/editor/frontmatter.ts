/**
 * The front matter: shown as a row of facts, unfolded to YAML by its button.
 *
 * The text stays what it is; only what is drawn over it changes. Facts are read line by line: a value that is more
 * than one line is not shown, and is one click away.
 */
import { StateEffect, StateField, type EditorState, type Range, type Text, type Transaction } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';
import type { MarkdownExtension } from '@lezer/markdown';
import { briefing as t, shortDate } from '../../texts';
import { icon } from './icon';

const END = /^(?:---|\.\.\.)\s*$/;

/** Where the front matter stands: from 0 to the end of its closing line; nothing when there is none. */
function frontMatterEnd(doc: Text): number | null {
  if (!/^---\s*$/.test(doc.line(1).text)) return null;
  for (let at = 2; at <= doc.lines; at += 1) {
    const line = doc.line(at);
    if (END.test(line.text)) return line.to;
  }
  return null;
}

/** The front matter's one-line facts; names in lower case with spaces: `information cut-off`. */
export function facts(doc: Text): Map<string, string> {
  const end = frontMatterEnd(doc);
  const found = new Map<string, string>();
  for (const line of end === null ? [] : doc.sliceString(0, end).split('\n')) {
    const [, name, value] = /^([A-Za-z][\w -]*):\s+(.+?)\s*$/.exec(line) ?? [];
    if (name && value) found.set(name.toLowerCase().replaceAll('_', ' '), value.replace(/^(['"])(.*)\1$/, '$2'));
  }
  return found;
}

/** Keeps the Markdown parser from reading the closing `---` as an underline that makes a heading. */
export const frontMatterSyntax: MarkdownExtension = {
  defineNodes: [{ name: 'FrontMatter', block: true }],
  parseBlock: [
    {
      name: 'FrontMatter',
      before: 'HorizontalRule',
      parse(cx, line) {
        if (cx.lineStart !== 0 || !/^---\s*$/.test(line.text)) return false;
        while (cx.nextLine()) {
          if (!END.test(line.text)) continue;
          const to = cx.lineStart + line.text.length;
          cx.nextLine();
          cx.addElement(cx.elt('FrontMatter', 0, to));
          return true;
        }
        return false;
      },
    },
  ],
};

export const unfoldFrontMatter = StateEffect.define<boolean>();

/** Dates and pairs as people read them; anything else as it stands. */
const readable = (value: string) => (/^\d{4}-\d\d(-\d\d)?$/.test(value) ? shortDate(value) : value.replace(/^([A-Z]{2,8})-([A-Z]{2,8})$/, '$1–$2'));

class Facts extends WidgetType {
  constructor(
    private readonly shown: [icon: Parameters<typeof icon>[0], name: string, value: string][],
    /** The title, where the front matter has it and not a heading of the text. */
    private readonly title: string,
    private readonly open: boolean,
  ) {
    super();
  }

  override eq(other: Facts) {
    return other.open === this.open && other.title === this.title && JSON.stringify(other.shown) === JSON.stringify(this.shown);
  }

  override toDOM(view: EditorView) {
    const head = document.createElement('div');
    head.className = 'cm-front';
    const row = head.appendChild(document.createElement('div'));
    row.className = 'cm-facts';
    for (const [drawing, name, value] of this.shown) {
      const fact = row.appendChild(document.createElement('span'));
      fact.title = name;
      fact.append(icon(drawing), Object.assign(document.createElement('bdi'), { textContent: value }));
    }
    const button = row.appendChild(document.createElement('button'));
    button.type = 'button';
    button.setAttribute('aria-expanded', String(this.open));
    button.append(icon(this.open ? 'x' : 'plus'), this.open ? t.foldFields : t.field);
    button.addEventListener('click', () => unfold(view, !this.open));
    if (this.open || this.title === '') return head;
    const title = head.appendChild(document.createElement('div'));
    title.className = 'cm-title cm-h1';
    title.dir = 'auto';
    title.title = t.editTitle;
    title.textContent = this.title;
    title.addEventListener('click', () => unfold(view, true));
    return head;
  }

  override ignoreEvent() {
    return true;
  }
}

/** Shows the YAML with the caret at the title's end, or the facts with the caret in the text. */
function unfold(view: EditorView, open: boolean) {
  const { state } = view;
  const title = /^title:.*$/m.exec(state.sliceDoc(0, frontMatterEnd(state.doc) ?? 0));
  const caret = open ? (title ? title.index + title[0].length : 4) : bodyStart(state);
  view.dispatch({ effects: unfoldFrontMatter.of(open), selection: { anchor: caret } });
  view.focus();
}

interface Folded {
  open: boolean;
  end: number | null;
  drawn: DecorationSet;
}

function draw(state: EditorState, open: boolean): Folded {
  const end = frontMatterEnd(state.doc);
  if (end === null) return { open, end, drawn: Decoration.none };
  const known = facts(state.doc);
  const shown = t.facts.flatMap(([drawing, name, ...names]): [typeof drawing, string, string][] => {
    const value = names.map((key) => known.get(key)).find(Boolean);
    return value ? [[drawing, name, readable(value)]] : [];
  });
  const heading = /^#\s/m.test(state.doc.sliceString(end));
  const widget = new Facts(shown, heading ? '' : (known.get('title') ?? ''), open);
  const drawn: Range<Decoration>[] = open
    ? [Decoration.widget({ widget, block: true, side: -1 }).range(0)]
    : [Decoration.replace({ widget, block: true }).range(0, end)];
  return { open, end, drawn: Decoration.set(drawn) };
}

const field = StateField.define<Folded>({
  create: (state) => draw(state, false),
  update(value, tr: Transaction) {
    const open = tr.effects.reduce((now, effect) => (effect.is(unfoldFrontMatter) ? effect.value : now), value.open);
    const touched = tr.docChanged && (value.end === null || tr.changes.touchesRange(0, value.end + 1) !== false);
    return open !== value.open || touched ? draw(tr.state, open) : value;
  },
  provide: (self) => [
    EditorView.decorations.from(self, ({ drawn }) => drawn),
    EditorView.atomicRanges.of((view) => (view.state.field(self).open ? Decoration.none : view.state.field(self).drawn)),
  ],
});

export const frontMatter = field;

/** Where the text proper begins: behind the front matter and the line break after it. */
export function bodyStart(state: EditorState): number {
  const { end } = state.field(field);
  return end === null ? 0 : Math.min(end + 1, state.doc.length);
}
