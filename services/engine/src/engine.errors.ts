export type EngineErrorCode =
  | 'rate_limited'
  | 'unavailable'
  | 'timeout'
  | 'bad_answer'
  | 'unauthorized'
  | 'bad_request';

const RETRYABLE: Record<EngineErrorCode, boolean> = {
  rate_limited: true,
  unavailable: true,
  timeout: true,
  bad_answer: false,
  unauthorized: false,
  bad_request: false,
};

export interface EngineErrorDetail {
  hint: string;
  retryAfterMs?: number;
  cause?: unknown;
}

/** A model call that failed, named for what the caller does next: `retryable` says whether the same call may work later. */
export class EngineError extends Error {
  readonly code: EngineErrorCode;
  readonly retryable: boolean;
  readonly hint: string;
  /** How long the provider asked us to wait; absent when it did not say. */
  readonly retryAfterMs?: number;

  constructor(code: EngineErrorCode, message: string, detail: EngineErrorDetail) {
    super(message, { cause: detail.cause });
    this.name = 'EngineError';
    this.code = code;
    this.retryable = RETRYABLE[code];
    this.hint = detail.hint;
    if (detail.retryAfterMs !== undefined) this.retryAfterMs = detail.retryAfterMs;
  }
}
