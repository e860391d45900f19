import { rm } from 'node:fs/promises';
import { eventually } from '@troupe/testkit';
import { ActionVerified, WebhookReceived, actionDigest } from '@troupe/contracts';
import { RunningInbox, TOKEN } from '../testing/running-inbox.ts';
import { readStream } from '../testing/stream-reader.ts';
import { mailFromAna, proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import { AgentListReply, CardListReply, DeadLetterListReply, StoryReply, SummaryReply } from './api.contract.ts';

describe('the operator API', () => {
  let app: RunningInbox;

  beforeAll(async () => {
    app = await RunningInbox.start();
    await app.publish(mailFromAna(), proposal());
    await eventually(async () => expect((await app.call('GET', '/api/actions/act_1')).body).toMatchObject({ state: 'held' }));
  }, 30_000);
  afterAll(() => app.stop());

  const cookieOf = async (): Promise<string> => {
    const answer = await app.call('POST', '/api/session', { token: TOKEN }, null);
    return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  };

  describe('who may come in', () => {
    it('says 401 without a token and with a wrong one, and where to find the right one', async () => {
      const wrong = await app.call('GET', '/api/actions', undefined, { authorization: 'Bearer wrong' });
      expect(await app.call('GET', '/api/actions', undefined, null)).toMatchObject({ status: 401 });
      expect(wrong).toMatchObject({ status: 401, body: { hint: expect.stringContaining('operator-token') } });
      expect(wrong.headers.get('www-authenticate')).toContain('Bearer');
      expect(await app.call('POST', '/api/session', { token: 'wrong' }, null)).toMatchObject({ status: 401 });
    });

    it('gives a cookie that scripts cannot read and other sites cannot use', async () => {
      const answer = await app.call('POST', '/api/session', { token: TOKEN }, null);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toMatch(
        /^troupe_session=.*; Max-Age=\d+; Path=\/; Expires=.*; HttpOnly; SameSite=Strict$/,
      );
    });

    it('refuses a change that rides on the cookie without our header, from another origin, or as a form', async () => {
      const cookie = await cookieOf();
      const body = { digest: 'x', decision: 'approve' };
      const call = (headers: Record<string, string>) =>
        fetch(`${app.url}/api/actions/act_1/decision`, {
          method: 'POST',
          body: JSON.stringify(body),
          headers: { cookie, ...headers },
        });
      const json = { 'content-type': 'application/json' };
      expect((await call(json)).status).toBe(403);
      expect((await call({ ...json, 'x-troupe-request': '1', origin: 'https://evil.example' })).status).toBe(403);
      expect((await call({ 'content-type': 'text/plain', 'x-troupe-request': '1' })).status).toBe(415);
      expect((await call({ ...json, 'x-troupe-request': '1', origin: app.url })).status).toBe(409);
    });

    it('ends a session', async () => {
      const cookie = await cookieOf();
      const read = () => app.call('GET', '/api/actions', undefined, { authorization: '', cookie });
      expect((await read()).status).toBe(200);
      expect(
        (await app.call('DELETE', '/api/session', undefined, { authorization: '', cookie, 'x-troupe-request': '1' })).status,
      ).toBe(204);
      expect((await read()).status).toBe(401);
    });

    it('refuses a cookie that somebody made up', async () => {
      const [name, value = ''] = (await cookieOf()).split('=');
      const later = value.replace(/^\d+/, (expiry) => String(Number(expiry) + 1));
      expect(await app.call('GET', '/api/actions', undefined, { authorization: '', cookie: `${name}=${later}` })).toMatchObject({
        status: 401,
      });
    });
  });

  it('describes mistakes in a query by field', async () => {
    const answer = await app.call('GET', '/api/actions?limit=0&state=lost&cursor=abc');
    expect(answer.status).toBe(400);
    expect((answer.body as { fields: { field: string }[] }).fields.map(({ field }) => field)).toEqual([
      'state.0',
      'limit',
      'cursor',
    ]);
  });

  it('lists by state, agent, story and words', async () => {
    const list = async (query: string) => CardListReply.parse((await app.call('GET', `/api/actions?${query}`)).body).items.length;
    expect(await list('state=held,snoozed&agent=correspondence&story=story-1&q=invoice')).toBe(1);
    expect(await list('state=executed')).toBe(0);
    expect(await list('q=zebra')).toBe(0);
  });

  it('tells a story, who is here, and how much there is', async () => {
    const story = StoryReply.parse((await app.call('GET', '/api/stories/story-1')).body);
    expect(story.items.slice(0, 3).map(({ type }) => type)).toEqual([
      'evt.email.received',
      'evt.action.proposed',
      'evt.action.held',
    ]);
    expect(story.items[2]).toMatchObject({ causationId: 'act_1-proposed', agent: 'policy' });
    expect(AgentListReply.parse((await app.call('GET', '/api/agents')).body).items.map(({ name }) => name)).toContain(
      'correspondence',
    );
    expect(SummaryReply.parse((await app.call('GET', '/api/summary')).body).states.held).toBeGreaterThan(0);
    expect(await app.call('GET', '/api/stories/none')).toMatchObject({ status: 404 });
  });

  it('says 503 when memory does not answer', async () => {
    expect(await app.call('GET', '/api/episodes?story=story-1')).toMatchObject({
      status: 503,
      body: { type: 'urn:troupe:problem:no-answer' },
    });
  }, 15_000);

  it('shows what a handler refused, with the reason, until it is settled', async () => {
    const blob = { bucket: 'PAYLOADS', key: 'a', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 10 };
    const hook = (id: string) =>
      sampleEvent(WebhookReceived, { source: 'shop', providerEventId: id, body: blob }, { id, agent: 'gateway' });
    const letters = async () => DeadLetterListReply.parse((await app.call('GET', '/api/dead-letters')).body).items;
    await app.publish(hook('hook-1'), hook('hook-2'));
    await eventually(async () => expect(await letters()).toHaveLength(2));
    const [second, first] = await letters();
    expect(first).toMatchObject({
      eventId: 'hook-1',
      service: 'policy',
      failure: { message: 'This webhook is of no use.', hint: 'Discard it.' },
    });
    expect(await app.call('POST', `/api/dead-letters/${second?.id}/discard`)).toMatchObject({
      status: 200,
      body: { settled: 'discarded' },
    });
    expect(await app.call('POST', `/api/dead-letters/${second?.id}/redrive`)).toMatchObject({ status: 404 });
    expect(await app.call('POST', `/api/dead-letters/${first?.id}/redrive`)).toMatchObject({
      status: 200,
      body: { settled: 'redriven' },
    });
    expect((await letters()).map(({ id }) => id)).not.toContain(first?.id);
  }, 15_000);

  it('streams what changes, and resumes after the last id seen', async () => {
    const live = await readStream(app, {}, ({ event, data }) => event === 'ready' && data !== undefined);
    const lastId = live.at(-1)?.id ?? '';
    await app.publish(
      sampleEvent(ActionVerified, { actionId: 'act_1', digest: actionDigest(reply()), checks: [] }, { id: 'streamed' }),
    );
    const resumed = await readStream(app, { 'last-event-id': lastId }, ({ event }) => event === 'card');
    expect(resumed.at(-1)?.data).toMatchObject({ id: 'act_1', state: 'held' });
    const watched = readStream(app, {}, ({ event, data }) => event === 'card' && (data as { id: string }).id === 'act_live');
    await eventually(async () => expect((await app.call('GET', '/metrics')).body).toContain('troupe_inbox_stream_clients 1'));
    await app.publish(proposal('act_live'));
    // What policy said of it may have been folded together with it.
    expect((await watched).at(-1)?.data).toMatchObject({ state: expect.stringMatching(/^(proposed|held)$/) as unknown });
  }, 15_000);

  it('is alive, ready by part, and counts', async () => {
    expect(await app.call('GET', '/healthz', undefined, null)).toMatchObject({ status: 200, body: { status: 'ok' } });
    await eventually(async () =>
      expect(await app.call('GET', '/readyz', undefined, null)).toMatchObject({
        status: 200,
        body: { status: 'ok', parts: { broker: { ok: true }, projection: { ok: true } } },
      }),
    );
    expect((await app.call('GET', '/metrics', undefined, null)).body).toMatch(/troupe_inbox_cards\{state="held"\} \d/);
  });

  it('serves the page under a policy that runs nothing inline', async () => {
    const { headers } = await app.call('GET', '/', undefined, null);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/);
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('is the same after a rebuild, live and from a deleted file (I6)', async () => {
    const everything = async () => [
      (await app.call('GET', '/api/actions?limit=200')).body,
      (await app.call('GET', '/api/agents')).body,
      (await app.call('GET', '/api/stories/story-1')).body,
    ];
    const before = await everything();
    expect(await app.call('POST', '/api/rebuild')).toMatchObject({ status: 200, body: { complete: true } });
    expect(await everything()).toEqual(before);
    await app.restart(async () => {
      await rm(app.databaseFile);
      await rm(`${app.databaseFile}-wal`, { force: true });
      await rm(`${app.databaseFile}-shm`, { force: true });
    });
    await eventually(async () => expect(await app.call('GET', '/readyz')).toMatchObject({ status: 200 }));
    expect(await everything()).toEqual(before);
  }, 30_000);

  it('makes whoever guesses wait', async () => {
    const guess = () => app.call('POST', '/api/session', { token: 'guess' }, null);
    for (let tries = 0; tries < 10; tries += 1) await guess();
    const answer = await guess();
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
