import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/** One check of the verifier: what was looked at and what was found. */
export const CheckSchema = z.object({ name: z.string().max(100), passed: z.boolean(), detail: z.string().max(2_000) });
export type Check = z.infer<typeof CheckSchema>;

/**
 * A proposal says only what its sources say.
 * Emitted when: the verifier found schema, amounts, dates, names and links of a proposal in what it cites.
 * Guarantees: every check passed, for exactly this digest.
 * Does not mean: that the proposal is wise, or that the sources are true.
 */
export const ActionVerified = defineEvent({
  type: 'evt.action.verified',
  version: 1,
  retention: 'business',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ checks: z.array(CheckSchema).max(50) }),
});
