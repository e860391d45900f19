import { AckPolicy, DeliverPolicy, JetStreamApiError, type ConsumerConfig, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { Streams } from '@troupe/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { durableName, type EventHandlerSpec } from './handler-spec.ts';
import type { NatsLink } from './nats-link.ts';
import { patiently } from './patiently.ts';
import { provisionStreams } from './provision-streams.ts';

const REBIND_PAUSE_MS = 250;
const RECENT_MS = 60 * 60 * 1_000;
const DEFAULTS = { ackWaitMs: 30_000, startFrom: 'recent' } as const;
/** Broker notices after which the consumer has to be made anew; all others are informational. */
const LOST = new Set(['consumer_deleted', 'consumer_not_found', 'stream_not_found']);

/**
 * One durable pull consumer and the loop around it. It binds on start and binds again when the server comes back empty
 * or somebody deletes the consumer; then it begins with the oldest message that was not settled, so none is lost.
 */
export class DurableSubscription {
  readonly #link: NatsLink;
  readonly #spec: EventHandlerSpec;
  readonly #log: Logger;
  readonly #receive: (message: JsMsg) => void;
  readonly #unsettled = new Set<number>();
  #lastSequence = 0;
  #messages: ConsumerMessages | undefined;
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(link: NatsLink, spec: EventHandlerSpec, log: Logger, receive: (message: JsMsg) => void) {
    this.#link = link;
    this.#spec = spec;
    this.#log = log;
    this.#receive = receive;
  }

  /** Resolves once the consumer is bound. */
  async start(): Promise<void> {
    await patiently(() => this.#bind());
    this.#loop = this.#keepConsuming();
  }

  /** No new messages after this. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#messages?.stop();
    await this.#loop;
  }

  /** The message needs no further delivery. */
  settled(message: JsMsg): void {
    this.#unsettled.delete(message.seq);
  }

  async #keepConsuming(): Promise<void> {
    while (!this.#stopped) {
      try {
        const messages = await this.#consume();
        // A stop that came while this was opening has nobody to tell any more: notices of stopped messages never end.
        if (this.#stopped) return messages.stop();
        await this.#watch(messages);
      } catch (error) {
        this.#log.warn({ durable: this.#durable, error: String(error) }, 'consumer lost, binding again');
      }
      if (!this.#stopped) await this.#rebind();
    }
  }

  async #consume(): Promise<ConsumerMessages> {
    const consumer = await this.#link.jetstream.consumers.get(Streams.events.name, this.#durable);
    this.#messages = await consumer.consume({
      max_messages: 64,
      expires: 10_000,
      idle_heartbeat: 1_000,
      callback: (message) => {
        this.#lastSequence = Math.max(this.#lastSequence, message.seq);
        this.#unsettled.add(message.seq);
        this.#receive(message);
      },
    });
    return this.#messages;
  }

  async #watch(messages: ConsumerMessages): Promise<void> {
    for await (const notice of messages.status()) {
      if (LOST.has(notice.type)) messages.stop();
    }
  }

  async #rebind(): Promise<void> {
    await sleep(REBIND_PAUSE_MS);
    await provisionStreams(this.#link)
      .then(() => this.#bind())
      .catch((error: unknown) => this.#log.warn({ durable: this.#durable, error: String(error) }, 'cannot bind yet'));
  }

  async #bind(): Promise<void> {
    const existing = await this.#link.manager.consumers.info(Streams.events.name, this.#durable).catch(missing);
    const wanted = this.#config();
    if (!existing) await this.#link.manager.consumers.add(Streams.events.name, { ...wanted, ...this.#start() });
    else if (existing.config.filter_subject !== wanted.filter_subject) throw this.#otherFilter(existing.config.filter_subject);
    else await this.#link.manager.consumers.update(Streams.events.name, this.#durable, tunables(wanted));
  }

  #config(): Partial<ConsumerConfig> {
    const options = { ...DEFAULTS, ...this.#spec.options };
    return {
      durable_name: this.#durable,
      filter_subject: this.#spec.filter,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(options.ackWaitMs),
      max_ack_pending: options.timer ? 100_000 : 256,
      max_deliver: -1,
    };
  }

  #start(): Partial<ConsumerConfig> {
    if (this.#lastSequence > 0) {
      return { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Math.min(this.#lastSequence + 1, ...this.#unsettled) };
    }
    if ((this.#spec.options.startFrom ?? DEFAULTS.startFrom) === 'first') return { deliver_policy: DeliverPolicy.All };
    return { deliver_policy: DeliverPolicy.StartTime, opt_start_time: new Date(Date.now() - RECENT_MS).toISOString() };
  }

  #otherFilter(found: string | undefined): Error {
    return new Error(
      `The durable consumer "${this.#durable}" exists for "${found ?? ''}", not "${this.#spec.filter}": rename the method ` +
        `${this.#spec.className}.${this.#spec.method}, or delete the consumer.`,
    );
  }

  get #durable(): string {
    return durableName(this.#link.service, this.#spec);
  }
}

function tunables({ ack_wait, max_ack_pending, max_deliver }: Partial<ConsumerConfig>): Partial<ConsumerConfig> {
  return { ack_wait: ack_wait!, max_ack_pending: max_ack_pending!, max_deliver: max_deliver! };
}

function missing(error: unknown): undefined {
  if (error instanceof JetStreamApiError) return undefined;
  throw error;
}
