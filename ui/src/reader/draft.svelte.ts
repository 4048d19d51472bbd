/** A mark being made or changed: the fields of the form, and what becomes of them. */
import { sidesOf, type Ordered } from '../host/actors.svelte';
import type { Actor, Annotation, AnnotationKind, Article, Credibility, Mode, Reliability, Span, Stance, StatementDraft, Suggestion } from '../host/schema';
import { shortDate, toEdtf } from '../texts';

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
  readonly #pair: Ordered | null;
  /** What the form has no field for, and must not lose. */
  readonly #rest: StatementDraft = {};

  constructor(article: Article, pair: Ordered | null, spans: Span[], origin: Origin = {}, kind: AnnotationKind = 'quote') {
    this.spans = spans;
    this.origin = origin;
    this.kind = kind;
    this.#pair = pair ?? pairOf(article);
    this.reliability = article.reliability;
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
