import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brokerFilePath, natsPasswordVariable, readBroker } from './broker.ts';

describe('the broker of a service that runs alone', () => {
  let home: string;

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'troupe-broker-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('is the one at NATS_URL, with the password that the environment has for this service', () => {
    const broker = readBroker({ NATS_URL: 'nats://there:4222', TROUPE_NATS_PASSWORD_GATEWAY: 'secret' });
    expect(broker.natsUrl).toBe('nats://there:4222');
    expect(broker.credentials?.('gateway')).toEqual({ user: 'gateway', pass: 'secret' });
    expect(broker.credentials?.('inbox')).toBeUndefined();
  });

  it('is else the one that runs on the same home', async () => {
    await mkdir(dirname(brokerFilePath(home)), { recursive: true });
    await writeFile(brokerFilePath(home), JSON.stringify({ url: 'nats://127.0.0.1:9', passwords: { gateway: 'own' } }));
    const broker = readBroker({ TROUPE_HOME: home });
    expect(broker.natsUrl).toBe('nats://127.0.0.1:9');
    expect(broker.credentials?.('gateway')).toEqual({ user: 'gateway', pass: 'own' });
  });

  it('knows the service by the name that its company has on a shared broker', async () => {
    const shared = readBroker({ NATS_URL: 'nats://there:4222', TROUPE_NATS_PREFIX: 'ac-me', TROUPE_NATS_PASSWORD_AC_ME__GATEWAY: 'secret', TROUPE_NATS_PASSWORD_INBOX: 'of another' });
    expect([shared.credentials?.('gateway'), shared.credentials?.('inbox')]).toEqual([{ user: 'ac-me.gateway', pass: 'secret' }, undefined]);
    await mkdir(dirname(brokerFilePath(home)), { recursive: true });
    await writeFile(brokerFilePath(home), JSON.stringify({ url: 'nats://127.0.0.1:9', passwords: { gateway: 'own' } }));
    expect(readBroker({ TROUPE_HOME: home, TROUPE_NATS_PREFIX: 'acme' }).credentials?.('gateway')).toEqual({ user: 'acme.gateway', pass: 'own' });
  });

  it('is asked for, with both ways to have one, where there is none', () => {
    expect(() => readBroker({ TROUPE_HOME: home })).toThrow(/set NATS_URL, or run `npm start -- --broker-only`/);
  });

  it('knows the password of a service by a variable that a shell can set', () => {
    expect(natsPasswordVariable('refund-watch')).toBe('TROUPE_NATS_PASSWORD_REFUND_WATCH');
    expect(natsPasswordVariable('refund-watch', 'ac-me')).toBe('TROUPE_NATS_PASSWORD_AC_ME__REFUND_WATCH');
  });
});
