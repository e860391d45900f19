import type { EventContract } from '@troupe/contracts';
import type { ServiceDefinition } from '@troupe/service-host';
import { emittersOf, isAgent, takersOf } from './choreography.ts';

/**
 * The choreography as a Mermaid flowchart: services are boxes (agents rounded), events stand between them. An event that
 * no handler asks for is left out.
 */
export function flowChart(services: readonly ServiceDefinition[], events: readonly EventContract[]): string {
  const taken = events.filter((event) => emittersOf(event, services).length > 0 && takersOf(event, services).length > 0);
  const edges = taken.flatMap((event) => eventEdges(event, services));
  const shown = services.filter(({ name }) => edges.some((edge) => edge.split(' --> ').includes(name)));
  return [
    'flowchart LR',
    ...shown.map((service) => `  ${service.name}${isAgent(service) ? `([${service.name}])` : `[${service.name}]`}`),
    ...taken.map((event) => `  ${nodeId(event)}>${shortName(event)}]`),
    ...edges.map((edge) => `  ${edge}`),
  ].join('\n');
}

function eventEdges(event: EventContract, services: readonly ServiceDefinition[]): string[] {
  const takers = new Set(takersOf(event, services).map(({ service }) => service.name));
  return [
    ...emittersOf(event, services).map(({ name }) => `${name} --> ${nodeId(event)}`),
    ...[...takers].map((name) => `${nodeId(event)} --> ${name}`),
  ];
}

function nodeId(event: EventContract): string {
  return shortName(event).replace('.', '_');
}

function shortName(event: EventContract): string {
  return event.type.slice('evt.'.length);
}
