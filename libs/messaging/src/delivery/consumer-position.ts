import type { StreamHistory } from '../broker/nats-link.ts';
import type { StateStore } from '../state/state-store.ts';

/** Up to where a durable consumer has settled everything: a stream sequence, and the history it counts in. */
export interface Position {
  readonly sequence: number;
  /** Absent where it was written before histories had names. */
  readonly realm?: string | undefined;
}

/**
 * The low-water mark of one durable consumer, kept apart from the consumer: when that is deleted, the next one begins here,
 * so nothing that was unsettled is missed. It is the broker's own acknowledgement floor, so it holds for all replicas.
 */
export class ConsumerPosition {
  readonly #store: StateStore<Position>;
  readonly #key: string;
  readonly #history: Readonly<StreamHistory>;
  #known: Position = { sequence: -1 };

  constructor(store: StateStore<Position>, key: string, history: Readonly<StreamHistory>) {
    this.#store = store;
    this.#key = key;
    this.#history = history;
  }

  /** The mark; undefined when the consumer has never been. One of a history that is gone, or beyond the stream's end, is 0. */
  async read(lastSequence: number): Promise<number | undefined> {
    const found = (await this.#store.get(this.#key))?.state;
    if (found === undefined) return undefined;
    return this.#isOfThisHistory(found) && found.sequence <= lastSequence ? found.sequence : 0;
  }

  /** Raises the mark; a lower one than is kept changes nothing. */
  async raise(sequence: number): Promise<void> {
    const next = { sequence, realm: this.#history.realm };
    if (isCovered(this.#known, next)) return;
    if (await this.#write(next)) this.#known = next;
  }

  /** Sets the mark wherever the new consumer begins, back too. */
  async reset(sequence: number): Promise<void> {
    this.#known = { sequence: -1 };
    const next = { sequence, realm: this.#history.realm };
    const found = await this.#store.get(this.#key);
    await (found ? this.#store.update(this.#key, next, found.revision) : this.#store.create(this.#key, next));
  }

  /** False when another replica wrote meanwhile: the next raise tries again. */
  async #write(next: Position): Promise<boolean> {
    const found = await this.#store.get(this.#key);
    if (found && isCovered(found.state, next)) return true;
    const written = await (found ? this.#store.update(this.#key, next, found.revision) : this.#store.create(this.#key, next));
    return written !== undefined;
  }

  #isOfThisHistory({ realm }: Position): boolean {
    return realm === undefined || realm === this.#history.realm;
  }
}

/** Whether a mark says already what the next one would. */
function isCovered(mark: Position, next: Position): boolean {
  return mark.realm === next.realm && mark.sequence >= next.sequence;
}
