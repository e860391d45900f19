import { outputId, personSubject, stableId } from './identifiers.ts';

describe('deterministic ids (I2)', () => {
  it('are the same for the same cause, handler, index and branch, and differ in each', () => {
    const ids = [
      outputId('evt_a', 'triage.sort', 0), outputId('evt_b', 'triage.sort', 0), outputId('evt_a', 'triage.other', 0),
      outputId('evt_a', 'triage.sort', 1), outputId('evt_a', 'triage.sort', 0, 'what-if'), outputId('evt_a', 'triage.sort', 0, 'other'),
    ];
    expect(outputId('evt_a', 'triage.sort', 0, '')).toBe(ids[0]);
    expect(outputId('evt_a', 'triage.sort', 0)).toBe(ids[0]);
    expect(new Set(ids).size).toBe(6);
  });

  it('keep the borders between parts', () => {
    expect(stableId('x', 'ab', 'c')).not.toBe(stableId('x', 'a', 'bc'));
    expect(stableId('x', 'a', '')).not.toBe(stableId('x', 'a'));
    expect(stableId('x', '1:a')).not.toBe(stableId('x', '1', 'a'));
  });

  it('can be keys and headers on the broker', () => {
    expect(stableId('evt', 'ü\n*>', '😀')).toMatch(/^evt_[A-Za-z0-9_-]{22}$/);
  });
});

describe('a person', () => {
  it('is the same however the address is written', () => {
    expect(personSubject(' Ana@Example.COM ')).toBe('person:ana@example.com');
  });
});
