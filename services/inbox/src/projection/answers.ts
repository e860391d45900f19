import {
  ActionAuthorized, ActionDenied, ActionHeld, ActionUndone, ApprovalAccepted, ApprovalRefused, CompensationFailed,
  type Envelope,
} from '@troupe/contracts';

const answerTypes: ReadonlySet<string> = new Set(
  [ActionAuthorized, ActionDenied, ActionHeld, ActionUndone, ApprovalAccepted, ApprovalRefused, CompensationFailed].map(
    (contract) => contract.type,
  ),
);

/** Whether an event can be what policy or the effect gate says to a decision or an undo: it is, when it was caused by one. */
export function isAnswer(event: Envelope): boolean {
  return answerTypes.has(event.type) && event.causationid !== undefined;
}
