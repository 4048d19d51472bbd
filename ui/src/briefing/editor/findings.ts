/**
 * The quote lock in the text: every quotation tinted by the side of its speaker, every failure marked in red with a
 * sign in the margin and a word behind it, every remark on wording underlined.
 *
 * What the check found stays where it is while one types, moved along with the text, until the next check.
 */
import { RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, GutterMarker, gutter, showTooltip, WidgetType, type DecorationSet, type Tooltip } from '@codemirror/view';
import { briefing as t } from '../../texts';
import { fails, wantsLook, type Quotation, type Remark } from '../check';
import { bodyStart, unfoldFrontMatter } from './frontmatter';
import { icon } from './icon';

/** Left, right, third party, or not known. */
export type Side = 'a' | 'b' | 'c' | 'none';

/** A finding of the check; positions in UTF-16 units of the editor's text. */
export type Finding =
  | { kind: 'quotation'; from: number; to: number; side: Side; quotation: Quotation }
  | { kind: 'wording'; from: number; to: number; wording: Remark };

export type FoundQuotation = Extract<Finding, { kind: 'quotation' }>;

const isProblem = (finding: Finding): boolean => finding.kind === 'wording' || fails(finding.quotation) || wantsLook(finding.quotation);

/** What the newest check found. */
export const setFindings = StateEffect.define<readonly Finding[]>();
/** Opens a finding beside its words, or closes what is open. */
export const openFinding = StateEffect.define<Finding | null>();

/** Scripts whose letters an underline cuts; the tint and the card carry the side. */
const NO_UNDERLINE = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

class Word extends WidgetType {
  constructor(private readonly finding: FoundQuotation) {
    super();
  }

  override eq(other: Word) {
    return other.finding.quotation.state === this.finding.quotation.state;
  }

  override toDOM(view: EditorView) {
    const button = document.createElement('button');
    button.type = 'button';
    button.tabIndex = -1;
    button.className = wantsLook(this.finding.quotation) ? 'cm-word cm-word-look' : 'cm-word';
    button.textContent = t.stateWord[this.finding.quotation.state];
    button.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const at = view.posAtDOM(button);
      const finding = findingsIn(view.state, at - 1, at).find(({ kind }) => kind === 'quotation');
      if (finding) show(view, finding);
    });
    return button;
  }

  override ignoreEvent() {
    return true;
  }
}

class Sign extends GutterMarker {
  override eq() {
    return true;
  }
  override toDOM() {
    const sign = document.createElement('span');
    sign.className = 'cm-sign';
    sign.appendChild(icon('warn'));
    return sign;
  }
}
const SIGN = new Sign();

interface Marks {
  drawn: DecorationSet;
  signs: RangeSet<GutterMarker>;
}

function mark(finding: Finding): Decoration {
  if (finding.kind === 'wording') return Decoration.mark({ class: 'cm-wording', finding });
  const { quotation, side } = finding;
  const loud = fails(quotation) ? ' cm-q-bad' : wantsLook(quotation) ? ' cm-q-look' : '';
  const plain = NO_UNDERLINE.test(quotation.text) ? ' cm-q-plain' : '';
  return Decoration.mark({ class: `cm-q cm-q-${side}${loud}${plain}`, finding });
}

function draw(state: EditorState, found: readonly Finding[]): Marks {
  const inside = found.filter(({ from, to }) => from < to && to <= state.doc.length);
  const drawn: Range<Decoration>[] = [];
  const signs = new Map<number, Range<GutterMarker>>();
  for (const finding of inside) {
    drawn.push(mark(finding).range(finding.from, finding.to));
    if (finding.kind !== 'quotation' || !isProblem(finding)) continue;
    drawn.push(Decoration.widget({ widget: new Word(finding), side: 1 }).range(finding.to));
    if (!fails(finding.quotation)) continue;
    const { from } = state.doc.lineAt(finding.from);
    signs.set(from, SIGN.range(from));
  }
  return { drawn: Decoration.set(drawn, true), signs: RangeSet.of([...signs.values()], true) };
}

const marks = StateField.define<Marks>({
  create: () => ({ drawn: Decoration.none, signs: RangeSet.empty }),
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(setFindings)) return draw(tr.state, effect.value);
    return tr.docChanged ? { drawn: value.drawn.map(tr.changes), signs: value.signs.map(tr.changes) } : value;
  },
  provide: (self) => [
    EditorView.decorations.from(self, ({ drawn }) => drawn),
    gutter({ class: 'cm-signs', markers: (view) => view.state.field(self).signs }),
  ],
});

