import {
  CheckSchema, DecisionSchema, EvidenceSchema, FailureSchema, MailboxSchema, ModelReferenceSchema, PolicyVerdictSchema,
} from '@troupe/contracts';
import { z } from 'zod';

/** Where an action is in its life, as the owner sees it. */
export const CardStateSchema = z.enum([
  'proposed', 'verified', 'flagged', 'held', 'snoozed', 'authorized', 'denied', 'expired', 'executing', 'executed', 'failed',
  'unknown', 'undone', 'answered', 'compensated',
]);
export type CardState = z.infer<typeof CardStateSchema>;

/** One argument as a person reads it. `text` is for showing, `value` is what an edit starts from. */
export const CardFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['text', 'long_text', 'addresses', 'money', 'list']),
  editable: z.boolean(),
  text: z.string(),
  value: z.unknown(),
});
export type CardField = z.infer<typeof CardFieldSchema>;

/** What the story began with: the mail, at most 8,000 characters of it, or the facts of a billing event. */
export const OriginalSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('email'),
    eventId: z.string(),
    from: MailboxSchema,
    to: z.array(MailboxSchema),
    subject: z.string(),
    text: z.string(),
    truncated: z.boolean(),
    receivedAt: z.iso.datetime(),
    problems: z.array(z.string()),
  }),
  z.object({
    kind: z.literal('billing'),
    eventId: z.string(),
    title: z.string(),
    facts: z.array(z.object({ label: z.string(), text: z.string() })),
    receivedAt: z.iso.datetime(),
  }),
]);
export type Original = z.infer<typeof OriginalSchema>;

/** One event in the life of a card. */
export const HistoryEntrySchema = z.object({
  sequence: z.int().min(1),
  time: z.iso.datetime(),
  type: z.string(),
  by: z.string(),
  summary: z.string(),
});
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>;

/** A card as the projection keeps it. `args` and `digest` are the form that would run now. */
export const StoredCardSchema = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  /** One line that tells this card from its neighbours. */
  summary: z.string(),
  rationale: z.string(),
  args: z.record(z.string(), z.unknown()),
  digest: z.string(),
  fields: z.array(CardFieldSchema),
  /** The form the agent proposed, once the owner changed it. */
  proposed: z.object({ digest: z.string(), fields: z.array(CardFieldSchema) }).nullable(),
  state: CardStateSchema,
  tier: z.enum(['T0', 'T1', 'T2', 'T3']),
  reversibility: z.enum(['reversible', 'irreversible']),
  origin: z.enum(['external', 'operator', 'system']),
  agent: z.object({ name: z.string(), version: z.string() }),
  storyId: z.string(),
  /** The event that made the agent act. */
  triggerId: z.string().nullable(),
  snapshot: z.int().min(0).nullable(),
  model: ModelReferenceSchema.nullable(),
  promptVersion: z.string().nullable(),
  costUsd: z.number().min(0),
  evidence: z.array(EvidenceSchema),
  checks: z.array(CheckSchema),
  policy: PolicyVerdictSchema.nullable(),
  /** Why it waits, in a sentence. */
  waitsBecause: z.string().nullable(),
  decision: z.object({ by: z.string(), what: DecisionSchema, words: z.string().nullable() }).nullable(),
  holdUntil: z.iso.datetime().nullable(),
  snoozedUntil: z.iso.datetime().nullable(),
  expiresAt: z.iso.datetime().nullable(),
  outcome: z.object({ summary: z.string(), mode: z.enum(['live', 'sandbox']), providerReference: z.string() }).nullable(),
  failure: FailureSchema.nullable(),
  /** The outside could not take it yet; it is tried again by itself, and can be undone until then. */
  deferred: z.object({ failure: FailureSchema, tries: z.int().min(1), nextTryAt: z.iso.datetime() }).nullable(),
  /** The owner asked to take it back, and it has not been answered yet. */
  undoing: z.boolean(),
  /** The card this one takes back. */
  compensates: z.string().nullable(),
  /** The event that last moved it: what a decision follows from. */
  lastEvent: z.object({ id: z.string(), hops: z.int().min(0) }),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type StoredCard = z.infer<typeof StoredCardSchema>;

/** A card as the API gives it: with its history and what the story began with. */
export const CardSchema = StoredCardSchema.extend({
  /** Sequence of the last event that changed it. */
  sequence: z.int().min(1),
  original: OriginalSchema.nullable(),
  history: z.array(HistoryEntrySchema),
});
export type Card = z.infer<typeof CardSchema>;

/** One event of a story, in the owner's words. */
export const StoryEntrySchema = z.object({
  sequence: z.int().min(1),
  id: z.string(),
  type: z.string(),
  time: z.iso.datetime(),
  agent: z.string(),
  agentVersion: z.string(),
  causationId: z.string().nullable(),
  hops: z.int().min(0),
  actionId: z.string().nullable(),
  summary: z.string(),
});
export type StoryEntry = z.infer<typeof StoryEntrySchema>;

/** Someone who has produced events. */
export const AgentSchema = z.object({
  name: z.string(),
  version: z.string(),
  lastSeen: z.iso.datetime(),
  /** The last thing it did, and the story it belongs to. */
  lastWork: z.object({ type: z.string(), summary: z.string(), storyId: z.string() }),
  events: z.int().min(0),
  proposals: z.int().min(0),
  modelCalls: z.int().min(0),
  costUsd: z.number().min(0),
});
export type AgentRow = z.infer<typeof AgentSchema>;

/** What could not be handled, by whom, and why. */
export const DeadLetterSchema = z.object({
  id: z.string(),
  sequence: z.int().min(1),
  time: z.iso.datetime(),
  service: z.string(),
  handler: z.string(),
  eventType: z.string(),
  eventId: z.string(),
  storyId: z.string(),
  deliveries: z.int().min(1),
  failure: FailureSchema,
});
export type DeadLetterRow = z.infer<typeof DeadLetterSchema>;

/** A handler that waits for something that is away. It goes on by itself. */
export const WaitSchema = z.object({
  service: z.string(),
  handler: z.string(),
  /** What it meets each time, and what can be done about it. */
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  since: z.iso.datetime(),
  /** Messages of the handler that were handed back and are not settled: as the broker counts them now, else as it was said. */
  messages: z.int().min(1),
});
export type WaitRow = z.infer<typeof WaitSchema>;
