/** A clock that stands still until a test moves it. Pass `clock.now` where code takes `now: () => number`. */
export class FakeClock {
  #nowMs: number;

  /** Starts at the given instant, in milliseconds since 1970; 1 January 2026 unless told otherwise. */
  constructor(startMs = Date.UTC(2026, 0, 1)) {
    this.#nowMs = startMs;
  }

  /** Milliseconds since 1970. Bound, so that it can be handed over without its clock. */
  readonly now = (): number => this.#nowMs;

  /** Moves the time forward. */
  advance(ms: number): void {
    if (ms < 0) throw new Error(`A clock does not go back: advance(${ms})`);
    this.#nowMs += ms;
  }
}
