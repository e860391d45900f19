import type { IncomingMessage } from 'node:http';
import { Controller, Headers, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { Blobs } from '@troupe/messaging';
import { Clock, LOG, Problem, TroupeConfig } from '@troupe/service-host';
import { withProblems } from './http-answers.ts';
import { Ingest, type Arrival } from './ingest.ts';
import type { Log } from './log.ts';
import { readBody } from './request-body.ts';
import { MAPPED_TYPES, mapStripeEvent, StripeEventSchema, type StripeEvent } from './stripe-events.ts';
import { badBody, badSignature, MAX_WEBHOOK_BYTES, parseJson, receiptFor, webhookArrival, webhookEventId, type Receipt } from './webhook-received.ts';

/** Stripe's webhooks, signed after https://docs.stripe.com/webhooks/signature: at most five minutes old. */
@Controller('webhooks/stripe')
export class StripeWebhooks {
  constructor(
    private readonly ingest: Ingest,
    private readonly blobs: Blobs,
    private readonly config: TroupeConfig,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  @Post()
  @HttpCode(200)
  async receive(@Req() request: IncomingMessage, @Headers('stripe-signature') signature = ''): Promise<Receipt> {
    const secret = this.#secret();
    const body = await readBody(request, MAX_WEBHOOK_BYTES);
    await this.#verify(body, signature, secret);
    const event = StripeEventSchema.safeParse(parseJson(body));
    if (!event.success) throw badBody('The body is no Stripe event: it needs an id and a type.');
    return receiptFor(await withProblems(this.ingest.accept(this.#arrival(event.data, body))));
  }

  #secret(): string {
    const { stripeWebhookSecret } = this.config;
    if (stripeWebhookSecret !== undefined) return stripeWebhookSecret;
    throw new Problem(503, {
      type: 'not-configured',
      title: 'Stripe webhooks are not set up',
      detail: 'Without the signing secret nobody can tell who sent this.',
      hint: 'Set STRIPE_WEBHOOK_SECRET to the whsec_… that Stripe shows for this endpoint, and restart.',
    });
  }

  /**
   * Only the signature: constructEvent would also parse, and refuses the thin events of Stripe's v2 API. The package is
   * loaded with the first webhook, which most installations never get.
   */
  async #verify(body: Buffer, signature: string, secret: string): Promise<void> {
    const { Stripe } = await import('stripe');
    const { signature: signatures } = Stripe.webhooks;
    if (signatures === null) throw new Error('This build of the stripe package cannot verify signatures.');
    try {
      signatures.verifyHeader(body, signature, secret, undefined, undefined, this.clock.now());
    } catch {
      throw badSignature('Stripe-Signature', 'STRIPE_WEBHOOK_SECRET');
    }
  }

  #arrival(event: StripeEvent, body: Buffer): Arrival {
    const mapped = mapStripeEvent(event);
    if (mapped !== undefined) {
      return { eventId: webhookEventId('stripe', event.id), contract: mapped.contract, describe: () => Promise.resolve(mapped) };
    }
    if (MAPPED_TYPES.includes(event.type)) this.log.warn({ providerEventId: event.id, providerType: event.type }, 'an event in a shape unknown here');
    return webhookArrival(this.blobs, { source: 'stripe', providerEventId: event.id, providerType: event.type, body });
  }
}
