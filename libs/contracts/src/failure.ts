import { z } from 'zod';

/** A failure as people and machines get to see it: named, with the next step in it, never a stack trace (I11). */
export const FailureSchema = z.object({
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  retryable: z.boolean(),
  message: z.string().min(1).max(2_000),
  /** What to do about it. */
  hint: z.string().max(2_000),
});
export type Failure = z.infer<typeof FailureSchema>;
