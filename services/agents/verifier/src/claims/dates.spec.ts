import { dates } from './dates.ts';

const isFounded = (draft: string, source: string): boolean => {
  const claims = dates.find(draft);
  if (claims.length === 0) throw new Error(`No date in "${draft}".`);
  return claims.every((claim) => dates.isFounded(claim, { claims: dates.find(source), text: source }));
};

describe('the same day in other spellings', () => {
  it.each([
    ['2026-04-03', '2026-04-03T10:00:00.000Z'],
    ['3 April 2026', '2026-04-03'],
    ['April 3rd, 2026', '3.4.2026'],
    ['03.04.26', '3 April 2026'],
    ['3. April 2026', 'April 3'],
    ['3. März 2026', '2026-03-03'],
    ['1er avril 2026', '2026-04-01'],
    ['3 de abril de 2026', '3 avr. 2026'],
    ['le 14 juillet', '14 July 2025'],
    ['15 févr. 2026', '2026/02/15'],
    ['the 3rd of March', '3 March 2026'],
    ['3-Mar-2026', '03/03/2026'],
    ['Sept. 9, 2026', '9 september 2026'],
    ['am 3.4. um zehn', '2026-04-03'],
    ['by 4/15', 'April 15'],
    ['March 2026', '2026-03-03'],
    ['3 March 2026', '3 March'],
    ['3 March', '3 March 2026'],
  ])('"%s" is founded in "%s"', (draft, source) => {
    expect(isFounded(draft, source)).toBe(true);
  });

  it.each(['4 March 2026', '3 April 2026', '2026-03-04'])('4/3/2026 can be %s: nobody can tell', (source) => {
    expect(isFounded('4/3/2026', source)).toBe(true);
    expect(isFounded(source, '4/3/2026')).toBe(true);
  });
});

describe('another day', () => {
  it.each([
    ['3 March 2026', '3 March 2025'],
    ['2026-03-03', '2025-03-03'],
    ['March 2025', '2026-03-03'],
    ['3 March', '4 March'],
    ['3 March', '3 May 2026'],
    ['3.4.2026', '4.3.2026'],
    ['4/3/2026', '4 May 2026'],
    ['12/31/2026', '12 March 2026'],
    ['3. Mai 2026', '3. März 2026'],
    ['3 March 2026', ''],
  ])('"%s" is not founded in "%s"', (draft, source) => {
    expect(isFounded(draft, source)).toBe(false);
  });
});

it.each(['version 1.2.3', '10.0.0.1', 'the 5 may be late', '512', '31/31/2026', '2026', 'section 3.4.', 'the March report', '3 days ago', 'set 3 alarms', '1/2', 'Error 512'])(
  '"%s" is no date',
  (text) => {
    expect(dates.find(text)).toEqual([]);
  },
);
