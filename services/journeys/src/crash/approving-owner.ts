import { setTimeout as sleep } from 'node:timers/promises';
import type { Card, Operator } from '../harness/operator.ts';

const POLL_MS = 200;
const AT_ONCE = 16;
/** A card that still shows as held so long after it was approved is approved once more: the word may have been lost. */
const AGAIN_MS = 6_000;

/** What the API said to an approval. */
export interface OwnersAnswer {
  /** Of HTTP; 0 when there was no answer. */
  readonly status: number;
  readonly tookMs: number;
}

/**
 * The owner at the API, who approves whatever is held except questions, many at a time: a card whose answer takes long keeps
 * no other from being looked at. What is not answered, or answered with a server's error, is tried again when the card still
 * shows as held: the inbox may be dead, the broker away, policy silent.
 */
export class ApprovingOwner {
  /** Actions for which the API took the approval (200 or 202). */
  readonly approved = new Set<string>();
  readonly answers: OwnersAnswer[] = [];
  readonly #operator: Operator;
  readonly #inHand = new Map<string, Promise<void>>();
  readonly #askedMs = new Map<string, number>();
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
    await Promise.all(this.#inHand.values());
  }

  async #work(): Promise<void> {
    while (this.#working) {
      const held = await this.#operator.allCards('&state=held').catch(() => []);
      const due = held.filter((card) => this.#isDue(card)).slice(0, AT_ONCE - this.#inHand.size);
      for (const card of due) this.#inHand.set(card.id, this.#approve(card).finally(() => this.#inHand.delete(card.id)));
      await sleep(POLL_MS);
    }
  }

  #isDue({ id, type }: Card): boolean {
    return type !== 'owner.ask' && !this.#inHand.has(id) && Date.now() - (this.#askedMs.get(id) ?? 0) > AGAIN_MS;
  }

  async #approve(card: Card): Promise<void> {
    const beganMs = Date.now();
    const status = await this.#operator.decide(card, 'approve').then((answer) => answer.status, () => 0);
    this.answers.push({ status, tookMs: Date.now() - beganMs });
    const isTaken = status === 200 || status === 202;
    if (isTaken) this.approved.add(card.id);
    if (isTaken) this.#askedMs.set(card.id, Date.now());
  }
}
