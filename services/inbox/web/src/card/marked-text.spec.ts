import { markSpans } from './marked-text.ts';

describe('marking what claims rest on', () => {
  it('marks every occurrence and loses no character', () => {
    const text = 'Invoice 2041 says 49.00 EUR. Is 49.00 EUR right?';
    const pieces = markSpans(text, ['49.00 EUR', 'Invoice 2041', '', 'not there', '49.00']);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    expect(pieces.filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['Invoice 2041', '49.00 EUR', '49.00 EUR']);
  });

  it('finds a span across a line break of the mail', () => {
    expect(markSpans('Could you\r\nhave a look?', ['Could you have a look?'])).toEqual([{ text: 'Could you\r\nhave a look?', marked: true }]);
  });

  it('takes spans literally', () => {
    expect(markSpans('a (b) c', ['(b)'])).toEqual([
      { text: 'a ', marked: false },
      { text: '(b)', marked: true },
      { text: ' c', marked: false },
    ]);
    expect(markSpans('abc', ['.*?'])).toEqual([{ text: 'abc', marked: false }]);
  });
});
