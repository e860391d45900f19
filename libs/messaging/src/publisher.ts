import type { DataOf, Envelope, EventContract, Origin } from '@troupe/contracts';
import { RetryableError } from './errors.ts';
import { encodeEvent } from './event-codec.ts';
import { buildEvent, type Producer } from './event-factory.ts';
import type { NatsLink } from './nats-link.ts';

export interface PublishOptions {
  /** Deterministic: what arrives twice must get the same id twice (I2). */
  readonly id: string;
  readonly origin: Origin;
  /** The story; default: this event begins one. */
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly hops?: number;
  readonly subject?: string;
}

export interface Published {
  readonly id: string;
  /** Where the stream keeps it; for a duplicate, where the first one is. */
  readonly sequence: number;
  readonly duplicate: boolean;
}

const PUBLISH_TIMEOUT_MS = 5_000;

/** Puts events on the stream from the edges: arrivals and the operator. Handlers use their context instead. */
export class Publisher {
  readonly #link: NatsLink;
  readonly #producer: Producer;
  readonly #now: () => number;

  constructor(link: NatsLink, producer: Producer, now: () => number = Date.now) {
    this.#link = link;
    this.#producer = producer;
    this.#now = now;
  }

  /** Resolves once the event is stored. Throws RetryableError when the broker is away, TerminalError on a bad event. */
  async publish<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, options: PublishOptions): Promise<Published> {
    const event = buildEvent(this.#producer, { contract, data, ...(options.subject === undefined ? {} : { subject: options.subject }) }, {
      id: options.id,
      time: new Date(this.#now()).toISOString(),
      correlationId: options.correlationId ?? options.id,
      ...(options.causationId === undefined ? {} : { causationId: options.causationId }),
      origin: options.origin,
      hops: options.hops ?? 0,
    });
    return storeEvent(this.#link, event);
  }
}

/** Stores one finished event. The broker drops repeats of an id inside its window. */
export async function storeEvent(link: Pick<NatsLink, 'jetstream'>, event: Envelope): Promise<Published> {
  try {
    const ack = await link.jetstream.publish(event.type, encodeEvent(event), { msgID: event.id, timeout: PUBLISH_TIMEOUT_MS });
    return { id: event.id, sequence: ack.seq, duplicate: ack.duplicate };
  } catch (cause) {
    throw new RetryableError(`The broker did not store ${event.type}.`, { code: 'broker_away', cause });
  }
}
