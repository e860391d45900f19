import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { FailureSchema } from '../failure.ts';
import { BlobReferenceSchema, GroundsSchema, ModelReferenceSchema } from './parts.ts';

/**
 * A model was asked.
 * Emitted when: the engine has called a provider for an agent, whatever came of it.
 * Guarantees: one per call; model, prompt, parameters and output suffice to replay the story without a provider (I7). Secrets
 * in the prompt are redacted.
 * Does not mean: that the answer was used, or is right.
 */
export const EngineAnswered = defineEvent({
  type: 'evt.engine.answered',
  version: 1,
  retention: 'business',
  schema: z.object({
    callId: z.string(),
    askedBy: z.string(),
    task: z.string(),
    taskVersion: z.string(),
    model: ModelReferenceSchema,
    /** Digest of the question: task, version, instructions, input and schema. With `callId` it is what an answer belongs to. */
    promptDigest: z.string(),
    /** What was sent, as JSON in the provider's form. Absent in records from before prompts were kept. */
    prompt: BlobReferenceSchema.optional(),
    parameters: z.record(z.string(), z.unknown()),
    outcome: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('answered'), answer: z.unknown(), grounds: GroundsSchema, confidence: z.number().optional() }),
      z.object({ kind: z.literal('declined'), reason: z.string() }),
      z.object({ kind: z.literal('failed'), failure: FailureSchema }),
    ]),
    usage: z.object({ inputTokens: z.int().min(0), outputTokens: z.int().min(0), costUsd: z.number().min(0) }),
    durationMs: z.number().min(0),
  }),
});
