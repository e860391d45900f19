import { Controller, Inject, type OnApplicationShutdown } from '@nestjs/common';
import { CompleteTask, EngineAnswered, stableId, type ReplyOf, type RequestOf, type TaskOutcome } from '@troupe/contracts';
import { Answers, Publisher, type StateStore } from '@troupe/messaging';
import { guard, wasNotMade, type Guard } from '@troupe/resilience';
import { Clock } from '@troupe/service-host';
import { EngineError } from './engine.errors.ts';
import type { Completion, Engine } from './engine.ts';
import { ANSWERS, ENGINE } from './engine-tokens.ts';
import { failedOutcome, outcomeOf, recordingOf } from './recorded-call.ts';

type Request = RequestOf<typeof CompleteTask>;

/** Below the time the asker waits, so that it hears why. */
const CALL_TIMEOUT_MS = 40_000;

/** Answers tasks: once per call id, each call on the record, behind a breaker. */
@Controller()
export class CompleteTaskHandler implements OnApplicationShutdown {
  readonly #engine: Engine;
  readonly #publisher: Publisher;
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
    @Inject(Clock) clock: Clock,
  ) {
    this.#engine = engine;
    this.#publisher = publisher;
    this.#clock = clock;
    this.#answers = answers;
  }

  onApplicationShutdown(): void {
    this.#guard.stop();
  }

  @Answers(CompleteTask)
  async complete(request: Request): Promise<ReplyOf<typeof CompleteTask>> {
    const earlier = (await this.#answers.get(request.callId))?.state ?? (await this.#underWay.get(request.callId));
    if (earlier) return earlier;
    const call = this.#callAndRecord(request).finally(() => this.#underWay.delete(request.callId));
    this.#underWay.set(request.callId, call);
    return call;
  }

  async #callAndRecord(request: Request): Promise<TaskOutcome> {
    const startedAtMs = this.#clock.now();
    const { completion, outcome, wasMade } = await this.#call(request);
    const recording = recordingOf(request, this.#engine.model, completion, outcome, this.#clock.now() - startedAtMs);
    if (wasMade) await this.#record(request, recording, outcome.kind === 'failed' ? String(startedAtMs) : 'answer');
    if (outcome.kind !== 'failed') await this.#answers.create(request.callId, outcome);
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
      id: stableId('evt', 'engine', callId, attempt),
      origin: trigger.origin,
      correlationId: trigger.correlationId,
      causationId: trigger.eventId,
      hops: trigger.hops + 1,
    });
  }
}
