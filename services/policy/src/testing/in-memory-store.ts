import type { StateStore } from '@troupe/messaging';

/** A state bucket in memory, with the compare-and-set of the real one; `writes` are counted. */
export class InMemoryStore<State> implements StateStore<State> {
  readonly #entries = new Map<string, { text: string; revision: number }>();
  #revision = 0;
  writes = 0;

  get(key: string) {
    const entry = this.#entries.get(key);
    return Promise.resolve(entry && { state: JSON.parse(entry.text) as State, revision: entry.revision });
  }

  create(key: string, state: State): Promise<number | undefined> {
    return Promise.resolve(this.#entries.has(key) ? undefined : this.#put(key, state));
  }

  update(key: string, state: State, revision: number): Promise<number | undefined> {
    return Promise.resolve(this.#entries.get(key)?.revision === revision ? this.#put(key, state) : undefined);
  }

  keys(): Promise<AsyncIterable<string>> {
    const keys = [...this.#entries.keys()];
    return Promise.resolve((async function* () { yield* keys; })());
  }

  delete(key: string): Promise<void> {
    this.#entries.delete(key);
    return Promise.resolve();
  }

  clear(): Promise<void> {
    this.#entries.clear();
    return Promise.resolve();
  }

  #put(key: string, state: State): number {
    this.#revision += 1;
    this.writes += 1;
    this.#entries.set(key, { text: JSON.stringify(state), revision: this.#revision });
    return this.#revision;
  }
}
