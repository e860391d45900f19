import { DeliveryBuckets, DeliveryResumed, DeliveryWaiting, eventSubject, MessageDeadLettered, StoryQuarantined, Streams } from '@troupe/contracts';
import { BrokerNames, durableName, redriveFilter, redrivesName } from '@troupe/messaging';
import { handlersOf, type ServiceDefinition } from './service-definition.ts';

/** What a service may say and hear on the broker, generated from what it declares (I10). Subjects as NATS writes them. */
export interface BrokerPermissions {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
  /** Whether it may answer on the reply subject of what it was asked. */
  readonly answers: boolean;
}

/** What a company's names on its broker are made of: TROUPE_NATS_PREFIX and TROUPE_NATS_DOMAIN. */
export interface BrokerPlace {
  readonly prefix?: string | undefined;
  readonly domain?: string | undefined;
}

const { events: EVENTS, deadLetters: DEAD, redrives: REDRIVES } = Streams;
/** What every service may say of itself. */
const OF_THE_DELIVERY = [MessageDeadLettered, StoryQuarantined, DeliveryWaiting, DeliveryResumed];

/**
 * The least a service needs. The JetStream API subjects are those of
 * https://docs.nats.io/reference/reference-protocols/nats_api_reference.
 */
export function brokerPermissions(definition: ServiceDefinition, { prefix, domain }: BrokerPlace = {}): BrokerPermissions {
  const names = new BrokerNames(prefix);
  const handlers = handlersOf(definition);
  const events = handlers.filter((spec) => spec.kind === 'event');
  const queries = handlers.filter((spec) => spec.kind === 'query').map(({ query }) => names.subject(query.subject));
  const publish = [
    ...[...definition.emits, ...OF_THE_DELIVERY].map(({ type }) => names.subject(eventSubject(type, definition.name))),
    names.subject(`dead.${definition.name}.>`),
    '$JS.API.INFO',
    ...[EVENTS, DEAD, REDRIVES].flatMap((stream) => streamSubjects(names.stream(stream), definition.keepsStreams ?? false)),
    ...events.flatMap((spec) => durableSubjects(names.stream(EVENTS), names.consumer(durableName(definition.name, spec)), names.subject(spec.filter))),
    ...(events.length > 0 ? deliverySubjects(names, definition.name) : []),
    ...(definition.asks ?? []).map(({ subject }) => names.subject(subject)),
    ...(definition.state ?? []).flatMap((bucket) => bucketSubjects('KV', '$KV', names.bucket(bucket))),
    ...(definition.blobs ?? []).flatMap((bucket) => bucketSubjects('OBJ', '$O', names.bucket(bucket))),
    ...(definition.tails ? consumerSubjects(names.stream(EVENTS)) : []),
    ...(definition.settlesDeadLetters ? deadLetterSubjects(names) : []),
  ];
  return {
    publish: domain === undefined ? publish : publish.flatMap((subject) => inDomain(subject, domain)),
    subscribe: [`${names.inbox(definition.name)}.>`, ...queries],
    answers: queries.length > 0,
  };
}

/**
 * A subject as it may be called in a JetStream domain. Clients say the longer name, to KV buckets too. A leaf node checks that
 * one; the domain's own server checks the shorter one, which it stands for. Servers that write the domain into acknowledgements
 * put a token for the account behind it.
 */
function inDomain(subject: string, domain: string): string[] {
  const [root = ''] = /^\$(?:JS\.API|JS\.ACK|KV)(?=\.)/.exec(subject) ?? [];
  const others: Readonly<Record<string, string>> = { '$JS.API': `$JS.${domain}.API`, '$JS.ACK': `$JS.ACK.${domain}.*`, $KV: `$JS.${domain}.API.$KV` };
  const other = others[root];
  return other === undefined ? [subject] : [subject, other + subject.slice(root.length)];
}

function streamSubjects(stream: string, mayAdjust: boolean): string[] {
  return ['INFO', 'CREATE', ...(mayAdjust ? ['UPDATE'] : [])].map((call) => `$JS.API.STREAM.${call}.${stream}`);
}

