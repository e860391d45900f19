import { JetStreamApiError } from '@nats-io/jetstream';
import { InvalidArgumentError } from '@nats-io/transport-node';
import { eventSubject, type DataOf, type Envelope, type EventContract, type Origin } from '@troupe/contracts';
import { atEndOfTurn } from '../broker/end-of-turn.ts';
import { RetryableError, TerminalError } from '../errors.ts';
import { encodeEvent } from './event-codec.ts';
import { buildEvent, type Producer } from './event-factory.ts';
import type { NatsLink } from '../broker/nats-link.ts';

/** Where an event that begins something stands. */
export interface PublishOptions {
  /** Deterministic: what arrives twice must get the same id twice (I2). */
  readonly id: string;
  readonly origin: Origin;
  /** The story; default: this event begins one. */
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly hops?: number;
  /** The stream sequence that was read for it. */
  readonly snapshot?: number;
  readonly subject?: string;
}

/** What the broker said of a published event. */
export interface Published {
  readonly id: string;
  /** Where the stream keeps it; for a duplicate, where the first one is. */
  readonly sequence: number;
  readonly duplicate: boolean;
}

const PUBLISH_TIMEOUT_MS = 5_000;
const MESSAGE_TOO_LARGE = 10054;

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
      ...(options.snapshot === undefined ? {} : { ...realmIn(this.#link), snapshot: options.snapshot }),
    });
    return storeEvent(this.#link, event);
  }
}

/**
 * Stores one finished event. The broker drops repeats of an id inside its window. Throws TerminalError when it is larger
 * than the broker takes, RetryableError when the broker is away or full.
 */
export async function storeEvent(link: Pick<NatsLink, 'jetstream' | 'names'>, event: Envelope): Promise<Published> {
  const bytes = encodeEvent(event);
  const subject = link.names.subject(eventSubject(event.type, event.agent));
  try {
    const ack = await atEndOfTurn(() => link.jetstream.publish(subject, bytes, { msgID: event.id, timeout: PUBLISH_TIMEOUT_MS }));
    return { id: event.id, sequence: ack.seq, duplicate: ack.duplicate };
  } catch (cause) {
    if (isTooLarge(cause)) throw tooLarge(event.type, bytes.byteLength, cause);
    throw new RetryableError(`The broker did not store ${event.type}: ${reasonOf(cause)}`, { code: 'broker_away', cause });
  }
}

function realmIn({ history: { realm } }: NatsLink): { readonly realm?: string } {
  return realm === undefined ? {} : { realm };
}

/** What the client says before it sends, and what the server says of a stream with a limit of its own (error 10054). */
function isTooLarge(cause: unknown): boolean {
  if (cause instanceof JetStreamApiError) return cause.code === MESSAGE_TOO_LARGE;
  return cause instanceof InvalidArgumentError && cause.message.includes('max_payload');
}

function tooLarge(type: string, bytes: number, cause: unknown): TerminalError {
  const hint = 'Put what is large into the object store and let the event carry the reference (claim check).';
  return new TerminalError(`${type} is larger than the broker takes: ${bytes} bytes.`, { code: 'event_too_large', hint, cause });
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
