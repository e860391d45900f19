import { SentenceEncoder } from '../offline/sentence-encoder.ts';
import { halvesOf, readExamples } from '../training/examples.ts';
import { readSampleVectors, vectorsFor, withMissing } from '../training/sample-vectors.ts';
import { judgeHeldOut } from './held-out.ts';
import { accuracyOf, figuresOf } from './report.ts';

// Below the figures that `npm run accuracy` prints, with room for a new mail or two: a regression, not a hiccup, fails.
const CATEGORY_FLOOR = 0.91;
const URGENCY_FLOOR = 0.87;
const HIGH_RECALL_FLOOR = 0.75;

/** The vectors are kept with 8 bits a dimension. */
const ONE_ROUNDING_STEP = 0.005;

describe('triage on the half of the sample that it was not trained on', () => {
  it('keeps its accuracy', () => {
    const { category, urgency } = judgeHeldOut();
    expect(category.length).toBeGreaterThan(350);
    expect(accuracyOf(category)).toBeGreaterThanOrEqual(CATEGORY_FLOOR);
    expect(accuracyOf(urgency)).toBeGreaterThanOrEqual(URGENCY_FLOOR);
    expect(figuresOf(['high'], urgency)[0]?.recall).toBeGreaterThanOrEqual(HIGH_RECALL_FLOOR);
  }, 120_000);

  it('rests on vectors that the encoder gives today', async () => {
    const some = halvesOf(readExamples()).heldOut.filter((_, index) => index % 50 === 0);
    const encoder = new SentenceEncoder();
    const fresh = await withMissing(some, new Map(), encoder, AbortSignal.timeout(60_000));
    await encoder.close();
    const kept = vectorsFor(some, readSampleVectors());
    const differences = vectorsFor(some, fresh).flatMap((vector, index) => vector.map((value, place) => Math.abs(value - kept[index]![place]!)));
    expect(Math.max(...differences)).toBeLessThan(ONE_ROUNDING_STEP);
  }, 90_000);
});
