import { Controller, Inject } from '@nestjs/common';
import { RebuildApprovals, type ReplyOf } from '@troupe/contracts';
import { Answers, failureOf } from '@troupe/messaging';
import { HoldRebuild } from '../budget/hold-rebuild.ts';
import { ApprovalRebuild } from './approval-rebuild.ts';

@Controller()
export class RebuildHandler {
  readonly #rebuild: ApprovalRebuild;

  readonly #holds: HoldRebuild;

  constructor(@Inject(ApprovalRebuild) rebuild: ApprovalRebuild, @Inject(HoldRebuild) holds: HoldRebuild) {
    this.#rebuild = rebuild;
    this.#holds = holds;
  }

  @Answers(RebuildApprovals)
  async rebuild(): Promise<ReplyOf<typeof RebuildApprovals>> {
    try {
      await this.#holds.run();
      return { kind: 'rebuilt', ...(await this.#rebuild.run()) };
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error) };
    }
  }
}
