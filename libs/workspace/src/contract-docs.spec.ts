import { contractDocs, contractText, eventPromise } from './contract-docs.ts';

const SOURCE = `
/** Not a contract's. */
const other = 1;

/**
 * The kettle boils.
 * Emitted when: the water is hot,
 * and somebody listens.
 * Guarantees: tea.
 * Does not mean: that anyone drinks it.
 */
export const KettleBoiled = defineEvent({
  type: 'evt.kettle.boiled',
  version: 1,
});

/** Pours a cup. */
export const KettlePour = defineAction({
  type: 'kettle.pour',
});
`;

const docs = new Map(contractDocs(SOURCE));

describe('the docstrings of contracts', () => {
  it('are read sentence by sentence, over line breaks', () => {
    expect(eventPromise('evt.kettle.boiled', docs)).toEqual({
      meaning: 'The kettle boils.',
      emittedWhen: 'the water is hot, and somebody listens.',
      guarantees: 'tea.',
      doesNotMean: 'that anyone drinks it.',
    });
  });

  it('belong to the declaration right below them', () => {
    expect([...docs.keys()]).toEqual(['evt.kettle.boiled', 'kettle.pour']);
    expect(contractText('kettle.pour', docs)).toBe('Pours a cup.');
  });

  it('are demanded, with the sentences that are missing', () => {
    const silent = new Map([['evt.kettle.boiled', ['The kettle boils.', 'Guarantees: tea.']]]);
    expect(() => eventPromise('evt.kettle.boiled', silent)).toThrow(/evt\.kettle\.boiled needs .*"Emitted when:"/);
    expect(() => contractText('kettle.fill', docs)).toThrow(/kettle\.fill has no docstring/);
  });
});
