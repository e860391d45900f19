import {
  ChargeRefunded, InvoicePaymentFailed, SubscriptionDeleted, type BillingCustomer, type EventContract,
} from '@troupe/contracts';
import { z } from 'zod';

/** The envelope of a Stripe event (https://docs.stripe.com/api/events/object). A thin event (v2) has no `data.object`. */
export const StripeEventSchema = z.object({
  id: z.string().min(1).max(255),
  type: z.string().min(1).max(255),
  livemode: z.boolean().default(false),
  data: z.object({ object: z.unknown() }).optional(),
});
export type StripeEvent = z.infer<typeof StripeEventSchema>;

/** An event of ours, made from one of Stripe's; `data` holds to the contract. */
export interface MappedEvent {
  readonly contract: EventContract;
  readonly data: unknown;
  readonly subject: string | undefined;
}

const text = z.string().nullish();
const idOf = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]);
/** A reference is an id, or the whole object where the account expands it. */
const CustomerReference = z.union([
  z.string().transform((id) => ({ id, email: null, name: null })),
  z.object({ id: z.string(), email: text, name: text }),
]);

const Invoice = z.object({
  id: z.string(),
  number: text,
  customer: CustomerReference,
  customer_email: text,
  customer_name: text,
  amount_due: z.int(),
  currency: z.string(),
  attempt_count: z.int(),
  next_payment_attempt: z.number().nullish(),
  hosted_invoice_url: text,
  /** Until API version 2025-03-31; since then it is under `parent`. */
  subscription: idOf.nullish(),
  parent: z.object({ subscription_details: z.object({ subscription: idOf.nullish() }).nullish() }).nullish(),
});

const Charge = z.object({
  id: z.string(),
  customer: CustomerReference.nullish(),
  billing_details: z.object({ email: text, name: text }).nullish(),
  receipt_email: text,
  amount: z.int(),
  amount_refunded: z.int(),
  currency: z.string(),
  receipt_url: text,
  /** Listed until API version 2022-11-15. */
  refunds: z.object({ data: z.array(z.object({ reason: text })).optional() }).nullish(),
});

const Plan = z.object({ nickname: text, name: text }).nullish();
const Subscription = z.object({
  id: z.string(),
  customer: CustomerReference,
  items: z.object({ data: z.array(z.object({ price: Plan, plan: Plan })).optional() }).nullish(),
  plan: Plan,
  ended_at: z.number().nullish(),
  cancellation_details: z.object({ reason: text }).nullish(),
});

/**
 * The event of ours that says the same; `undefined` for a type Troupe has no event for, and for an object in a shape it
 * does not know (an older or newer API version), which must not be guessed at.
 */
export function mapStripeEvent(event: StripeEvent): MappedEvent | undefined {
  const mapped = mapKnown(event);
  if (mapped === undefined) return undefined;
  const checked = mapped.contract.schema.safeParse(mapped.data);
  return checked.success ? { ...mapped, data: checked.data } : undefined;
}

/** The types that have an event of their own here; one of these that does not map deserves a warning. */
export const MAPPED_TYPES: readonly string[] = ['invoice.payment_failed', 'charge.refunded', 'customer.subscription.deleted'];

function mapKnown(event: StripeEvent): MappedEvent | undefined {
  const object = event.data?.object;
  switch (event.type) {
    case 'invoice.payment_failed':
      return mapWith(Invoice, object, (invoice) => paymentFailed(event, invoice));
    case 'charge.refunded':
      return mapWith(Charge, object, (charge) => refunded(event, charge));
    case 'customer.subscription.deleted':
      return mapWith(Subscription, object, (subscription) => subscriptionDeleted(event, subscription));
    default:
      return undefined;
  }
}

function mapWith<Schema extends z.ZodType>(schema: Schema, object: unknown, map: (object: z.infer<Schema>) => MappedEvent): MappedEvent | undefined {
  const parsed = schema.safeParse(object);
  return parsed.success ? map(parsed.data) : undefined;
}

