import { z } from 'zod';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/**
 * Has policy read what the stream tells of actions and write the state of each again (I6); then it says what it still owes:
 * what is unjudged is judged, what is due comes due. Decisions go on meanwhile, in every replica.
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
