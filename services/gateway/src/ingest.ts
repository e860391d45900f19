import { setTimeout as after } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Origin, StateBuckets, type EventContract } from '@troupe/contracts';
import { crashPoint, Publisher, States, type StateStore } from '@troupe/messaging';
import { LOG } from '@troupe/service-host';
import { NotNow } from './gateway.errors.ts';
import type { Log } from './log.ts';

/** Something that came in from outside and is about to become an event. */
export interface Arrival {
  /** A function of what the sender cannot change between two deliveries of the same thing (I2). */
  readonly eventId: string;
  readonly contract: EventContract;
  /** The event's data; called only when the arrival is new, after which its blobs must be stored. */
  readonly describe: () => Promise<{ readonly data: unknown; readonly subject?: string | undefined }>;
}

/** What the sender may rely on: the event is stored. `duplicate`: it was so before, and nothing changed. */
export interface Accepted {
  readonly eventId: string;
  readonly correlationId: string;
  readonly duplicate: boolean;
}

/** What is kept about each arrival, under its event id, for as long as the stream keeps the event. */
interface Known {
  readonly sequence: number;
}

/** Long enough for 25 MB into a busy object store; a sender waits ten minutes (RFC 5321, section 4.5.3.2.6). */
const STORING_TIMEOUT_MS = 60_000;

/**
 * The one place where the outside becomes an event. Each arrival is stored once, however often it is delivered: the bucket
 * of known arrivals remembers it for good, and the broker drops the repeat of an id published moments ago, which covers
 * the window between publishing and remembering.
 */
@Injectable()
export class Ingest implements OnModuleInit {
  #known: StateStore<Known> | undefined;

  constructor(
    private readonly publisher: Publisher,
    private readonly states: States,
    @Inject(LOG) private readonly log: Log,
  ) {}

  async onModuleInit(): Promise<void> {
    this.#known = await this.states.open<Known>(StateBuckets.ingested);
  }

  /** Resolves once the event is stored. Throws NotNow when it could not be: then the sender must try again. */
  async accept(arrival: Arrival): Promise<Accepted> {
    const given = new AbortController();
    const tooLate = after(STORING_TIMEOUT_MS, undefined, { signal: given.signal }).then(() => {
      throw new NotNow('Storing took too long.');
    });
    try {
      return await Promise.race([this.#store(arrival), tooLate]);
    } catch (cause) {
      throw cause instanceof NotNow ? cause : new NotNow('It could not be stored just now.', { cause });
    } finally {
      given.abort();
      tooLate.catch(() => {});
    }
  }

  async #store({ eventId, contract, describe }: Arrival): Promise<Accepted> {
    const accepted = { eventId, correlationId: eventId };
    if ((await this.#bucket().get(eventId)) !== undefined) return { ...accepted, duplicate: true };
    const { data, subject } = await describe();
    crashPoint('gateway.after-blob');
    const published = await this.publisher.publish(contract, data, {
      id: eventId,
      origin: Origin.external,
      ...(subject !== undefined && { subject }),
    });
    crashPoint('gateway.after-publish');
    await this.#remember(eventId, published.sequence);
    return { ...accepted, duplicate: published.duplicate };
  }

  /** The event is stored: the arrival is accepted also when remembering it fails. */
  async #remember(eventId: string, sequence: number): Promise<void> {
    await this.#bucket().create(eventId, { sequence }).catch((error: unknown) => {
      this.log.warn({ eventId, err: error }, 'stored, but not remembered: a repeat much later would be stored again');
    });
  }

  #bucket(): StateStore<Known> {
    if (this.#known === undefined) throw new NotNow('The gateway is still starting.');
    return this.#known;
  }
}
