import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * Nobody knows whether the effect happened.
 * Emitted when: an attempt has no outcome (the process died, the line broke) and the outside system cannot tell.
 * Guarantees: it is not tried again by itself (I4).
 * Does not mean: that it failed.
 */
export const ActionUnknown = defineEvent({
  type: 'evt.action.unknown',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ authorizationId: z.string(), failure: FailureSchema }),
});
