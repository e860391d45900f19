import { ActionProposed, quarantineEventId, StoryEnded, StoryQuarantined, StoryRelease, StoryReleased, type Envelope } from '@troupe/contracts';
import { isEvent } from '@troupe/messaging';
import { releaseCard, type StoppedStory } from './story-hold.decider.ts';

/** The cards that were put before the owner, by action id: what each said had happened last. */
export type PutCards = Map<string, readonly string[]>;

/** Notes a card, when the event is the proposal of one. */
export function notePutCard(cards: PutCards, event: Envelope): void {
  if (!isEvent(ActionProposed, event) || event.data.action.type !== StoryRelease.type) return;
  const args = StoryRelease.args.safeParse(event.data.action.args);
  if (args.success) cards.set(event.data.actionId, args.data.lastEvents);
}

/**
 * What is in force for a story after one more event about it, in the order of the stream (I6). A repeat of the word that it
 * was stopped, or one from before there were holds, changes nothing: its id is not the one of the present quarantine.
 */
export function afterHistory(before: StoppedStory | undefined, event: Envelope, sequence: number): StoppedStory | undefined {
  const { correlationid: story, origin } = event;
  if (isEvent(StoryQuarantined, event)) {
    const { because, hops } = event.data;
    const grants = before?.grants ?? 0;
    if (!because || before?.state === 'quarantined' || before?.state === 'ended' || event.id !== quarantineEventId(story, grants)) return before;
    const cause = { eventId: event.causationid ?? event.id, hops, origin, sequence: event.snapshot ?? sequence };
    return { story, state: 'quarantined', because, grants, cause, lastEvents: [], earlierCards: 0, isSaid: false };
  }
  if (isEvent(StoryReleased, event)) return before && { ...before, state: 'released', grants: event.data.grants };
  if (isEvent(StoryEnded, event)) return before && { ...before, state: 'ended' };
  return before;
}

/** With the cards that were put for it: the last of them is the present one; without any, one is owed. */
export function withCards(stopped: StoppedStory, cards: PutCards): StoppedStory {
  let put = 0;
  while (cards.has(releaseCard({ ...stopped, earlierCards: put }))) put += 1;
  const earlierCards = Math.max(0, put - 1);
  const lastEvents = cards.get(releaseCard({ ...stopped, earlierCards })) ?? [];
  return { ...stopped, earlierCards, lastEvents, isSaid: put > 0 };
}

/** Whether one is later in the life of a story than the other: each release is followed by a quarantine or by nothing. */
export function isLater(one: StoppedStory, other: StoppedStory | undefined): boolean {
  return other === undefined || progress(one) > progress(other);
}

function progress({ state, grants, earlierCards }: StoppedStory): number {
  const steps = { released: 2 * grants - 1, quarantined: 2 * grants, ended: 2 * grants + 1 }[state];
  return steps + (state === 'quarantined' ? earlierCards / (earlierCards + 1) : 0);
}
