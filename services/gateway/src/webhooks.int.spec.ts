import { jest } from '@jest/globals';
import { InvoicePaymentFailed, WebhookReceived, type DataOf, type Envelope } from '@troupe/contracts';
import { eventually } from '@troupe/testkit';
import { Webhook } from 'standardwebhooks';
import { Stripe } from 'stripe';
import { SHOP_SECRET, startGateway, STRIPE_SECRET, type RunningGateway } from './fixtures/running-gateway.ts';
import { MAX_WEBHOOK_BYTES } from './webhook-received.ts';

jest.setTimeout(60_000);

const invoice = { id: 'in_1', customer: 'cus_1', customer_email: 'ana@example.com', amount_due: 4900, currency: 'eur', attempt_count: 1, next_payment_attempt: null };

describe('webhooks', () => {
  let running: RunningGateway;

  beforeAll(async () => {
    running = await startGateway();
  });
  afterAll(() => running.stop());

  const post = async (path: string, body: string | Buffer | ReadableStream, headers: Record<string, string>) => {
    const request = { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers }, duplex: 'half' };
    const response = await fetch(`${running.httpUrl}${path}`, request as RequestInit);
    return { status: response.status, type: response.headers.get('content-type'), body: (await response.json()) as Record<string, unknown> };
  };
  const eventsFor = async (providerEventId: string): Promise<Envelope[]> =>
    (await running.events()).filter(({ data }) => JSON.stringify(data).includes(`"${providerEventId}"`));

  describe('from Stripe', () => {
    const stripeEvent = (id: string, type: string, object: unknown) => JSON.stringify({ id, object: 'event', type, livemode: false, data: { object } });
    const signed = (payload: string, options: { secret?: string; timestamp?: number } = {}) => ({
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: STRIPE_SECRET, ...options }),
    });

    it('become events of ours', async () => {
      const payload = stripeEvent('evt_failed', 'invoice.payment_failed', invoice);
      const answer = await post('/webhooks/stripe', payload, signed(payload));
      const [event] = await eventsFor('evt_failed');
      expect(answer).toMatchObject({ status: 200, body: { received: true, duplicate: false, eventId: event?.id } });
      expect(event).toMatchObject({ type: InvoicePaymentFailed.type, subject: 'customer:cus_1', origin: 'external', correlationid: event?.id });
    });

    it('that come again are welcome and change nothing', async () => {
      const payload = stripeEvent('evt_again', 'invoice.payment_failed', invoice);
      await post('/webhooks/stripe', payload, signed(payload));
      const again = await post('/webhooks/stripe', payload, signed(payload));
      expect(again).toMatchObject({ status: 200, body: { received: true, duplicate: true } });
      expect(await eventsFor('evt_again')).toHaveLength(1);
    });

    it.each([
      ['a type without an event of ours', 'evt_other', 'payment_intent.created', { id: 'pi_1' }],
      ['a shape not known here', 'evt_shape', 'invoice.payment_failed', { id: 'in_1' }],
    ])('with %s are kept with their body', async (_, id, type, object) => {
      const payload = stripeEvent(id, type, object);
      await post('/webhooks/stripe', payload, signed(payload));
      const [event] = await eventsFor(id);
      const data = event?.data as DataOf<typeof WebhookReceived>;
      expect(event?.type).toBe(WebhookReceived.type);
      expect(data).toMatchObject({ source: 'stripe', providerEventId: id, providerType: type });
      expect(Buffer.from(await running.blobs.get(data.body)).toString()).toBe(payload);
    });

    const payload = stripeEvent('evt_bad', 'invoice.payment_failed', invoice);
    it.each([
      ['forged', signed(payload, { secret: 'whsec_of_somebody_else' })],
      ['made over another body', signed(stripeEvent('evt_other', 'x', {}))],
      ['six minutes old', signed(payload, { timestamp: Math.floor(Date.now() / 1000) - 360 })],
      ['missing', {}],
      ['nonsense', { 'stripe-signature': 't=now,v1=x' }],
    ])('whose signature is %s get 401 and leave nothing', async (_, headers) => {
      const answer = await post('/webhooks/stripe', payload, headers);
      expect(answer).toMatchObject({ status: 401, type: expect.stringContaining('application/problem+json') as string, body: { type: 'urn:troupe:problem:bad-signature' } });
      expect(await eventsFor('evt_bad')).toEqual([]);
    });

    it.each(['not json', '[]', 'null', '{"id":"","type":"x"}'])('with the body %s get 400', async (body) => {
      expect(await post('/webhooks/stripe', body, signed(body))).toMatchObject({ status: 400, body: { type: 'urn:troupe:problem:bad-body' } });
    });

    it('that are too large get 413, whether they say so beforehand or not', async () => {
      const body = Buffer.alloc(MAX_WEBHOOK_BYTES + 1, ' ');
      const tooLarge = { status: 413, body: { type: 'urn:troupe:problem:body-too-large' } };
      expect(await post('/webhooks/stripe', body, {})).toMatchObject(tooLarge);
      expect(await post('/webhooks/stripe', new Blob([body]).stream(), {})).toMatchObject(tooLarge);
    });

    it('that are compressed get 415', async () => {
      expect(await post('/webhooks/stripe', 'x', { 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
    });
  });

  describe('from others', () => {
    const body = JSON.stringify({ type: 'order.created', data: { id: 7 } });
    const signed = (id: string, payload = body, at = new Date(), secret = SHOP_SECRET) => ({
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(id, at, payload),
    });

    it('become WebhookReceived, once', async () => {
      const first = await post('/webhooks/my-shop', body, signed('msg_1'));
      const again = await post('/webhooks/my_shop', body, signed('msg_1'));
      expect([first, again]).toMatchObject([{ status: 200, body: { duplicate: false } }, { status: 200, body: { duplicate: true } }]);
      expect(await eventsFor('msg_1')).toMatchObject([{ type: WebhookReceived.type, data: { source: 'my_shop', providerType: 'order.created' } }]);
    });

    it.each([
      ['forged', () => signed('msg_2', body, new Date(), `whsec_${Buffer.from('another').toString('base64')}`)],
      ['for another body', () => signed('msg_2', 'other')],
      ['six minutes old', () => signed('msg_2', body, new Date(Date.now() - 360_000))],
      ['missing', () => ({})],
    ])('whose signature is %s get 401', async (_, headers) => {
      expect(await post('/webhooks/my-shop', body, headers() as Record<string, string>)).toMatchObject({ status: 401, body: { hint: expect.stringContaining('TROUPE_WEBHOOK_SECRET_MY_SHOP') as string } });
      expect(await eventsFor('msg_2')).toEqual([]);
    });

    it.each(['', 'not json', '[1]'])('with the body %j get 400', async (payload) => {
      expect(await post('/webhooks/my-shop', payload, signed('msg_3', payload))).toMatchObject({ status: 400 });
    });

    it.each([['acme', 'TROUPE_WEBHOOK_SECRET_ACME'], ['__proto__', 'TROUPE_WEBHOOK_SECRET___PROTO__'], ['%3Cb%3E', 'TROUPE_WEBHOOK_SECRET_<SOURCE>']])(
      'from %s, whom nobody knows, get 404 and how to change that',
      async (source, setting) => {
        expect(await post(`/webhooks/${source}`, body, signed('msg_4'))).toMatchObject({ status: 404, body: { hint: expect.stringContaining(setting) as string } });
      },
    );
  });
});

