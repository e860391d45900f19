import {
  ActionAttempted, ActionDeferred, ActionExecuted, ActionFailed, ActionUndone, ActionUnknown, type Envelope, type Failure,
} from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import type { Outcome, SpentAuthorization } from './effect-outcome.ts';

/** Who is calling the outside, and until when (milliseconds since 1970) nobody else may conclude that the call is lost. */
export interface Lease {
  readonly holder: string;
  readonly untilMs: number;
}

/**
 * What the effect ledger holds of one action. No entry: no authorisation of it was ever spent.
 * `cancelled`: undone before the attempt, by the request at this stream sequence.
 * `spent`: its authorisation is used up, but the outside has not heard of it; it may go on, unless `undone` meanwhile.
 * `attempting`: the outside may or may not have heard of it. While the lease runs, somebody is finding out.
 * `deferred`: the outside could not take it and is unchanged; the authorisation is good again from `nextTryAtMs` on.
 * `settled`: over. `attempt` is absent when the gate refused before it; `decidedAt` is the sequence of the decision its
 * authorisation followed from; `settledBy` the event that settled what had been unknown; `asked` how often the outside
 * was asked about an outcome that still is.
 */
export type EffectEntry =
  | { readonly state: 'cancelled'; readonly undoSequence: number }
  | SpentEntry
  | { readonly state: 'attempting'; readonly attempt: SpentAuthorization; readonly lease: Lease; readonly undone?: boolean }
  | DeferredEntry
  | SettledEntry;

export interface SpentEntry {
  readonly state: 'spent';
  readonly attempt: SpentAuthorization;
  readonly undone?: boolean;
}

export interface DeferredEntry {
  readonly state: 'deferred';
  readonly attempt: SpentAuthorization;
  readonly nextTryAtMs: number;
  readonly failure: Failure;
  /** The event that says so is stored. */
  readonly said: boolean;
}

export interface SettledEntry {
  readonly state: 'settled';
  readonly attempt?: SpentAuthorization;
  readonly outcome: Outcome;
  readonly decidedAt: number;
  readonly settledBy?: string;
  readonly asked?: number;
}

/** How long after its last sign of life an attempt is taken for lost. Replicas' clocks may differ by less than half of it. */
export const LEASE_MS = 4_500;

/** Which authorisation the entry belongs to; undefined when it was cancelled. */
export function authorizationOf(entry: EffectEntry): string | undefined {
  switch (entry.state) {
    case 'cancelled':
      return undefined;
    case 'spent':
    case 'attempting':
    case 'deferred':
      return entry.attempt.authorizationId;
    case 'settled':
      return entry.outcome.data.authorizationId;
    default:
      return unreachable(entry);
  }
}

/** Over, with an outcome that somebody knows. */
export function isKnown(entry: EffectEntry | undefined): entry is SettledEntry {
  return entry?.state === 'settled' && entry.outcome.kind !== 'unknown';
}

/** It failed in a way that may pass, so a later decision may authorise it once more. */
export function mayBeRetried(entry: EffectEntry): entry is SettledEntry {
  return entry.state === 'settled' && entry.outcome.kind === 'failed' && entry.outcome.data.failure.retryable;
}

/**
 * The entry after one more event of the gate's own: folding the stream over it rebuilds the ledger (I6), and folding what
 * it has seen already changes nothing. The first outcome stands, except that what was unknown may become known. A refusal
 * before any attempt is not an entry: it says nothing about the authorisation that is rightly out.
 */
export function evolveEntry(entry: EffectEntry | undefined, event: Envelope, sequence: number): EffectEntry | undefined {
  if (isEvent(ActionUndone, event)) return afterUndone(entry, event.snapshot ?? sequence);
  if (isEvent(ActionAttempted, event)) return afterAttempted(entry, event, sequence);
  if (isEvent(ActionDeferred, event)) return afterDeferred(entry, event.data);
  const outcome = outcomeIn(event);
  return outcome ? afterOutcome(entry, outcome, event.snapshot ?? sequence) : entry;
}

function afterUndone(entry: EffectEntry | undefined, undoSequence: number): EffectEntry {
  return !entry || entry.state === 'deferred' ? { state: 'cancelled', undoSequence } : entry;
}

function afterAttempted(entry: EffectEntry | undefined, event: Envelope & { data: AttemptedData }, sequence: number): EffectEntry {
  const at = event.snapshot ?? sequence;
  const isNew = !entry || (entry.state === 'cancelled' ? entry.undoSequence < at : mayBeRetried(entry) && isLater(entry, event.data, at));
  if (!isNew) return entry;
  const startedAtMs = Date.parse(event.time);
  const attempt = { ...event.data, startedAtMs, sequence: at, tries: 1 };
  return { state: 'attempting', attempt, lease: { holder: 'unknown', untilMs: startedAtMs + LEASE_MS } };
}

type AttemptedData = Omit<SpentAuthorization, 'startedAtMs' | 'sequence' | 'tries'>;

function isLater(entry: SettledEntry, { authorizationId }: AttemptedData, at: number): boolean {
  return authorizationId !== authorizationOf(entry) && at > entry.decidedAt;
}

function afterDeferred(entry: EffectEntry | undefined, data: DeferredData): EffectEntry | undefined {
  if (entry?.state !== 'attempting' && entry?.state !== 'deferred') return entry;
  if (authorizationOf(entry) !== data.authorizationId || (entry.state === 'deferred' && entry.attempt.tries >= data.tries)) return entry;
  const attempt = { ...entry.attempt, tries: data.tries };
  return { state: 'deferred', attempt, nextTryAtMs: Date.parse(data.nextTryAt), failure: data.failure, said: true };
}

interface DeferredData {
  readonly authorizationId: string;
  readonly tries: number;
  readonly nextTryAt: string;
  readonly failure: Failure;
}

function afterOutcome(entry: EffectEntry | undefined, outcome: Outcome, decidedAt: number): EffectEntry | undefined {
  if (!entry || authorizationOf(entry) !== outcome.data.authorizationId) return entry;
  if (entry.state === 'settled' && (isKnown(entry) || outcome.kind === 'unknown')) return entry;
  const attempt = attemptIn(entry);
  return { state: 'settled', ...(attempt ? { attempt } : {}), outcome, decidedAt };
}

/** The spent authorisation in an entry, where one was spent. */
export function attemptIn(entry: EffectEntry | undefined): SpentAuthorization | undefined {
  return entry && entry.state !== 'cancelled' ? entry.attempt : undefined;
}

/** The action an event of the gate is about. */
export function actionIdIn(event: Envelope): string | undefined {
  const { actionId } = event.data as { readonly actionId?: unknown };
  return typeof actionId === 'string' ? actionId : undefined;
}

function outcomeIn(event: Envelope): Outcome | undefined {
  if (isEvent(ActionExecuted, event)) return { kind: 'executed', data: event.data };
  if (isEvent(ActionFailed, event)) return { kind: 'failed', data: event.data };
  if (isEvent(ActionUnknown, event)) return { kind: 'unknown', data: event.data };
  return undefined;
}

function unreachable(entry: never): never {
  throw new Error(`No such ledger entry: ${JSON.stringify(entry)}.`);
}
