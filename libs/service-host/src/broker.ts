import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrokerNames } from '@troupe/messaging';
import type { Credentials } from './running-service.ts';

/** What a running self-started broker leaves in the home folder for services that start later. Mode 0600. */
interface BrokerFile {
  readonly url: string;
  readonly passwords: Readonly<Record<string, string>>;
}

/** A broker and how each service is known to it. */
export interface Broker {
  readonly natsUrl: string;
  readonly credentials?: (service: string) => Credentials | undefined;
}

/** Where a self-started broker leaves its address for services that start later. */
export function brokerFilePath(home: string): string {
  return join(home, 'nats', 'broker.json');
}

/**
 * The broker for a service that runs alone: `NATS_URL`, with the service's password where the environment has one, else
 * the one that `npm start` runs on the same home folder.
 */
export function readBroker(env: NodeJS.ProcessEnv): Broker {
  if (env['NATS_URL']) return { natsUrl: env['NATS_URL'], credentials: (service) => credentialsFrom(env, service) };
  const path = brokerFilePath(env['TROUPE_HOME'] ?? './.troupe');
  if (!existsSync(path)) throw new Error('There is no broker: set NATS_URL, or run `npm start -- --broker-only` in another terminal.');
  const file = JSON.parse(readFileSync(path, 'utf8')) as BrokerFile;
  return { natsUrl: file.url, credentials: passwordsOf(file.passwords, prefixIn(env)) };
}

/** Credentials by service name, for the company with this prefix; undefined for a service without a password. */
export function passwordsOf(passwords: Readonly<Record<string, string>>, prefix = ''): (service: string) => Credentials | undefined {
  const names = new BrokerNames(prefix);
  return (service) => {
    const pass = passwords[service];
    return pass === undefined ? undefined : { user: names.user(service), pass };
  };
}

/**
 * The variable with a service's password: `TROUPE_NATS_PASSWORD_GATEWAY`. With a prefix `TROUPE_NATS_PASSWORD_ACME__GATEWAY`,
 * so that a broker that companies share can be given all of them.
 */
export function natsPasswordVariable(service: string, prefix = ''): string {
  const company = prefix === '' ? '' : `${prefix}__`;
  return `TROUPE_NATS_PASSWORD_${company}${service}`.replaceAll('-', '_').toUpperCase();
}

function credentialsFrom(env: NodeJS.ProcessEnv, service: string): Credentials | undefined {
  const prefix = prefixIn(env);
  const pass = env[natsPasswordVariable(service, prefix)];
  return pass ? { user: new BrokerNames(prefix).user(service), pass } : undefined;
}

function prefixIn(env: NodeJS.ProcessEnv): string {
  return env['TROUPE_NATS_PREFIX'] ?? '';
}
