import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { ActionReferenceSchema, ActionSchema, PolicyVerdictSchema } from './parts.ts';

/**
 * An action may run, once.
 * Emitted when: policy lets it run alone, or the owner approved it and policy agrees.
 * Guarantees: good for one effect of exactly this digest (I1, I4), not before its hold window
 * has passed (`holdMs`; `holdUntil` is for people), not after `expiresAt`.
 * Does not mean: that it has run, or will: it can be undone until the hold window closes.
 */
export const ActionAuthorized = defineEvent({
  type: 'evt.action.authorized',
  version: 1,
  retention: 'compliance',
  anyHops: true,
  schema: ActionReferenceSchema.extend({
    authorizationId: z.string(),
    action: ActionSchema,
    by: z.enum(['policy', 'owner']),
    policy: PolicyVerdictSchema,
    /** End of the hold window ("undo send"); absent when it runs at once. */
    holdUntil: z.iso.datetime().optional(),
    /** Length of the hold window, counted from the broker's time of this event; absent when it runs at once. */
    holdMs: z.int().min(0).optional(),
    expiresAt: z.iso.datetime(),
    /** The action this one takes back, when it is a compensation. */
    compensates: z.string().optional(),
    /** With `compensates`: the position of the last request to undo that this answers. */
    answersUndoAt: z.int().min(0).optional(),
  }),
});
