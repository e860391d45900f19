import { jest } from '@jest/globals';
import { startStripeStandIn, type StripeStandIn } from '@troupe/billing-connector/testing';
import { eventually } from '@troupe/testkit';
import { authorizationOf } from './testing/authorizations.ts';
import { GateUnderTest } from './testing/gate-under-test.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

jest.setTimeout(30_000);

describe('the effect gate on a real broker, with Stripe’s stand-in', () => {
  let gate: GateUnderTest;
  let stripe: StripeStandIn;

  beforeEach(async () => {
    gate = await GateUnderTest.prepare();
    stripe = await startStripeStandIn();
  });
  afterEach(async () => {
    await gate.end();
    await stripe.stop();
  });

  const refund = authorizationOf({
    action: { type: 'billing.refund', args: { chargeId: 'ch_1', amount: { amountMinor: 4_900, currency: 'eur' } } },
  });
  const env = () => ({ STRIPE_API_KEY: stripe.apiKey, STRIPE_API_BASE: stripe.url });

  it('refunds once when every message is delivered twice', async () => {
    await gate.start(env(), { deliverTwice: true });
    await gate.authorize(refund);
    expect((await gate.outcome()).data).toMatchObject({ mode: 'live', providerReference: 're_1' });
    await pause(500);
    expect(stripe.effects).toEqual([expect.objectContaining({ idempotencyKey: 'auth_1' })]);
  });

  it('finds out what became of a refund whose answers were lost', async () => {
    stripe.behave('drop');
    await gate.start(env());
    await gate.authorize(refund);
    await eventually(() => expect(stripe.writes).toBeGreaterThan(2), { timeoutMs: 8_000 });
    stripe.behave('work');
    expect((await gate.outcome()).types).toEqual(['attempted', 'executed']);
    expect(stripe.effects).toHaveLength(1);
  });

  it('does not know when Stripe fails and cannot tell, and hears of it when Stripe knows', async () => {
    stripe.behave('fail');
    await gate.start({ ...env(), TROUPE_RETRY_FIRST_PAUSE_SECONDS: '0.3' }, { deliverTwice: true });
    await gate.authorize(refund);
    expect((await gate.outcome()).types).toEqual(['attempted', 'unknown']);
    const { writes } = stripe;
    stripe.happened({ path: '/v1/refunds', params: { charge: 'ch_1', 'metadata[troupe_action]': 'act_1' }, idempotencyKey: 'auth_1' });
    expect(await gate.types(3)).toEqual(['attempted', 'unknown', 'executed']);
    expect((await gate.said())[2]?.data).toMatchObject({ providerReference: 're_1', mode: 'live' });
    await pause(500);
    expect(await gate.types(3)).toHaveLength(3);
    expect(stripe.writes).toBe(writes);
  });
});
