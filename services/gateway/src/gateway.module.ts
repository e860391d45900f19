import { Module } from '@nestjs/common';
import { EmailIntake } from './email-intake.ts';
import { InboundEmail } from './inbound-email.handler.ts';
import { Ingest } from './ingest.ts';
import { SignedWebhooks } from './signed-webhooks.handler.ts';
import { SmtpListener } from './smtp-listener.ts';
import { StripeWebhooks } from './stripe-webhooks.handler.ts';

@Module({
  // In this order: /webhooks/stripe would also match /webhooks/:source.
  controllers: [StripeWebhooks, SignedWebhooks, InboundEmail],
  providers: [Ingest, EmailIntake, SmtpListener],
})
export class GatewayModule {}
