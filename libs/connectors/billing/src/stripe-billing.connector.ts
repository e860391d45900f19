import { once } from 'node:events';
import type { Attempt, Connector, Effect, Finding } from '@troupe/contracts';
import Stripe from 'stripe';
import { stripeCommands, type Done } from './stripe-commands.ts';
import { notLookedUp, stripeFailure, stripeFindingOf, tooEarly } from './stripe-failure.ts';
import { lookUp } from './stripe-lookups.ts';

/** How to reach Stripe's API, or a server that speaks it. */
export interface StripeSettings {
  readonly apiKey: string;
  /** Another address for Stripe's API, such as `http://127.0.0.1:12111`. */
  readonly apiBase?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** One HTTP call; 20 s unless told. */
  readonly timeoutMs?: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;
const SETTLED_AFTER_MS = 10 * 60 * 1_000;

/**
 * Billing over Stripe's API. Every write carries the authorisation's id as idempotency key, and Stripe answers a known key
 * with the first answer for at least 24 hours (https://docs.stripe.com/api/idempotent_requests): so long it can be
 * repeated. What became of an attempt is looked up without writing, by the marks our calls leave. Stripe's own retries are
 * off: the gate repeats, where the breaker can see it.
 */
export class StripeBilling implements Connector {
  readonly name = 'billing';
  readonly mode = 'live';
  readonly handles = [...stripeCommands.keys()];
  readonly #stripe: Stripe;
  readonly #now: () => number;

  constructor({ apiKey, apiBase, now, timeoutMs = 20_000 }: StripeSettings) {
    this.#now = now;
    this.#stripe = new Stripe(apiKey, { ...addressOf(apiBase), timeout: timeoutMs, maxNetworkRetries: 0, telemetry: false });
  }

  keyOf({ authorizationId }: Attempt): string {
    return authorizationId;
  }

  async execute(attempt: Attempt, signal: AbortSignal): Promise<Effect> {
    try {
      return await Promise.race([this.run(attempt), aborted(signal)]);
    } catch (error) {
      return stripeFailure(error);
    }
  }

  async repeat(attempt: Attempt, signal: AbortSignal): Promise<Effect> {
    if (this.#now() - attempt.startedAtMs >= DAY_MS) return forgotten();
    return stripeFindingOf(await this.execute(attempt, signal));
  }

  async findOutcome(attempt: Attempt, signal: AbortSignal): Promise<Finding> {
    try {
      const done = await Promise.race([lookUp(this.#stripe, attempt, this.keyOf(attempt)), aborted(signal)]);
      return done ? executed(done) : this.notFound(attempt);
    } catch (error) {
      return notLookedUp(error);
    }
  }

  /** A call may still be under way at Stripe, and its events come a little later than their cause. */
  private notFound({ startedAtMs }: Attempt): Finding {
    return this.#now() - startedAtMs >= SETTLED_AFTER_MS ? { kind: 'not_executed' } : tooEarly();
  }

  private async run(attempt: Attempt): Promise<Effect> {
    const command = stripeCommands.get(attempt.action.type);
    if (!command) throw new Error(`No Stripe call for "${attempt.action.type}"; handled are ${this.handles.join(', ')}.`);
    return executed(await command(this.#stripe, attempt, this.keyOf(attempt)));
  }
}

function executed({ reference, summary }: Done): Effect {
  return { kind: 'executed', providerReference: reference, summary };
}

function addressOf(apiBase: string | undefined): Pick<Stripe.StripeConfig, 'host' | 'port' | 'protocol'> {
  if (!apiBase) return {};
  const { hostname, port, protocol } = new URL(apiBase);
  const isPlain = protocol === 'http:';
  return { host: hostname, port: port || (isPlain ? 80 : 443), protocol: isPlain ? 'http' : 'https' };
}

async function aborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw new Error('the time for it was up before the answer came');
}

function forgotten(): Effect {
  return {
    kind: 'unclear',
    failure: {
      code: 'stripe_key_forgotten',
      retryable: true,
      message: 'The attempt is more than a day old; Stripe may have forgotten its idempotency key, so repeating it could act twice.',
      hint: 'Look for it in the Stripe dashboard (Developers, Logs) before you do it again.',
    },
  };
}
