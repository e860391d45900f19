import { setTimeout as sleep } from 'node:timers/promises';
import { RebuildApprovals, RebuildMemory, type ReplyOf } from '@troupe/contracts';
import { failureOf, RetryableError, type Queries } from '@troupe/messaging';
import type { FollowerStatus } from '../projection/inbox-follower.ts';

/** What has become of one store so far; `ok` and `detail` are about its end once it is `done`. */
export interface RebuiltStore {
  readonly name: string;
  readonly done: boolean;
  readonly ok: boolean;
  readonly detail: string;
}

/** How far a rebuild is. */
export interface RebuildReport {
  /** The stream sequence the inbox has reached. */
  readonly sequence: number;
  /** How many messages the inbox still has to read, as far as is known. */
  readonly pending: number | null;
  /** Nothing runs any more, and the inbox holds everything. */
  readonly complete: boolean;
  readonly stores: readonly RebuiltStore[];
}

export interface RebuildParts {
  readonly queries: Pick<Queries, 'ask'>;
  readonly inbox: { rebuild(): Promise<void>; status(): FollowerStatus };
}

const RUNNING = { done: false, ok: true, detail: 'being rebuilt' } as const;

/**
 * Has every store written again from the stream (I6), the inbox and those of other services side by side, and knows how
 * far that is. It takes as long as it takes: who asks is told where things stand. A service that is away is named; the
 * others go on.
 */
export class StoreRebuild {
  readonly #parts: RebuildParts;
  readonly #stores = new Map<string, RebuiltStore>();
  #running: Promise<unknown> | undefined;

  constructor(parts: RebuildParts) {
    this.#parts = parts;
  }

  /** Begins a rebuild, or joins the one that runs. */
  start(): void {
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
  }

  /** Where it stands once it has ended, or after `patienceMs`. */
  async report(patienceMs: number): Promise<RebuildReport> {
    const patience = new AbortController();
    await Promise.race([this.#running, sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
    patience.abort();
    const { sequence, pending, caughtUp } = this.#parts.inbox.status();
    return { sequence, pending: pending ?? null, complete: this.#running === undefined && caughtUp, stores: [...this.#stores.values()] };
  }

  async #run(): Promise<void> {
    this.#stores.clear();
    const { inbox, queries } = this.#parts;
    await Promise.all([
      this.#store('memory', () => askMemory(queries)),
      this.#store('policy', async () => sentenceOf(await queries.ask(RebuildApprovals, {}))),
      this.#store('inbox', async () => (await inbox.rebuild(), `rebuilt up to ${inbox.status().sequence}`)),
    ]);
  }

  async #store(name: string, rebuild: () => Promise<string>): Promise<void> {
    this.#stores.set(name, { name, ...RUNNING });
    try {
      this.#stores.set(name, { name, done: true, ok: true, detail: await rebuild() });
    } catch (error) {
      const { message, hint } = failureOf(error);
      this.#stores.set(name, { name, done: true, ok: false, detail: `${message} ${hint}` });
    }
  }
}

/** A question ends when its time is up, the rebuild does not: asking again waits for the same one. */
async function askMemory(queries: Pick<Queries, 'ask'>): Promise<string> {
  for (;;) {
    const askedMs = performance.now();
    try {
      return sentenceOf(await queries.ask(RebuildMemory, {}));
    } catch (error) {
      if (performance.now() - askedMs < RebuildMemory.timeoutMs) throw error;
    }
  }
}

function sentenceOf(reply: ReplyOf<typeof RebuildMemory> | ReplyOf<typeof RebuildApprovals>): string {
  if (reply.kind === 'failed') throw new RetryableError(reply.failure.message, reply.failure);
  return `rebuilt up to ${reply.throughSequence}`;
}
