import type { Episode, EpisodeFilter, Origin } from '@troupe/contracts';
import type { EpisodicLog, Stretch } from './episodic-log.ts';

type Opening = Promise<EpisodicLog>;

/**
 * A log that is opened anew when its server was lost. A driver that looks for the server may lose its own look, and then
 * never finds it again: seen with mongodb 7.9, one time in four when connections broke while they were in use.
 */
export class ReopenedLog implements EpisodicLog {
  readonly #open: () => Opening;
  readonly #isLost: (error: unknown) => boolean;
  #log: Opening;

  private constructor(first: EpisodicLog, open: () => Opening, isLost: (error: unknown) => boolean) {
    this.#log = Promise.resolve(first);
    this.#open = open;
    this.#isLost = isLost;
  }

  /** Rejects as `open` does, when there is no server to begin with. `isLost` tells that the server cannot be found. */
  static async over(open: () => Opening, isLost: (error: unknown) => boolean): Promise<ReopenedLog> {
    return new ReopenedLog(await open(), open, isLost);
  }

  record(stretch: Stretch): Promise<number> {
    return this.#ask((log) => log.record(stretch));
  }

  find(filter: EpisodeFilter): Promise<Episode[]> {
    return this.#ask((log) => log.find(filter));
  }

  byIds(ids: readonly string[]): Promise<Episode[]> {
    return this.#ask((log) => log.byIds(ids));
  }

  firstOf(correlationId: string, origin: Origin, through: number): Promise<Episode | undefined> {
    return this.#ask((log) => log.firstOf(correlationId, origin, through));
  }

  timeline(correlationId: string): Promise<Episode[]> {
    return this.#ask((log) => log.timeline(correlationId));
  }

  lastSequence(): Promise<number> {
    return this.#ask((log) => log.lastSequence());
  }

  adopt(realm: string): Promise<boolean> {
    return this.#ask((log) => log.adopt(realm));
  }

  clear(): Promise<void> {
    return this.#ask((log) => log.clear());
  }

  async close(): Promise<void> {
    await closeOf(this.#log);
  }

  async #ask<Answer>(ask: (log: EpisodicLog) => Promise<Answer>): Promise<Answer> {
    const asked = this.#log;
    try {
      return await ask(await asked);
    } catch (error) {
      if (this.#log === asked && this.#isLost(error)) this.#reopen(asked);
      throw error;
    }
  }

  /** The next question waits for it, and tries once more when it did not succeed. */
  #reopen(lost: Opening): void {
    this.#log = this.#open();
    this.#log.catch(() => undefined);
    void closeOf(lost);
  }
}

/** One that could not be opened needs no closing. */
async function closeOf(opening: Opening): Promise<void> {
  await opening.then((log) => log.close()).catch(() => undefined);
}
