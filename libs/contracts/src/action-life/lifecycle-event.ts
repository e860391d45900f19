import type { DataOf } from '../event-contract.ts';
import type { Envelope, Origin } from '../envelope.ts';
import { ActionAttempted } from '../events/action-attempted.event.ts';
import { ActionAuthorized } from '../events/action-authorized.event.ts';
import { ActionCompensated } from '../events/action-compensated.event.ts';
import { ActionDeferred } from '../events/action-deferred.event.ts';
import { ActionDenied } from '../events/action-denied.event.ts';
import { ActionExecuted } from '../events/action-executed.event.ts';
import { ActionExpired } from '../events/action-expired.event.ts';
import { ActionFailed } from '../events/action-failed.event.ts';
import { ActionFlagged } from '../events/action-flagged.event.ts';
import { ActionHeld } from '../events/action-held.event.ts';
import { ActionOutcomeReported } from '../events/action-outcome-reported.event.ts';
import { ActionProposed } from '../events/action-proposed.event.ts';
import { ActionRetryRequested } from '../events/action-retry-requested.event.ts';
import { ActionStalled } from '../events/action-stalled.event.ts';
import { ActionUndoRequested } from '../events/action-undo-requested.event.ts';
import { ActionUndone } from '../events/action-undone.event.ts';
import { ActionUnknown } from '../events/action-unknown.event.ts';
import { ActionVerified } from '../events/action-verified.event.ts';
import { ApprovalAccepted } from '../events/approval-accepted.event.ts';
import { ApprovalDecided } from '../events/approval-decided.event.ts';
import { ApprovalRefused } from '../events/approval-refused.event.ts';
import { CompensationFailed } from '../events/compensation-failed.event.ts';

/** What policy says about an action. */
export const RulingContracts = {
  held: ActionHeld,
  authorized: ActionAuthorized,
  denied: ActionDenied,
  expired: ActionExpired,
  accepted: ApprovalAccepted,
  refused: ApprovalRefused,
  compensated: ActionCompensated,
  compensation_failed: CompensationFailed,
  stalled: ActionStalled,
} as const;

/** What stands in the history where the event stands that it answers: rulings, and an undo that the gate carried out. */
const ANSWERS = { ...RulingContracts, undone: ActionUndone } as const;

/** Every event that says something about the life of an action, by the word the fold uses for it. */
export const LifecycleContracts = {
  proposed: ActionProposed,
  verified: ActionVerified,
  flagged: ActionFlagged,
  decided: ApprovalDecided,
  attempted: ActionAttempted,
  deferred: ActionDeferred,
  executed: ActionExecuted,
  failed: ActionFailed,
  unknown: ActionUnknown,
  outcome_reported: ActionOutcomeReported,
  undo_requested: ActionUndoRequested,
  undone: ActionUndone,
  retry_requested: ActionRetryRequested,
  ...RulingContracts,
} as const;

export type LifecycleKind = keyof typeof LifecycleContracts;

/** A lifecycle event without its envelope, told apart by `kind`. */
export type LifecycleEvent<Kind extends LifecycleKind = LifecycleKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly data: DataOf<(typeof LifecycleContracts)[K]> };
}[Kind];

/** What policy itself says; everything else is said by others. */
export type Ruling = LifecycleEvent<keyof typeof RulingContracts>;

/** What the fold needs of an envelope. */
export interface Stamp {
  readonly id: string;
  readonly origin: Origin;
  readonly agent: string;
  /** The story it belongs to. */
  readonly story: string;
  /** The event that caused it; of a ruling: the question it answers. */
  readonly causeId?: string;
  /**
   * Its place in the history of the action: a stream sequence. A ruling stands where the event stands that it follows
   * from, however late it reaches the stream; that is what makes the fold independent of the order of arrival.
   */
  readonly position: number;
}

const kindByType = new Map(
  Object.entries(LifecycleContracts).map(([kind, contract]) => [contract.type as string, kind as LifecycleKind]),
);

/** The lifecycle event in an envelope; undefined when it is about something else, or its data breaks the contract. */
export function readLifecycleEvent(event: Pick<Envelope, 'type' | 'data'>): LifecycleEvent | undefined {
  const kind = kindByType.get(event.type);
  if (kind === undefined) return undefined;
  const data = LifecycleContracts[kind].schema.safeParse(event.data);
  return data.success ? ({ kind, data: data.data } as LifecycleEvent) : undefined;
}

/** The stamp of an envelope that the stream keeps at `sequence`. */
export function stampOf(event: Envelope, sequence: number): Stamp {
  const isAnswer = Object.values(ANSWERS).some(({ type }) => type === event.type);
  return {
    id: event.id,
    origin: event.origin,
    agent: event.agent,
    story: event.correlationid,
    ...(event.causationid === undefined ? {} : { causeId: event.causationid }),
    position: isAnswer ? (event.snapshot ?? sequence) : sequence,
  };
}

/** Which action an event belongs to: a compensation is a chapter in the life of the action it takes back. */
export function lifeOf(event: LifecycleEvent): string {
  const compensates = 'compensates' in event.data ? event.data.compensates : undefined;
  return compensates ?? event.data.actionId;
}
