import { Inject, Injectable } from '@nestjs/common';
import {
  evolve, isOnHold, isUnjudged, LifecycleContracts, lifeOf, NOTHING_YET, Origin, readLifecycleEvent, RulingContracts, stableId, stampOf, stateOf,
  type ActionLife, type ActionState, type Envelope, type LifecycleEvent, type Ruling,
} from '@troupe/contracts';
import { decideOnce, type Decided, type HandlerContext, type StateStore } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { decide, decideAtDeadline, type Deadline, type Decision } from './approval/approval.decider.ts';
import type { DecisionContext } from './approval/decision-context.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { recipientsOf } from './judgement/proposal-context.ts';
import { StoryAddresses } from './judgement/story-addresses.ts';

/** Injects the store of what is known of each action. */
export const APPROVALS = Symbol('policy.approvals');
export type ApprovalStore = StateStore<Decided<ActionLife>>;
type StoredLife = Awaited<ReturnType<ApprovalStore['get']>>;

/** Decides on actions: loads what is known of one, has the decider decide, stores the outcome and puts the rulings on the stream. */
@Injectable()
export class ActionDecisions {
  readonly #store: ApprovalStore;
  readonly #policies: CedarPolicies;
  readonly #addresses: StoryAddresses;
  readonly #config: TroupeConfig;
  readonly #clock: Clock;

  constructor(
    @Inject(APPROVALS) store: ApprovalStore,
    @Inject(CedarPolicies) policies: CedarPolicies,
    @Inject(StoryAddresses) addresses: StoryAddresses,
    @Inject(TroupeConfig) config: TroupeConfig,
    @Inject(Clock) clock: Clock,
  ) {
    this.#store = store;
    this.#policies = policies;
    this.#addresses = addresses;
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
    const life = entry?.state.state ?? NOTHING_YET;
    const next = evolve(life, event, stamp);
    // What policy said itself it knows, unless a rebuild took that from it while it was being said.
    if (isRuling(event) && next === life) return;
    const context = await this.#context(stateOf(next), ctx);
    await this.#settle(actionId, ctx, (current) => decide(current, event, stamp, context), { entry });
  }

  /** A moment has come for an action. Safe when it has moved on. */
  async reach(deadline: Deadline, actionId: string, ctx: HandlerContext): Promise<void> {
    const entry = await this.#store.get(keyOf(actionId));
    const context = await this.#context(stateOf(entry?.state.state ?? NOTHING_YET), ctx);
    await this.#settle(actionId, ctx, (life) => decideAtDeadline(life, deadline, stampOf(ctx.event, ctx.sequence), context), { entry });
  }

  /** The state an action is in now. */
  async of(actionId: string): Promise<ActionState> {
    return stateOf((await this.#store.get(keyOf(actionId)))?.state.state ?? NOTHING_YET);
  }

  /** `read`: what was just read of it, so that it is not read twice. */
  async #settle(actionId: string, ctx: HandlerContext, decideOn: (life: ActionLife) => Decision, read: { entry: StoredLife }): Promise<void> {
    await decideOnce(this.#store, ctx, keyOf(actionId), (life = NOTHING_YET) => {
      const decision = decideOn(life);
      const origin = decision.life.proposed?.origin;
      return { state: decision.life, outputs: decision.rulings.map((ruling) => draftOf(ruling, origin)) };
    }, read);
  }

  async #context(state: ActionState, ctx: HandlerContext): Promise<DecisionContext> {
    const known = await this.#knownAddresses(state, ctx);
    return { nowMs: this.#clock.now(), settings: this.#config, judge: (card) => this.#policies.judge(card, known) };
  }

  /** Memory is asked only where somebody is written to and policy may have to judge it. */
  async #knownAddresses(state: ActionState, ctx: HandlerContext): Promise<ReadonlySet<string>> {
    const mayBeJudged = isUnjudged(state) || isOnHold(state) || state.kind === 'failed';
    const writes = mayBeJudged && recipientsOf(state.card.action).length > 0;
    return writes ? this.#addresses.upTo(ctx.sequence, ctx.event.correlationid) : new Set();
  }
}

function isRuling({ kind }: LifecycleEvent): boolean {
  return kind in RulingContracts;
}

/** The key of an action: its id, or a digest of it where an id from outside is no key. */
export function keyOf(actionId: string): string {
  return /^[\w-]{1,128}$/.test(actionId) ? actionId : stableId('odd', actionId);
}

/** A ruling stays as tainted as the proposal it is about: an operator's click does not wash a story (I5). */
function draftOf(ruling: Ruling, origin: Origin | undefined) {
  const tainted = origin === Origin.external ? { origin } : {};
  return { contract: LifecycleContracts[ruling.kind], data: ruling.data, subject: `action:${ruling.data.actionId}`, ...tainted };
}
