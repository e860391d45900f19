import { z } from 'zod';
import { defineAction } from './action-contract.ts';

/**
 * Asks the owner whether a story that was stopped may go on. Only policy proposes it; it is held like a question, and no
 * connector ever runs it: approved, the story is released, rejected, it is ended.
 */
export const StoryRelease = defineAction({
  type: 'story.release',
  version: 1,
  title: 'A story was stopped',
  connector: 'owner',
  tier: 'T3',
  reversibility: 'irreversible',
  args: z.strictObject({
    /** Which one, by its correlation id. */
    story: z.string().min(1).max(128),
    /** What was used up, in a sentence. */
    because: z.string().min(1).max(500),
    /** What happened in it last, oldest first: type and producer. */
    lastEvents: z.array(z.string().max(300)).max(8),
  }),
  fields: [
    { key: 'because', label: 'Why it was stopped', kind: 'long_text', editable: false },
    { key: 'lastEvents', label: 'What happened last', kind: 'list', editable: false },
    { key: 'story', label: 'Story', kind: 'long_text', editable: false },
  ],
});
