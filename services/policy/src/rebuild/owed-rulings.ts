import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { findEvent, isUnjudged, RulingContracts, type ActionState, type Envelope } from '@troupe/contracts';
import { CollectingContext, Publisher, RetryableError } from '@troupe/messaging';
import { Clock } from '@troupe/service-host';
import { ActionDecisions } from '../action-decisions.ts';
import { awaits } from '../approval/approval.decider.ts';
import { PATIENT_DELIVERIES } from '../judgement/proposal-origins.ts';
import type { OpenQuestion } from './open-questions.ts';

const POLICY = { name: 'policy', version: '0', emits: Object.values(RulingContracts) };

/** Says what policy owes after a rebuild, just as its handlers would have: under the same ids, so that it is said once (I2). */
@Injectable()
export class OwedRulings {
  constructor(
    @Inject(ActionDecisions) private readonly decisions: ActionDecisions,
    @Inject(Publisher) private readonly publisher: Publisher,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Takes an event whose handler may have taken it already, or may yet. Nothing when the action has moved on. */
  async settle(question: OpenQuestion): Promise<void> {
    if (!isOwed(question, await this.decisions.of(question.actionId), this.clock.now())) return;
    for (const output of await this.outputsOf(question)) await this.say(output);
  }

  /** Waits for what is away as often as a handler would before it goes on without it. */
  private async outputsOf(question: OpenQuestion, tries = 1): Promise<readonly Envelope[]> {
    const { actionId, event, deadline } = question;
    const context = this.contextOf(question, tries);
    try {
      await (deadline ? this.decisions.reach(deadline, actionId, context) : this.decisions.take(event, context));
      return context.outputs;
    } catch (error) {
      if (!(error instanceof RetryableError) || tries >= PATIENT_DELIVERIES) throw error;
      await sleep(error.delayMs);
      return this.outputsOf(question, tries + 1);
    }
  }

  private contextOf({ event, sequence, handler }: OpenQuestion, deliveryCount: number): CollectingContext {
    const trigger = { event, sequence, deliveryCount, signal: new AbortController().signal };
    const now = () => this.clock.now();
    return new CollectingContext(trigger, { producer: POLICY, handler: `policy.${handler}`, publish: () => Promise.resolve(), now });
  }

  private async say({ type, data, id, origin, correlationid, causationid, hops, snapshot, subject }: Envelope): Promise<void> {
    const contract = findEvent(type);
    if (!contract) throw new Error(`${type} has no contract: add it to the catalogue.`);
    await this.publisher.publish(contract, data, {
      id, origin, correlationId: correlationid, hops,
      ...(causationid === undefined ? {} : { causationId: causationid }),
      ...(snapshot === undefined ? {} : { snapshot }),
      ...(subject === undefined ? {} : { subject }),
    });
  }
}

/** Whether taking it can still change something; a card that lies before the owner, as it should, is left in peace. */
function isOwed({ deadline, verdict }: OpenQuestion, state: ActionState, nowMs: number): boolean {
  if (deadline) return deadline.dueAtMs <= nowMs && awaits(state, deadline);
  return !verdict || isUnjudged(state) || (state.kind === 'held' && state.why === 'unverified');
}
