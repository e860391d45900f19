import { z } from 'zod';
import { defineEvent } from '../event-contract.ts';
import { BlobReferenceSchema } from './parts.ts';

/**
 * A signed webhook arrived that has no event of its own.
 * Emitted when: a Standard Webhooks message, or a Stripe event type Troupe does not map, passed its signature check.
 * Guarantees: one per source and provider message id; the body is in the object store, by digest.
 * Does not mean: that anyone reacts to it.
 */
export const WebhookReceived = defineEvent({
  type: 'evt.webhook.received',
  version: 1,
  retention: 'business',
  schema: z.object({
    source: z.string().max(64),
    providerEventId: z.string().max(255),
    providerType: z.string().max(255).optional(),
    body: BlobReferenceSchema,
  }),
});
