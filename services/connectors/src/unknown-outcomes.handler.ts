import { Controller, Inject } from '@nestjs/common';
import {
  ActionOutcomeReported, ActionUnknown, type DataOf, type Effect, type EventOf, type Failure, type Finding,
} from '@troupe/contracts';
import { NotDueError, On, type HandlerContext } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { AuthorizationArchive } from './authorization-archive.ts';
import { ConnectorPool, PLACES } from './connector-pool.ts';
import { isKnown, type EffectEntry, type SettledEntry } from './effect-entry.ts';
import { EffectLedger } from './effect-ledger.ts';
import { attemptUnder, outcomeOf, type Authorization, type Outcome, type SpentAuthorization } from './effect-outcome.ts';
import { sayOutcome } from './outcome-events.ts';
import { notExecuted } from './pursue-attempt.ts';
import { nextLookMs } from './retry-pauses.ts';

/** An entry whose outcome nobody knows, of an attempt that was made. */
type UnknownEntry = SettledEntry & { readonly attempt: SpentAuthorization };

/**
 * Ends what is unknown: asks the outside where it can be asked, with growing pauses for a day, and takes the owner's word
 * at any time. Whoever is first settles the entry and says so; nothing here causes an effect.
 */
@Controller()
export class UnknownOutcomes {
  constructor(
    @Inject(EffectLedger) private readonly ledger: EffectLedger,
    @Inject(ConnectorPool) private readonly pool: ConnectorPool,
    @Inject(AuthorizationArchive) private readonly archive: AuthorizationArchive,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(TroupeConfig) private readonly config: Pick<TroupeConfig, 'retryFirstPauseMs'>,
  ) {}

  @On(ActionUnknown, { concurrency: PLACES.reconciler, timer: true, startFrom: 'first' })
  async askOutside(event: EventOf<typeof ActionUnknown>, ctx: HandlerContext): Promise<void> {
    const entry = (await this.ledger.find(event.data.actionId))?.state;
    if (this.saidBefore(entry, ctx) || !isOpen(entry, event.data)) return;
    const dueMs = nextLookMs(entry.asked ?? 0, Date.parse(event.time), this.config.retryFirstPauseMs);
    if (dueMs === undefined) return;
    if (this.clock.now() < dueMs) throw new NotDueError('The outside system is asked again later.', dueMs);
    const authorization = await this.authorizationOf(entry);
    if (!authorization) return;
    const finding = await this.ask(authorization, entry.attempt, ctx.signal);
    if (finding.kind !== 'unclear') return this.settle(entry, outcomeIn(finding, authorization, entry.attempt), ctx);
    if (finding.failure.retryable) return this.askLater(entry, ctx);
  }

  @On(ActionOutcomeReported)
  async hearOwner({ data }: EventOf<typeof ActionOutcomeReported>, ctx: HandlerContext): Promise<void> {
    const entry = (await this.ledger.find(data.actionId))?.state;
    if (this.saidBefore(entry, ctx) || !isOpen(entry, data)) return;
    const compensates = (await this.authorizationOf(entry))?.compensates;
    return this.settle(entry, ownersWord(entry.attempt, compensates, data), ctx);
  }

  /** A redelivery, after the entry was settled by this very event and before that was said. */
  private saidBefore(entry: EffectEntry | undefined, ctx: HandlerContext): boolean {
    if (!isKnown(entry) || entry.settledBy !== ctx.event.id) return false;
    sayOutcome(ctx, entry.outcome);
    return true;
  }

  private async settle(open: UnknownEntry, outcome: Outcome, ctx: HandlerContext): Promise<void> {
    const settled: SettledEntry = { ...open, outcome, settledBy: ctx.event.id };
    const noted = await this.ledger.change(open.attempt.actionId, (found) => (isOpen(found, open.attempt) ? settled : (found ?? settled)));
    this.saidBefore(noted, ctx);
  }

  private async askLater(open: UnknownEntry, ctx: HandlerContext): Promise<void> {
    const asked = (open.asked ?? 0) + 1;
    await this.ledger.change(open.attempt.actionId, (found) => (isOpen(found, open.attempt) ? { ...found, asked } : (found ?? open)));
    const dueMs = nextLookMs(asked, Date.parse(ctx.event.time), this.config.retryFirstPauseMs);
    if (dueMs !== undefined) throw new NotDueError('The outside system cannot tell yet; it is asked again later.', dueMs);
  }

  private authorizationOf({ attempt }: UnknownEntry): Promise<Authorization | undefined> {
    return this.archive.at(attempt.sequence, attempt.authorizationId);
  }

  /** Only the system it was attempted in is asked. A call that could not be made is as good as no answer. */
  private async ask(authorization: Authorization, { mode, startedAtMs }: SpentAuthorization, signal: AbortSignal): Promise<Finding> {
    const way = this.pool.wayTo(authorization.action.type);
    if (way?.connector.mode !== mode) return noAnswer(false, 'the connector is not configured');
    const { connector, guard } = way;
    const attempt = attemptUnder(authorization, startedAtMs);
    return guard((callSignal) => connector.findOutcome(attempt, callSignal), { signal }).catch((error: unknown) => noAnswer(true, String(error)));
  }
}

/** What is to be settled: the form the owner saw, or the very authorisation the event is about. */
interface Subject {
  readonly digest: string;
  readonly authorizationId?: string;
}

function isOpen(entry: EffectEntry | undefined, { digest, authorizationId }: Subject): entry is UnknownEntry {
  if (entry?.state !== 'settled' || entry.attempt === undefined || entry.outcome.kind !== 'unknown') return false;
  return entry.attempt.digest === digest && (authorizationId === undefined || entry.attempt.authorizationId === authorizationId);
}

function outcomeIn(finding: Exclude<Finding, { kind: 'unclear' }>, authorization: Authorization, { mode }: SpentAuthorization): Outcome {
  return outcomeOf(authorization, finding.kind === 'not_executed' ? notExecuted : finding, mode);
}

function ownersWord(attempt: SpentAuthorization, compensates: string | undefined, report: DataOf<typeof ActionOutcomeReported>): Outcome {
  const { actionId, digest, authorizationId, mode, idempotencyKey } = attempt;
  const { happened, reportedBy, note } = report;
  const about = { actionId, digest, authorizationId, ...(compensates === undefined ? {} : { compensates }) };
  const words = note === undefined ? '' : ` ${note}`;
  if (!happened) return { kind: 'failed', data: { ...about, failure: didNotHappen(reportedBy, words) } };
  const summary = `It happened, says the ${reportedBy}, who looked.${words}`.slice(0, 1_000);
  return { kind: 'executed', data: { ...about, mode, providerReference: idempotencyKey, summary } };
}

function didNotHappen(reportedBy: string, words: string): Failure {
  const message = `It did not happen, says the ${reportedBy}, who looked.${words}`;
  return { code: 'reported_not_executed', retryable: true, message: message.slice(0, 2_000), hint: 'It can be sent again.' };
}

function noAnswer(retryable: boolean, why: string): Effect {
  const message = `The outside system could not be asked: ${why}`.slice(0, 1_000);
  return { kind: 'unclear', failure: { code: 'no_answer', retryable, message, hint: 'Look in the outside system whether it happened.' } };
}
