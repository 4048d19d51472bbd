/**
 * Asks about a text that keeps changing: one question at a time, and only the answer to the newest one counts.
 *
 * A question waits until nothing was typed for a moment. While one is out no second goes; what was asked meanwhile
 * goes when it is back, and the answer that it made stale is dropped.
 */
export class Latest<Q, A> {
  #wanted: { question: Q } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #out = false;
  #stopped = false;

  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly take: (answer: A, question: Q) => void,
    private readonly fail: (thrown: unknown) => void,
    /** How long nothing must be asked before the question goes out, in milliseconds. */
    private readonly wait: number,
  ) {}

  /** Asks when typing rests. */
  want(question: Q) {
    this.#wanted = { question };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), this.wait);
  }

  /** Asks at once, or as soon as the question that is out is back. */
  now(question: Q) {
    this.#wanted = { question };
    this.#go();
  }

  /** Nothing is asked any more, and no answer taken. */
  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #go() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#out || this.#stopped || !this.#wanted) return;
    const { question } = this.#wanted;
    this.#wanted = null;
    this.#out = true;
    this.ask(question)
      .then(
        (answer) => this.#current() && this.take(answer, question),
        (thrown: unknown) => this.#current() && this.fail(thrown),
      )
      .finally(() => {
        this.#out = false;
        if (this.#wanted && this.#timer === undefined) this.#go();
      });
  }

  #current() {
    return this.#wanted === null && !this.#stopped;
  }
}
