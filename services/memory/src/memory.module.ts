import { Module } from '@nestjs/common';
import { TroupeConfig } from '@troupe/service-host';
import { EPISODIC_LOG, openEpisodicLog } from './open-episodic-log.ts';
import { RecallHandler } from './recall.handler.ts';
import { RecordHandler } from './record.handler.ts';
import { Recorder } from './recorder.ts';

@Module({
  controllers: [RecordHandler, RecallHandler],
  providers: [Recorder, { provide: EPISODIC_LOG, inject: [TroupeConfig], useFactory: openEpisodicLog }],
})
export class MemoryModule {}
