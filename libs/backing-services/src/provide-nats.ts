import { join } from 'node:path';
import type { SyncInterval } from './nats-config.ts';
import type { Log } from './fetch-nats.ts';
import type { NatsOptions, NatsServer } from './nats-server.ts';
import { startNats } from './nats-server.ts';

/** A nats-server to use, whoever runs it. */
export interface ProvidedNats {
  readonly url: string;
  /** `url`: somebody else's, from `NATS_URL`; otherwise where our own server's binary came from. */
  readonly how: 'url' | NatsServer['how'];
  /** Ends the server if it is ours. */
  stop(): Promise<void>;
}

/**
 * The server at `NATS_URL`, else our own in `<home>/nats`, which flushes to the disk every second, or as
 * `NATS_SYNC_INTERVAL` says (from 2.10 on), and is restarted on its data whenever it crashes.
 * Throws an Error that says what to write when `NATS_SYNC_INTERVAL` is something else.
 */
export async function provideNats({ home, ...options }: {
  readonly home: string;
  readonly domain?: string | undefined;
  readonly extraConfig?: string | undefined;
  readonly log?: Log | undefined;
}): Promise<ProvidedNats> {
  const url = process.env['NATS_URL'];
  if (url) return { url, how: 'url', stop: () => Promise.resolve() };
  return startSupervised({ ...options, folder: join(home, 'nats') });
}

async function startSupervised({ log = () => {}, ...options }: NatsOptions): Promise<ProvidedNats> {
  let revival = Promise.resolve();
  const onCrash = (): void => {
    log('nats-server ended unexpectedly: starting it again on its data');
    revival = server.restart().catch((error: unknown) => log(`nats-server could not be started again: ${String(error)}`));
  };
  const server = await startNats({ ...options, syncInterval: syncIntervalFrom(process.env['NATS_SYNC_INTERVAL']), log, onCrash });
  const stop = async (): Promise<void> => {
    await revival;
    await server.stop();
  };
  return { url: server.url, how: server.how, stop };
}

/** Each second costs too little to be measured; `always` costs a flow a fifth to a half more (services/journeys/README.md). */
function syncIntervalFrom(setting: string | undefined): SyncInterval {
  if (!setting) return '1s';
  if (setting === 'always' || /^[1-9]\d*s$/.test(setting)) return setting as SyncInterval;
  throw new Error(`NATS_SYNC_INTERVAL is "${setting}": write always, or whole seconds such as 1s.`);
}
