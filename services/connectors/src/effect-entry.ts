import { ActionAttempted, ActionExecuted, ActionFailed, ActionUndone, ActionUnknown, type Envelope } from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import type { Outcome, SpentAuthorization } from './effect-outcome.ts';

/**
 * What the effect ledger holds of one action. No entry: no authorisation of it was ever spent.
 * `cancelled`: undone before the attempt, by the request at this stream sequence.
 * `spent`: its authorisation is used up, but the outside has not heard of it; it may go on, unless `undone` meanwhile.
 * `attempting`: the outside may or may not have heard of it.
 * `settled`: over. `attempt` is absent when the gate refused before it.
 */
export type EffectEntry =
  | { readonly state: 'cancelled'; readonly undoSequence: number }
  | { readonly state: 'spent'; readonly attempt: SpentAuthorization; readonly undone?: boolean }
  | { readonly state: 'attempting'; readonly attempt: SpentAuthorization }
  | { readonly state: 'settled'; readonly attempt?: SpentAuthorization; readonly outcome: Outcome };

/** Which authorisation the entry belongs to; undefined when it was cancelled. */
export function authorizationOf(entry: EffectEntry): string | undefined {
  switch (entry.state) {
    case 'cancelled':
      return undefined;
    case 'spent':
    case 'attempting':
      return entry.attempt.authorizationId;
    case 'settled':
      return entry.outcome.data.authorizationId;
    default:
      return unreachable(entry);
  }
}

/**
 * The entry after one more event of the gate's own: folding the stream over it rebuilds the ledger (I6). The first
 * outcome stands, except that what was unknown may become known. A refusal before any attempt is not an entry: it says
 * nothing about the authorisation that is rightly out.
 */
export function evolveEntry(entry: EffectEntry | undefined, event: Envelope, sequence: number): EffectEntry | undefined {
  if (isEvent(ActionUndone, event)) return entry ?? { state: 'cancelled', undoSequence: sequence };
  if (isEvent(ActionAttempted, event)) {
    if (entry && entry.state !== 'cancelled') return entry;
    return { state: 'attempting', attempt: { ...event.data, startedAtMs: Date.parse(event.time) } };
  }
  const outcome = outcomeIn(event);
  if (!outcome || !entry || authorizationOf(entry) !== outcome.data.authorizationId) return entry;
  if (entry.state === 'settled' && entry.outcome.kind !== 'unknown') return entry;
  const attempt = attemptIn(entry);
  return { state: 'settled', ...(attempt ? { attempt } : {}), outcome };
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
