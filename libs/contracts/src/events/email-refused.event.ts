import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';

/**
 * A message was turned away at the door.
 * Emitted when: the gateway answered a message with a permanent refusal (too large, not a mail at all).
 * Guarantees: the sender got the same reason as an SMTP 5xx or HTTP 4xx answer.
 * Does not mean: that the content was judged; only its form was.
 */
export const EmailRefused = defineEvent({
  type: 'evt.email.refused',
  version: 1,
  retention: 'ephemeral',
  schema: z.object({ from: z.string().max(320).optional(), sizeBytes: z.int().min(0), failure: FailureSchema }),
});
