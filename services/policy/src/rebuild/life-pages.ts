import { joinLives, NOTHING_YET, type ActionLife } from '@troupe/contracts';
import type { ApprovalStore } from '../action-decisions.ts';

/** How many histories a rebuild keeps in memory; the rest is in the store already. */
export const HOT_LIVES = 4_000;
/** How many are written at a time. */
const WRITES_AT_ONCE = 64;

/**
 * The histories that a rebuild folds. Those that were not touched for longest are written to the store, and read again when
 * an event of theirs comes after all: memory stays the same however many actions there are, but for their keys.
 */
export class LifePages {
  readonly #store: ApprovalStore;
  readonly #beganAt: number;
  readonly #limit: number;
  readonly #hot = new Map<string, ActionLife>();
  readonly #written = new Set<string>();

  /** `beganAt`: a revision of the store; what was written later is of decisions that go on, and is kept. */
  constructor(store: ApprovalStore, beganAt: number, limit = HOT_LIVES) {
    this.#store = store;
    this.#beganAt = beganAt;
    this.#limit = limit;
  }

  /** How many actions there were. */
  get count(): number {
    let both = 0;
    for (const key of this.#hot.keys()) both += Number(this.#written.has(key));
    return this.#hot.size + this.#written.size - both;
  }

  has(key: string): boolean {
    return this.#hot.has(key) || this.#written.has(key);
  }

  async get(key: string): Promise<ActionLife> {
    const hot = this.#hot.get(key);
    if (hot || !this.#written.has(key)) return hot ?? NOTHING_YET;
    return (await this.#store.get(key))?.state.state ?? NOTHING_YET;
  }

  async set(key: string, life: ActionLife): Promise<void> {
    this.#hot.delete(key);
    this.#hot.set(key, life);
    if (this.#hot.size > this.#limit) await this.#writeOldest(this.#limit / 2);
  }

  /** Writes what is still in memory. */
  async flush(): Promise<void> {
    await this.#writeOldest(this.#hot.size);
  }

  async #writeOldest(count: number): Promise<void> {
    const oldest = [...this.#hot].slice(0, count);
    for (let from = 0; from < oldest.length; from += WRITES_AT_ONCE) {
      await Promise.all(oldest.slice(from, from + WRITES_AT_ONCE).map(([key, life]) => this.#write(key, life)));
    }
    for (const [key] of oldest) {
      this.#hot.delete(key);
      this.#written.add(key);
    }
  }

  /** The outbox stays: an event that comes again, because what it led to was not said, has the same said of it. */
  async #write(key: string, life: ActionLife): Promise<void> {
    const current = await this.#store.get(key);
    const isNewer = current !== undefined && current.revision > this.#beganAt;
    const next = { state: isNewer ? joinLives(current.state.state, life) : life, outbox: current?.state.outbox ?? [] };
    const written = current ? await this.#store.update(key, next, current.revision) : await this.#store.create(key, next);
    if (written === undefined) await this.#write(key, life);
  }
}
