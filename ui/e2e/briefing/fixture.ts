/**
 * A host over the sample library's files, for pictures and component tests without a library.
 *
 * Its check is a plain comparison with the statements' words and its page a plain rendering: enough to see every
 * state of the view, and no part of what ships.
 */
import { Failure, type Command, type Host, type Request, type Response } from '../../src/host/host';
import type { Briefing, Evidence, Statement } from '../../src/host/schema';
import exercise from '../../../assets/exercise/exercise.json';
import sample from '../../../assets/exercise/briefing-jp-kz.md?raw';

export { sample };
export const PAIR = { left: 'JP', right: 'KZ' };
const NOW = '2026-09-11T14:32:00Z';

const files = import.meta.glob<string>('../../../assets/exercise/*.{txt,html}', { query: '?raw', import: 'default', eager: true });
/** Article keys as the sample briefing writes them, and the words behind each. */
const ARTICLES = new Map(
  exercise.articles.map(({ file, outlet, published }) => [
    `${outlet.replace(/^The /, '').toLowerCase().replace(/[^a-z]/g, '')}-${published.replaceAll('-', '')}`,
    fold((files[`../../../assets/exercise/${file}`] ?? '').replace(/<[^>]+>/g, ' ')),
  ]),
);

interface Annotated {
  exact: string;
  note: string;
  statement: (Partial<Statement> & { speaker?: string | null }) | null;
}

function fold(text: string) {
  return text.replace(/[\s\u00a0]+/g, ' ').replace(/&rsquo;/g, '’').trim();
}

/** The key that the sample briefing gives to these words, or one of the same make. */
function keyOf(exact: string, speaker: string | null, taken: Set<string>): string {
  const cited = Array.from(sample.matchAll(/[“«「]([^”»」\n]{8,})[”»」][^“«「@\n]{0,40}\[@([^\],;]+)/g)).find(([, words]) => words!.split(' […] ').every((part) => exact.includes(part)))?.[2];
  const surname = (speaker ?? 'unnamed').split(' ').at(-1)!.toLowerCase().replace(/[^\p{L}]/gu, '');
  let key = cited && !ARTICLES.has(cited) ? cited : `${surname}-${/\p{L}{5,}/u.exec(exact)?.[0].toLowerCase() ?? 'words'}`;
  while (taken.has(key)) key += '-2';
  taken.add(key);
  return key;
}

export function evidenceOfExercise(): Evidence[] {
  const taken = new Set<string>();
  let id = 0;
  return exercise.articles.flatMap((article) =>
    (article.annotations as unknown as Annotated[]).flatMap(({ exact, note, statement }) => {
      if (!statement || !article.dyads.includes('JP-KZ')) return [];
      const key = keyOf(exact, statement.speaker ?? null, taken);
      id += 1;
      const whole = {
        id, key, annotation: id, article: id, article_key: article.file.replace(/\..*/, ''), article_title: article.file, outlet: article.outlet,
        reliability: article.reliability, published: article.published, text: exact, addressee: null, translator: null, translation_status: null, note, ...statement,
      } as unknown as Statement;
      return [{ statement: whole, key, markdown: `“${exact}” [@${key}]` }];
    }),
  );
}

/** Compares every quotation that has a citation, or four words, with the words of the statement it cites. */
export function check(markdown: string, evidence: Evidence[]) {
  const points = (unit: number) => [...markdown.slice(0, unit)].length;
  const quotations = Array.from(markdown.matchAll(/[“«「]([^“”«»「」\n]+)[”»」]/g)).flatMap((found) => {
    const block = markdown.slice(found.index + found[0].length).split('\n\n')[0]!;
    const key = /\[@([^\],; ]+)/.exec(block)?.[1] ?? null;
    const text = found[1]!;
    if (text.split(' ').length < 4 && !(key && /^[\s.,:;]*\[@/.test(block))) return [];
    const source = evidence.find((card) => card.key === key)?.statement.text ?? null;
    const whole = fold(source ?? ARTICLES.get(key ?? '') ?? '');
    const same = text.split('[…]').every((part) => whole.includes(fold(part).replace(/[.,]$/, '')));
    const [draft, words] = [text.split(/(?<= )/), (source ?? '').split(/(?<= )/)];
    const differs = source === null || same ? [] : [
      ...words.flatMap((word, at) => (word.trim() === draft[at]?.trim() ? [{ text: word, kind: 'same' }] : [{ text: draft[at] ?? '', kind: 'draft' }, { text: word, kind: 'source' }])),
    ];
    const state = key === null ? 'uncited' : same ? (text.includes('[…]') ? 'elided' : 'verified') : source ? 'altered' : 'missing';
    return [{
      text, key, state, line: markdown.slice(0, found.index).split('\n').length,
      span: { start: points(found.index), end: points(found.index + found[0].length) },
      found: same ? text : source, position: null, also_at: [], differs, article: source && 'Kazakhstan offers Japan provisional permits', outlet: source && 'Steppe Wire', translated: false, captured_at: null,
    }];
  });
  const language = Array.from(markdown.matchAll(/\bmay well\b/g), ({ index }) => ({
    rule: 'unscaled', line: markdown.slice(0, index).split('\n').length, span: { start: points(index), end: points(index + 8) }, text: 'may well',
    advice: '“May well” stands on no scale. Use a term of the scale, such as “likely”.',
  }));
  const verified = quotations.filter(({ state }) => state === 'verified' || state === 'elided').length;
  return { quotations, language, unknown_keys: [], verified, total: quotations.length, warnings: [] };
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const inline = (text: string) => escape(text).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/\*(.+?)\*/g, '<em>$1</em>').replace(/\s*\[@[^\]]+\]/g, '<sup>1</sup>');

