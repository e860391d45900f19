import { brokerAuthorization, natsPasswordVariable } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { freePort, startTestNats } from '@troupe/testkit';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, stopProcess } from '../harness/many-processes.ts';
import { StreamWatch } from '../harness/stream-watch.ts';
import { environment } from '../harness/world.ts';

/** All services in one process of their own, as `npm start` runs them, and the stream to look at. */
export interface SoloProcess {
  readonly pid: number;
  readonly smtpPort: number;
  readonly stream: StreamWatch;
  stop(): Promise<void>;
}

export async function startSoloProcess(): Promise<SoloProcess> {
  const home = await mkdtemp(join(tmpdir(), 'troupe-real-mail-'));
  const passwords = Object.fromEntries(services.map(({ name }) => [name, `pass-of-${name}`]));
  const nats = await startTestNats({ extraConfig: brokerAuthorization({ services, passwordOf: (name) => passwords[name] ?? '' }) });
  const smtpPort = await freePort();
  const variables = Object.fromEntries(services.map(({ name }) => [natsPasswordVariable(name), passwords[name]]));
  const env = { ...environment({ home, smtpPort, smtpUrl: '' }), ...variables };
  const solo = await startProcess('solo', { home, natsUrl: nats.url, passwords, credentials: () => undefined, env, deliverTwice: false, replicas: 1 });
  const stream = await StreamWatch.open({ natsUrl: nats.url, user: 'inbox', pass: passwords['inbox'] ?? '' });
  const stop = async (): Promise<void> => {
    await stream.close();
    await stopProcess(solo);
    await nats.stop();
    await rm(home, { recursive: true, force: true });
  };
  return { pid: solo.process.pid ?? 0, smtpPort, stream, stop };
}
