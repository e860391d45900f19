import type { StateStore } from '../state/state-store.ts';

/** Up to where a durable consumer has settled everything: a stream sequence. */
export interface Position {
  readonly sequence: number;
}

/**
 * The low-water mark of one durable consumer, kept apart from the consumer: when that is deleted, the next one begins here,
 * so nothing that was unsettled is missed. It is the broker's own acknowledgement floor, so it holds for all replicas.
 */
export class ConsumerPosition {
  readonly #store: StateStore<Position>;
  readonly #key: string;
  #known = -1;

  constructor(store: StateStore<Position>, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** The mark; undefined when the consumer has never been. One beyond the stream's end belongs to a history that is gone. */
  async read(lastSequence: number): Promise<number | undefined> {
    const sequence = (await this.#store.get(this.#key))?.state.sequence;
    return sequence !== undefined && sequence > lastSequence ? 0 : sequence;
  }

  /** Raises the mark; a lower one than is kept changes nothing. */
  async raise(sequence: number): Promise<void> {
    if (sequence > this.#known && (await this.#write(sequence))) this.#known = sequence;
  }

  /** Sets the mark wherever the new consumer begins, back too. */
  async reset(sequence: number): Promise<void> {
    this.#known = -1;
    const found = await this.#store.get(this.#key);
    await (found ? this.#store.update(this.#key, { sequence }, found.revision) : this.#store.create(this.#key, { sequence }));
  }

  /** False when another replica wrote meanwhile: the next raise tries again. */
  async #write(sequence: number): Promise<boolean> {
    const found = await this.#store.get(this.#key);
    if (found && found.state.sequence >= sequence) return true;
    const written = await (found ? this.#store.update(this.#key, { sequence }, found.revision) : this.#store.create(this.#key, { sequence }));
    return written !== undefined;
  }
}
