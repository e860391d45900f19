import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  AuthenticationError,
  PermissionDeniedError,
  RateLimitError,
} from 'openai';
import { EngineError } from '../engine.errors.ts';

/** Every failure of the OpenAI client as an EngineError; `now` is needed for a Retry-After that names a date. */
export function engineErrorOf(error: unknown, now: Date): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof APIConnectionTimeoutError) return timedOut(error);
  if (error instanceof APIConnectionError) return unreachable(error);
  if (error instanceof RateLimitError) return rateLimited(error, now);
  if (error instanceof AuthenticationError || error instanceof PermissionDeniedError) return unauthorized(error);
  if (error instanceof APIError && typeof error.status === 'number') return byStatus(error as APIError<number, Headers>, now);
  return new EngineError('unavailable', `The model server sent something unreadable: ${messageOf(error)}`, {
    hint: 'Check that OPENAI_BASE_URL points to an OpenAI-compatible API (usually it ends in /v1).',
    cause: error,
  });
}

export function timedOut(cause: unknown): EngineError {
  return new EngineError('timeout', 'The model server did not answer in time.', {
    hint: 'Try again later; if it keeps happening choose a faster model with OPENAI_MODEL.',
    cause,
  });
}

function unreachable(error: APIConnectionError): EngineError {
  return new EngineError('unavailable', 'The model server cannot be reached.', {
    hint: 'Check the network and OPENAI_BASE_URL.',
    cause: error,
  });
}

function rateLimited(error: RateLimitError, now: Date): EngineError {
  if (error.code === 'insufficient_quota') {
    return new EngineError('unauthorized', 'The model account has no credit left.', {
      hint: 'Add credit at the provider, or unset OPENAI_API_KEY to use the offline engine.',
      cause: error,
    });
  }
  return new EngineError('rate_limited', 'The model server asks us to slow down (429).', {
    hint: 'Wait, then try again; lower the concurrency or raise the limit at the provider if it keeps happening.',
    cause: error,
    ...retryAfter(error.headers, now),
  });
}

function unauthorized(error: APIError): EngineError {
  return new EngineError('unauthorized', `The model server refuses our key (${String(error.status)}).`, {
    hint: 'Check OPENAI_API_KEY and that it may use OPENAI_MODEL.',
    cause: error,
  });
}

function byStatus(error: APIError<number, Headers>, now: Date): EngineError {
  const { status } = error;
  if (status === 408 || status === 409 || status >= 500) {
    return new EngineError('unavailable', `The model server failed (${status}).`, {
      hint: 'Try again later.',
      cause: error,
      ...retryAfter(error.headers, now),
    });
  }
  return new EngineError('bad_request', `The model server refuses the request (${status}): ${messageOf(error)}`, {
    hint: 'Check OPENAI_MODEL: the model must exist and support JSON schema answers.',
    cause: error,
  });
}

/** RFC 9110 section 10.2.3 (seconds or a date), and the finer `retry-after-ms` that OpenAI sends. */
function retryAfter(headers: Headers | undefined, now: Date): { retryAfterMs?: number } {
  const exact = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (exact >= 0) return { retryAfterMs: exact };
  const value = headers?.get('retry-after') ?? '';
  if (/^\d+(\.\d+)?$/.test(value)) return { retryAfterMs: Number(value) * 1000 };
  const date = Date.parse(value);
  return Number.isNaN(date) ? {} : { retryAfterMs: Math.max(0, date - now.getTime()) };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
