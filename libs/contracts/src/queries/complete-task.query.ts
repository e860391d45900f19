import { z } from 'zod';
import { GroundsSchema, ModelReferenceSchema } from '../events/parts.ts';
import { FailureSchema } from '../failure.ts';
import { defineQuery } from '../query-contract.ts';

/** What came of asking the engine. `failed` is for the asker to retry or give up on, as `failure.retryable` says. */
export const TaskOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answered'),
    answer: z.unknown(),
    model: ModelReferenceSchema,
    grounds: GroundsSchema,
    confidence: z.number().optional(),
    costUsd: z.number().min(0),
  }),
  z.object({ kind: z.literal('declined'), reason: z.string(), model: ModelReferenceSchema }),
  z.object({ kind: z.literal('failed'), failure: FailureSchema }),
]);
export type TaskOutcome = z.infer<typeof TaskOutcomeSchema>;

/**
 * Asks the engine for one answer that fits a JSON schema. The same question (task, version, instructions, input and schema)
 * asked again under the same `callId` gets the recorded answer, so a redelivered event does not reach a model twice; a
 * changed question is a new call. There is no asking without a triggering event (I7).
 */
export const CompleteTask = defineQuery({
  subject: 'qry.engine.complete',
  timeoutMs: 60_000,
  request: z.object({
    callId: z.string(),
    task: z.string().min(1).max(100),
    taskVersion: z.string().min(1).max(50),
    instructions: z.string().max(16_000),
    input: z.unknown(),
    schema: z.record(z.string(), z.unknown()),
    /** The event being handled, whose story the recording joins. */
    trigger: z.object({
      eventId: z.string(),
      correlationId: z.string(),
      origin: z.enum(['external', 'operator', 'system']),
      hops: z.int().min(0),
      snapshot: z.int().min(0),
      askedBy: z.string(),
    }),
  }),
  reply: TaskOutcomeSchema,
});
