import { freePort } from '@troupe/testkit';
import { StripeBilling } from './stripe-billing.connector.ts';
import { PAUSE, refundOf, REMINDER, RESUME, STARTED_AT_MS, attemptOf } from './testing/attempts.ts';
import { startStripeStandIn, type StripeStandIn } from './testing/stripe-stand-in.ts';

const HOUR_MS = 3_600_000;
const patient = (): AbortSignal => AbortSignal.timeout(5_000);

describe('StripeBilling against a stand-in of Stripe’s API', () => {
  let stripe: StripeStandIn;

  beforeEach(async () => (stripe = await startStripeStandIn()));
  afterEach(() => stripe.stop());

  const connector = (o: { apiKey?: string; now?: number; timeoutMs?: number } = {}): StripeBilling =>
    new StripeBilling({
      apiKey: o.apiKey ?? stripe.apiKey,
      apiBase: stripe.url,
      now: () => o.now ?? STARTED_AT_MS,
      timeoutMs: o.timeoutMs ?? 2_000,
    });

  it.each([
    [REMINDER, '/v1/invoices/in_1/send', {}],
    [PAUSE, '/v1/subscriptions/sub_1', { 'pause_collection[behavior]': 'keep_as_draft' }],
    [RESUME, '/v1/subscriptions/sub_1', { pause_collection: '' }],
    [refundOf('ch_1'), '/v1/refunds', { charge: 'ch_1', amount: '4900', 'metadata[reason]': 'late delivery' }],
  ])('runs $action.type', async (attempt, path, params) => {
    await expect(connector().execute(attempt, patient())).resolves.toMatchObject({ kind: 'executed' });
    expect(stripe.effects).toEqual([{ path, params: expect.objectContaining(params) as unknown, idempotencyKey: 'auth_1' }]);
  });

  it('refunds only in the currency of the charge', async () => {
    const effect = await connector().execute(refundOf('ch_usd', 'eur'), patient());
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'currency_mismatch', hint: expect.stringContaining('usd') as unknown } });
    expect(stripe.writes).toBe(0);
  });

  it.each([
    ['decline', 'refused', 'stripe_refused', false],
    ['rate_limit', 'refused', 'stripe_rate_limited', true],
    ['fail', 'unclear', 'stripe_failed', false],
    ['hang', 'unclear', 'stripe_no_answer', true],
    ['drop', 'unclear', 'stripe_no_answer', true],
  ] as const)('when Stripe would %s it is %s', async (behaviour, kind, code, retryable) => {
    stripe.behave(behaviour);
    const effect = await connector({ timeoutMs: 200 }).execute(REMINDER, patient());
    expect(effect).toMatchObject({ kind, failure: { code, retryable } });
  });

  it('refuses what does not exist', async () => {
    const effect = await connector().execute(attemptOf('billing.send_invoice_reminder', { invoiceId: 'in_missing' }), patient());
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'stripe_refused', message: expect.stringContaining('in_missing') as unknown } });
  });

  it('never repeats a key it was given', async () => {
    const effect = await connector({ apiKey: 'sk_live_wrong0987654321' }).execute(REMINDER, patient());
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'stripe_unauthorized', message: expect.stringContaining('[redacted]') as unknown } });
    expect(JSON.stringify(effect)).not.toContain('wrong0987654321');
  });

  it('ends with the signal', async () => {
    stripe.behave('hang');
    const effect = await connector().execute(REMINDER, AbortSignal.timeout(100));
    expect(effect).toMatchObject({ kind: 'unclear' });
  });

  it('has one effect however often the same attempt is made', async () => {
    const results = [await connector().execute(refundOf('ch_1'), patient()), await connector().execute(refundOf('ch_1'), patient())];
    expect(results[0]).toEqual(results[1]);
    expect(stripe.effects).toHaveLength(1);
  });

  it('has one effect when the answer was lost once', async () => {
    stripe.behave('drop_once');
    await expect(connector().execute(refundOf('ch_1'), patient())).resolves.toMatchObject({ kind: 'executed' });
    expect(stripe.effects).toHaveLength(1);
  });

  describe('repeat', () => {
    it('uses the same key and gets the first answer', async () => {
      stripe.behave('drop');
      await expect(connector().execute(refundOf('ch_1'), patient())).resolves.toMatchObject({ kind: 'unclear' });
      stripe.behave('work');
      const found = await connector().repeat(refundOf('ch_1'), patient());
      expect(found).toMatchObject({ kind: 'executed', providerReference: 're_1' });
      expect(stripe.effects).toHaveLength(1);
    });

    it('is not made once Stripe may have forgotten the key', async () => {
      const found = await connector({ now: STARTED_AT_MS + 24 * HOUR_MS }).repeat(REMINDER, patient());
      expect(found).toMatchObject({ kind: 'unclear', failure: { code: 'stripe_key_forgotten' } });
      expect(stripe.writes).toBe(0);
    });
  });

  describe.each([REMINDER, PAUSE, RESUME, refundOf('ch_1')])('findOutcome of $action.type', (attempt) => {
    const later = STARTED_AT_MS + HOUR_MS;

    it('finds what was done, writing nothing', async () => {
      stripe.behave('drop');
      await connector().execute(attempt, patient());
      stripe.behave('work');
      const { writes } = stripe;
      await expect(connector({ now: later }).findOutcome(attempt, patient())).resolves.toMatchObject({ kind: 'executed' });
      expect(stripe.writes).toBe(writes);
    });

    it('finds that nothing was done, once it is not too early to tell', async () => {
      await expect(connector({ now: STARTED_AT_MS + 599_000 }).findOutcome(attempt, patient())).resolves.toMatchObject({ kind: 'unclear', failure: { retryable: true } });
      await expect(connector({ now: STARTED_AT_MS + 600_000 }).findOutcome(attempt, patient())).resolves.toEqual({ kind: 'not_executed' });
      expect(stripe.effects).toEqual([]);
    });

    it('does not take what another action did for its own', async () => {
      await connector().execute({ ...attempt, actionId: 'act_other', authorizationId: 'auth_other', startedAtMs: STARTED_AT_MS - 1 }, patient());
      await expect(connector({ now: later }).findOutcome(attempt, patient())).resolves.toEqual({ kind: 'not_executed' });
    });

    it('knows nothing when Stripe does not answer', async () => {
      const asking = connector({ now: later });
      await stripe.stop();
      await expect(asking.findOutcome(attempt, patient())).resolves.toMatchObject({ kind: 'unclear', failure: { retryable: true } });
      stripe = await startStripeStandIn();
    });
  });

  it('does not know of a change that a later one of ours may hide', async () => {
    await connector().execute({ ...RESUME, actionId: 'act_later', authorizationId: 'auth_later', startedAtMs: STARTED_AT_MS + 1 }, patient());
    await expect(connector({ now: STARTED_AT_MS + HOUR_MS }).findOutcome(PAUSE, patient())).resolves.toMatchObject({ kind: 'unclear' });
  });
});

describe('StripeBilling without Stripe', () => {
  it('has changed nothing when nobody listens', async () => {
    const apiBase = `http://127.0.0.1:${await freePort()}`;
    const effect = await new StripeBilling({ apiKey: 'sk_test_1', apiBase, now: Date.now }).execute(REMINDER, patient());
    expect(effect).toMatchObject({ kind: 'refused', failure: { code: 'stripe_unreachable', retryable: true } });
  });
});
