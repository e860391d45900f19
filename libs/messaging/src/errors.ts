import type { Failure } from '@troupe/contracts';

interface FailureOptions {
  readonly code?: string;
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * "Not before": the moment this handler waits for has not come. The message is handed back until `untilMs` (milliseconds
 * since 1970); no limit, no log, nothing wrong. Handlers that throw it declare themselves `timer`.
 */
export class NotDueError extends Error {
  readonly untilMs: number;

  constructor(message: string, untilMs: number) {
    super(message);
    this.name = 'NotDueError';
    this.untilMs = untilMs;
  }
}

/**
 * "Not now": something this handler needs is away. The message is handed back and tried again, first after `delayMs`, then
 * after growing pauses, without a limit; after a minute the wait is said aloud. It never counts as a failed delivery.
 */
export class RetryableError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly delayMs: number;

  constructor(message: string, options: FailureOptions & { readonly delayMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.name = 'RetryableError';
    this.code = options.code ?? 'retry_later';
    this.hint = options.hint ?? 'It is tried again by itself.';
    this.delayMs = options.delayMs ?? 1_000;
  }
}

/** "Never": the message goes to the dead letters with this reason; the next one is handled as usual. */
export class TerminalError extends Error {
  readonly code: string;
  readonly hint: string;

  constructor(message: string, options: FailureOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'TerminalError';
    this.code = options.code ?? 'cannot_handle';
    this.hint = options.hint ?? 'Mend the cause, then redrive or discard the dead letter.';
  }
}

/** Any error as a structured reason, without its stack (I11). */
export function failureOf(error: unknown): Failure {
  if (error instanceof RetryableError) return failure(error.code, true, error.message, error.hint);
  if (error instanceof TerminalError) return failure(error.code, false, error.message, error.hint);
  const message = error instanceof Error ? error.message : String(error);
  return failure('unexpected', false, message || 'An error without a message.', 'See the service log at this time.');
}

function failure(code: string, retryable: boolean, message: string, hint: string): Failure {
  return { code, retryable, message: message.slice(0, 2_000), hint: hint.slice(0, 2_000) };
}
