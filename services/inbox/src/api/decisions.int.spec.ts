import { actionDigest, ActionDeferred, ActionFailed, ActionUnknown, type Envelope } from '@troupe/contracts';
import { eventually } from '@troupe/testkit';
import { CardSchema, type Card } from '../projection/card.contract.ts';
import { RunningInbox } from '../testing/running-inbox.ts';
import { mailFromAna, proposal, reply, sampleEvent } from '../testing/sample-events.ts';
import { CardListReply, DecisionsReply } from './api.contract.ts';

const digest = actionDigest(reply());

describe('decisions over the API', () => {
  let app: RunningInbox;
  let made = 0;

  beforeAll(async () => {
    app = await RunningInbox.start();
    await app.publish(mailFromAna());
  }, 30_000);
  afterAll(() => app.stop());

  /** A card that waits for the owner; answers its id. */
  async function heldCard(prefix = 'act'): Promise<string> {
    made += 1;
    const id = `${prefix}_${made}`;
    await app.publish(proposal(id));
    await eventually(async () => expect((await app.call('GET', `/api/actions/${id}`)).body).toMatchObject({ state: 'held' }));
    return id;
  }
  const decide = (id: string, body: object, headers = {}) =>
    app.call('POST', `/api/actions/${id}/decision`, { digest, ...body }, headers);

  it('approves: policy answers, and the card says so', async () => {
    const answer = await decide(await heldCard(), { decision: 'approve' });
    expect(answer.status).toBe(200);
    const card = CardSchema.parse(answer.body);
    expect(card).toMatchObject({ state: 'authorized', holdUntil: expect.any(String), original: { subject: 'Invoice 2041' } });
    expect(card.history.map(({ type }) => type)).toEqual([
      'evt.action.proposed',
      'evt.action.held',
      'evt.approval.decided',
      'evt.action.authorized',
    ]);
  });

  it('says 409 to a stale digest and changes nothing', async () => {
    const id = await heldCard();
    const answer = await decide(id, { decision: 'approve', digest: 'sha256:old' });
    expect(answer).toMatchObject({ status: 409, body: { type: 'urn:troupe:problem:stale-digest', hint: expect.any(String) } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect((await app.call('GET', `/api/actions/${id}`)).body).toMatchObject({ state: 'held' });
  });

  it('says 409 to a second decision', async () => {
    const id = await heldCard();
    await decide(id, { decision: 'reject', reason: 'Not now' });
    expect(await decide(id, { decision: 'approve' })).toMatchObject({
      status: 409,
      body: { type: 'urn:troupe:problem:already-decided' },
    });
  });

  it('takes a repeated decision with the same Idempotency-Key once, with the same answer', async () => {
    const id = await heldCard();
    const key = { 'idempotency-key': 'k1' };
    const first = await decide(id, { decision: 'approve' }, key);
    const second = await decide(id, { decision: 'approve' }, key);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.body).toEqual(first.body);
  });

  it('sends an edit through policy: the edited action is authorised', async () => {
    const args = { ...reply().args, body: 'Hello Ana, all is well.' };
    const answer = await decide(await heldCard(), { decision: 'edit', args });
    expect(answer).toMatchObject({ status: 200, body: { state: 'authorized', args, proposed: { digest } } });
  });

  it('says 422 to an edit that policy refuses; the card is held under the new digest', async () => {
    const id = await heldCard();
    const args = { ...reply().args, body: 'You get a discount of 50%.' };
    const answer = await decide(id, { decision: 'edit', args });
    const newDigest = actionDigest({ type: 'email.send', args });
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'urn:troupe:problem:edit-refused', digest: newDigest, reasons: ['It promises a discount.'] },
    });
    expect((await app.call('GET', `/api/actions/${id}`)).body).toMatchObject({
      state: 'held',
      digest: newDigest,
      proposed: { digest },
    });
  });

  it('names the field of an edit that does not fit the catalogue', async () => {
    const answer = await decide(await heldCard(), { decision: 'edit', args: { ...reply().args, to: ['not an address'] } });
    expect(answer).toMatchObject({
      status: 422,
      body: { fields: [{ field: 'args.to.0', message: expect.stringContaining('ana@example.com') }] },
    });
  });

  it.each([
    [{ decision: 'edit' }, 'args'],
    [{ decision: 'respond' }, 'response'],
    [{ decision: 'snooze' }, 'until'],
    [{ decision: 'snooze', until: '2020-01-01T00:00:00Z' }, 'until'],
    [{ decision: 'shout' }, 'decision'],
    [{ decision: 'approve', colour: 'red' }, 'body'],
  ])('says 400 to %j and names the field', async (body, field) => {
    const answer = await decide(await heldCard(), body);
    expect(answer).toMatchObject({ status: 400, body: { fields: [{ field }] } });
  });

  it('answers and snoozes', async () => {
    expect((await decide(await heldCard(), { decision: 'respond', response: 'Yes' })).body).toMatchObject({ state: 'answered' });
    const until = '2098-01-01T00:00:00.000Z';
    expect((await decide(await heldCard(), { decision: 'snooze', until })).body).toMatchObject({
      state: 'snoozed',
      snoozedUntil: until,
    });
  });

  it('says 202 when policy is silent: the word is stored', async () => {
    const answer = await decide(await heldCard('silent'), { decision: 'approve' });
    expect(answer).toMatchObject({ status: 202, body: { recorded: true } });
  }, 15_000);

  it('says 404 to an action nobody proposed', async () => {
    expect(await decide('act_none', { decision: 'approve' })).toMatchObject({
      status: 404,
      body: { type: 'urn:troupe:problem:unknown-action' },
    });
  });

  it('undoes inside the hold window, and says 422 when it is too late and 409 when there is nothing', async () => {
    const id = await heldCard();
    expect(await app.call('POST', `/api/actions/${id}/undo`)).toMatchObject({ status: 409 });
    await decide(id, { decision: 'approve' });
    expect(await app.call('POST', `/api/actions/${id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone' } });
    const late = await heldCard('late');
    await decide(late, { decision: 'approve' });
    expect(await app.call('POST', `/api/actions/${late}/undo`)).toMatchObject({
      status: 422,
      body: { type: 'urn:troupe:problem:too-late', detail: 'The mail has left.' },
    });
  });

  describe('what has been tried', () => {
    const failure = (retryable: boolean) => ({ code: 'x', retryable, message: 'mx.example put it off', hint: 'x' });
    const nameOf = (actionId: string) => ({ actionId, digest, authorizationId: `auth_${actionId}` });
    const post = (id: string, path: 'retry' | 'outcome', body?: object, headers = {}) => app.call('POST', `/api/actions/${id}/${path}`, body, headers);

    async function after(happened: (id: string) => Envelope, state: string, prefix = 'act'): Promise<string> {
      const id = await heldCard(prefix);
      await decide(id, { decision: 'approve' });
      await app.publish(happened(id));
      await eventually(async () => expect((await app.call('GET', `/api/actions/${id}`)).body).toMatchObject({ state }));
      return id;
    }
    const failed = (retryable: boolean, prefix?: string) =>
      after((id) => sampleEvent(ActionFailed, { ...nameOf(id), failure: failure(retryable) }, { id: `f_${id}` }), 'failed', prefix);
    const unknown = () => after((id) => sampleEvent(ActionUnknown, { ...nameOf(id), failure: failure(false) }, { id: `u_${id}` }), 'unknown');

    it('can be sent again when its failure may pass, once per key', async () => {
      const id = await failed(true);
      const key = { 'idempotency-key': 'again' };
      expect(await post(id, 'retry', undefined, key)).toMatchObject({ status: 200, body: { state: 'authorized', failure: null } });
      expect(await post(id, 'retry', undefined, key)).toMatchObject({ status: 200, body: { state: 'authorized' } });
      const { history } = CardSchema.parse((await app.call('GET', `/api/actions/${id}`)).body);
      expect(history.filter(({ type }) => type === 'evt.action.retry_requested')).toHaveLength(1);
    });

    it('is not sent again when it would fail again, has not failed, or policy says no', async () => {
      expect(await post(await failed(false), 'retry')).toMatchObject({ status: 409, body: { type: 'urn:troupe:problem:nothing-to-retry' } });
      expect(await post(await heldCard(), 'retry')).toMatchObject({ status: 409 });
      expect(await post(await failed(true, 'late'), 'retry')).toMatchObject({ status: 422, body: { type: 'urn:troupe:problem:forbidden' } });
      expect(await post('act_none', 'retry')).toMatchObject({ status: 404 });
    });

    it.each([
      [true, 'executed'],
      [false, 'failed'],
    ])('ends when the owner says that it happened or not (%s)', async (happened, state) => {
      const id = await unknown();
      expect(await post(id, 'outcome', { happened, note: 'I looked.' })).toMatchObject({ status: 200, body: { state } });
      expect(await post(id, 'outcome', { happened })).toMatchObject({ status: 409, body: { type: 'urn:troupe:problem:outcome-not-open' } });
    });

    it('says 400 to a word that says nothing', async () => {
      expect(await post(await unknown(), 'outcome', { note: 'hm' })).toMatchObject({ status: 400 });
    });

    it('tells what it waits for while it is put off', async () => {
      const nextTryAt = '2099-01-01T00:00:00.000Z';
      const id = await heldCard();
      await decide(id, { decision: 'approve' });
      await app.publish(sampleEvent(ActionDeferred, { ...nameOf(id), failure: failure(true), tries: 2, nextTryAt }, { id: `d_${id}` }));
      await eventually(async () => expect((await app.call('GET', `/api/actions/${id}`)).body).toMatchObject({ state: 'authorized', holdUntil: null, deferred: { tries: 2, nextTryAt } }));
      expect(await app.call('POST', `/api/actions/${id}/undo`)).toMatchObject({ status: 200, body: { state: 'undone', deferred: null } });
    });
  });

  it('takes many at once, one result each', async () => {
    const [good, stale] = [await heldCard(), await heldCard()];
    const answer = await app.call('POST', '/api/decisions', [
      { id: good, digest, decision: 'approve' },
      { id: stale, digest: 'sha256:old', decision: 'approve' },
      { id: 'act_none', digest, decision: 'approve' },
      { id: good, digest, decision: 'shout' },
    ]);
    expect(DecisionsReply.parse(answer.body).items.map(({ status }) => status)).toEqual([200, 409, 404, 400]);
  });

  it('pages through the cards without losing or repeating one', async () => {
    const ids: string[] = [];
    let cursor: string | null = '';
    do {
      const page: Card[] = [];
      const answer = await app.call('GET', `/api/actions?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      const list = CardListReply.parse(answer.body);
      page.push(...list.items);
      ids.push(...page.map(({ id }) => id));
      cursor = list.nextCursor;
    } while (cursor !== null);
    expect(new Set(ids).size).toBe(made);
    expect(ids).toHaveLength(made);
    expect(ids[0]).toContain(String(made));
  });
});
