import { Buckets, EngineAnswered, StateBuckets } from '@troupe/contracts';
import { defineService } from '@troupe/service-host';
import { EngineModule } from './engine.module.ts';

export const engine = defineService({
  name: 'engine',
  version: '1.0.0',
  purpose: 'Asks a model, or the offline rules, on behalf of agents, and records every call.',
  module: EngineModule,
  emits: [EngineAnswered],
  state: [StateBuckets.engineAnswers],
  blobs: [Buckets.payloads],
});
