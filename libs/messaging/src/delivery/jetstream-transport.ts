import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Subscription } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { isObservable, lastValueFrom } from 'rxjs';
import type { NatsLink } from '../broker/nats-link.ts';
import { atEndOfTurn } from '../broker/end-of-turn.ts';
import { patiently } from '../broker/patiently.ts';
import { provisionStreams } from '../broker/provision-streams.ts';
import type { Producer } from '../events/event-factory.ts';
import { respondTo } from '../queries/query-responder.ts';
import { bootProblems } from './boot-checks.ts';
import { openChannels, type Channel, type Hosted } from './channels.ts';
import { SPEC, type EventHandlerSpec, type HandlerSpec, type QueryHandlerSpec } from './handler-spec.ts';
import { StoppedStories } from './stopped-stories.ts';
import { Waits, type Waiting } from './waits.ts';

/** What the transport is given by whoever hosts the service. Times in milliseconds. */
export interface TransportOptions {
  readonly link: NatsLink;
  readonly producer: Producer;
  readonly log: Logger;
  readonly now?: () => number;
  /** How long handlers may take to finish when the service stops. Default 10,000. */
  readonly drainMs?: number;
  /** How long something is waited for before it is said aloud. Default 60,000. */
  readonly patienceMs?: number;
  /** How long an event of a stopped story stays with the broker before it is looked at again. Default 60,000. */
  readonly stoppedForMs?: number;
  /** See {@link DeliveryParts.deliverTwice}. */
  readonly deliverTwice?: boolean;
}

/**
 * Nest's transport on JetStream durable pull consumers. Nest hosts the handlers; this decides when a message reaches
 * one, and what becomes of it afterwards. Refuses to start on wiring that would fail later.
 */
export class JetStreamTransport extends Server implements CustomTransportStrategy {
  readonly #options: TransportOptions;
  readonly #abort = new AbortController();
  readonly #waits: Waits;
  readonly #stories: StoppedStories;
  #channels: readonly Channel[] = [];
  #responders: Subscription[] = [];

  constructor(options: TransportOptions) {
    super();
    this.#options = options;
    const { link, producer, log, now = Date.now, patienceMs = 60_000 } = options;
    this.#waits = new Waits({ link, producer, log, now, patienceMs });
    this.#stories = new StoppedStories(link, log);
  }

  listen(callback: (error?: unknown) => void): void {
    this.#start().then(() => callback(), callback);
  }

  /** Drains: no new messages, what was not begun is handed back, what was may finish; then the connection is free to close. */
  async close(): Promise<void> {
    for (const { queue } of this.#channels) queue.close();
    await Promise.all(this.#channels.map(({ subscription }) => subscription.stop()));
    const finished = Promise.all(this.#channels.map(({ queue }) => queue.idle()));
    await Promise.race([finished, sleep(this.#options.drainMs ?? 10_000, undefined, { ref: false })]);
    await atEndOfTurn(() => undefined);
    this.#abort.abort();
    this.#waits.stop();
    await this.#stories.stop();
    for (const { heartbeat } of this.#channels) clearInterval(heartbeat);
    for (const responder of this.#responders) responder.unsubscribe();
  }

  on(): never {
    throw new Error('The JetStream transport has no events of its own: watch the broker connection instead.');
  }

  unwrap<Link = NatsLink>(): Link {
    return this.#options.link as Link;
  }

  /** What has been waited for longer than patience allows. */
  waits(): readonly Waiting[] {
    return this.#waits.now();
  }

  async #start(): Promise<void> {
    const handlers = [...this.messageHandlers.values()].map((handler) => ({ handler, spec: specOf(handler) }));
    const { link, producer, log, now = Date.now, deliverTwice = false, stoppedForMs = 60_000 } = this.#options;
    const problems = bootProblems(link.service, handlers.map(({ spec }) => spec));
    if (problems.length > 0) throw new Error(`${link.service} cannot start:\n- ${problems.join('\n- ')}`);
    await patiently(() => provisionStreams(link));
    for (const { handler, spec } of handlers) if (spec.kind === 'query') this.#respond(spec, handler);
    const events = handlers.flatMap(({ handler, spec }) => (spec.kind === 'event' ? [hosted(spec, handler)] : []));
    if (events.length > 0) await this.#stories.start();
    const parts = { link, producer, log, now, deliverTwice, stoppedForMs, signal: this.#abort.signal, waits: this.#waits, stories: this.#stories };
    this.#channels = await openChannels(events, parts);
    await Promise.all(this.#channels.map(({ subscription }) => subscription.start()));
    this.#waits.start();
    await link.connection.flush();
  }

  #respond(spec: QueryHandlerSpec, handler: MessageHandler): void {
    this.#responders.push(respondTo(this.#options.link, spec.query, (request) => settle(handler(request))));
  }
}

function hosted(spec: EventHandlerSpec, handler: MessageHandler): Hosted {
  return {
    spec,
    invoke: async (event, ctx) => {
      await settle(handler(event, ctx));
    },
  };
}

function specOf(handler: MessageHandler): HandlerSpec {
  const spec = (handler.extras as { [SPEC]?: HandlerSpec } | undefined)?.[SPEC];
  if (spec) return spec;
  throw new Error('A handler is marked with a decorator of Nest: use @On, @OnEvery or @Answers, which carry the contract.');
}

/** Nest hands results and errors back as promises of observables; this waits for the end of either. */
async function settle(result: Promise<unknown>): Promise<unknown> {
  const value = await result;
  return isObservable(value) ? lastValueFrom(value, { defaultValue: undefined }) : value;
}
