import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { QuarantineReasonSchema } from '../story-hold.ts';

/**
 * A story that was stopped does not go on.
 * Emitted when: the owner refused its release.
 * Guarantees: no handler is given what waited, or anything that still comes of the story, outcomes and the owner's word excepted.
 * Does not mean: that what had happened before is undone, or that its events are gone: they are on the stream.
 */
export const StoryEnded = defineEvent({
  type: 'evt.story.ended',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: z.object({
    because: QuarantineReasonSchema,
    /** The owner's words. */
    reason: z.string().max(2_000).optional(),
  }),
});
