import { SentenceEncoder } from '../offline/sentence-encoder.ts';
import { judgeHeldOut } from './held-out.ts';
import { accuracyOf } from './report.ts';

// Below the figures that `npm run accuracy` prints, with room for a new mail or two: a regression, not a hiccup, fails.
const CATEGORY_FLOOR = 0.87;
const URGENCY_FLOOR = 0.8;

describe('triage on the half of the sample that it was not trained on', () => {
  it('keeps its accuracy', async () => {
    const encoder = new SentenceEncoder();
    const { category, urgency } = await judgeHeldOut(encoder, AbortSignal.timeout(240_000));
    await encoder.close();
    expect(category.length).toBeGreaterThan(150);
    expect(accuracyOf(category)).toBeGreaterThanOrEqual(CATEGORY_FLOOR);
    expect(accuracyOf(urgency)).toBeGreaterThanOrEqual(URGENCY_FLOOR);
  }, 300_000);
});
