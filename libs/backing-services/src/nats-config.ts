import { join } from 'node:path';

/**
 * When the server flushes its streams to the disk: `always`, before it acknowledges, or every so many seconds. A power cut
 * loses what was acknowledged since the last flush. Where nothing is said, the server does it every two minutes.
 */
export type SyncInterval = 'always' | `${number}s`;

/** What one server needs to know; everything it keeps is below `folder`. */
export interface NatsConfig {
  readonly folder: string;
  readonly port: number;
  readonly syncInterval?: SyncInterval | undefined;
  /** The JetStream domain it is to be; one word. */
  readonly domain?: string | undefined;
  /** Appended as it is, in nats-server's own syntax: an `authorization {}` block, for example. */
  readonly extraConfig?: string | undefined;
}

/** The files of a server, all in its folder. */
export function natsFiles(folder: string): { config: string; log: string; pid: string; store: string } {
  return {
    config: join(folder, 'nats.conf'),
    log: join(folder, 'nats.log'),
    pid: join(folder, 'nats.pid'),
    store: join(folder, 'jetstream'),
  };
}

/**
 * The text of `nats.conf`: JetStream on disk, loopback only. The payload limit leaves room for an event that carries
 * a long text; raw mails go through the object store in chunks of 128 KB.
 */
export function natsConfigText({ folder, port, syncInterval, domain, extraConfig = '' }: NatsConfig): string {
  const files = natsFiles(folder);
  const sync = syncInterval === undefined ? '' : `, sync_interval: ${syncInterval}`;
  const named = domain === undefined ? '' : `, domain: ${JSON.stringify(domain)}`;
  return [
    'host: "127.0.0.1"',
    `port: ${port}`,
    `pid_file: ${JSON.stringify(files.pid)}`,
    'max_payload: 8MB',
    `jetstream { store_dir: ${JSON.stringify(files.store)}${sync}${named} }`,
    extraConfig,
    '',
  ].join('\n');
}
