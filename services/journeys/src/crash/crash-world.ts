import { brokerAuthorization, passwordsOf } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { freePort, startTestNats, type TestNats } from '@troupe/testkit';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnService } from '../harness/many-processes.ts';
import { Operator } from '../harness/operator.ts';
import { StreamWatch } from '../harness/stream-watch.ts';
import type { Surroundings } from '../harness/surroundings.ts';
import { environment, OPERATOR_TOKEN } from '../harness/world.ts';
import { openOutgoing, type OutgoingKind, type OutgoingMail } from './outgoing-mail.ts';
import { SupervisedService } from './supervised-service.ts';

/** The company with every service in processes of its own, most of them two, that are started again whenever it dies, on ports that stay. */
export interface CrashWorld {
  readonly home: string;
  readonly nats: TestNats;
  readonly outgoing: OutgoingMail;
  readonly smtpPort: number;
  readonly operator: Operator;
  readonly services: readonly SupervisedService[];
  readonly stream: StreamWatch;
  /** Ends every process. `keepHome`: leaves data and logs, to look at. */
  stop(options: { readonly keepHome: boolean }): Promise<void>;
}

const REPLICAS = 2;
const ONCE: ReadonlySet<string> = new Set(['gateway', 'inbox']);

export async function startCrashWorld(outgoingKind: OutgoingKind): Promise<CrashWorld> {
  const home = await mkdtemp(join(tmpdir(), 'troupe-crash-'));
  await mkdir(join(home, 'logs'));
  const passwords = Object.fromEntries(services.map(({ name }) => [name, `pass-of-${name}`]));
  const nats = await startTestNats({ extraConfig: brokerAuthorization({ services, passwordOf: (name) => passwords[name] ?? '' }) });
  const outgoing = await openOutgoing(outgoingKind, home);
  const [smtpPort, inboxPort] = [await freePort(), await freePort()];
  const env = environment({ home, smtpPort, smtpUrl: outgoing.smtpUrl, TROUPE_LOG_LEVEL: 'warn' });
  const surroundings = { home, natsUrl: nats.url, passwords, credentials: passwordsOf(passwords), env, deliverTwice: false, replicas: REPLICAS };
  const supervised = services.flatMap(({ name }) => replicasOf(name).map((replica) => supervise(name, replica, surroundings, name === 'inbox' ? inboxPort : 0)));
  const stopAll = async (): Promise<void> => {
    await Promise.all(supervised.map((service) => service.stop()));
    await Promise.all([nats.stop(), outgoing.stop()]);
  };
  try {
    await Promise.all(supervised.map((service) => service.start()));
    const stream = await StreamWatch.open({ natsUrl: nats.url, user: 'inbox', pass: passwords['inbox'] ?? '' });
    const operator = new Operator(`http://127.0.0.1:${inboxPort}`, OPERATOR_TOKEN);
    const stop: CrashWorld['stop'] = async ({ keepHome }) => {
      await stream.close();
      await stopAll();
      if (!keepHome) await rm(home, { recursive: true, force: true });
    };
    return { home, nats, outgoing, smtpPort, operator, services: supervised, stream, stop };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** The ports of gateway and inbox stay with one process; everything else runs twice. */
function replicasOf(name: string): number[] {
  const count = ONCE.has(name) ? 1 : REPLICAS;
  return Array.from({ length: count }, (_, replica) => replica);
}

function supervise(name: string, replica: number, surroundings: Surroundings, httpPort: number): SupervisedService {
  const label = replica === 0 ? name : `${name}-${replica + 1}`;
  return new SupervisedService({
    name: label,
    logFile: join(surroundings.home, 'logs', `${label}.log`),
    spawn: (more) => spawnService(name, surroundings, { TROUPE_HTTP_PORT: String(httpPort), ...more }),
  });
}
