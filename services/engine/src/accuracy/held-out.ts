import { classify } from '../offline/triage/classifier.ts';
import { embeddedTextOf } from '../offline/triage/features.ts';
import type { SentenceEncoder } from '../offline/sentence-encoder.ts';
import { halvesOf, readExamples } from '../training/examples.ts';
import type { Example } from '../training/examples.ts';
import { trainTriage } from '../training/train-triage.ts';
import type { Judgement } from './report.ts';

export interface HeldOutResult {
  trainedOn: number;
  category: Judgement[];
  urgency: Judgement[];
}

/** Trains on the tune half and judges the other half, which no rule was tuned on. */
export async function judgeHeldOut(encoder: Pick<SentenceEncoder, 'embed'>, signal: AbortSignal): Promise<HeldOutResult> {
  const { tune, heldOut } = halvesOf(readExamples());
  const model = trainTriage(tune, await vectorsOf(tune, encoder, signal));
  const vectors = await vectorsOf(heldOut, encoder, signal);
  const verdicts = heldOut.map(({ view }, index) => classify(model, view, vectors[index] ?? []));
  const judged = (what: 'category' | 'urgency') =>
    heldOut.map((example, index) => ({ id: example.id, expected: example[what], found: verdicts[index]![what] }));
  return { trainedOn: tune.length, category: judged('category'), urgency: judged('urgency') };
}

function vectorsOf(examples: readonly Example[], encoder: Pick<SentenceEncoder, 'embed'>, signal: AbortSignal): Promise<number[][]> {
  return encoder.embed(examples.map(({ view }) => embeddedTextOf(view)), signal);
}
