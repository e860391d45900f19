import { amountsIn, asksIn, datesIn, referencesIn } from './mail-facts.ts';

describe('amountsIn', () => {
  it.each([
    ['1.450,00 EUR plus VAT', '1450.00', 'EUR', '1.450,00 EUR'],
    ['EUR 2,380.00 cannot', '2380.00', 'EUR', 'EUR 2,380.00'],
    ['$49 on the 1st', '49', 'USD', '$49'],
    ['19 quid a month', '19', 'GBP', '19 quid'],
    ["CHF 1'250.50", '1250.50', 'CHF', "CHF 1'250.50"],
    ['17,88 € jährlich', '17.88', 'EUR', '17,88 €'],
    ['12 000 €', '12000', 'EUR', '12 000 €'],
  ])('reads %j', (text, amount, currency, span) => {
    expect(amountsIn(text)).toEqual([{ amount, currency, span }]);
  });

  it.each(['30% off', 'call 0221 555 0192', 'version 2.3', 'at 14:00', 'in 2026'])('sees no money in %j', (text) => {
    expect(amountsIn(text)).toEqual([]);
  });
});

describe('datesIn', () => {
  it.each([
    ['due 2026-03-20 latest', '2026-03-20'],
    ['bis 14.04. verlängert', '14.04.'],
    ['on 3 March 2026 we', '3 March 2026'],
    ['am 17. März um 19 Uhr', '17. März'],
    ['before March 21st please', 'March 21st'],
    ['le 24 avril', '24 avril'],
    ['el 6 de junio', '6 de junio'],
  ])('finds the date in %j as written', (text, date) => {
    expect(datesIn(text)).toEqual([date]);
  });
});

describe('referencesIn', () => {
  it.each([
    ['Invoice 2026-014 attached', '2026-014'],
    ['your invoice TP-1187 over', 'TP-1187'],
    ['Rechnung Nr. 8841', '8841'],
    ['order number 30418', '30418'],
    ['see #4471', '#4471'],
    ['Request id req_8fk29dk.', 'req_8fk29dk'],
  ])('finds the number in %j', (text, reference) => {
    expect(referencesIn(text)).toEqual([reference]);
  });

  it('takes neither years nor dates nor plain words for numbers', () => {
    expect(referencesIn('order in 2026, invoice of 2026-03-02, the account manager, invoice attached')).toEqual([]);
  });
});

describe('asksIn', () => {
  it('finds questions and requests, not courtesies or statements', () => {
    const text = 'Hi there,\nthe export is broken. Can you fix it? Please also send the invoice.\nThanks for your help\nBest regards\nAnna';
    expect(asksIn(text)).toEqual(['Can you fix it?', 'Please also send the invoice.']);
  });

  it.each(['Können Sie mir helfen?', 'Je souhaite résilier mon abonnement.', 'Necesito la factura de enero.'])('understands %j', (text) => {
    expect(asksIn(text)).toEqual([text]);
  });
});
