import { z } from 'zod';
import { defineAction } from './action-contract.ts';

/**
 * Asks the owner a question instead of guessing. It is held like any proposal and answered with the decision `respond`;
 * no connector ever runs it. The agent that asked reacts to the answer (`evt.approval.accepted`).
 */
export const OwnerAsk = defineAction({
  type: 'owner.ask',
  version: 1,
  title: 'A question for you',
  connector: 'owner',
  tier: 'T0',
  reversibility: 'reversible',
  args: z.strictObject({
    question: z.string().min(1).max(2_000),
    /** What the owner needs to know to answer. */
    context: z.string().max(8_000).optional(),
    /** Answers that would be understood as they stand; free text is always welcome. */
    options: z.array(z.string().min(1).max(200)).max(8).optional(),
  }),
  fields: [
    { key: 'question', label: 'Question', kind: 'long_text', editable: false },
    { key: 'context', label: 'Context', kind: 'long_text', editable: false },
    { key: 'options', label: 'Possible answers', kind: 'list', editable: false },
  ],
});
