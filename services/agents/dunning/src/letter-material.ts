import {
  moneyText, type ChargeRefunded, type DataOf, type EventOf, type Evidence, type InvoicePaymentFailed, type SubscriptionDeleted,
} from '@troupe/contracts';
import type { PaymentStage } from './payment-stage.ts';

type Failure = DataOf<typeof InvoicePaymentFailed>;

/** Enough to judge a history by; a card with more is not read. */
const MAX_EVIDENCE = 20;

/** How people call the invoice: by its number, else by the billing system's id. */
export function invoiceName(failure: Failure): string {
  return `invoice ${invoiceNumber(failure)}`;
}

/** One piece of evidence a failure, newest first. */
export function failureEvidence(failures: readonly EventOf<typeof InvoicePaymentFailed>[]): Evidence[] {
  return failures.slice(0, MAX_EVIDENCE).map(({ id, data }) => ({
    claim: `Payment of ${moneyText(data.amountDue)} for ${invoiceName(data)} failed (attempt ${data.attemptCount})`,
    source: id,
    span: invoiceNumber(data),
    grounds: 'sourced',
  }));
}

/** What the engine gets to read for a letter about a failed payment. */
export function letterInput(failure: Failure, stage: PaymentStage, evidence: readonly Evidence[]) {
  const { customer, amountDue, attemptCount, hostedInvoiceUrl, nextAttemptAt } = failure;
  const invoice = {
    number: invoiceNumber(failure),
    amountText: moneyText(amountDue),
    attemptCount,
    ...(hostedInvoiceUrl === undefined ? {} : { hostedUrl: hostedInvoiceUrl }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptText: day(nextAttemptAt) }),
  };
  return { customer, invoice, stage, history: evidence.map(({ claim, source, span }) => ({ claim, source, span })) };
}

/** What a notice of a refund may tell, as the customer should read it. */
export function refundFacts({ amountRefunded, receiptUrl }: DataOf<typeof ChargeRefunded>) {
  return { amountText: moneyText(amountRefunded), ...(receiptUrl === undefined ? {} : { receiptUrl }) };
}

/** What a notice of an ended subscription may tell, as the customer should read it. */
export function endFacts({ planName, endedAt }: DataOf<typeof SubscriptionDeleted>) {
  return { ...(planName === undefined ? {} : { planText: planName }), ...(endedAt === undefined ? {} : { endedText: day(endedAt) }) };
}

function invoiceNumber({ invoiceNumber, invoiceId }: Failure): string {
  return invoiceNumber ?? invoiceId;
}

/** `2026-04-03`, which reads the same everywhere. */
function day(time: string): string {
  return time.slice(0, 10);
}
