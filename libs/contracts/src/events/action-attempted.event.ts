import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The effect is about to happen.
 * Emitted when: the effect gate has spent the authorisation, before it calls the outside system.
 * Guarantees: one per authorisation; stored before the call is made.
 * Does not mean: that the call was made or worked.
 */
export const ActionAttempted = defineEvent({
  type: 'evt.action.attempted',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    authorizationId: z.string(),
    connector: z.string(),
    mode: z.enum(['live', 'sandbox']),
    /** What the outside system recognises a repeat by: idempotency key or Message-ID. */
    idempotencyKey: z.string(),
  }),
});
