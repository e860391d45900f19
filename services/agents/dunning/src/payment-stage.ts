import { InvoicePaymentFailed, type DataOf, type Episode } from '@troupe/contracts';

export type PaymentStage = 'first' | 'second' | 'third';
type Failure = DataOf<typeof InvoicePaymentFailed>;

/**
 * How often payment of this invoice has failed: what the billing system counts, or what memory holds when it counts less
 * (a webhook can be lost, and a provider may start to count anew).
 */
export function paymentStage(failure: Failure, history: readonly Episode[]): PaymentStage {
  const times = Math.max(failure.attemptCount, failuresOf(failure.invoiceId, history).length);
  if (times >= 3) return 'third';
  return times === 2 ? 'second' : 'first';
}

/** The failures of one invoice that memory holds. */
export function failuresOf(invoiceId: string, history: readonly Episode[]): Episode[] {
  return history.filter(({ event }) => event.type === InvoicePaymentFailed.type && (event.data as Failure).invoiceId === invoiceId);
}
