/**
 * A library in memory for component tests and for looking at the window. Articles, outlets and officials are
 * invented. It keeps what it is told, as the real one does, and is never part of the product.
 */
import { Failure, type Host, type LibraryEvent, type PageToRender, type WindowControls } from '../src/host/host';
import type { Annotation, Article, ArticleRow, BackedUp, Block, BlockKind, Browser, Clipped, ClipServer, ClipSource, Collection, Commands, Feed, Import, Knowledge, Lesson, LibraryStatus, LinkRelation, ListStatements, OutletRule, PairRow, Person, Reanalysis, SavedSearch, Source as SourceRecord, Span, Statement, StatementDraft, Suggestion, WatchedFolder } from '../src/host/schema';
import { codePoints, slice } from '../src/reader/positions';

interface Source {
  title: string;
  standfirst?: string;
  outlet: string;
  credit?: string;
  published: string;
  inferred?: boolean;
  dateline?: string;
  language?: string;
  dyads?: string[];
  suggested?: string[];
  unread?: boolean;
  origin?: number;
  reliability?: Article['reliability'];
  aside?: string[];
  body: (string | [BlockKind, string])[];
}

const NORTH: Source = {
  title: 'Ministers part without a date for fishing talks',
  standfirst: 'Both delegations leave Tromsø earlier than planned and speak of “work still to be done”',
  outlet: 'The Northern Ledger',
  credit: 'Polar Wire',
  published: '2031-03-14',
  inferred: true,
  dateline: 'TROMSØ',
  dyads: ['IS-NO'],
  suggested: ['EU-NO'],
  origin: 3,
  reliability: 'B',
  aside: ['Sign up for our morning letter', 'Photo: the quay at Tromsø on Thursday', 'Read also: Herring quotas explained', 'Share this article'],
  body: [
    'TROMSØ – The fisheries ministers of Norway and Iceland ended two days of talks on Friday without naming a date for the next round, and left the question of mackerel shares where it had stood since autumn.',
    '“We came with an offer and we leave with it in the same envelope,” Iceland’s fisheries minister, Halldóra Vik, told reporters at the harbour. “Nobody on our side will call that progress.”',
    'Norway’s delegation was more guarded. A spokesman said that the two sides had understood each other better than in November, and that experts would exchange figures before Easter.',
    ['heading', 'A narrower list'],
    'Officials on both sides described the list of open points as shorter than it had been. It still holds the largest of them: how a stock that moves north each summer is to be counted, and by whom.',
    '“There is a way to agree on the numbers, and we shall look for it with patience,” Norway’s chief negotiator, Sverre Lunde, said in a written statement.',
    'The last agreement between the two countries lapsed at the end of December. Boats from both have since fished under quotas that each government set alone.',
    ['quote', 'The sea does not wait for the minutes of the last meeting.'],
    'A vessel of the Icelandic coast guard followed two Norwegian trawlers on Tuesday, officials in Reykjavík confirmed, but did not board them.',
    'Ms Vik said that she would report to parliament on Monday. “I shall tell them what was on the table, fish by fish,” she added.',
  ],
};

const SOURCES: Source[] = [
  NORTH,
  { title: 'Reykjavík publishes its mackerel figures', standfirst: 'The survey counts a third more fish in northern waters than a year ago.', outlet: 'Faxaflói Post', published: '2031-03-09', dyads: ['IS-NO'], unread: true, body: ['The institute published its yearly survey on Sunday.', '“The fish have moved, and the tables must move with them,” its director, Birna Steinsdal, said.'] },
  { title: 'Норвегия и Исландия вернутся к переговорам о квотах', standfirst: 'Стороны договорились обменяться данными до Пасхи.', outlet: 'Мурманский листок', language: 'ru', published: '2031-03-02', dyads: ['IS-NO'], body: ['Переговоры продолжатся весной, сообщили в делегациях.', '«Мы не спешим, но и не стоим на месте», — сказал представитель делегации Олег Ветров.'] },
  { title: 'A quota is not a border, says Oslo', standfirst: '', outlet: 'Office of the State Secretary for Fisheries, Coastal Affairs and Aquaculture of the Kingdom', published: '2031-02-27', dyads: ['IS-NO'], reliability: 'A', body: ['The state secretary spoke in Bodø on Thursday.'] },
  { title: 'Joint communiqué of the thirty-first session of the intergovernmental commission on trade, scientific and technical co-operation in northern waters', standfirst: 'Signed at Akureyri.', outlet: 'Joint Commission', published: '2031-02', dyads: ['IS-NO'], reliability: 'A', body: ['The commission met at Akureyri.'] },
  { title: '渔业谈判未定下一轮日期', standfirst: '双方代表团提前离开。', outlet: '北方评论', language: 'zh', published: '2031-01-22', unread: true, dyads: ['IS-NO'], body: ['双方表示将继续会谈。', '「我们会耐心寻找办法」，谈判代表林海平说。'] },
  { title: 'الوزيران يفترقان دون موعد جديد', standfirst: 'الوفدان يغادران قبل الموعد المحدد.', outlet: 'جريدة الشمال', language: 'ar', published: '2031-01-18', dyads: ['IS-NO'], body: ['انتهت المحادثات يوم الجمعة دون تحديد موعد للجولة القادمة.', '«سنواصل العمل بصبر»، قالت الوزيرة سلمى الهادي.'] },
  { title: 'What was agreed at Akureyri, clause by clause', outlet: '', published: '', body: ['Notes from the session.'] },
];

