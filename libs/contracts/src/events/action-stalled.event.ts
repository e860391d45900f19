import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * An action was let out and nobody has said what became of it.
 * Emitted when: policy has heard no outcome well after the authorisation ended.
 * Guarantees: the authorisation can no longer be used; whatever is said of it later counts.
 * Does not mean: that it ran, or that it did not.
 */
export const ActionStalled = defineEvent({
  type: 'evt.action.stalled',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ authorizationId: z.string(), failure: FailureSchema, compensates: z.string().optional() }),
});
