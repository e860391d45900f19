import {
  ChargeRefunded, EmailReceived, InvoicePaymentFailed, SubscriptionDeleted, type BillingCustomer, type Envelope,
} from '@troupe/contracts';
import { moneyText } from './card-fields.ts';
import { actionIdOf } from './card.projection.ts';
import type { Original, StoryEntry } from './card.contract.ts';
import { reading, readings } from './event-reading.ts';
import { eventText } from './event-texts.ts';

const MAX_EXCERPT_CHARS = 8_000;

/** One line of the timeline. */
export function storyEntry(event: Envelope, sequence: number): StoryEntry {
  return {
    sequence,
    id: event.id,
    type: event.type,
    time: event.time,
    agent: event.agent,
    agentVersion: event.agentversion,
    causationId: event.causationid ?? null,
    hops: event.hops,
    actionId: actionIdOf(event) ?? null,
    summary: eventText(event),
  };
}

/** What a story began with, when this event is such a beginning. */
export const originalOf: (event: Envelope) => Original | undefined = readings<Original>([
  reading(EmailReceived, (mail, event) => ({
    kind: 'email',
    eventId: event.id,
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text.slice(0, MAX_EXCERPT_CHARS),
    truncated: mail.truncated || mail.text.length > MAX_EXCERPT_CHARS,
    receivedAt: event.time,
    problems: mail.problems,
  })),
  reading(InvoicePaymentFailed, (invoice, event) =>
    billing(event, 'A payment failed', {
      Customer: customerText(invoice.customer),
      Invoice: invoice.invoiceNumber ?? invoice.invoiceId,
      Due: moneyText(invoice.amountDue),
      Attempt: String(invoice.attemptCount),
      'Next attempt': invoice.nextAttemptAt,
      Subscription: invoice.subscriptionId,
      'Invoice page': invoice.hostedInvoiceUrl,
    })),
  reading(ChargeRefunded, (charge, event) =>
    billing(event, 'A charge was refunded', {
      Customer: charge.customer && customerText(charge.customer),
      Charge: charge.chargeId,
      Amount: moneyText(charge.amount),
      Refunded: moneyText(charge.amountRefunded),
      Reason: charge.reason,
    })),
  reading(SubscriptionDeleted, (ended, event) =>
    billing(event, 'A subscription ended', {
      Customer: customerText(ended.customer),
      Subscription: ended.planName ?? ended.subscriptionId,
      Ended: ended.endedAt,
      Reason: ended.reason,
    })),
]);

function billing(event: Envelope, title: string, facts: Record<string, string | undefined>): Original {
  const known = Object.entries(facts).flatMap(([label, text]) => (text === undefined ? [] : [{ label, text }]));
  return { kind: 'billing', eventId: event.id, title, facts: known, receivedAt: event.time };
}

function customerText({ name, email, id }: BillingCustomer): string {
  if (name && email) return `${name} <${email}>`;
  return name ?? email ?? id;
}
