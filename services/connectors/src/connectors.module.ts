import { Module } from '@nestjs/common';
import { EventTail, States } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { AuthorizationArchive } from './authorization-archive.ts';
import { ConnectorPool } from './connector-pool.ts';
import { EffectGate } from './effect-gate.handler.ts';
import { EffectLedger } from './effect-ledger.ts';
import { UndoRequests } from './stop-undone.handler.ts';
import { UnknownOutcomes } from './unknown-outcomes.handler.ts';

@Module({
  controllers: [EffectGate, UndoRequests, UnknownOutcomes],
  providers: [
    {
      provide: EffectLedger,
      inject: [States, EventTail],
      useFactory: (states: States, tail: EventTail) => EffectLedger.open(states, tail),
    },
    {
      provide: AuthorizationArchive,
      inject: [EventTail],
      useFactory: (tail: EventTail) => new AuthorizationArchive(tail),
    },
    {
      provide: ConnectorPool,
      inject: [TroupeConfig, Clock],
      useFactory: (config: TroupeConfig, clock: Clock) => ConnectorPool.from(config, () => clock.now()),
    },
  ],
})
export class ConnectorsModule {}
