import { createHash } from 'node:crypto';
import { urgencyFeatures } from '../offline/triage/classifier.ts';
import type { TriageModel } from '../offline/triage/classifier.ts';
import { featuresOf } from '../offline/triage/features.ts';
import { SIGNALS } from '../offline/triage/signals.ts';
import { probabilitiesOf } from '../offline/triage/softmax.ts';
import { CATEGORIES, URGENCIES } from '../offline/triage/triage-contract.ts';
import type { Category, Urgency } from '../offline/triage/triage-contract.ts';
import type { Example } from './examples.ts';
import { trainSoftmax } from './softmax-trainer.ts';
import type { TrainingPlan } from './softmax-trainer.ts';

// Chosen by five-fold cross-validation inside the tune half.
const SIGNAL_STIFFNESS = 0.6;
const VECTOR_STIFFNESS = 1.6;
/** Urgency is in words and headers; what a mail is about says little of it. */
const URGENCY_VECTOR_STIFFNESS = 10;
const BIAS_STIFFNESS = 0.01;
const STEPS = 300;

const URGENCY_EVIDENCE: Record<string, Partial<Record<Urgency, number>>> = {
  'topic:urgent': { high: 3, low: -0.5 },
  'topic:standstill': { high: 3.5, low: -0.5 },
  'topic:deadline': { high: 3.5, low: -0.5 },
  'topic:dayWord': { high: 1 },
  'topic:breach': { high: 3.5, low: -0.5 },
  'topic:anger': { high: 1, low: -0.5 },
  'topic:demand': { normal: 1, low: -1.5, high: 0.4 },
  'topic:gratitude': { low: 1.5, high: -0.5 },
  'topic:receipt': { low: 1.5 },
  'subject:urgent': { high: 2 },
  'subject:standstill': { high: 1.5 },
  'subject:deadline': { high: 1.5 },
  'subject:dayWord': { high: 0.8 },
  'subject:gratitude': { low: 0.8 },
  'subject:receipt': { low: 0.8 },
  'topic:unhurried': { low: 1.8, high: -0.8 },
  'topic:pitching': { low: 0.8 },
  'topic:wish': { low: 0.8 },
  'header:auto': { low: 1 },
  'from:machine': { low: 0.8 },
  'text:no-ask': { low: 1.2 },
};
const CATEGORY_URGENCY: Record<Category, Partial<Record<Urgency, number>>> = {
  support: { normal: 0.8 },
  billing: { normal: 0.6 },
  sales: { normal: 0.4, high: -0.6 },
  newsletter: { low: 4, high: -2 },
  spam: { low: 4, high: -2 },
  personal: { normal: 0.6 },
};

/** One vector per example, in the same order, from the encoder that will also serve. */
export function trainTriage(examples: readonly Example[], vectors: readonly (readonly number[])[]): TriageModel {
  const features = examples.map(({ view }, index) => featuresOf(view, vectors[index] ?? []));
  const vectorLength = vectors[0]?.length ?? 0;
  const category = trainSoftmax(
    examples.map((example, index) => ({ label: example.category, features: features[index]! })),
    categoryPlan(vectorLength),
  );
  const urgency = trainSoftmax(
    examples.map((example, index) => ({
      label: example.urgency,
      features: urgencyFeatures(features[index]!, probabilitiesOf(category, features[index]!)),
    })),
    urgencyPlan(vectorLength),
  );
  return { signals: SIGNALS.map(({ name }) => name), trainedFrom: digestOf(examples), category, urgency };
}

/** What weights are made from, short: the labels and every signal of every example, in order. Another lexicon, another digest. */
export function digestOf(examples: readonly Example[]): string {
  const hash = createHash('sha256');
  for (const { id, category, urgency, view } of examples) {
    hash.update(JSON.stringify([id, category, urgency, SIGNALS.map((signal) => [signal.name, signal.strength(view).toFixed(3)])]));
  }
  return hash.digest('base64url');
}

function categoryPlan(vectorLength: number): TrainingPlan {
  const prior = CATEGORIES.map((category) => [...SIGNALS.map(({ evidence }) => evidence[category] ?? 0), ...zeros(vectorLength), 0]);
  return { classes: CATEGORIES, prior, stiffness: stiffness(SIGNALS.length, vectorLength, VECTOR_STIFFNESS), steps: STEPS };
}

function urgencyPlan(vectorLength: number): TrainingPlan {
  const prior = URGENCIES.map((urgency) => [
    ...CATEGORIES.map((category) => CATEGORY_URGENCY[category][urgency] ?? 0),
    ...SIGNALS.map(({ name }) => URGENCY_EVIDENCE[name]?.[urgency] ?? 0),
    ...zeros(vectorLength),
    0,
  ]);
  return { classes: URGENCIES, prior, stiffness: stiffness(CATEGORIES.length + SIGNALS.length, vectorLength, URGENCY_VECTOR_STIFFNESS), steps: STEPS };
}

function stiffness(signals: number, vectorLength: number, vector: number): number[] {
  return [...new Array<number>(signals).fill(SIGNAL_STIFFNESS), ...new Array<number>(vectorLength).fill(vector), BIAS_STIFFNESS];
}

const zeros = (length: number) => new Array<number>(length).fill(0);
