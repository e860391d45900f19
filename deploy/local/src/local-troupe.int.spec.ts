import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerFilePath, readBroker } from '@troupe/service-host';
import { freePort } from '@troupe/testkit';
import { startLocalTroupe, type LocalTroupe } from './local-troupe.ts';
import { localSettings } from './settings.ts';

/** `npm start` with its own nats-server: prefix and domain are the same for the broker, its users, and the services. */
describe.each([
  ['as it is by default', {}, 'gateway'],
  ['with a prefix', { TROUPE_NATS_PREFIX: 'acme' }, 'acme.gateway'],
  ['with a prefix, in a JetStream domain', { TROUPE_NATS_PREFIX: 'acme', TROUPE_NATS_DOMAIN: 'hub' }, 'acme.gateway'],
])('a local Troupe %s', (_name, names, user) => {
  let env: NodeJS.ProcessEnv;
  let troupe: LocalTroupe;
  let home: string;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'troupe-local-'));
    env = { ...names, TROUPE_HOME: home, TROUPE_HTTP_PORT: '0', TROUPE_SMTP_PORT: String(await freePort()), TROUPE_OPERATOR_TOKEN: 'an-operator-token', TROUPE_LOG_LEVEL: 'silent' };
    troupe = await startLocalTroupe(localSettings(env), { brokerOnly: false, env, log: () => undefined });
  }, 60_000);
  afterAll(async () => {
    await troupe?.stop();
    await rm(home, { recursive: true, force: true });
  }, 30_000);

  it('is ready, and its broker refuses nothing', async () => {
    const ready = await fetch(`${troupe.solo?.httpUrl}/readyz`);
    expect(ready.status).toBe(200);
    expect(await readFile(join(home, 'nats', 'nats.log'), 'utf8')).not.toMatch(/violation/i);
  });

  it('is found by a service that starts alone, under the name it has there', async () => {
    expect(await readFile(brokerFilePath(home), 'utf8')).toContain('"gateway"');
    expect(readBroker(env)).toMatchObject({ natsUrl: troupe.natsUrl });
    expect(readBroker(env).credentials?.('gateway')?.user).toBe(user);
  });
});
