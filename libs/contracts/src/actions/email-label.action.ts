import { z } from 'zod';
import { defineAction } from './action-contract.ts';

const label = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'must be a lower-case word such as "newsletter"');

/** Adds and removes labels on one received mail. Taken back by the same action with `add` and `remove` exchanged. */
export const EmailLabel = defineAction({
  type: 'email.label',
  version: 1,
  title: 'Label an email',
  connector: 'email',
  tier: 'T1',
  reversibility: 'reversible',
  compensation: { type: 'email.label', args: (args) => ({ ...args, add: args.remove, remove: args.add }) },
  args: z.strictObject({
    /** The mail's Message-ID, or the id of its arrival event when it had none. */
    messageId: z.string().min(1).max(998),
    add: z.array(label).max(20),
    remove: z.array(label).max(20),
  }),
  fields: [
    { key: 'messageId', label: 'Message', kind: 'text', editable: false },
    { key: 'add', label: 'Add', kind: 'list', editable: true },
    { key: 'remove', label: 'Remove', kind: 'list', editable: true },
  ],
});
