import type { Envelope } from '@troupe/contracts';
import { isAnswer, wantsAnswer } from './answers.ts';

/** Words of the owner remembered at a time; whoever asked has long been told by then. */
const REMEMBERED = 1_000;

/** Tells events that somebody may be waiting for: what follows from a word of the owner that has just been read. */
export class AwaitedAnswers {
  readonly #asked = new Set<string>();

  /** Takes events in the order of the stream. */
  includes(event: Envelope): boolean {
    if (wantsAnswer(event)) this.#remember(event.id);
    return isAnswer(event) && event.causationid !== undefined && this.#asked.has(event.causationid);
  }

  #remember(id: string): void {
    this.#asked.add(id);
    const [oldest] = this.#asked;
    if (this.#asked.size > REMEMBERED && oldest !== undefined) this.#asked.delete(oldest);
  }
}
