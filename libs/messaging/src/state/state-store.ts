import { JetStreamApiError, StorageType } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import { RetryableError } from '../errors.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import { patiently } from '../broker/patiently.ts';

/** A service's own state, one JSON document per key, with optimistic concurrency. A projection: it can be rebuilt (I6). */
export interface StateStore<State> {
  get(key: string): Promise<{ readonly state: State; readonly revision: number } | undefined>;
  /** The revision it has now; undefined when the key exists already. */
  create(key: string, state: State): Promise<number | undefined>;
  /** The revision it has now; undefined when somebody else changed it since `revision`. */
  update(key: string, state: State, revision: number): Promise<number | undefined>;
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
    const open = (): Promise<KV> => new Kvm(this.#link.jetstream).create(this.#link.names.bucket(bucket), { history: 1, ...this.#kept(), ...(options.ttlMs ? { ttl: options.ttlMs } : {}) });
    return new KvStateStore<State>(await patiently(open), open);
  }

  #kept() {
    const { replicas, memory } = this.#link.settings;
    return { replicas, storage: memory ? StorageType.Memory : StorageType.File };
  }
}

/** A bucket that vanishes is made again beside the call that found out: what was in it is a projection (I6), and whoever asked tries again. */
class KvStateStore<State> implements StateStore<State> {
  #kv: KV;
  readonly #open: () => Promise<KV>;
  #reopening: Promise<void> | undefined;

  constructor(kv: KV, open: () => Promise<KV>) {
    this.#kv = kv;
    this.#open = open;
  }

  async get(key: string) {
    const entry = await this.#try((kv) => kv.get(key));
    if (!entry || entry.operation !== 'PUT') return undefined;
    return { state: entry.json<State>(), revision: entry.revision };
  }

  create(key: string, state: State): Promise<number | undefined> {
    return this.#firstWins((kv) => kv.create(key, JSON.stringify(state)));
  }

  update(key: string, state: State, revision: number): Promise<number | undefined> {
    return this.#firstWins((kv) => kv.update(key, JSON.stringify(state), revision));
  }

  keys(): Promise<AsyncIterable<string>> {
    return this.#try((kv) => kv.keys());
  }

  async delete(key: string): Promise<void> {
    await this.#try((kv) => kv.delete(key));
  }

  async clear(): Promise<void> {
    for await (const key of await this.keys()) await this.#try((kv) => kv.purge(key));
  }

  async #firstWins(write: (kv: KV) => Promise<number>): Promise<number | undefined> {
    try {
      return await this.#try(write);
    } catch (error) {
      if (error instanceof RetryableError && isConflict(error.cause)) return undefined;
      throw error;
    }
  }

  async #try<Value>(access: (kv: KV) => Promise<Value>): Promise<Value> {
    try {
      return await access(this.#kv);
    } catch (cause) {
      if (!isConflict(cause)) this.#reopen();
      throw new RetryableError('The state store is away.', { code: 'broker_away', cause });
    }
  }

  /** Opening a bucket that is there changes nothing, so it need not be known whether it is gone or only the broker slow. */
  #reopen(): void {
    this.#reopening ??= this.#open()
      .then((kv) => void (this.#kv = kv), () => undefined)
      .finally(() => (this.#reopening = undefined));
  }
}

/** The broker refused the write because somebody else wrote first. */
function isConflict(cause: unknown): boolean {
  return cause instanceof JetStreamApiError && cause.code === WRONG_LAST_SEQUENCE;
}
