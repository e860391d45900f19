import { Streams, type EventContract, type QueryContract } from '@troupe/contracts';
import { handlersOf, type ServiceDefinition } from '@troupe/service-host';

const EVERYTHING = Streams.events.subjects[0];

/** A method of a service that takes an event or answers a query. */
export interface Handler {
  readonly service: ServiceDefinition;
  /** `Class.method`. */
  readonly name: string;
}

/** The services that may put an event on the stream. */
export function emittersOf(event: EventContract, services: readonly ServiceDefinition[]): ServiceDefinition[] {
  return services.filter(({ emits }) => emits.includes(event));
}

/** The handlers that ask for an event. Those that take everything, whatever it is, are not meant by any one event. */
export function takersOf(event: EventContract, services: readonly ServiceDefinition[]): Handler[] {
  return services.flatMap((service) =>
    handlersOf(service)
      .filter((spec) => spec.kind === 'event' && spec.filter !== EVERYTHING && spec.events.includes(event))
      .map(({ className, method }) => ({ service, name: `${className}.${method}` })),
  );
}

/** True for a service with a handler that takes every event. */
export function takesEverything(service: ServiceDefinition): boolean {
  return handlersOf(service).some((spec) => spec.kind === 'event' && spec.filter === EVERYTHING);
}

/** The events a service asks for, each once, in the order of its handlers. */
export function takenBy(service: ServiceDefinition): EventContract[] {
  return distinct(handlersOf(service).flatMap((spec) => (spec.kind === 'event' ? spec.events : [])));
}

/** What may come of an event: everything that those who take it may emit, in the order of `catalogue`. */
export function followersOf(event: EventContract, services: readonly ServiceDefinition[], catalogue: readonly EventContract[]): EventContract[] {
  const emitted = new Set(takersOf(event, services).flatMap(({ service }) => service.emits));
  return catalogue.filter((candidate) => emitted.has(candidate));
}

/** The agents that may propose an action. */
export function proposersOf(actionType: string, services: readonly ServiceDefinition[]): ServiceDefinition[] {
  return services.filter(({ mayPropose }) => mayPropose?.includes(actionType));
}

/** Agents are the services that declare what they may propose, be it nothing. */
export function isAgent(service: ServiceDefinition): boolean {
  return service.mayPropose !== undefined;
}

/** The handlers that answer a query. */
export function answerersOf(query: QueryContract, services: readonly ServiceDefinition[]): Handler[] {
  return services.flatMap((service) =>
    handlersOf(service)
      .filter((spec) => spec.kind === 'query' && spec.query.subject === query.subject)
      .map(({ className, method }) => ({ service, name: `${className}.${method}` })),
  );
}

/** Every query that somebody asks or answers, by subject. */
export function queriesOf(services: readonly ServiceDefinition[]): QueryContract[] {
  const answered = services.flatMap((service) => handlersOf(service).flatMap((spec) => (spec.kind === 'query' ? [spec.query] : [])));
  const asked = services.flatMap(({ asks }) => asks ?? []);
  return distinct([...answered, ...asked]).sort((a, b) => a.subject.localeCompare(b.subject, 'en'));
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}
