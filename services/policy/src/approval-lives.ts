import { Inject, Injectable } from '@nestjs/common';
import { Origin, stableId, type Envelope } from '@troupe/contracts';
import { decideOnce, type Decided, type HandlerContext, type StateStore } from '@troupe/messaging';
import { Clock, TroupeConfig } from '@troupe/service-host';
import { decide, decideAtDeadline, type Deadline, type Decision } from './approval/approval.decider.ts';
import { isOnHold, isUnjudged, referenceOf, ABSENT, type ApprovalState } from './approval/approval-state.ts';
import type { Desk } from './approval/desk.ts';
import { LifecycleContracts, lifeOf, readLifecycleEvent, stampOf, type Ruling } from './approval/lifecycle-event.ts';
import { CedarPolicies } from './judgement/cedar-policy.adapter.ts';
import { recipientsOf } from './judgement/proposal-context.ts';
import { StoryAddresses } from './judgement/story-addresses.ts';

/** Injects the store of lives. */
export const APPROVALS = Symbol('policy.approvals');
export type ApprovalStore = StateStore<Decided<ApprovalState>>;

/** The lives of all actions: loads one, has the decider decide, stores the outcome and puts the rulings on the stream. */
@Injectable()
export class ApprovalLives {
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

  /** Takes an event into the life it belongs to; a repeat emits what the first delivery decided (I2). */
  async take(envelope: Envelope, ctx: HandlerContext): Promise<void> {
    const event = readLifecycleEvent(envelope);
    if (!event) return;
    const actionId = lifeOf(event);
    const desk = await this.#desk(await this.of(actionId), ctx);
    await this.#settle(actionId, ctx, (state) => decide(state, event, stampOf(envelope), desk));
  }

  /** Tells a life that a moment has come. Safe when it has moved on. */
  async reach(deadline: Deadline, actionId: string, ctx: HandlerContext): Promise<void> {
    const desk = await this.#desk(await this.of(actionId), ctx);
    await this.#settle(actionId, ctx, (state) => decideAtDeadline(state, deadline, desk));
  }

  /** The state an action is in now. */
  async of(actionId: string): Promise<ApprovalState> {
    return (await this.#store.get(keyOf(actionId)))?.state.state ?? ABSENT;
  }

  async #settle(actionId: string, ctx: HandlerContext, decideOn: (state: ApprovalState) => Decision): Promise<void> {
    await decideOnce(this.#store, ctx, keyOf(actionId), (state = ABSENT) => {
      const decision = decideOn(state);
      const origin = referenceOf(decision.state)?.origin;
      return { state: decision.state, outputs: decision.rulings.map((ruling) => draftOf(ruling, origin)) };
    });
  }

  async #desk(state: ApprovalState, ctx: HandlerContext): Promise<Desk> {
    const known = await this.#knownAddresses(state, ctx);
    return { nowMs: this.#clock.now(), settings: this.#config, judge: (card) => this.#policies.judge(card, known) };
  }

  /** Memory is asked only where somebody is written to and policy may have to judge it. */
  async #knownAddresses(state: ApprovalState, ctx: HandlerContext): Promise<ReadonlySet<string>> {
    const writes = (isUnjudged(state) || isOnHold(state)) && recipientsOf(state.card.action).length > 0;
    return writes ? this.#addresses.upTo(ctx.sequence, ctx.event.correlationid) : new Set();
  }
}

/** The key of a life: the action's id, or a digest of it where an id from outside is no key. */
export function keyOf(actionId: string): string {
  return /^[\w-]{1,128}$/.test(actionId) ? actionId : stableId('odd', actionId);
}

/** A ruling stays as tainted as the proposal it is about: an operator's click does not wash a story (I5). */
function draftOf(ruling: Ruling, origin: Origin | undefined) {
  const tainted = origin === Origin.external ? { origin } : {};
  return { contract: LifecycleContracts[ruling.kind], data: ruling.data, subject: `action:${ruling.data.actionId}`, ...tainted };
}
