import { Controller, Inject, type OnApplicationShutdown } from '@nestjs/common';
import { Buckets, CompleteTask, EngineAnswered, stableId, type ReplyOf, type RequestOf, type TaskOutcome } from '@troupe/contracts';
import { Answers, Blobs, Publisher, type StateStore } from '@troupe/messaging';
import { guard, wasNotMade, type Guard } from '@troupe/resilience';
import { Clock } from '@troupe/service-host';
import { EngineError } from './engine.errors.ts';
import type { Completion, Engine } from './engine.ts';
import { ANSWERS, ENGINE } from './engine-tokens.ts';
import { failedOutcome, outcomeOf, questionDigest, recordingOf } from './recorded-call.ts';

type Request = RequestOf<typeof CompleteTask>;

/** Below the time the asker waits, so that it hears why. */
const CALL_TIMEOUT_MS = 40_000;

/** Answers tasks: once per call id and question, each call on the record with its prompt, behind a breaker. */
@Controller()
export class CompleteTaskHandler implements OnApplicationShutdown {
  readonly #engine: Engine;
  readonly #publisher: Publisher;
  readonly #blobs: Pick<Blobs, 'put'>;
  readonly #clock: Clock;
  readonly #answers: StateStore<TaskOutcome>;
  readonly #underWay = new Map<string, Promise<TaskOutcome>>();
  readonly #guard: Guard = guard({
    name: 'engine',
    timeoutMs: CALL_TIMEOUT_MS,
    capacity: 16,
    retry: { attempts: 2, firstDelayMs: 500, maxDelayMs: 2_000 },
    breaker: { minimumCalls: 5, failurePercent: 50, windowMs: 30_000, openForMs: 10_000 },
  });

  constructor(
    @Inject(ENGINE) engine: Engine,
    @Inject(ANSWERS) answers: StateStore<TaskOutcome>,
    @Inject(Publisher) publisher: Publisher,
    @Inject(Blobs) blobs: Blobs,
    @Inject(Clock) clock: Clock,
  ) {
    this.#engine = engine;
    this.#publisher = publisher;
    this.#blobs = blobs;
    this.#clock = clock;
    this.#answers = answers;
  }

  onApplicationShutdown(): void {
    this.#guard.stop();
  }

  @Answers(CompleteTask)
  async complete(request: Request): Promise<ReplyOf<typeof CompleteTask>> {
    const key = answerKey(request);
    const earlier = (await this.#answers.get(key))?.state ?? (await this.#underWay.get(key));
    if (earlier) return earlier;
    const call = this.#callAndRecord(request, key).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, call);
    return call;
  }

  /** The prompt is stored first: a call that is on record can be read, whatever happens after it. */
  async #callAndRecord(request: Request, key: string): Promise<TaskOutcome> {
    const { content, parameters } = this.#engine.promptFor(request);
    const prompt = await this.#blobs.put(Buckets.payloads, Buffer.from(JSON.stringify(content)));
    const startedAtMs = this.#clock.now();
    const { completion, outcome, wasMade } = await this.#call(request);
    const durationMs = this.#clock.now() - startedAtMs;
    const recording = recordingOf(request, { model: this.#engine.model, prompt, parameters, completion, outcome, durationMs });
    if (wasMade) await this.#record(request, recording, outcome.kind === 'failed' ? String(startedAtMs) : 'answer');
    if (outcome.kind !== 'failed') await this.#answers.create(key, outcome);
    return outcome;
  }

  async #call(request: Request): Promise<{ completion?: Completion; outcome: TaskOutcome; wasMade: boolean }> {
    const { task, taskVersion, instructions, input, schema } = request;
    try {
      const completion = await this.#guard((signal) => this.#engine.complete({ task, taskVersion, instructions, input, schema }, signal), {
        isRetryable: (error) => error instanceof EngineError && error.retryable && error.code !== 'timeout',
      });
      return { completion, outcome: outcomeOf(completion), wasMade: true };
    } catch (error) {
      return { outcome: failedOutcome(error), wasMade: !wasNotMade(error) };
    }
  }

  /** The recording joins the story of the event that made the agent ask. */
  async #record({ callId, trigger }: Request, recording: ReturnType<typeof recordingOf>, attempt: string): Promise<void> {
    await this.#publisher.publish(EngineAnswered, recording, {
      id: stableId('evt', 'engine', callId, recording.promptDigest, attempt),
      origin: trigger.origin,
      correlationId: trigger.correlationId,
      causationId: trigger.eventId,
      hops: trigger.hops + 1,
    });
  }
}

/** A key of the broker's store holds no colon. */
function answerKey(request: Request): string {
  return `${request.callId}.${questionDigest(request).replace(':', '-')}`;
}
