import { randomUUID } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import { ActionAttempted, ActionAuthorized, ActionDeferred, type EventOf } from '@troupe/contracts';
import { crashPoint, EventTail, NotDueError, On, RetryableError, type HandlerContext } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { leaseOf, underLease } from './attempt-lease.ts';
import { ConnectorPool, PLACES, type Way } from './connector-pool.ts';
import { entryAfter, type TryFacts } from './effect-conclusion.decider.ts';
import { authorizationOf, isKnown, type DeferredEntry, type EffectEntry, type SettledEntry, type SpentEntry } from './effect-entry.ts';
import { judge, type AttemptingEntry, type GateDecision, type Situation } from './effect-gate.decider.ts';
import { EffectLedger, type FoundEntry } from './effect-ledger.ts';
import { attemptUnder, type Authorization, type SpentAuthorization } from './effect-outcome.ts';
import { HoldWindows } from './hold-windows.ts';
import { say, sayOutcome } from './outcome-events.ts';
import { pursue } from './pursue-attempt.ts';
import { UndoPrecedence, type UndoLook } from './undo-precedence.ts';

/** Between two tries to reach an outside system whose breaker is open, or that has not told yet. */
const AWAY_PAUSE_MS = 2_000;
/** How long an outside system that recognises our key is asked again what became of an attempt. */
const ASK_AGAIN_FOR_MS = 5 * 60_000;
/** Between two passages of what waits for undo requests to be looked at. */
const UNDO_PAUSE_MS = 200;

/** One authorisation in the gate's hands. */
interface Passage {
  readonly authorization: Authorization;
  /** Stream sequence of the decision it follows from. */
  readonly decidedAt: number;
  readonly holdLeftMs: number;
  /** Begun with the passage, where its hold window is over: it is asked for only before something is done. */
  readonly undos: UndoLook | undefined;
  readonly ctx: HandlerContext;
}

/**
 * The effect gate: the only place where anything reaches the outside.
 * Spends the authorisation (I4), says so, notes that it acts, acts, notes the outcome, says so. A crash between any two
 * of these is taken up where it happened; only one between the third and the fifth leaves a doubt. While it acts it holds a
 * lease on the entry, so that another gate does not take for lost what is under way. What the outside puts off leaves the
 * authorisation good for another try. Every output has a name, so that a redelivery repeats its id (I2).
 */
@Controller()
export class EffectGate {
  readonly #holder = randomUUID();
  readonly #inHand = new Set<string>();
  readonly #holds = new HoldWindows();
  readonly #undos: UndoPrecedence;

  constructor(
    @Inject(EffectLedger) private readonly ledger: EffectLedger,
    @Inject(ConnectorPool) private readonly pool: ConnectorPool,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(EventTail) tail: Pick<EventTail, 'isCaughtUp'>,
    @Inject(TroupeConfig) private readonly config: Pick<TroupeConfig, 'retryFirstPauseMs'>,
  ) {
    this.#undos = new UndoPrecedence(tail);
  }

