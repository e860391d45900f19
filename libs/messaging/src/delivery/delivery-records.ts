import type { StreamHistory } from '../broker/nats-link.ts';
import type { StateStore } from '../state/state-store.ts';

/** What is kept of a message that has given trouble. */
export interface DeliveryRecord {
  /** Deliveries in a row that ended without an answer: whoever had it died. */
  readonly crashes: number;
  /** Unforeseen errors of its handler. */
  readonly failures: number;
}

const CLEAN: DeliveryRecord = { crashes: 0, failures: 0 };

/**
 * Keeps count, over all replicas and restarts, of what the broker's delivery counter cannot tell: a crash is noted before
 * the handler runs and struck out by any answer, so only a delivery that ended without one is left standing.
 */
export class DeliveryRecords {
  readonly #store: StateStore<DeliveryRecord>;
  readonly #prefix: string;
  readonly #history: Readonly<StreamHistory>;

  constructor(store: StateStore<DeliveryRecord>, prefix: string, history: Readonly<StreamHistory>) {
    this.#store = store;
    this.#prefix = prefix;
    this.#history = history;
  }

  /** About to handle it: counts as a crash until it is answered. Resolves to the deliveries that ended without an answer before. */
  async begin(sequence: number): Promise<number> {
    return (await this.#change(sequence, (record) => ({ ...record, crashes: record.crashes + 1 }))).crashes - 1;
  }

  /** It was answered: no crash. */
  async answered(sequence: number): Promise<void> {
    await this.#change(sequence, (record) => ({ ...record, crashes: 0 }));
  }

  /** Its handler failed in a way nobody foresaw. Resolves to how often that has happened. */
  async failed(sequence: number): Promise<number> {
    return (await this.#change(sequence, ({ failures }) => ({ crashes: 0, failures: failures + 1 }))).failures;
  }

  async #change(sequence: number, change: (record: DeliveryRecord) => DeliveryRecord): Promise<DeliveryRecord> {
    const key = `${this.#prefix}.${this.#history.realm ?? 'unnamed'}.${sequence}`;
    for (;;) {
      const found = await this.#store.get(key);
      const next = change(found?.state ?? CLEAN);
      const written = found ? await this.#store.update(key, next, found.revision) : await this.#store.create(key, next);
      if (written !== undefined) return next;
    }
  }
}
