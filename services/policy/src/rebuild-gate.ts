import { Injectable } from '@nestjs/common';
import { RetryableError } from '@troupe/messaging';

/** Lets decisions through one beside the other, and a rebuild only alone: its states must not be overwritten half-way. */
@Injectable()
export class RebuildGate {
  #isClosed = false;
  readonly #inHand = new Set<Promise<void>>();

  /** Runs a decision, or hands its message back while a rebuild is on. */
  async pass(decision: () => Promise<void>): Promise<void> {
    if (this.#isClosed) throw new RetryableError('The states of all actions are being rebuilt.', { code: 'rebuilding', delayMs: 1_000 });
    const running = decision();
    this.#inHand.add(running);
    try {
      await running;
    } finally {
      this.#inHand.delete(running);
    }
  }

  /** Runs something while no decision does. */
  async alone<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isClosed) throw new RetryableError('A rebuild is running.', { code: 'rebuilding', hint: 'Wait until it is done.' });
    this.#isClosed = true;
    try {
      await Promise.allSettled(this.#inHand);
      return await work();
    } finally {
      this.#isClosed = false;
    }
  }
}
