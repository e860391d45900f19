import { captureSmtp, freePort, startTestNats, type SmtpCapture, type TestNats } from '@troupe/testkit';
import { brokerAuthorization, passwordsOf } from '@troupe/service-host';
import { services } from '@troupe/solo';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Operator } from './operator.ts';
import { startInOneProcess } from './one-process.ts';
import { startInManyProcesses } from './many-processes.ts';
import type { Running } from './surroundings.ts';

export const OPERATOR_TOKEN = 'a-token-for-journeys-only';
export const STRIPE_WEBHOOK_SECRET = 'whsec_journeys';
export const OWNER = 'owner@acme.example';

export interface WorldOptions {
  /** Every event is delivered twice to every handler. */
  readonly deliverTwice?: boolean;
  /** Every service in a process of its own instead of all in this one. */
  readonly split?: boolean;
  /** So many processes of each; default 1. Only with `split`. */
  readonly replicas?: number;
  /** Another nats-server than the one on the PATH. */
  readonly natsBinary?: string;
  /** What all names of this company on the broker begin with. */
  readonly prefix?: string;
  /** One that companies share, from {@link startBroker}; it is left running. Default: one of its own. */
  readonly broker?: TestNats;
  readonly env?: Record<string, string>;
}

/** The forms in which every story runs, to the same end. */
export const FORMS: readonly (readonly [name: string, options: WorldOptions])[] = [
  ['all services in one process', {}],
  ['every service in a process of its own', { split: true }],
  ['two processes of every service', { split: true, replicas: 2 }],
  ['every event delivered twice', { deliverTwice: true }],
  ['two processes of every service, every event delivered twice, names with a prefix', { split: true, replicas: 2, deliverTwice: true, prefix: 'acme' }],
  ['repeats come after the broker has forgotten them', { deliverTwice: true, env: { TROUPE_NATS_DUPLICATE_WINDOW_SECONDS: '0.1' } }],
];

/** The whole company on real parts: nats-server with one user per service, all services, an outgoing mail server. */
export interface World extends Running {
  readonly home: string;
  readonly nats: TestNats;
  readonly outgoing: SmtpCapture;
  readonly smtpPort: number;
  readonly operator: Operator;
}

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const home = await mkdtemp(join(tmpdir(), 'troupe-journey-'));
  const { prefix = '' } = options;
  const passwords = Object.fromEntries(services.map(({ name }) => [name, passwordOf(name, prefix)]));
  const nats = options.broker ?? (await startBroker([prefix], options.natsBinary));
  const outgoing = await captureSmtp();
  const smtpPort = await freePort();
  const env = environment({ home, smtpPort, smtpUrl: outgoing.url, TROUPE_NATS_PREFIX: prefix, ...options.env });
  const start = options.split ? startInManyProcesses : startInOneProcess;
  const running = await start({ home, natsUrl: nats.url, passwords, credentials: passwordsOf(passwords, prefix), env, deliverTwice: options.deliverTwice ?? false, replicas: options.replicas ?? 1 });
  const stop = async (): Promise<void> => {
    await running.stop();
    await outgoing.stop();
    if (!options.broker) await nats.stop();
    await rm(home, { recursive: true, force: true });
  };
  return { ...running, home, nats, outgoing, smtpPort, operator: new Operator(running.inboxUrl, OPERATOR_TOKEN), stop };
}

/**
 * A nats-server with one account, in which each service of each company has a user of its own. `others`: users who may do
 * everything, by password.
 */
export async function startBroker(prefixes: readonly string[], binary?: string, others: Readonly<Record<string, string>> = {}): Promise<TestNats> {
  const companies = prefixes.map((prefix) => ({ services, prefix, passwordOf: (service: string) => passwordOf(service, prefix) }));
  const more = Object.entries(others).map(([user, password]) => `{ user: ${user}, password: ${password} }`);
  return startTestNats({ extraConfig: brokerAuthorization(...companies).replace('users = [', `users = [ ${more.join(', ')}`), binary });
}

/** What a service of a company says to the broker in a journey. */
export function passwordOf(service: string, prefix = ''): string {
  return `pass-of-${prefix}-${service}`;
}

/** The environment of every service in a journey; `more` goes over it. */
export function environment({ home, smtpPort, smtpUrl, ...more }: { home: string; smtpPort: number; smtpUrl: string; [name: string]: string | number }): NodeJS.ProcessEnv {
  return {
    TROUPE_HOME: home,
    TROUPE_HTTP_PORT: '0',
    TROUPE_SMTP_PORT: String(smtpPort),
    SMTP_URL: smtpUrl,
    TROUPE_OWNER_EMAIL: OWNER,
    TROUPE_OPERATOR_TOKEN: OPERATOR_TOKEN,
    TROUPE_HOLD_SECONDS: '0',
    TROUPE_LOG_LEVEL: process.env['TROUPE_LOG_LEVEL'] ?? 'silent',
    STRIPE_WEBHOOK_SECRET,
    ...Object.fromEntries(Object.entries(more).map(([name, value]) => [name, String(value)])),
  };
}
