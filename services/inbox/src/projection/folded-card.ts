import {
  evolve, NOTHING_YET, readLifecycleEvent, stampOf, stateOf, type ActionLife, type ActionState, type Envelope, type LifecycleEvent,
} from '@troupe/contracts';
import type { CardState, StoredCard } from './card.contract.ts';
import { foldCard } from './card.projection.ts';

/** A card and what is known of its action: the state it shows is read off the one fold that policy uses too. */
export interface FoldedCard {
  readonly card: StoredCard;
  readonly life: ActionLife;
}

/** Card and knowledge after one more event; undefined while nothing has begun the card. */
export function foldAction(before: FoldedCard | undefined, event: Envelope, sequence: number): FoldedCard | undefined {
  const card = foldCard(before?.card, event);
  if (!card) return undefined;
  const stamp = stampOf(event, sequence);
  const life = chapters(event).reduce((known, each) => evolve(known, each, stamp), before?.life ?? NOTHING_YET);
  return { card: { ...card, ...shown(stateOf(life), card) }, life: withoutText(life) };
}

/** On its own card a compensation is an action like any other, which begins with its authorisation. */
function chapters(envelope: Envelope): LifecycleEvent[] {
  const event = readLifecycleEvent(envelope);
  if (!event) return [];
  if (!('compensates' in event.data) || event.data.compensates === undefined) return [event];
  const own = { ...event, data: { ...event.data, compensates: undefined } } as LifecycleEvent;
  return event.kind === 'authorized' ? [proposalIn(event), own] : [own];
}

function proposalIn({ data: { actionId, digest, action } }: LifecycleEvent<'authorized'>): LifecycleEvent {
  return { kind: 'proposed', data: { actionId, digest, action, rationale: '', evidence: [], costUsd: 0 } };
}

/** What a card shows of the state; what the state has no use for any more is not shown. */
function shown(state: ActionState, card: StoredCard): Partial<StoredCard> {
  if (state.kind === 'absent') return {};
  const deferred = state.kind === 'authorized' ? (state.deferral ?? null) : null;
  return {
    state: cardState(state.kind),
    waitsBecause: state.kind === 'held' ? card.waitsBecause : null,
    snoozedUntil: state.kind === 'snoozed' ? state.until : null,
    expiresAt: 'expiresAt' in state ? state.expiresAt : null,
    holdUntil: state.kind === 'authorized' && !deferred ? card.holdUntil : null,
    deferred,
    undoing: card.undoing && 'undoRequested' in state && state.undoRequested,
  };
}

/** The owner sees an action that is being taken back as what it still is. */
function cardState(kind: Exclude<ActionState['kind'], 'absent'>): CardState {
  return kind === 'compensating' ? 'executed' : kind;
}

/** The text is on the card; the fold needs only to tell forms apart. */
function withoutText(life: ActionLife): ActionLife {
  const { proposed, form } = life;
  return {
    ...life,
    ...(proposed ? { proposed: { ...proposed, action: { type: proposed.action.type, args: {} } } } : {}),
    ...(form?.action ? { form: { ...form, action: { type: form.action.type, args: {} } } } : {}),
  };
}
