import { amounts } from './amounts.ts';

const isFounded = (draft: string, source: string): boolean => {
  const claims = amounts.find(draft);
  if (claims.length === 0) throw new Error(`No amount in "${draft}".`);
  return claims.every((claim) => amounts.isFounded(claim, { claims: amounts.find(source), text: source }));
};

describe('the same amount in other spellings', () => {
  it.each([
    ['€1.234,50', '1,234.50 EUR'],
    ['1 234,50 €', '€1,234.50'],
    ["CHF 1'234.50", '1234.5 CHF'],
    ['1\u202f234,50 €', 'EUR 1234.50'],
    ['$49', '49 USD'],
    ['49 USD', '49.00 USD'],
    ['US$49.00', '$49'],
    ['49.00 EUR', '49,00 €'],
    ['49 euros', 'EUR 49'],
    ['49,- €', '49 EUR'],
    ['CHF 49.–', '49 Franken'],
    ['4900 JPY', '¥4,900'],
    ['12.000 Kč', '12000 CZK'],
    ['499 kr', '499 SEK'],
    ['R$ 20', '20 BRL'],
    ['₹1,00,000.00', '100000 INR'],
    ['1.234 KWD', 'KWD 1.234'],
    ['€5k', '5.000 €'],
    ['$1.2 million', '1,200,000 USD'],
    ['3 Mio. €', 'EUR 3,000,000'],
    ['49–99 EUR', 'from 49 EUR, up to €99'],
    ['€49-99', '99 EUR or 49 EUR'],
    ['49 to 99 EUR', '49 EUR / 99 EUR'],
    ['That is 49.00 EUR.', 'amount: 49.00 EUR, due'],
    ['(EUR 49.00)', 'EUR 49.00'],
    ['49.00 EUR', '49.00 EUR 1 item'],
    ['49.00 EUR', 'Invoice 42 EUR 49.00'],
    ['49.00 EUR', '7\n49.00 EUR\n1'],
  ])('"%s" is founded in "%s"', (draft, source) => {
    expect(isFounded(draft, source)).toBe(true);
  });
});

describe('another amount', () => {
  it.each([
    ['€1.234,50', '€1.243,50'],
    ['€1.234', '€1.23'],
    ['49.00 EUR', '4.90 EUR'],
    ['49 EUR', '49 USD'],
    ['$49', '49 EUR'],
    ['€5k', '€5'],
    ['€5', '€5k'],
    ['49–99 EUR', '49 EUR'],
    ['49–99 EUR', '99 EUR'],
    ['4900 JPY', '49.00 JPY'],
    ['490 JPY', '490 CNY'],
    ['49.50 EUR', '49.05 EUR'],
    ['49 EUR', '49'],
    ['49 EUR', ''],
  ])('"%s" is not founded in "%s"', (draft, source) => {
    expect(isFounded(draft, source)).toBe(false);
  });
});

it.each(['20%', '20 % off', 'in 2026', 'room 49', 'INV-0042', 'Error 512', '49 people', 'all 5 of you', 'try 3 times', '10:30', '5 km', 'version 1.2.3', 'Euro', '$'])(
  '"%s" is no amount',
  (text) => {
    expect(amounts.find(text)).toEqual([]);
  },
);

it('reads a long text with many amounts in little time', () => {
  const startedMs = performance.now();
  expect(amounts.find('1.1.1.1-1 EUR 49,00 1 '.repeat(1_500)).length).toBeGreaterThan(0);
  expect(performance.now() - startedMs).toBeLessThan(3_000);
});
