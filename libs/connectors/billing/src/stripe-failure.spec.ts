import Stripe from 'stripe';
import { messageOf, stripeFailure, stripeFindingOf } from './stripe-failure.ts';

const answer = (statusCode: number, type = 'invalid_request_error'): Error =>
  Stripe.errors.StripeError.generate({ statusCode, type, message: 'no' } as never);
const lost = (code?: string): Error =>
  new Stripe.errors.StripeConnectionError({ message: 'lost', detail: Object.assign(new Error('socket'), { code }) });

describe('stripeFailure', () => {
  it.each([
    ['400', answer(400), 'refused', 'stripe_refused', false],
    ['401', answer(401), 'refused', 'stripe_unauthorized', false],
    ['402', answer(402, 'card_error'), 'refused', 'stripe_refused', false],
    ['403', answer(403), 'refused', 'stripe_unauthorized', false],
    ['404', answer(404), 'refused', 'stripe_refused', false],
    ['429', answer(429), 'refused', 'stripe_rate_limited', true],
    ['409: the same key is under way', answer(409), 'unclear', 'stripe_no_answer', true],
    ['400: the key was used for something else', answer(400, 'idempotency_error'), 'unclear', 'stripe_key_reused', false],
    ['500', answer(500, 'api_error'), 'unclear', 'stripe_failed', false],
    ['never connected', lost('ECONNREFUSED'), 'refused', 'stripe_unreachable', true],
    ['unknown name', lost('ENOTFOUND'), 'refused', 'stripe_unreachable', true],
    ['line cut', lost('ECONNRESET'), 'unclear', 'stripe_no_answer', true],
    ['time-out', lost(), 'unclear', 'stripe_no_answer', true],
    ['something else', new Error('what'), 'unclear', 'stripe_no_answer', true],
  ])('%s', (_name, error, kind, code, retryable) => {
    expect(stripeFailure(error)).toMatchObject({ kind, failure: { code, retryable } });
  });
});

describe('stripeFindingOf', () => {
  it.each([
    ['a rate limit', answer(429), 'unclear', true],
    ['a wrong key', answer(401), 'unclear', true],
    ['nobody there', lost('ECONNREFUSED'), 'unclear', true],
    ['a declined card', answer(402), 'refused', false],
    ['a lost answer', lost(), 'unclear', true],
    ['a 500', answer(500), 'unclear', false],
  ])('reads %s as the answer to a question', (_name, error, kind, retryable) => {
    expect(stripeFindingOf(stripeFailure(error))).toMatchObject({ kind, failure: { retryable } });
  });
});

describe('messageOf', () => {
  it('shows no key, not even in part', () => {
    expect(messageOf(new Error('Invalid API Key provided: sk_live_****1234'))).toBe('Stripe: Invalid API Key provided: [redacted]');
  });
});
