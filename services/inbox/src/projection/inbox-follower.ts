import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { EventTail, KeptHistory } from '@troupe/messaging';
import { AwaitedAnswers } from './awaited-answers.ts';
import type { CardStore } from './card-store.ts';
import { EventBatch } from './event-batch.ts';
import type { PlacedEvent } from './folded-event.ts';
import type { InboxChanges } from './inbox-changes.ts';

/** The tail may end in messages that are no events of ours: after so long a silence it is looked whether any event is left. */
const QUIET_MS = 2_000;
const POLL_MS = 20;
/** How often a long way to the end is spoken of in the log. */
const PROGRESS_MS = 5_000;

interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface FollowerParts {
  readonly store: Pick<CardStore, 'position' | 'realm' | 'applyAll' | 'clear'>;
  readonly tail: Pick<EventTail, 'follow' | 'read' | 'history'>;
  readonly changes: InboxChanges;
  readonly now: () => number;
  readonly log: Log;
}

/** How far the projection is. `pending` is how many messages lie ahead, as far as is known. */
export interface FollowerStatus {
  readonly caughtUp: boolean;
  readonly rebuilding: boolean;
  readonly sequence: number;
  readonly pending: number | undefined;
}

/** Keeps the projection at the end of the stream, and rebuilds it from the beginning on demand (I6). */
export class InboxFollower {
  readonly #parts: FollowerParts;
  #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #rebuild: Promise<void> | undefined;
  #atEnd = false;
  /** The last event that was read, and how many messages lay behind it then. */
  #seen: { readonly sequence: number; readonly pending: number } | undefined;
  #lastFoldedMs = 0;
  #lastSaidMs = 0;

  constructor(parts: FollowerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#stopping = new AbortController();
    this.#atEnd = false;
    this.#seen = undefined;
    this.#lastFoldedMs = this.#lastSaidMs = this.#parts.now();
    this.#running = this.#follow(this.#stopping.signal);
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /**
   * Empties the projection and folds the whole stream again; resolves once it is at the end, however long that takes. Whoever
   * asks meanwhile waits for the same rebuild. Rejects when the service stops on the way.
   */
  rebuild(): Promise<void> {
    this.#rebuild ??= this.#rebuildNow().finally(() => (this.#rebuild = undefined));
    return this.#rebuild;
  }

  /** Whether everything that was on the stream is in the projection, and how far it is. */
  status(): FollowerStatus {
    const [caughtUp, rebuilding] = [this.#atEnd, this.#rebuild !== undefined];
    return { caughtUp, rebuilding, sequence: this.#parts.store.position(), pending: this.#seen?.pending };
  }

  async #rebuildNow(): Promise<void> {
    await this.stop();
    this.#parts.store.clear();
    this.start();
    const { signal } = this.#stopping;
    while (!this.status().caughtUp && !signal.aborted) await sleep(POLL_MS);
    if (signal.aborted) throw new Error('The service stopped while it rebuilt: it goes on when it starts again.');
    this.#parts.changes.noticeRebuilt();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#compareWithStream(signal);
      await this.#followHistory(signal);
    }
  }

  /** Until the service stops, or the stream begins another history. */
  async #followHistory(signal: AbortSignal): Promise<void> {
    const { store, tail, log } = this.#parts;
    log.info({ from: store.position() + 1 }, 'following the stream');
    const ended = new AbortController();
    void this.#lookForTheEnd(AbortSignal.any([signal, ended.signal]));
    const awaited = new AwaitedAnswers();
    const batch = new EventBatch({
      store: (events) => this.#fold(events),
      isAwaited: ({ event }) => awaited.includes(event),
      onLateFailure: (error) => log.warn({ error: String(error) }, 'events could not be stored yet'),
    });
    await tail.follow({
      fromSequence: store.position() + 1,
      realm: store.realm(),
      signal,
      onEvent: async (event, { sequence, pending }) => {
        this.#seen = { sequence, pending };
        const stored = batch.add({ event, sequence }, pending);
        if (stored && pending > 0) await turn();
      },
    });
    ended.abort();
    batch.discard();
  }

  #fold(events: readonly PlacedEvent[]): void {
    const folded = this.#parts.store.applyAll(events);
    this.#lastFoldedMs = this.#parts.now();
    if (this.#seen?.pending === 0 && events.at(-1)?.sequence === this.#seen.sequence) this.#atEnd = true;
    this.#sayProgress();
    for (const one of folded) this.#parts.changes.noticeFolded(one);
  }

  #sayProgress(): void {
    const { store, log, now } = this.#parts;
    if (this.#atEnd || now() - this.#lastSaidMs < PROGRESS_MS) return;
    this.#lastSaidMs = now();
    log.info({ sequence: store.position(), pending: this.#seen?.pending }, 'reading the stream');
  }

  async #lookForTheEnd(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.#atEnd) {
      await sleep(POLL_MS);
      if (this.#parts.now() - this.#lastFoldedMs < QUIET_MS) continue;
      const isEnd = await this.#isNothingLeft(signal).catch(() => false);
      if (isEnd && !signal.aborted) this.#atEnd = true;
      this.#lastFoldedMs = this.#parts.now();
    }
  }

  /** Reads on to the end of the stream and stops at the first event. */
  async #isNothingLeft(signal: AbortSignal): Promise<boolean> {
    const { store, tail } = this.#parts;
    const [position, { lastSequence: last }] = [store.position(), await tail.history()];
    if (position < last) await tail.read({ fromSequence: position + 1, throughSequence: last, signal, onEvent: refuse });
    return true;
  }

  /** A file that was folded from another history, or from an end that the stream has lost, is thrown away. */
  async #compareWithStream(signal: AbortSignal): Promise<void> {
    const { store, log, changes } = this.#parts;
    const history = await this.#history(signal);
    if (history === undefined) return;
    const [position, { realm, lastSequence: last }] = [store.position(), history];
    const isOther = store.realm() !== realm;
    if (isOther || position > last) {
      if (position > 0) log.warn({ position, last, was: store.realm(), realm }, `the projection is ${isOther ? 'of another history than' : 'ahead of'} the stream; folding it anew`);
      store.clear(realm);
      this.#atEnd = false;
      changes.noticeRebuilt();
    }
    if (store.position() === last) this.#atEnd = true;
  }

  async #history(signal: AbortSignal): Promise<KeptHistory | undefined> {
    while (!signal.aborted) {
      try {
        return await this.#parts.tail.history();
      } catch (error) {
        this.#parts.log.warn({ error: String(error) }, 'the stream cannot be asked yet');
        await sleep(500);
      }
    }
    return undefined;
  }
}

async function refuse(): Promise<never> {
  throw new Error('There is an event.');
}
