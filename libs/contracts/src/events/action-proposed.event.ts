import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, ActionSchema, EvidenceSchema, ModelReferenceSchema } from './parts.ts';

/**
 * An agent wants something done.
 * Emitted when: an agent's handler calls `propose`.
 * Guarantees: the arguments fit the catalogue; `digest` is the digest of `action`; the evidence names its sources.
 * Does not mean: that it is allowed, or will happen.
 */
export const ActionProposed = defineEvent({
  type: 'evt.action.proposed',
  version: 1,
  retention: 'compliance',
  schema: ActionReferenceSchema.extend({
    action: ActionSchema,
    /** One line for the card: why. */
    rationale: z.string().max(1_000),
    evidence: z.array(EvidenceSchema).max(50),
    /** Absent when no model took part. */
    model: ModelReferenceSchema.optional(),
    promptVersion: z.string().max(100).optional(),
    costUsd: z.number().min(0),
  }),
});
