import { eventually } from './eventually.ts';
import { FakeClock } from './fake-clock.ts';

describe('eventually', () => {
  it('answers what the assertion returns once it holds', async () => {
    let attempts = 0;
    const third = (): number => {
      attempts += 1;
      if (attempts < 3) throw new Error('not yet');
      return attempts;
    };
    await expect(eventually(third, { intervalMs: 1 })).resolves.toBe(3);
  });

  it('throws the last error when time is up', async () => {
    const never = (): void => {
      throw new Error('still wrong');
    };
    await expect(eventually(never, { timeoutMs: 5, intervalMs: 1 })).rejects.toThrow('still wrong');
  });
});

describe('FakeClock', () => {
  it('stands still until it is moved, and never goes back', () => {
    const clock = new FakeClock(1_000);
    const { now } = clock;
    clock.advance(500);
    expect(now()).toBe(1_500);
    expect(() => clock.advance(-1)).toThrow('does not go back');
  });
});
