/** What is marked on an article, in the order of the text: what people kept, and what is only suggested. */
import { sideOf, type Ordered } from '../host/actors.svelte';
import type { Annotation, AnnotationKind, Article, Span, Suggestion } from '../host/schema';

/** How a mark looks in the text. */
export type Look = 'quote' | 'reported' | 'note' | 'fact' | 'figure' | 'judgement' | 'check' | 'suggested';

/** A sign for each kind, so that no colour has to be told from another. */
export const SIGNS: Record<AnnotationKind, string> = { quote: '“', fact: '●', figure: '#', judgement: '◆', to_check: '?' };

const LOOKS = { quote: 'note', fact: 'fact', figure: 'figure', judgement: 'judgement', to_check: 'check' } as const;

interface Common {
  /** Unique among the marks of an article, for both kinds. */
  name: string;
  /** The passages, in order; none when the words are gone. */
  spans: Span[];
  side: 'a' | 'b' | 'c';
  look: Look;
}

export type Mark = Common & ({ what: 'annotation'; annotation: Annotation } | { what: 'suggestion'; suggestion: Suggestion });

function annotationMark(annotation: Annotation, pair: Ordered | null): Mark {
  const { statement, kind } = annotation;
  const reported = statement?.mode === 'indirect' || statement?.mode === 'paraphrase';
  return {
    what: 'annotation',
    name: `a${annotation.id}`,
    annotation,
    spans: annotation.state === 'missing' ? [] : annotation.targets.map(({ position }) => position),
    side: sideOf(statement?.country, pair),
    look: statement ? (reported ? 'reported' : 'quote') : LOOKS[kind],
  };
}

/** The mark of a suggestion; null for what the margin does not show: pairs, countries and dates. */
function suggestionMark(suggestion: Suggestion, pair: Ordered | null): Mark | null {
  const common = { what: 'suggestion', name: `s${suggestion.id}`, suggestion, look: 'suggested' } as const;
  if (suggestion.type === 'statement') return { ...common, spans: suggestion.spans, side: sideOf(suggestion.country, pair) };
  if (suggestion.type === 'event') return { ...common, spans: [suggestion.span], side: 'c' };
  return null;
}

export function marksOf(article: Article, pair: Ordered | null): Mark[] {
  const kept = article.annotations.map((annotation) => annotationMark(annotation, pair));
  const attributed = kept.flatMap((mark) => (mark.what === 'annotation' && mark.annotation.statement ? mark.spans : []));
  // What somebody has attributed already is not suggested again.
  const done = ({ spans, suggestion }: Mark & { what: 'suggestion' }) =>
    suggestion.type === 'statement' && spans.every((span) => attributed.some(({ start, end }) => start < span.end && span.start < end));
  const open = article.suggestions
    .flatMap((suggestion) => suggestionMark(suggestion, pair) ?? [])
    .filter((mark) => !(mark.what === 'suggestion' && done(mark)));
  const all = [...kept, ...open];
  const start = ({ spans }: Mark) => spans[0]?.start ?? Number.POSITIVE_INFINITY;
  return all.sort((a, b) => start(a) - start(b) || Number(a.what === 'suggestion') - Number(b.what === 'suggestion'));
}

/** Where marks that people made lie on one another. */
export function overlaps(marks: readonly Mark[]): Span[] {
  const spans = marks.filter(({ what }) => what === 'annotation').flatMap((mark) => mark.spans).sort((a, b) => a.start - b.start);
  const found: Span[] = [];
  let reach = -1;
  for (const { start, end } of spans) {
    if (start < reach) {
      const over = { start, end: Math.min(end, reach) };
      const last = found.at(-1);
      if (last && over.start <= last.end) last.end = Math.max(last.end, over.end);
      else found.push(over);
    }
    reach = Math.max(reach, end);
  }
  return found;
}

/** The innermost mark at a code point; what people kept comes before what is suggested. */
export function markAt(marks: readonly Mark[], at: number): Mark | null {
  const over = marks.filter(({ spans }) => spans.some(({ start, end }) => start <= at && at <= end));
  const length = ({ spans }: Mark) => spans.reduce((sum, { start, end }) => sum + end - start, 0);
  return over.sort((a, b) => Number(a.what === 'suggestion') - Number(b.what === 'suggestion') || length(a) - length(b))[0] ?? null;
}
