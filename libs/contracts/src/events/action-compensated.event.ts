import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema } from './parts.ts';

/**
 * An action that had run was taken back.
 * Emitted when: its compensation was executed.
 * Guarantees: `compensationId` ran under an authorisation of its own.
 * Does not mean: that nobody noticed the original.
 */
export const ActionCompensated = defineEvent({
  type: 'evt.action.compensated',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({ compensationId: z.string() }),
});
