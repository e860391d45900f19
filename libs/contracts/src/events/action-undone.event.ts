import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * An authorised action was stopped before it ran.
 * Emitted when: an undo reached the effect gate before the attempt.
 * Guarantees: the authorisation is spent; the effect never happens.
 * Does not mean: a compensation; nothing had to be taken back.
 */
export const ActionUndone = defineEvent({
  type: 'evt.action.undone',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema,
});
