import { Streams } from '@troupe/contracts';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { DEFAULT_BROKER_SETTINGS, openLink, provisionStreams, type BrokerSettings, type NatsLink } from '../index.ts';

describe('the streams on a real nats-server', () => {
  let nats: TestNats;
  const links: NatsLink[] = [];

  beforeEach(async () => {
    nats = await startTestNats();
  });
  afterEach(async () => {
    await Promise.all(links.splice(0).map(({ connection }) => connection.close()));
    await nats.stop();
  });

  async function provisioned(settings: Partial<BrokerSettings> = {}): Promise<NatsLink> {
    const link = await openLink({ url: nats.url, service: 'tester', settings: { ...DEFAULT_BROKER_SETTINGS, ...settings } });
    links.push(link);
    await provisionStreams(link);
    return link;
  }

  it('name one history: the same for everybody, another one for a broker that begins empty', async () => {
    const together = await Promise.all([provisioned(), provisioned(), provisioned()]);
    const realms = new Set(together.map(({ history }) => history.realm));
    expect([...realms]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    const [link] = together;
    for (const { name } of Object.values(Streams)) await link?.manager.streams.delete(name);
    expect(realms).not.toContain((await provisioned()).history.realm);
  });

  it('that exist are brought to the wanted settings', async () => {
    await provisioned();
    const link = await provisioned({ duplicateWindowMs: 100 });
    expect((await link.manager.streams.info(Streams.events.name)).config.duplicate_window).toBe(100_000_000);
  });

  it('are left alone by a service that may not change them', async () => {
    await provisioned();
    const link = await provisioned({ duplicateWindowMs: 100, adjusts: false });
    expect((await link.manager.streams.info(Streams.events.name)).config.duplicate_window).toBe(3_600_000_000_000);
  });

  it('are refused with the fix where a setting cannot be changed', async () => {
    await provisioned();
    await expect(provisioned({ memory: true })).rejects.toThrow(/EVENTS is kept in file, not in memory as TROUPE_NATS_STORAGE wants: set it to "file"/);
  });
});
