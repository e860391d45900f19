import {
  ActionAuthorized, ActionDenied, ActionHeld, ActionExecuted, ActionFailed, ActionOutcomeReported, ActionRetryRequested, ActionUndone, ActionUndoRequested,
  ApprovalAccepted, ApprovalDecided, ApprovalRefused, CompensationFailed, type Envelope, type EventContract,
} from '@troupe/contracts';

const answerTypes = typesOf(
  ActionAuthorized, ActionDenied, ActionHeld, ActionUndone, ApprovalAccepted, ApprovalRefused, CompensationFailed, ActionExecuted,
  ActionFailed,
);
const questionTypes = typesOf(ApprovalDecided, ActionUndoRequested, ActionRetryRequested, ActionOutcomeReported);

/** Whether an event can be what policy or the effect gate says to a decision or an undo: it is, when it was caused by one. */
export function isAnswer(event: Envelope): boolean {
  return answerTypes.has(event.type) && event.causationid !== undefined;
}

/** Whether an event is the owner's word, which somebody will want to know the answer to. */
export function wantsAnswer(event: Envelope): boolean {
  return questionTypes.has(event.type);
}

function typesOf(...contracts: readonly EventContract[]): ReadonlySet<string> {
  return new Set(contracts.map(({ type }) => type));
}
