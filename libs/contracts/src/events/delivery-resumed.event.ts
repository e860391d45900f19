import { defineEvent } from '../event-contract.ts';
import { WaitingSchema } from './delivery-parts.ts';

/**
 * A handler that had waited goes on.
 * Emitted when: a wait that was said aloud is over: its messages went through, or met another end.
 * Guarantees: it follows an `evt.delivery.waiting` of the same service, handler, code and `since`.
 * Does not mean: that all that waited has been handled yet.
 */
export const DeliveryResumed = defineEvent({
  type: 'evt.delivery.resumed',
  version: 1,
  retention: 'ephemeral',
  schema: WaitingSchema,
});
