import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats } from '@troupe/backing-services';
import type { NatsOptions } from '@troupe/backing-services';

/** A nats-server of one test file's own. */
export interface TestNats {
  readonly url: string;
  readonly port: number;
  /** Its data: removed by `stop`. */
  readonly folder: string;
  /** Ends it with SIGKILL; `restart` brings it back on its data. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a real nats-server with JetStream in a temporary folder (about 50 ms). Throws what `startNats` throws, and leaves nothing then. */
export async function startTestNats(options: Pick<NatsOptions, 'binary' | 'domain' | 'extraConfig' | 'syncInterval'> = {}): Promise<TestNats> {
  const folder = await mkdtemp(join(tmpdir(), 'troupe-test-nats-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const server = await startNats({ ...options, folder }).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    url: server.url,
    port: server.port,
    folder,
    kill: () => server.kill(),
    restart: () => server.restart(),
    stop: async () => {
      await server.stop();
      await remove();
    },
  };
}