function articleOf(id: number, source: Source): Article {
  const parts: [BlockKind, string][] = [
    ['title', source.title],
    ...(source.standfirst ? ([['standfirst', source.standfirst]] as [BlockKind, string][]) : []),
    ...source.body.map((part): [BlockKind, string] => (typeof part === 'string' ? ['paragraph', part] : part)),
  ];
  const blocks: Block[] = [];
  let at = 0;
  for (const [kind, words] of parts) {
    blocks.push({ kind, start: at, end: at + codePoints(words) });
    at += codePoints(words) + 2;
  }
  const tag: Partial<Record<BlockKind, string>> = { title: 'h1', heading: 'h2', quote: 'blockquote' };
  const escape = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const capture = { method: 'pasted' as const, captured_at: '2031-03-14T16:20:00Z', url: null, file_name: null, media_type: 'text/plain', app_version: '0.1.0', policy_version: 1 };
  const sha = 'a3f1'.repeat(16);
  return {
    id,
    key: `${source.outlet.toLowerCase().replace(/[^a-z]+/g, '') || 'note'}-${source.published.replaceAll('-', '') || id}`,
    title: source.title,
    standfirst: source.standfirst || null,
    byline: null,
    outlet: source.outlet || null,
    reliability: source.reliability ?? 'F',
    published: source.published ? { on: source.published, inferred: source.inferred ?? false } : null,
    dateline: source.dateline ?? null,
    credit: source.credit ?? null,
    section: null,
    language: source.language ?? 'en',
    url: source.outlet ? 'https://ledger.example/fishing' : null,
    image: null,
    authors: [],
    published_at: null,
    modified: null,
    provenance: {},
    dyads: source.dyads ?? [],
    suggested_dyads: source.suggested ?? [],
    snapshot: {
      id,
      capture,
      sha256_raw: sha,
      sha256_text: sha,
      text: parts.map(([, words]) => words).join('\n\n'),
      blocks,
      html: parts.map(([kind, words]) => `<${tag[kind] ?? 'p'}>${escape(words)}</${tag[kind] ?? 'p'}>`).join('\n'),
      set_aside: source.aside ?? [],
    },
    snapshots: [{ id, capture, sha256_raw: sha, sha256_text: sha, standing: 'current', reason: null }],
    annotations: [],
    suggestions: [],
    origin_name: null,
    same_origin: [],
    deleted: false,
    unread: source.unread ?? false,
    tags: [],
  } as Article;
}

const RULE: OutletRule = { id: 1, host: 'ledger.example', rule: { type: 'furniture', shape: 'read also: herring quotas explained' }, article: 1, created_at: '2031-03-10T08:00:00Z' };

const NAMES: Record<string, string> = { NO: 'Norway', IS: 'Iceland', EU: 'European Union', GR: 'Greece', TR: 'Türkiye', JP: 'Japan', CN: 'China', DK: 'Denmark', FO: 'Faroe Islands', GB: 'United Kingdom' };

export class FixtureLibrary implements Host {
  articles: Article[];
  pairs: PairRow[] = [];
  collections: (Collection & { members: number[] })[] = [];
  settings: Record<string, unknown> = {};
  browsers: Browser[] = [{ id: 1, kind: 'clipper', label: 'Firefox on Linux', origin: 'moz-extension://a', paired_at: '2031-02-01T08:00:00Z', last_used_at: '2031-03-14T00:00:00Z' }];
  server: ClipServer = { running: true, port: 28410, problem: null };
  imports: Import[] = [];
  tags = new Map<string, Set<number>>([['Envelope', new Set([1])]]);
  searches: SavedSearch[] = [{ id: 1, name: 'Quota talks', query: 'pair:IS-NO quota' }];
  feeds: Feed[] = [
    { id: 1, url: 'https://ledger.example/feed.xml', title: 'The Northern Ledger', hours: 6, added_at: '2031-01-02T08:00:00Z', checked_at: '2031-03-14T16:20:00Z', problem: null },
    { id: 2, url: 'https://faxafloi.example/rss', title: 'Faxaflói Post', hours: null, added_at: '2031-01-02T08:00:00Z', checked_at: '2031-03-14T16:20:00Z', problem: 'faxafloi.example did not answer within 10 seconds; check again later.' },
  ];
  folders: WatchedFolder[] = [{ id: 1, path: '/home/analyst/Documents/Press review', since: '2031-01-02T08:00:00Z', clipped: 148, problem: null, failures: [{ path: 'scan_0412.pdf', reason: 'the PDF holds pictures of pages and no text; read it with OCR first' }] }];
  rules: OutletRule[] = [RULE, { ...RULE, id: 2, rule: { type: 'title_part', before: '', after: '| the northern ledger' } }];
  knowledge: Knowledge[] = [
    { id: 1, type: 'person', named: 'Lindqvist', name: 'Vera Lindqvist', role: 'Swedish trade minister', country: 'NO', learned_from: 'corrected', learned_at: '2031-03-01T08:00:00Z' },
    { id: 2, type: 'place', words: 'the Salt House', country: 'IS', learned_from: 'taught', learned_at: '2031-03-02T08:00:00Z' },
  ];
  reanalysis: Reanalysis = { state: 'idle', done: 0, total: 0, changed: 0, problem: null };
  /** Every call, in order. */
  calls: { name: string; request: unknown }[] = [];
  /** Answers these commands with a failure. */
  failing = new Map<string, Failure>();
  window: WindowControls | null = { minimise() {}, toggleMaximise() {}, close() {}, startDragging() {} };
  #listeners = new Set<(event: LibraryEvent) => void>();
  #deletedMarks: { article: Article; annotation: Annotation }[] = [];
  #closedSuggestions: { article: Article; suggestion: Suggestion; became?: Annotation }[] = [];
  #last = 100;

