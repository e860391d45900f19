import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { StateBuckets, type TaskOutcome } from '@troupe/contracts';
import { States, type StateStore } from '@troupe/messaging';
import { TroupeConfig } from '@troupe/service-host';
import { CompleteTaskHandler } from './complete-task.handler.ts';
import { ANSWERS, ENGINE } from './engine-tokens.ts';
import { createEngine, type RunningEngine } from './engines.ts';

/** Longer than any redelivery of the event that asked. */
const KEEP_ANSWERS_MS = 7 * 24 * 3_600_000;

@Module({
  controllers: [CompleteTaskHandler],
  providers: [
    { provide: ENGINE, inject: [TroupeConfig], useFactory: engineFor },
    { provide: ANSWERS, inject: [States], useFactory: openAnswers },
  ],
})
export class EngineModule implements OnApplicationShutdown {
  readonly #engine: RunningEngine;

  constructor(@Inject(ENGINE) engine: RunningEngine) {
    this.#engine = engine;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#engine.close();
  }
}

function openAnswers(states: States): Promise<StateStore<TaskOutcome>> {
  return states.open(StateBuckets.engineAnswers, { ttlMs: KEEP_ANSWERS_MS });
}

function engineFor(config: TroupeConfig): Promise<RunningEngine> {
  return createEngine({
    OPENAI_API_KEY: config.openaiApiKey,
    OPENAI_BASE_URL: config.openaiBaseUrl,
    OPENAI_MODEL: config.openaiModel,
    OPENAI_EMBEDDING_MODEL: config.openaiEmbeddingModel,
  });
}
