import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { WaitingSchema } from './delivery-parts.ts';

/**
 * A handler has been waiting for something for more than a minute.
 * Emitted when: messages of a handler have been handed back for want of the same thing for a minute; once per wait.
 * Guarantees: nothing is lost meanwhile; each message is tried again by itself, without a limit.
 * Does not mean: that everything stands still; other handlers go on.
 */
export const DeliveryWaiting = defineEvent({
  type: 'evt.delivery.waiting',
  version: 1,
  retention: 'ephemeral',
  schema: WaitingSchema.extend({ messages: z.int().min(1) }),
});
