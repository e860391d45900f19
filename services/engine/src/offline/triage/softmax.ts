/** Softmax regression (multinomial logistic): scores are linear in the features, probabilities sum to one. */
export interface LinearModel {
  classes: readonly string[];
  /** `weights[class][feature]`; the last feature is the constant 1. */
  weights: number[][];
}

export function probabilitiesOf(model: LinearModel, features: readonly number[]): number[] {
  const scores = model.weights.map((row) => dot(row, features));
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** The most probable class and its probability. */
export function bestOf(model: LinearModel, features: readonly number[]): { name: string; probability: number } {
  const probabilities = probabilitiesOf(model, features);
  const probability = Math.max(...probabilities);
  return { name: model.classes[probabilities.indexOf(probability)] ?? '', probability };
}

function dot(row: readonly number[], features: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += (row[index] ?? 0) * (features[index] ?? 0);
  return sum;
}
