import {
  ChargeRefunded, EmailReceived, InvoicePaymentFailed, SubscriptionDeleted, moneyText,
  type DataOf, type Episode, type EventContract,
} from '@troupe/contracts';
import { isEvent } from '@troupe/agent-kit';
import type { Fact } from './draft-reply.ts';

/** Event types that say something about a person a reply may state. */
export const FACT_EVENTS: readonly EventContract[] = [EmailReceived, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted];

type Statement = Pick<Fact, 'claim' | 'span'>;

/**
 * What memory knows, in citable sentences; a span is exactly what stands in the source, so one claim rests on one span.
 * What several episodes say is said once, by the first of them.
 */
export function knownFacts(episodes: readonly Episode[]): Fact[] {
  const facts = episodes.flatMap(({ event }) => statementsOf(event).map((statement) => ({ ...statement, source: event.id })));
  return facts.filter(({ claim }, index) => facts.findIndex((other) => other.claim === claim) === index);
}

function statementsOf(event: Episode['event']): Statement[] {
  if (isEvent(EmailReceived, event)) return mailStatements(event.data);
  if (isEvent(InvoicePaymentFailed, event)) return invoiceStatements(event.data);
  if (isEvent(ChargeRefunded, event)) return refundStatements(event.data);
  if (isEvent(SubscriptionDeleted, event)) return [{ claim: 'Their subscription has ended', span: event.data.subscriptionId }];
  return [];
}

function mailStatements({ subject }: DataOf<typeof EmailReceived>): Statement[] {
  return subject === '' ? [] : [{ claim: `They wrote before: "${subject.slice(0, 900)}"`, span: subject }];
}

function invoiceStatements({ invoiceNumber, invoiceId, amountDue }: DataOf<typeof InvoicePaymentFailed>): Statement[] {
  const number = invoiceNumber ?? invoiceId;
  const amount = moneyText(amountDue);
  return [
    { claim: `The payment of invoice ${number} failed`, span: number },
    { claim: `A payment of ${amount} failed`, span: amount },
  ];
}

function refundStatements({ amountRefunded }: DataOf<typeof ChargeRefunded>): Statement[] {
  const amount = moneyText(amountRefunded);
  return [{ claim: `${amount} was refunded`, span: amount }];
}
