import { reply } from '../testing/sample-events.ts';
import { readDecision } from './decision-check.ts';

describe('an edit', () => {
  it('names the version of the action that its arguments are of: the one that cards show', () => {
    const { type, args } = reply();
    expect(readDecision({ type }, { decision: 'edit', digest: 'd', args }, 0)).toEqual({ decision: 'edit', args, version: 1 });
  });
});
