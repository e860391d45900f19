import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { captureSmtp, type SmtpCapture } from '@troupe/testkit';
import { Stripe } from 'stripe';
import { demoArrivals } from './demo-arrivals.ts';
import { demoEnvironment } from './demo-environment.ts';
import { runDemo } from './run-demo.ts';

const SECRET = 'whsec_demo';

/** A stand-in for the gateway's webhook route: keeps the types it was sent, refuses a bad signature. */
class RecordedGateway {
  readonly types: string[] = [];
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response));

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    try {
      const event = Stripe.webhooks.constructEvent(body, String(request.headers['stripe-signature']), SECRET);
      this.types.push(event.type);
      response.end(JSON.stringify({ duplicate: this.types.filter((type) => type === event.type).length > 1 }));
    } catch {
      response.writeHead(401).end('bad signature');
    }
  }
}

describe('the demo', () => {
  let smtp: SmtpCapture;
  let gateway: RecordedGateway;
  let httpUrl: string;
  const lines: string[] = [];

  beforeEach(async () => {
    lines.length = 0;
    smtp = await captureSmtp();
    gateway = new RecordedGateway();
    httpUrl = await gateway.listen();
  });
  afterEach(async () => {
    gateway.close();
    await smtp.stop();
  });

  const run = (more: { stripeWebhookSecret?: string; signal?: AbortSignal } = {}): Promise<void> =>
    runDemo({ smtpPort: smtp.port, httpUrl, stripeWebhookSecret: SECRET, signal: new AbortController().signal, log: (line) => lines.push(line), pauseMs: 0, ...more });

  it('feeds each mail over SMTP and each webhook over HTTP, and says so', async () => {
    await run();
    const arrivals = await demoArrivals();
    expect(arrivals.length).toBeGreaterThanOrEqual(12);
    expect(smtp.messages).toHaveLength(arrivals.filter(({ via }) => via === 'smtp').length);
    expect(gateway.types).toEqual(['invoice.payment_failed', 'invoice.payment_failed', 'customer.subscription.deleted', 'charge.refunded']);
    expect(lines).toContain(`Demo 1/${arrivals.length}: a mail from maya@fjordbooks.example`);
    expect(lines.filter((line) => line.includes('known from an earlier run'))).toHaveLength(1);
  });

  it('ends early when told to', async () => {
    const stop = new AbortController();
    stop.abort();
    await run({ signal: stop.signal });
    expect(lines).toEqual([]);
  });

  it('says what the gateway objects to', async () => {
    await expect(run({ stripeWebhookSecret: 'whsec_other' })).rejects.toThrow('answered a Stripe webhook with 401: bad signature');
  });
});

describe('the environment of a demo', () => {
  it('keeps the secret there is, and makes one up where there is none', () => {
    const said: string[] = [];
    expect(demoEnvironment({ STRIPE_WEBHOOK_SECRET: 'whsec_mine' }, (line) => said.push(line)).STRIPE_WEBHOOK_SECRET).toBe('whsec_mine');
    expect(said).toEqual([]);
    expect(demoEnvironment({}, (line) => said.push(line)).STRIPE_WEBHOOK_SECRET).toMatch(/^whsec_\S{32}$/);
    expect(said).toEqual([expect.stringContaining('STRIPE_WEBHOOK_SECRET is not set')]);
  });
});
