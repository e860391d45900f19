import { OpenAI } from 'openai';
import { answerChecker } from './answer-schema.ts';
import type { AnswerCheck, AnswerChecker } from './answer-schema.ts';
import { EngineError } from './engine.errors.ts';
import type { Completion, CompletionRequest, ModelRef, Prompt, RunningEngine, Usage } from './engine.ts';
import { groundsOf, statedConfidence } from './grounds.ts';
import { costUsd } from './openai/model-prices.ts';
import { engineErrorOf, timedOut } from './openai/openai-errors.ts';
import { promptFor, repairPrompt } from './openai/prompt.ts';
import type { PromptMessage } from './openai/prompt.ts';
import { redactSecrets } from './openai/redact-secrets.ts';
import { isStrictSchema } from './openai/strict-schema.ts';

export interface OpenAiSettings {
  apiKey?: string;
  /** Any OpenAI-compatible server; unset is OpenAI itself. */
  baseUrl?: string;
  model: string;
  embeddingModel: string;
  /** For one call to the server, answer included. */
  timeoutMs: number;
}

type Reply = { kind: 'text'; text: string; model: string; usage: Usage } | { kind: 'refused'; reason: string; model: string };

/**
 * Any server that speaks OpenAI's chat completions with JSON-schema answers, through the official client.
 *
 * One try per call: the client's own retries are off because retry and breaker live above. Secrets are redacted from
 * everything that is sent. An answer that breaks the schema gets one repair attempt, then `bad_answer`.
 * A model's refusal is a `declined`, not an error.
 */
export class OpenAiEngine implements RunningEngine {
  readonly model: ModelRef;
  readonly #client: OpenAI;
  readonly #settings: OpenAiSettings;

  constructor(settings: OpenAiSettings) {
    this.#settings = settings;
    this.model = { provider: settings.baseUrl ? 'openai-compatible' : 'openai', model: settings.model, version: settings.model };
    this.#client = new OpenAI({
      // Local servers want no key, but the client insists on one.
      apiKey: settings.apiKey ?? 'none',
      baseURL: settings.baseUrl ?? null,
      maxRetries: 0,
      timeout: settings.timeoutMs,
      logLevel: 'off',
    });
  }

  promptFor(request: CompletionRequest): Prompt {
    const { messages, response_format, ...parameters } = this.#body(request, promptFor(request));
    return { content: { messages, response_format }, parameters };
  }

  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    const check = answerChecker(request.schema);
    const prompt = promptFor(request);
    const first = await this.#ask(request, prompt, signal);
    if (first.kind === 'refused') return this.#declined(first);
    const checked = checkText(first.text, check);
    if (checked.ok) return this.#answered(request, checked.answer, first.model, first.usage);
    return this.#repair(request, repairPrompt(prompt, first.text, checked.problems), first.usage, check, signal);
  }

  async embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    if (texts.length === 0) return [];
    // Servers refuse the empty string; a space keeps the positions, and the vector is replaced below.
    const input = texts.map((text) => redactSecrets(text).trim() || ' ');
    const body = { model: this.#settings.embeddingModel, input, encoding_format: 'float' as const };
    const response = await this.#call(signal, (options) => this.#client.embeddings.create(body, options));
    const vectors = vectorsOf(response, texts.length);
    return vectors.map((vector, index) => (texts[index]?.trim() ? vector : vector.map(() => 0)));
  }

  /** The client keeps no sockets of its own. */
  async close(): Promise<void> {}

  async #repair(request: CompletionRequest, prompt: PromptMessage[], spent: Usage, check: AnswerChecker, signal: AbortSignal): Promise<Completion> {
    const second = await this.#ask(request, prompt, signal);
    if (second.kind === 'refused') return this.#declined(second);
    const checked = checkText(second.text, check);
    if (!checked.ok) throw brokenAnswer(request.task, checked.problems);
    return this.#answered(request, checked.answer, second.model, added(spent, second.usage));
  }

  async #ask(request: CompletionRequest, messages: PromptMessage[], signal: AbortSignal): Promise<Reply> {
    const body = this.#body(request, messages);
    return replyOf(await this.#call(signal, (options) => this.#client.chat.completions.create(body, options)));
  }

  #body(request: CompletionRequest, messages: PromptMessage[]) {
    return {
      model: this.#settings.model,
      messages,
      stream: false as const,
      response_format: responseFormat(request),
      ...(request.maxOutputTokens === undefined ? {} : { max_completion_tokens: request.maxOutputTokens }),
    };
  }

  async #call<T>(signal: AbortSignal, send: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    // The client's own time-out ends with the headers; this one also covers a body that never comes.
    const deadline = AbortSignal.timeout(this.#settings.timeoutMs);
    try {
      return await send({ signal: AbortSignal.any([signal, deadline]) });
    } catch (error) {
      signal.throwIfAborted();
      throw deadline.aborted ? timedOut(error) : engineErrorOf(error, new Date());
    }
  }

  #answered(request: CompletionRequest, answer: unknown, version: string, usage: Usage): Completion {
    return {
      kind: 'answered',
      answer,
      model: { ...this.model, version },
      usage,
      grounds: groundsOf(answer, request.input),
      ...statedConfidence(answer),
    };
  }

  #declined(refusal: { reason: string; model: string }): Completion {
    return { kind: 'declined', reason: refusal.reason, model: { ...this.model, version: refusal.model } };
  }
}

function responseFormat({ task, schema }: CompletionRequest) {
  // The API allows letters, digits, _ and - only, 64 at most.
  const name = task.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 64);
  return { type: 'json_schema' as const, json_schema: { name, schema, strict: isStrictSchema(schema) } };
}

function replyOf(response: OpenAI.Chat.ChatCompletion): Reply {
  const choice = response.choices?.[0];
  if (!choice) throw brokenAnswer('chat', ['the server sent no choice']);
  if (choice.message.refusal) return { kind: 'refused', reason: `The model refuses: ${choice.message.refusal}`, model: response.model };
  if (choice.finish_reason === 'content_filter') {
    return { kind: 'refused', reason: "The provider's content filter withheld the answer.", model: response.model };
  }
  return { kind: 'text', text: choice.message.content ?? '', model: response.model, usage: usageOf(response) };
}

function usageOf({ model, usage }: OpenAI.Chat.ChatCompletion): Usage {
  const tokens = { input: usage?.prompt_tokens ?? 0, output: usage?.completion_tokens ?? 0 };
  return { inputTokens: tokens.input, outputTokens: tokens.output, costUsd: costUsd(model, tokens) };
}

function vectorsOf(response: OpenAI.CreateEmbeddingResponse, expected: number): number[][] {
  const vectors = [...(response.data ?? [])].sort((a, b) => a.index - b.index).map((item) => item.embedding);
  if (vectors.length === expected) return vectors;
  throw brokenAnswer('embeddings', [`expected ${expected} vectors, got ${vectors.length}`]);
}

function checkText(text: string, check: AnswerChecker): AnswerCheck {
  try {
    return check(JSON.parse(text));
  } catch {
    return { ok: false, problems: ['(root): the answer is not JSON'] };
  }
}

function brokenAnswer(task: string, problems: string[]): EngineError {
  return new EngineError('bad_answer', `The model's answer to ${task} breaks its schema: ${problems.join('; ')}`, {
    hint: 'Use a model that supports JSON schema answers, or allow more output tokens.',
  });
}

function added(a: Usage, b: Usage): Usage {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd + b.costUsd,
  };
}
