import { setTimeout as sleep } from 'node:timers/promises';
import { ActionExpired, type Envelope } from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { pino } from 'pino';
import { EventTail, openLink, provisionStreams, Publisher, type NatsLink } from '../index.ts';

describe('an event tail at the end of the stream', () => {
  let nats: TestNats;
  let link: NatsLink;
  let seen: string[];
  const stop = new AbortController();
  let following: Promise<void>;

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'follower' });
    await provisionStreams(link);
    seen = [];
    const onEvent = ({ id }: Envelope): Promise<void> => Promise.resolve(void seen.push(id));
    following = new EventTail(link, pino({ level: 'silent' })).follow({ fromSequence: 1, signal: stop.signal, onEvent });
  });
  afterAll(async () => {
    stop.abort();
    await following;
    await link.connection.close();
    await nats.stop();
  });

  async function say(id: string): Promise<void> {
    const publisher = new Publisher(link, { name: 'follower', version: '1.0.0', emits: [ActionExpired] });
    await eventually(() => publisher.publish(ActionExpired, { actionId: 'act_1', digest: 'sha256:00' }, { id, origin: 'system' }), { timeoutMs: 10_000 });
  }

  it.each([
    ['a moment', 100],
    ['two seconds', 2_000],
    ['five seconds', 5_000],
  ])('goes on within five seconds after the broker was away for %s', async (_name, downMs) => {
    await say(`before-${downMs}`);
    await eventually(() => expect(seen).toContain(`before-${downMs}`));
    await nats.kill();
    await sleep(downMs);
    await nats.restart();
    await say(`after-${downMs}`);
    await eventually(() => expect(seen).toContain(`after-${downMs}`), { timeoutMs: 5_000 });
    expect(seen.filter((id) => id === `after-${downMs}`)).toHaveLength(1);
  }, 40_000);
});
