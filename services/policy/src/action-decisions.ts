import { Inject, Injectable } from '@nestjs/common';
import {
  evolve, LifecycleContracts, lifeOf, NOTHING_YET, Origin, originOnRecord, readLifecycleEvent, referenceOf, RulingContracts, stableId, stampOf, stateOf, worstOrigin,
  type ActionCard, type ActionLife, type ActionState, type Envelope, type LifecycleEvent, type PolicyVerdict, type ProposedForm, type Ruling,
} from '@troupe/contracts';
import { decideOnce, RetryableError, type Decided, type HandlerContext, type StateStore } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { decide, decideAtDeadline, type Deadline, type Decision } from './approval/approval.decider.ts';
import type { DecisionContext } from './approval/decision-context.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { ProposalOrigins } from './judgement/proposal-origins.ts';

/** Injects the store of what is known of each action. */
export const APPROVALS = Symbol('policy.approvals');
export type ApprovalStore = StateStore<Decided<ActionLife>>;
type StoredLife = Awaited<ReturnType<ApprovalStore['get']>>;

/** Decides on actions: loads what is known of one, has the decider decide, stores the outcome and puts the rulings on the stream. */
@Injectable()
export class ActionDecisions {
  readonly #store: ApprovalStore;
  readonly #policies: CedarPolicies;
  readonly #origins: ProposalOrigins;
  readonly #config: TroupeConfig;
  readonly #clock: Clock;

  constructor(
    @Inject(APPROVALS) store: ApprovalStore,
    @Inject(CedarPolicies) policies: CedarPolicies,
    @Inject(ProposalOrigins) origins: ProposalOrigins,
    @Inject(TroupeConfig) config: TroupeConfig,
    @Inject(Clock) clock: Clock,
  ) {
    this.#store = store;
    this.#policies = policies;
    this.#origins = origins;
    this.#config = config;
    this.#clock = clock;
  }

  /** Takes an event into the history of the action it is about; a repeat emits what the first delivery decided (I2). */
  async take(envelope: Envelope, ctx: HandlerContext): Promise<void> {
    const event = readLifecycleEvent(envelope);
    if (!event) return;
    const actionId = lifeOf(event);
    const stamp = stampOf(envelope, ctx.sequence);
    const entry = await this.#store.get(keyOf(actionId));
    // What policy said itself it knows, unless a rebuild took that from it while it was being said.
    if (isRuling(event) && evolve(lifeIn(entry), event, stamp) === lifeIn(entry)) return;
    await this.#settle(actionId, ctx, (life, context) => decide(life, event, stamp, context), entry);
  }

  /** A moment has come for an action. Safe when it has moved on. */
  async reach(deadline: Deadline, actionId: string, ctx: HandlerContext): Promise<void> {
    const entry = await this.#store.get(keyOf(actionId));
    await this.#settle(actionId, ctx, (life, context) => decideAtDeadline(life, deadline, stampOf(ctx.event, ctx.sequence), context), entry);
  }

  /** The state an action is in now. */
  async of(actionId: string): Promise<ActionState> {
    return stateOf(lifeIn(await this.#store.get(keyOf(actionId))));
  }

  /**
   * Decides, and stores what follows. Where the decision takes policy's opinion, memory is asked first where the action comes from.
   * `entry` is what was just read of it, so that it is not read twice.
   */
  async #settle(actionId: string, ctx: HandlerContext, decideOn: Decider, entry: StoredLife): Promise<void> {
    const judged = judgedBy(decideOn, lifeIn(entry), this.#contextWith(() => UNHEARD));
    const provenance = judged && (await this.#origins.of(judged.card, judged.proposed, ctx));
    const context = this.#contextWith((card) => this.#policies.judge(card, provenance ?? notAskedYet(actionId)));
    await decideOnce(this.#store, ctx, keyOf(actionId), (life = NOTHING_YET) => {
      const { life: next, rulings } = decideOn(life, context);
      if (judged && next.proposed?.eventId !== judged.proposed.eventId) notAskedYet(actionId);
      const taint = worstOrigin(originOnRecord(provenance?.taint), originOf(next));
      return { state: next, outputs: rulings.map((ruling) => draftOf(ruling, taint)) };
    }, { entry });
  }

  #contextWith(judge: DecisionContext['judge']): DecisionContext {
    return { nowMs: this.#clock.now(), settings: this.#config, judge };
  }
}

type Decider = (life: ActionLife, context: DecisionContext) => Decision;

/** Stands in for a verdict while a decision is only tried, to see whether it takes one. */
const UNHEARD: PolicyVerdict = { decision: 'forbid', determining: [], reasons: [] };

/** The card that a decision takes policy's opinion on, and how it was proposed; undefined where it takes none. */
function judgedBy(decideOn: Decider, life: ActionLife, context: DecisionContext): { card: ActionCard; proposed: ProposedForm } | undefined {
  const cards: ActionCard[] = [];
  const { proposed } = decideOn(life, { ...context, judge: (card) => (cards.push(card), context.judge(card)) }).life;
  const [card] = cards;
  return card && proposed && { card, proposed };
}

/** What is known of an action that was read. */
function lifeIn(entry: StoredLife): ActionLife {
  return entry?.state.state ?? NOTHING_YET;
}

/** Another replica has just stored what makes a judgement possible, or another one. */
function notAskedYet(actionId: string): never {
  throw new RetryableError(`${actionId} is being changed by others.`, { code: 'conflict', delayMs: 100 });
}

/** As tainted as its card, once there is one. */
function originOf(life: ActionLife): Origin {
  return referenceOf(stateOf(life))?.origin ?? Origin.system;
}

function isRuling({ kind }: LifecycleEvent): boolean {
  return kind in RulingContracts;
}

/** The key of an action: its id, or a digest of it where an id from outside is no key. */
export function keyOf(actionId: string): string {
  return /^[\w-]{1,128}$/.test(actionId) ? actionId : stableId('odd', actionId);
}

/** A ruling stays as tainted as the action it is about: an operator's click does not wash a story (I5). */
function draftOf(ruling: Ruling, taint: Origin) {
  const tainted = taint === Origin.external ? { origin: taint } : {};
  return { contract: LifecycleContracts[ruling.kind], data: ruling.data, subject: `action:${ruling.data.actionId}`, ...tainted };
}
