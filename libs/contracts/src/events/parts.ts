import { z } from 'zod';
import { OriginSchema } from '../envelope.ts';

/** A person as a mail header names them. The address is lower-cased; the name is text from outside. */
export const MailboxSchema = z.object({ address: z.string().max(320), name: z.string().max(500).optional() });
export type Mailbox = z.infer<typeof MailboxSchema>;

/** Claim check: where the bytes are and what they must hash to. Sizes in bytes. */
export const BlobReferenceSchema = z.object({
  bucket: z.string(),
  key: z.string(),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  sizeBytes: z.int().min(0),
});
export type BlobReference = z.infer<typeof BlobReferenceSchema>;

/** How well a claim is founded: read in a source, concluded from one, or neither. */
export const GroundsSchema = z.enum(['sourced', 'inferred', 'uncited']);
export type Grounds = z.infer<typeof GroundsSchema>;

/** One claim and what it rests on: an event id or memory item, and the very words there. */
export const EvidenceSchema = z.object({
  claim: z.string().min(1).max(1_000),
  source: z.string().min(1).max(200),
  span: z.string().max(2_000),
  grounds: GroundsSchema,
});
export type Evidence = z.infer<typeof EvidenceSchema>;

/** The model behind an answer. The offline stand-in names itself `offline-rules`. */
export const ModelReferenceSchema = z.object({ provider: z.string(), model: z.string(), version: z.string() });
export type ModelReference = z.infer<typeof ModelReferenceSchema>;

/**
 * How tainted an action is as policy worked it out (I5), and what from: what its proposer claims, an event of its story
 * (`story`) or one that it rests on (`source`); `unknown` when it rests on something nobody recorded, `unanswered` when
 * memory could not say in time. The last two count as `external`.
 */
export const TaintSchema = z.object({
  origin: OriginSchema,
  from: z.enum(['claim', 'story', 'source', 'unknown', 'unanswered']),
  /** The event that taints it. */
  eventId: z.string().optional(),
});
export type Taint = z.infer<typeof TaintSchema>;

/** What policy said and which of its policies said so. */
export const PolicyVerdictSchema = z.object({
  decision: z.enum(['permit', 'permit_with_owner', 'forbid']),
  /** Ids of the determining policies; empty when nothing permitted (deny by default). */
  determining: z.array(z.string()),
  /** The same in the owner's words. */
  reasons: z.array(z.string()),
  /** Digest of the policies and their schema that said so; absent in verdicts from before it was kept. */
  policySet: z.string().regex(/^sha256:[0-9a-f]{64}$/).optional(),
  /** Absent in verdicts from before policy worked it out. */
  taint: TaintSchema.optional(),
});
export type PolicyVerdict = z.infer<typeof PolicyVerdictSchema>;

/** The version of an action's contract that its arguments were made for; absent in histories from before it was said: 1. */
export const ActionVersionSchema = z.int().min(1).optional();

/** An action in full, as it would run. */
export const ActionSchema = z.object({ type: z.string(), args: z.record(z.string(), z.unknown()), version: ActionVersionSchema });
export type Action = z.infer<typeof ActionSchema>;

/** Which action, in which exact form. */
export const ActionReferenceSchema = z.object({ actionId: z.string(), digest: z.string() });
