import type { Type } from '@nestjs/common';
import {
  ActionProposed, stableId, type DataOf, type Envelope, type Episode, type EpisodeFilter, type EventContract, type EventOf, type Origin,
  type TaskOutcome,
} from '@troupe/contracts';
import { buildEvent, CollectingContext, handlerSpecsOf } from '@troupe/messaging';
import { agentCard, agentService } from './agent.ts';
import { Story, type StoryPorts } from './story.ts';
import type { Task } from './task.ts';
import type { z } from 'zod';

export type ProposedAction = DataOf<typeof ActionProposed>;

/** What came out of one handling. */
export interface Outcome {
  readonly events: readonly Envelope[];
  readonly proposals: readonly ProposedAction[];
  /** The names of the tasks the engine was asked, in order. */
  readonly asked: readonly string[];
}

const RECORDED_MODEL = { provider: 'recorded', model: 'recorded', version: '1' };
const NOW_MS = Date.UTC(2026, 0, 5, 9);

/**
 * Runs an agent with no broker: given these events in memory and these recorded answers, when this arrives, then these
 * outputs. Outputs are built by the same code as in production, so an undeclared event or a bad proposal fails here too.
 *
 * `const outcome = await givenMemory([…]).andAnswer(TriageMail, {…}).when(Triage, EmailReceived, mail);`
 */
export function givenMemory(memory: readonly Envelope[] = []): AgentScenario {
  return new AgentScenario(memory, new Map());
}

export class AgentScenario {
  readonly #memory: readonly Envelope[];
  readonly #answers: ReadonlyMap<string, TaskOutcome>;

  constructor(memory: readonly Envelope[], answers: ReadonlyMap<string, TaskOutcome>) {
    this.#memory = memory;
    this.#answers = answers;
  }

  /** The engine's recorded answer to a task. */
  andAnswer<Schema extends z.ZodType>(task: Task<Schema>, answer: z.infer<Schema>): AgentScenario {
    return this.#with(task.name, { kind: 'answered', answer, model: RECORDED_MODEL, grounds: 'sourced', costUsd: 0 });
  }

  /** The engine has no answer to a task. */
  andDecline(task: Task, reason: string): AgentScenario {
    return this.#with(task.name, { kind: 'declined', reason, model: RECORDED_MODEL });
  }

  /** An event as memory would hold it, to be passed to `givenMemory`. */
  static event<Contract extends EventContract>(contract: Contract, data: DataOf<Contract>, about: { readonly subject?: string; readonly story?: string } = {}): EventOf<Contract> {
    const id = stableId('evt', contract.type, JSON.stringify(data), about.story ?? '');
    const draft = { contract, data, ...(about.subject === undefined ? {} : { subject: about.subject }) };
    const lineage = { id, time: new Date(NOW_MS).toISOString(), correlationId: about.story ?? id, origin: 'external' as Origin, hops: 0 };
    return buildEvent({ name: 'scenario', version: '1', emits: [contract] }, draft, lineage) as EventOf<Contract>;
  }

  /** What the agent does when this arrives. Rejects with what its handler throws. */
  async when<Contract extends EventContract>(agent: Type, contract: Contract, data: DataOf<Contract>, about: { readonly subject?: string; readonly story?: string } = {}): Promise<Outcome> {
    const event = AgentScenario.event(contract, data, about);
    const asked: string[] = [];
    const { ctx, handle } = this.#prepare(agent, event, asked);
    await handle();
    const proposals = ctx.outputs.filter((output) => output.type === ActionProposed.type).map((output) => output.data as ProposedAction);
    return { events: ctx.outputs, proposals, asked };
  }

  #prepare(agent: Type, event: Envelope, asked: string[]) {
    const spec = handlerSpecsOf(agent).find((candidate) => candidate.kind === 'event' && candidate.filter === event.type);
    if (!spec) throw new Error(`${agent.name} has no @On handler for ${event.type}.`);
    const trigger = { event, sequence: this.#memory.length + 1, deliveryCount: 1, signal: new AbortController().signal };
    const ctx = new CollectingContext(trigger, { producer: agentService(agent), handler: spec.method, publish: async () => {}, now: () => NOW_MS });
    const instance = new agent() as Record<string, (event: Envelope, story: Story) => Promise<void>>;
    const story = new Story(agentCard(agent), ctx, this.#ports(asked));
    return { ctx, handle: async () => instance[spec.method]?.(event, story) };
  }

  #ports(asked: string[]): StoryPorts {
    return {
      recall: async (filter) => this.#recall(filter),
      complete: async ({ task }) => {
        asked.push(task);
        const outcome = this.#answers.get(task);
        if (!outcome) throw new Error(`The agent asked "${task}": record an answer with andAnswer or andDecline.`);
        return outcome;
      },
    };
  }

  #recall(filter: EpisodeFilter): Episode[] {
    return this.#memory
      .map((event, index) => ({ sequence: index + 1, event }))
      .filter(({ event }) => (filter.subject ?? event.subject) === event.subject)
      .filter(({ event }) => (filter.correlationId ?? event.correlationid) === event.correlationid)
      .filter(({ event }) => filter.types?.includes(event.type) ?? true)
      .reverse()
      .slice(0, filter.limit);
  }

  #with(task: string, outcome: TaskOutcome): AgentScenario {
    return new AgentScenario(this.#memory, new Map([...this.#answers, [task, outcome]]));
  }
}