  @On(ActionAuthorized, { concurrency: PLACES.gate, timer: true })
  async runAuthorized(event: EventOf<typeof ActionAuthorized>, ctx: HandlerContext): Promise<void> {
    const { actionId } = event.data;
    if (this.#inHand.has(actionId)) throw this.notDue('in_hand', this.clock.now() + 1_000);
    this.#inHand.add(actionId);
    try {
      const held = { eventId: event.id, holdMs: holdMsOf(event), storedAtMs: ctx.storedAtMs };
      const holdLeftMs = this.#holds.leftMs(held, this.clock.now());
      const undos = holdLeftMs > 0 ? undefined : this.#undos.begin();
      await this.pass({ authorization: event.data, decidedAt: event.snapshot ?? ctx.sequence, holdLeftMs, undos, ctx });
      this.#holds.forget(event.id);
    } finally {
      this.#inHand.delete(actionId);
    }
  }

  private async pass(passage: Passage): Promise<void> {
    const { authorization, ctx } = passage;
    const found = await this.ledger.find(authorization.actionId);
    const decision = judge(this.situation(passage, found?.state));
    switch (decision.kind) {
      case 'wait':
        throw decision.why === 'breaker_open' ? later('breaker_open') : this.notDue(decision.why, decision.untilMs);
      case 'stand_down':
        return;
      case 'report':
        return say(ctx, decision.attempt, decision.outcome);
      case 'close':
        return this.close(decision, passage, found);
      case 'say_deferral':
        return this.sayDeferral(decision.entry, passage);
      case 'find_out':
        return this.findOut(decision.entry, decision.mayAct, passage, found);
      case 'attempt':
        return this.attempt(passage, found);
      default:
        return unreachable(decision);
    }
  }

  private situation({ authorization, decidedAt, holdLeftMs }: Passage, entry: EffectEntry | undefined): Situation {
    const way = this.pool.wayTo(authorization.action.type);
    const connector = way && { mode: way.connector.mode, breaker: way.guard.state };
    return { authorization, decidedAt, entry, connector, holdLeftMs, holder: this.#holder, nowMs: this.clock.now() };
  }

  private async close(decision: GateDecision & { kind: 'close' }, { authorization, decidedAt, ctx }: Passage, found: FoundEntry | undefined): Promise<void> {
    const { attempt, outcome, record } = decision;
    const entry: SettledEntry = { state: 'settled', ...(attempt ? { attempt } : {}), outcome, decidedAt };
    if (record) await this.ledger.write(authorization.actionId, entry, found);
    return say(ctx, attempt, outcome);
  }

  private async attempt(passage: Passage, found: FoundEntry | undefined): Promise<void> {
    const { authorization: { actionId }, ctx } = passage;
    await this.undoRequestsWentFirst(passage);
    const spent = await this.spend(passage, found);
    const { attempt } = spent.state;
    if (attempt.tries === 1) await ctx.publishNow(ActionAttempted, attempt, { key: 'attempted' });
    const begun = await this.ledger.write<AttemptingEntry>(actionId, { state: 'attempting', attempt, lease: leaseOf(this.#holder, this.clock.now()) }, spent);
    crashPoint('connectors.after-attempt');
    return this.act(begun, true, false, passage);
  }

  private async findOut(entry: AttemptingEntry, mayAct: boolean, passage: Passage, found: FoundEntry | undefined): Promise<void> {
    if (mayAct) await this.undoRequestsWentFirst(passage);
    const mine = await this.ledger.write(entry.attempt.actionId, { ...entry, lease: leaseOf(this.#holder, this.clock.now()) }, found);
    return this.act(mine, mayAct, true, passage);
  }

  /** An authorisation that was put off is good for another try, which is spent like the first. */
  private async spend({ authorization, ctx }: Passage, found: FoundEntry | undefined): Promise<FoundEntry<SpentEntry>> {
    const { actionId, digest, authorizationId } = authorization;
    const { connector } = this.pool.needWayTo(authorization.action.type);
    const startedAtMs = this.clock.now();
    const idempotencyKey = connector.keyOf(attemptUnder(authorization, startedAtMs));
    const name = { actionId, digest, authorizationId, connector: connector.name, mode: connector.mode, idempotencyKey };
    const attempt = { ...name, startedAtMs, sequence: ctx.sequence, tries: triesWith(found?.state, authorizationId) };
    return this.ledger.write(actionId, { state: 'spent', attempt }, found);
  }

  private async act(begun: FoundEntry<AttemptingEntry>, mayAct: boolean, inDoubt: boolean, passage: Passage): Promise<void> {
    const { authorization, decidedAt, ctx } = passage;
    const { state: entry } = begun;
    const { attempt: spent } = entry;
    const way = this.pool.needWayTo(authorization.action.type);
    const attempt = attemptUnder(authorization, spent.startedAtMs);
    let undone = entry.undone === true;
    const stillMayAct = (): boolean => mayAct && !undone && this.clock.now() < Date.parse(authorization.expiresAt);
    const conclusion = await underLease(
      async () => void (undone = await this.renew(spent)),
      () => pursue({ ...way, attempt, inDoubt, mayAct: stillMayAct, signal: ctx.signal }),
    );
    crashPoint('connectors.after-effect');
    const facts: TryFacts = { authorization, decidedAt, inDoubt, mayStillTell: this.mayStillTell(spent, way), firstPauseMs: this.config.retryFirstPauseMs, nowMs: this.clock.now() };
    const noted = await this.ledger.note(spent.actionId, (found) => (isKnown(found) ? found : entryAfter(current(found, entry), conclusion, facts)), { written: begun, signal: ctx.signal });
    return this.answer(noted, passage);
  }

  /** Gives a sign of life; answers whether it was undone meanwhile. */
  private async renew(spent: SpentAuthorization): Promise<boolean> {
    const lease = leaseOf(this.#holder, this.clock.now());
    const entry = await this.ledger.change(spent.actionId, (found) => ({ ...needAttempting(found, spent), lease }));
    return entry.state === 'attempting' && entry.undone === true;
  }

  private mayStillTell(spent: SpentAuthorization, { connector }: Way): boolean {
    return connector.repeat !== undefined && this.clock.now() < spent.startedAtMs + ASK_AGAIN_FOR_MS;
  }

  private answer(entry: EffectEntry, passage: Passage): Promise<void> | void {
    switch (entry.state) {
      case 'settled':
        return sayOutcome(passage.ctx, entry.outcome);
      case 'deferred':
        return this.sayDeferral(entry, passage);
      case 'attempting':
        throw later('no_answer_yet');
      case 'spent':
      case 'cancelled':
        throw later('not_reached');
      default:
        return unreachable(entry);
    }
  }

  /** Said once per try: the name is the try's, and the ledger notes that it was stored. */
  private async sayDeferral(entry: DeferredEntry, { authorization, ctx }: Passage): Promise<void> {
    const { actionId, digest, authorizationId, compensates } = authorization;
    const { attempt: { tries }, failure, nextTryAtMs } = entry;
    const nextTryAt = new Date(nextTryAtMs).toISOString();
    const data = { actionId, digest, authorizationId, failure, tries, nextTryAt, ...(compensates === undefined ? {} : { compensates }) };
    await ctx.publishNow(ActionDeferred, data, { key: `deferred-${tries}` });
    await this.ledger.change(actionId, (found) => saidOf(found, entry));
    throw this.notDue('put_off', nextTryAtMs);
  }

  /** An undo that was stored before this passage began has reached the ledger when this resolves. */
  private async undoRequestsWentFirst({ undos = this.#undos.begin() }: Passage): Promise<void> {
    if (!(await undos.wentFirst())) throw later('undo_pending', UNDO_PAUSE_MS);
  }

  private notDue(why: keyof typeof REASONS, untilMs: number): NotDueError {
    return new NotDueError(REASONS[why], untilMs);
  }
}

/** Before hold windows were durations they had an end by the clock that also stamped the event: their difference is one. */
function holdMsOf({ data: { holdMs, holdUntil }, time }: EventOf<typeof ActionAuthorized>): number {
  return holdMs ?? (holdUntil === undefined ? 0 : Math.max(0, Date.parse(holdUntil) - Date.parse(time)));
}

/** Which try the next one is. */
function triesWith(entry: EffectEntry | undefined, authorizationId: string): number {
  if (!entry || authorizationOf(entry) !== authorizationId) return 1;
  if (entry.state === 'deferred') return entry.attempt.tries + 1;
  return entry.state === 'spent' ? entry.attempt.tries : 1;
}

/** The entry as the ledger has it now, undo and all, or as it was where the ledger has lost or given up on it. */
function current(found: EffectEntry | undefined, entry: AttemptingEntry): AttemptingEntry {
  return found?.state === 'attempting' ? found : entry;
}

function needAttempting(found: EffectEntry | undefined, spent: SpentAuthorization): AttemptingEntry {
  if (found?.state === 'attempting' && authorizationOf(found) === spent.authorizationId) return found;
  throw later('not_reached');
}

function saidOf(found: EffectEntry | undefined, entry: DeferredEntry): EffectEntry {
  const isSame = found?.state === 'deferred' && found.attempt.tries === entry.attempt.tries;
  return isSame ? { ...found, said: true } : (found ?? { ...entry, said: true });
}

const REASONS = {
  hold_window: 'Its hold window is still open.',
  put_off: 'The outside system has put it off.',
  in_hand: 'It is being attempted right now.',
  breaker_open: 'The outside system has failed too often of late; its breaker is open.',
  undo_pending: 'An undo request is being looked at first.',
  not_reached: 'The outside system was not reached.',
  no_answer_yet: 'The outside system has not said yet what became of it.',
} as const;

function later(code: keyof typeof REASONS, delayMs: number = AWAY_PAUSE_MS): RetryableError {
  return new RetryableError(REASONS[code], { code, delayMs });
}

function unreachable(value: never): never {
  throw new Error(`The gate has no case for ${JSON.stringify(value)}.`);
}
