import { classify } from '../offline/triage/classifier.ts';
import { halvesOf, readExamples } from '../training/examples.ts';
import { readSampleVectors, vectorsFor } from '../training/sample-vectors.ts';
import { trainTriage } from '../training/train-triage.ts';
import type { Judgement } from './report.ts';

export interface HeldOutResult {
  trainedOn: number;
  category: Judgement[];
  urgency: Judgement[];
}

/** Trains on the tune half and judges the other half, which took no part in the training. */
export function judgeHeldOut(): HeldOutResult {
  const known = readSampleVectors();
  const { tune, heldOut } = halvesOf(readExamples());
  const model = trainTriage(tune, vectorsFor(tune, known));
  const vectors = vectorsFor(heldOut, known);
  const verdicts = heldOut.map(({ view }, index) => classify(model, view, vectors[index] ?? []));
  const judged = (what: 'category' | 'urgency') =>
    heldOut.map((example, index) => ({ id: example.id, expected: example[what], found: verdicts[index]![what] }));
  return { trainedOn: tune.length, category: judged('category'), urgency: judged('urgency') };
}
