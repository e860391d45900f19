import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';

/**
 * An event could not be handled.
 * Emitted when: a handler refused it for good, or failed on every delivery.
 * Guarantees: the event itself and the reason are in the dead letter stream, to be redriven or discarded.
 * Does not mean: that other handlers of the same event failed.
 */
export const MessageDeadLettered = defineEvent({
  type: 'evt.message.dead_lettered',
  version: 1,
  retention: 'business',
  schema: z.object({
    deadLetterId: z.string(),
    service: z.string(),
    handler: z.string(),
    eventType: z.string(),
    eventId: z.string(),
    deliveries: z.int().min(1),
    failure: FailureSchema,
  }),
});