describe('webhooks while the broker is away', () => {
  it('get 503; sent again, they arrive once', async () => {
    const running = await startGateway();
    const payload = JSON.stringify({ id: 'evt_away', type: 'invoice.payment_failed', data: { object: invoice } });
    const headers = { 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload, secret: STRIPE_SECRET }) };
    const status = async () => (await fetch(`${running.httpUrl}/webhooks/stripe`, { method: 'POST', body: payload, headers })).status;
    try {
      await running.nats.kill();
      expect(await status()).toBe(503);
      await running.nats.restart();
      await eventually(async () => expect(await status()).toBe(200), { timeoutMs: 15_000, intervalMs: 200 });
      expect(await status()).toBe(200);
      expect(await running.events()).toHaveLength(1);
    } finally {
      await running.stop();
    }
  });
});

describe('webhooks that are not set up', () => {
  it('Stripe gets 503 and what to set', async () => {
    const running = await startGateway({ STRIPE_WEBHOOK_SECRET: '' });
    try {
      const response = await fetch(`${running.httpUrl}/webhooks/stripe`, { method: 'POST', body: '{}' });
      expect([response.status, await response.json()]).toMatchObject([503, { hint: expect.stringContaining('STRIPE_WEBHOOK_SECRET') as string }]);
    } finally {
      await running.stop();
    }
  });

  it('a secret that is none stops the gateway at boot, by name', async () => {
    await expect(startGateway({ TROUPE_WEBHOOK_SECRET_SHOP: 'not base64!' })).rejects.toThrow('TROUPE_WEBHOOK_SECRET_SHOP');
  });
});
