import { DeliveryBuckets, DeliveryResumed, DeliveryWaiting, eventSubject, MessageDeadLettered, StoryQuarantined, Streams } from '@troupe/contracts';
import { durableName, inboxPrefix, redriveFilter, redrivesName } from '@troupe/messaging';
import { handlersOf, type ServiceDefinition } from './service-definition.ts';

/** What a service may say and hear on the broker, generated from what it declares (I10). Subjects as NATS writes them. */
export interface BrokerPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** Whether it may answer on the reply subject of what it was asked. */
  readonly answers: boolean;
}

const EVENTS = Streams.events.name;
const DEAD = Streams.deadLetters.name;
const REDRIVES = Streams.redrives.name;
/** What every service may say of itself. */
const OF_THE_DELIVERY = [MessageDeadLettered, StoryQuarantined, DeliveryWaiting, DeliveryResumed];

/**
 * The least a service needs. The JetStream API subjects are those of
 * https://docs.nats.io/reference/reference-protocols/nats_api_reference.
 */
export function brokerPermissions(definition: ServiceDefinition): BrokerPermissions {
  const handlers = handlersOf(definition);
  const events = handlers.filter((spec) => spec.kind === 'event');
  const queries = handlers.filter((spec) => spec.kind === 'query').map(({ query }) => query.subject);
  return {
    publish: [
      ...[...definition.emits, ...OF_THE_DELIVERY].map(({ type }) => eventSubject(type, definition.name)),
      `dead.${definition.name}.>`,
      '$JS.API.INFO',
      ...[EVENTS, DEAD, REDRIVES].flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`, ...(definition.keepsStreams ? [`$JS.API.STREAM.UPDATE.${stream}`] : [])]),
      ...events.flatMap((spec) => durableSubjects(EVENTS, durableName(definition.name, spec))),
      ...(events.length > 0 ? deliverySubjects(definition.name) : []),
      ...(definition.asks ?? []).map(({ subject }) => subject),
      ...(definition.state ?? []).flatMap(bucketSubjects('KV', '$KV')),
      ...(definition.blobs ?? []).flatMap(bucketSubjects('OBJ', '$O')),
      ...(definition.tails ? tailSubjects() : []),
      ...(definition.settlesDeadLetters ? deadLetterSubjects() : []),
    ],
    subscribe: [`${inboxPrefix(definition.name)}.>`, ...queries],
    answers: queries.length > 0,
  };
}

function durableSubjects(stream: string, durable: string): string[] {
  return [
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.${durable}`,
    `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

/**
 * Redrives, positions and records of its own handlers: keys that begin with its name, and no others. Which stories were stopped
 * it may read; what waits for their release it orders for itself.
 */
function deliverySubjects(service: string): string[] {
  const ownKeys = [DeliveryBuckets.positions, DeliveryBuckets.records].flatMap((bucket) => [
    `$KV.${bucket}.${service}.>`,
    `$JS.API.STREAM.INFO.KV_${bucket}`,
    `$JS.API.STREAM.CREATE.KV_${bucket}`,
    `$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.${service}.>`,
  ]);
  const stopped = `KV_${DeliveryBuckets.quarantine}`;
  return [
    ...durableSubjects(REDRIVES, redrivesName(service)),
    `$JS.API.STREAM.MSG.GET.${EVENTS}`,
    ...ownKeys,
    redriveFilter(service),
    `$JS.API.STREAM.INFO.${stopped}`,
    `$JS.API.STREAM.CREATE.${stopped}`,
    ...consumerSubjects(stopped),
  ];
}

function bucketSubjects(kind: 'KV' | 'OBJ', root: string): (bucket: string) => string[] {
  return (bucket) => {
    const stream = `${kind}_${bucket}`;
    const api = ['INFO', 'CREATE', 'UPDATE', 'PURGE', 'MSG.GET'].map((call) => `$JS.API.STREAM.${call}.${stream}`);
    return [`${root}.${bucket}.>`, ...api, `$JS.API.DIRECT.GET.${stream}`, `$JS.API.DIRECT.GET.${stream}.>`, ...consumerSubjects(stream)];
  };
}

function tailSubjects(): string[] {
  return consumerSubjects(EVENTS);
}

function consumerSubjects(stream: string): string[] {
  const api = ['CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map((call) => `$JS.API.CONSUMER.${call}.${stream}.>`);
  return [...api, `$JS.API.CONSUMER.CREATE.${stream}`, `$JS.FC.${stream}.>`, `$JS.ACK.${stream}.>`];
}

function deadLetterSubjects(): string[] {
  return [`${Streams.redrives.subjects[0]}`, `$JS.API.CONSUMER.INFO.${REDRIVES}.>`, `$JS.API.STREAM.MSG.GET.${DEAD}`, `$JS.API.DIRECT.GET.${DEAD}`, `$JS.API.DIRECT.GET.${DEAD}.>`, `$JS.API.STREAM.MSG.DELETE.${DEAD}`];
}

/** A password itself, or the variable in the environment of nats-server that holds it. */
export type BrokerPassword = string | { readonly environmentVariable: string };

/** An `authorization` block for nats-server: one user per service, and nothing for anybody else. */
export function brokerAuthorization(definitions: readonly ServiceDefinition[], passwordOf: (service: string) => BrokerPassword): string {
  const users = definitions.map((definition) => userBlock(definition.name, passwordOf(definition.name), brokerPermissions(definition)));
  return `authorization {\n  users = [\n${users.join('\n')}\n  ]\n}\n`;
}

function userBlock(name: string, password: BrokerPassword, { publish, subscribe, answers }: BrokerPermissions): string {
  return [
    `    { user: ${JSON.stringify(name)}, password: ${passwordText(password)}, permissions: {`,
    `      publish: { allow: ${JSON.stringify(publish)} }`,
    `      subscribe: { allow: ${JSON.stringify(subscribe)} }`,
    // Only for those who answer: nats-server 2.9 keeps and scans a map of reply subjects on every delivery.
    ...(answers ? ['      allow_responses: { max: 100, expires: "2m" }'] : []),
    '    } }',
  ].join('\n');
}

/** nats-server reads a variable only where it stands without quotes. */
function passwordText(password: BrokerPassword): string {
  return typeof password === 'string' ? JSON.stringify(password) : `$${password.environmentVariable}`;
}
