import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TroupeConfig } from '@troupe/service-host';
import { CompleteTaskHandler } from './complete-task.handler.ts';
import { ENGINE } from './engine-token.ts';
import { createEngine, type RunningEngine } from './engines.ts';

@Module({
  controllers: [CompleteTaskHandler],
  providers: [{ provide: ENGINE, inject: [TroupeConfig], useFactory: engineFor }],
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

function engineFor(config: TroupeConfig): RunningEngine {
  return createEngine({
    OPENAI_API_KEY: config.openaiApiKey,
    OPENAI_BASE_URL: config.openaiBaseUrl,
    OPENAI_MODEL: config.openaiModel,
    OPENAI_EMBEDDING_MODEL: config.openaiEmbeddingModel,
  });
}
