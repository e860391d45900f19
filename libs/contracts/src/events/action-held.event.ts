import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, ActionSchema, PolicyVerdictSchema } from './parts.ts';

/**
 * An action waits for the owner.
 * Emitted when: policy will not let it run alone; when an edit made a new digest that policy refuses; when a snooze ends.
 * Guarantees: nothing runs until the owner approves this digest; past `expiresAt` it can only be proposed anew.
 * Does not mean: that approving is enough; policy judges again.
 */
export const ActionHeld = defineEvent({
  type: 'evt.action.held',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    action: ActionSchema,
    policy: PolicyVerdictSchema,
    why: z.enum(['needs_owner', 'edit_refused', 'snooze_ended', 'unverified']),
    expiresAt: z.iso.datetime(),
  }),
});
