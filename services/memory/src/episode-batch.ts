import { setImmediate as turn } from 'node:timers/promises';
import type { StoredEpisode, Stretch } from '@troupe/episodic-log';

interface Waiting {
  readonly episode: StoredEpisode;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Stores what comes together, together. Episodes that arrive in one turn of the event loop, or while others are being stored, are
 * put in the order of the stream; each run without a gap in it is one stretch, because a stretch vouches for all that lies in it.
 */
export class EpisodeBatch {
  readonly #store: (stretch: Stretch) => Promise<void>;
  #waiting: Waiting[] = [];
  #busy = false;

  /** `store` puts a stretch into the log, and whatever the log lacks before it. */
  constructor(store: (stretch: Stretch) => Promise<void>) {
    this.#store = store;
  }

  /** Resolves once the episode is stored, no earlier; rejects with what the store said. */
  add(episode: StoredEpisode): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ episode, resolve, reject });
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#waiting.length > 0) {
      await turn();
      for (const run of runsOf(this.#waiting.splice(0))) await this.#storeRun(run);
    }
    this.#busy = false;
  }

  /** One that cannot be stored holds up those behind it only. */
  async #storeRun(run: readonly Waiting[]): Promise<void> {
    if (await this.#isStored(run, () => undefined)) return;
    for (const [index, one] of run.entries()) {
      const rejectRest = (error: unknown): void => run.slice(index).forEach(({ reject }) => reject(error));
      if (!(await this.#isStored([one], rejectRest))) return;
    }
  }

  async #isStored(run: readonly Waiting[], onFailure: (error: unknown) => void): Promise<boolean> {
    try {
      await this.#store(stretchOf(run.map(({ episode }) => episode)));
    } catch (error) {
      onFailure(error);
      return false;
    }
    for (const { resolve } of run) resolve();
    return true;
  }
}

/** In the order of the stream, cut where something lies between. */
function runsOf(waiting: readonly Waiting[]): Waiting[][] {
  const runs: Waiting[][] = [];
  for (const one of [...waiting].sort((a, b) => a.episode.sequence - b.episode.sequence)) {
    const run = runs.at(-1);
    const last = run?.at(-1)?.episode.sequence;
    if (run && last !== undefined && one.episode.sequence <= last + 1) run.push(one);
    else runs.push([one]);
  }
  return runs;
}

function stretchOf(episodes: readonly StoredEpisode[]): Stretch {
  return { after: (episodes[0]?.sequence ?? 1) - 1, through: episodes.at(-1)?.sequence ?? 0, episodes };
}
