import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AckPolicy } from '@nats-io/jetstream';
import { eventually, startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLink, type NatsLink } from '../broker/nats-link.ts';
import type { IncomingMessage } from './incoming-message.ts';
import { MessageRequests } from './message-requests.ts';
import { WorkQueue } from './work-queue.ts';

const STREAM = 'ASKED';
const DURABLE = 'asker';
const PLACES = 4;

describe('requests to a durable consumer', () => {
  let nats: TestNats;
  let link: NatsLink;
  let queue: WorkQueue;
  let received: IncomingMessage[];
  let finish: (() => void)[];
  let requests: MessageRequests;

  beforeAll(async () => {
    nats = await startTestNats();
  });
  afterAll(() => nats.stop());

  beforeEach(async () => {
    link = await openLink({ url: nats.url, service: 'asker' });
    await link.manager.streams.add({ name: STREAM, subjects: ['asked.>'] });
    await link.manager.consumers.add(STREAM, { durable_name: DURABLE, ack_policy: AckPolicy.Explicit });
    queue = new WorkQueue(PLACES);
    received = [];
    finish = [];
  });
  afterEach(async () => {
    await requests.stop();
    await link.manager.streams.delete(STREAM);
    await link.connection.close();
  });

  /** Each message stays in its place until it is finished. */
  function ask(options: { subject?: string; expiresMs?: number } = {}): MessageRequests {
    requests = new MessageRequests({
      connection: link.connection,
      subject: `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.${DURABLE}`,
      inboxPrefix: '_INBOX_asker',
      names: link.names,
      queue,
      receive: (message) => {
        received.push(message);
        queue.add({ key: undefined, bytes: 1, run: () => new Promise((resolve) => finish.push(resolve)), handBack: () => message.handBack(0) });
      },
      ...options,
    });
    return requests;
  }

  async function publish(count: number): Promise<void> {
    for (let index = 0; index < count; index += 1) await link.jetstream.publish('asked.now', `${index}`);
  }

  async function handedOut(): Promise<number> {
    const { num_ack_pending } = await link.manager.consumers.info(STREAM, DURABLE);
    return num_ack_pending;
  }

  it('never bring more than there are places, and bring the next when one is free', async () => {
    await publish(10);
    ask();
    await eventually(() => expect(received).toHaveLength(PLACES));
    await sleep(200);
    expect({ received: received.length, handedOut: await handedOut() }).toEqual({ received: PLACES, handedOut: PLACES });
    finish.shift()?.();
    await eventually(() => expect(received).toHaveLength(PLACES + 1));
    await sleep(200);
    expect(received.map(({ sequence, deliveryCount }) => [sequence, deliveryCount])).toEqual([1, 2, 3, 4, 5].map((sequence) => [sequence, 1]));
  });

  it('count what was asked for and has not come', async () => {
    ask();
    for (let turn = 1; turn <= 3; turn += 1) {
      await publish(1);
      await eventually(() => expect(finish).toHaveLength(1));
      finish.shift()?.();
    }
    await publish(10);
    await eventually(() => expect(received).toHaveLength(3 + PLACES));
    await sleep(200);
    expect({ received: received.length, handedOut: await handedOut() }).toEqual({ received: 3 + PLACES, handedOut: 3 + PLACES });
  });

  describe('ask in groups', () => {
    let asked: number[];

    beforeEach(() => {
      asked = [];
      link.connection.subscribe('$JS.API.CONSUMER.MSG.NEXT.>', { callback: (_error, message) => void asked.push(message.json<{ batch: number }>().batch) });
    });

    it('for places that become free together', async () => {
      await publish(12);
      ask();
      await eventually(() => expect(received).toHaveLength(PLACES));
      finish.splice(0).forEach((end) => end());
      await eventually(() => expect(received).toHaveLength(2 * PLACES));
      await eventually(() => expect(asked).toEqual([PLACES, PLACES]));
    });

    it('for one place not before half of all are free, as long as something is asked for', async () => {
      ask();
      await publish(2);
      await eventually(() => expect(finish).toHaveLength(2));
      finish.shift()?.();
      await sleep(100);
      expect(asked).toEqual([PLACES]);
      finish.shift()?.();
      await eventually(() => expect(asked).toEqual([PLACES, PLACES / 2]));
    });
  });

  it('go on after a request that nothing came for, as many as before', async () => {
    ask({ expiresMs: 1_000 });
    await sleep(2_500);
    await publish(10);
    await eventually(() => expect(received).toHaveLength(PLACES));
    await sleep(200);
    expect({ received: received.length, handedOut: await handedOut() }).toEqual({ received: PLACES, handedOut: PLACES });
  });

  it.each([
    ['the consumer is deleted', () => link.manager.consumers.delete(STREAM, DURABLE), /409/],
    ['the stream is deleted', () => link.manager.streams.delete(STREAM).then(() => link.manager.streams.add({ name: STREAM, subjects: ['asked.>'] })), /409/],
  ])('end when %s', async (_name, happen, reason) => {
    const { ended } = ask();
    await sleep(50);
    await happen();
    await expect(ended).rejects.toThrow(reason);
  });

  it('end when nobody knows of them and the broker says nothing', async () => {
    await expect(ask({ subject: `$JS.API.CONSUMER.MSG.NEXT.${STREAM}.nobody` }).ended).rejects.toThrow('says nothing');
  }, 15_000);

  it('stop without losing what is on its way: it is handed back, and comes to whoever asks next', async () => {
    ask();
    queue.close();
    await publish(3);
    await requests.stop();
    await expect(requests.ended).resolves.toBeUndefined();
    queue = new WorkQueue(PLACES);
    received = [];
    ask();
    await eventually(() => expect(received.map(({ sequence }) => sequence).sort()).toEqual([1, 2, 3]));
  });
});