function page(markdown: string): string {
  const title = /^title: (.*)$/m.exec(markdown)?.[1] ?? '';
  const lines = markdown.split('\n');
  const from = lines[0] === '---' ? lines.indexOf('---', 1) + 1 : 0;
  const body = lines.slice(from).map((text, at) => {
    const line = from + at + 1;
    if (text.trim() === '' || text.startsWith('<!--') || text.startsWith('|')) return '';
    const heading = /^(#+) (.*)/.exec(text);
    if (heading) return `<h${heading[1]!.length} data-line="${line}">${inline(heading[2]!)}</h${heading[1]!.length}>`;
    if (text.startsWith('>')) return `<blockquote data-line="${line}"><p>${inline(text.slice(2))}</p></blockquote>`;
    return `<p data-line="${line}">${inline(text)}</p>`;
  });
  return `<!doctype html><html lang="en"><head><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${inline(title)}</h1>${body.join('')}</main></body></html>`;
}

const STYLE = `body { margin: 0; font: 400 15px/22px 'Source Serif 4 Variable', serif; color: #172030; background: #fff } main { padding: 54px 60px; max-width: 674px; }
h1 { font-size: 36px; line-height: 40px; margin: 0 0 16px; letter-spacing: -.02em; font-weight: 640; text-wrap: balance } h2 { font-size: 17px; line-height: 21px; margin: 22px 0 5px; padding-top: 10px; border-top: 1px solid #d3d9df } h3 { font-size: 15px; margin: 12px 0 2px }
p { margin: 0 0 8px } blockquote { margin: 10px 24px } sup { font: 500 9.5px/0 'IBM Plex Sans Variable', sans-serif; color: #465061 }`;

/** What the fixture does: any command may be answered otherwise. */
export type Answers = { [C in Command]?: (request: Request<C>) => Promise<Response<C>> | Response<C> };

export function fixtureHost(markdown = sample, answers: Answers = {}, evidence = evidenceOfExercise()): Host {
  let briefing: Briefing = { id: 1, title: /^title: (.*)$/m.exec(markdown)?.[1] ?? '', dyad: 'JP-KZ', markdown, revision: 3, created_at: NOW, changed_at: NOW, deleted: false };
  const plain: Answers = {
    library_status: () => ({ path: '/home/analyst/Bilat/exercise.bilat' }) as Response<'library_status'>,
    list_actors: () => [{ code: 'JP', name: 'Japan', kind: 'country' }, { code: 'KZ', name: 'Kazakhstan', kind: 'country' }, { code: 'GR', name: 'Greece', kind: 'country' }, { code: 'EU', name: 'European Union', kind: 'organisation' }],
    list_pairs: () => [{ dyad: 'JP-KZ', ...PAIR, followed: true, articles: 8, statements: 18, tone: 0, tone_n: 18 }],
    list_briefings: () => [
      { id: 1, title: briefing.title, dyad: 'JP-KZ', changed_at: briefing.changed_at, editions: 2 },
      { id: 2, title: 'A cable lands on Rhodes, and two ministries claim it', dyad: 'EU-GR', changed_at: '2026-08-30T09:12:00Z', editions: 0 },
    ],
    read_briefing: () => briefing,
    save_briefing: ({ markdown, revision }) => (briefing = { ...briefing, markdown, revision: revision + 1, changed_at: NOW }),
    draft_briefing: () => ({ ...briefing, id: 9, revision: 1 }),
    delete_briefing: () => ({}) as Response<'delete_briefing'>,
    restore_briefing: () => briefing,
    check_briefing: ({ markdown }) => check(markdown, evidence) as unknown as Response<'check_briefing'>,
    preview_briefing: ({ markdown }) => ({ html: page(markdown), check: check(markdown, evidence), words: markdown.split(/\s+/).length }) as unknown as Response<'preview_briefing'>,
    list_evidence: ({ query }) => evidence.filter(({ statement }) => !query || `${statement.text} ${statement.speaker}`.toLowerCase().includes(query.toLowerCase())),
    complete_citation: ({ prefix }) =>
      evidence.filter(({ key }) => key.includes(prefix)).map(({ key, statement }) => ({ key, title: statement.speaker ?? '', detail: `“${statement.text}”`, credibility: statement.credibility })),
    export_briefing: ({ draft, path }) => {
      const found = check(briefing.markdown, evidence);
      if (!draft && found.quotations.some(({ state }) => ['altered', 'missing', 'uncited'].includes(state))) throw new Failure('quote_lock', 'A quotation fails.');
      return { path, bytes: 1, check: found } as unknown as Response<'export_briefing'>;
    },
  };
  return {
    call: async (name, request) => {
      const answer = answers[name] ?? plain[name];
      if (!answer) throw new Failure('bad_request', `The fixture knows no ${name}.`);
      return answer(request);
    },
    onEvent: () => () => {},
    onLink: () => () => {},
    onDrop: () => () => {},
    pickFiles: () => Promise.resolve([]),
    pickFolder: () => Promise.resolve(null),
    clipRendered: null,
    pickFile: async () => null,
    pickSavePath: async ({ file_name }) => `/tmp/${file_name}`,
    openLink: async () => {},
    ready: async () => null,
    window: null,
  };
}
