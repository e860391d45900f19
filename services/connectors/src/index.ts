import { ActionAttempted, ActionDeferred, ActionExecuted, ActionFailed, ActionUndone, ActionUnknown, StateBuckets } from '@troupe/contracts';
import { defineService } from '@troupe/service-host';
import { ConnectorsModule } from './connectors.module.ts';

export const connectors = defineService({
  name: 'connectors',
  version: '0.1.0',
  purpose: 'The effect gate: the only process that touches outside systems, each authorised action once.',
  module: ConnectorsModule,
  emits: [ActionAttempted, ActionDeferred, ActionExecuted, ActionFailed, ActionUnknown, ActionUndone],
  state: [StateBuckets.effectLedger],
  tails: true,
});
