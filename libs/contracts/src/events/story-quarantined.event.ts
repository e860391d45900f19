import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { QuarantineReasonSchema } from '../story-hold.ts';

/**
 * A story was stopped: it went in circles, or used up what one story may.
 * Emitted when: a handler met an event past the limit of a causal chain; or policy counted more events, model calls or
 * money than the budget of a story allows. Once per story and release.
 * Guarantees: nothing of it is lost: what it still has to do waits until the owner releases it or ends it.
 * Does not mean: that what had happened before is undone.
 */
export const StoryQuarantined = defineEvent({
  type: 'evt.story.quarantined',
  version: 1,
  retention: 'business',
  schema: z.object({
    /** Who stopped it: the handler that was not called, or policy. */
    handler: z.string(),
    hops: z.int(),
    wouldHaveEmitted: z.array(z.string()),
    /** Absent in events from before there was a budget: it was the hops. */
    because: QuarantineReasonSchema.optional(),
  }),
});