/** The findings that touch the range, where they stand now. */
export function findingsIn(state: EditorState, from: number, to: number): Finding[] {
  const found: Finding[] = [];
  state.field(marks).drawn.between(from, to, (start, end, { spec }) => {
    const { finding } = spec as { finding?: Finding };
    if (finding) found.push({ ...finding, from: start, to: end });
  });
  return found;
}

export const allFindings = (state: EditorState) => findingsIn(state, 0, state.doc.length);

/** Selects the finding's words, brings them into view and opens it. */
export function show(view: EditorView, finding: Finding) {
  view.dispatch({
    selection: { anchor: finding.from },
    effects: [
      ...(finding.from < bodyStart(view.state) ? [unfoldFrontMatter.of(true)] : []),
      openFinding.of(finding),
      EditorView.scrollIntoView(finding.from, { y: 'center' }),
    ],
  });
  view.focus();
}

/** Opens the next problem behind the caret, from the top again behind the last. Answers whether there is one. */
export function nextProblem(view: EditorView, step: 1 | -1 = 1): boolean {
  const problems = allFindings(view.state).filter(isProblem);
  if (problems.length === 0) return false;
  const caret = view.state.selection.main.head;
  const next = step > 0 ? problems.find(({ from }) => from > caret) : problems.findLast(({ to }) => to < caret);
  const opened = view.state.field(open);
  const standing = opened === null ? problems.find(({ from }) => from === caret) : undefined;
  show(view, standing ?? next ?? problems.at(step > 0 ? 0 : -1)!);
  return true;
}

export const opened = (state: EditorState): Finding | null => state.field(open);

/** What draws an open finding, and takes it away again. */
export type Render = (finding: Finding, view: EditorView) => { dom: HTMLElement; destroy: () => void };

const open = StateField.define<Finding | null>({
  create: () => null,
  update(value, tr) {
    for (const effect of tr.effects) if (effect.is(openFinding)) return effect.value;
    if (value === null) return null;
    // The words were changed, or the caret went elsewhere: what was said about them is over.
    if (tr.docChanged && tr.changes.touchesRange(value.from, value.to)) return null;
    const from = tr.changes.mapPos(value.from, 1);
    const to = tr.changes.mapPos(value.to, -1);
    const { head } = tr.state.selection.main;
    return tr.selection && (head < from || head > to) ? null : from === value.from && to === value.to ? value : { ...value, from, to };
  },
});

/** The width of what is opened, so that it stays over the text and off the page beside it. */
const WIDTH_PX = 420;

/** Where the words stand on the screen: from their first line to their last, so that nothing covers them. */
function place(view: EditorView, { from, to }: Finding) {
  const start = view.coordsAtPos(from, 1);
  const end = view.coordsAtPos(to, -1) ?? start;
  const edge = view.contentDOM.getBoundingClientRect();
  if (!start || !end) return { left: edge.left, right: edge.left, top: edge.top, bottom: edge.top };
  const one = end.top < start.bottom;
  const text = edge.left + parseFloat(getComputedStyle(view.contentDOM).paddingLeft);
  const left = one ? Math.max(text, Math.min(start.left, edge.right - WIDTH_PX)) : text;
  return { left, right: left, top: start.top, bottom: end.bottom };
}

/** @param render Draws the finding that is open. */
export function findings(render: Render): Extension {
  const tooltip = (finding: Finding): Tooltip => ({
    pos: finding.from,
    end: finding.to,
    create: (view) => ({ ...render(finding, view), overlap: true, offset: { x: -12, y: 6 }, getCoords: () => place(view, finding) }),
  });
  return [
    marks,
    open,
    showTooltip.compute([open], (state) => {
      const finding = state.field(open);
      return finding && tooltip(finding);
    }),
    EditorView.domEventHandlers({
      click(event, view) {
        if (!(event.target instanceof HTMLElement) || !event.target.closest('.cm-q-bad, .cm-q-look, .cm-wording')) return;
        const at = view.posAtCoords({ x: event.clientX, y: event.clientY });
        const problem = at === null ? undefined : findingsIn(view.state, at, at).find(isProblem);
        if (problem && view.state.selection.main.empty) view.dispatch({ effects: openFinding.of(problem) });
      },
    }),
  ];
}
