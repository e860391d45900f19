import { actionDigest, quarantineText, stableId, StoryRelease, type Action, type ActionProposed, type DataOf, type Origin, type QuarantineReason, type StoryHold } from '@troupe/contracts';
import { isStillPassed, type StoryLimits } from './story-budget.decider.ts';

/** The event that made a story pass a limit. */
export interface Cause {
  readonly eventId: string;
  readonly hops: number;
  readonly origin: Origin;
  readonly sequence: number;
}

/** A story has passed a limit, as whoever counts found out. */
export interface LimitPassed {
  readonly story: string;
  readonly because: QuarantineReason;
  readonly lastEvents: readonly string[];
  readonly cause: Cause;
  /** How often it has been released, as far as whoever counts knows: should the hold itself be lost, that is not. */
  readonly grants: number;
}

/** What policy keeps of a story that it has stopped: what every service reads, and what its card is made of. */
export interface StoppedStory extends StoryHold {
  readonly cause: Cause;
  readonly lastEvents: readonly string[];
  /** Cards that expired before the present one of this quarantine. */
  readonly earlierCards: number;
  /** The quarantine and its present card are on the stream. */
  readonly isSaid: boolean;
  /** The card whose answer was the last thing that happened to it. */
  readonly answeredCard?: string;
}

/** What the owner's answer to a card is, or that there was none in time. */
export type CardAnswer = 'approved' | 'rejected' | 'expired';

/**
 * After a limit was found passed. The same object when that changes nothing: it is stopped or ended already, or was released
 * since for what was found.
 */
export function afterLimit(before: StoppedStory | undefined, { story, because, lastEvents, cause, grants }: LimitPassed, limits: StoryLimits): StoppedStory {
  if (before && (before.state !== 'released' || !isStillPassed(because, limits, before.grants))) return before;
  return { story, state: 'quarantined', because, grants: before?.grants ?? grants, cause, lastEvents, earlierCards: 0, isSaid: false };
}

/**
 * After an answer to one of its cards: the same object when it has been taken already, undefined when the card is none of
 * the present quarantine. Only the owner's word releases or ends; a card that expired is put again.
 */
export function afterAnswer(before: StoppedStory | undefined, card: string, answer: CardAnswer): StoppedStory | undefined {
  if (before?.answeredCard === card) return before;
  if (before?.state !== 'quarantined' || card !== releaseCard(before)) return undefined;
  switch (answer) {
    case 'approved':
      return { ...before, state: 'released', grants: before.grants + 1, answeredCard: card };
    case 'rejected':
      return { ...before, state: 'ended', answeredCard: card };
    case 'expired':
      return { ...before, earlierCards: before.earlierCards + 1, isSaid: false, answeredCard: card };
    default:
      return answer satisfies never;
  }
}

/** The id of the card that asks about a quarantine: the same for every replica (I2). */
export function releaseCard({ story, grants, earlierCards }: Pick<StoppedStory, 'story' | 'grants' | 'earlierCards'>): string {
  return stableId('act', StoryRelease.type, story, String(grants), String(earlierCards));
}

/** The proposal that puts the card before the owner. */
export function releaseProposal(stopped: StoppedStory): DataOf<typeof ActionProposed> {
  const { story, because, lastEvents } = stopped;
  const action: Action = { type: StoryRelease.type, args: { story, because: quarantineText(because), lastEvents } };
  return {
    actionId: releaseCard(stopped),
    digest: actionDigest(action),
    action,
    rationale: 'Only you can say whether it goes on: approve its release, or reject it and it stays silent for good.',
    evidence: [],
    costUsd: 0,
  };
}
