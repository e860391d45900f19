import { readFileSync } from 'node:fs';
import { featuresOf } from './features.ts';
import type { MailView } from './mail-view.ts';
import { SIGNALS } from './signals.ts';
import { bestOf, probabilitiesOf } from './softmax.ts';
import type { LinearModel } from './softmax.ts';
import type { Category, Urgency } from './triage-contract.ts';

/** The trained weights, as `npm run train` writes them. `signals` guards against weights for other signals. */
export interface TriageModel {
  signals: readonly string[];
  /** Digest of the sample and signals behind the weights; a spec compares it with those that are committed. */
  trainedFrom: string;
  category: LinearModel;
  urgency: LinearModel;
}

export interface Verdict {
  category: Category;
  urgency: Urgency;
  /** The probability of the category. */
  confidence: number;
}

const MODEL_FILE = new URL('../../../model/triage.json', import.meta.url);
/** An urgent mail that waits costs more than one that is read too early. */
const HIGH_FROM = 0.2;
let loaded: TriageModel | undefined;

/**
 * The weights that ship with this service, read once.
 *
 * @throws Error when they were trained for other signals; the engine asks at boot, so that no mail is the first to find out.
 */
export function shippedModel(): TriageModel {
  loaded ??= readModel();
  return loaded;
}

export function classify(model: TriageModel, view: MailView, vector: readonly number[]): Verdict {
  const features = featuresOf(view, vector);
  const category = bestOf(model.category, features);
  const urgency = urgencyOf(model.urgency, urgencyFeatures(features, probabilitiesOf(model.category, features)));
  return { category: category.name as Category, urgency, confidence: round(category.probability) };
}

function urgencyOf(model: LinearModel, features: readonly number[]): Urgency {
  const high = probabilitiesOf(model, features)[model.classes.indexOf('high')] ?? 0;
  return high >= HIGH_FROM ? 'high' : (bestOf(model, features).name as Urgency);
}

/** Urgency also looks at the category: a newsletter can wait whatever it shouts. */
export function urgencyFeatures(features: readonly number[], categoryProbabilities: readonly number[]): number[] {
  return [...categoryProbabilities, ...features];
}

function readModel(): TriageModel {
  const model = JSON.parse(readFileSync(MODEL_FILE, 'utf8')) as TriageModel;
  if (model.signals.join() === SIGNALS.map(({ name }) => name).join()) return model;
  throw new Error('model/triage.json was trained for other signals: run `npm run train --workspace @troupe/engine`.');
}

const round = (value: number) => Math.round(value * 1000) / 1000;
