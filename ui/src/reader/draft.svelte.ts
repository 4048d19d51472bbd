/** A mark being made or changed: the fields of the form, and what becomes of them. */
import { sidesOf, type Ordered } from '../host/actors.svelte';
import type { Actor, Annotation, AnnotationKind, Article, Credibility, Mode, Reliability, Snapshot, Span, Stance, StatementDraft, Suggestion } from '../host/schema';
import { shortDate, toEdtf } from '../texts';
import { codePoints, slice } from './positions';

type SuggestedStatement = Extract<Suggestion, { type: 'statement' }>;

export interface Origin {
  annotation?: Annotation;
  suggestion?: SuggestedStatement;
}

export class Draft {
  spans = $state.raw<Span[]>([]);
  kind = $state<AnnotationKind>('quote');
  speaker = $state('');
  role = $state('');
  country = $state<Actor | null>(null);
  about = $state<Actor | null>(null);
  stance = $state<Stance | null>(null);
  saidOn = $state('');
  mode = $state<Mode>('direct');
  credibility = $state<Credibility>(6);
  reliability = $state<Reliability>('F');
  note = $state('');
  tags = $state<string[]>([]);
  readonly origin: Origin;
  /** The snapshot whose words `spans` count, and those words. */
  #snapshot: Snapshot;
  /** What the form said when it was opened. */
  readonly #blank: string;
  readonly #pair: Ordered | null;
  /** What the form has no field for, and must not lose. */
  readonly #rest: StatementDraft = {};

  constructor(article: Article, pair: Ordered | null, spans: Span[], origin: Origin = {}, kind: AnnotationKind = 'quote') {
    this.spans = spans;
    this.origin = origin;
    this.kind = kind;
    this.#pair = pair ?? pairOf(article);
    this.reliability = article.reliability;
    this.#snapshot = article.snapshot;
    const { annotation, suggestion } = origin;
    if (annotation) {
      this.kind = annotation.kind;
      this.note = annotation.note;
      this.tags = [...annotation.tags];
    }
    const known = annotation?.statement ?? suggestion;
    if (known) {
      this.speaker = known.speaker ?? ('named' in known ? known.named : null) ?? '';
      this.role = known.role ?? '';
      this.country = known.country;
      this.saidOn = known.said_on ? shortDate(known.said_on) : '';
      this.mode = known.mode;
    }
    if (annotation?.statement) {
      const { stance, credibility, about, organisation, addressee, venue, language, translation, translator, translation_status, issue } = annotation.statement;
      this.#rest = { organisation, addressee, venue, language, translation, translator, translation_status, issue };
      this.stance = stance;
      this.credibility = credibility;
      this.about = about;
    } else if (this.country) this.speaksFor(this.country);
    this.#blank = this.#said();
  }

  /** Whether somebody wrote or chose something that would be lost. */
  get touched(): boolean {
    return this.#said() !== this.#blank;
  }

  #said(): string {
    return JSON.stringify([this.kind, this.speaker, this.role, this.country, this.about, this.stance, this.saidOn, this.mode, this.credibility, this.reliability, this.note, this.tags]);
  }

  /** Finds the same words in another snapshot of the article; answers whether they stand there, once. */
  moveTo(snapshot: Snapshot): boolean {
    if (snapshot.id === this.#snapshot.id) return true;
    const moved = this.spans.map((span): Span | null => {
      const words = slice(this.#snapshot.text, span);
      const at = snapshot.text.indexOf(words);
      if (at < 0 || snapshot.text.indexOf(words, at + 1) >= 0) return null;
      const start = codePoints(snapshot.text.slice(0, at));
      return { start, end: start + codePoints(words) };
    });
    if (moved.some((span) => span === null)) return false;
    this.spans = moved.filter((span) => span !== null);
    this.#snapshot = snapshot;
    return true;
  }

  /** Sets the side spoken for; the other side of the pair is spoken about unless somebody said otherwise. */
  speaksFor(country: Actor | null) {
    const other = this.#otherThan(this.country);
    this.country = country;
    if (this.about === null || this.about === other || this.about === country) this.about = this.#otherThan(country);
  }

  get isStatement(): boolean {
    return this.kind === 'quote';
  }

  get badDate(): boolean {
    return this.saidOn.trim() !== '' && this.#date() === null;
  }

  /** The attribution as the library takes it. */
  statement(): StatementDraft | undefined {
    if (!this.isStatement) return undefined;
    const words = (text: string) => text.trim() || null;
    return {
      ...this.#rest,
      speaker: words(this.speaker),
      role: words(this.role),
      country: this.country,
      about: this.about,
      stance: this.stance,
      said_on: this.#date(),
      mode: this.mode,
      credibility: this.credibility,
    };
  }

  addTag(tag: string) {
    const name = tag.trim().replace(/^#/, '');
    if (name !== '' && !this.tags.includes(name)) this.tags = [...this.tags, name];
  }

  #date(): string | null {
    return toEdtf(this.saidOn) ?? this.#unwritten();
  }

  /** A date kept in a form that nobody types, such as `about Nov 2022`, stays what it was. */
  #unwritten(): string | null {
    const kept = this.origin.annotation?.statement?.said_on ?? this.origin.suggestion?.said_on;
    return kept && shortDate(kept) === this.saidOn.trim() ? kept : null;
  }

  #otherThan(country: Actor | null): Actor | null {
    if (!this.#pair || !country) return null;
    if (country === this.#pair.left) return this.#pair.right;
    return country === this.#pair.right ? this.#pair.left : null;
  }
}

/** The pair an article is read under when none is chosen: the first confirmed, else the likeliest. */
export function pairOf(article: Article): Ordered | null {
  const dyad = article.dyads[0] ?? article.suggested_dyads[0];
  return dyad ? sidesOf(dyad) : null;
}