  constructor(kind: 'full' | 'empty' | 'many' = 'full') {
    this.articles = kind === 'empty' ? [] : SOURCES.map((source, at) => articleOf(at + 1, source));
    if (kind === 'many') {
      for (let at = 0; at < 5000; at++) {
        const day = new Date(Date.UTC(2030, 11, 30) - at * 6 * 3600_000).toISOString().slice(0, 10);
        this.articles.push(articleOf(1000 + at, { title: `Wire item ${at + 1} on quotas${at % 3 === 0 ? ', with a headline that runs on into its second line' : ''}`, standfirst: at % 2 ? 'A line beneath the headline says a little more about what stands below it.' : '', outlet: 'Polar Wire', published: day, body: ['One paragraph.'] }));
      }
    }
    if (kind === 'empty') return;
    const [first, second, third] = this.articles as [Article, Article, Article];
    // The first was captured twice, and two others print it.
    first.snapshots = [first.snapshots[0]!, { ...first.snapshots[0]!, id: 90, standing: 'earlier', capture: { ...first.snapshots[0]!.capture, captured_at: '2031-03-03T09:00:00Z' } }];
    first.provenance = { title: 'json-ld', published: 'guess', outlet: 'meta', dateline: 'text' };
    first.origin_name = 'Polar Wire';
    first.same_origin = [
      { row: this.#row(second, 1), relation: 'same_text', share: 0.96, by_person: false },
      { row: this.#row(third, 2), relation: 'quoting', share: 0.05, by_person: false },
    ];
    this.pairs = [
      { dyad: 'IS-NO', left: 'NO', right: 'IS', followed: true, articles: 7, statements: 4, tone: -0.8, tone_n: 4 },
      { dyad: 'GR-TR', left: 'GR', right: 'TR', followed: true, articles: 0, statements: 0, tone: 0.4, tone_n: 9 },
      { dyad: 'CN-JP', left: 'CN', right: 'JP', followed: true, articles: 0, statements: 0, tone: null, tone_n: 0 },
      { dyad: 'EU-NO', left: 'EU', right: 'NO', followed: false, articles: 1, statements: 0, tone: null, tone_n: 0 },
    ];
    this.collections = [
      { id: 1, name: 'Mackerel shares', articles: 2, members: [1, 2] },
      { id: 2, name: 'Coast guard', articles: 1, members: [1] },
    ];
    this.#mark('We came with an offer and we leave with it in the same envelope', { speaker: 'Halldóra Vik', role: 'Fisheries minister', country: 'IS', about: 'NO', stance: -2, credibility: 2 }, 'The envelope is her second this year. Compare November.', ['Envelope']);
    this.#mark('the two sides had understood each other better than in November', { speaker: 'Norwegian spokesman', country: 'NO', about: 'IS', mode: 'indirect', stance: 1, credibility: 3 }, 'No name given, so the claim rates lower than the article.');
    this.#mark('There is a way to agree on the numbers, and we shall look for it with patience', { speaker: 'Sverre Lunde', role: 'Chief negotiator', country: 'NO', about: 'IS', stance: 1, credibility: 2 }, '');
    this.#mark('followed two Norwegian trawlers on Tuesday', null, 'Which vessel? Ask the coast guard.', [], 'to_check');
    this.#suggest('Nobody on our side will call that progress', { named: 'Ms Vik', speaker: 'Halldóra Vik', role: 'Fisheries minister', country: 'IS' });
    this.#suggest('I shall tell them what was on the table, fish by fish', { named: 'Ms Vik', speaker: 'Halldóra Vik', role: 'Fisheries minister', country: 'IS' });
  }

  #find(words: string): Span {
    const { text } = this.articles[0]!.snapshot;
    const start = codePoints(text.slice(0, text.indexOf(words)));
    return { start, end: start + codePoints(words) };
  }

  #mark(words: string, statement: StatementDraft | null, note: string, tags: string[] = [], kind: Annotation['kind'] = 'quote') {
    this.#annotate(this.articles[0]!, [this.#find(words)], statement, note, tags, kind);
  }

  #suggest(words: string, said: { named: string; speaker: string; role: string; country: string }) {
    this.articles[0]!.suggestions.push({ id: ++this.#last, snapshot: 1, confidence: 0.9, type: 'statement', spans: [this.#find(words)], mode: 'direct', said_on: '2031-03-14', ...said } as Suggestion);
  }

  #annotate(article: Article, spans: Span[], statement: StatementDraft | null, note: string, tags: string[], kind: Annotation['kind']): Annotation {
    const id = ++this.#last;
    const exact = spans.map((span) => slice(article.snapshot.text, span)).join(' […] ');
    const annotation: Annotation = {
      id,
      article: article.id,
      snapshot: article.snapshot.id,
      targets: spans.map((position) => ({ quote: { exact: slice(article.snapshot.text, position), prefix: '', suffix: '' }, position, paragraph: null })),
      exact,
      state: 'anchored',
      kind,
      note,
      tags,
      statement: statement ? this.#statement(article, id, exact, note, statement) : null,
      links: [],
      created_at: '2031-03-15T08:00:00Z',
      changed_at: '2031-03-15T08:00:00Z',
    };
    article.annotations = [...article.annotations, annotation];
    return annotation;
  }

