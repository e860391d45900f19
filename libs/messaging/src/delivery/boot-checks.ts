import { Streams } from '@troupe/contracts';
import { durableName, type EventHandlerSpec, type HandlerSpec } from './handler-spec.ts';

/** What keeps a service from starting, each with its fix. Checked on boot, not at message ten thousand. */
export function bootProblems(service: string, specs: readonly HandlerSpec[]): string[] {
  const events = specs.filter((spec) => spec.kind === 'event');
  return [
    ...(isNameToken(service) ? [] : [badName(service)]),
    ...duplicateDurables(service, events),
    ...events.flatMap(streamProblems),
    ...specs.flatMap(schemaProblems),
  ];
}

/** NATS names may hold no space, dot, `*`, `>` or path separator; ours keep to letters, digits, `_` and `-`. */
function isNameToken(name: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(name);
}

function badName(service: string): string {
  const offending = [...service].find((character) => !isNameToken(character));
  return `The service name "${service}" cannot name a durable consumer because of "${offending ?? ''}": use letters, digits, "_" and "-".`;
}

function duplicateDurables(service: string, events: readonly EventHandlerSpec[]): string[] {
  const byDurable = groupByDurable(service, events);
  return [...byDurable]
    .filter(([, specs]) => specs.length > 1)
    .map(([durable, specs]) => {
      const where = specs.map((spec) => `${spec.className}.${spec.method}`).join(' and ');
      return `Two handlers share the durable consumer "${durable}" (${where}): rename one of the methods.`;
    });
}

function groupByDurable(service: string, events: readonly EventHandlerSpec[]): Map<string, EventHandlerSpec[]> {
  const groups = new Map<string, EventHandlerSpec[]>();
  for (const spec of events) {
    const durable = durableName(service, spec);
    groups.set(durable, [...(groups.get(durable) ?? []), spec]);
  }
  return groups;
}

function streamProblems(spec: EventHandlerSpec): string[] {
  const covered = Streams.events.subjects.some((subject) => spec.filter.startsWith(subject.slice(0, -1)));
  if (covered) return [];
  return [`${spec.className}.${spec.method} listens to "${spec.filter}", which no stream stores: use a subject under ${Streams.events.subjects.join(', ')}.`];
}

function schemaProblems(spec: HandlerSpec): string[] {
  const name = `${spec.className}.${spec.method}`;
  if (spec.kind === 'query') return spec.query.request ? [] : [`${name} answers a query without a request schema: define one.`];
  if (spec.events.length === 0 && !spec.everything) return [`${name} lists no event: name at least one contract.`];
  return spec.events
    .filter((event) => !event.schema)
    .map((event) => `${name} handles "${event.type}", which has no schema: declare it with defineEvent.`);
}
