import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * The owner wants an action taken back.
 * Emitted when: the operator API took an undo.
 * Guarantees: answered by exactly one of `evt.action.undone`, `evt.action.authorized` (a compensation) or
 * `evt.compensation.failed`.
 * Does not mean: that it can be taken back.
 */
export const ActionUndoRequested = defineEvent({
  type: 'evt.action.undo_requested',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ requestedBy: z.string() }),
});
