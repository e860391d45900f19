import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';

/**
 * A story went in circles and was stopped.
 * Emitted when: an output would have lengthened the causal chain past the limit.
 * Guarantees: the output was not published; nothing follows from this story by itself any more.
 * Does not mean: that what had happened before is undone.
 */
export const StoryQuarantined = defineEvent({
  type: 'evt.story.quarantined',
  version: 1,
  retention: 'business',
  schema: z.object({ handler: z.string(), hops: z.int(), wouldHaveEmitted: z.array(z.string()) }),
});
