import type { StoryEntry } from '../wire.ts';
import { stepsOf } from './steps.ts';

const entry = (sequence: number, summary: string, actionId: string | null = null): StoryEntry => ({
  sequence,
  id: `e${sequence}`,
  type: 'evt.engine.answered',
  time: '2026-11-23T09:00:00Z',
  agent: 'engine',
  agentVersion: '1',
  causationId: null,
  hops: 1,
  actionId,
  summary,
});

describe('the steps of a story', () => {
  it('tells repeats once, by the last of them, and only those in a row', () => {
    const steps = stepsOf([entry(1, 'failed'), entry(2, 'failed'), entry(3, 'answered'), entry(4, 'failed')]);
    expect(steps.map(({ entry: { sequence }, times }) => [sequence, times])).toEqual([
      [2, 2],
      [3, 1],
      [4, 1],
    ]);
  });

  it('keeps apart what concerns different actions', () => {
    expect(stepsOf([entry(1, 'x', 'a'), entry(2, 'x', 'b')])).toHaveLength(2);
  });
});
