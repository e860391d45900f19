import type { RunningEngine } from './engine.ts';
import { OfflineEngine } from './offline-engine.adapter.ts';

export { EngineError } from './engine.errors.ts';
export type { EngineErrorCode } from './engine.errors.ts';
export type { Completion, CompletionRequest, Engine, JsonSchema, ModelRef, Prompt, RunningEngine, Usage } from './engine.ts';
export { OfflineEngine } from './offline-engine.adapter.ts';

/** The environment variables that choose and set up the engine. Empty counts as unset. */
export interface EngineEnvironment {
  OPENAI_API_KEY?: string | undefined;
  OPENAI_BASE_URL?: string | undefined;
  /** Default `gpt-4.1-mini`. */
  OPENAI_MODEL?: string | undefined;
  /** Default `text-embedding-3-small`. */
  OPENAI_EMBEDDING_MODEL?: string | undefined;
  /** Milliseconds for one call. Default 60000. */
  OPENAI_TIMEOUT_MS?: string | undefined;
}

/** A model server when a key or an address is set, else the offline engine, which needs neither. */
export async function createEngine(env: EngineEnvironment): Promise<RunningEngine> {
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL) return new OfflineEngine();
  const { OpenAiEngine } = await import('./openai-engine.adapter.ts');
  return new OpenAiEngine({
    ...(env.OPENAI_API_KEY ? { apiKey: env.OPENAI_API_KEY } : {}),
    ...(env.OPENAI_BASE_URL ? { baseUrl: env.OPENAI_BASE_URL } : {}),
    model: env.OPENAI_MODEL || 'gpt-4.1-mini',
    embeddingModel: env.OPENAI_EMBEDDING_MODEL || 'text-embedding-3-small',
    timeoutMs: timeoutOf(env.OPENAI_TIMEOUT_MS),
  });
}

function timeoutOf(value: string | undefined): number {
  const timeoutMs = Number(value || 60_000);
  if (Number.isInteger(timeoutMs) && timeoutMs > 0) return timeoutMs;
  throw new Error(`OPENAI_TIMEOUT_MS is "${value}": give whole milliseconds, such as 60000.`);
}
