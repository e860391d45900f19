import { ActionProposed, EngineAnswered, type Envelope } from '@troupe/contracts';
import type { AgentRow } from './card.contract.ts';
import { reading, readings } from './event-reading.ts';
import { eventText } from './event-texts.ts';

/** What a model call adds, and to whom: the agent that asked, not the engine that answered. */
export interface ModelCall {
  readonly askedBy: string;
  readonly costUsd: number;
}

export const modelCallOf: (event: Envelope) => ModelCall | undefined = readings<ModelCall>([
  reading(EngineAnswered, ({ askedBy, usage }) => ({ askedBy, costUsd: usage.costUsd })),
]);

/** The producer of an event, after it. */
export function foldAgent(agent: AgentRow | undefined, event: Envelope): AgentRow {
  const before = agent ?? { proposals: 0, events: 0, modelCalls: 0, costUsd: 0 };
  return {
    ...before,
    name: event.agent,
    version: event.agentversion,
    lastSeen: event.time,
    lastWork: { type: event.type, summary: eventText(event), storyId: event.correlationid },
    events: before.events + 1,
    proposals: before.proposals + (event.type === ActionProposed.type ? 1 : 0),
  };
}

/** The asker of a model, after the call. Its first call comes before its first event: the version is not known then. */
export function foldModelCall(agent: AgentRow | undefined, call: ModelCall, event: Envelope): AgentRow {
  const before = agent ?? {
    name: call.askedBy,
    version: 'unknown',
    lastSeen: event.time,
    lastWork: { type: event.type, summary: 'Asked a model', storyId: event.correlationid },
    events: 0,
    proposals: 0,
    modelCalls: 0,
    costUsd: 0,
  };
  return { ...before, modelCalls: before.modelCalls + 1, costUsd: before.costUsd + call.costUsd };
}
