import { Controller, Inject } from '@nestjs/common';
import { ActionDenied, ActionExpired, ApprovalAccepted, StoryEnded, StoryRelease, StoryReleased, type EventOf } from '@troupe/contracts';
import { On, type HandlerContext } from '@troupe/messaging';
import { StoryHolds } from './story-holds.ts';

/** Carries out what became of the card of a stopped story. The ruling on it comes from policy itself, so it is the owner's word. */
@Controller()
export class ReleaseHandler {
  readonly #holds: StoryHolds;

  constructor(@Inject(StoryHolds) holds: StoryHolds) {
    this.#holds = holds;
  }

  @On(ApprovalAccepted)
  async onReleaseApproved({ correlationid, data }: EventOf<typeof ApprovalAccepted>, ctx: HandlerContext): Promise<void> {
    if (data.actionType !== StoryRelease.type || data.decision !== 'approve') return;
    const stopped = await this.#holds.answered(correlationid, data.actionId, 'approved');
    if (stopped) ctx.emit(StoryReleased, { because: stopped.because, grants: stopped.grants }, { subject: `action:${data.actionId}` });
  }

  @On(ActionDenied)
  async onReleaseRefused({ correlationid, data }: EventOf<typeof ActionDenied>, ctx: HandlerContext): Promise<void> {
    if (data.by !== 'owner') return;
    const stopped = await this.#holds.answered(correlationid, data.actionId, 'rejected');
    const reason = data.reason === undefined ? {} : { reason: data.reason };
    if (stopped) ctx.emit(StoryEnded, { because: stopped.because, ...reason }, { subject: `action:${data.actionId}` });
  }

  /** Time alone neither releases nor ends a story (I8): the owner is asked again. */
  @On(ActionExpired)
  async onReleaseExpired({ correlationid, data }: EventOf<typeof ActionExpired>): Promise<void> {
    await this.#holds.answered(correlationid, data.actionId, 'expired');
  }
}
