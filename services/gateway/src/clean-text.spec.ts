import { cleanLine, cleanText, cut } from './clean-text.ts';

describe('cleanLine', () => {
  it('folds lines and blanks into one line', () => {
    expect(cleanLine('  Re: your\r\n\tinvoice  42 ', 100)).toBe('Re: your invoice 42');
  });

  it('removes controls and the marks that turn the reading direction', () => {
    expect(cleanLine('in\u0000voice\u202Efdp.exe\u001b[31m', 100)).toBe('invoicefdp.exe[31m');
  });

  it('replaces an unpaired surrogate, so that it survives JSON', () => {
    expect(cleanLine('a\ud800b', 100)).toBe('a\ufffdb');
  });
});

describe('cleanText', () => {
  it('keeps lines and tabs, whatever ended the lines', () => {
    expect(cleanText('one\r\ntwo\rthree\n\tfour\u0007\n\n')).toBe('one\ntwo\nthree\n\tfour');
  });
});

describe('cut', () => {
  it('never tears a surrogate pair', () => {
    expect(cut('ab😀', 3)).toBe('ab');
    expect(cut('ab😀', 4)).toBe('ab😀');
  });
});
