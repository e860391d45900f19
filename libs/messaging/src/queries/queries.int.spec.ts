import { defineQuery } from '@troupe/contracts';
import { startTestNats, type TestNats } from '@troupe/testkit';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openLink, Queries, type NatsLink } from '../index.ts';
import { respondTo } from './query-responder.ts';

const Think = defineQuery({ subject: 'qry.test.think', timeoutMs: 20_000, request: z.object({ ms: z.int() }), reply: z.object({ done: z.boolean() }) });

describe('a query on a real nats-server', () => {
  let nats: TestNats;
  let asker: NatsLink;
  const over = new AbortController();

  beforeAll(async () => {
    nats = await startTestNats();
    asker = await openLink({ url: nats.url, service: 'asker' });
  });
  afterAll(async () => {
    over.abort();
    await asker.connection.close();
    await nats.stop();
  });

  async function thinker(): Promise<NatsLink> {
    const link = await openLink({ url: nats.url, service: 'thinker' });
    respondTo(link, Think, async (request) => {
      await sleep((request as { ms: number }).ms, undefined, { signal: over.signal });
      return { done: true };
    });
    await link.connection.flush();
    return link;
  }

  it('waits for long work, which gives signs of life', async () => {
    const link = await thinker();
    await expect(new Queries(asker, [Think]).ask(Think, { ms: 6_500 })).resolves.toEqual({ done: true });
    await link.connection.close();
  }, 15_000);

  it('does not wait for an answerer that died while it worked', async () => {
    const link = await thinker();
    const began = Date.now();
    const asked = new Queries(asker, [Think]).ask(Think, { ms: 15_000 });
    await Promise.all([sleep(300).then(() => link.connection.close()), expect(asked).rejects.toThrow(/fell silent/)]);
    expect(Date.now() - began).toBeLessThan(10_000);
  }, 20_000);

  it('says at once that nobody is there', async () => {
    await expect(new Queries(asker, [Think]).ask(Think, { ms: 0 })).rejects.toMatchObject({ code: 'no_answer' });
  });
});
