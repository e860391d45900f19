import type { JsMsg } from '@nats-io/jetstream';
import type { Subscription } from '@nats-io/transport-node';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Envelope } from '@troupe/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isObservable, lastValueFrom } from 'rxjs';
import { bootProblems } from './boot-checks.ts';
import { DurableSubscription } from './durable-subscription.ts';
import { deliver, type DeliveryParts } from './event-delivery.ts';
import type { Producer } from './event-factory.ts';
import { SPEC, type EventHandlerSpec, type HandlerSpec, type QueryHandlerSpec } from './handler-spec.ts';
import type { NatsLink } from './nats-link.ts';
import { patiently } from './patiently.ts';
import { provisionStreams } from './provision-streams.ts';
import { respondTo } from './query-responder.ts';
import { WorkQueue } from './work-queue.ts';

export interface TransportOptions {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly log: Logger;
  readonly now?: () => number;
  /** How long handlers may take to finish when the service stops. Default 10,000. */
  readonly drainMs?: number;
  /** See {@link DeliveryParts.deliverTwice}. */
  readonly deliverTwice?: boolean;
}

interface Lane {
  readonly subscription: DurableSubscription;
  readonly queue: WorkQueue;
  readonly inHand: Set<JsMsg>;
  readonly heartbeat: NodeJS.Timeout;
}

const DEFAULT_CONCURRENCY = 16;
const DEFAULT_ACK_WAIT_MS = 30_000;

/**
 * Nest's transport on JetStream durable pull consumers. Nest hosts the handlers; this decides when a message reaches
 * one, and what becomes of it afterwards. Refuses to start on wiring that would fail later.
 */
export class JetStreamTransport extends Server implements CustomTransportStrategy {
  readonly #options: TransportOptions;
  readonly #abort = new AbortController();
  #lanes: Lane[] = [];
  #responders: Subscription[] = [];

  constructor(options: TransportOptions) {
    super();
    this.#options = options;
  }

  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  /** Drains: no new messages, those in hand may finish, then the connection is free to close. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map(({ subscription }) => subscription.stop()));
    const finished = Promise.all(this.#lanes.map(({ queue }) => queue.idle()));
    await Promise.race([finished, sleep(this.#options.drainMs ?? 10_000, undefined, { ref: false })]);
    this.#abort.abort();
    for (const { heartbeat } of this.#lanes) clearInterval(heartbeat);
    for (const responder of this.#responders) responder.unsubscribe();
  }

  on(): never {
    throw new Error('The JetStream transport has no events of its own: watch the broker connection instead.');
  }

  unwrap<Link = NatsLink>(): Link {
    return this.#options.link as Link;
  }

  async #start(): Promise<void> {
    const handlers = [...this.messageHandlers.values()].map((handler) => ({ handler, spec: specOf(handler) }));
    const problems = bootProblems(this.#options.link.service, handlers.map(({ spec }) => spec));
    if (problems.length > 0) throw new Error(`${this.#options.link.service} cannot start:\n- ${problems.join('\n- ')}`);
    await patiently(() => provisionStreams(this.#options.link));
    for (const { handler, spec } of handlers) {
      if (spec.kind === 'query') this.#respond(spec, handler);
      else this.#lanes.push(this.#openLane(spec, handler));
    }
    await Promise.all(this.#lanes.map(({ subscription }) => subscription.start()));
    await this.#options.link.connection.flush();
  }

  #respond(spec: QueryHandlerSpec, handler: MessageHandler): void {
    this.#responders.push(respondTo(this.#options.link, spec.query, (request) => settle(handler(request))));
  }

  #openLane(spec: EventHandlerSpec, handler: MessageHandler): Lane {
    const { link, log } = this.#options;
    const queue = new WorkQueue(spec.options.concurrency ?? DEFAULT_CONCURRENCY);
    const inHand = new Set<JsMsg>();
    const parts = this.#deliveryParts(spec, handler);
    const subscription = new DurableSubscription(link, spec, log, (message) => {
      inHand.add(message);
      queue.add(spec.ordered ? storyOf(message) : undefined, async () => {
        if (await deliver(parts, message)) subscription.settled(message);
        inHand.delete(message);
      });
    });
    return { subscription, queue, inHand, heartbeat: beat(inHand, spec.options.ackWaitMs ?? DEFAULT_ACK_WAIT_MS) };
  }

  #deliveryParts(spec: EventHandlerSpec, handler: MessageHandler): DeliveryParts {
    const { link, producer, log, now = Date.now, deliverTwice = false } = this.#options;
    const invoke: DeliveryParts['invoke'] = async (event, ctx) => {
      await settle(handler(event, ctx));
    };
    return { link, producer, spec, log, now, deliverTwice, signal: this.#abort.signal, invoke };
  }
}

function specOf(handler: MessageHandler): HandlerSpec {
  const spec = (handler.extras as { [SPEC]?: HandlerSpec } | undefined)?.[SPEC];
  if (spec) return spec;
  throw new Error('A handler is marked with a decorator of Nest: use @On, @OnEvery or @Answers, which carry the contract.');
}

/** Tells the broker that all messages in hand are being worked on. */
function beat(inHand: ReadonlySet<JsMsg>, ackWaitMs: number): NodeJS.Timeout {
  return setInterval(() => inHand.forEach((message) => message.working()), ackWaitMs / 3).unref();
}

/** The story of a message, read without validating it; what cannot be read has no story to wait for. */
function storyOf(message: JsMsg): string | undefined {
  try {
    return message.json<Envelope>().correlationid;
  } catch {
    return undefined;
  }
}

/** Nest hands results and errors back as promises of observables; this waits for the end of either. */
async function settle(result: Promise<unknown>): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
