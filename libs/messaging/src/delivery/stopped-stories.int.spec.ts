import { jest } from '@jest/globals';
import { Controller } from '@nestjs/common';
import {
  ActionExecuted, DeliveryBuckets, DeliveryWaiting, EmailRefused, MessageDeadLettered, StoryQuarantined, WebhookReceived, storyKey, type Envelope, type EventOf,
  type StoryHold,
} from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { EventTail, On, OnAll, openLink, provisionStreams, Publisher, States, type HandlerContext, type NatsLink, type StateStore } from '../index.ts';
import { hostReplica, type Hosted, type HostOptions } from '../testing/host-controllers.ts';
import { StoppedStories } from './stopped-stories.ts';

const refusal = { sizeBytes: 1, failure: { code: 'too_large', retryable: false, message: 'Too large.', hint: 'Send less.' } };
const executed = { actionId: 'act', digest: 'd', authorizationId: 'auth', mode: 'sandbox', providerReference: 'r', summary: 's' } as const;
const because = { kind: 'events', limit: 10, reached: 11 } as const;

jest.setTimeout(40_000);

/** What the delivery does with stories that policy has stopped; the test writes down, in policy's place, which. */
describe('stopped stories on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let publisher: Publisher;
  let sent = 0;
  let names = 0;
  const replicas: Hosted[] = [];
  const written = new Set<string>();

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'tester' });
    await provisionStreams(link);
    publisher = new Publisher(link, { name: 'tester', version: '1', emits: [EmailRefused, ActionExecuted] });
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
    for (const story of written) await write(story, 'ended');
    written.clear();
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  function newName(kind: string): string {
    names += 1;
    return `${kind}${names}`;
  }

  /** A replica that notes which stories reached a handler of work, of outcomes, and of everything. */
  async function replica(name: string, seen: { worked: string[]; told: string[]; recorded: string[] }, options: Partial<HostOptions> = {}): Promise<void> {
    @Controller()
    class Worker {
      @On(EmailRefused)
      work(event: EventOf<typeof EmailRefused>): void {
        seen.worked.push(event.correlationid);
      }

      @On(ActionExecuted)
      hear(event: EventOf<typeof ActionExecuted>): void {
        seen.told.push(event.correlationid);
      }

      @OnAll('evt.>')
      record(event: Envelope): void {
        seen.recorded.push(event.correlationid);
      }
    }
    replicas.push(await hostReplica([Worker], { natsUrl: nats.url, name, emits: [], stoppedForMs: 300, ...options }));
  }

  const nothingSeen = () => ({ worked: [] as string[], told: [] as string[], recorded: [] as string[] });

  async function send(story: string, count = 1, hops = 0): Promise<void> {
    const all = Array.from({ length: count }, () => {
      sent += 1;
      return publisher.publish(EmailRefused, refusal, { id: `evt_stopped_${sent}`, origin: 'external', correlationId: story, hops });
    });
    await Promise.all(all);
  }

  async function sendOutcome(story: string): Promise<void> {
    sent += 1;
    await publisher.publish(ActionExecuted, executed, { id: `evt_stopped_${sent}`, origin: 'external', correlationId: story });
  }

  function holds(): Promise<StateStore<StoryHold>> {
    return new States(link).open<StoryHold>(DeliveryBuckets.quarantine);
  }

  async function write(story: string, state: StoryHold['state'], grants = 0): Promise<void> {
    written.add(story);
    const store = await holds();
    const hold: StoryHold = { story, state, because, grants };
    const found = await store.get(storyKey(story));
    expect(await (found ? store.update(storyKey(story), hold, found.revision) : store.create(storyKey(story), hold))).toBeDefined();
  }

  async function eventsOf(story: string): Promise<Envelope[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(link, pino({ level: 'silent' }));
    const onEvent = async (event: Envelope): Promise<void> => void (event.correlationid === story && events.push(event));
    await tail.read({ fromSequence: 1, throughSequence: await tail.lastSequence(), signal: AbortSignal.timeout(5_000), onEvent });
    return events;
  }

  /** Whether the handler of work has settled all that was meant for it, whatever waits for a release. */
  async function settled(name: string): Promise<boolean> {
    const { num_pending: toCome, num_ack_pending: inHand } = await link.manager.consumers.info('EVENTS', `${name}__work`);
    return toCome + inHand === 0;
  }

  /** How much of its work waits for a release. */
  async function waiting(name: string): Promise<number> {
    const { num_pending: toCome, num_ack_pending: inHand } = await link.manager.consumers.info('REDRIVES', `${name}__redrives`);
    return toCome + inHand;
  }

  const countOf = (stories: readonly string[], story: string): number => stories.filter((each) => each === story).length;

  it.each(['plain', '<odd@id>'])('waits while it is quarantined, goes on once it is released, each event once: %s', async (kind) => {
    const [name, story, other] = [newName('waits'), newName(kind), newName('other')];
    const seen = nothingSeen();
    await write(story, 'quarantined');
    await replica(name, seen);
    await send(story, 3);
    await sendOutcome(story);
    await send(other);
    await eventually(() => expect(seen.worked).toContain(other));
    await eventually(() => expect(seen.told).toContain(story));
    await eventually(() => expect(countOf(seen.recorded, story)).toBe(4));
    await sleep(700);
    expect(countOf(seen.worked, story)).toBe(0);
    await write(story, 'released', 1);
    await eventually(() => expect(countOf(seen.worked, story)).toBe(3));
    await sleep(700);
    expect(countOf(seen.worked, story)).toBe(3);
  });

  it('is silent once it is ended: what waited is settled without being handed over, and outcomes are still heard', async () => {
    const [name, story] = [newName('ends'), newName('ended')];
    const seen = nothingSeen();
    await write(story, 'quarantined');
    await replica(name, seen);
    await send(story, 5);
    await write(story, 'ended');
    await send(story);
    await sendOutcome(story);
    await eventually(() => expect(seen.told).toContain(story));
    await eventually(async () => expect(await settled(name)).toBe(true));
    await eventually(async () => expect(await waiting(name)).toBe(0));
    expect(countOf(seen.worked, story)).toBe(0);
  });

  it('holds for two replicas and after a restart, without a dead letter, a complaint or a suspicion', async () => {
    const [name, story] = [newName('replicas'), newName('held')];
    const seen = nothingSeen();
    await write(story, 'quarantined');
    await replica(name, seen, { patienceMs: 200 });
    await replica(name, seen, { patienceMs: 200 });
    await send(story, 20);
    await sleep(2_500);
    expect(replicas.flatMap((each) => each.waits())).toEqual([]);
    await Promise.all(replicas.splice(0).map((each) => each.stop()));
    await replica(name, seen);
    await replica(name, seen);
    await sleep(1_500);
    expect(countOf(seen.worked, story)).toBe(0);
    const types = (await eventsOf(story)).map(({ type }) => type);
    for (const trouble of [MessageDeadLettered, DeliveryWaiting, StoryQuarantined]) expect(types).not.toContain(trouble.type);
    const records = await new States(link).open(DeliveryBuckets.records);
    for await (const key of await records.keys()) expect(key.startsWith(`${name}.`)).toBe(false);
    await write(story, 'released', 1);
    await eventually(() => expect(countOf(seen.worked, story)).toBe(20), { timeoutMs: 10_000 });
  });

  it('knows all that was stopped before, as soon as it has started', async () => {
    const store = await holds();
    const stories = Array.from({ length: 300 }, (_, index) => newName(`before${index}_`));
    for (const story of stories) await store.create(storyKey(story), { story, state: 'ended', because, grants: 0 });
    const stopped = new StoppedStories(link, pino({ level: 'silent' }));
    await stopped.start();
    expect(stories.map((story) => stopped.of(story)?.state)).toEqual(stories.map(() => 'ended'));
    await stopped.stop();
  });

  it('keeps nobody else waiting, however much of it waits', async () => {
    const [name, story, other] = [newName('crowd'), newName('crowded'), newName('other')];
    const seen = nothingSeen();
    await write(story, 'quarantined');
    await replica(name, seen, { stoppedForMs: 20_000 });
    await send(story, 1_100);
    await send(other);
    await eventually(() => expect(seen.worked).toContain(other), { timeoutMs: 15_000 });
    expect(countOf(seen.worked, story)).toBe(0);
    await eventually(async () => expect(await settled(name)).toBe(true));
  });

  it('a chain that is too long is said once, however many of its events meet the limit, and goes on when it is released', async () => {
    const [name, story] = [newName('chain'), newName('long')];
    const seen = nothingSeen();
    await replica(name, seen);
    await send(story, 3, 40);
    await eventually(async () => expect((await eventsOf(story)).map(({ type }) => type)).toContain(StoryQuarantined.type));
    await sleep(900);
    const said = (await eventsOf(story)).filter(({ type }) => type === StoryQuarantined.type);
    expect(said).toMatchObject([{ data: { handler: `${name}.work`, hops: 40, because: { kind: 'hops', limit: 32, reached: 40 } } }]);
    await write(story, 'released', 1);
    await eventually(() => expect(countOf(seen.worked, story)).toBe(3));
    await send(story, 1, 64);
    await eventually(async () => expect((await eventsOf(story)).filter(({ type }) => type === StoryQuarantined.type)).toHaveLength(2));
    expect(countOf(seen.worked, story)).toBe(3);
  });

  it('a handler that answers each event with two stops, with what was in hand, when its story is stopped', async () => {
    const [name, story, other] = [newName('runaway'), newName('doubling'), newName('other')];
    let handled = 0;
    @Controller()
    class Doubles {
      @On(EmailRefused)
      async work(event: EventOf<typeof EmailRefused>, ctx: HandlerContext): Promise<void> {
        if (event.correlationid === other) handled += 1_000_000;
        if (event.correlationid !== story) return;
        handled += 1;
        if (handled === 50) await write(story, 'quarantined');
        for (let copy = 0; copy < 2; copy += 1) ctx.emit(EmailRefused, refusal);
      }
    }
    const options = { natsUrl: nats.url, name, emits: [EmailRefused, WebhookReceived], stoppedForMs: 300 };
    replicas.push(await hostReplica([Doubles], options), await hostReplica([Doubles], options));
    await send(story);
    await eventually(() => expect(handled).toBeGreaterThanOrEqual(50));
    await sleep(1_000);
    const stoppedAt = handled;
    // What two replicas had in hand, and what came while they were being told.
    expect(stoppedAt).toBeLessThan(50 + 2 * 32 + 100);
    await sleep(1_000);
    expect(handled).toBe(stoppedAt);
    await send(other);
    await eventually(() => expect(handled).toBe(stoppedAt + 1_000_000));
    await write(story, 'ended');
    await eventually(async () => expect(await waiting(name)).toBe(0), { timeoutMs: 8_000 });
    expect(handled).toBe(stoppedAt + 1_000_000);
    expect(await eventsOf(story)).toHaveLength(2 * stoppedAt + 1);
  });

  /** Last, since the holds of the tests before are gone afterwards. */
  it.each<[string, () => Promise<void>]>([
    ['the server was killed and came back', async () => {
      await nats.kill();
      await nats.restart();
    }],
    ['the bucket vanished', async () => void (await link.manager.streams.delete(`KV_${DeliveryBuckets.quarantine}`))],
  ])('hears of it after %s', async (_what, strike) => {
    const [name, story] = [newName('again'), newName('later')];
    const seen = nothingSeen();
    await replica(name, seen);
    await strike();
    await eventually(() => write(story, 'quarantined'), { timeoutMs: 15_000 });
    await sleep(2_000);
    await send(story, 2);
    await eventually(() => expect(countOf(seen.recorded, story)).toBe(2), { timeoutMs: 15_000 });
    await sleep(300);
    expect(countOf(seen.worked, story)).toBe(0);
  });
});
