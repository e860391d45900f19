import { Inject, Injectable } from '@nestjs/common';
import {
  ChargeRefunded, EmailReceived, InvoicePaymentFailed, RecallEpisodes, SubscriptionDeleted, type Envelope,
} from '@troupe/contracts';
import { isEvent, Queries } from '@troupe/messaging';

const ARRIVALS = [EmailReceived, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted];
const MAX_ARRIVALS = 100;
/** Stories remembered at a time, some hundred bytes each; the oldest go first. */
const REMEMBERED_STORIES = 10_000;

/**
 * Knows which addresses a story has had to do with. A story is what followed from one arrival, which is there before anything
 * else of it: what memory has once answered stays true, and it is not asked again when the owner decides.
 */
@Injectable()
export class StoryAddresses {
  readonly #queries: Pick<Queries, 'ask'>;
  readonly #remembered = new Map<string, ReadonlySet<string>>();

  constructor(@Inject(Queries) queries: Pick<Queries, 'ask'>) {
    this.#queries = queries;
  }

  /** The addresses of a story up to a stream sequence, in lower case. None when memory is away: then every recipient is new. */
  async upTo(sequence: number, story: string): Promise<ReadonlySet<string>> {
    return this.#remembered.get(story) ?? this.#ask(sequence, story);
  }

  async #ask(sequence: number, story: string): Promise<ReadonlySet<string>> {
    const types = ARRIVALS.map((contract) => contract.type);
    const request = { correlationId: story, types, asOf: sequence, limit: MAX_ARRIVALS };
    const reply = await this.#queries.ask(RecallEpisodes, request).catch(() => undefined);
    return reply?.kind === 'found' ? this.#remember(story, addressesIn(reply.episodes.map(({ event }) => event))) : new Set();
  }

  #remember(story: string, addresses: ReadonlySet<string>): ReadonlySet<string> {
    const [oldest] = this.#remembered.size >= REMEMBERED_STORIES ? this.#remembered.keys() : [];
    if (oldest !== undefined) this.#remembered.delete(oldest);
    this.#remembered.set(story, addresses);
    return addresses;
  }
}

/** Everybody named in the arrivals of a story, in lower case. */
export function addressesIn(events: readonly Envelope[]): Set<string> {
  return new Set(events.flatMap(addressesOf).map((address) => address.trim().toLowerCase()));
}

function addressesOf(event: Envelope): string[] {
  if (isEvent(EmailReceived, event)) {
    const { from, replyTo, to, cc } = event.data;
    return [from, ...(replyTo ? [replyTo] : []), ...to, ...cc].map(({ address }) => address);
  }
  return isBilling(event) ? [event.data.customer?.email ?? []].flat() : [];
}

function isBilling(event: Envelope) {
  return isEvent(InvoicePaymentFailed, event) || isEvent(ChargeRefunded, event) || isEvent(SubscriptionDeleted, event);
}
