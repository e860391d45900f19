import { Controller, Inject } from '@nestjs/common';
import { RebuildApprovals, type ReplyOf } from '@troupe/contracts';
import { Answers, failureOf } from '@troupe/messaging';
import { ApprovalRebuild } from './approval-rebuild.ts';

@Controller()
export class RebuildHandler {
  readonly #rebuild: ApprovalRebuild;

  constructor(@Inject(ApprovalRebuild) rebuild: ApprovalRebuild) {
    this.#rebuild = rebuild;
  }

  @Answers(RebuildApprovals)
  async rebuild(): Promise<ReplyOf<typeof RebuildApprovals>> {
    try {
      return { kind: 'rebuilt', ...(await this.#rebuild.run()) };
    } catch (error) {
      return { kind: 'failed', failure: failureOf(error) };
    }
  }
}
