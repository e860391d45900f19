import { ago, costText, typeText, untilText } from './format.ts';

const nowMs = Date.parse('2026-11-23T12:00:00Z');
const before = (ms: number): string => new Date(nowMs - ms).toISOString();
const after = (ms: number): string => new Date(nowMs + ms).toISOString();

describe('words for the page', () => {
  it('tells how long ago', () => {
    expect(ago(before(5_000), nowMs)).toBe('just now');
    expect(ago(before(5 * 60_000), nowMs)).toBe('5 min ago');
    expect(ago(before(3 * 3_600_000), nowMs)).toMatch(/\d\d:\d\d/);
  });

  it('counts down and stops at nothing', () => {
    expect(untilText(after(8_200), nowMs)).toBe('9 s');
    expect(untilText(after(600_000), nowMs)).toBe('10 min');
    expect(untilText(after(5 * 86_400_000), nowMs)).toBe('5 days');
    expect(untilText(before(1), nowMs)).toBe('0 s');
  });

  it('names costs and types', () => {
    expect([costText(0), costText(0.001), costText(1.5)]).toEqual(['no cost', 'under $0.01', '$1.50']);
    expect(typeText('evt.action.undo_requested')).toBe('action undo requested');
  });
});
