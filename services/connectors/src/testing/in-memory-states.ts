import type { States, StateStore } from '@troupe/messaging';

/** A stand-in for the broker's state buckets, with their compare-and-set. */
export class InMemoryStates implements Pick<States, 'open'> {
  readonly entries = new Map<string, { readonly json: string; readonly revision: number }>();

  open<State>(): Promise<StateStore<State>> {
    return Promise.resolve({
      get: (key) => Promise.resolve(this.#read<State>(key)),
      create: (key, state) => Promise.resolve(this.#write(key, state, undefined)),
      update: (key, state, revision) => Promise.resolve(this.#write(key, state, revision)),
      keys: () => Promise.reject(new Error('not part of this stand-in')),
      delete: (key) => Promise.resolve(void this.entries.delete(key)),
      clear: () => Promise.resolve(this.entries.clear()),
    });
  }

  #read<State>(key: string): { state: State; revision: number } | undefined {
    const entry = this.entries.get(key);
    return entry && { state: JSON.parse(entry.json) as State, revision: entry.revision };
  }

  #write(key: string, state: unknown, expected: number | undefined): boolean {
    const current = this.entries.get(key)?.revision;
    if (current !== expected) return false;
    this.entries.set(key, { json: JSON.stringify(state), revision: (current ?? 0) + 1 });
    return true;
  }
}
