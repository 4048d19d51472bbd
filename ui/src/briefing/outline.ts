/** The headings of the text and the quotations under each, from the editor's own syntax tree. */
import { ensureSyntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { fails } from './check';
import { allFindings } from './editor/findings';

export interface Section {
  title: string;
  level: number;
  from: number;
  /** Where the next section begins, or the text ends. */
  to: number;
  quotes: number;
  problems: number;
}

/** How long the tree may take for a text that is far longer than a briefing. */
const PARSE_MS = 40;

/** The sections below the title; the title's own when there are no others. */
export function outline(state: EditorState): Section[] {
  const headings: Section[] = [];
  ensureSyntaxTree(state, state.doc.length, PARSE_MS)?.iterate({
    enter: ({ name, from, to }) => {
      const level = Number(/^(?:ATX|Setext)Heading(\d)$/.exec(name)?.[1] ?? 0);
      if (!level) return name === 'Document';
      const title = state.sliceDoc(from, to).split('\n')[0]!.replace(/^#+\s*|\s*#*\s*$/g, '').replace(/[*_`]/g, '');
      headings.push({ title, level, from, to: state.doc.length, quotes: 0, problems: 0 });
      return false;
    },
  });
  headings.forEach((heading, at) => {
    heading.to = headings[at + 1]?.from ?? state.doc.length;
  });
  for (const finding of allFindings(state)) {
    const section = headings.findLast(({ from }) => from <= finding.from);
    if (!section || finding.kind !== 'quotation') continue;
    section.quotes += 1;
    if (fails(finding.quotation)) section.problems += 1;
  }
  const below = headings.filter(({ level, title }) => level > 1 && title !== '');
  return below.length > 0 ? below : headings.filter(({ title }) => title !== '');
}
