import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { patiently } from '../broker/patiently.ts';
import type { DurableConsumer } from './durable-consumer.ts';
import type { WorkQueue } from './work-queue.ts';

const REBIND_PAUSE_MS = 250;
/** How long a request for messages stays with the broker. */
const PULL_MS = 10_000;
const IDLE_HEARTBEAT_MS = 1_000;
/** A request that has not ended by now was lost with a connection or a consumer. */
const LOST_AFTER_MS = PULL_MS + 3_000;
const NOTE_POSITION_MS = 5_000;

/** What the loop around one durable consumer needs. */
export interface SubscriptionParts {
  readonly name: string;
  readonly consumer: DurableConsumer;
  readonly queue: WorkQueue;
  readonly log: Logger;
  /** Whether the connection is closed for good: then there is nothing to bind to. */
  readonly isClosed: () => boolean;
  readonly receive: (message: JsMsg) => void;
}

/**
 * The loop around one durable consumer. It asks for as many messages as there are free places, so that what a replica
 * cannot begin stays with the broker for another. It binds again when the broker comes back empty or somebody deletes the
 * consumer; the consumer then begins where everything was settled.
 */
export class DurableSubscription {
  readonly #parts: SubscriptionParts;
  #messages: ConsumerMessages | undefined;
  #stopped = false;
  #received = false;
  #loop: Promise<void> = Promise.resolve();
  #notes: NodeJS.Timeout | undefined;

  constructor(parts: SubscriptionParts) {
    this.#parts = parts;
  }

  /** Resolves once the consumer is bound. */
  async start(): Promise<void> {
    const consumer = await patiently(() => this.#parts.consumer.bind());
    this.#notes = setInterval(() => void this.#notePosition(), NOTE_POSITION_MS).unref();
    this.#loop = this.#keepPulling(consumer);
  }

  /** No new messages after this. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#notes);
    this.#messages?.stop();
    await this.#loop;
  }

  async #keepPulling(bound: Consumer): Promise<void> {
    let consumer: Consumer | undefined = bound;
    while (!this.#stopped) {
      try {
        consumer ??= await this.#parts.consumer.bindAgain();
        await this.#parts.queue.whenFree(1);
        if (!this.#stopped) await this.#pull(consumer);
      } catch (error) {
        if (this.#stopped || this.#parts.isClosed()) return;
        this.#parts.log.warn({ durable: this.#parts.name, error: String(error) }, 'consumer lost, binding again');
        consumer = undefined;
        await sleep(REBIND_PAUSE_MS);
      }
    }
  }

  /** One request: over when it is fulfilled or has expired. Rejects when the consumer is gone. */
  async #pull(consumer: Consumer): Promise<void> {
    const { queue, receive } = this.#parts;
    const messages = await consumer.fetch({ max_messages: queue.free, expires: PULL_MS, idle_heartbeat: IDLE_HEARTBEAT_MS });
    this.#messages = messages;
    if (this.#stopped) messages.stop();
    const lost = setTimeout(() => messages.stop(new Error('The broker did not end a request for messages.')), LOST_AFTER_MS).unref();
    try {
      for await (const message of messages) {
        this.#received = true;
        receive(message);
      }
    } finally {
      clearTimeout(lost);
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
