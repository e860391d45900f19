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
  ActionProposed,
  ActionReferenceSchema,
  ActionUndone,
  ActionUndoRequested,
  ActionUnknown,
  ActionVerified,
  ApprovalAccepted,
  ApprovalDecided,
  CompensationFailed,
  findAction,
  type Action,
  type DataOf,
  type Envelope,
} from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import { renderFields } from './card-fields.ts';
import type { CardState, StoredCard } from './card.contract.ts';
import { cardSummary, cardTitle, waitingReason } from './card-texts.ts';
import { reading, readings } from './event-reading.ts';

/** The action an event is about, if it is about one. */
export function actionIdOf(event: Envelope): string | undefined {
  const reference = ActionReferenceSchema.safeParse(event.data);
  return reference.success ? reference.data.actionId : undefined;
}

/**
 * The card after an event: pure, so that the same stream always makes the same inbox (I6). Policy and the connectors own
 * the life of an action; the card repeats what they said and decides nothing itself.
 */
export function foldCard(card: StoredCard | undefined, event: Envelope): StoredCard | undefined {
  if (!card) return birth(event);
  if (isEvent(ApprovalDecided, event)) return { ...card, ...heard(card, event.data), updatedAt: event.time };
  const change = changeOf(event)?.(card);
  if (!change) return { ...card, updatedAt: event.time };
  return { ...card, ...change, lastEvent: { id: event.id, hops: event.hops }, updatedAt: event.time };
}

/** A card begins with a proposal, or with a verdict on an action policy came up with itself (a compensation). */
const birth = readings<StoredCard>([
  reading(ActionProposed, (data, event) => ({
    ...blankCard(data.actionId, data.digest, data.action, event),
    rationale: data.rationale,
    evidence: data.evidence,
    model: data.model ?? null,
    promptVersion: data.promptVersion ?? null,
    costUsd: data.costUsd,
  })),
  reading(ActionAuthorized, (data, event) => ({
    ...blankCard(data.actionId, data.digest, data.action, event),
    state: 'authorized',
    policy: data.policy,
    holdUntil: data.holdUntil ?? null,
    compensates: data.compensates ?? null,
    rationale: data.compensates ? 'Takes back what was done before.' : '',
  })),
  reading(ActionHeld, (data, event) => ({
    ...blankCard(data.actionId, data.digest, data.action, event),
    state: 'held',
    policy: data.policy,
    waitsBecause: waitingReason(data.why),
    expiresAt: data.expiresAt,
  })),
]);

type Change = (card: StoredCard) => Partial<StoredCard>;

const changeOf = readings<Change>([
  reading(ActionVerified, (data) => (card) => checked(card, data.digest, data.checks, 'verified')),
  reading(ActionFlagged, (data) => (card) => checked(card, data.digest, data.checks, 'flagged')),
  reading(ActionHeld, (data) => (card) => ({
    ...form(card, data.action, data.digest),
    state: 'held',
    policy: data.policy,
    waitsBecause: waitingReason(data.why),
    expiresAt: data.expiresAt,
    snoozedUntil: null,
    decision: null,
  })),
  reading(ActionAuthorized, (data) => (card) => ({
    ...form(card, data.action, data.digest),
    ...settled,
    state: 'authorized',
    policy: data.policy,
    holdUntil: data.holdUntil ?? null,
    failure: null,
    deferred: null,
  })),
  reading(ActionDeferred, ({ failure, tries, nextTryAt }) => () => ({ state: 'authorized', holdUntil: null, deferred: { failure, tries, nextTryAt } })),
  reading(ActionDenied, (data) => (card) => ({ ...settled, state: 'denied', policy: data.policy ?? card.policy })),
  reading(ActionExpired, () => () => ({ ...settled, state: 'expired' })),
  reading(ActionAttempted, () => () => ({ state: 'executing', holdUntil: null })),
  reading(ActionExecuted, ({ summary, mode, providerReference }) => () => ({
    state: 'executed',
    holdUntil: null,
    failure: null,
    deferred: null,
    outcome: { summary, mode, providerReference },
  })),
  reading(ActionFailed, ({ failure }) => () => ({ state: 'failed', holdUntil: null, failure, deferred: null })),
  reading(ActionUnknown, ({ failure }) => () => ({ state: 'unknown', holdUntil: null, failure, deferred: null })),
  reading(ActionUndoRequested, () => (card) => ({ undoing: isUndoable(card.state) })),
  reading(ActionUndone, () => () => ({ state: 'undone', holdUntil: null, undoing: false, deferred: null })),
  reading(ActionCompensated, () => () => ({ state: 'compensated', failure: null, undoing: false })),
  reading(CompensationFailed, ({ failure }) => () => ({ failure, undoing: false })),
  reading(
    ApprovalAccepted,
    (data) => () =>
      data.decision === 'respond'
        ? { ...settled, state: 'answered' }
        : { state: 'snoozed', waitsBecause: null, snoozedUntil: data.until ?? null },
  ),
]);

