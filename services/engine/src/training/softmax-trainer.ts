import { probabilitiesOf } from '../offline/triage/softmax.ts';
import type { LinearModel } from '../offline/triage/softmax.ts';

export interface Sample {
  label: string;
  features: number[];
}

export interface TrainingPlan {
  classes: readonly string[];
  /** Where the weights start, and what they are drawn back to. */
  prior: number[][];
  /** How strongly each feature's weight is drawn back to its prior; one per feature. */
  stiffness: number[];
  steps: number;
}

const LEARNING_RATE = 0.05;
const DECAY_FIRST = 0.9;
const DECAY_SECOND = 0.999;

/**
 * Maximum a posteriori fit of a softmax regression: full-batch Adam (Kingma and Ba, 2015), a Gaussian prior per weight.
 * No randomness and no shuffling: the same samples in the same order give the same weights.
 */
export function trainSoftmax(samples: readonly Sample[], plan: TrainingPlan): LinearModel {
  const weights = plan.prior.map((row) => [...row]);
  const model = { classes: plan.classes, weights };
  const first = weights.map((row) => row.map(() => 0));
  const second = weights.map((row) => row.map(() => 0));
  for (let step = 1; step <= plan.steps; step++) {
    const gradient = gradientOf(model, samples, plan);
    weights.forEach((row, k) => descend(row, gradient[k]!, first[k]!, second[k]!, step));
  }
  return model;
}

function gradientOf(model: LinearModel, samples: readonly Sample[], plan: TrainingPlan): number[][] {
  const pull = (weight: number, k: number, j: number) => (plan.stiffness[j]! * (weight - plan.prior[k]![j]!)) / samples.length;
  const gradient = model.weights.map((row, k) => row.map((weight, j) => pull(weight, k, j)));
  for (const { label, features } of samples) {
    const probabilities = probabilitiesOf(model, features);
    gradient.forEach((row, k) => {
      const error = (probabilities[k]! - (model.classes[k] === label ? 1 : 0)) / samples.length;
      for (let j = 0; j < row.length; j++) row[j] = row[j]! + error * features[j]!;
    });
  }
  return gradient;
}

function descend(row: number[], gradient: number[], first: number[], second: number[], step: number): void {
  for (let j = 0; j < row.length; j++) {
    first[j] = DECAY_FIRST * first[j]! + (1 - DECAY_FIRST) * gradient[j]!;
    second[j] = DECAY_SECOND * second[j]! + (1 - DECAY_SECOND) * gradient[j]! ** 2;
    const mean = first[j]! / (1 - DECAY_FIRST ** step);
    const spread = Math.sqrt(second[j]! / (1 - DECAY_SECOND ** step));
    row[j] = row[j]! - (LEARNING_RATE * mean) / (spread + 1e-8);
  }
}
