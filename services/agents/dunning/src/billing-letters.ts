import { defineTask } from '@troupe/agent-kit';
import { EvidenceSchema } from '@troupe/contracts';
import { z } from 'zod';

const LetterSchema = z.object({
  subject: z.string().min(1).max(500),
  body: z.string().min(1).max(32_000),
  citations: z.array(EvidenceSchema.pick({ claim: true, source: true, span: true })).max(20),
  confidence: z.number().min(0).max(1),
});
export type Letter = z.infer<typeof LetterSchema>;

const STYLE = 'Short, friendly, never threatening. State only what the input says; copy amounts, numbers and links word for word. Cite each.';

/** A letter about a payment that failed; clearer each time, never unfriendly. */
export const DraftDunning = defineTask({
  name: 'dunning.draft',
  version: '1',
  instructions: `Write to a customer whose payment failed. ${STYLE} \`stage\` says how often it failed.`,
  answer: LetterSchema,
});

/** A letter that confirms a refund or the end of a subscription. */
export const DraftNotice = defineTask({
  name: 'billing.notice',
  version: '1',
  instructions: `Tell a customer about a refund or the end of their subscription. ${STYLE}`,
  answer: LetterSchema,
});
