import { shippedModel } from '../offline/triage/classifier.ts';
import { SIGNALS } from '../offline/triage/signals.ts';
import { readExamples } from './examples.ts';
import { digestOf } from './train-triage.ts';

describe('model/triage.json', () => {
  it('was trained for the signals that are read today', () => {
    expect(shippedModel().signals).toEqual(SIGNALS.map(({ name }) => name));
  });

  it('comes from the committed sample and lexicon; if not, run `npm run train --workspace @troupe/engine`', () => {
    expect(shippedModel().trainedFrom).toBe(digestOf(readExamples()));
  });
});
