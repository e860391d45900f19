import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { BrokerNames } from './broker-names.ts';

/** One service's connection to the broker. */
export interface NatsLink {
  readonly service: string;
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
  readonly history: StreamHistory;
  /** What everything is called there. */
  readonly names: BrokerNames;
  readonly settings: BrokerSettings;
}

/** How streams and buckets are kept on the broker. */
export interface BrokerSettings {
  /** Copies over the servers of a cluster: 1, or 3 in a cluster of three. */
  readonly replicas: number;
  /** In memory instead of on disk: for a broker whose history need not survive it. */
  readonly memory: boolean;
  /** How far back the broker recognises a repeated event id. Handlers tolerate older repeats too. */
  readonly duplicateWindowMs: number;
  /** Whether this service may change the settings of streams that exist: whoever may, could also empty them. */
  readonly adjusts: boolean;
  /** The JetStream domain, where there are several (leaf nodes). */
  readonly domain?: string | undefined;
  /** What all names of this company begin with on a broker that companies share; default: nothing. */
  readonly prefix?: string | undefined;
}

/** One server, on disk, an hour in which repeats are recognised. */
export const DEFAULT_BROKER_SETTINGS: BrokerSettings = { replicas: 1, memory: false, duplicateWindowMs: 60 * 60 * 1_000, adjusts: true };

/** Which history of the event stream this connection reads; known once the streams are provisioned. */
export interface StreamHistory {
  /** New with every stream that begins empty: a sequence means something only within it. */
  realm: string | undefined;
}

/** Where the broker is, who connects, and how its streams are kept. */
export interface LinkOptions {
  readonly url: string;
  readonly service: string;
  readonly user?: string;
  readonly pass?: string;
  readonly settings?: BrokerSettings;
}

/** Connects, and stays connected: a broker that goes away is waited for. Throws when there is none to begin with. */
export async function openLink(options: LinkOptions): Promise<NatsLink> {
  const { settings = DEFAULT_BROKER_SETTINGS } = options;
  const names = new BrokerNames(settings.prefix);
  const { server, ...credentials } = readUrl(options);
  const connection = await connect({
    servers: server,
    name: `troupe-${names.user(options.service)}`,
    inboxPrefix: names.inbox(options.service),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    // A stack for every request costs a tenth of the time on the busiest path; what failed is named by its subject.
    noAsyncTraces: true,
    ...credentials,
  }).catch((cause: unknown) => {
    throw new Error(`No NATS server takes us at ${withoutPassword(options.url)} (${reasonOf(cause)}). Start one, or correct NATS_URL.`, { cause });
  });
  const domain = settings.domain === undefined ? {} : { domain: settings.domain };
  return {
    service: options.service,
    connection,
    jetstream: jetstream(connection, domain),
    manager: await jetstreamManager(connection, { checkAPI: false, ...domain }),
    history: { realm: undefined },
    names,
    settings,
  };
}

/** The client takes user and password apart from the address; operators write `nats://user:password@host:4222`. */
function readUrl({ url, user, pass }: LinkOptions): { server: string; user?: string; pass?: string } {
  if (user !== undefined && pass !== undefined) return { server: url, user, pass };
  const found = /^((?:nats|tls):\/\/)([^:@/]+):([^@/]+)@(.+)$/.exec(url);
  if (!found) return { server: url };
  const [, scheme = '', name = '', password = '', address = ''] = found;
  return { server: scheme + address, user: decodeURIComponent(name), pass: decodeURIComponent(password) };
}

function withoutPassword(url: string): string {
  return url.replace(/:[^:@/]*@/, '@');
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
