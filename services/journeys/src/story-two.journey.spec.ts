import { describeWith, eventually } from '@troupe/testkit';
import type { Card } from './harness/operator.ts';
import { chargeRefunded, paymentFailed, postStripeEvent } from './harness/stripe.ts';
import { FORMS, startWorld, type World, type WorldOptions } from './harness/world.ts';

/** Story two: a payment fails, and fails again; what leaves is what the owner let leave. */
function aPaymentFails(options: WorldOptions): void {
  let world: World;

  beforeAll(async () => {
    world = await startWorld(options);
  }, 60_000);
  afterAll(() => world?.stop(), 30_000);

  /** The held cards of a kind, once there are `count` of them. */
  function held(type: string, count: number): Promise<Card[]> {
    return eventually(async () => {
      const cards = (await world.operator.cards('&state=held')).filter((card) => card.type === type);
      expect(cards).toHaveLength(count);
      return cards;
    }, { timeoutMs: 30_000 });
  }

  it('the first failure leads to a friendly letter, held for the owner', async () => {
    const response = await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 1 }));
    expect(response.status).toBe(200);
    const [letter] = await held('email.send', 1);
    expect(letter?.args).toMatchObject({ to: ['ana@customer.example'] });
    expect(String(letter?.args['body'])).toContain('49.00 EUR');
    expect((await world.operator.cards()).filter(({ type }) => type === 'billing.pause_collection')).toHaveLength(0);
  }, 60_000);

  it('the third failure also proposes to stop charging; approved, it happens once', async () => {
    await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 2 }));
    await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 3 }));
    const [pause] = await held('billing.pause_collection', 1);
    expect(pause?.args).toEqual({ subscriptionId: 'sub_ana', behavior: 'keep_as_draft' });
    expect((await world.operator.decide(pause as Card, 'approve')).status).toBe(200);
    await eventually(async () => expect((await world.operator.card((pause as Card).id)).state).toBe('executed'), { timeoutMs: 20_000 });
  }, 60_000);

  it('what was stopped can be taken back', async () => {
    const [pause] = (await world.operator.cards()).filter(({ type }) => type === 'billing.pause_collection');
    expect((await world.operator.undo(pause as Card)).status).toBe(200);
    await eventually(async () => expect((await world.operator.card((pause as Card).id)).state).toBe('compensated'), { timeoutMs: 20_000 });
  }, 60_000);

  it('without a subscription to pause, the owner is asked', async () => {
    await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 3, customer: 'cus_bo', email: 'bo@customer.example', subscription: null }));
    const [question] = await held('owner.ask', 1);
    const answer = await world.operator.decide(question as Card, 'respond', { response: 'Wait' });
    expect(answer.status).toBe(200);
    expect((await world.operator.card((question as Card).id)).state).toBe('answered');
  }, 60_000);

  it('a refund is confirmed to the customer, in the same inbox', async () => {
    await postStripeEvent(world.gatewayUrl, chargeRefunded());
    await eventually(async () => {
      const letters = (await world.operator.cards('&state=held')).filter(({ type }) => type === 'email.send');
      expect(letters.some(({ args }) => /refund/i.test(String(args['subject'])))).toBe(true);
    }, { timeoutMs: 30_000 });
  }, 60_000);

  it('I6: one command rebuilds every store, and nothing has changed', async () => {
    const before = await world.operator.cards();
    const { body } = await world.operator.post('/api/rebuild', {});
    expect(body).toMatchObject({ complete: true, stores: [{ name: 'memory', ok: true }, { name: 'policy', ok: true }, { name: 'inbox', ok: true }] });
    const after = await world.operator.cards();
    expect(after.map(({ id, state, digest }) => [id, state, digest])).toEqual(before.map(({ id, state, digest }) => [id, state, digest]));
    const letter = after.find(({ type, state }) => type === 'email.send' && state === 'held') as Card;
    expect((await world.operator.decide(letter, 'reject', { reason: 'after the rebuild' })).status).toBe(200);
  }, 60_000);

  it('a forged webhook is refused, a replayed one accepted without a second event', async () => {
    const cards = (await world.operator.cards()).length;
    expect((await postStripeEvent(world.gatewayUrl, paymentFailed({ attempt: 9 }), 'whsec_somebody_else')).status).toBe(401);
    const replayed = await postStripeEvent(world.gatewayUrl, chargeRefunded());
    expect(replayed.status).toBe(200);
    expect(await replayed.json()).toMatchObject({ duplicate: true });
    expect((await world.operator.cards()).length).toBe(cards);
  }, 60_000);
}

describe.each(FORMS)('a payment fails: %s', (_name, options) => aPaymentFails(options));

describeWith('nats-current', 'a payment fails: on a current nats-server, every event delivered twice', () =>
  aPaymentFails({ natsBinary: process.env['NATS_CURRENT_BIN'] ?? '', deliverTwice: true }));
