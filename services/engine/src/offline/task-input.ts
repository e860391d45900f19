import { z } from 'zod';
import { EngineError } from '../engine.errors.ts';

/**
 * Reads a task's input.
 *
 * @throws EngineError `bad_request` naming the fields that do not fit: the caller and the task disagree on the contract.
 */
export function readInput<T extends z.ZodType>(task: string, schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new EngineError('bad_request', `The input of ${task} does not fit: ${z.prettifyError(result.error)}`, {
    hint: `Send what the schema next to the task ${task} in services/engine/src/offline describes.`,
    cause: result.error,
  });
}
