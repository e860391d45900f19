import { Controller, Module, type Type } from '@nestjs/common';
import { ActionProposed, CompleteTask, RecallEpisodes, type EventContract } from '@troupe/contracts';
import { defineService, type ServiceDefinition } from '@troupe/service-host';

/** What an agent says about itself; the catalog, the publisher and the broker's permissions are made from it. */
export interface AgentCard {
  /** Lower case; also its service name. */
  readonly name: string;
  readonly version: string;
  /** One sentence: what it is for. */
  readonly purpose: string;
  /** Events it may put on the stream, besides proposals. */
  readonly emits: readonly EventContract[];
  /** Action types it may propose. */
  readonly mayPropose: readonly string[];
}

const CARD = Symbol('troupe.agent');

/** Marks a class as an agent. An agent is one class: what it takes (`@On`), what it may emit or propose, what it does. */
export function Agent(card: AgentCard): ClassDecorator {
  return (target) => {
    Controller()(target);
    Reflect.defineMetadata(CARD, card, target);
  };
}

/** The card of an agent class. Throws when the class carries no `@Agent`. */
export function agentCard(type: Pick<Type, 'name'> & object): AgentCard {
  const card = Reflect.getMetadata(CARD, type) as AgentCard | undefined;
  if (!card) throw new Error(`${type.name} is no agent: put @Agent({ name, version, purpose, emits, mayPropose }) above the class.`);
  return card;
}

/** An agent as a service of its own, ready to be run alone or hosted beside others. */
export function agentService(type: Type): ServiceDefinition {
  const card = agentCard(type);
  @Module({ controllers: [type] })
  class AgentModule {}
  return defineService({
    ...card,
    emits: card.mayPropose.length > 0 ? [...card.emits, ActionProposed] : card.emits,
    asks: [CompleteTask, RecallEpisodes],
    module: AgentModule,
  });
}
