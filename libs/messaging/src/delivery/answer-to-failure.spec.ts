import { NotDueError, RetryableError, TerminalError } from '../errors.ts';
import { answerToFailure, type EarlierTries } from './answer-to-failure.ts';

const NOW_MS = 1_000_000;
const answer = (error: unknown, tries: Partial<EarlierTries> = {}) =>
  answerToFailure(error, { retries: 0, waitedMs: 0, failures: 1, ...tries }, 5, NOW_MS);

describe('the answer to a failure', () => {
  it.each([[1, 1], [250, 250], [0, 1], [-5_000, 1], [10 * 60_000, 300_000]])('hands what is due in %i ms back for %i ms, and does not count it', (inMs, delayMs) => {
    expect(answer(new NotDueError('later', NOW_MS + inMs), { failures: 99 })).toEqual({ kind: 'hand_back', because: 'not_due', delayMs });
  });

  it.each([[0, 0, 1_000], [1, 1_000, 2_000], [2, 3_000, 4_000], [9, 60_000, 4_000], [40, 119_999, 4_000], [40, 120_000, 15_000], [4_000, 86_400_000, 15_000]])(
    'tries what is away again for ever: after %i retries and %i ms in %i ms',
    (retries, waitedMs, delayMs) => {
      expect(answer(new RetryableError('away'), { retries, waitedMs, failures: 99 })).toEqual({ kind: 'hand_back', because: 'waiting', delayMs });
    },
  );

  it('takes a first pause from the error, also one that is longer than usual', () => {
    expect(answer(new RetryableError('busy', { delayMs: 50 }))).toMatchObject({ delayMs: 50 });
    expect(answer(new RetryableError('closed', { delayMs: 60_000 }), { retries: 3 })).toMatchObject({ delayMs: 60_000 });
  });

  it.each([[1, 500], [2, 1_000], [3, 2_000], [4, 4_000]])('backs off from unforeseen error number %i for %i ms', (failures, delayMs) => {
    expect(answer(new TypeError('boom'), { failures })).toEqual({ kind: 'hand_back', because: 'failed', delayMs });
  });

  it.each([5, 6, 50])('buries the message at unforeseen error number %i of at most 5', (failures) => {
    expect(answer(new TypeError('boom'), { failures })).toEqual({ kind: 'dead_letter' });
  });

  it('buries what can never be handled at once', () => {
    expect(answer(new TerminalError('bad'))).toEqual({ kind: 'dead_letter' });
  });
});
