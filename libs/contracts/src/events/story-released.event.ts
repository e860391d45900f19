import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { QuarantineReasonSchema } from '../story-hold.ts';

/**
 * A story that was stopped goes on.
 * Emitted when: the owner approved its release.
 * Guarantees: what waited is handed over within a minute; every limit of the story is now (`grants` + 1) times what it was.
 * Does not mean: that it stays within them; then it is stopped again, and there is a new card.
 */
export const StoryReleased = defineEvent({
  type: 'evt.story.released',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: z.object({
    because: QuarantineReasonSchema,
    /** How often it has been released, this time included. */
    grants: z.int().min(1),
  }),
});
