import { Inject, Injectable } from '@nestjs/common';
import { ActionProposed, quarantineEventId, stableId, StoryQuarantined, storyKey } from '@troupe/contracts';
import { Publisher, RetryableError, type StateStore } from '@troupe/messaging';
import { TroupeConfig } from '@troupe/service-host';
import { isLater } from './hold-history.decider.ts';
import { afterAnswer, afterLimit, releaseProposal, type CardAnswer, type LimitPassed, type StoppedStory } from './story-hold.decider.ts';

/** Injects the bucket that every service reads before it hands an event over. */
export const HOLDS = Symbol('policy.holds');

const MAX_CONFLICTS = 8;

/**
 * Stops stories, lets them go on or ends them. What is decided is written first, in one compare-and-set, and then said under
 * ids that follow from it: so replicas say it once, and whoever finds it unsaid says it.
 */
@Injectable()
export class StoryHolds {
  constructor(
    @Inject(HOLDS) private readonly store: StateStore<StoppedStory>,
    @Inject(Publisher) private readonly publisher: Pick<Publisher, 'publish'>,
    @Inject(TroupeConfig) private readonly config: Pick<TroupeConfig, 'storyLimits'>,
  ) {}

  /** Stops a story that has passed a limit, unless it was released for that since. Resolves to what is in force. */
  async limitPassed(passed: LimitPassed): Promise<StoppedStory> {
    const stopped = await this.change(passed.story, (before) => afterLimit(before, passed, this.config.storyLimits));
    if (!stopped) throw new Error('A limit that was passed leaves something in force.');
    return this.say(stopped);
  }

  /** Takes the answer to a card; undefined when that is not (any more) the card of a stopped story. */
  async answered(story: string, card: string, answer: CardAnswer): Promise<StoppedStory | undefined> {
    const stopped = await this.change(story, (before) => afterAnswer(before, card, answer));
    return stopped && this.say(stopped);
  }

  /** Puts back in force what the stream tells, unless something later is. */
  async restore(stopped: StoppedStory): Promise<void> {
    const inForce = await this.change(stopped.story, (now) => (isLater(stopped, now) ? stopped : now));
    if (inForce) await this.say(inForce);
  }

  /** Says what was written and not said, because a process died between the two. */
  async sayWhatIsOwed(): Promise<void> {
    for await (const key of await this.store.keys()) {
      const found = await this.store.get(key);
      if (found) await this.say(found.state);
    }
  }

  /** Writes what `decide` makes of what is in force; nothing when that is the same, or undefined. */
  private async change(story: string, decide: (before: StoppedStory | undefined) => StoppedStory | undefined): Promise<StoppedStory | undefined> {
    const key = storyKey(story);
    for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
      const found = await this.store.get(key);
      const next = decide(found?.state);
      if (next === undefined || next === found?.state) return next;
      const isWritten = found ? await this.store.update(key, next, found.revision) : await this.store.create(key, next);
      if (isWritten) return next;
    }
    throw new RetryableError(`The hold of ${story} is being changed by others.`, { code: 'conflict', delayMs: 100 });
  }

  private async say(stopped: StoppedStory): Promise<StoppedStory> {
    if (stopped.state !== 'quarantined' || stopped.isSaid) return stopped;
    const { story, because, grants, cause } = stopped;
    const lineage = { correlationId: story, causationId: cause.eventId, origin: cause.origin, hops: cause.hops + 1, snapshot: cause.sequence };
    const quarantined = { handler: 'policy.storyBudget', hops: cause.hops, wouldHaveEmitted: [], because };
    // Of hops the handler that met them has told.
    if (because.kind !== 'hops') await this.publisher.publish(StoryQuarantined, quarantined, { ...lineage, id: quarantineEventId(story, grants) });
    const proposal = releaseProposal(stopped);
    const id = stableId('evt', ActionProposed.type, proposal.actionId);
    await this.publisher.publish(ActionProposed, proposal, { ...lineage, id, subject: `action:${proposal.actionId}` });
    return (await this.change(story, (now) => (isSameCard(now, stopped) ? { ...stopped, isSaid: true } : now))) ?? stopped;
  }
}

function isSameCard(now: StoppedStory | undefined, stopped: StoppedStory): boolean {
  return now?.state === 'quarantined' && !now.isSaid && now.grants === stopped.grants && now.earlierCards === stopped.earlierCards;
}
