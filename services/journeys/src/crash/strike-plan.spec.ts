import { CRASH_POINTS, planStrikes } from './strike-plan.ts';

const PLAN = { seed: 7, services: ['gateway', 'policy'], overMs: 10_000, rounds: 2, kills: 5, brokerKills: 3 };

describe('the plan of strikes', () => {
  const strikes = planStrikes(PLAN);

  it('is the same for the same seed and another for another', () => {
    expect(planStrikes(PLAN)).toEqual(strikes);
    expect(planStrikes({ ...PLAN, seed: 8 })).not.toEqual(strikes);
  });

  it('arms every named point as often as asked, in a service that passes it', () => {
    const arms = strikes.flatMap((strike) => (strike.kind === 'arm' ? [strike] : []));
    for (const [point, services] of Object.entries(CRASH_POINTS)) {
      const armed = arms.filter((strike) => strike.point === point);
      expect(armed).toHaveLength(PLAN.rounds);
      expect(services).toEqual(expect.arrayContaining(armed.map(({ service }) => service)));
    }
  });

  it('spreads all strikes over the time it has, in order', () => {
    const moments = strikes.map(({ atMs }) => atMs);
    expect(strikes).toHaveLength(7 * PLAN.rounds + PLAN.kills + PLAN.brokerKills);
    expect(moments).toEqual([...moments].sort((one, other) => one - other));
    expect(Math.max(...moments)).toBeLessThan(PLAN.overMs);
    expect(strikes.filter(({ kind }) => kind === 'kill_broker')).toHaveLength(3);
  });
});
