import { canReport, canRetry } from './afterwards.ts';

const failure = (retryable: boolean) => ({ code: 'x', retryable, message: 'x', hint: 'x' });

describe('afterwards', () => {
  it('lets only what failed for a reason that may pass be sent again', () => {
    expect(canRetry({ state: 'failed', failure: failure(true) })).toBe(true);
    expect(canRetry({ state: 'failed', failure: failure(false) })).toBe(false);
    expect(canRetry({ state: 'failed', failure: null })).toBe(false);
    expect(canRetry({ state: 'unknown', failure: failure(true) })).toBe(false);
  });

  it('asks the owner how it ended only where nobody knows', () => {
    expect(canReport({ state: 'unknown' })).toBe(true);
    expect(canReport({ state: 'failed' })).toBe(false);
  });
});
