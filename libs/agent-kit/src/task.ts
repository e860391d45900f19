import type { Grounds, ModelReference } from '@troupe/contracts';
import type { z } from 'zod';

/** One kind of question to the engine, with the shape of its answer. A change of wording is a new `version`. */
export interface Task<Schema extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
  readonly answer: Schema;
}

/** Declares a task for the engine. Freezes it and does nothing else. */
export function defineTask<Schema extends z.ZodType>(task: Task<Schema>): Task<Schema> {
  return Object.freeze(task);
}

/** An answer that fits the task's schema, or the engine's word that it has none: then ask the owner, do not guess. */
export type TaskResult<Answer> =
  | {
      readonly kind: 'answered';
      readonly answer: Answer;
      readonly model: ModelReference;
      readonly grounds: Grounds;
      readonly costUsd: number;
      readonly promptVersion: string;
    }
  | { readonly kind: 'declined'; readonly reason: string };
