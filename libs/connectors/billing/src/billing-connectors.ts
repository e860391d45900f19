import { join } from 'node:path';
import type { Connector } from '@troupe/contracts';
import { SandboxBilling } from './sandbox-billing.connector.ts';

/** What the billing connectors need; the Stripe key decides between Stripe and the sandbox. */
export interface BillingSettings {
  /** Folder of Troupe's files; the sandbox ledger is in it. */
  readonly home: string;
  /** Unset: actions go to the sandbox ledger. */
  readonly stripeApiKey?: string | undefined;
  /** Another address for Stripe's API. */
  readonly stripeApiBase?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The connector for billing: Stripe where there is a key, else the sandbox, which does not load Stripe's package. */
export async function billingConnectors({ home, stripeApiKey, stripeApiBase, now }: BillingSettings): Promise<readonly Connector[]> {
  if (!stripeApiKey) return [new SandboxBilling({ file: join(home, 'billing-sandbox.jsonl') })];
  const { StripeBilling } = await import('./stripe-billing.connector.ts');
  return [new StripeBilling({ apiKey: stripeApiKey, apiBase: stripeApiBase, now })];
}
