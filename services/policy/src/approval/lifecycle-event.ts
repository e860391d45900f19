import {
  ActionAttempted, ActionAuthorized, ActionCompensated, ActionDenied, ActionExecuted, ActionExpired, ActionFailed,
  ActionFlagged, ActionHeld, ActionProposed, ActionUndone, ActionUndoRequested, ActionUnknown, ActionVerified,
  ApprovalAccepted, ApprovalDecided, ApprovalRefused, CompensationFailed,
  type DataOf, type Envelope, type Origin,
} from '@troupe/contracts';

/** Every event that says something about the life of an action, by the word the state machine uses for it. */
export const LifecycleContracts = {
  proposed: ActionProposed,
  verified: ActionVerified,
  flagged: ActionFlagged,
  held: ActionHeld,
  authorized: ActionAuthorized,
  denied: ActionDenied,
  expired: ActionExpired,
  decided: ApprovalDecided,
  accepted: ApprovalAccepted,
  refused: ApprovalRefused,
  attempted: ActionAttempted,
  executed: ActionExecuted,
  failed: ActionFailed,
  unknown: ActionUnknown,
  undo_requested: ActionUndoRequested,
  undone: ActionUndone,
  compensated: ActionCompensated,
  compensation_failed: CompensationFailed,
} as const;

export type LifecycleKind = keyof typeof LifecycleContracts;

/** A lifecycle event without its envelope, told apart by `kind`. */
export type LifecycleEvent<Kind extends LifecycleKind = LifecycleKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly data: DataOf<(typeof LifecycleContracts)[K]> };
}[Kind];

/** What policy itself says; everything else is said by others. */
export type Ruling = LifecycleEvent<
  'held' | 'authorized' | 'denied' | 'expired' | 'accepted' | 'refused' | 'compensated' | 'compensation_failed'
>;

/** What the machine needs of an envelope: when it was said, in which kind of story, by whom. */
export interface Stamp {
  readonly atMs: number;
  readonly origin: Origin;
  readonly agent: string;
}

const kindByType = new Map(
  Object.entries(LifecycleContracts).map(([kind, contract]) => [contract.type as string, kind as LifecycleKind]),
);

/** The lifecycle event in an envelope, validated; undefined when the envelope is about something else. */
export function readLifecycleEvent(event: Envelope): LifecycleEvent | undefined {
  const kind = kindByType.get(event.type);
  if (kind === undefined) return undefined;
  return { kind, data: LifecycleContracts[kind].schema.parse(event.data) } as LifecycleEvent;
}

export function stampOf(event: Envelope): Stamp {
  return { atMs: Date.parse(event.time), origin: event.origin, agent: event.agent };
}

/** Whose life an event belongs to: a compensation is a chapter in the life of the action it takes back. */
export function lifeOf(event: LifecycleEvent): string {
  const compensates = 'compensates' in event.data ? event.data.compensates : undefined;
  return compensates ?? event.data.actionId;
}
