import { TriageAnswerSchema } from '@troupe/contracts';
import { z } from 'zod';
import { Mail } from '../triage/triage-contract.ts';
import { Fact } from './letter.ts';

/** The input of `mail.draft_reply`. */
export const DraftRequest = z.object({
  mail: Mail,
  triage: TriageAnswerSchema,
  facts: z.array(Fact).default([]),
  ownerName: z.string().optional(),
  /** The owner's own words, when they answered a question of ours. */
  ownerGuidance: z.string().optional(),
});
export type DraftRequest = z.output<typeof DraftRequest>;
