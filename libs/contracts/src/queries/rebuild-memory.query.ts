import { z } from 'zod';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/**
 * Has memory forget its episodes and record the whole stream again (I6). The reply comes when that is done; recalls wait
 * meanwhile, and nothing that arrives is missed. Asking while it runs waits for the same rebuild.
 */
export const RebuildMemory = defineQuery({
  subject: 'qry.memory.rebuild',
  timeoutMs: 600_000,
  request: z.object({}),
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('rebuilt'),
      /** How many events were read from the stream. */
      episodes: z.int().min(0),
      /** The stream sequence up to which everything is recorded again. */
      throughSequence: z.int().min(0),
    }),
    z.object({ kind: z.literal('failed'), failure: FailureSchema }),
  ]),
});
