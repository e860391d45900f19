import { ActionProposed, MAX_HOPS, StoryRelease, type DataOf, type Envelope, type StoryHold } from '@troupe/contracts';
import type { EventHandlerSpec } from './handler-spec.ts';

/**
 * Whether an event may reach a handler. `waits`: its story was stopped. `too_long`: so will it be, because its causal chain is
 * past the limit. `dropped`: its story was ended by the owner.
 */
export type Passage = 'free' | 'waits' | 'too_long' | 'dropped';

/**
 * The limits are looked at before a handler runs, never between what it did and its saying so. Outcomes, rulings and the
 * owner's word always get through, and whoever only records hears everything. Pure.
 */
export function passageOf(spec: Pick<EventHandlerSpec, 'everything' | 'events'>, event: Envelope, hold: StoryHold | undefined): Passage {
  if (spec.everything || isAlwaysHeard(spec, event)) return 'free';
  if (hold?.state === 'ended') return 'dropped';
  if (hold?.state === 'quarantined') return 'waits';
  return event.hops >= hopLimit(hold) ? 'too_long' : 'free';
}

/** Every release grants a story the limit once more. */
export function hopLimit(hold: Pick<StoryHold, 'grants'> | undefined): number {
  return MAX_HOPS * ((hold?.grants ?? 0) + 1);
}

function isAlwaysHeard({ events }: Pick<EventHandlerSpec, 'events'>, event: Envelope): boolean {
  return events.find(({ type }) => type === event.type)?.anyHops === true || asksForRelease(event);
}

/** The card that asks for a release would be stopped by the very quarantine it is to end. Whether it may is for policy to say. */
function asksForRelease({ type, data }: Envelope): boolean {
  return type === ActionProposed.type && (data as DataOf<typeof ActionProposed>).action.type === StoryRelease.type;
}
