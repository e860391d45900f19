import { Controller } from '@nestjs/common';
import { ActionExpired, ActionUndone, DeliveryBuckets, DeliveryResumed, DeliveryWaiting, MessageDeadLettered, Streams, type Envelope, type EventOf } from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { DeadLetters, EventTail, NotDueError, On, openLink, provisionStreams, Publisher, RetryableError, States, TerminalError, type NatsLink } from '../index.ts';
import { hostReplica, type Hosted, type HostOptions } from '../testing/host-controllers.ts';

/** What the delivery promises with two replicas, after a kill, without its consumer, and while something is away. */
describe('replicas on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let sent = 0;
  const replicas: Hosted[] = [];

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'tester' });
    await provisionStreams(link);
  });
  afterEach(async () => {
    await Promise.all(replicas.splice(0).map((replica) => replica.stop()));
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  type Work = (event: EventOf<typeof ActionUndone>) => Promise<void> | void;

  /** One replica of a service with one handler, which is told only of the events of this test. */
  async function replica(name: string, work: Work, options: Partial<HostOptions> & { concurrency?: number; timer?: boolean; ackWaitMs?: number } = {}): Promise<Hosted> {
    const { concurrency = 16, timer = false, ackWaitMs = 500, ...rest } = options;
    @Controller()
    class Worker {
      @On(ActionUndone, { concurrency, timer, ackWaitMs })
      async work(event: EventOf<typeof ActionUndone>): Promise<void> {
        if (event.data.actionId === name) await work(event);
      }
    }
    const hosted = await hostReplica([Worker], { natsUrl: nats.url, name, emits: [ActionExpired], ...rest });
    replicas.push(hosted);
    return hosted;
  }

  async function send(name: string, count: number): Promise<string[]> {
    const publisher = new Publisher(link, { name: 'tester', version: '1', emits: [ActionUndone] });
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      sent += 1;
      ids.push((await publisher.publish(ActionUndone, { actionId: name, digest: 'sha256:00' }, { id: `evt_${sent}`, origin: 'system' })).id);
    }
    return ids;
  }

  async function said(service: string): Promise<Envelope[]> {
    const events: Envelope[] = [];
    const tail = new EventTail(link, pino({ level: 'silent' }));
    const onEvent = async (event: Envelope): Promise<void> => void (event.agent === service && events.push(event));
    await tail.read({ fromSequence: 1, throughSequence: await tail.lastSequence(), signal: AbortSignal.timeout(5_000), onEvent });
    return events;
  }

  it('a replica takes only what it can begin: one that joins later gets its share of what waits', async () => {
    const took: Record<string, number> = { first: 0, second: 0 };
    const work = (who: string): Work => async () => {
      took[who] = (took[who] ?? 0) + 1;
      await sleep(60);
    };
    await send('shared', 80);
    await replica('shared', work('first'), { concurrency: 4 });
    await eventually(() => expect(took['first']).toBeGreaterThan(0));
    expect((await link.manager.consumers.info('EVENTS', 'shared__work')).num_ack_pending).toBeLessThanOrEqual(4);
    await replica('shared', work('second'), { concurrency: 4 });
    await eventually(() => expect((took['first'] ?? 0) + (took['second'] ?? 0)).toBe(80), { timeoutMs: 20_000 });
    expect(took['second']).toBeGreaterThan(20);
  }, 30_000);

  it('a stop hands back at once what was not begun, and nothing begins after it', async () => {
    const begun: string[] = [];
    const first = await replica('stopped', async (event) => {
      begun.push(event.id);
      await sleep(300);
    }, { concurrency: 2, ackWaitMs: 30_000 });
    await send('stopped', 10);
    await eventually(() => expect(begun).toHaveLength(2));
    await first.stop();
    replicas.length = 0;
    const atStop = [...begun];
    await sleep(400);
    expect(begun).toEqual(atStop);
    const after: string[] = [];
    await replica('stopped', (event) => void after.push(event.id), { ackWaitMs: 30_000 });
    await eventually(() => expect(new Set([...begun, ...after]).size).toBe(10), { timeoutMs: 5_000 });
    expect(after.filter((id) => begun.includes(id))).toEqual([]);
  }, 20_000);

  it('what a dead replica had in hand is taken up by another soon', async () => {
    let hung = 0;
    const dying = await replica('killed', () => {
      hung += 1;
      return new Promise<void>(() => {});
    });
    await send('killed', 5);
    await eventually(() => expect(hung).toBe(5));
    await dying.die();
    replicas.length = 0;
    const done = new Set<string>();
    await replica('killed', (event) => void done.add(event.id));
    await eventually(() => expect(done.size).toBe(5), { timeoutMs: 5_000 });
  }, 20_000);

  it('a message that takes every process down is buried; those beside it are handled', async () => {
    const handled = new Set<string>();
    const [poison, ...others] = await send('poisoned', 4);
    let deaths = 0;
    const live = async (): Promise<void> => {
      const process = await replica('poisoned', async (event) => {
        if (event.id !== poison) return void handled.add(event.id);
        deaths += 1;
        await process.die();
        await new Promise<void>(() => {});
      });
    };
    for (let round = 0; round < 20 && !(await said('poisoned')).some(({ type }) => type === MessageDeadLettered.type); round += 1) {
      const before = deaths;
      await live();
      await eventually(async () => expect(deaths > before || (await said('poisoned')).some(({ type }) => type === MessageDeadLettered.type)).toBe(true), { timeoutMs: 8_000 });
      if (deaths > before) replicas.length = 0;
    }
    const [letter] = (await said('poisoned')).filter(({ type }) => type === MessageDeadLettered.type) as EventOf<typeof MessageDeadLettered>[];
    expect(letter?.data).toMatchObject({ eventId: poison, failure: { code: 'poison', retryable: false } });
    expect(deaths).toBeGreaterThanOrEqual(6);
    expect([...handled].sort()).toEqual([...others].sort());
  }, 90_000);

  it('something away for long makes no dead letter, is said aloud once, and said again when it is back', async () => {
    let isAway = true;
    const tries: string[] = [];
    const hosted = await replica('patient', (event) => {
      tries.push(event.id);
      if (isAway) throw new RetryableError('The store is away.', { code: 'store_away', delayMs: 20, hint: 'Start it.' });
    }, { patienceMs: 300 });
    const ids = await send('patient', 3);
    await eventually(() => expect(tries.length).toBeGreaterThan(20), { timeoutMs: 15_000 });
    await eventually(() => expect(hosted.waits()).toMatchObject([{ service: 'patient', handler: 'work', code: 'store_away', messages: 3 }]));
    await eventually(async () => expect((await said('patient')).map(({ type }) => type)).toEqual([DeliveryWaiting.type]), { timeoutMs: 5_000 });
    isAway = false;
    await eventually(async () => expect((await said('patient')).map(({ type }) => type)).toEqual([DeliveryWaiting.type, DeliveryResumed.type]), { timeoutMs: 15_000 });
    expect(hosted.waits()).toEqual([]);
    expect(new Set(tries)).toEqual(new Set(ids));
  }, 40_000);

  it('any number may wait for a moment; it costs nobody else a place', async () => {
    const dueMs = Date.now() + 2_500;
    const early: number[] = [];
    const done = new Set<string>();
    await replica('timers', (event) => {
      if (Date.now() < dueMs) throw new NotDueError('Not yet.', dueMs);
      early.push(Date.now() - dueMs);
      done.add(event.id);
    }, { timer: true, concurrency: 2 });
    await send('timers', 50);
    await eventually(() => expect(done.size).toBe(50), { timeoutMs: 10_000 });
    expect(Math.min(...early)).toBeGreaterThanOrEqual(0);
    expect((await said('timers')).filter(({ type }) => type === MessageDeadLettered.type)).toEqual([]);
  }, 20_000);

  it.each([['while two replicas hold its messages', 2], ['while none of them runs', 0]])('a consumer that is deleted %s loses no waiting timer', async (_when, running) => {
    const name = `deleted${running}`;
    let isDue = false;
    const done = new Set<string>();
    const work: Work = (event) => {
      if (!isDue) throw new NotDueError('Not yet.', Date.now() + 200);
      done.add(event.id);
    };
    await replica(name, work, { timer: true });
    await replica(name, work, { timer: true });
    const ids = await send(name, 40);
    await eventually(async () => expect((await link.manager.consumers.info('EVENTS', `${name}__work`)).num_ack_pending).toBe(40));
    if (running === 0) await Promise.all(replicas.splice(0).map((hosted) => hosted.stop()));
    await link.manager.consumers.delete(Streams.events.name, `${name}__work`);
    if (running === 0) await replica(name, work, { timer: true });
    await sleep(1_000);
    isDue = true;
    await eventually(() => expect(done).toEqual(new Set(ids)), { timeoutMs: 15_000 });
  }, 40_000);

  it('a handler that is deployed with another ack wait starts, also where the server changes no consumer, and loses no waiting timer', async () => {
    let isDue = false;
    const done = new Set<string>();
    const work: Work = (event) => {
      if (!isDue) throw new NotDueError('Not yet.', Date.now() + 200);
      done.add(event.id);
    };
    const first = await replica('changed', work, { timer: true });
    const ids = await send('changed', 10);
    await eventually(async () => expect((await link.manager.consumers.info('EVENTS', 'changed__work')).num_ack_pending).toBe(10));
    await first.stop();
    await replica('changed', work, { timer: true, ackWaitMs: 900 });
    expect((await link.manager.consumers.info('EVENTS', 'changed__work')).config.ack_wait).toBe(900_000_000);
    isDue = true;
    await eventually(() => expect(done).toEqual(new Set(ids)), { timeoutMs: 15_000 });
  }, 30_000);

  it('a stream that is gone is made anew, and what comes then is handled: its sequences begin again below the position', async () => {
    const done = new Set<string>();
    await replica('emptied', (event) => void done.add(event.id));
    const before = await send('emptied', 20);
    await eventually(() => expect(done).toEqual(new Set(before)));
    await eventually(async () => {
      const kept = await new States(link).open<{ sequence: number }>(DeliveryBuckets.positions);
      expect((await kept.get('emptied.emptied__work'))?.state.sequence).toBeGreaterThanOrEqual(20);
    }, { timeoutMs: 10_000 });
    await link.manager.streams.delete(Streams.events.name);
    const after = await eventually(() => send('emptied', 3), { timeoutMs: 10_000 });
    await eventually(() => expect([...done]).toEqual(expect.arrayContaining(after)), { timeoutMs: 15_000 });
  }, 40_000);

  it('replicas that start together on a fresh consumer all start', async () => {
    const done: string[] = [];
    await Promise.all(Array.from({ length: 6 }, () => replica('together', (event) => void done.push(event.id))));
    const ids = await send('together', 12);
    await eventually(() => expect([...done].sort()).toEqual([...ids].sort()));
  }, 30_000);

  it('a redrive reaches the handler that failed, and no other', async () => {
    let isBroken = true;
    const reached = { failing: 0, other: 0 };
    @Controller()
    class Two {
      @On(ActionUndone)
      failing(event: EventOf<typeof ActionUndone>): void {
        if (event.data.actionId !== 'redriven') return;
        reached.failing += 1;
        if (isBroken) throw new TerminalError('No.', { code: 'no' });
      }
      @On(ActionUndone)
      other(event: EventOf<typeof ActionUndone>): void {
        if (event.data.actionId === 'redriven') reached.other += 1;
      }
    }
    replicas.push(await hostReplica([Two], { natsUrl: nats.url, name: 'redriven', emits: [] }));
    replicas.push(await hostReplica([Two], { natsUrl: nats.url, name: 'bystander', emits: [] }));
    await send('redriven', 1);
    await eventually(async () => expect((await said('redriven')).map(({ type }) => type)).toEqual([MessageDeadLettered.type]));
    await eventually(() => expect(reached).toEqual({ failing: 2, other: 2 }));
    const [died] = (await said('redriven')) as EventOf<typeof MessageDeadLettered>[];
    await new DeadLetters(link).redrive(died?.data.deadLetterId ?? '');
    await eventually(async () => expect((await said('redriven')).map(({ type }) => type)).toEqual([MessageDeadLettered.type, MessageDeadLettered.type]));
    isBroken = false;
    await new DeadLetters(link).redrive(((await said('redriven'))[1] as EventOf<typeof MessageDeadLettered>).data.deadLetterId);
    await eventually(() => expect(reached).toEqual({ failing: 4, other: 2 }));
    await sleep(300);
    expect(reached).toEqual({ failing: 4, other: 2 });
    expect((await link.manager.streams.info(Streams.redrives.name)).state.messages).toBe(0);
  }, 20_000);
});
