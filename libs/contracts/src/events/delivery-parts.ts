import { z } from 'zod';

/** A handler that waits for something that is away, and for what. `since` is when the oldest message was first handed back. */
export const WaitingSchema = z.object({
  service: z.string(),
  handler: z.string(),
  /** `code`, `message` and `hint` of the failure it meets each time. */
  code: z.string(),
  message: z.string().max(2_000),
  hint: z.string().max(2_000),
  since: z.iso.datetime(),
});
