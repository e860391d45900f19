import { Controller, Inject } from '@nestjs/common';
import { CompensationFailed, LifecycleContracts, type Envelope, type EventContract } from '@troupe/contracts';
import { OnEvery, type HandlerContext } from '@troupe/messaging';
import { ActionDecisions } from './action-decisions.ts';

/** Everything there is about actions, under one part of the subjects; policy's own rulings too. */
function about(part: string): EventContract[] {
  return Object.values(LifecycleContracts).filter(({ type }) => type.startsWith(part));
}

/**
 * Everything that is said about an action. Events may come in any order and from several replicas at once: what is known of
 * an action does not depend on it.
 */
@Controller()
export class ApprovalHandler {
  readonly #decisions: ActionDecisions;

  constructor(@Inject(ActionDecisions) decisions: ActionDecisions) {
    this.#decisions = decisions;
  }

  @OnEvery('evt.action.>', about('evt.action.'))
  onAction(event: Envelope, ctx: HandlerContext): Promise<void> {
    return this.#decisions.take(event, ctx);
  }

  @OnEvery('evt.approval.>', about('evt.approval.'))
  onApproval(event: Envelope, ctx: HandlerContext): Promise<void> {
    return this.#decisions.take(event, ctx);
  }

  @OnEvery('evt.compensation.>', [CompensationFailed])
  onCompensation(event: Envelope, ctx: HandlerContext): Promise<void> {
    return this.#decisions.take(event, ctx);
  }
}
