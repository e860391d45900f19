import { DeliverPolicy, JetStreamApiError, type Consumer, type ConsumerMessages, type JsMsg } from '@nats-io/jetstream';
import { Streams, type Envelope } from '@troupe/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { failureOf, RetryableError } from '../errors.ts';
import { durableName } from '../delivery/handler-spec.ts';
import { decodeEnvelope, decodeEvent } from './event-codec.ts';
import type { NatsLink } from '../broker/nats-link.ts';
import { provisionStreams } from '../broker/provision-streams.ts';

/** Where an event lies, and how many are behind it. `text` is the event as it lies there; only with `everything`. */
export interface TailPlace {
  readonly sequence: number;
  readonly pending: number;
  readonly text?: string;
}

/** From where, of what, and for how long a tail reads. */
export interface FollowOptions {
  /** Default: every event. */
  readonly filter?: string;
  /** The first stream sequence wanted; 1 reads all history. */
  readonly fromSequence: number;
  readonly signal: AbortSignal;
  /** Every event, with its data as it came, also of types and versions nobody here can read. Default: only what can be read. */
  readonly everything?: boolean;
  /** Called for one event after the other. Throwing makes the tail come back to the same event after a moment. */
  readonly onEvent: (event: Envelope, at: TailPlace) => Promise<void>;
}

/** The same for a stretch that has an end. */
export interface ReadOptions extends FollowOptions {
  /** The last stream sequence wanted. */
  readonly throughSequence: number;
}

const RETRY_PAUSE_MS = 500;
/** Two that do not come: the consumer is looked for. */
const IDLE_HEARTBEAT_MS = 1_000;
/** Kinds of what cannot be read that are remembered as said. */
const MAX_SAID = 1_000;

/** Reads the stream in order from any sequence and stays at its end: the feed of per-instance projections. */
export class EventTail {
  readonly #link: NatsLink;
  readonly #log: Logger;
  readonly #said = new Set<string>();

  constructor(link: NatsLink, log: Logger) {
    this.#link = link;
    this.#log = log;
  }

  /** Resolves when `signal` aborts. Survives a broker that restarts. */
  async follow(options: FollowOptions): Promise<void> {
    let next = options.fromSequence;
    while (!options.signal.aborted) {
      try {
        next = await this.#readFrom(next, options, (sequence) => (next = sequence));
      } catch (error) {
        if (!options.signal.aborted) this.#log.warn({ next, error: String(error) }, 'event tail interrupted, reading on');
      }
      if (!options.signal.aborted) await sleep(RETRY_PAUSE_MS);
    }
  }

  /**
   * Reads what the stream holds of a stretch now. Resolves only once all of it was passed, which takes in what is no
   * event and what was deleted since. Rejects when `onEvent` does, when `signal` aborts or when the broker refuses.
   */
  async read(options: ReadOptions): Promise<void> {
    const consumer = await this.#consumer(options.fromSequence, options.filter);
    try {
      if ((await consumer.info(true)).num_pending > 0) await this.#readStretch(await consumer.consume({ max_messages: 256, idle_heartbeat: IDLE_HEARTBEAT_MS }), options);
    } finally {
      await consumer.delete().catch(() => false);
    }
  }

  /** The last sequence the stream holds; 0 when it is empty. */
  async lastSequence(): Promise<number> {
    return (await this.#link.manager.streams.info(Streams.events.name)).state.last_seq;
  }

  /**
   * Whether one of this service's own handlers, named by its method, has settled all that the stream held for it when this
   * was asked. False as well while its consumer does not exist yet.
   */
  async isCaughtUp(method: string): Promise<boolean> {
    const { manager, service } = this.#link;
    const info = await manager.consumers.info(Streams.events.name, durableName(service, { method })).catch(notThereYet);
    return info !== undefined && info.num_pending === 0 && info.num_ack_pending === 0;
  }

  async #readFrom(start: number, options: FollowOptions, passed: (next: number) => void): Promise<number> {
    await provisionStreams(this.#link);
    const messages = await this.#open(start, options.filter);
    const stop = (): void => messages.stop();
    options.signal.addEventListener('abort', stop, { once: true });
    if (options.signal.aborted) stop();
    let next = start;
    try {
      for await (const message of messages) {
        if (options.signal.aborted) break;
        await this.#pass(message, options);
        next = message.seq + 1;
        passed(next);
      }
    } finally {
      options.signal.removeEventListener('abort', stop);
      await messages.close();
    }
    return next;
  }

  async #readStretch(messages: ConsumerMessages, options: ReadOptions): Promise<void> {
    const stop = (): void => messages.stop();
    options.signal.addEventListener('abort', stop, { once: true });
    try {
      for await (const message of messages) {
        options.signal.throwIfAborted();
        if (message.seq <= options.throughSequence) await this.#pass(message, options);
        if (message.seq >= options.throughSequence || message.info.pending === 0) return;
      }
      options.signal.throwIfAborted();
      throw new Error('The stream ended in the middle of a stretch: read it again.');
    } finally {
      options.signal.removeEventListener('abort', stop);
      await messages.close();
    }
  }

  async #open(start: number, filter?: string): Promise<ConsumerMessages> {
    return (await this.#consumer(start, filter)).consume({ max_messages: 256, idle_heartbeat: IDLE_HEARTBEAT_MS });
  }

  #consumer(start: number, filter: string = Streams.events.subjects[0]): Promise<Consumer> {
    return this.#link.jetstream.consumers.get(Streams.events.name, {
      filter_subjects: filter,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: start,
    });
  }

  async #pass(message: JsMsg, options: FollowOptions): Promise<void> {
    const event = this.#read(message, options.everything ?? false);
    const text = options.everything ? { text: new TextDecoder().decode(message.data) } : {};
    if (event) await options.onEvent(event, { sequence: message.seq, pending: message.info.pending, ...text });
  }

  /** What cannot be read cannot be projected. It is said aloud, once per kind: its handlers have made a dead letter of it. */
  #read(message: JsMsg, everything: boolean): Envelope | undefined {
    try {
      return everything ? decodeEnvelope(message) : decodeEvent(message);
    } catch (error) {
      const { code, message: why } = failureOf(error);
      const kind = `${code} ${message.subject}`;
      if (!this.#said.has(kind)) this.#log.warn({ sequence: message.seq, subject: message.subject, code, why }, 'passing over what cannot be read');
      if (this.#said.size < MAX_SAID) this.#said.add(kind);
      return undefined;
    }
  }
}

function notThereYet(error: unknown): undefined {
  if (error instanceof JetStreamApiError) return undefined;
  throw new RetryableError('The broker did not say how far a consumer is.', { code: 'broker_away', cause: error });
}