  #changed(article: Article, annotation: Annotation): Annotation {
    article.annotations = article.annotations.map((known) => (known.id === annotation.id ? annotation : known));
    return annotation;
  }

  #link(from: number, relation: LinkRelation, to: number, made: boolean): Annotation {
    const end = (id: number, other: number, outgoing: boolean) => {
      const { article, annotation } = this.#marked(id);
      const { article: far, annotation: { exact } } = this.#marked(other);
      const links = annotation.links.filter((link) => link.other !== other || link.relation !== relation || link.outgoing !== outgoing);
      return this.#changed(article, { ...annotation, links: made ? [...links, { relation, outgoing, other, article: far.id, title: far.title, exact }] : links });
    };
    end(to, from, false);
    return end(from, to, true);
  }

  #statement(article: Article, annotation: number, text: string, note: string, draft: StatementDraft): Statement {
    const { speaker = null, role = null, organisation = null, country = null, about = null, addressee = null, venue = null, said_on = null, mode, language = null, translation = null, translator = null, translation_status = null, issue = null, stance = null, credibility } = draft;
    return {
      id: annotation, key: `${(speaker ?? 'statement').split(' ').at(-1)!.toLowerCase()}-${text.split(' ').slice(0, 2).join('').toLowerCase()}`, annotation, article: article.id, article_key: article.key, article_title: article.title, outlet: article.outlet, reliability: article.reliability, published: article.published?.on ?? null, text,
      speaker, role, organisation, country, about, addressee, venue, said_on, mode: mode ?? 'direct', language, translation, translator, translation_status, issue, stance, credibility: credibility ?? 6, note, origin: article.id, state: 'anchored',
    };
  }

  /** Those of the articles, or as many as a test asked for. */
  get statements(): Statement[] {
    return this.register ?? this.articles.flatMap(({ annotations }) => annotations.flatMap(({ statement }) => statement ?? []));
  }
  register: Statement[] | null = null;
  people: (Person & { into: number | null })[] = [
    { id: 1, name: 'Halldóra Vik', spellings: [], country: 'IS', statements: 3, first_on: '2031-01-18', last_on: '2031-03-14', into: null, offices: [{ id: null, role: 'Fisheries minister', organisation: null, country: 'IS', from: '2031-01-18', until: '2031-03-14' }] },
    { id: 2, name: 'Sverre Lunde', spellings: [], country: 'NO', statements: 2, first_on: '2031-03-14', last_on: '2031-03-14', into: null, offices: [] },
    { id: 4, name: 'Vik', spellings: [], country: 'IS', statements: 1, first_on: null, last_on: null, into: null, offices: [] },
  ];
  sources: SourceRecord[] = [
    { id: 1, name: 'The Northern Ledger', names: [], kind: 'newspaper', country: 'NO', language: 'en', affiliation: null, affiliation_note: '', affiliation_from: '', url: null, note: '', reliability: 'B', gradings: [{ reliability: 'B', reason: 'corrects itself', set_at: '2031-01-02T08:00:00Z' }], articles: 12, origins: 9, statements: 7 },
    { id: 2, name: 'Faxaflói Post', names: [], kind: 'outlet', country: null, language: 'is', affiliation: null, affiliation_note: '', affiliation_from: '', url: null, note: '', reliability: 'F', gradings: [], articles: 3, origins: 3, statements: 0 },
  ];

  #order({ query, speaker, group, stances }: ListStatements) {
    const rows = this.statements.filter((row) => (!query || `${row.text} ${row.speaker}`.toLowerCase().includes(query.toLowerCase())) && (!speaker || row.speaker === speaker) && (!stances?.length || stances.includes(row.stance)));
    if (group !== 'speaker') return { ids: rows.map(({ id }) => id), groups: [] };
    const by = new Map<string | null, number[]>();
    for (const { id, speaker } of rows) by.set(speaker, [...(by.get(speaker) ?? []), id]);
    return { ids: [...by.values()].flat(), groups: [...by].map(([name, ids]) => ({ name, statements: ids.length })) };
  }

  #row(article: Article, at: number): ArticleRow {
    const voices = new Map<string, number>();
    for (const { statement } of article.annotations) if (statement?.country) voices.set(statement.country, (voices.get(statement.country) ?? 0) + 1);
    const body = article.snapshot.blocks.find(({ kind }) => kind === 'paragraph');
    return {
      id: article.id, key: article.key, title: article.title, snippet: article.standfirst ?? (body ? slice(article.snapshot.text, body) : ''), outlet: article.outlet, credit: article.credit, reliability: article.reliability, published: article.published, clipped_at: '2031-03-14T16:20:00Z', language: article.language, dyads: article.dyads, confirmed_dyads: article.dyads.length, voices: [...voices], annotations: article.annotations.length, statements: article.annotations.filter(({ statement }) => statement).length, unread: article.unread, origin: article.id, origin_size: SOURCES[at]?.origin ?? 1,
    };
  }

  #listed({ view, pair, collection, tag, query, sort }: Commands['list_articles']['request']): Article[] {
    const members = this.collections.find(({ id }) => id === collection)?.members;
    const tagged = tag ? [...this.tags.values()][tag - 1] : undefined;
    const words = (query ?? '').replace(/\w+:\S+/g, '').trim().toLowerCase();
    const used = (article: Article) => article.annotations.some(({ statement }) => statement);
    const staged = (article: Article) => view === 'all' || view === 'bin' || (view === 'inbox' ? article.unread : view === 'used' ? used(article) : !article.unread && !used(article));
    const found = this.articles.filter(
      (article) => article.deleted === (view === 'bin') && staged(article) && (!pair || article.dyads.includes(pair)) && (!members || members.includes(article.id)) && (!tagged || tagged.has(article.id)) && article.snapshot.text.toLowerCase().includes(words),
    );
    if (sort === 'title') found.sort((a, b) => a.title.localeCompare(b.title));
    return found;
  }

  #change(ids: number[], changes: (article: Article) => boolean, change: (article: Article) => void): number[] {
    const found = ids.map((id) => this.#article(id)).filter(changes);
    found.forEach(change);
    return found.map(({ id }) => id);
  }

  #article(id: number): Article {
    const article = this.articles.find((known) => known.id === id);
    if (!article) throw new Failure('not_found', `There is no article ${id}; it may have been deleted elsewhere.`);
    return article;
  }

  #marked(id: number): { article: Article; annotation: Annotation } {
    for (const article of this.articles) {
      const annotation = article.annotations.find((known) => known.id === id);
      if (annotation) return { article, annotation };
    }
    throw new Failure('not_found', `There is no annotation ${id}.`);
  }

  #suggested(id: number): { article: Article; suggestion: Suggestion } {
    for (const article of this.articles) {
      const suggestion = article.suggestions.find((known) => known.id === id);
      if (suggestion) return { article, suggestion };
    }
    throw new Failure('not_found', `There is no suggestion ${id}.`);
  }

  #close(id: number) {
    const found: { article: Article; suggestion: Suggestion; became?: Annotation } = this.#suggested(id);
    this.#closedSuggestions.push(found);
    found.article.suggestions = found.article.suggestions.filter((known) => known.id !== id);
    return found;
  }

  #handlers: { [C in keyof Commands]?: (request: Commands[C]['request']) => Commands[C]['response'] } = {
    library_status: () => this.status(),
    make_exercise: () => {
      const full = new FixtureLibrary();
      this.articles = full.articles;
      this.pairs = full.pairs;
      this.collections = full.collections;
      return { ...this.status(), exercise: true };
    },
    check_library: () => ({ snapshots: this.articles.length, log_entries: 12, faults: [] }),
    list_actors: () => Object.entries(NAMES).map(([code, name]) => ({ code, name, kind: code === 'EU' ? 'organisation' : 'country' })),
    list_pairs: () => this.pairs,
    list_collections: () => this.collections.map(({ id, name, members }) => ({ id, name, articles: members.length })),
    list_briefings: () => (this.articles.length ? [{ id: 1, title: 'Fish by fish', dyad: 'IS-NO', changed_at: '2031-03-15T08:00:00Z', editions: 0 }] : []),
    list_articles: (request) => {
      const found = this.#listed(request);
      return { total: found.length, rows: found.slice(request.offset, request.offset + (request.limit || 200)).map((article) => this.#row(article, this.articles.indexOf(article))) };
    },
    list_article_ids: (request) => this.#listed(request).map(({ id }) => id),
    set_unread_all: ({ ids, unread }) => this.#change(ids, (article) => article.unread !== unread, (article) => (article.unread = unread)),
    delete_articles: ({ ids }) => (this.#change(ids, () => true, (article) => (article.deleted = true)), {}),
    restore_articles: ({ ids }) => (this.#change(ids, () => true, (article) => (article.deleted = false)), {}),
    empty_bin: ({ ids }) => {
      const gone = this.articles.filter(({ id, deleted }) => deleted && (ids.length === 0 || ids.includes(id))).map(({ id }) => id);
      this.articles = this.articles.filter(({ id }) => !gone.includes(id));
      return gone;
    },
    tag_articles: ({ ids, add = [], remove = [] }) => {
      for (const name of add) if (!this.tags.has(name)) this.tags.set(name, new Set());
      const change = (id: number) => [...add.map((name) => !this.tags.get(name)!.has(id) && this.tags.get(name)!.add(id)), ...remove.map((name) => this.tags.get(name)?.delete(id))].some(Boolean);
      return ids.filter(change);
    },
    list_tags: () => [...this.tags].map(([name, articles], at) => ({ id: at + 1, name, articles: articles.size, annotations: 0 })),
    list_saved_searches: () => this.searches,
    save_search: ({ name, query }) => {
      const made = { id: ++this.#last, name, query };
      this.searches = [...this.searches, made];
      return made;
    },
    delete_saved_search: ({ id }) => ((this.searches = this.searches.filter((known) => known.id !== id)), {}),
    complete_query: ({ query, cursor }) => {
      const start = query.lastIndexOf(' ', cursor - 1) + 1;
      return ['speaker:', 'source:', 'since:'].filter((text) => text.startsWith(query.slice(start))).map((text) => ({ text, span: { start, end: cursor }, label: 'a filter' }));
    },
    find_passage: ({ query, article }) => {
      const { text } = this.#article(article).snapshot;
      const at = text.toLowerCase().indexOf(query.replace(/\w+:\S+/g, '').trim().toLowerCase());
      return at < 0 ? null : { start: codePoints(text.slice(0, at)), end: codePoints(text.slice(0, at)) + query.trim().length };
    },
    read_article: ({ id }) => structuredClone(this.#article(id)),
    set_unread: ({ id, unread }) => ((this.#article(id).unread = unread), {}),
    edit_article: ({ id, title, published, reliability }) => {
      const article = this.#article(id);
      if (title) article.title = title;
      if (published) article.published = { on: published, inferred: false };
      if (reliability) article.reliability = reliability;
      return structuredClone(article);
    },
    delete_article: ({ id }) => ((this.#article(id).deleted = true), {}),
    restore_article: ({ id }) => ((this.#article(id).deleted = false), {}),
    confirm_dyad: ({ id, dyad }) => {
      const article = this.#article(id);
      article.suggested_dyads = article.suggested_dyads.filter((known) => known !== dyad);
      article.dyads = [...new Set([...article.dyads, dyad])];
      return structuredClone(article);
    },
    reopen_dyad: ({ id, dyad }) => {
      const article = this.#article(id);
      article.dyads = article.dyads.filter((known) => known !== dyad);
      article.suggested_dyads = [...new Set([...article.suggested_dyads, dyad])];
      return structuredClone(article);
    },
    remove_dyad: ({ id, dyad }) => {
      const article = this.#article(id);
      article.dyads = article.dyads.filter((known) => known !== dyad);
      article.suggested_dyads = article.suggested_dyads.filter((known) => known !== dyad);
      return structuredClone(article);
    },
    annotate: ({ article, spans, kind, note, tags, statement }) => this.#annotate(this.#article(Number(article)), spans ?? [], statement ?? null, note ?? '', tags ?? [], kind ?? 'quote'),
    edit_annotation: ({ id, kind, note, tags, statement }) => {
      const { article, annotation } = this.#marked(id);
      Object.assign(annotation, { kind: kind ?? annotation.kind, note: note ?? annotation.note, tags: tags ?? annotation.tags });
      if (statement) annotation.statement = this.#statement(article, id, annotation.exact, annotation.note, statement);
      return annotation;
    },
    delete_annotation: ({ id }) => {
      const found = this.#marked(id);
      this.#deletedMarks.push(found);
      found.article.annotations = found.article.annotations.filter((known) => known.id !== id);
      return {};
    },
    restore_annotation: ({ id }) => {
      const { article, annotation } = this.#deletedMarks.find((known) => known.annotation.id === id)!;
      article.annotations = [...article.annotations, annotation];
      return annotation;
    },
    place_annotation: ({ id, passage, span }) => {
      const { article, annotation } = this.#marked(id);
      const targets = annotation.targets.map((target, at) => (at === passage && span ? { ...target, position: span } : target));
      const state = span ? (slice(article.snapshot.text, span) === annotation.targets[passage]!.quote.exact ? 'anchored' : 'placed') : 'needs_review';
      return this.#changed(article, { ...annotation, targets, state });
    },
    list_unplaced: () =>
      this.articles.flatMap(({ title, annotations }) =>
        annotations.filter(({ state }) => state === 'needs_review' || state === 'missing').map(({ id, article, kind, state, exact }) => ({ id, article, title, kind, state, exact })),
      ),
    link_annotations: ({ annotation, relation, other }) => this.#link(annotation, relation, other, true),
    unlink_annotations: ({ annotation, relation, other }) => this.#link(annotation, relation, other, false),
    render_notes: ({ notes }) => notes.map((note) => `<p>${note.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')}</p>`),
    accept_suggestion: ({ id, statement, note, tags }) => {
      const closed = this.#close(id);
      const { article, suggestion } = closed;
      if (suggestion.type !== 'statement') return null;
      return (closed.became = this.#annotate(article, suggestion.spans, statement ?? { speaker: suggestion.speaker, role: suggestion.role, country: suggestion.country, mode: suggestion.mode, said_on: suggestion.said_on }, note ?? '', tags ?? [], 'quote'));
    },
    reject_suggestion: ({ id }) => (this.#close(id), {}),
    reopen_suggestion: ({ id }) => {
      const { article, suggestion, became } = this.#closedSuggestions.findLast((known) => known.suggestion.id === id)!;
      article.annotations = article.annotations.filter((known) => known.id !== became?.id);
      article.suggestions = [...article.suggestions, suggestion];
      return {};
    },
    list_speakers: ({ prefix }) =>
      [
        { id: 1, name: 'Halldóra Vik', role: 'Fisheries minister', organisation: null, country: 'IS', statements: 3 },
        { id: 2, name: 'Sverre Lunde', role: 'Chief negotiator', organisation: null, country: 'NO', statements: 2 },
        { id: 3, name: 'Birna Steinsdal', role: 'Director of the survey', organisation: null, country: 'IS', statements: 1 },
      ].filter(({ name }) => name.toLowerCase().includes(prefix.toLowerCase())),
    role_on: () => null,
    order_statements: (filter) => this.#order(filter),
    read_statements: ({ ids }) => {
      const known = new Map(this.statements.map((row) => [row.id, row]));
      return ids.flatMap((id) => known.get(id) ?? []);
    },
    edit_statements: ({ changes }) => {
      const back = changes.map(({ id, field }) => {
        const value = this.statements.find((row) => row.id === id)![field];
        return { id, field, value: value === null ? null : String(value) };
      });
      for (const { id, field, value } of changes) Object.assign(this.statements.find((row) => row.id === id)!, { [field]: field === 'stance' && value ? Number(value) : (value ?? null) });
      return back.reverse();
    },
    list_issues: () => [...new Set(this.statements.flatMap(({ issue }) => issue ?? []))].map((issue) => ({ issue, statements: 1 })),
    export_statements: ({ path, filter }) => ({ path, bytes: 4096, statements: this.#order(filter).ids.length }),
    list_people: () => ({ people: this.people.filter(({ into }) => into === null).map(({ into: _, ...person }) => ({ ...person, spellings: this.people.filter((other) => other.into === person.id).map(({ id, name }) => ({ id, name })) })), likely_same: this.people.some(({ id, into }) => id === 4 && into === null) ? [{ keep: 1, merge: 4, why: 'surname' }] : [] }),
    merge_speakers: ({ merge, keep }) => ((this.people.find(({ id }) => id === merge)!.into = keep), this.tell({ what: 'annotations', id: null }), {}),
    split_speaker: ({ id }) => ((this.people.find((person) => person.id === id)!.into = null), this.tell({ what: 'annotations', id: null }), {}),
    rename_speaker: ({ id, name }) => {
      const person = this.people.find((one) => one.id === id)!;
      const before = person.name;
      person.name = name;
      return { id, name: before };
    },
    set_office: ({ speaker, office }) => {
      const person = this.people.find(({ id }) => id === speaker)!;
      const id = ++this.#last;
      person.offices = [{ ...office, id }, ...person.offices];
      return { id };
    },
    list_sources: () => ({ sources: this.sources, likely_same: [] }),
    edit_source: ({ id, edit }) => {
      const source = this.sources.find((one) => one.id === id)!;
      const back = Object.fromEntries(Object.keys(edit).map((name) => [name, (source as unknown as Record<string, unknown>)[name] ?? '']));
      Object.assign(source, edit, edit.affiliation === '' ? { affiliation: null } : {});
      return { id, edit: back };
    },
    grade_source: ({ id, reliability, reason }) => {
      const source = this.sources.find((one) => one.id === id)!;
      source.gradings = [{ reliability, reason, set_at: '2031-03-16T08:00:00Z' }, ...source.gradings];
      source.reliability = reliability;
      return {};
    },
    list_statements: ({ query, offset = 0, limit }) => {
      const rows = this.articles.flatMap(({ annotations }) => annotations.flatMap(({ statement }) => statement ?? [])).filter(({ text, speaker }) => !query || `${text} ${speaker}`.toLowerCase().includes(query.toLowerCase()));
      return { total: rows.length, rows: rows.slice(offset, offset + (limit || rows.length)) };
    },
    follow_pair: ({ left, right }) => {
      const dyad = [left, right].sort().join('-');
      this.pairs = [...this.pairs.filter((pair) => pair.dyad !== dyad), { dyad, left, right, followed: true, articles: 0, statements: 0, tone: null, tone_n: 0 }];
      return {};
    },
    unfollow_pair: ({ dyad }) => ((this.pairs = this.pairs.filter((pair) => pair.dyad !== dyad)), {}),
    create_collection: ({ name }) => {
      const made = { id: ++this.#last, name, articles: 0, members: [] };
      this.collections.push(made);
      return made;
    },
    rename_collection: ({ id, name }) => ((this.collections.find((known) => known.id === id)!.name = name), {}),
    delete_collection: ({ id }) => ((this.collections = this.collections.filter((known) => known.id !== id)), {}),
    add_to_collection: ({ collection, articles }) => (this.collections.find(({ id }) => id === collection)!.members.push(...articles), articles),
    remove_from_collection: ({ collection, articles }) => {
      const found = this.collections.find(({ id }) => id === collection)!;
      found.members = found.members.filter((id) => !articles.includes(id));
      return articles;
    },
    clip: ({ source }) => {
      if (source.type === 'url') return this.#fetch(source);
      const text = source.type === 'text' ? source.text : source.type === 'html' ? source.html.replace(/<[^>]*>/g, '') : source.type === 'file' ? source.path : source.html;
      if (text.includes('\0')) throw new Failure('bad_input', 'clip: this is not text; save the page as HTML or copy its words.');
      const title = text.trim().split('\n')[0]!;
      const hashes = { sha256_raw: 'a3f1'.repeat(16), sha256_text: 'a3f1'.repeat(16) };
      const known = this.articles.find((article) => article.title === title);
      if (known) return { ...hashes, id: known.id, key: known.key, title, state: 'unchanged', held_back: null, restored: false, origin: null, pair: null };
      const article = articleOf(++this.#last, { title, outlet: '', published: '', unread: true, body: text.trim().split('\n').slice(1).filter(Boolean) });
      this.articles.unshift(article);
      return { ...hashes, id: article.id, key: article.key, title, state: 'new', held_back: null, restored: false, origin: 'Polar Wire', pair: 'IS-NO' };
    },
    search: ({ query, limit, grouped }) => {
      const words = query.replace(/\w+:\S+/g, '').replace('*', '').trim().toLowerCase();
      const snippet = (text: string) => {
        const at = text.toLowerCase().indexOf(words);
        return [{ text: text.slice(0, at), hit: false }, { text: text.slice(at, at + words.length), hit: true }, { text: text.slice(at + words.length, at + 90), hit: false }];
      };
      const hits = this.articles.flatMap((article) => {
        const about = { annotation: null, article: article.id, title: article.title, outlet: article.outlet, published: article.published?.on ?? null };
        const text = article.snapshot.text;
        return [
          ...(text.toLowerCase().includes(words) ? [{ kind: 'article' as const, id: article.id, key: article.key, snippet: snippet(text), ...about }] : []),
          ...article.annotations.flatMap(({ statement, note, id }) => [
            ...(statement && statement.text.toLowerCase().includes(words) ? [{ kind: 'statement' as const, id: statement.id, key: statement.key, snippet: snippet(statement.text), ...about, annotation: id }] : []),
            ...(note.toLowerCase().includes(words) && note ? [{ kind: 'note' as const, id, key: article.key, snippet: snippet(note), ...about, annotation: id }] : []),
          ]),
        ];
      });
      const kinds = ['article', 'statement', 'note'] as const;
      const of = (kind: string) => hits.filter((hit) => hit.kind === kind);
      return {
        total: hits.length,
        capped: false,
        hits: grouped ? kinds.flatMap((kind) => of(kind).slice(0, limit)) : hits.slice(0, limit || 20),
        counts: kinds.map((kind) => ({ kind, total: of(kind).length, capped: false })).filter(({ total }) => total > 0),
        problems: query.includes('since:soon') ? [{ span: { start: 0, end: 10 }, text: '“soon” is no date: write 2022, 2022-11 or 2022-11-18.' }] : [],
        suggestion: hits.length === 0 && words === 'envelpe' ? 'envelope' : null,
        ranked_since: null,
      };
    },
    compare_snapshots: () => ({
      changes: [
        { kind: 'same', text: 'Ministers part without a date for fishing talks\n\nFirst paragraph.\n\nSecond paragraph.\n\nThird paragraph.\n\n“We came with an offer and we leave with it in the ', older: { start: 0, end: 10 }, newer: { start: 0, end: 10 } },
        { kind: 'removed', text: 'same ', older: { start: 10, end: 15 }, newer: null },
        { kind: 'added', text: 'very same ', older: null, newer: { start: 10, end: 20 } },
        { kind: 'same', text: 'envelope,” Iceland’s fisheries minister told reporters.', older: { start: 15, end: 30 }, newer: { start: 20, end: 35 } },
      ],
      annotations: this.articles[0]!.annotations.slice(0, 1).map(({ id, exact }) => ({ annotation: id, exact, older: 'anchored', newer: 'missing', wording: 'present 3 Mar; absent 14 Mar' })),
    }),
    make_current: ({ id }) => {
      const article = this.articles.find(({ snapshots }) => snapshots.some((known) => known.id === id))!;
      article.snapshots = article.snapshots.map((known) => ({ ...known, standing: known.id === id ? 'current' : known.standing === 'current' ? 'earlier' : known.standing, reason: known.id === id ? null : known.reason }));
      article.snapshot = { ...article.snapshot, id };
      return structuredClone(article);
    },
    correct_article: ({ article: id, correction, keep_as_rule }) => {
      const article = this.#article(id);
      const before = article.snapshot.id;
      const { text, blocks } = article.snapshot;
      const words = correction.type === 'furniture' || correction.type === 'title' ? slice(text, blocks[correction.block]!) : '';
      const rule = keep_as_rule ? { ...RULE, id: ++this.#last } : null;
      article.snapshot = { ...article.snapshot, id: ++this.#last, set_aside: [...article.snapshot.set_aside, words] };
      article.snapshots = [{ ...article.snapshots[0]!, id: article.snapshot.id }, ...article.snapshots.map((known) => ({ ...known, standing: 'earlier' as const }))];
      if (rule) this.rules = [...this.rules, rule];
      return { article: structuredClone(article), rule, before };
    },
    split_origin: ({ id }) => ((this.#article(id).same_origin = []), structuredClone(this.#article(id))),
    join_origin: ({ article, with: other }) => {
      const known = this.#article(article);
      known.same_origin = [{ row: this.#row(this.#article(other), other - 1), relation: 'derived', share: 0.4, by_person: true }];
      return structuredClone(known);
    },
    list_browsers: () => this.browsers,
    clip_server: () => this.server,
    open_pairing: () => ({ code: '04711147', expires_at: new Date(Date.now() + 120_000).toISOString(), port: this.server.port }),
    revoke_browser: ({ id }) => ((this.browsers = this.browsers.filter((known) => known.id !== id)), {}),
    pair_single_file: () => ({ address: 'http://127.0.0.1:28410/v1/singlefile', token: '9c2e'.repeat(16), file_field: 'page', url_field: 'url', expires_at: new Date(Date.now() + 600_000).toISOString() }),
    list_feeds: () => this.feeds,
    add_feed: ({ url }) => {
      const feed: Feed = { id: ++this.#last, url, title: url, hours: null, added_at: '2031-03-15T08:00:00Z', checked_at: null, problem: null };
      this.feeds = [...this.feeds, feed];
      return feed;
    },
    remove_feed: ({ id }) => ((this.feeds = this.feeds.filter((known) => known.id !== id)), {}),
    schedule_feed: ({ id, hours }) => {
      const feed = Object.assign(this.feeds.find((known) => known.id === id)!, { hours: hours ?? null });
      return feed;
    },
    check_feeds: () => this.#handlers.start_import!({ paths: ['Feeds'], format: 'feeds' }),
    list_watched_folders: () => this.folders,
    watch_folder: ({ path }) => {
      const folder: WatchedFolder = { id: ++this.#last, path, since: '2031-03-15T08:00:00Z', clipped: 0, problem: null, failures: [] };
      this.folders = [...this.folders, folder];
      return folder;
    },
    unwatch_folder: ({ id }) => ((this.folders = this.folders.filter((known) => known.id !== id)), {}),
    list_outlet_rules: () => this.rules,
    delete_outlet_rule: ({ id }) => ((this.rules = this.rules.filter((known) => known.id !== id)), {}),
    restore_outlet_rule: ({ id }) => {
      this.rules = [...this.rules, { ...RULE, id }];
      return { ...RULE, id };
    },
    export_article: ({ path }) => ({ path, bytes: 1 }),
    list_knowledge: () => this.knowledge,
    teach: ({ lesson }) => {
      const learned: Knowledge = { id: ++this.#last, learned_from: 'taught', learned_at: '2031-03-15T08:00:00Z', ...lesson };
      const words = (one: Lesson) => (one.type === 'person' ? one.named : one.words);
      this.knowledge = [learned, ...this.knowledge.filter((former) => words(former) !== words(lesson))];
      return learned;
    },
    forget_knowledge: ({ id }) => ((this.knowledge = this.knowledge.filter((known) => known.id !== id)), {}),
    restore_knowledge: ({ id }) => {
      const back: Knowledge = { id, type: 'place', words: 'the Salt House', country: 'IS', learned_from: 'taught', learned_at: '2031-03-02T08:00:00Z' };
      this.knowledge = [back, ...this.knowledge];
      return back;
    },
    analyse_again: () => (this.reanalysis = { state: 'running', done: 1, total: 4, changed: 0, problem: null }),
    read_reanalysis: () => this.reanalysis,
    cancel_reanalysis: () => (this.reanalysis = { ...this.reanalysis, state: 'cancelled' }),
    list_imports: () => this.imports,
    read_import: ({ id }) => this.imports.find((known) => known.id === id)!,
    start_import: ({ paths, format }) => {
      const one: Import = { id: ++this.#last, name: paths[0]!.split('/').at(-1)!, format: format ?? 'files', state: 'running', started_at: '2031-03-15T08:00:00Z', ended_at: null, total: null, done: 0, counts: { new: 0, new_snapshots: 0, unchanged: 0, records_only: 0, failed: 0, annotations: 0, annotations_missing: 0 }, failures: [] };
      this.imports.push(one);
      return one;
    },
    cancel_import: ({ id }) => this.#import(id, { state: 'cancelled' }),
    undo_import: ({ id }) => this.#import(id, { state: 'undone' }),
    read_settings: () => this.settings,
    back_up: ({ path }) => (this.settings['last_backup'] = { path, bytes: 4096, at: '2031-03-15T08:00:00Z' }) as BackedUp,
    write_setting: ({ name, value }) => ((this.settings[name] = value), {}),
  };

  /** What a fetch of an address comes to, by its host. */
  #fetch({ url, allow_host }: Extract<ClipSource, { type: 'url' }>): Clipped {
    const { hostname } = new URL(url);
    if (hostname === 'localhost' && !allow_host) throw new Failure('private_address', 'fetching: this address is private.');
    if (hostname.startsWith('script.')) throw new Failure('needs_script', 'fetching: the page is empty without its scripts.');
    if (hostname.startsWith('gone.')) throw new Failure('network', 'fetching gone.example: no such host; check the address.');
    const [article] = this.articles as [Article];
    return { sha256_raw: 'a3f1'.repeat(16), sha256_text: 'a3f1'.repeat(16), id: article.id, key: article.key, title: article.title, state: hostname.startsWith('held.') ? 'held back' : 'new', held_back: hostname.startsWith('held.') ? 'paywalled' : null, restored: false, origin: 'Polar Wire', pair: 'IS-NO' };
  }

  /** Has one import behind it, one that goes on, and one that failed. */
  haveImported() {
    const none = { new: 0, new_snapshots: 0, unchanged: 0, records_only: 0, failed: 0, annotations: 0, annotations_missing: 0 };
    this.imports = [
      { id: 1, name: 'Nexis 2031-02-11.docx', format: 'nexis', state: 'done', started_at: '2031-02-11T09:12:00Z', ended_at: '2031-02-11T09:12:09Z', total: 120, done: 120, counts: { ...none, new: 104, unchanged: 13, failed: 3 }, failures: [{ item: 'Document 17', reason: 'it has no text' }, { item: 'Document 44', reason: 'its date reads “0 March 2031”, which is none' }, { item: 'Ministers leave the table, but not the room, as talks on the shares of a fish that moves enter their second day', reason: 'it is longer than 20 MB' }] },
      { id: 2, name: 'bookmarks.html', format: 'bookmarks', state: 'undone', started_at: '2031-03-01T10:00:00Z', ended_at: '2031-03-01T10:00:02Z', total: 88, done: 88, counts: { ...none, new: 88, records_only: 88 }, failures: [] },
      { id: 3, name: 'My library.rdf', format: 'zotero_rdf', state: 'running', started_at: '2031-03-15T08:00:00Z', ended_at: null, total: 1048, done: 412, counts: { ...none, new: 371, new_snapshots: 4, unchanged: 35, records_only: 120, annotations: 233, failed: 2 }, failures: [{ item: 'Record 208', reason: 'it has no title and no address' }, { item: 'Fish by fish', reason: 'the attached file storage/QX7/talks.pdf is not there' }] },
    ];
    this.tell({ what: 'imports', id: null });
  }

  /** Keeps a capture of the first article back. */
  hold() {
    const [article] = this.articles as [Article];
    article.snapshots = [{ ...article.snapshots[0]!, id: 95, standing: 'held_back', reason: 'paywalled' }, ...article.snapshots];
  }

  #import(id: number, part: Partial<Import>): Import {
    const one = Object.assign(this.imports.find((known) => known.id === id)!, part);
    this.tell({ what: 'imports', id });
    return one;
  }

  status(): LibraryStatus {
    const here = this.articles.filter(({ deleted }) => !deleted);
    return {
      path: '/home/analyst/Documents/Bilat/northern-desk.bilat', name: 'Northern desk', articles: here.length, unread: here.filter(({ unread }) => unread).length, statements: here.reduce((sum, { annotations }) => sum + annotations.filter(({ statement }) => statement).length, 0), briefings: 0, exercise: false, read_only: false, version: '0.1.0',
    };
  }

  async call<C extends keyof Commands>(name: C, request: Commands[C]['request']): Promise<Commands[C]['response']> {
    this.calls.push({ name, request });
    const failure = this.failing.get(name);
    if (failure) throw failure;
    const handler = this.#handlers[name];
    if (!handler) throw new Failure('bad_request', `The fixture does not know ${name}.`);
    return structuredClone((handler as (request: unknown) => Commands[C]['response'])(JSON.parse(JSON.stringify(request))));
  }

  /** What was asked of one command. */
  asked<C extends keyof Commands>(name: C): Commands[C]['request'][] {
    return this.calls.filter((call) => call.name === name).map(({ request }) => request as Commands[C]['request']);
  }

  onEvent(listen: (event: LibraryEvent) => void) {
    this.#listeners.add(listen);
    return () => this.#listeners.delete(listen);
  }

  tell(event: LibraryEvent) {
    this.#listeners.forEach((listen) => listen(event));
  }

  #links = new Set<(link: string) => void>();
  onLink(listen: (link: string) => void) {
    this.#links.add(listen);
    return () => this.#links.delete(listen);
  }
  /** Hands a link over, as another start of the program does. */
  link(link: string) {
    this.#links.forEach((listen) => listen(link));
  }

  #drops = new Set<(drop: { over: boolean; paths: string[] }) => void>();
  onDrop(listen: (drop: { over: boolean; paths: string[] }) => void) {
    this.#drops.add(listen);
    return () => this.#drops.delete(listen);
  }
  /** Drops files on the window. */
  drop(...paths: string[]) {
    this.#drops.forEach((listen) => listen({ over: false, paths }));
  }

  pickFile = () => Promise.resolve(null);
  /** What the pickers of files answer. */
  picks: string[] = [];
  pickFiles = () => Promise.resolve(this.picks);
  pickFolder = (): Promise<string | null> => Promise.resolve(null);
  /** What a person picks in the next dialogue that asks where to save. */
  saveAs: string | null = null;
  pickSavePath = () => Promise.resolve(this.saveAs);
  /** The pages whose scripts were run. */
  rendered: PageToRender[] = [];
  clipRendered = (page: PageToRender) => {
    this.rendered.push(page);
    return this.call('clip', { source: { type: 'url', url: page.url.replace('script.', '') } });
  };
  /** The addresses that were opened in a browser. */
  opened: string[] = [];
  openLink = (url: string) => Promise.resolve(void this.opened.push(url));
  ready = () => Promise.resolve(null);
}
