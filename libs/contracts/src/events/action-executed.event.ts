import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The outside system took it.
 * Emitted when: the connector saw the outside system accept the action, or a reconciler found that it had.
 * Guarantees: the effect happened once under this authorisation.
 * Does not mean: that a mail was read or a payment settled.
 */
export const ActionExecuted = defineEvent({
  type: 'evt.action.executed',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    authorizationId: z.string(),
    mode: z.enum(['live', 'sandbox']),
    /** The outside system's own name for what it did. */
    providerReference: z.string().max(1_000),
    summary: z.string().max(1_000),
    compensates: z.string().optional(),
  }),
});
