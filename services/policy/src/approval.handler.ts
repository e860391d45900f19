import { Controller, Inject } from '@nestjs/common';
import {
  ActionAttempted, ActionExecuted, ActionFailed, ActionFlagged, ActionProposed, ActionUndone, ActionUndoRequested,
  ActionUnknown, ActionVerified, ApprovalDecided, type Envelope,
} from '@troupe/contracts';
import { OnEvery, type HandlerContext } from '@troupe/messaging';
import { ApprovalLives } from './approval-lives.ts';
import { RebuildGate } from './rebuild-gate.ts';

/** Everything that others say about an action, per story in the order of the stream. */
@Controller()
export class ApprovalHandler {
  readonly #lives: ApprovalLives;
  readonly #gate: RebuildGate;

  constructor(@Inject(ApprovalLives) lives: ApprovalLives, @Inject(RebuildGate) gate: RebuildGate) {
    this.#lives = lives;
    this.#gate = gate;
  }

  @OnEvery('evt.action.>', [
    ActionProposed, ActionVerified, ActionFlagged, ActionAttempted, ActionExecuted, ActionFailed, ActionUnknown,
    ActionUndoRequested, ActionUndone,
  ])
  onAction(event: Envelope, ctx: HandlerContext): Promise<void> {
    return this.#gate.pass(() => this.#lives.take(event, ctx));
  }

  /** The owner decides on what the stream has shown them as held, so this never runs ahead of `onAction`. */
  @OnEvery('evt.approval.>', [ApprovalDecided])
  onApproval(event: Envelope, ctx: HandlerContext): Promise<void> {
    return this.#gate.pass(() => this.#lives.take(event, ctx));
  }
}
