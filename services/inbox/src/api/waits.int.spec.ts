import { DeliveryResumed, DeliveryWaiting, Streams } from '@troupe/contracts';
import { redriveFilter } from '@troupe/messaging';
import { eventually } from '@troupe/testkit';
import { RunningInbox } from '../testing/running-inbox.ts';
import { mailFromAna, sampleEvent } from '../testing/sample-events.ts';
import { readStream } from '../testing/stream-reader.ts';
import { SummaryReply, WaitListReply } from './api.contract.ts';

const since = '2026-11-23T09:00:00.000Z';
const mongo = { code: 'mongodb_away', message: 'MongoDB does not answer.', hint: 'See to MONGODB_URL.' };

interface Held {
  nak(): void;
  ackAck(): Promise<boolean>;
}

describe('what a handler waits for', () => {
  let app: RunningInbox;
  beforeAll(async () => {
    app = await RunningInbox.start();
    await app.publish(mailFromAna('one'), mailFromAna('two'));
  }, 30_000);
  afterAll(() => app.stop());

  const waits = async () => WaitListReply.parse((await app.call('GET', '/api/waits')).body).items;
  const counted = async () => SummaryReply.parse((await app.call('GET', '/api/summary')).body).waits;
  const says = async (service: string, handler: string, messages = 1) => {
    await app.publish(sampleEvent(DeliveryWaiting, { service, handler, ...mongo, since, messages }, { id: `${service} ${handler} waits`, agent: service }));
    await eventually(async () => expect(await counted()).toBeGreaterThan(0));
  };

  /** Messages of a durable consumer that were handed back and have come again. */
  const handedBack = async (stream: string, durable: string, filter: string, count: number): Promise<Held[]> => {
    await app.link.manager.consumers.add(stream, { durable_name: durable, filter_subject: filter, ack_policy: 'explicit', ack_wait: 60_000_000_000 });
    const consumer = await app.link.jetstream.consumers.get(stream, durable);
    const take = async (): Promise<Held[]> => {
      const taken: Held[] = [];
      for await (const message of await consumer.fetch({ max_messages: count, expires: 5_000 })) taken.push(message);
      return taken;
    };
    for (const message of await take()) message.nak();
    return take();
  };

  it('is shown with as many messages as the broker holds for it, and goes when it is said to be over', async () => {
    const [first, second] = await handedBack(Streams.events.name, 'connectors__run', 'evt.email.received.>', 2);
    await says('connectors', 'run');
    expect(await waits()).toEqual([{ service: 'connectors', handler: 'run', ...mongo, since, messages: 2 }]);
    expect(await counted()).toBe(1);
    await first?.ackAck();
    expect(await waits()).toMatchObject([{ messages: 1 }]);
    await app.publish(sampleEvent(DeliveryResumed, { service: 'connectors', handler: 'run', ...mongo, since }, { id: 'over', agent: 'connectors' }));
    await eventually(async () => expect(await counted()).toBe(0));
    expect(await waits()).toEqual([]);
    await second?.ackAck();
  }, 20_000);

  it('goes without a word when the one who waited has died and another has settled what it held', async () => {
    const held = await handedBack(Streams.events.name, 'memory__recordEvent', 'evt.email.received.>', 2);
    await says('memory', 'recordEvent', 2);
    expect(await waits()).toHaveLength(1);
    for (const message of held) await message.ackAck();
    expect(await waits()).toEqual([]);
    expect(await counted()).toBe(0);
  }, 20_000);

  it('goes when the handler is not deployed any more', async () => {
    await handedBack(Streams.events.name, 'retired__work', 'evt.email.received.>', 2);
    await says('retired', 'work');
    expect(await waits()).toHaveLength(1);
    await app.link.manager.consumers.delete(Streams.events.name, 'retired__work');
    expect(await waits()).toEqual([]);
  }, 20_000);

  it('stays while the broker cannot be asked', async () => {
    await says('far', 'un.askable', 7);
    expect(await waits()).toMatchObject([{ handler: 'un.askable', messages: 7 }]);
    await app.publish(sampleEvent(DeliveryResumed, { service: 'far', handler: 'un.askable', ...mongo, since }, { id: 'asked', agent: 'far' }));
    await eventually(async () => expect(await counted()).toBe(0));
  }, 20_000);

  it('what is tried again by order of the owner is looked for among the redrives', async () => {
    await app.link.jetstream.publish(redriveFilter('policy2').replace('>', 'work'), '{}');
    const [held] = await handedBack(Streams.redrives.name, 'policy2__redrives', redriveFilter('policy2'), 1);
    await says('policy2', 'redrive.work');
    expect(await waits()).toMatchObject([{ handler: 'redrive.work', messages: 1 }]);
    await held?.ackAck();
    expect(await waits()).toEqual([]);
  }, 20_000);

  it('is told to a page that is open', async () => {
    const watched = readStream(app, {}, ({ event }) => event === 'wait');
    await eventually(async () => expect((await app.call('GET', '/metrics')).body).toContain('troupe_inbox_stream_clients 1'));
    await says('watched', 'work');
    expect((await watched).at(-1)).toMatchObject({ event: 'wait' });
  }, 20_000);

  it('needs the operator', async () => {
    expect(await app.call('GET', '/api/waits', undefined, null)).toMatchObject({ status: 401 });
  });
});
