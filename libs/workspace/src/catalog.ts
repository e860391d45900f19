import type { ActionContract, EventContract, QueryContract } from '@troupe/contracts';
import type { ServiceDefinition } from '@troupe/service-host';
import {
  answerersOf, emittersOf, followersOf, isAgent, proposersOf, queriesOf, takenBy, takersOf, takesEverything, type Handler,
} from './choreography.ts';
import { contractText, eventPromise, type ContractDocs } from './contract-docs.ts';
import { flowChart } from './flow-chart.ts';

/** Everything the catalog tells of. */
export interface CatalogSubject {
  readonly services: readonly ServiceDefinition[];
  readonly events: readonly EventContract[];
  readonly actions: readonly ActionContract[];
  readonly docs: ContractDocs;
  /** The events that every service may emit, by way of the platform. */
  readonly platformEvents: readonly EventContract[];
}

/** The catalog as Markdown: what there is, who says it, who listens, and what may follow. */
export function catalogText(subject: CatalogSubject): string {
  const { services, events, actions } = subject;
  const agents = services.filter(isAgent);
  return `${[
    '# Catalog',
    'Written from the services and contracts by `npm run generate --workspace @troupe/workspace`; `npm run verify` compares. Do not edit.',
    ['[The flow](#the-flow)', '[Services](#services)', '[Agents](#agents)', '[Events](#events)', '[Actions](#actions)', '[Queries](#queries)'].join(' · '),
    '## The flow',
    'Boxes are services (agents are rounded), flags are events. Whoever takes or reads all events is left out, and so are events that nobody else takes.',
    `\`\`\`mermaid\n${flowChart(services, events)}\n\`\`\``,
    '## Services',
    table(['service', 'version', 'for what', 'keeps', 'besides'], services.map(serviceRow)),
    '## Agents',
    ...agents.map(agentSection),
    '## Events',
    ...events.map((event) => eventSection(event, subject)),
    '## Actions',
    'T0 reads, T1 can be taken back, T2 reaches someone outside, T3 moves money or cannot be taken back.',
    table(['action', 'what it does', 'tier', 'can be taken back', 'proposed by'], actions.map((action) => actionRow(action, subject))),
    '## Queries',
    table(['query', 'what it is', 'asked by', 'answered by'], queriesOf(services).map((query) => queryRow(query, subject))),
  ].join('\n\n')}\n`;
}

function serviceRow(service: ServiceDefinition): string[] {
  const keeps = [...(service.state ?? []), ...(service.blobs ?? [])].map(code);
  const besides = [
    ...(takesEverything(service) ? ['takes every event'] : []),
    ...(service.tails ? ['reads the whole stream'] : []),
    ...(service.settlesDeadLetters ? ['looks after dead letters'] : []),
    ...(service.http ? [`answers HTTP below ${service.http.routes.map(code).join(', ')}`] : []),
  ];
  return [service.name, service.version, service.purpose, keeps.join(', '), besides.join('; ')];
}

function agentSection(agent: ServiceDefinition): string {
  return [
    `### ${agent.name} ${agent.version}`,
    agent.purpose,
    bullets([
      ['Takes', links(takenBy(agent))],
      ['May emit', links(agent.emits)],
      ['May propose', (agent.mayPropose ?? []).map(code).join(', ') || 'nothing'],
      ['May ask', (agent.asks ?? []).map(({ subject }) => code(subject)).join(', ')],
    ]),
  ].join('\n\n');
}

function eventSection(event: EventContract, { services, events, docs, platformEvents }: CatalogSubject): string {
  const promise = eventPromise(event.type, docs);
  const emitters = platformEvents.includes(event) ? 'every service, by way of the platform' : emittersOf(event, services).map(({ name }) => name).join(', ');
  return [
    `### ${event.type}`,
    promise.meaning,
    bullets([
      ['Emitted when', promise.emittedWhen],
      ['Guarantees', promise.guarantees],
      ['Does not mean', promise.doesNotMean],
      ['Emitted by', emitters],
      ['Taken by', handlers(takersOf(event, services)) || 'nobody by name'],
      ['May be followed by', links(followersOf(event, services, events))],
      ['Version, retention', `${event.version}, ${event.retention}`],
    ]),
  ].join('\n\n');
}

function actionRow({ type, tier, compensation }: ActionContract, { services, docs }: CatalogSubject): string[] {
  const proposers = proposersOf(type, services).map(({ name }) => name);
  return [code(type), contractText(type, docs), tier, compensation ? `by ${code(compensation.type)}` : 'no', proposers.join(', ')];
}

function queryRow(query: QueryContract, { services, docs }: CatalogSubject): string[] {
  const askers = services.filter(({ asks }) => asks?.includes(query)).map(({ name }) => name);
  return [code(query.subject), contractText(query.subject, docs), askers.join(', '), handlers(answerersOf(query, services))];
}

function handlers(found: readonly Handler[]): string {
  return found.map(({ service, name }) => `${service.name} (${code(name)})`).join(', ');
}

/** GitHub drops the dots from a heading's anchor. */
function links(events: readonly EventContract[]): string {
  return events.map(({ type }) => `[${type}](#${type.replaceAll('.', '')})`).join(', ');
}

/** One line for each entry that says something. */
function bullets(entries: readonly [name: string, text: string][]): string {
  const told = entries.filter(([, text]) => text !== '');
  return told.map(([name, text]) => `- **${name}:** ${text}`).join('\n');
}

function table(head: readonly string[], rows: readonly string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map((cell) => cell || '—'))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
