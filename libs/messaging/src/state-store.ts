import { JetStreamApiError } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import { RetryableError } from './errors.ts';
import type { NatsLink } from './nats-link.ts';
import { patiently } from './patiently.ts';

/** A service's own state, one JSON document per key, with optimistic concurrency. A projection: it can be rebuilt (I6). */
export interface StateStore<State> {
  get(key: string): Promise<{ readonly state: State; readonly revision: number } | undefined>;
  /** False when the key exists already. */
  create(key: string, state: State): Promise<boolean>;
  /** False when somebody else changed it since `revision`. */
  update(key: string, state: State, revision: number): Promise<boolean>;
  keys(): Promise<AsyncIterable<string>>;
  delete(key: string): Promise<void>;
  /** Empties the bucket. */
  clear(): Promise<void>;
}

const WRONG_LAST_SEQUENCE = 10071;

/** Opens a service's state buckets. */
export class States {
  readonly #link: NatsLink;

  constructor(link: NatsLink) {
    this.#link = link;
  }

  /** Opens a bucket, creating it when it is missing. `ttlMs` is the age at which entries go. */
  async open<State>(bucket: string, options: { readonly ttlMs?: number } = {}): Promise<StateStore<State>> {
    const kv = await patiently(() => new Kvm(this.#link.jetstream).create(bucket, { history: 1, ...(options.ttlMs ? { ttl: options.ttlMs } : {}) }));
    return new KvStateStore<State>(kv);
  }
}

class KvStateStore<State> implements StateStore<State> {
  readonly #kv: KV;

  constructor(kv: KV) {
    this.#kv = kv;
  }

  async get(key: string) {
    const entry = await away(this.#kv.get(key));
    if (!entry || entry.operation !== 'PUT') return undefined;
    return { state: entry.json<State>(), revision: entry.revision };
  }

  create(key: string, state: State): Promise<boolean> {
    return firstWins(this.#kv.create(key, JSON.stringify(state)));
  }

  update(key: string, state: State, revision: number): Promise<boolean> {
    return firstWins(this.#kv.update(key, JSON.stringify(state), revision));
  }

  keys(): Promise<AsyncIterable<string>> {
    return this.#kv.keys();
  }

  async delete(key: string): Promise<void> {
    await away(this.#kv.delete(key));
  }

  async clear(): Promise<void> {
    for await (const key of await this.#kv.keys()) await this.#kv.purge(key);
  }
}

async function firstWins(write: Promise<number>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === WRONG_LAST_SEQUENCE) return false;
    throw new RetryableError('The state store is away.', { code: 'broker_away', cause: error });
  }
}

async function away<Value>(read: Promise<Value>): Promise<Value> {
  return read.catch((cause: unknown) => {
    throw new RetryableError('The state store is away.', { code: 'broker_away', cause });
  });
}
