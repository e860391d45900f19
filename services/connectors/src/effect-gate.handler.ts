import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Inject } from '@nestjs/common';
import {
  ActionAttempted, ActionAuthorized, ActionExecuted, ActionFailed, ActionUndone, ActionUndoRequested, ActionUnknown,
  type Effect, type EventOf,
} from '@troupe/contracts';
import { crashPoint, NotDueError, On, RetryableError, type HandlerContext } from '@troupe/messaging';
import { Clock } from '@troupe/service-host';
import { ConnectorPool, type Way } from './connector-pool.ts';
import type { EffectEntry } from './effect-entry.ts';
import { judge, type Situation } from './effect-gate.decider.ts';
import { EffectLedger, type FoundEntry } from './effect-ledger.ts';
import { outcomeOf, type Authorization, type Outcome, type SpentAuthorization } from './effect-outcome.ts';
import { pursue, type Conclusion } from './pursue-attempt.ts';

/** Undo requests that came in while the gate was away get this long before it acts. */
const SETTLE_MS = 500;
/** Between two tries to reach an outside system, once the retries of one call are used up. */
const AWAY_PAUSE_MS = 2_000;
/** How long an outside system that recognises our key is asked again what became of an attempt. */
const ASK_AGAIN_FOR_MS = 5 * 60_000;

/**
 * The effect gate: the only place where anything reaches the outside.
 * Spends the authorisation (I4), says so, notes that it acts, acts, notes the outcome, says so. A crash between any two
 * of these is taken up where it happened; only one between the third and the fifth leaves a doubt. Each attempt gives
 * `action.attempted` and then one outcome, always in this order, so that a redelivery repeats their ids (I2).
 */
@Controller()
export class EffectGate {
  readonly #inHand = new Set<string>();
  readonly #undoRequestsWentFirst = sleep(SETTLE_MS, undefined, { ref: false });

