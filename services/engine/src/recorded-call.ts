import { canonicalDigest, type BlobReference, type CompleteTask, type DataOf, type EngineAnswered, type Failure, type RequestOf, type TaskOutcome } from '@troupe/contracts';
import { BreakerOpen, BulkheadFull, TimedOut } from '@troupe/resilience';
import { EngineError } from './engine.errors.ts';
import type { Completion, ModelRef } from './engine.ts';

type Request = RequestOf<typeof CompleteTask>;
type Recording = DataOf<typeof EngineAnswered>;

const NO_USAGE = { inputTokens: 0, outputTokens: 0, costUsd: 0 };

/** What the asker gets to hear. */
export function outcomeOf(completion: Completion): TaskOutcome {
  if (completion.kind === 'declined') return completion;
  const { answer, model, grounds, confidence, usage } = completion;
  return { kind: 'answered', answer, model, grounds, costUsd: usage.costUsd, ...(confidence === undefined ? {} : { confidence }) };
}

export function failedOutcome(error: unknown): Extract<TaskOutcome, { kind: 'failed' }> {
  return { kind: 'failed', failure: failureFrom(error) };
}

/** What an answer belongs to: another input, instruction or schema under the same call id is another question. */
export function questionDigest({ task, taskVersion, instructions, input, schema }: Request): string {
  return canonicalDigest({ task, taskVersion, instructions, input, schema });
}

/** How a call was asked, and what came of it. */
export interface MadeCall {
  readonly model: ModelRef;
  /** The prompt in the object store, and the parameters it was sent with. */
  readonly prompt: BlobReference;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly completion?: Completion | undefined;
  readonly outcome: TaskOutcome;
  readonly durationMs: number;
}

/** The record of one call: enough to replay its story with no provider (I7). */
export function recordingOf(request: Request, { model, prompt, parameters, completion, outcome, durationMs }: MadeCall): Recording {
  const { callId, task, taskVersion, trigger } = request;
  return {
    callId,
    askedBy: trigger.askedBy,
    task,
    taskVersion,
    model: outcome.kind === 'failed' ? model : outcome.model,
    promptDigest: questionDigest(request),
    prompt,
    parameters: { ...parameters },
    outcome: recordedOutcome(outcome),
    usage: completion?.kind === 'answered' ? completion.usage : NO_USAGE,
    durationMs,
  };
}

function recordedOutcome(outcome: TaskOutcome): Recording['outcome'] {
  switch (outcome.kind) {
    case 'answered': {
      const { answer, grounds, confidence } = outcome;
      return { kind: 'answered', answer, grounds, ...(confidence === undefined ? {} : { confidence }) };
    }
    case 'declined':
      return { kind: 'declined', reason: outcome.reason };
    case 'failed':
      return outcome;
  }
}

function failureFrom(error: unknown): Failure {
  if (error instanceof EngineError) return { code: error.code, retryable: error.retryable, message: error.message, hint: error.hint };
  const message = error instanceof Error && error.message ? error.message : 'The engine failed without saying why.';
  // Busy, open or slow: worth another try. Anything else fails the same way each time, and the owner should hear of it.
  const retryable = error instanceof BreakerOpen || error instanceof BulkheadFull || error instanceof TimedOut;
  return { code: retryable ? 'engine_away' : 'engine_failed', retryable, message, hint: 'See the log of the engine at this time.' };
}