function paymentFailed(event: StripeEvent, invoice: z.infer<typeof Invoice>): MappedEvent {
  const { id, email, name } = invoice.customer;
  return aboutCustomer(InvoicePaymentFailed, id, {
    provider: provider(event),
    customer: customer(id, [invoice.customer_email, email], [invoice.customer_name, name]),
    invoiceId: invoice.id,
    invoiceNumber: invoice.number ?? undefined,
    subscriptionId: invoice.subscription ?? invoice.parent?.subscription_details?.subscription ?? undefined,
    amountDue: money(invoice.amount_due, invoice.currency),
    attemptCount: invoice.attempt_count,
    nextAttemptAt: instant(invoice.next_payment_attempt),
    hostedInvoiceUrl: webAddress(invoice.hosted_invoice_url),
  });
}

function refunded(event: StripeEvent, charge: z.infer<typeof Charge>): MappedEvent {
  const { customer: reference, billing_details: billing } = charge;
  const who = reference && customer(reference.id, [reference.email, billing?.email, charge.receipt_email], [reference.name, billing?.name]);
  return aboutCustomer(ChargeRefunded, reference?.id, {
    provider: provider(event),
    customer: who ?? undefined,
    chargeId: charge.id,
    amount: money(charge.amount, charge.currency),
    amountRefunded: money(charge.amount_refunded, charge.currency),
    reason: charge.refunds?.data?.[0]?.reason ?? undefined,
    receiptUrl: webAddress(charge.receipt_url),
  });
}

function subscriptionDeleted(event: StripeEvent, subscription: z.infer<typeof Subscription>): MappedEvent {
  const { id, email, name } = subscription.customer;
  return aboutCustomer(SubscriptionDeleted, id, {
    provider: provider(event),
    customer: customer(id, [email], [name]),
    subscriptionId: subscription.id,
    planName: planName(subscription),
    endedAt: instant(subscription.ended_at),
    reason: subscription.cancellation_details?.reason ?? undefined,
  });
}

function aboutCustomer(contract: EventContract, customerId: string | undefined, data: unknown): MappedEvent {
  return { contract, data, subject: customerId === undefined ? undefined : `customer:${customerId}` };
}

function provider({ id, livemode }: StripeEvent): { name: 'stripe'; eventId: string; livemode: boolean } {
  return { name: 'stripe', eventId: id, livemode };
}

/** The first usable address and name of those the object offers. */
function customer(id: string, emails: readonly MaybeText[], names: readonly MaybeText[]): BillingCustomer {
  const email = emails.find((candidate) => z.email().max(320).safeParse(candidate).success);
  const name = names.find((candidate) => candidate);
  return { id, ...(email && { email: email.toLowerCase() }), ...(name && { name: name.slice(0, 500) }) };
}

type MaybeText = string | null | undefined;

/** Amounts are copied: Stripe counts in the smallest unit, as we do (https://docs.stripe.com/currencies#zero-decimal). */
function money(amountMinor: number, currency: string): { amountMinor: number; currency: string } {
  return { amountMinor, currency: currency.toLowerCase() };
}

/** Stripe's timestamps are in seconds since 1970. */
function instant(seconds: number | null | undefined): string | undefined {
  const day = new Date((seconds ?? NaN) * 1000);
  return Number.isNaN(day.getTime()) ? undefined : day.toISOString();
}

function webAddress(url: MaybeText): string | undefined {
  return z.url({ protocol: /^https?$/ }).max(2_000).safeParse(url).data;
}

function planName({ items, plan }: z.infer<typeof Subscription>): string | undefined {
  const item = items?.data?.[0];
  const named = [item?.price, item?.plan, plan].find((candidate) => candidate?.nickname ?? candidate?.name);
  return named?.nickname ?? named?.name ?? undefined;
}