/** The filter is in the subject, and the broker sees to it that it is the consumer's: nobody hears more than it listens to. */
function durableSubjects(stream: string, durable: string, filter: string): string[] {
  return [
    `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
    `$JS.API.CONSUMER.CREATE.${stream}.${durable}.${filter}`,
    `$JS.API.CONSUMER.DELETE.${stream}.${durable}`,
    `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
    `$JS.ACK.${stream}.${durable}.>`,
  ];
}

/**
 * Redrives, positions and records of its own handlers: keys that begin with its name, and no others. Which stories were stopped
 * it may read; what waits for their release it orders for itself.
 */
function deliverySubjects(names: BrokerNames, service: string): string[] {
  const ownKeys = [DeliveryBuckets.positions, DeliveryBuckets.records].map((bucket) => names.bucket(bucket)).flatMap((bucket) => [
    `$KV.${bucket}.${service}.>`,
    `$JS.API.STREAM.INFO.KV_${bucket}`,
    `$JS.API.STREAM.CREATE.KV_${bucket}`,
    `$JS.API.DIRECT.GET.KV_${bucket}.$KV.${bucket}.${service}.>`,
  ]);
  const stopped = `KV_${names.bucket(DeliveryBuckets.quarantine)}`;
  const orders = names.subject(redriveFilter(service));
  return [
    ...durableSubjects(names.stream(REDRIVES), names.consumer(redrivesName(service)), orders),
    ...ownKeys,
    orders,
    `$JS.API.STREAM.INFO.${stopped}`,
    `$JS.API.STREAM.CREATE.${stopped}`,
    ...consumerSubjects(stopped),
  ];
}

function bucketSubjects(kind: 'KV' | 'OBJ', root: string, bucket: string): string[] {
  const stream = `${kind}_${bucket}`;
  const calls = ['INFO', 'CREATE', 'UPDATE', 'PURGE', 'MSG.GET'].map((call) => `$JS.API.STREAM.${call}.${stream}`);
  const direct = `$JS.API.DIRECT.GET.${stream}`;
  return [`${root}.${bucket}.>`, ...calls, direct, `${direct}.>`, ...consumerSubjects(stream)];
}

function consumerSubjects(stream: string): string[] {
  const calls = ['CREATE', 'INFO', 'DELETE', 'MSG.NEXT'].map((call) => `$JS.API.CONSUMER.${call}.${stream}.>`);
  return [...calls, `$JS.API.CONSUMER.CREATE.${stream}`, `$JS.FC.${stream}.>`, `$JS.ACK.${stream}.>`];
}

function deadLetterSubjects(names: BrokerNames): string[] {
  const dead = names.stream(DEAD);
  const direct = `$JS.API.DIRECT.GET.${dead}`;
  const orders = [...REDRIVES.subjects.map((subject) => names.subject(subject)), `$JS.API.STREAM.MSG.GET.${names.stream(EVENTS)}`];
  const backlogs = `$JS.API.CONSUMER.INFO.${names.stream(REDRIVES)}.>`;
  return [...orders, backlogs, `$JS.API.STREAM.MSG.GET.${dead}`, direct, `${direct}.>`, `$JS.API.STREAM.MSG.DELETE.${dead}`];
}

/** A password itself, or the variable in the environment of nats-server that holds it. */
export type BrokerPassword = string | { readonly environmentVariable: string };

/** The services of one company on a broker, and how they log in. */
export interface BrokerCompany extends BrokerPlace {
  readonly services: readonly ServiceDefinition[];
  readonly passwordOf: (service: string) => BrokerPassword;
}

/** An `authorization` block for nats-server: one user per service of each company, and nothing for anybody else. */
export function brokerAuthorization(...companies: readonly BrokerCompany[]): string {
  return `authorization {\n  users = [\n${companies.flatMap(userBlocks).join('\n')}\n  ]\n}\n`;
}

function userBlocks({ services, passwordOf, ...place }: BrokerCompany): string[] {
  const names = new BrokerNames(place.prefix);
  return services.map((service) => userBlock(names.user(service.name), passwordOf(service.name), brokerPermissions(service, place)));
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
