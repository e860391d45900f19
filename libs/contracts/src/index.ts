export { EnvelopeSchema, MAX_HOPS, Origin, OriginSchema, worstOrigin, type Envelope, type TypedEvent } from './envelope.ts';
export { eventFilter, eventSubject, readEventSubject, type EventSubject } from './event-subject.ts';
export { defineEvent, schemaUrn, upcast, type DataOf, type EventContract, type EventOf, type Retention } from './event-contract.ts';
export { type Versioned } from './versions.ts';
export { defineQuery, type QueryContract, type ReplyOf, type RequestOf } from './query-contract.ts';
export { FailureSchema, type Failure } from './failure.ts';
export { type Attempt, type Connector, type ConnectorMode, type Effect, type Finding } from './connector-contract.ts';
export { Buckets, DeliveryBuckets, StateBuckets, Streams } from './streams.ts';
export { actionDigest, canonicalDigest, sha256, type ActionToDigest } from './digest.ts';
export { moneyText } from './money-text.ts';
export {
  quarantineEventId, QuarantineReasonSchema, quarantineText, StoryHoldSchema, storyKey, type QuarantineReason, type StoryHold,
} from './story-hold.ts';
export { addressesIn, entitiesOf, sourcesOf } from './entities.ts';
export { outputId, personSubject, stableId } from './identifiers.ts';

export {
  defineAction, type ActionContract, type ActionField, type ArgsOf, type Reversibility, type Tier,
} from './actions/action-contract.ts';
export { ActionCatalogue, actionProblems, findAction, inPresentForm } from './actions/action-catalogue.ts';
export { MoneySchema, type Money } from './actions/billing.args.ts';
export { BillingPauseCollection } from './actions/billing-pause-collection.action.ts';
export { BillingRefund } from './actions/billing-refund.action.ts';
export { BillingResumeCollection } from './actions/billing-resume-collection.action.ts';
export { BillingSendInvoiceReminder } from './actions/billing-send-invoice-reminder.action.ts';
export { EmailLabel } from './actions/email-label.action.ts';
export { EmailSend } from './actions/email-send.action.ts';
export { OwnerAsk } from './actions/owner-ask.action.ts';
export { StoryRelease } from './actions/story-release.action.ts';

export {
  ActionReferenceSchema, ActionSchema, ActionVersionSchema, BlobReferenceSchema, EvidenceSchema, GroundsSchema, MailboxSchema, ModelReferenceSchema,
  PolicyVerdictSchema, TaintSchema, type Action, type BlobReference, type Evidence, type Grounds, type Mailbox, type ModelReference,
  type PolicyVerdict, type Taint,
} from './events/parts.ts';
export { type BillingCustomer } from './events/billing-parts.ts';
export { EventCatalogue, findEvent } from './events/event-catalogue.ts';
export { ActionAttempted } from './events/action-attempted.event.ts';
export { ActionAuthorized } from './events/action-authorized.event.ts';
export { ActionCompensated } from './events/action-compensated.event.ts';
export { ActionDeferred } from './events/action-deferred.event.ts';
export { ActionDenied } from './events/action-denied.event.ts';
export { ActionExecuted } from './events/action-executed.event.ts';
export { ActionExpired } from './events/action-expired.event.ts';
export { ActionFailed } from './events/action-failed.event.ts';
export { ActionFlagged } from './events/action-flagged.event.ts';
export { ActionHeld } from './events/action-held.event.ts';
export { ActionOutcomeReported } from './events/action-outcome-reported.event.ts';
export { ActionProposed } from './events/action-proposed.event.ts';
export { ActionRetryRequested } from './events/action-retry-requested.event.ts';
export { ActionStalled } from './events/action-stalled.event.ts';
export { ActionUndoRequested } from './events/action-undo-requested.event.ts';
export { ActionUndone } from './events/action-undone.event.ts';
export { ActionUnknown } from './events/action-unknown.event.ts';
export { ActionVerified } from './events/action-verified.event.ts';
export { ApprovalAccepted } from './events/approval-accepted.event.ts';
export { ApprovalDecided } from './events/approval-decided.event.ts';
export { ApprovalRefused } from './events/approval-refused.event.ts';
export { ChargeRefunded } from './events/charge-refunded.event.ts';
export { CompensationFailed } from './events/compensation-failed.event.ts';
export { DeliveryResumed } from './events/delivery-resumed.event.ts';
export { DeliveryWaiting } from './events/delivery-waiting.event.ts';
export { EmailReceived } from './events/email-received.event.ts';
export { EmailRefused } from './events/email-refused.event.ts';
export { EmailTriaged } from './events/email-triaged.event.ts';
export { EngineAnswered } from './events/engine-answered.event.ts';
export { InvoicePaymentFailed } from './events/invoice-payment-failed.event.ts';
export { MessageDeadLettered } from './events/message-dead-lettered.event.ts';
export { StoryEnded } from './events/story-ended.event.ts';
export { StoryQuarantined } from './events/story-quarantined.event.ts';
export { StoryReleased } from './events/story-released.event.ts';
export { SubscriptionDeleted } from './events/subscription-deleted.event.ts';
export { WebhookReceived } from './events/webhook-received.event.ts';
export { CheckSchema, type Check } from './events/action-verified.event.ts';
export { DecisionSchema, type Decision } from './events/approval-decided.event.ts';
export { RefusalCodeSchema, type RefusalCode } from './events/approval-refused.event.ts';
export {
  MailCategorySchema, TriageAnswerSchema, UrgencySchema, type MailCategory, type TriageAnswer, type Urgency,
} from './events/email-triaged.event.ts';

export { RebuildApprovals } from './queries/rebuild-approvals.query.ts';
export { CompleteTask, TaskOutcomeSchema, type TaskOutcome } from './queries/complete-task.query.ts';
export { TraceOrigins, WitnessSchema, type Witness } from './queries/trace-origins.query.ts';
export { RebuildMemory } from './queries/rebuild-memory.query.ts';
export {
  EpisodeFilterSchema, EpisodeSchema, RecallEpisodes, type Episode, type EpisodeFilter,
} from './queries/recall-episodes.query.ts';

export {
  LifecycleContracts, lifeOf, readLifecycleEvent, RulingContracts, stampOf, type LifecycleEvent, type LifecycleKind, type Ruling, type Stamp,
} from './action-life/lifecycle-event.ts';
export { NOTHING_YET, type ActionLife, type Deferral, type HoldReason, type ProposedForm } from './action-life/action-life.ts';
export { evolve } from './action-life/evolve.ts';
export { joinLives } from './action-life/join.ts';
export {
  ABSENT, isOnHold, isUnjudged, originOnRecord, referenceOf, referenceTo, stateOf, type ActionCard, type ActionState, type ActionStateKind, type OnHold, type Reference,
  type Unjudged, type Verification,
} from './action-life/action-state.ts';
