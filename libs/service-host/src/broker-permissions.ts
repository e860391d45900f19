import { MessageDeadLettered, StoryQuarantined, Streams } from '@troupe/contracts';
import { durableName, inboxPrefix, type EventHandlerSpec } from '@troupe/messaging';
import { handlersOf, type ServiceDefinition } from './service-definition.ts';

/** What a service may say and hear on the broker, generated from what it declares (I10). Subjects as NATS writes them. */
export interface BrokerPermissions {
  readonly publish: readonly string[];
  readonly neverPublish: readonly string[];
  readonly subscribe: readonly string[];
}

const EVENTS = Streams.events.name;
const DEAD = Streams.deadLetters.name;

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
      ...[...definition.emits, MessageDeadLettered, StoryQuarantined].map(({ type }) => type),
      `dead.${definition.name}.>`,
      '$JS.API.INFO',
      ...[EVENTS, DEAD].flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.CREATE.${stream}`]),
      ...events.flatMap((spec) => durableSubjects(definition.name, spec)),
      ...(definition.asks ?? []).map(({ subject }) => subject),
      ...(definition.state ?? []).flatMap(bucketSubjects('KV', '$KV')),
      ...(definition.blobs ?? []).flatMap(bucketSubjects('OBJ', '$O')),
      ...(definition.tails ? tailSubjects() : []),
      ...(definition.settlesDeadLetters ? deadLetterSubjects() : []),
    ],
    // Redriving may repeat any event but this one: only policy authorises (I1).
    neverPublish: definition.settlesDeadLetters ? ['evt.action.authorized'] : [],
    subscribe: [`${inboxPrefix(definition.name)}.>`, ...queries],
  };
}

function durableSubjects(service: string, spec: EventHandlerSpec): string[] {
  const durable = durableName(service, spec);
  return [
    `$JS.API.CONSUMER.INFO.${EVENTS}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${EVENTS}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${EVENTS}.${durable}.>`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${EVENTS}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${EVENTS}.${durable}`,
    `$JS.ACK.${EVENTS}.${durable}.>`,
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
  return ['evt.>', `$JS.API.STREAM.MSG.GET.${DEAD}`, `$JS.API.DIRECT.GET.${DEAD}`, `$JS.API.DIRECT.GET.${DEAD}.>`, `$JS.API.STREAM.MSG.DELETE.${DEAD}`];
}

/** A password itself, or the variable in the environment of nats-server that holds it. */
export type BrokerPassword = string | { readonly environmentVariable: string };

/** An `authorization` block for nats-server: one user per service, and nothing for anybody else. */
export function brokerAuthorization(definitions: readonly ServiceDefinition[], passwordOf: (service: string) => BrokerPassword): string {
  const users = definitions.map((definition) => userBlock(definition.name, passwordOf(definition.name), brokerPermissions(definition)));
  return `authorization {\n  users = [\n${users.join('\n')}\n  ]\n}\n`;
}

function userBlock(name: string, password: BrokerPassword, { publish, neverPublish, subscribe }: BrokerPermissions): string {
  return [
    `    { user: ${JSON.stringify(name)}, password: ${passwordText(password)}, permissions: {`,
    `      publish: { allow: ${JSON.stringify(publish)}${neverPublish.length > 0 ? `, deny: ${JSON.stringify(neverPublish)}` : ''} }`,
    `      subscribe: { allow: ${JSON.stringify(subscribe)} }`,
    '      allow_responses: { max: 1, expires: "2m" }',
    '    } }',
  ].join('\n');
}

/** nats-server reads a variable only where it stands without quotes. */
function passwordText(password: BrokerPassword): string {
  return typeof password === 'string' ? JSON.stringify(password) : `$${password.environmentVariable}`;
}
