import { Controller } from '@nestjs/common';
import { ActionUndone, DeliveryBuckets, MessageDeadLettered, Streams, type Envelope, type EventOf } from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { DeadLetters, EventTail, isEvent, On, openLink, provisionStreams, Publisher, States, TerminalError, type NatsLink } from '../index.ts';
import { hostReplica, type Hosted } from '../testing/host-controllers.ts';

/** What counts in sequences, after the stream has begun anew while it was kept: nothing is taken for what it was. */
describe('a history that is not the one before, on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let tail: EventTail;
  let hosted: Hosted | undefined;
  let sent = 0;

  beforeEach(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'tester' });
    tail = new EventTail(link, pino({ level: 'silent' }));
    await provisionStreams(link);
  });
  afterEach(async () => {
    await hosted?.stop();
    hosted = undefined;
    await link.connection.close();
    await nats.stop();
  });

  const publisher = () => new Publisher(link, { name: 'tester', version: '1', emits: [ActionUndone] });
  const publish = (actionId: string) => publisher().publish(ActionUndone, { actionId, digest: 'sha256:00' }, { id: `evt_${(sent += 1)}`, origin: 'system' });

  async function publishMany(count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) ids.push((await publish('act_1')).id);
    return ids;
  }
  async function beginAnew(): Promise<void> {
    await link.manager.streams.delete(Streams.events.name);
    await provisionStreams(link);
  }
  async function buriedAt(sequence: number): Promise<string> {
    const found: string[] = [];
    const onEvent = async (event: Envelope): Promise<void> => void (isEvent(MessageDeadLettered, event) && found.push(event.data.deadLetterId));
    await tail.read({ fromSequence: sequence, throughSequence: sequence, signal: AbortSignal.timeout(5_000), onEvent });
    return found[0] ?? '';
  }
  async function host(work: (event: Envelope) => void): Promise<Hosted> {
    @Controller()
    class Worker {
      @On(ActionUndone)
      async work(event: EventOf<typeof ActionUndone>): Promise<void> {
        work(event);
      }
    }
    return hostReplica([Worker], { natsUrl: nats.url, name: 'worker', emits: [] });
  }

  it.each([5, 20, 40])('a position counts for nothing in it: of %s events none is passed over', async (count) => {
    const done: string[] = [];
    hosted = await host(({ id }) => done.push(id));
    const before = await publishMany(20);
    await eventually(async () => {
      const kept = await new States(link).open<{ sequence: number }>(DeliveryBuckets.positions);
      expect((await kept.get('worker.worker__work'))?.state.sequence).toBe(20);
    }, { timeoutMs: 10_000 });
    await hosted.stop();
    await beginAnew();
    const after = await publishMany(count);
    hosted = await host(({ id }) => done.push(id));
    await eventually(() => expect([...done].sort()).toEqual([...before, ...after].sort()), { timeoutMs: 10_000 });
  }, 40_000);

  it('a dead letter from before is not redriven with the event that has its sequence now', async () => {
    const seen: string[] = [];
    hosted = await host(({ id }) => {
      seen.push(id);
      if (seen.length === 1) throw new TerminalError('No.', { code: 'no' });
    });
    await publish('act_1');
    await eventually(async () => expect(await tail.lastSequence()).toBe(2));
    const letter = await buriedAt(2);
    await beginAnew();
    const { id } = await publish('act_2');
    await eventually(() => expect(seen).toContain(id), { timeoutMs: 10_000 });
    const before = seen.length;
    await expect(new DeadLetters(link).redrive(letter)).rejects.toMatchObject({ code: 'event_gone' });
    await sleep(300);
    expect(seen).toHaveLength(before);
  }, 40_000);

  it.each([3, 20])('a tail of the one before ends, so that nobody waits in it for sequence eleven: %s events', async (count) => {
    const { realm } = await tail.history();
    const heard: string[] = [];
    await publishMany(10);
    const following = tail.follow({ fromSequence: 1, realm, signal: AbortSignal.timeout(30_000), onEvent: async ({ id }) => void heard.push(id) });
    await eventually(() => expect(heard).toHaveLength(10));
    await beginAnew();
    await publishMany(count);
    await following;
    expect((await tail.history()).realm).not.toBe(realm);
    const late: string[] = [];
    await tail.follow({ fromSequence: 11, realm, signal: AbortSignal.timeout(30_000), onEvent: async ({ id }) => void late.push(id) });
    expect(late).toEqual([]);
  }, 40_000);

  it('a broker that only restarts keeps its history, and the tail goes on in it', async () => {
    const { realm } = await tail.history();
    const heard: string[] = [];
    const stop = new AbortController();
    await publishMany(3);
    const following = tail.follow({ fromSequence: 1, realm, signal: stop.signal, onEvent: async ({ id }) => void heard.push(id) });
    await eventually(() => expect(heard).toHaveLength(3));
    await nats.kill();
    await nats.restart();
    const ids = await eventually(() => publishMany(2), { timeoutMs: 10_000 });
    await eventually(() => expect(heard).toEqual(expect.arrayContaining(ids)), { timeoutMs: 15_000 });
    stop.abort();
    await following;
  }, 40_000);
});
