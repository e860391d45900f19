import { setTimeout as sleep } from 'node:timers/promises';
import { sendRawMail } from '../cli/send-mail.ts';
import { demoArrivals, type DemoArrival } from './demo-arrivals.ts';
import { postStripeWebhook } from './stripe-webhook.ts';

/** Where the demo's arrivals go in, and who hears about it. */
export interface DemoTarget {
  readonly smtpPort: number;
  readonly httpUrl: string;
  readonly stripeWebhookSecret: string;
  readonly log: (line: string) => void;
  /** Ends the demo early, without an error. */
  readonly signal: AbortSignal;
  /** Between two arrivals; 1.5 s where nothing is said. */
  readonly pauseMs?: number;
}

const PAUSE_MS = 1_500;

/**
 * Feeds the demo's mails over SMTP and its webhooks over HTTP, slowly enough to watch the inbox fill. Safe to repeat: what
 * came in before is recognised and changes nothing.
 */
export async function runDemo(target: DemoTarget): Promise<void> {
  const { log, signal, pauseMs = PAUSE_MS } = target;
  const arrivals = await demoArrivals();
  for (const [index, arrival] of arrivals.entries()) {
    if (signal.aborted) return;
    log(`Demo ${index + 1}/${arrivals.length}: ${await deliver(arrival, target)}`);
    await sleep(pauseMs, undefined, { signal }).catch(() => {});
  }
  log('Demo: everything is in. What needs you is in the inbox.');
}

/** Hands one arrival over and says what it was. */
async function deliver({ via, raw }: DemoArrival, { smtpPort, httpUrl, stripeWebhookSecret }: DemoTarget): Promise<string> {
  if (via === 'stripe') {
    const { type, duplicate } = await postStripeWebhook(httpUrl, stripeWebhookSecret, raw);
    return `Stripe says ${type}${known(duplicate)}`;
  }
  const { from, response } = await sendRawMail(raw, smtpPort);
  return `a mail from ${from}${known(response.includes('known already'))}`;
}

function known(duplicate: boolean): string {
  return duplicate ? ' (known from an earlier run: nothing new)' : '';
}
