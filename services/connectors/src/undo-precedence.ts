import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import type { EventTail } from '@troupe/messaging';

/** Undo requests take a few milliseconds each. */
const LOOKS = { times: 20, pauseMs: 10 } as const;

/** A look at the undo requests that has begun. True once each that was stored before it began has reached the ledger. */
export interface UndoLook {
  wentFirst(): Promise<boolean>;
}

/**
 * Undo requests that are on the stream already go first. The look may begin before the ledger is read: an undo that reaches the
 * ledger between the two is met by the compare-and-set with which an authorisation is spent.
 */
export class UndoPrecedence {
  readonly #tail: Pick<EventTail, 'isCaughtUp'>;
  #next: Promise<boolean> | undefined;

  constructor(tail: Pick<EventTail, 'isCaughtUp'>) {
    this.#tail = tail;
  }

  /** Begins to look. What goes wrong is said to whoever asks for the answer. */
  begin(): UndoLook {
    const first = this.#look();
    first.catch(() => undefined);
    return { wentFirst: () => this.#untilTrue(first) };
  }

  async #untilTrue(first: Promise<boolean>): Promise<boolean> {
    if (await first) return true;
    for (let looks = 1; looks < LOOKS.times; looks += 1) {
      await sleep(LOOKS.pauseMs);
      if (await this.#look()) return true;
    }
    return false;
  }

  /** One question to the broker for all who ask in the same turn: it is sent after the last of them asked, so its answer is good for each. */
  #look(): Promise<boolean> {
    this.#next ??= turn().then(() => {
      this.#next = undefined;
      return this.#tail.isCaughtUp('stopUndone');
    });
    return this.#next;
  }
}