/** What no longer matters once somebody has decided. */
const settled = { waitsBecause: null, snoozedUntil: null, expiresAt: null } as const;

/** Whether the owner's word can still change what happens. */
export function isDecidable(state: CardState): boolean {
  return state === 'proposed' || state === 'verified' || state === 'flagged' || state === 'held' || state === 'snoozed';
}

/** Whether something has been let out that can be stopped or taken back. */
export function isUndoable(state: CardState): boolean {
  return state === 'authorized' || state === 'executing' || state === 'executed' || state === 'unknown';
}

/** Checks count for the form they were made on; they never move a card that policy has already taken up. */
function checked(card: StoredCard, digest: string, checks: StoredCard['checks'], state: CardState): Partial<StoredCard> {
  if (digest !== card.digest) return {};
  return card.state === 'proposed' ? { checks, state } : { checks };
}

/** The action in the form policy judged. The agent's own form is kept beside an edited one; its checks are not. */
function form(card: StoredCard, action: Action, digest: string): Partial<StoredCard> {
  if (digest === card.digest) return {};
  const proposed = card.proposed ?? { digest: card.digest, fields: card.fields };
  return {
    ...describe(action),
    digest,
    proposed: proposed.digest === digest ? null : proposed,
    checks: [],
  };
}

/** The owner's word, shown while it can count. It moves nothing: policy's answer does. */
function heard(card: StoredCard, data: DataOf<typeof ApprovalDecided>): Partial<StoredCard> {
  if (!isDecidable(card.state)) return {};
  return { decision: { by: data.decidedBy, what: data.decision, words: data.response ?? data.reason ?? null } };
}

function describe({ type, args }: Action): Pick<StoredCard, 'args' | 'fields' | 'summary'> {
  return { args, fields: renderFields(type, args), summary: cardSummary(type, args) };
}

/** An action this build does not know is shown as the gravest kind. */
function blankCard(id: string, digest: string, action: Action, event: Envelope): StoredCard {
  const contract = findAction(action.type);
  return {
    id,
    type: action.type,
    title: cardTitle(action.type),
    ...describe(action),
    digest,
    proposed: null,
    rationale: '',
    state: 'proposed',
    tier: contract?.tier ?? 'T3',
    reversibility: contract?.reversibility ?? 'irreversible',
    origin: event.origin,
    agent: { name: event.agent, version: event.agentversion },
    storyId: event.correlationid,
    triggerId: event.causationid ?? null,
    snapshot: event.snapshot ?? null,
    model: null,
    promptVersion: null,
    costUsd: 0,
    evidence: [],
    checks: [],
    policy: null,
    waitsBecause: null,
    decision: null,
    holdUntil: null,
    snoozedUntil: null,
    expiresAt: null,
    outcome: null,
    failure: null,
    deferred: null,
    undoing: false,
    compensates: null,
    lastEvent: { id: event.id, hops: event.hops },
    createdAt: event.time,
    updatedAt: event.time,
  };
}
