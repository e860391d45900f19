import { Inject, Injectable } from '@nestjs/common';
import {
  ChargeRefunded, EmailReceived, InvoicePaymentFailed, RecallEpisodes, SubscriptionDeleted, type Envelope,
} from '@troupe/contracts';
import { isEvent, Queries } from '@troupe/messaging';

const ARRIVALS = [EmailReceived, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted];
const MAX_ARRIVALS = 100;

/** Knows which addresses a story has had to do with. */
@Injectable()
export class StoryAddresses {
  readonly #queries: Pick<Queries, 'ask'>;

  constructor(@Inject(Queries) queries: Pick<Queries, 'ask'>) {
    this.#queries = queries;
  }

  /** The addresses of a story up to a stream sequence, in lower case. None when memory is away: then every recipient is new. */
  async upTo(sequence: number, story: string): Promise<ReadonlySet<string>> {
    const types = ARRIVALS.map((contract) => contract.type);
    const request = { correlationId: story, types, asOf: sequence, limit: MAX_ARRIVALS };
    const reply = await this.#queries.ask(RecallEpisodes, request).catch(() => undefined);
    return reply?.kind === 'found' ? addressesIn(reply.episodes.map(({ event }) => event)) : new Set();
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
