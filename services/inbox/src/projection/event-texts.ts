import {
  ActionAttempted,
  ActionAuthorized,
  ActionCompensated,
  ActionDeferred,
  ActionDenied,
  ActionExecuted,
  ActionExpired,
  ActionFailed,
  ActionFlagged,
  ActionHeld,
  ActionOutcomeReported,
  ActionProposed,
  ActionRetryRequested,
  ActionUndone,
  ActionUndoRequested,
  ActionStalled,
  ActionUnknown,
  ActionVerified,
  ApprovalAccepted,
  ApprovalDecided,
  ApprovalRefused,
  ChargeRefunded,
  CompensationFailed,
  DeliveryResumed,
  DeliveryWaiting,
  EmailReceived,
  EmailRefused,
  EmailTriaged,
  EngineAnswered,
  InvoicePaymentFailed,
  MessageDeadLettered,
  StoryEnded,
  StoryQuarantined,
  StoryReleased,
  SubscriptionDeleted,
  WebhookReceived,
  inPresentForm,
  quarantineText,
  type DataOf,
  type Envelope,
  type Mailbox,
} from '@troupe/contracts';
import { moneyText } from './card-fields.ts';
import { cardSummary, cardTitle, firstLine, waitingReason } from './card-texts.ts';
import { reading, readings } from './event-reading.ts';

/** One sentence per event, for the timeline. A type this build does not know is named, never hidden. */
export function eventText(event: Envelope): string {
  return firstLine(sentence(event) ?? event.type.replace(/^evt\./, '').replaceAll(/[._]/g, ' '), 240);
}

const sentence = readings<string>([
  reading(EmailReceived, (mail) => `${mailboxText(mail.from)} wrote: ${mail.subject || '(no subject)'}`),
  reading(EmailRefused, (refused) => `A message was turned away: ${refused.failure.message}`),
  reading(EmailTriaged, ({ triage }) => `Sorted as ${triage.category}, urgency ${triage.urgency}: ${triage.what}`),
  reading(InvoicePaymentFailed, invoiceFailed),
  reading(ChargeRefunded, (charge) => `${moneyText(charge.amountRefunded)} of ${moneyText(charge.amount)} refunded`),
  reading(SubscriptionDeleted, (ended) => `Subscription ${ended.planName ?? ended.subscriptionId} ended`),
  reading(WebhookReceived, (hook) => `Webhook from ${hook.source}: ${hook.providerType ?? hook.providerEventId}`),
  reading(EngineAnswered, engineAnswered),
  reading(ActionProposed, ({ action }) => `Proposed: ${cardTitle(action.type)}, ${cardSummary(action.type, (inPresentForm(action) ?? action).args)}`),
  reading(ActionVerified, ({ checks }) => (checks.length === 1 ? 'Its one check passed' : `All ${checks.length} checks passed`)),
  reading(ActionFlagged, ({ checks }) => {
    const failed = checks.filter((check) => !check.passed);
    return `${failed.length} of ${checks.length} checks failed: ${failed.map((check) => check.name).join(', ')}`;
  }),
  reading(ActionHeld, (held) => waitingReason(held.why)),
  reading(ActionAuthorized, authorized),
  reading(
    ActionDenied,
    (denied) =>
      `${denied.by === 'owner' ? 'Rejected' : 'Refused by policy'}${because(denied.reason ?? denied.policy?.reasons[0])}`,
  ),
  reading(ActionExpired, () => 'Nobody decided in time; it will not run'),
  reading(ActionAttempted, (attempt) => `Handed to ${attempt.connector}${attempt.mode === 'sandbox' ? ' (sandbox)' : ''}`),
  reading(ActionExecuted, (done) => done.summary),
  reading(ActionFailed, ({ failure }) => `Failed: ${failure.message}`),
  reading(ActionStalled, ({ failure }) => failure.message),
  reading(ActionUnknown, ({ failure }) => `Nobody knows whether it happened: ${failure.message}`),
  reading(ActionDeferred, ({ failure, tries }) => `Put off, try ${tries}: ${failure.message}`),
  reading(ActionRetryRequested, () => 'You asked to send it again'),
  reading(ActionOutcomeReported, ({ happened }) => (happened ? 'You said that it happened' : 'You said that it did not happen')),
  reading(ActionUndoRequested, () => 'You asked to take it back'),
  reading(ActionUndone, () => 'Stopped before it left'),
  reading(ActionCompensated, () => 'Taken back'),
  reading(CompensationFailed, ({ failure }) => `Could not be taken back: ${failure.message}`),
  reading(ApprovalDecided, decided),
  reading(ApprovalAccepted, accepted),
  reading(ApprovalRefused, (refused) => `The decision did not count: ${refused.message}`),
  reading(MessageDeadLettered, (dead) => `${dead.service} could not handle ${dead.eventType}: ${dead.failure.message}`),
  reading(DeliveryWaiting, ({ service, message }) => `${service} waits: ${message}`),
  reading(DeliveryResumed, ({ service, message }) => `${service} goes on; it had waited: ${message}`),
  reading(StoryQuarantined, stopped),
  reading(StoryReleased, () => 'The story goes on: it may use up as much again'),
  reading(StoryEnded, ({ reason }) => `The story stays silent${because(reason)}`),
]);

/** `Ana Lima` or, without a name, the address. */
export function mailboxText(mailbox: Mailbox): string {
  return mailbox.name?.trim() || mailbox.address;
}

function invoiceFailed(invoice: DataOf<typeof InvoicePaymentFailed>): string {
  const who = invoice.customer.name ?? invoice.customer.email ?? invoice.customer.id;
  return `Payment of ${moneyText(invoice.amountDue)} by ${who} failed, attempt ${invoice.attemptCount}`;
}

function engineAnswered({ model, task, outcome }: DataOf<typeof EngineAnswered>): string {
  switch (outcome.kind) {
    case 'answered':
      return `${model.model} answered ${task} (${outcome.grounds})`;
    case 'declined':
      return `${model.model} declined ${task}: ${outcome.reason}`;
    case 'failed':
      return `${model.model} failed at ${task}: ${outcome.failure.message}`;
    default:
      return outcome satisfies never;
  }
}

function authorized(data: DataOf<typeof ActionAuthorized>): string {
  const who = data.by === 'owner' ? 'Approved' : 'Allowed by policy without asking';
  if (data.compensates) return `${who}, to take ${data.compensates} back`;
  return data.holdUntil ? `${who}; it can be undone until it leaves` : who;
}

function decided(data: DataOf<typeof ApprovalDecided>): string {
  switch (data.decision) {
    case 'approve':
      return 'You approved';
    case 'edit':
      return 'You edited and approved';
    case 'reject':
      return `You rejected${because(data.reason)}`;
    case 'respond':
      return `You answered${because(data.response)}`;
    case 'snooze':
      return 'You put it aside';
    default:
      return data.decision satisfies never;
  }
}

function accepted({ decision }: DataOf<typeof ApprovalAccepted>): string {
  switch (decision) {
    case 'respond':
      return 'Your answer was passed on';
    case 'approve':
      return 'Your word counts';
    case 'snooze':
      return 'Put aside';
    default:
      return decision satisfies never;
  }
}

/** Events from before there were budgets say only how long the chain was. */
function stopped({ because: reason, handler, hops }: DataOf<typeof StoryQuarantined>): string {
  if (reason === undefined || reason.kind === 'hops') return `Stopped after ${hops} steps: it went in circles at ${handler}`;
  return `Stopped. ${quarantineText(reason)}`;
}

function because(reason: string | undefined): string {
  return reason ? `: ${reason}` : '';
}
