/** The outside system has failed too often of late; the call was not made. */
export class BreakerOpen extends Error {
  override readonly name = 'BreakerOpen';
  constructor(guardName: string, retryAfterMs: number) {
    super(`The circuit breaker "${guardName}" is open; the call was not made. It lets one call through after ${retryAfterMs} ms.`);
  }
}

/** As many calls are under way as the outside system is allowed to get; the call was not made. */
export class BulkheadFull extends Error {
  override readonly name = 'BulkheadFull';
  constructor(guardName: string, capacity: number) {
    super(`"${guardName}" already has ${capacity} calls under way; the call was not made. Come back later or raise its capacity.`);
  }
}

/** The call did not end in time. It was made, so it may have had an effect. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
  constructor(guardName: string, timeoutMs: number) {
    super(`A call through "${guardName}" did not end within ${timeoutMs} ms; it may have had an effect.`);
  }
}

/** True when the guard turned the call away, so that nothing can have happened outside. */
export function wasNotMade(error: unknown): error is BreakerOpen | BulkheadFull {
  return error instanceof BreakerOpen || error instanceof BulkheadFull;
}
