import { Controller, Inject } from '@nestjs/common';
import {
  ActionAuthorized, ActionHeld, ActionProposed, ApprovalAccepted, CompensationFailed, LifecycleContracts, type Envelope, type EventContract, type EventOf,
} from '@troupe/contracts';
import { NotDueError, On, OnEvery, type HandlerContext, type OnOptions } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { awaits, type Deadline } from './approval/approval.decider.ts';
import { ActionDecisions } from './action-decisions.ts';

/** Every action that waits for a moment occupies one place among the pending messages of its consumer. */
const TIMER: OnOptions = { timer: true };

const TAKE_IN_MS = 500;
/** An outcome that is known may take this long after the end of its authorisation to be heard: a broker or a gate that was away. */
const OUTCOME_MARGIN_MS = 10 * 60_000;

/** Everything there is about actions, under one part of the subjects; policy's own rulings too. */
function about(part: string): EventContract[] {
  return Object.values(LifecycleContracts).filter(({ type }) => type.startsWith(part));
}

/**
 * All that moves policy: what is said about an action, and the moments it waits for. Either way `ActionDecisions` decides
 * and puts the ruling on the stream.
 *
 * Events may come in any order and from several replicas at once: what is known of an action does not depend on it. The
 * broker is the timer: a message is handed back until its moment has come. No scanning, and a restart forgets nothing.
 */
@Controller()
export class ActionHandler {
  readonly #decisions: ActionDecisions;
  readonly #config: TroupeConfig;
  readonly #clock: Clock;

  constructor(
    @Inject(ActionDecisions) decisions: ActionDecisions,
    @Inject(TroupeConfig) config: TroupeConfig,
    @Inject(Clock) clock: Clock,
  ) {
    this.#decisions = decisions;
    this.#config = config;
    this.#clock = clock;
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

  @On(ActionProposed, TIMER)
  onVerificationDue(event: EventOf<typeof ActionProposed>, ctx: HandlerContext): Promise<void> {
    return this.#at(Date.parse(event.time) + this.#config.verificationTimeoutMs, { kind: 'verification' }, event.data.actionId, ctx);
  }

  @On(ActionHeld, TIMER)
  onHoldExpires(event: EventOf<typeof ActionHeld>, ctx: HandlerContext): Promise<void> {
    return this.#at(Date.parse(event.data.expiresAt), { kind: 'expiry' }, event.data.actionId, ctx);
  }

  @On(ApprovalAccepted, TIMER)
  async onSnoozeEnds(event: EventOf<typeof ApprovalAccepted>, ctx: HandlerContext): Promise<void> {
    const { actionId, until } = event.data;
    if (until !== undefined) await this.#at(Date.parse(until), { kind: 'snooze', until }, actionId, ctx);
  }

  @On(ActionAuthorized, TIMER)
  onOutcomeDue(event: EventOf<typeof ActionAuthorized>, ctx: HandlerContext): Promise<void> {
    const { actionId, compensates, expiresAt } = event.data;
    const deadline = { kind: 'outcome', authorization: event.data } as const;
    return this.#at(Date.parse(expiresAt) + OUTCOME_MARGIN_MS, deadline, compensates ?? actionId, ctx);
  }

  /**
   * An action that has moved on needs no timer. A moment that has come is always handed on: the life knows whether it
   * decided on it before and has only to say so again. One that `onAction` has not taken in yet cannot be judged.
   */
  async #at(dueMs: number, deadline: Deadline, actionId: string, ctx: HandlerContext): Promise<void> {
    const waitMs = dueMs - this.#clock.now();
    const state = await this.#decisions.of(actionId);
    const isAwaited = awaits(state, deadline);
    if (waitMs > 0 && !isAwaited) return;
    if (waitMs > 0) throw notDue(deadline, dueMs);
    if (state.kind === 'absent' && isAwaited) throw notDue(deadline, this.#clock.now() + TAKE_IN_MS);
    await this.#decisions.reach(deadline, actionId, ctx);
  }
}

function notDue({ kind }: Deadline, untilMs: number): NotDueError {
  return new NotDueError(`The ${kind} is not due yet.`, untilMs);
}
