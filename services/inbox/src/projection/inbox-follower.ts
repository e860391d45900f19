import { setTimeout as sleep } from 'node:timers/promises';
import type { Envelope } from '@troupe/contracts';
import type { EventTail } from '@troupe/messaging';
import type { CardStore } from './card-store.ts';
import type { InboxChanges } from './inbox-changes.ts';

/** The tail may end in messages that are no events of ours: quiet for this long counts as the end. */
const QUIET_MS = 2_000;
const POLL_MS = 20;

interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface FollowerParts {
  readonly store: CardStore;
  readonly tail: Pick<EventTail, 'follow' | 'lastSequence'>;
  readonly changes: InboxChanges;
  readonly now: () => number;
  readonly log: Log;
}

/** Keeps the projection at the end of the stream, and rebuilds it from the beginning on demand (I6). */
export class InboxFollower {
  readonly #parts: FollowerParts;
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #atEnd = false;
  #pending: number | undefined;
  #lastFoldedMs = 0;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#atEnd = false;
    this.#lastFoldedMs = this.#parts.now();
    this.#running = this.#follow(this.#stopping.signal);
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Empties the projection, folds the whole stream again and resolves once that is done, or after `timeoutMs`. */
  async rebuild(timeoutMs: number): Promise<{ sequence: number; complete: boolean }> {
    await this.stop();
    this.#parts.store.clear();
    this.start();
    const complete = await this.#reached(timeoutMs);
    this.#parts.changes.noticeRebuilt();
    return { sequence: this.#parts.store.position(), complete };
  }

  /** Whether everything that was on the stream is in the projection, and how many events are missing as far as is known. */
  status(): { caughtUp: boolean; sequence: number; pending: number | undefined } {
    const quiet = this.#parts.store.position() > 0 && this.#parts.now() - this.#lastFoldedMs > QUIET_MS;
    return { caughtUp: this.#atEnd || quiet, sequence: this.#parts.store.position(), pending: this.#pending };
  }

  async #reached(timeoutMs: number): Promise<boolean> {
    const untilMs = this.#parts.now() + timeoutMs;
    while (!this.status().caughtUp && this.#parts.now() < untilMs) await sleep(POLL_MS);
    return this.status().caughtUp;
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { store, tail, log } = this.#parts;
    await this.#compareWithStream(signal);
    log.info({ from: store.position() + 1 }, 'following the stream');
    await tail.follow({
      fromSequence: store.position() + 1,
      signal,
      onEvent: async (event, at) => this.#fold(event, at.sequence, at.pending),
    });
  }

  #fold(event: Envelope, sequence: number, pending: number): void {
    const change = this.#parts.store.apply(event, sequence);
    this.#pending = pending;
    this.#lastFoldedMs = this.#parts.now();
    if (pending === 0) this.#atEnd = true;
    if (change) this.#parts.changes.noticeFolded({ event, change });
  }

  /** A file that is ahead of the stream was folded from another one: it is thrown away. */
  async #compareWithStream(signal: AbortSignal): Promise<void> {
    const { store, log } = this.#parts;
    const last = await this.#lastSequence(signal);
    if (last === undefined) return;
    if (store.position() > last) {
      log.warn({ position: store.position(), last }, 'the projection is ahead of the stream; folding it anew');
      store.clear();
    }
    if (store.position() === last) this.#atEnd = true;
  }

  async #lastSequence(signal: AbortSignal): Promise<number | undefined> {
    while (!signal.aborted) {
      try {
        return await this.#parts.tail.lastSequence();
      } catch (error) {
        this.#parts.log.warn({ error: String(error) }, 'the stream cannot be asked yet');
        await sleep(500);
      }
    }
    return undefined;
  }
}
