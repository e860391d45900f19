import { join } from 'node:path';

/** What one server needs to know; everything it keeps is below `folder`. */
export interface NatsConfig {
  readonly folder: string;
  readonly port: number;
  /** Flush to the disk before a message is acknowledged; false leaves the server's default, a flush every two minutes. */
  readonly flushAlways?: boolean | undefined;
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
export function natsConfigText({ folder, port, flushAlways = false, extraConfig = '' }: NatsConfig): string {
  const files = natsFiles(folder);
  return [
    'host: "127.0.0.1"',
    `port: ${port}`,
    `pid_file: ${JSON.stringify(files.pid)}`,
    'max_payload: 8MB',
    `jetstream { store_dir: ${JSON.stringify(files.store)}${flushAlways ? ', sync_interval: always' : ''} }`,
    extraConfig,
    '',
  ].join('\n');
}
