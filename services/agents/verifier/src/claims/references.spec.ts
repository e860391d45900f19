import { references } from './references.ts';

const isFounded = (draft: string, source: string): boolean => references.find(draft).every((claim) => references.isFounded(claim, { claims: [], text: source }));

it.each([
  ['invoice INV-0042', 'INV-0042', true],
  ['order #12345', 'Order 12345.', true],
  ['2026-001', 'INV-2026-001', true],
  ['inv-0042', 'INV-0042', true],
  ['invoice INV-0042', 'INV-0043', false],
  ['order 1234', 'order 12345', false],
  ['order 1234', 'AB1234', false],
  ['in 2027', 'in 2026', false],
])('"%s" against "%s"', (draft, source, founded) => {
  expect(isFounded(draft, source)).toBe(founded);
});

it.each(['512', '10:30', '3 of 100', '49.00'])('"%s" is no reference', (text) => {
  expect(references.find(text)).toEqual([]);
});
