import type { EventContract } from '../event-contract.ts';
import { ActionAttempted } from './action-attempted.event.ts';
import { ActionAuthorized } from './action-authorized.event.ts';
import { ActionCompensated } from './action-compensated.event.ts';
import { ActionDeferred } from './action-deferred.event.ts';
import { ActionDenied } from './action-denied.event.ts';
import { ActionExecuted } from './action-executed.event.ts';
import { ActionExpired } from './action-expired.event.ts';
import { ActionFailed } from './action-failed.event.ts';
import { ActionFlagged } from './action-flagged.event.ts';
import { ActionHeld } from './action-held.event.ts';
import { ActionOutcomeReported } from './action-outcome-reported.event.ts';
import { ActionProposed } from './action-proposed.event.ts';
import { ActionRetryRequested } from './action-retry-requested.event.ts';
import { ActionStalled } from './action-stalled.event.ts';
import { ActionUndoRequested } from './action-undo-requested.event.ts';
import { ActionUndone } from './action-undone.event.ts';
import { ActionUnknown } from './action-unknown.event.ts';
import { ActionVerified } from './action-verified.event.ts';
import { ApprovalAccepted } from './approval-accepted.event.ts';
import { ApprovalDecided } from './approval-decided.event.ts';
import { ApprovalRefused } from './approval-refused.event.ts';
import { ChargeRefunded } from './charge-refunded.event.ts';
import { CompensationFailed } from './compensation-failed.event.ts';
import { DeliveryResumed } from './delivery-resumed.event.ts';
import { DeliveryWaiting } from './delivery-waiting.event.ts';
import { EmailReceived } from './email-received.event.ts';
import { EmailRefused } from './email-refused.event.ts';
import { EmailTriaged } from './email-triaged.event.ts';
import { EngineAnswered } from './engine-answered.event.ts';
import { InvoicePaymentFailed } from './invoice-payment-failed.event.ts';
import { MessageDeadLettered } from './message-dead-lettered.event.ts';
import { StoryEnded } from './story-ended.event.ts';
import { StoryQuarantined } from './story-quarantined.event.ts';
import { StoryReleased } from './story-released.event.ts';
import { SubscriptionDeleted } from './subscription-deleted.event.ts';
import { WebhookReceived } from './webhook-received.event.ts';

/** Every event type there is. A type that is not here cannot be published. */
export const EventCatalogue: readonly EventContract[] = [
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
  ActionStalled,
  ActionUndoRequested,
  ActionUndone,
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
];

const byType = new Map(EventCatalogue.map((event) => [event.type as string, event]));

/** The contract of an event type, or undefined when there is none. */
export function findEvent(type: string): EventContract | undefined {
  return byType.get(type);
}
