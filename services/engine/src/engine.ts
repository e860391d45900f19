/** A JSON Schema document, as zod's `z.toJSONSchema` makes it. */
export type JsonSchema = Record<string, unknown>;

/** Who answered: enough to tell, in a year, which weights or which rules were at work. */
export interface ModelRef {
  provider: string;
  model: string;
  version: string;
}

/** One model task. `task` names what is wanted; `input` holds all facts the answer may use. */
export interface CompletionRequest {
  task: string;
  taskVersion: string;
  instructions: string;
  input: unknown;
  /** JSON Schema of the answer. */
  schema: JsonSchema;
  maxOutputTokens?: number;
}

/** A task as its provider is asked: what is sent, with secrets redacted, and the settings it is sent with. */
export interface Prompt {
  /** JSON, in the provider's own form. The same request always gives the same content. */
  readonly content: unknown;
  /** What else bears on the answer and is small: the model's name, limits. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  costUsd: number;
}

/**
 * What came of a task.
 *
 * - `answered`: `answer` satisfies the request's schema. `grounds` is `sourced` only when the answer cites spans and
 *   every one of them occurs in the input; everything else is `inferred`.
 * - `declined`: nothing the engine knows fits. Not an error: the agent asks the owner, and `reason` is written for them.
 */
export type Completion =
  | {
      kind: 'answered';
      answer: unknown;
      model: ModelRef;
      usage: Usage;
      grounds: 'sourced' | 'inferred';
      /** 0 to 1, only when the answer states one itself. */
      confidence?: number;
    }
  | { kind: 'declined'; reason: string; model: ModelRef };

/**
 * A provider of answers and of embeddings.
 *
 * The calls try once: retry, breaker, cache and recording live above. They throw `EngineError` for every failure of the
 * provider, and the signal's own reason when the caller gave up.
 */
export interface Engine {
  readonly model: ModelRef;
  /** What `complete` sends for this request, for the record. Sends nothing and reads no clock. */
  promptFor(request: CompletionRequest): Prompt;
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
  /** One vector per text, in the order given; all vectors of one engine have the same length. An empty text gets the zero vector. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]>;
}

/** An engine that may hold threads or sockets. After `close` it can be used again; it then starts what it needs anew. */
export interface RunningEngine extends Engine {
  close(): Promise<void>;
}
