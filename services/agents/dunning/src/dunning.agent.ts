import { Agent, On, type Story, type Task, type TaskResult } from '@troupe/agent-kit';
import {
  ApprovalAccepted, BillingPauseCollection, BillingSendInvoiceReminder, ChargeRefunded, EmailSend, InvoicePaymentFailed, moneyText, SubscriptionDeleted,
  type BillingCustomer, type DataOf, type EventOf, type Evidence,
} from '@troupe/contracts';
import { DraftDunning, DraftNotice, type Letter } from './billing-letters.ts';
import { endFacts, failureEvidence, invoiceName, letterInput, refundFacts } from './letter-material.ts';
import { letterInQuestion, WHAT_TO_WRITE } from './owners-letter.ts';
import { earlierFailures, isEnough, paymentStage } from './payment-stage.ts';

type Failure = DataOf<typeof InvoicePaymentFailed>;

/** A customer who can be written to. */
type Payer = BillingCustomer & { readonly email: string };

/** Looks after payments: a friendly letter when one fails, a decision for the owner when it keeps failing, and notices. */
@Agent({
  name: 'dunning',
  version: '1.1.0',
  purpose: 'Writes to customers about failed payments, refunds and ended subscriptions.',
  emits: [],
  mayPropose: ['email.send', 'billing.pause_collection', 'billing.send_invoice_reminder', 'owner.ask'],
})
export class DunningAgent {
  @On(InvoicePaymentFailed)
  async onPaymentFailed(event: EventOf<typeof InvoicePaymentFailed>, story: Story): Promise<void> {
    const failure = event.data;
    const history = await story.recallEvents(InvoicePaymentFailed, { entity: `customer:${failure.customer.id}`, limit: 200 });
    const earlier = earlierFailures(event, history);
    const before = earlier.map(({ data }) => data);
    const evidence = failureEvidence([event, ...earlier]);
    const stage = paymentStage(failure, before);
    const reason = { rationale: `Payment of ${invoiceName(failure)} failed (${stage} time).`, evidence };
    if (isReachable(failure.customer)) await writeLetter(story, DraftDunning, failure.customer, letterInput(failure, stage, evidence), reason);
    else remindThroughBilling(story, failure, evidence);
    if (isEnough(failure, before)) proposeEnough(story, failure, evidence);
  }

  /** Where nobody can be written to, the refund stays on record and nothing else is due. */
  @On(ChargeRefunded)
  async onRefund(event: EventOf<typeof ChargeRefunded>, story: Story): Promise<void> {
    const { customer, amountRefunded } = event.data;
    if (!isReachable(customer)) return;
    const amount = moneyText(amountRefunded);
    const evidence: Evidence = { claim: `${amount} was refunded`, source: event.id, span: amount, grounds: 'sourced' };
    await writeNotice(story, 'refund', customer, refundFacts(event.data), [evidence]);
  }

  /** Stripe names the customer by their id alone; who paid before can be written to, and nobody else. */
  @On(SubscriptionDeleted)
  async onSubscriptionEnd(event: EventOf<typeof SubscriptionDeleted>, story: Story): Promise<void> {
    const { subscriptionId } = event.data;
    const found = await findPayer(event.data.customer, story);
    if (!found) return;
    const evidence: Evidence = { claim: 'The subscription ended', source: event.id, span: subscriptionId, grounds: 'sourced' };
    await writeNotice(story, 'subscription_deleted', found.payer, endFacts(event.data), [evidence, ...found.evidence]);
  }

  /** The owner sent a letter back with their own words, or answered what to write: their words are the letter. */
  @On(ApprovalAccepted)
  async onOwnersWords(event: EventOf<typeof ApprovalAccepted>, story: Story): Promise<void> {
    const { decision, proposedBy, actionId, response = '' } = event.data;
    if (decision !== 'respond' || proposedBy !== 'dunning' || response.trim() === '') return;
    const letter = await letterInQuestion(story, actionId);
    if (!letter) return;
    const evidence: Evidence = { claim: 'You wrote this', source: event.id, span: response.slice(0, 2_000), grounds: 'sourced' };
    story.propose(EmailSend, { args: { ...letter, body: response }, rationale: 'The letter in your own words.', evidence: [evidence] });
  }
}

function isReachable(customer: BillingCustomer | undefined): customer is Payer {
  return customer?.email !== undefined;
}

/** The customer as the event has them, else as an earlier invoice or refund had them, which is then cited. */
async function findPayer(customer: BillingCustomer, story: Story): Promise<{ payer: Payer; evidence: readonly Evidence[] } | undefined> {
  if (isReachable(customer)) return { payer: customer, evidence: [] };
  const filter = { entity: `customer:${customer.id}`, limit: 20 };
  const payments = [...(await story.recallEvents(InvoicePaymentFailed, filter)), ...(await story.recallEvents(ChargeRefunded, filter))];
  for (const { id, data } of payments) {
    if (!isReachable(data.customer)) continue;
    const { email } = data.customer;
    return { payer: data.customer, evidence: [{ claim: `${email} is theirs`, source: id, span: email, grounds: 'sourced' }] };
  }
  return undefined;
}

function remindThroughBilling(story: Story, { invoiceId }: Failure, evidence: readonly Evidence[]): void {
  const rationale = 'There is no address to write to; the billing system has its own.';
  story.propose(BillingSendInvoiceReminder, { args: { invoiceId }, rationale, evidence });
}

/** The third failure is for the owner to end: stop charging where that is possible, else say what to do. */
function proposeEnough(story: Story, failure: Failure, evidence: readonly Evidence[]): void {
  const { subscriptionId, amountDue, customer } = failure;
  if (subscriptionId) {
    const rationale = `Payment of ${invoiceName(failure)} has failed three times; charging again would not help.`;
    story.propose(BillingPauseCollection, { args: { subscriptionId, behavior: 'keep_as_draft' }, rationale, evidence });
    return;
  }
  story.askOwner(`Payment of ${invoiceName(failure)} has failed three times. What should happen?`, {
    context: `${moneyText(amountDue)} from ${customer.name ?? customer.email ?? customer.id}; there is no subscription to pause.`,
    options: ['Wait', 'I will call them', 'Write it off'],
    evidence,
  });
}

async function writeNotice(story: Story, kind: 'refund' | 'subscription_deleted', customer: Payer, facts: object, evidence: readonly [Evidence, ...Evidence[]]): Promise<void> {
  const [{ claim, source }] = evidence;
  await writeLetter(story, DraftNotice, customer, { kind, customer, facts, source }, { rationale: claim, evidence });
}

interface Reason {
  readonly rationale: string;
  readonly evidence: readonly Evidence[];
}

async function writeLetter(story: Story, task: Task<typeof DraftDunning.answer>, customer: Payer, input: object, reason: Reason): Promise<void> {
  const result: TaskResult<Letter> = await story.ask(task, input);
  if (result.kind === 'declined') {
    const context = `${reason.rationale}\n\n${result.reason}`;
    story.askOwner(`${WHAT_TO_WRITE} ${customer.name ?? customer.email}?`, { context, evidence: reason.evidence });
    return;
  }
  const { subject, body } = result.answer;
  story.propose(EmailSend, { args: { to: [customer.email], subject, body }, ...reason, basis: result });
}
