import type { StateStore } from '../state/state-store.ts';

/** A bucket with compare-and-set, in memory. */
export function bucketInMemory<State>(): StateStore<State> {
  const entries = new Map<string, { state: State; revision: number }>();
  let revision = 0;
  const put = (key: string, state: State): number => {
    revision += 1;
    entries.set(key, { state, revision });
    return revision;
  };
  return {
    get: async (key) => entries.get(key),
    create: async (key, state) => (entries.has(key) ? undefined : put(key, state)),
    update: async (key, state, expected) => (entries.get(key)?.revision === expected ? put(key, state) : undefined),
    keys: async () => (async function* () { yield* entries.keys(); })(),
    delete: async (key) => void entries.delete(key),
    clear: async () => entries.clear(),
  };
}
