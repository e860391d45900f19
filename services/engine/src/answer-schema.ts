import { z } from 'zod';
import { EngineError } from './engine.errors.ts';
import type { JsonSchema } from './engine.ts';

export type AnswerCheck = { ok: true; answer: unknown } | { ok: false; problems: string[] };
export type AnswerChecker = (answer: unknown) => AnswerCheck;

const compiled = new Map<string, AnswerChecker>();
const MAX_COMPILED = 200;

/**
 * Compiles a JSON Schema into a check. Schemas are few (one per task and version), so compiled ones are kept.
 *
 * @throws EngineError `bad_request` when the schema itself cannot be read.
 */
export function answerChecker(schema: JsonSchema): AnswerChecker {
  const key = JSON.stringify(schema);
  const known = compiled.get(key);
  if (known) return known;
  if (compiled.size >= MAX_COMPILED) compiled.clear();
  const checker = compile(schema);
  compiled.set(key, checker);
  return checker;
}

function compile(schema: JsonSchema): AnswerChecker {
  const type = readSchema(schema);
  return (answer) => {
    const result = type.safeParse(answer);
    return result.success ? { ok: true, answer: result.data } : { ok: false, problems: problemsOf(result.error) };
  };
}

function readSchema(schema: JsonSchema): z.ZodType {
  try {
    return z.fromJSONSchema(schema);
  } catch (cause) {
    throw new EngineError('bad_request', 'The answer schema cannot be read.', {
      hint: 'Pass the JSON Schema that z.toJSONSchema makes from a zod type without transforms.',
      cause,
    });
  }
}

function problemsOf(error: z.ZodError): string[] {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
}
