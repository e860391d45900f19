import { DecisionSchema, EnvelopeSchema } from '@troupe/contracts';
import { z } from 'zod';
import {
  AgentSchema,
  CardSchema,
  CardStateSchema,
  DeadLetterSchema,
  OriginalSchema,
  StoryEntrySchema,
  WaitSchema,
} from '../projection/card.contract.ts';
import { decodeCursor } from '../projection/cursor.ts';

/** Every list: `limit` items a page, and the cursor of the one after it, null on the last. */
const pageOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const Limit = z.coerce.number().pipe(z.int().min(1).max(200)).default(50).meta({ description: 'Items a page, 1 to 200.' });
const Cursor = z
  .string()
  .refine(
    (cursor) => decodeCursor(cursor) !== undefined,
    'must be a nextCursor as a list gave it; leave it out to start at the newest',
  )
  .meta({ description: 'The nextCursor of the page before.' });

const States = z
  .string()
  .transform((states) => states.split(',').map((state) => state.trim()))
  .pipe(z.array(CardStateSchema).min(1))
  .meta({ description: `One state or several with commas between: ${CardStateSchema.options.join(', ')}.` });

export const CardListQuery = z.object({
  state: States.optional(),
  agent: z.string().min(1).max(100).optional(),
  story: z.string().min(1).max(128).optional(),
  q: z.string().max(200).optional(),
  limit: Limit,
  cursor: Cursor.optional(),
});
export type CardListQuery = z.infer<typeof CardListQuery>;
export const PageQuery = z.object({ limit: Limit, cursor: Cursor.optional() });
export type PageQuery = z.infer<typeof PageQuery>;
export const IdParams = z.object({ id: z.string().min(1).max(128) });
export type IdParams = z.infer<typeof IdParams>;
export const StoryParams = z.object({ correlationId: z.string().min(1).max(128) });
export type StoryParams = z.infer<typeof StoryParams>;

export const EpisodeQuery = z.object({
  subject: z.string().max(320).optional().meta({ description: 'person:ana@example.com, customer:cus_1, action:act_1 …' }),
  story: z.string().max(128).optional(),
  type: z.string().max(100).optional().meta({ description: 'An event type: evt.email.received.' }),
  agent: z.string().max(100).optional(),
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
  asOf: z.coerce.number().pipe(z.int().min(0)).optional().meta({ description: 'Memory as it was at this stream sequence.' }),
  limit: Limit,
  cursor: Cursor.optional(),
});
export type EpisodeQuery = z.infer<typeof EpisodeQuery>;

const decisionParts = {
  decision: DecisionSchema,
  /** The form the owner saw. */
  digest: z.string().min(1).max(200),
  args: z.record(z.string(), z.unknown()).optional().meta({ description: 'All arguments of the edited action; only with edit.' }),
  reason: z
    .string()
    .max(2_000)
    .optional()
    .meta({ description: 'Why; with reject. With respond it is the answer when response is absent.' }),
  response: z.string().max(8_000).optional().meta({ description: "The owner's words; with respond." }),
  until: z.iso.datetime().optional().meta({ description: 'When the card comes back; with snooze.' }),
};
export const DecisionRequest = z.strictObject(decisionParts);
export type DecisionRequest = z.infer<typeof DecisionRequest>;
/** Each item is checked by itself, so that one bad decision does not stop the others. */
export const DecisionsRequest = z
  .array(z.looseObject({ id: z.string().min(1).max(128) }))
  .min(1)
  .max(100);
export type DecisionsRequest = z.infer<typeof DecisionsRequest>;

export const OutcomeRequest = z.strictObject({
  happened: z.boolean().meta({ description: 'Whether the outside system shows that it was done.' }),
  note: z.string().max(2_000).optional().meta({ description: 'What you saw, and where.' }),
});
export type OutcomeRequest = z.infer<typeof OutcomeRequest>;

export const ProblemReply = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    hint: z.string().optional(),
  })
  .meta({ description: 'RFC 9457 problem details.' });

export const RecordedReply = z.object({ recorded: z.literal(true), eventId: z.string(), hint: z.string() });
export const CardListReply = pageOf(CardSchema);
export const DecisionsReply = pageOf(
  z.object({ id: z.string(), status: z.int(), card: CardSchema.optional(), problem: ProblemReply.optional() }),
);
export const StoryReply = z.object({
  id: z.string(),
  original: OriginalSchema.nullable(),
  items: z.array(StoryEntrySchema),
  nextCursor: z.null(),
  cards: z.array(CardSchema),
});
export const AgentListReply = pageOf(AgentSchema);
export const DeadLetterListReply = pageOf(DeadLetterSchema);
export const WaitListReply = pageOf(WaitSchema);
export const DeadLetterSettledReply = z.object({ id: z.string(), settled: z.enum(['redriven', 'discarded']) });
export const EpisodeListReply = pageOf(z.object({ sequence: z.int().min(1), event: EnvelopeSchema }));
export const SummaryReply = z.object({
  states: z.partialRecord(CardStateSchema, z.int().min(0)),
  deadLetters: z.int().min(0),
  /** Handlers that wait for something that is away. */
  waits: z.int().min(0),
  sequence: z.int().min(0),
});
export const RebuildReply = z.object({
  sequence: z.int().min(0),
  /** How many messages the inbox still has to read; null when that is not known yet. */
  pending: z.int().min(0).nullable(),
  complete: z.boolean(),
  /** The inbox and the stores of other services; one that is away is named and not rebuilt. */
  stores: z.array(z.object({ name: z.string(), done: z.boolean(), ok: z.boolean(), detail: z.string() })),
});
export const SessionRequest = z.strictObject({ token: z.string().min(1).max(1_000) });
export type SessionRequest = z.infer<typeof SessionRequest>;
export const SessionReply = z.object({ expiresAt: z.iso.datetime() });
export const LiveReply = z.object({ status: z.literal('ok') });
export const ReadyReply = z.object({
  status: z.enum(['ok', 'unavailable']),
  parts: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});
