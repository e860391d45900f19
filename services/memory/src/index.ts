import { defineService } from '@troupe/service-host';
import { MemoryModule } from './memory.module.ts';

/** Memory: records every event and answers what happened. */
export const memory = defineService({
  name: 'memory',
  version: '0.1.0',
  purpose: 'Records every event of the company and answers what happened, to whom and when.',
  module: MemoryModule,
  emits: [],
  tails: true,
  keepsStreams: true,
});
