import { accuracyOf, confusionOf, figuresOf, renderConfusion } from './report.ts';

const judgements = [
  { id: '1', expected: 'a', found: 'a' },
  { id: '2', expected: 'a', found: 'b' },
  { id: '3', expected: 'b', found: 'b' },
  { id: '4', expected: 'b', found: 'b' },
];

describe('accuracy report', () => {
  it('counts rows by what a mail is and columns by what it was judged to be', () => {
    expect(confusionOf(['a', 'b'], judgements)).toEqual([[1, 1], [0, 2]]);
    expect(accuracyOf(judgements)).toBe(0.75);
  });

  it('tells precision from recall', () => {
    expect(figuresOf(['a', 'b', 'c'], judgements)).toEqual([
      { name: 'a', count: 2, precision: 1, recall: 0.5 },
      { name: 'b', count: 2, precision: 2 / 3, recall: 1 },
      { name: 'c', count: 0, precision: NaN, recall: NaN },
    ]);
  });

  it('prints an aligned matrix', () => {
    expect(renderConfusion(['a', 'b'], judgements)).toBe('is \\ judged  a  b\na            1  1\nb            0  2');
  });
});
