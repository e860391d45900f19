import { natsPasswordVariable } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { freePort } from '@troupe/testkit';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Running, Surroundings } from './surroundings.ts';

const READY_TIMEOUT_MS = 120_000;

/** One service in a process of its own. */
export interface ServiceProcess {
  readonly name: string;
  readonly process: ChildProcess;
  /** Where it answers over HTTP, if it does. */
  readonly url: string | undefined;
}

/** A service process from its first moment on. */
export interface SpawnedService {
  readonly process: ChildProcess;
  /** Its URL, if it has one, once it says that it is ready. Rejects with what it said when it ends instead. */
  readonly ready: Promise<string | undefined>;
}

/** Every service in processes of its own, from the built code, exactly as `npx nx serve <service>` runs it. */
export async function startInManyProcesses(surroundings: Surroundings): Promise<Running> {
  const copies = Array.from({ length: surroundings.replicas }, (_, replica) => services.map(({ name }) => ({ name, replica }))).flat();
  const started = await Promise.all(copies.map(async ({ name, replica }) => startProcess(name, surroundings, await placeOf(name, replica, surroundings.home))));
  const urlOf = (name: string): string => started.find((service) => service.name === name)?.url ?? '';
  return {
    inboxUrl: urlOf('inbox'),
    gatewayUrl: urlOf('gateway'),
    stop: async () => {
      await Promise.all(started.map(stopProcess));
    },
  };
}

/** What a second replica on this machine must not share with the first: the port for mail, and the inbox's own projection. */
export async function placeOf(service: string, replica: number, home: string): Promise<NodeJS.ProcessEnv> {
  if (replica === 0) return {};
  if (service === 'gateway') return { TROUPE_SMTP_PORT: String(await freePort()) };
  return service === 'inbox' ? { TROUPE_HOME: join(home, `replica-${replica}`) } : {};
}

/** Starts one service and waits for its word that it is ready. Rejects with what it said when it ends instead. */
export async function startProcess(name: string, surroundings: Surroundings, more: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
  const { process: child, ready } = spawnService(name, surroundings, more);
  return { name, process: child, url: await ready };
}

/** Starts one service and does not wait. `more` goes over the environment of the surroundings. */
export function spawnService(name: string, surroundings: Surroundings, more: NodeJS.ProcessEnv = {}): SpawnedService {
  const child = spawn(process.execPath, [mainOf(name)], {
    env: { PATH: process.env['PATH'], ...surroundings.env, NATS_URL: surroundings.natsUrl, ...passwordOf(surroundings, name), ...twice(surroundings), ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return { process: child, ready: readyUrl(name, child) };
}

/** Nobody is left behind, however this process ends, short of SIGKILL. */
const living = new Set<ChildProcess>();
process.once('exit', () => living.forEach((child) => child.kill('SIGKILL')));

export async function stopProcess({ process: child }: Pick<ServiceProcess, 'process'>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function passwordOf({ passwords, env }: Surroundings, name: string): NodeJS.ProcessEnv {
  return { [natsPasswordVariable(name, env['TROUPE_NATS_PREFIX'])]: passwords[name] };
}

function twice({ deliverTwice }: Surroundings): NodeJS.ProcessEnv {
  return deliverTwice ? { TROUPE_DELIVER_TWICE: '1' } : {};
}

const SERVICES = join(import.meta.dirname, '..', '..', '..');

/** `dist/main.js` of a service: the folder is named like the service, agents have a folder of their own. */
function mainOf(name: string): string {
  const folder = [join(SERVICES, name), join(SERVICES, 'agents', name)].find((candidate) => existsSync(candidate));
  if (!folder) throw new Error(`There is no folder for the service ${name} under ${SERVICES}.`);
  return join(folder, 'dist', 'main.js');
}

function readyUrl(name: string, child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => settle(() => reject(new Error(`${name} was not ready after ${READY_TIMEOUT_MS} ms: ${said}`))), READY_TIMEOUT_MS);
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      const ready = new RegExp(`^${name} is ready(?:: (\\S+))?$`, 'm').exec(said);
      if (ready) settle(() => resolve(ready[1]));
    };
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      child.stderr?.off('data', listen).resume();
      act();
    };
    child.stderr?.on('data', listen);
    child.once('exit', (code) => settle(() => reject(new Error(`${name} ended with ${code ?? 'a signal'}: ${said}`))));
  });
}
