import type { Failure } from '@troupe/contracts';
import type { IncomingMessage } from './incoming-message.ts';

/** What this process last said of a message that it handed back. */
export interface Answered {
  /** The delivery that was answered; the next one is ours too when it counts one more. */
  readonly deliveryCount: number;
  /** When it should come again, in milliseconds since 1970. */
  readonly backAtMs: number;
  /** How often it was handed back for want of the same thing. */
  readonly retries: number;
  /** What it waits for, and since when; absent when it waits for a moment or failed unforeseen. */
  readonly waiting?: { readonly failure: Failure; readonly sinceMs: number };
}

/** Messages of one handler that wait for the same thing. */
export interface Wait {
  readonly failure: Failure;
  readonly sinceMs: number;
  readonly messages: number;
}

/** One that is this late has been settled by another replica. */
const FORGOTTEN_AFTER_MS = 60_000;

/**
 * The messages of one handler that this process has handed back. It tells a redelivery that was asked for from one that
 * comes because somebody died, and knows what is waited for. Bounded by what waits: the rest is forgotten.
 */
export class AnsweredMessages {
  readonly #bySequence = new Map<number, Answered>();

  /** What was said of this message, when the delivery at hand is the one that was asked for. */
  before(message: Pick<IncomingMessage, 'sequence' | 'deliveryCount'>): Answered | undefined {
    const answered = this.#bySequence.get(message.sequence);
    return answered?.deliveryCount === message.deliveryCount - 1 ? answered : undefined;
  }

  note(sequence: number, answered: Answered): void {
    this.#bySequence.set(sequence, answered);
  }

  settled(sequence: number): void {
    this.#bySequence.delete(sequence);
  }

  forgetLate(nowMs: number): void {
    for (const [sequence, { backAtMs }] of this.#bySequence) {
      if (backAtMs + FORGOTTEN_AFTER_MS < nowMs) this.#bySequence.delete(sequence);
    }
  }

  /** What is waited for now, by the code of the failure. */
  waits(): ReadonlyMap<string, Wait> {
    const waits = new Map<string, Wait>();
    for (const { waiting } of this.#bySequence.values()) {
      if (waiting) waits.set(waiting.failure.code, joined(waits.get(waiting.failure.code), waiting));
    }
    return waits;
  }
}

function joined(wait: Wait | undefined, { failure, sinceMs }: Omit<Wait, 'messages'>): Wait {
  if (!wait) return { failure, sinceMs, messages: 1 };
  return { failure: wait.failure, sinceMs: Math.min(wait.sinceMs, sinceMs), messages: wait.messages + 1 };
}
