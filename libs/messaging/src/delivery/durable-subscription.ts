import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { NatsLink } from '../broker/nats-link.ts';
import { patiently } from '../broker/patiently.ts';
import type { DurableConsumer } from './durable-consumer.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { MessageRequests } from './message-requests.ts';
import type { WorkQueue } from './work-queue.ts';

const REBIND_PAUSE_MS = 250;
const NOTE_POSITION_MS = 5_000;

/** What the loop around one durable consumer needs. */
export interface SubscriptionParts {
  readonly name: string;
  readonly link: NatsLink;
  readonly consumer: DurableConsumer;
  readonly queue: WorkQueue;
  readonly log: Logger;
  readonly receive: (message: IncomingMessage) => void;
}

/**
 * The loop around one durable consumer. It asks for as many messages as there are free places, so that what a replica
 * cannot begin stays with the broker for another. It binds again when the broker comes back empty or somebody deletes the
 * consumer; the consumer then begins where everything was settled.
 */
export class DurableSubscription {
  readonly #parts: SubscriptionParts;
  #requests: MessageRequests | undefined;
  #stopped = false;
  #received = false;
  #loop: Promise<void> = Promise.resolve();
  #notes: NodeJS.Timeout | undefined;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  /** Resolves once the consumer is bound. */
  async start(): Promise<void> {
    await patiently(() => this.#parts.consumer.bind());
    this.#notes = setInterval(() => void this.#notePosition(), NOTE_POSITION_MS).unref();
    this.#loop = this.#keepAsking();
    void this.#watchConnection();
  }

  /** No new messages after this. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#notes);
    await this.#requests?.stop();
    await this.#loop;
  }

  async #keepAsking(): Promise<void> {
    for (let isBound = true; !this.#stopped; ) {
      try {
        if (!isBound) await this.#parts.consumer.bindAgain();
        isBound = true;
        if (!this.#stopped) await this.#ask();
      } catch (error) {
        if (this.#stopped || this.#parts.link.connection.isClosed()) return;
        this.#parts.log.warn({ durable: this.#parts.name, error: String(error) }, 'consumer lost, binding again');
        isBound = false;
        await sleep(REBIND_PAUSE_MS);
      }
    }
  }

  /** Until this subscription stops. Rejects when the consumer is gone or what was asked of it is void. */
  async #ask(): Promise<void> {
    const { link, consumer, queue, receive } = this.#parts;
    const requests = new MessageRequests({
      connection: link.connection,
      subject: consumer.requestSubject,
      inboxPrefix: link.names.inbox(link.service),
      names: link.names,
      queue,
      receive: (message) => {
        this.#received = true;
        receive(message);
      },
    });
    this.#requests = requests;
    await requests.ended;
  }

  /** What was asked of a broker that was away meanwhile is forgotten there. */
  async #watchConnection(): Promise<void> {
    for await (const { type } of this.#parts.link.connection.status()) {
      if (type === 'reconnect') this.#requests?.lose('The connection was lost for a while.');
    }
  }

  /** Only when something was received since: a service at rest asks the broker nothing. */
  async #notePosition(): Promise<void> {
    if (!this.#received) return;
    this.#received = false;
    await this.#parts.consumer.notePosition().catch((error: unknown) => {
      this.#received = true;
      this.#parts.log.debug({ durable: this.#parts.name, error: String(error) }, 'the position could not be noted yet');
    });
  }
}
