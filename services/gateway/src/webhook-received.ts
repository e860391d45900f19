import { Buckets, stableId, WebhookReceived } from '@troupe/contracts';
import type { Blobs } from '@troupe/messaging';
import { Problem } from '@troupe/service-host';
import type { Accepted, Arrival } from './ingest.ts';

/** Webhooks are notifications; what is larger than this is something else. */
export const MAX_WEBHOOK_BYTES = 1024 * 1024;

/** A webhook whose signature held. */
export interface SignedWebhook {
  readonly source: string;
  readonly providerEventId: string;
  readonly providerType?: string | undefined;
  readonly body: Buffer;
}

/** What the provider gets to read. A repeated delivery is as welcome as the first. */
export interface Receipt {
  readonly received: true;
  readonly duplicate: boolean;
  readonly eventId: string;
}

/** The id of what a provider's event becomes: the same for each of its deliveries (I2). */
export function webhookEventId(source: string, providerEventId: string): string {
  return stableId('evt', 'webhook', source, providerEventId);
}

/** The arrival of a webhook that has no event of its own: its body goes to the object store. */
export function webhookArrival(blobs: Pick<Blobs, 'put'>, webhook: SignedWebhook): Arrival {
  const { source, providerEventId, providerType, body } = webhook;
  return {
    eventId: webhookEventId(source, providerEventId),
    contract: WebhookReceived,
    describe: async () => {
      const reference = await blobs.put(Buckets.payloads, body);
      return { data: { source, providerEventId, ...(providerType !== undefined && { providerType }), body: reference } };
    },
  };
}

export function receiptFor({ eventId, duplicate }: Accepted): Receipt {
  return { received: true, duplicate, eventId };
}

/** The JSON value of a body. Throws a Problem (400) when it is none. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw badBody('The body is not JSON.');
  }
}

export function badBody(detail: string): Problem {
  return new Problem(400, { type: 'bad-body', title: 'The body cannot be used', detail, hint: 'Send the body exactly as the provider made it.' });
}

export function badSignature(header: string, setting: string): Problem {
  return new Problem(401, {
    type: 'bad-signature',
    title: 'The signature does not hold',
    detail: `${header} is missing, does not match this body, or is more than five minutes old.`,
    hint: `Check that ${setting} is the secret the provider shows for this address, and that the clock is right.`,
  });
}
