import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * An action could not be taken back.
 * Emitted when: an undo came too late for an irreversible action, or its compensation failed.
 * Guarantees: the original stands as it was executed.
 * Does not mean: that nothing can be done; `failure.hint` says what.
 */
export const CompensationFailed = defineEvent({
  type: 'evt.compensation.failed',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ failure: FailureSchema }),
});
