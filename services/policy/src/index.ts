import {
  ActionAuthorized, ActionCompensated, ActionDenied, ActionExpired, ActionHeld, ActionProposed, ActionStalled, ApprovalAccepted, ApprovalRefused,
  CompensationFailed, DeliveryBuckets, StateBuckets, StoryEnded, StoryQuarantined, StoryReleased, TraceOrigins,
} from '@troupe/contracts';
import { defineService } from '@troupe/service-host';
import { PolicyModule } from './policy.module.ts';

/** Policy: judges every proposed action and owns its life until an authorisation is out. */
export const policy = defineService({
  name: 'policy',
  version: '0.1.0',
  purpose: 'Judges every proposed action: which runs alone, which waits for the owner, which is refused. Stops a story that uses up too much.',
  module: PolicyModule,
  emits: [
    ActionHeld, ActionAuthorized, ActionDenied, ActionExpired, ActionStalled, ActionCompensated, ApprovalAccepted, ApprovalRefused,
    CompensationFailed, ActionProposed, StoryQuarantined, StoryReleased, StoryEnded,
  ],
  asks: [TraceOrigins],
  state: [StateBuckets.policyActions, DeliveryBuckets.quarantine],
  tails: true,
});
