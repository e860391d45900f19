import type { DataOf, EventOf, InvoicePaymentFailed } from '@troupe/contracts';

export type PaymentStage = 'first' | 'second' | 'third';
type Failure = DataOf<typeof InvoicePaymentFailed>;

/**
 * How often payment of this invoice has failed: what the billing system counts, or, when it counts less, the failures that
 * are on record before this one (a webhook can be lost, and a provider may start to count anew).
 */
export function paymentStage(failure: Failure, earlier: readonly Failure[]): PaymentStage {
  const times = Math.max(failure.attemptCount, earlier.length + 1);
  if (times >= 3) return 'third';
  return times === 2 ? 'second' : 'first';
}

/** Whether this is the failure that makes it enough. A later one does not put the same question to the owner again. */
export function isEnough(failure: Failure, earlier: readonly Failure[]): boolean {
  if (paymentStage(failure, earlier) !== 'third') return false;
  return earlier.every((each, index) => paymentStage(each, earlier.slice(index + 1)) !== 'third');
}

/** The failures of the same invoice on record before this one, newest first as memory gives them. */
export function earlierFailures(event: EventOf<typeof InvoicePaymentFailed>, history: readonly EventOf<typeof InvoicePaymentFailed>[]) {
  return history.filter(({ id, data }) => id !== event.id && data.invoiceId === event.data.invoiceId);
}
