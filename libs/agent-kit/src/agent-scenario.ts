import type { Type } from '@nestjs/common';
import {
  ActionProposed, stableId,
  type DataOf, type Envelope, type EventContract, type EventOf, type Failure, type Grounds, type Origin, type TaskOutcome,
} from '@troupe/contracts';
import { buildEvent, CollectingContext, handlerSpecsOf, isEvent } from '@troupe/messaging';
import type { z } from 'zod';
import { agentCard, agentService } from './agent.ts';
import { remembered } from './remembered.ts';
import { Story, type StoryPorts } from './story.ts';
import type { Task } from './task.ts';

/** What an agent proposed: the data of its `ActionProposed`. */
export type ProposedAction = DataOf<typeof ActionProposed>;

/** What came out of one handling. */
export interface Outcome {
  /** Everything emitted, proposals included, in order. */
  readonly events: readonly Envelope[];
  readonly proposals: readonly ProposedAction[];
  /** What the engine was asked, in order. */
  readonly asked: readonly { readonly task: string; readonly input: unknown }[];
}

/** Where an event stands, when that matters; else it begins a story of its own and is about nobody. */
export interface Circumstances {
  readonly subject?: string;
  /** The story it belongs to: the `correlationid` of another event. */
  readonly story?: string;
  /** Default `external`. */
  readonly origin?: Origin;
  /** Tells apart two events with the same data. */
  readonly id?: string;
}

const RECORDED_MODEL = { provider: 'recorded', model: 'recorded', version: '1' };
const OWNER = 'owner@troupe.example';
const NOW_MS = Date.UTC(2026, 0, 5, 9);

/**
 * Runs an agent with no broker: given these events in memory and these recorded answers, when this arrives, then these
 * outputs. They are built by the same code as in production, so an undeclared event or an unsound proposal fails here too.
 *
 * ```ts
 * const { proposals } = await givenMemory([happened(EmailReceived, aMail())])
 *   .andAnswer(DraftDunning, letter)
 *   .when(DunningAgent, InvoicePaymentFailed, aFailedPayment());
 * expect(proposals).toMatchObject([{ action: { type: 'email.send' } }]);
 * ```
 */
export function givenMemory(memory: readonly Envelope[] = []): AgentScenario {
  return new AgentScenario({ memory, outcomes: new Map(), ownerEmail: OWNER });
}

/** An event that memory holds. Made twice of the same, it is the same event. */
export function happened<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, about: Circumstances = {}): EventOf<Contract> {
  const { story, subject, origin = 'external' } = about;
  const id = about.id ?? stableId('evt', contract.type, JSON.stringify(data), story ?? '');
  const draft = { contract, data, ...(subject === undefined ? {} : { subject }) };
  const cause = story === undefined || story === id ? {} : { causationId: story };
  const lineage = { id, time: new Date(NOW_MS).toISOString(), correlationId: story ?? id, ...cause, origin, hops: story === undefined ? 0 : 1 };
  return buildEvent({ name: 'scenario', version: '1', emits: [contract] }, draft, lineage) as EventOf<Contract>;
}

interface Given {
  readonly memory: readonly Envelope[];
  readonly outcomes: ReadonlyMap<string, TaskOutcome>;
  readonly ownerEmail: string;
}

/** A scenario is never changed: each `and…` gives a new one, so a common beginning can be shared between tests. */
export class AgentScenario {
  readonly #given: Given;

  constructor(given: Given) {
    this.#given = given;
  }

  /** The engine answers this task so. The answer is checked against the task's schema when the agent asks. */
  andAnswer<Schema extends z.ZodType>(task: Task<Schema>, answer: z.infer<Schema>, grounds: Grounds = 'sourced'): AgentScenario {
    return this.#with(task, { kind: 'answered', answer, model: RECORDED_MODEL, grounds, costUsd: 0 });
  }

  /** The engine has no answer to this task and says why. */
  andDecline(task: Task, reason: string): AgentScenario {
    return this.#with(task, { kind: 'declined', reason, model: RECORDED_MODEL });
  }

  /** The engine fails at this task. */
  andFailure(task: Task, failure: Failure): AgentScenario {
    return this.#with(task, { kind: 'failed', failure });
  }

  /** The company is that of this owner; else of owner@troupe.example. */
  ownedBy(ownerEmail: string): AgentScenario {
    return new AgentScenario({ ...this.#given, ownerEmail });
  }

  /** What the agent does when this arrives. Memory then holds it too, as it does in production. Rejects with what the handler throws. */
  async when<Contract extends EventContract>(agent: Type, contract: Contract, data: DataOf<Contract>, about: Circumstances = {}): Promise<Outcome> {
    const event = happened(contract, data, about);
    const asked: { task: string; input: unknown }[] = [];
    const ctx = this.#context(agent, event);
    const story = new Story(agentCard(agent), ctx, this.#ports([...this.#given.memory, event], asked));
    const instance = new agent() as Record<string, (event: Envelope, story: Story) => Promise<void> | void>;
    await instance[handlerFor(agent, contract)]?.(event, story);
    return { events: ctx.outputs, proposals: ctx.outputs.flatMap((output) => (isEvent(ActionProposed, output) ? [output.data] : [])), asked };
  }

  #context(agent: Type, event: Envelope): CollectingContext {
    const trigger = { event, sequence: this.#given.memory.length + 1, storedAtMs: NOW_MS, deliveryCount: 1, signal: new AbortController().signal };
    const producer = agentService(agent);
    return new CollectingContext(trigger, { producer, handler: `${producer.name}.${handlerFor(agent, event)}`, publish: async () => {}, now: () => NOW_MS });
  }

  #ports(memory: readonly Envelope[], asked: { task: string; input: unknown }[]): StoryPorts {
    return {
      ownerEmail: this.#given.ownerEmail,
      recall: async (filter) => remembered(memory, filter),
      complete: async ({ task, input }) => {
        asked.push({ task, input });
        const outcome = this.#given.outcomes.get(task);
        if (!outcome) throw new Error(`The agent asked "${task}" and nothing is recorded: add .andAnswer(…), .andDecline(…) or .andFailure(…).`);
        return outcome;
      },
    };
  }

  #with(task: Task, outcome: TaskOutcome): AgentScenario {
    return new AgentScenario({ ...this.#given, outcomes: new Map([...this.#given.outcomes, [task.name, outcome]]) });
  }
}

/** The method that takes an event type, or an error that names those it could be given. */
function handlerFor(agent: Type, { type }: { readonly type: string }): string {
  const specs = handlerSpecsOf(agent).filter((spec) => spec.kind === 'event');
  const spec = specs.find(({ events }) => events.some((contract) => contract.type === type));
  if (spec) return spec.method;
  const taken = specs.flatMap(({ events }) => events.map((contract) => contract.type)).join(', ') || 'nothing';
  throw new Error(`${agent.name} does not take ${type}; it takes ${taken}. Mark a method with @On for it.`);
}
