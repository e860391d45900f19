import { snoozeChoices } from './snooze-choices.ts';

describe('when a card comes back', () => {
  it.each([0, 1, 2, 3, 4, 5, 6])('is always later, and Monday is a Monday (day %i)', (day) => {
    const now = new Date(2026, 10, 22 + day, 9, 30);
    const choices = snoozeChoices(now);
    for (const { until } of choices) expect(Date.parse(until)).toBeGreaterThan(now.getTime());
    const monday = new Date(choices[2]?.until ?? '');
    expect([monday.getDay(), monday.getHours()]).toEqual([1, 8]);
  });
});
