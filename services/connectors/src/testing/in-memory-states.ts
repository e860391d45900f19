import { RetryableError, type States, type StateStore } from '@troupe/messaging';

/** A stand-in for the broker's state buckets, with their compare-and-set. */
export class InMemoryStates implements Pick<States, 'open'> {
  #failures = 0;
  readonly entries = new Map<string, { readonly json: string; readonly revision: number }>();

  open<State>(): Promise<StateStore<State>> {
    return Promise.resolve({
      get: async (key) => this.#read<State>(key),
      create: async (key, state) => this.#write(key, state, undefined),
      update: async (key, state, revision) => this.#write(key, state, revision),
      keys: () => Promise.reject(new Error('not part of this stand-in')),
      delete: (key) => Promise.resolve(void this.entries.delete(key)),
      clear: () => Promise.resolve(this.entries.clear()),
    });
  }

  /** The next so many calls find the store away. */
  failNext(calls: number): void {
    this.#failures = calls;
  }

  #passOrFail(): void {
    if (this.#failures === 0) return;
    this.#failures -= 1;
    throw new RetryableError('The state store is away.', { code: 'broker_away' });
  }

  #read<State>(key: string): { state: State; revision: number } | undefined {
    this.#passOrFail();
    const entry = this.entries.get(key);
    return entry && { state: JSON.parse(entry.json) as State, revision: entry.revision };
  }

  #write(key: string, state: unknown, expected: number | undefined): number | undefined {
    this.#passOrFail();
    const current = this.entries.get(key)?.revision;
    if (current !== expected) return undefined;
    const revision = (current ?? 0) + 1;
    this.entries.set(key, { json: JSON.stringify(state), revision });
    return revision;
  }
}