  constructor(
    @Inject(EffectLedger) private readonly ledger: EffectLedger,
    @Inject(ConnectorPool) private readonly pool: ConnectorPool,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @On(ActionAuthorized, { concurrency: 16, timer: true, ackWaitMs: 10_000 })
  async runAuthorized(event: EventOf<typeof ActionAuthorized>, ctx: HandlerContext): Promise<void> {
    const { actionId } = event.data;
    await this.#undoRequestsWentFirst;
    if (this.#inHand.has(actionId)) throw later('in_hand', 1_000);
    this.#inHand.add(actionId);
    try {
      await this.pass(event.data, event.snapshot ?? ctx.sequence, ctx);
    } finally {
      this.#inHand.delete(actionId);
    }
  }

  /** The undo wins when it reaches the ledger before the attempt; otherwise policy answers it, knowing the outcome. */
  @On(ActionUndoRequested)
  async stopUndone({ data: { actionId, digest } }: EventOf<typeof ActionUndoRequested>, ctx: HandlerContext): Promise<void> {
    const found = await this.ledger.find(actionId);
    const cancelled: EffectEntry = { state: 'cancelled', undoSequence: ctx.sequence };
    if (!found) await this.ledger.write(actionId, cancelled, found);
    if (found?.state.state === 'spent') await this.ledger.write(actionId, { ...found.state, undone: true }, found);
    const entry = found?.state ?? cancelled;
    if (entry.state === 'cancelled' && entry.undoSequence === ctx.sequence) ctx.emit(ActionUndone, { actionId, digest });
  }

  private async pass(authorization: Authorization, decidedAt: number, ctx: HandlerContext): Promise<void> {
    const found = await this.ledger.find(authorization.actionId);
    const way = this.pool.wayTo(authorization.action.type);
    const decision = judge(this.situation(authorization, decidedAt, found?.state, way));
    switch (decision.kind) {
      case 'wait':
        throw decision.why === 'hold_window' ? new NotDueError(REASONS.hold_window, decision.untilMs) : later(decision.why, decision.untilMs - this.clock.now());
      case 'stand_down':
        return;
      case 'report':
        return say(ctx, decision.attempt, decision.outcome);
      case 'close':
        if (decision.record) await this.ledger.write(authorization.actionId, settled(decision.attempt, decision.outcome), found);
        return say(ctx, decision.attempt, decision.outcome);
      case 'resume':
        return this.act(authorization, decision.attempt, true, ctx);
      case 'attempt':
        return this.act(authorization, await this.spend(authorization, found), false, ctx);
      default:
        return unreachable(decision);
    }
  }

  private situation(authorization: Authorization, decidedAt: number, entry: EffectEntry | undefined, way: Way | undefined): Situation {
    const connector = way && { mode: way.connector.mode, breaker: way.guard.state };
    return { authorization, decidedAt, entry, connector, nowMs: this.clock.now() };
  }

  private async spend(authorization: Authorization, found: FoundEntry | undefined): Promise<SpentAuthorization> {
    const { actionId, digest, authorizationId } = authorization;
    const { connector } = this.pool.needWayTo(authorization.action.type);
    const startedAtMs = this.clock.now();
    const idempotencyKey = connector.keyOf({ ...authorization, startedAtMs });
    const spent = { actionId, digest, authorizationId, connector: connector.name, mode: connector.mode, idempotencyKey, startedAtMs };
    await this.ledger.write(actionId, { state: 'spent', attempt: spent }, found);
    return spent;
  }

  private async act(authorization: Authorization, spent: SpentAuthorization, inDoubt: boolean, ctx: HandlerContext): Promise<void> {
    await ctx.publishNow(ActionAttempted, spent);
    if (!inDoubt) await this.ledger.advance(spent, 'spent', { state: 'attempting', attempt: spent });
    crashPoint('connectors.after-attempt');
    const way = this.pool.needWayTo(authorization.action.type);
    const attempt = { ...authorization, startedAtMs: spent.startedAtMs };
    const conclusion = await pursue({ ...way, attempt, inDoubt, signal: ctx.signal });
    crashPoint('connectors.after-effect');
    const effect = await this.effectIn(conclusion, spent, inDoubt, way);
    const outcome = outcomeOf(authorization, effect, spent.mode);
    await this.ledger.advance(spent, 'attempting', settled(spent, outcome));
    sayOutcome(ctx, outcome);
  }

  /** Comes back later, instead, when the outside was not reached or may still tell. */
  private async effectIn(conclusion: Conclusion, spent: SpentAuthorization, inDoubt: boolean, { connector }: Way): Promise<Effect> {
    if (conclusion.kind === 'not_made') {
      if (!inDoubt) await this.ledger.advance(spent, 'attempting', { state: 'spent', attempt: spent });
      throw later('not_reached', AWAY_PAUSE_MS);
    }
    const mayStillTell = connector.repeatable && this.clock.now() < spent.startedAtMs + ASK_AGAIN_FOR_MS;
    if (conclusion.kind === 'unclear' && conclusion.failure.retryable && mayStillTell) throw later('no_answer_yet', AWAY_PAUSE_MS);
    return conclusion;
  }
}

/** The same two events in the same order each time, so that a repeat has the same ids. */
function say(ctx: HandlerContext, attempt: SpentAuthorization | undefined, outcome: Outcome): void {
  if (attempt) ctx.emit(ActionAttempted, attempt);
  sayOutcome(ctx, outcome);
}

function sayOutcome(ctx: HandlerContext, outcome: Outcome): void {
  switch (outcome.kind) {
    case 'executed':
      return void ctx.emit(ActionExecuted, outcome.data);
    case 'failed':
      return void ctx.emit(ActionFailed, outcome.data);
    case 'unknown':
      return void ctx.emit(ActionUnknown, outcome.data);
    default:
      return unreachable(outcome);
  }
}

function settled(attempt: SpentAuthorization | undefined, outcome: Outcome): EffectEntry {
  return { state: 'settled', ...(attempt ? { attempt } : {}), outcome };
}

const REASONS = {
  hold_window: 'Its hold window is still open.',
  breaker_open: 'The outside system has failed too often of late; its breaker is open.',
  in_hand: 'It is being attempted right now.',
  not_reached: 'The outside system was not reached.',
  no_answer_yet: 'The outside system has not said yet what became of it.',
} as const;

function later(code: keyof typeof REASONS, delayMs: number): RetryableError {
  return new RetryableError(REASONS[code], { code, delayMs });
}

function unreachable(value: never): never {
  throw new Error(`The gate has no case for ${JSON.stringify(value)}.`);
}
