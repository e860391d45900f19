import { z } from 'zod';
import { EnvelopeSchema } from '../envelope.ts';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/** An event as the episodic log keeps it: with the stream sequence it was stored at. */
export const EpisodeSchema = z.object({ sequence: z.int().min(1), event: EnvelopeSchema });
export type Episode = z.infer<typeof EpisodeSchema>;

/** What to look for; every part given must match. Newest first. */
export const EpisodeFilterSchema = z.object({
  /** Exactly what an event names as its subject. */
  subject: z.string().optional(),
  /**
   * Whom an event is about, by any of their names: its subject, and `person:<address>` of the sender of a mail and of the
   * customer of a billing event.
   */
  entity: z.string().optional(),
  correlationId: z.string().optional(),
  types: z.array(z.string()).max(50).optional(),
  agent: z.string().optional(),
  /** Events of this time or later, by their own `time`. */
  since: z.iso.datetime().optional(),
  /** Events before this time. */
  until: z.iso.datetime().optional(),
  /** Only what had been stored up to this sequence: memory as it was. */
  asOf: z.int().min(0).optional(),
  limit: z.int().min(1).max(500).default(50),
  /** Continue below this sequence. */
  before: z.int().min(1).optional(),
});
export type EpisodeFilter = z.infer<typeof EpisodeFilterSchema>;

/**
 * What memory knows, as of a stream sequence. The reply comes once the log has recorded up to `asOf`; a log that stays
 * behind answers `not_caught_up`, which is worth retrying.
 */
export const RecallEpisodes = defineQuery({
  subject: 'qry.memory.recall',
  timeoutMs: 10_000,
  request: EpisodeFilterSchema,
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('found'),
      episodes: z.array(EpisodeSchema),
      /** True when a reply could hold no more, by `limit` or by size: ask again with `before` for what is older. */
      more: z.boolean().optional(),
    }),
    z.object({ kind: z.literal('failed'), failure: FailureSchema }),
  ]),
});
