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

  it('is asked for, with both ways to have one, where there is none', () => {
    expect(() => readBroker({ TROUPE_HOME: home })).toThrow(/set NATS_URL, or run `npm start -- --broker-only`/);
  });

  it('knows the password of a service by a variable that a shell can set', () => {
    expect(natsPasswordVariable('refund-watch')).toBe('TROUPE_NATS_PASSWORD_REFUND_WATCH');
  });
});
