/** A gate and a broker whose clocks differ by more than this do not agree on when an authorisation was stored. */
const BELIEVABLE_MS = 1_000;
/** Windows remembered at a time; the oldest go first, and begin anew should their message come back. */
const REMEMBERED = 50_000;

interface FirstSight {
  /** On this process's monotonic clock, which nobody sets. */
  readonly atMs: number;
  /** How long the authorisation had been stored by then. */
  readonly behindMs: number;
}

/** What of an authorisation tells how long its hold window is, and since when it runs. */
export interface HeldAuthorization {
  readonly eventId: string;
  readonly holdMs: number;
  /** By the broker's clock, in milliseconds since 1970. */
  readonly storedAtMs: number;
}

/**
 * How much of each hold window is left. A window is a duration, counted from when the broker stored the authorisation, and
 * the owner's chance to undo must not depend on clocks that agree: it is counted on the monotonic clock from when this
 * process first saw the authorisation, which is never too early, and what had passed by then is taken off only as far as
 * it is believable: up to a second. After a longer absence of the gate, or on a clock that is off, the window starts anew.
 */
export class HoldWindows {
  readonly #seen = new Map<string, FirstSight>();

  constructor(private readonly monotonicMs: () => number = () => performance.now()) {}

  /** Milliseconds left, 0 when the window is over or there is none. `nowMs` is the wall clock's. */
  leftMs({ eventId, holdMs, storedAtMs }: HeldAuthorization, nowMs: number): number {
    if (holdMs === 0) return 0;
    const first = this.#seen.get(eventId) ?? this.#remember(eventId, nowMs - storedAtMs);
    return Math.max(0, Math.ceil(holdMs - first.behindMs - (this.monotonicMs() - first.atMs)));
  }

  /** The message will not come back. */
  forget(eventId: string): void {
    this.#seen.delete(eventId);
  }

  #remember(eventId: string, lagMs: number): FirstSight {
    const [oldest] = this.#seen.size >= REMEMBERED ? this.#seen.keys() : [];
    if (oldest !== undefined) this.#seen.delete(oldest);
    const sight = { atMs: this.monotonicMs(), behindMs: lagMs > 0 && lagMs <= BELIEVABLE_MS ? lagMs : 0 };
    this.#seen.set(eventId, sight);
    return sight;
  }
}
