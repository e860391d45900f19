import {
  ChargeRefunded, EmailReceived, InvoicePaymentFailed, SubscriptionDeleted,
  moneyText, type DataOf, type Episode, type EventContract,
} from '@troupe/contracts';
import type { Fact } from './draft-reply.ts';

/** Event types that say something about a person a reply may state. */
export const FACT_EVENTS: readonly EventContract[] = [EmailReceived, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted];

/** What memory knows, one citable sentence per episode; spans are exactly what the verifier will find in the source. */
export function knownFacts(episodes: readonly Episode[]): Fact[] {
  return episodes.flatMap(({ event }) => {
    const fact = factOf(event.type, event.data);
    return fact ? [{ ...fact, source: event.id }] : [];
  });
}

function factOf(type: string, data: unknown): Omit<Fact, 'source'> | undefined {
  switch (type) {
    case EmailReceived.type:
      return mailFact(data as DataOf<typeof EmailReceived>);
    case InvoicePaymentFailed.type:
      return invoiceFact(data as DataOf<typeof InvoicePaymentFailed>);
    case ChargeRefunded.type:
      return refundFact(data as DataOf<typeof ChargeRefunded>);
    case SubscriptionDeleted.type:
      return { claim: 'Their subscription has ended', span: (data as DataOf<typeof SubscriptionDeleted>).subscriptionId };
    default:
      return undefined;
  }
}

function mailFact({ subject }: DataOf<typeof EmailReceived>) {
  return { claim: `They wrote before: "${subject}"`, span: subject };
}

function invoiceFact({ invoiceNumber, invoiceId, amountDue }: DataOf<typeof InvoicePaymentFailed>) {
  const number = invoiceNumber ?? invoiceId;
  return { claim: `A payment of ${moneyText(amountDue)} for invoice ${number} failed`, span: number };
}

function refundFact({ amountRefunded, chargeId }: DataOf<typeof ChargeRefunded>) {
  return { claim: `${moneyText(amountRefunded)} was refunded`, span: chargeId };
}
