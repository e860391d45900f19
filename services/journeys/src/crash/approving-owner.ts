import { setTimeout as sleep } from 'node:timers/promises';
import type { Card, Operator } from '../harness/operator.ts';

const POLL_MS = 300;
const AT_ONCE = 8;

/**
 * The owner at the API, who approves whatever is held except questions. What is not answered, or answered with a server's
 * error, is tried again when the card still shows as held: the inbox may be dead, the broker away, policy silent.
 */
export class ApprovingOwner {
  /** Actions for which the API took the approval (200 or 202). */
  readonly approved = new Set<string>();
  /** Answers that were neither: by status, 0 for none. */
  readonly otherAnswers = new Map<number, number>();
  readonly #operator: Operator;
  #working = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(operator: Operator) {
    this.#operator = operator;
  }

  start(): void {
    this.#working = true;
    this.#loop = this.#work();
  }

  async stop(): Promise<void> {
    this.#working = false;
    await this.#loop;
  }

  async #work(): Promise<void> {
    while (this.#working) {
      const held = await this.#operator.allCards('&state=held').catch(() => []);
      const waiting = held.filter(({ type }) => type !== 'owner.ask').slice(0, AT_ONCE);
      await Promise.all(waiting.map((card) => this.#approve(card)));
      await sleep(POLL_MS);
    }
  }

  async #approve(card: Card): Promise<void> {
    const status = await this.#operator.decide(card, 'approve').then((answer) => answer.status, () => 0);
    if (status === 200 || status === 202) this.approved.add(card.id);
    else this.otherAnswers.set(status, (this.otherAnswers.get(status) ?? 0) + 1);
  }
}
