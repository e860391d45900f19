import { z } from 'zod';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/**
 * Has policy read the whole stream and write the state of every action again as the stream tells it (I6). Nothing is
 * emitted. Decisions wait meanwhile and are lost by no one. Run it with one replica of policy.
 */
export const RebuildApprovals = defineQuery({
  subject: 'qry.policy.rebuild',
  timeoutMs: 600_000,
  request: z.object({}),
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('rebuilt'),
      actions: z.int().min(0),
      /** The stream sequence up to which the states hold. */
      throughSequence: z.int().min(0),
    }),
    z.object({ kind: z.literal('failed'), failure: FailureSchema }),
  ]),
});
