import { FailureSchema } from '@troupe/contracts';
import { z } from 'zod';

/** What travels back on a reply subject: the reply, or why there is none. */
export const QueryResultSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({ ok: z.literal(false), failure: FailureSchema }),
]);
export type QueryResult = z.infer<typeof QueryResultSchema>;
