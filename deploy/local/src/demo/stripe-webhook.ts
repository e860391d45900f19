import { Stripe } from 'stripe';

/** What became of a webhook: its type, and whether it was known already. */
export interface StripeReceipt {
  readonly type: string;
  readonly duplicate: boolean;
}

/** Posts a webhook body to the gateway, signed with `secret` as Stripe signs. Throws an Error with what the gateway said. */
export async function postStripeWebhook(httpUrl: string, secret: string, body: Buffer): Promise<StripeReceipt> {
  const payload = body.toString();
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
  const response = await fetch(new URL('/webhooks/stripe', httpUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'stripe-signature': signature },
    body: payload,
  });
  if (!response.ok) throw new Error(`The gateway answered a Stripe webhook with ${response.status}: ${await response.text()}`);
  const { type } = JSON.parse(payload) as { type: string };
  const { duplicate } = (await response.json()) as { duplicate: boolean };
  return { type, duplicate };
}
