import { isCourtesy, ownWords, readableText, sentencesOf } from './mail-text.ts';

describe('readableText', () => {
  it('turns HTML into lines, keeps where links lead, and drops styles', () => {
    const html = '<html><style>p{color:red}</style><body><p>Hello&nbsp;<b>Anna</b> &amp; co</p><p>Pay <a href="https://x.example/a">here</a></p></body></html>';
    expect(readableText(html)).toBe('Hello Anna & co\nPay here (https://x.example/a)');
  });

  it('leaves plain text with angle brackets alone', () => {
    expect(readableText('if a < b and c > d, mail <anna@x.example>')).toBe('if a < b and c > d, mail <anna@x.example>');
  });

  it('survives a broken character reference', () => {
    expect(readableText('<p>&#1114112; &#999999; ok</p>')).toContain('ok');
  });
});

describe('ownWords', () => {
  it('stops at the quoted mail and at the signature', () => {
    expect(ownWords('Still broken.\n\nOn Mon, Mar 2, 2026 at 9:12 AM Support wrote:\n> try again')).toBe('Still broken.');
    expect(ownWords('Still broken.\n-- \nAnna\nKern GmbH')).toBe('Still broken.');
    expect(ownWords('Nein.\nAm 2. März 2026 um 9 Uhr schrieb Mira:\nGeht es?')).toBe('Nein.');
  });

  it('keeps what was forwarded, without its header lines', () => {
    const text = 'See below.\n---------- Forwarded message ----------\nFrom: Piotr\nSubject: Report\nWhich total is right?';
    expect(ownWords(text)).toBe('See below.\nWhich total is right?');
  });
});

describe('sentencesOf', () => {
  it('joins wrapped lines and splits lists and paragraphs', () => {
    expect(sentencesOf('The first sentence is\nwrapped here. A second.\n\n- one\n- two')).toEqual(['The first sentence is wrapped here.', 'A second.', '- one', '- two']);
  });

  it('splits what is written all in lower case, and not at an abbreviation', () => {
    expect(sentencesOf('the table wobbles. what can i do? thanks')).toEqual(['the table wobbles.', 'what can i do?', 'thanks']);
    expect(sentencesOf('It was £19.97 incl. VAT. Under art. 15 GDPR I ask for a copy.')).toEqual(['It was £19.97 incl. VAT.', 'Under art. 15 GDPR I ask for a copy.']);
  });
});

describe('isCourtesy', () => {
  it('knows a greeting from a sentence that starts with one', () => {
    expect(['Dear Sir or Madam,', 'Hi Mira,', 'Sehr geehrte Damen und Herren,', 'Hello'].every(isCourtesy)).toBe(true);
    expect(isCourtesy('hey, would be neat if the weekly summary had a chart.')).toBe(false);
    expect(isCourtesy('hi sam pls cancel my membership')).toBe(false);
  });
});
