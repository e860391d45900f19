import { z } from 'zod';
import { OriginSchema } from '../envelope.ts';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/** An event, and what it says of where it began. */
export const WitnessSchema = z.object({ eventId: z.string(), origin: OriginSchema });
export type Witness = z.infer<typeof WitnessSchema>;

/**
 * What memory knows of where an event comes from, so that nobody has to believe what it claims (I5). The reply comes once
 * the log has recorded up to `asOf`; a log that stays behind answers `not_caught_up`, which is worth retrying. An event that
 * nobody recorded is `unknown_event`, and is not. The answer for an event never changes, and costs the same in a long
 * history as in a short one.
 */
export const TraceOrigins = defineQuery({
  subject: 'qry.memory.origins',
  timeoutMs: 10_000,
  request: z.object({
    eventId: z.string().min(1).max(128),
    /** A sequence of the stream at which the event is there already. */
    asOf: z.int().min(0),
  }),
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('traced'),
      /** For each origin that occurs in its story up to the event itself: the first event that has it. */
      story: z.array(WitnessSchema),
      /** The events that it rests on, of whatever story: those it cites, what caused it, what caused that, and so on. */
      sources: z.array(WitnessSchema),
      /** What it rests on and nobody recorded. */
      unknown: z.array(z.string()),
      /** Who is named in the arrivals of its story up to the event: addresses in lower case. Of a very long story only the latest. */
      addresses: z.array(z.string()),
    }),
    z.object({ kind: z.literal('failed'), failure: FailureSchema }),
  ]),
});
