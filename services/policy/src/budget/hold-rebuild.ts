import { Inject, Injectable } from '@nestjs/common';
import { ActionProposed, eventSubject } from '@troupe/contracts';
import { EventTail } from '@troupe/messaging';
import { afterHistory, notePutCard, withCards, type PutCards } from './hold-history.decider.ts';
import { StoryHolds } from './story-holds.ts';
import type { StoppedStory } from './story-hold.decider.ts';

/** Writes again, from the stream, which stories are stopped, released and ended (I6). What was decided since stays. */
@Injectable()
export class HoldRebuild {
  constructor(
    @Inject(EventTail) private readonly tail: EventTail,
    @Inject(StoryHolds) private readonly holds: StoryHolds,
  ) {}

  /** Resolves once what the stream tells is in force, and every card that is owed was put. */
  async run(): Promise<void> {
    const throughSequence = await this.tail.lastSequence();
    if (throughSequence === 0) return;
    const stretch = { fromSequence: 1, throughSequence, signal: new AbortController().signal };
    const stories = new Map<string, StoppedStory>();
    const cards: PutCards = new Map();
    await this.tail.read({
      ...stretch,
      filter: 'evt.story.>',
      onEvent: async (event, { sequence }) => {
        const after = afterHistory(stories.get(event.correlationid), event, sequence);
        if (after) stories.set(event.correlationid, after);
      },
    });
    await this.tail.read({ ...stretch, filter: eventSubject(ActionProposed.type, 'policy'), onEvent: async (event) => notePutCard(cards, event) });
    for (const stopped of stories.values()) await this.holds.restore(withCards(stopped, cards));
  }
}
