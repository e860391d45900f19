import type { PlacedEvent } from './folded-event.ts';

/** The most a batch holds: some 50 ms of folding, so that questions get their turn between two batches. */
export const MAX_BATCH = 200;
/** The longest an event waits for others: the rest of the stream may be no events of ours. */
export const MAX_WAIT_MS = 50;
/** At the end of the stream, the longest an event waits that nobody waits for: nobody sees it, and a transaction costs more than an event. */
export const LINGER_MS = 20;
const RETRY_MS = 500;

interface BatchParts {
  /** Stores neighbouring events, all or none. */
  readonly store: (events: readonly PlacedEvent[]) => void;
  /** Whether somebody may be waiting for just this event; asked of each in turn. */
  readonly isAwaited: (event: PlacedEvent) => boolean;
  /** Told when the events that waited too long could not be stored; they are tried again with the next. */
  readonly onLateFailure: (error: unknown) => void;
}

/**
 * Collects events while more are waiting behind them, and stores them together; at the end of the stream, at once with the
 * first that somebody may be waiting for, else after a moment. What is collected is lost with the process: the store's position tells where to read on. When storing fails, the
 * events stay: the reader comes back with the last of them, and may do so as often as it likes.
 */
export class EventBatch {
  readonly #parts: BatchParts;
  #waiting: PlacedEvent[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: BatchParts) {
    this.#parts = parts;
  }

  /** Takes an event of which `pending` more lie behind it. Throws what the store throws. True when it was stored at once. */
  add(placed: PlacedEvent, pending: number): boolean {
    if (placed.sequence > (this.#waiting.at(-1)?.sequence ?? 0)) this.#waiting.push(placed);
    const isAwaited = this.#parts.isAwaited(placed);
    const mayWait = pending > 0 || !isAwaited;
    if (mayWait && this.#waiting.length < MAX_BATCH) {
      this.#timer ??= setTimeout(() => this.#flushLate(), pending > 0 ? MAX_WAIT_MS : LINGER_MS);
      return false;
    }
    this.flush();
    return true;
  }

  /** Stores what waits; throws what the store throws, and keeps what was not stored then. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    try {
      this.#parts.store(this.#waiting);
      this.#waiting = [];
    } catch {
      this.#storeSingly();
    }
  }

  /** Forgets what waits: it is read again from the stream. */
  discard(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }

  /** So that an event which cannot be stored holds up those behind it only. */
  #storeSingly(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      this.#parts.store([first]);
      this.#waiting.shift();
    }
  }

  #flushLate(): void {
    try {
      this.flush();
    } catch (error) {
      this.#parts.onLateFailure(error);
      this.#timer = setTimeout(() => this.#flushLate(), RETRY_MS);
    }
  }
}
