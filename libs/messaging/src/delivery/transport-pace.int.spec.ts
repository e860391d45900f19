import { Controller } from '@nestjs/common';
import { ActionExpired, ActionUndone, type EventOf } from '@troupe/contracts';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { On, openLink, Publisher, type HandlerContext, type NatsLink } from '../index.ts';
import { hostControllers } from '../testing/host-controllers.ts';

/** How long handlers take, how many run at once, and how a service comes to rest. */
describe('the pace of handlers on a real nats-server', () => {
  let nats: TestNats;
  let link: NatsLink;
  let sent = 0;

  beforeAll(async () => {
    nats = await startTestNats();
    link = await openLink({ url: nats.url, service: 'tester' });
  });
  afterAll(async () => {
    await link.connection.close();
    await nats.stop();
  });

  /** Sends events to one run of a test; `run` tells them from those of other tests. */
  async function send(run: string, count: number): Promise<void> {
    const publisher = new Publisher(link, { name: 'tester', version: '1', emits: [ActionUndone] });
    for (let index = 0; index < count; index += 1) {
      sent += 1;
      await publisher.publish(ActionUndone, { actionId: run, digest: 'sha256:00' }, { id: `evt_${sent}`, origin: 'system' });
    }
  }

  it('a handler that takes longer than the ack wait is not disturbed: it gives signs of life', async () => {
    const deliveries: number[] = [];
    @Controller()
    class Slow {
      @On(ActionUndone, { ackWaitMs: 600 })
      async takeTime(event: EventOf<typeof ActionUndone>, ctx: HandlerContext): Promise<void> {
        if (event.data.actionId !== 'slow') return;
        deliveries.push(ctx.deliveryCount);
        await sleep(2_500);
      }
    }
    const stop = await hostControllers([Slow], { natsUrl: nats.url, name: 'slow', emits: [] });
    await send('slow', 1);
    await sleep(3_500);
    await stop();
    expect(deliveries).toEqual([1]);
  }, 20_000);

  it('no more run at once than allowed, and all are run', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    @Controller()
    class Bounded {
      @On(ActionUndone, { concurrency: 3 })
      async work(event: EventOf<typeof ActionUndone>): Promise<void> {
        if (event.data.actionId !== 'bounded') return;
        running += 1;
        most = Math.max(most, running);
        await sleep(20);
        running -= 1;
        done += 1;
      }
    }
    const stop = await hostControllers([Bounded], { natsUrl: nats.url, name: 'bounded', emits: [] });
    await send('bounded', 30);
    await eventually(() => expect(done).toBe(30), { timeoutMs: 15_000 });
    await stop();
    expect(most).toBe(3);
  }, 30_000);

  it('a stop lets what is in hand finish, stores its outputs, and takes nothing new', async () => {
    let started = 0;
    let finished = 0;
    @Controller()
    class Draining {
      @On(ActionUndone, { concurrency: 1 })
      async work(event: EventOf<typeof ActionUndone>, ctx: HandlerContext): Promise<void> {
        if (event.data.actionId !== 'draining') return;
        started += 1;
        await sleep(400);
        ctx.emit(ActionExpired, event.data);
        finished += 1;
      }
    }
    const stop = await hostControllers([Draining], { natsUrl: nats.url, name: 'draining', emits: [ActionExpired] });
    await send('draining', 1);
    await eventually(() => expect(started).toBe(1));
    await stop();
    expect(finished).toBe(1);
    await send('draining', 1);
    await sleep(500);
    expect(started).toBe(1);
    const { num_ack_pending } = await link.manager.consumers.info('EVENTS', 'draining__work');
    expect(num_ack_pending).toBe(0);
  }, 20_000);

  it('a service that is stopped right after its start comes to rest', async () => {
    @Controller()
    class Brief {
      @On(ActionUndone)
      begin(): void {}
      @On(ActionExpired)
      end(): void {}
    }
    for (let round = 0; round < 10; round += 1) {
      const stop = await hostControllers([Brief], { natsUrl: nats.url, name: 'brief', emits: [] });
      await stop();
    }
  }, 20_000);

  it('a handler that does not come to an end is told, and the stop goes on', async () => {
    let aborted = false;
    @Controller()
    class Stubborn {
      @On(ActionUndone)
      async hang(event: EventOf<typeof ActionUndone>, ctx: HandlerContext): Promise<void> {
        if (event.data.actionId !== 'stubborn') return;
        await new Promise<void>((resolve) => {
          ctx.signal.addEventListener('abort', () => {
            aborted = true;
            resolve();
          });
        });
      }
    }
    const stop = await hostControllers([Stubborn], { natsUrl: nats.url, name: 'stubborn', emits: [], drainMs: 300 });
    await send('stubborn', 1);
    await sleep(500);
    await stop();
    expect(aborted).toBe(true);
  }, 20_000);
});
