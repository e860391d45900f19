import type { Effect, Failure } from '@troupe/contracts';
import Stripe from 'stripe';
import { ImpossibleCommand } from './stripe-commands.ts';

/** Socket errors from before a connection stood: Stripe has seen nothing. */
const NEVER_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * What an error of a call means for the outside (https://docs.stripe.com/error-low-level): 4xx is an answer and nothing
 * has changed; after a lost connection or a 409 the outcome is open until the call is repeated with its key. A 5xx may
 * have had an effect too, but Stripe repeats it for the same key, so that asking again would not make it clearer.
 */
export function stripeFailure(error: unknown): Effect {
  if (error instanceof ImpossibleCommand) return refused(error.code, false, error.message, error.hint);
  if (error instanceof Stripe.errors.StripeConnectionError) return lostConnection(error);
  if (error instanceof Stripe.errors.StripeRateLimitError) {
    return refused('stripe_rate_limited', true, messageOf(error), 'Stripe asks for fewer calls: propose it again in a minute.');
  }
  if (error instanceof Stripe.errors.StripeIdempotencyError) return unclear('stripe_key_reused', false, messageOf(error));
  const statusCode = error instanceof Stripe.errors.StripeError ? error.statusCode : undefined;
  if (error instanceof Stripe.errors.StripeError && isAnswer(statusCode)) return answeredNo(error);
  if (statusCode !== undefined && statusCode >= 500) return unclear('stripe_failed', false, messageOf(error));
  return unclear('stripe_no_answer', true, messageOf(error));
}

/** Stripe's message without anything that looks like an API key. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return `Stripe: ${text.replaceAll(/\b(?:sk|rk|pk|whsec)_[\w*]+/g, '[redacted]')}`.slice(0, 1_000);
}

/**
 * The same effect when the call was a repeat, made to find out: being turned away at the door says nothing of what
 * became of the first call.
 */
export function stripeFindingOf(effect: Effect): Effect {
  const isTurnedAway = effect.kind === 'refused' && (effect.failure.retryable || effect.failure.code === 'stripe_unauthorized');
  return isTurnedAway ? { kind: 'unclear', failure: { ...effect.failure, retryable: true } } : effect;
}

/** Nothing was found yet, which proves nothing yet. */
export function tooEarly(): Effect {
  return unclear('stripe_too_early', true, 'Stripe knows nothing of the attempt yet; it is too early to conclude that it never will.');
}

/** An answer that a look-up did not get says nothing of the attempt. */
export function notLookedUp(error: unknown): Effect {
  return unclear('stripe_not_looked_up', true, messageOf(error));
}

function isAnswer(statusCode: number | undefined): boolean {
  return statusCode !== undefined && statusCode >= 400 && statusCode < 500 && statusCode !== 409;
}

function lostConnection(error: InstanceType<typeof Stripe.errors.StripeConnectionError>): Effect {
  const { code, message } = (error.detail ?? {}) as { code?: string; message?: string };
  const text = `${messageOf(error)} ${message ?? ''}`.trim();
  if (code === undefined || !NEVER_CONNECTED.has(code)) return unclear('stripe_no_answer', true, text);
  return refused('stripe_unreachable', true, text, 'Check the network, and STRIPE_API_BASE if it is set.');
}

function answeredNo(error: InstanceType<typeof Stripe.errors.StripeError>): Effect {
  const { statusCode } = error;
  const isLogin = statusCode === 401 || statusCode === 403;
  const hint = isLogin
    ? 'Check STRIPE_API_KEY and what it is allowed to do.'
    : 'Read Stripe’s answer; correct the action and propose it again.';
  return refused(isLogin ? 'stripe_unauthorized' : 'stripe_refused', false, messageOf(error), hint);
}

function refused(code: string, retryable: boolean, message: string, hint: string): Effect {
  return { kind: 'refused', failure: { code, retryable, message, hint } satisfies Failure };
}

function unclear(code: string, retryable: boolean, message: string): Effect {
  const hint = 'Look for it in the Stripe dashboard (Developers, Logs) before you do it again.';
  return { kind: 'unclear', failure: { code, retryable, message, hint } };
}
