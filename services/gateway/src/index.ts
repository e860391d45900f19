import {
  Buckets, ChargeRefunded, EmailReceived, EmailRefused, InvoicePaymentFailed, StateBuckets, SubscriptionDeleted, WebhookReceived,
} from '@troupe/contracts';
import { defineService } from '@troupe/service-host';
import { GatewayModule } from './gateway.module.ts';

export const gateway = defineService({
  name: 'gateway',
  version: '0.1.0',
  purpose: 'The way in: mail over SMTP and HTTP, and signed webhooks, each stored as an event before it is acknowledged.',
  module: GatewayModule,
  emits: [EmailReceived, EmailRefused, InvoicePaymentFailed, ChargeRefunded, SubscriptionDeleted, WebhookReceived],
  state: [StateBuckets.ingested],
  blobs: [Buckets.rawMail, Buckets.attachments, Buckets.payloads],
  http: { routes: ['/webhooks', '/inbound'] },
});
