import { jetstream, jetstreamManager, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';

/** One service's connection to the broker. */
export interface NatsLink {
  readonly service: string;
  readonly connection: NatsConnection;
  readonly jetstream: JetStreamClient;
  readonly manager: JetStreamManager;
}

export interface LinkOptions {
  readonly url: string;
  readonly service: string;
  readonly user?: string;
  readonly pass?: string;
}

/** Connects, and stays connected: a broker that goes away is waited for. Throws when there is none to begin with. */
export async function openLink(options: LinkOptions): Promise<NatsLink> {
  const connection = await connect({
    servers: options.url,
    name: `troupe-${options.service}`,
    inboxPrefix: inboxPrefix(options.service),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    ...(options.user && options.pass ? { user: options.user, pass: options.pass } : {}),
  }).catch((cause: unknown) => {
    throw new Error(`No NATS server answers at ${options.url}. Start one, or correct NATS_URL.`, { cause });
  });
  return {
    service: options.service,
    connection,
    jetstream: jetstream(connection),
    manager: await jetstreamManager(connection, { checkAPI: false }),
  };
}

/** Replies to a service arrive under a prefix of its own, so that broker permissions can name it. */
export function inboxPrefix(service: string): string {
  return `_INBOX_${service}`;
}
