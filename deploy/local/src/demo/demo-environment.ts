import { randomBytes } from 'node:crypto';

/**
 * The environment of a run with the demo: Stripe's webhooks need a signing secret, and where none is set the demo makes one
 * up for this run, since it signs its own webhooks.
 */
export function demoEnvironment(env: NodeJS.ProcessEnv, log: (line: string) => void): NodeJS.ProcessEnv & { STRIPE_WEBHOOK_SECRET: string } {
  const given = env['STRIPE_WEBHOOK_SECRET'];
  if (given) return { ...env, STRIPE_WEBHOOK_SECRET: given };
  log('Demo: STRIPE_WEBHOOK_SECRET is not set; webhooks are signed with a secret made up for this run.');
  return { ...env, STRIPE_WEBHOOK_SECRET: `whsec_${randomBytes(24).toString('base64url')}` };
}
