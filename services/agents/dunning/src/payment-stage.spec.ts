import { aFailedPayment } from '@troupe/agent-kit/testing';
import { isEnough, paymentStage, type PaymentStage } from './payment-stage.ts';

/** Attempt counts of one invoice as they arrived, oldest first; the last one is in hand. */
function failures(counts: readonly number[]) {
  const [current, ...earlier] = counts.map((attemptCount) => aFailedPayment({ attemptCount })).reverse();
  return { current: current ?? aFailedPayment(), earlier };
}

describe('how often a payment has failed', () => {
  it.each<[what: string, counts: number[], stage: PaymentStage, enough: boolean]>([
    ['the first time', [1], 'first', false],
    ['a provider that does not count', [0], 'first', false],
    ['the second time', [1, 2], 'second', false],
    ['the third time', [1, 2, 3], 'third', true],
    ['the third time, the first two were never heard of', [3], 'third', true],
    ['memory knows of more than the provider counts', [1, 1, 1], 'third', true],
    ['the fourth time: enough was said', [1, 2, 3, 4], 'third', false],
    ['the fifth time, the fourth was lost', [1, 2, 3, 5], 'third', false],
    ['a fourth after the third was lost', [1, 2, 4], 'third', true],
    ['the provider begins to count anew after the third', [1, 2, 3, 1], 'third', false],
  ])('%s', (_what, counts, stage, enough) => {
    const { current, earlier } = failures(counts);
    expect({ stage: paymentStage(current, earlier), enough: isEnough(current, earlier) }).toEqual({ stage, enough });
  });
});
