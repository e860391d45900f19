import { Agent, On, type Story, type Task, type TaskResult } from '@troupe/agent-kit';
import {
  BillingPauseCollection, BillingSendInvoiceReminder, ChargeRefunded, EmailSend, InvoicePaymentFailed, moneyText, SubscriptionDeleted,
  type BillingCustomer, type DataOf, type EventOf, type Evidence,
} from '@troupe/contracts';
import { DraftDunning, DraftNotice, type Letter } from './billing-letters.ts';
import { failuresOf, paymentStage, type PaymentStage } from './payment-stage.ts';

type Failure = DataOf<typeof InvoicePaymentFailed>;

/** Looks after payments: a friendly letter when one fails, a decision for the owner when it keeps failing, and notices. */
@Agent({
  name: 'dunning',
  version: '1.0.0',
  purpose: 'Writes to customers about failed payments, refunds and ended subscriptions.',
  emits: [],
  mayPropose: ['email.send', 'billing.pause_collection', 'billing.send_invoice_reminder', 'owner.ask'],
})
export class DunningAgent {
  @On(InvoicePaymentFailed)
  async onPaymentFailed(event: EventOf<typeof InvoicePaymentFailed>, story: Story): Promise<void> {
    const failure = event.data;
    const history = await story.recall({ subject: `customer:${failure.customer.id}`, types: [InvoicePaymentFailed.type], limit: 50 });
    const stage = paymentStage(failure, history);
    const earlier = failuresOf(failure.invoiceId, history).filter((episode) => episode.event.id !== event.id);
    const evidence = [cite(event, failure), ...earlier.map((episode) => cite(episode.event, episode.event.data as Failure))];
    await writeToPayer(story, failure, stage, evidence);
    if (stage === 'third') proposeEnough(story, failure, evidence);
  }

  @On(ChargeRefunded)
  async onRefund(event: EventOf<typeof ChargeRefunded>, story: Story): Promise<void> {
    const { customer, amountRefunded, chargeId, receiptUrl } = event.data;
    if (!customer?.email) return;
    const facts = { amountText: moneyText(amountRefunded), chargeId, ...(receiptUrl === undefined ? {} : { receiptUrl }) };
    const evidence: Evidence = { claim: `${facts.amountText} was refunded`, source: event.id, span: chargeId, grounds: 'sourced' };
    await writeNotice(story, 'refund', customer, facts, evidence);
  }

  @On(SubscriptionDeleted)
  async onSubscriptionEnd(event: EventOf<typeof SubscriptionDeleted>, story: Story): Promise<void> {
    const { customer, subscriptionId, planName } = event.data;
    if (!customer.email) return;
    const evidence: Evidence = { claim: 'The subscription ended', source: event.id, span: subscriptionId, grounds: 'sourced' };
    await writeNotice(story, 'subscription_deleted', customer, { ...(planName === undefined ? {} : { planName }) }, evidence);
  }
}

async function writeToPayer(story: Story, failure: Failure, stage: PaymentStage, evidence: readonly Evidence[]): Promise<void> {
  const { customer } = failure;
  if (!customer.email) {
    const args = { invoiceId: failure.invoiceId };
    story.propose(BillingSendInvoiceReminder, { args, rationale: 'There is no address to write to; the billing system has its own.', evidence });
    return;
  }
  await writeLetter(story, DraftDunning, customer, letterInput(failure, stage, evidence), {
    rationale: `Payment of ${invoiceName(failure)} failed (${stage} time).`,
    evidence,
  });
}

/** The third failure is for the owner to end: stop charging where that is possible, else say what to do. */
function proposeEnough(story: Story, failure: Failure, evidence: readonly Evidence[]): void {
  const rationale = `Payment of ${invoiceName(failure)} has failed three times; charging again would not help.`;
  if (failure.subscriptionId) {
    const args = { subscriptionId: failure.subscriptionId, behavior: 'keep_as_draft' as const };
    story.propose(BillingPauseCollection, { args, rationale, evidence });
    return;
  }
  story.askOwner(`Payment of ${invoiceName(failure)} has failed three times. What should happen?`, {
    context: `${moneyText(failure.amountDue)} from ${failure.customer.name ?? failure.customer.email ?? failure.customer.id}; there is no subscription to pause.`,
    options: ['Wait', 'I will call them', 'Write it off'],
    evidence,
  });
}

async function writeNotice(story: Story, kind: 'refund' | 'subscription_deleted', customer: BillingCustomer, facts: object, evidence: Evidence): Promise<void> {
  const input = { kind, customer, facts, source: evidence.source };
  await writeLetter(story, DraftNotice, customer, input, { rationale: evidence.claim, evidence: [evidence] });
}

interface Reason {
  readonly rationale: string;
  readonly evidence: readonly Evidence[];
}

async function writeLetter(story: Story, task: Task<typeof DraftDunning.answer>, customer: BillingCustomer, input: object, reason: Reason): Promise<void> {
  const result: TaskResult<Letter> = await story.ask(task, input);
  if (result.kind === 'declined') {
    story.askOwner(`What should I write to ${customer.name ?? customer.email}?`, { context: `${reason.rationale}\n\n${result.reason}`, evidence: reason.evidence });
    return;
  }
  const { subject, body } = result.answer;
  story.propose(EmailSend, { args: { to: [customer.email ?? ''], subject, body }, ...reason, basis: result });
}

function letterInput(failure: Failure, stage: PaymentStage, evidence: readonly Evidence[]) {
  const { customer, amountDue, attemptCount, hostedInvoiceUrl, nextAttemptAt } = failure;
  const invoice = {
    number: failure.invoiceNumber ?? failure.invoiceId,
    amountText: moneyText(amountDue),
    attemptCount,
    ...(hostedInvoiceUrl === undefined ? {} : { hostedUrl: hostedInvoiceUrl }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptText: nextAttemptAt.slice(0, 10) }),
  };
  return { customer, invoice, stage, history: evidence.map(({ claim, source, span }) => ({ claim, source, span })) };
}

function cite(event: { readonly id: string }, failure: Failure): Evidence {
  const claim = `Payment of ${moneyText(failure.amountDue)} for ${invoiceName(failure)} failed (attempt ${failure.attemptCount})`;
  return { claim, source: event.id, span: failure.invoiceNumber ?? failure.invoiceId, grounds: 'sourced' };
}

function invoiceName(failure: Failure): string {
  return `invoice ${failure.invoiceNumber ?? failure.invoiceId}`;
}
