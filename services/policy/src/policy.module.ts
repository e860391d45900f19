import { Module } from '@nestjs/common';
import { DeliveryBuckets, StateBuckets } from '@troupe/contracts';
import { States } from '@troupe/messaging';
import { TroupeConfig } from '@troupe/service-host';
import { APPROVALS, ActionDecisions } from './action-decisions.ts';
import { ActionHandler } from './action.handler.ts';
import { ApprovalRebuild } from './rebuild/approval-rebuild.ts';
import { HoldRebuild } from './budget/hold-rebuild.ts';
import { ReleaseHandler } from './budget/release.handler.ts';
import { StoryBudget } from './budget/story-budget.ts';
import { HOLDS, StoryHolds } from './budget/story-holds.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { DEFAULT_POLICIES_FOLDER } from './judgement/policies-folder.ts';
import { ProposalOrigins } from './judgement/proposal-origins.ts';
import { OwedRulings } from './rebuild/owed-rulings.ts';
import { RebuildHandler } from './rebuild/rebuild.handler.ts';

const approvals = { provide: APPROVALS, inject: [States], useFactory: (states: States) => states.open(StateBuckets.policyActions) };

const holds = { provide: HOLDS, inject: [States], useFactory: (states: States) => states.open(DeliveryBuckets.quarantine) };

/** Policies that cannot be read or do not hold together end the boot here, with the fix in the message (I8). */
const policies = {
  provide: CedarPolicies,
  inject: [TroupeConfig],
  useFactory: (config: TroupeConfig) => CedarPolicies.load(config.policiesFolder ?? DEFAULT_POLICIES_FOLDER),
};

@Module({
  controllers: [ActionHandler, RebuildHandler, ReleaseHandler],
  providers: [approvals, holds, policies, ProposalOrigins, ActionDecisions, ApprovalRebuild, OwedRulings, StoryHolds, StoryBudget, HoldRebuild],
})
export class PolicyModule {}
