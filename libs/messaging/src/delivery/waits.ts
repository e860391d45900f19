import { DeliveryResumed, DeliveryWaiting, Origin, stableId, type EventContract, type EventOf, type Failure } from '@troupe/contracts';
import type { Logger } from 'pino';
import type { NatsLink } from '../broker/nats-link.ts';
import { buildEvent, type Producer } from '../events/event-factory.ts';
import { storeEvent } from '../events/publisher.ts';
import type { AnsweredMessages, Wait } from './answered-messages.ts';

/** What a handler waits for, as health and inbox show it. */
export type Waiting = EventOf<typeof DeliveryWaiting>['data'];

const LOOK_EVERY_MS = 2_000;

/** What it takes to say a wait aloud. Times in milliseconds. */
export interface WaitsParts {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly log: Logger;
  readonly now: () => number;
  /** How long something is waited for before it is said aloud. */
  readonly patienceMs: number;
}

/** Says aloud, once, when messages have waited for something too long, and again when that is over. */
export class Waits {
  readonly #parts: WaitsParts;
  readonly #handlers = new Map<string, AnsweredMessages>();
  readonly #said = new Map<string, Waiting>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: WaitsParts) {
    this.#parts = parts;
  }

  watch(handler: string, answered: AnsweredMessages): void {
    this.#handlers.set(handler, answered);
  }

  start(): void {
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** What has been waited for longer than patience allows, as of now. */
  now(): readonly Waiting[] {
    return [...this.#handlers].flatMap(([handler, answered]) =>
      [...answered.waits().values()].filter((wait) => this.#isLong(wait)).map((wait) => this.#waiting(handler, wait)),
    );
  }

  async #look(): Promise<void> {
    for (const answered of this.#handlers.values()) answered.forgetLate(this.#parts.now());
    const waits = new Map(this.now().map((waiting) => [`${waiting.handler} ${waiting.code}`, waiting]));
    for (const [key, waiting] of waits) if (!this.#said.has(key)) await this.#say(DeliveryWaiting, key, waiting);
    for (const [key, waiting] of this.#said) if (!waits.has(key)) await this.#say(DeliveryResumed, key, waiting);
  }

  /** While the broker itself is away there is nobody to say it to; the next look tries again. */
  async #say(contract: EventContract, key: string, waiting: Waiting): Promise<void> {
    const { link, producer, log, now } = this.#parts;
    const id = stableId('evt', contract.type, waiting.service, waiting.handler, waiting.code, waiting.since);
    const lineage = { id, time: new Date(now()).toISOString(), correlationId: id, origin: Origin.system, hops: 0 };
    try {
      await storeEvent(link, buildEvent({ ...producer, emits: [contract] }, { contract, data: waiting }, lineage));
    } catch (error) {
      return log.debug({ key, error: String(error) }, 'a wait could not be said yet');
    }
    if (contract === DeliveryWaiting) this.#said.set(key, waiting);
    else this.#said.delete(key);
    log.warn(waiting, contract === DeliveryWaiting ? 'waiting' : 'going on');
  }

  #isLong({ sinceMs }: Wait): boolean {
    return this.#parts.now() - sinceMs >= this.#parts.patienceMs;
  }

  #waiting(handler: string, { failure, sinceMs, messages }: Wait): Waiting {
    const { code, message, hint }: Failure = failure;
    return { service: this.#parts.link.service, handler, code, message, hint, since: new Date(sinceMs).toISOString(), messages };
  }
}
