import { answerChecker } from './answer-schema.ts';
import { EngineError } from './engine.errors.ts';
import type { Completion, CompletionRequest, ModelRef, Prompt, RunningEngine } from './engine.ts';
import { groundsOf, statedConfidence } from './grounds.ts';
import { draftDunning } from './offline/letters/draft-dunning.ts';
import { draftNotice } from './offline/letters/draft-notice.ts';
import { draftReply } from './offline/letters/draft-reply.ts';
import type { OfflineTask, TaskOutcome } from './offline/offline-task.ts';
import { SentenceEncoder } from './offline/sentence-encoder.ts';
import { shippedModel } from './offline/triage/classifier.ts';
import { triageMail } from './offline/triage/triage-mail.ts';
import { redactSecrets, redactSecretsIn } from './openai/redact-secrets.ts';

/** Raise with every change that can change an answer: rules, templates, signals or weights. */
const RULES_VERSION = '7';

const TASKS = new Map([triageMail, draftReply, draftDunning, draftNotice].map((task): [string, OfflineTask] => [task.name, task]));

/**
 * The honest stand-in for a model: rules, templates and nearest meaning, with no key and no network.
 *
 * It names itself `offline-rules` in every answer and knows only the tasks under `offline/`. It declines, with a reason
 * for the owner, whatever it has no rule or no fact for. The same input always gives the same answer, at no cost.
 */
export class OfflineEngine implements RunningEngine {
  readonly model: ModelRef = { provider: 'offline-rules', model: 'offline-rules', version: RULES_VERSION };
  readonly #encoder: SentenceEncoder;

  constructor(encoder = new SentenceEncoder()) {
    this.#encoder = encoder;
    shippedModel();
  }

  /** The rules read the input alone; instructions and schema are kept so that a model could be asked the same. */
  promptFor({ instructions, input, schema }: CompletionRequest): Prompt {
    return { content: { instructions: redactSecrets(instructions), input: redactSecretsIn(input), schema }, parameters: { rules: RULES_VERSION } };
  }

  async complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    signal.throwIfAborted();
    const task = TASKS.get(request.task);
    if (!task) return this.#declined(`The offline engine does not know the task ${request.task}. It needs a model: set OPENAI_API_KEY or OPENAI_BASE_URL.`);
    const outcome = await task.answer(request.input, { encoder: this.#encoder, signal });
    return outcome.kind === 'declined' ? this.#declined(outcome.reason) : this.#answered(request, outcome);
  }

  embed(texts: readonly string[], signal: AbortSignal): Promise<number[][]> {
    return this.#encoder.embed(texts, signal);
  }

  close(): Promise<void> {
    return this.#encoder.close();
  }

  #answered(request: CompletionRequest, outcome: Extract<TaskOutcome, { kind: 'answered' }>): Completion {
    const checked = answerChecker(request.schema)(outcome.answer);
    if (!checked.ok) throw contractDiffers(request.task, checked.problems);
    return {
      kind: 'answered',
      answer: checked.answer,
      model: this.model,
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
      grounds: groundsOf(checked.answer, request.input),
      ...statedConfidence(checked.answer),
    };
  }

  #declined(reason: string): Completion {
    return { kind: 'declined', reason, model: this.model };
  }
}

function contractDiffers(task: string, problems: string[]): EngineError {
  return new EngineError('bad_answer', `The offline answer to ${task} breaks the schema: ${problems.join('; ')}`, {
    hint: `Ask for the answer that services/engine/src/offline gives for ${task}, or change the task there.`,
  });
}
