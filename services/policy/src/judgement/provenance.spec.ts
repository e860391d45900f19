import type { Origin, PolicyVerdict, Taint } from '@troupe/contracts';
import { namingTaint, taintOf, taintUnanswered, type Traced } from './provenance.ts';

const NOTHING: Traced = { kind: 'traced', story: [], sources: [], unknown: [], addresses: [] };
const event = (origin: Origin) => ({ eventId: `evt_${origin}`, origin });

describe('the taint of a proposal is the worst', () => {
  it.each<[what: string, claimed: Origin, traced: Partial<Traced>, taint: Taint]>([
    ['of its claim, where all bears it out', 'system', { story: [event('system')], sources: [event('system')] }, { origin: 'system', from: 'claim' }],
    ['of nothing, which is as bad as outside', 'system', { story: [event('system')] }, { origin: 'external', from: 'unknown' }],
    ['of its claim, where nothing is worse', 'external', { story: [event('system')], sources: [event('operator')] }, { origin: 'external', from: 'claim' }],
    ['of its claim, where all is as good', 'operator', { story: [event('operator'), event('system')], sources: [event('operator')] }, { origin: 'operator', from: 'claim' }],
    ['of its story', 'system', { story: [event('external'), event('operator'), event('system')] }, { origin: 'external', from: 'story', eventId: 'evt_external' }],
    ['of its story, the owner being less than outside', 'system', { story: [event('operator'), event('system')], sources: [event('system')] }, { origin: 'operator', from: 'story', eventId: 'evt_operator' }],
    ['of what it rests on', 'operator', { story: [event('system')], sources: [event('system'), event('external')] }, { origin: 'external', from: 'source', eventId: 'evt_external' }],
    ['of what nobody recorded', 'system', { story: [event('system')], unknown: ['evt_gone'] }, { origin: 'external', from: 'unknown', eventId: 'evt_gone' }],
    ['of the story first, where several taint it', 'system', { story: [event('external')], sources: [{ ...event('external'), eventId: 'evt_2' }], unknown: ['evt_gone'] }, { origin: 'external', from: 'story', eventId: 'evt_external' }],
  ])('%s', (_what, claimed, traced, taint) => {
    expect(taintOf(claimed, { ...NOTHING, ...traced })).toEqual(taint);
  });

  it('is external where nobody could say, whatever is claimed', () => {
    expect(taintUnanswered('system')).toEqual({ origin: 'external', from: 'unanswered' });
    expect(taintUnanswered('operator')).toEqual({ origin: 'external', from: 'unanswered' });
    expect(taintUnanswered('external')).toEqual({ origin: 'external', from: 'claim' });
  });
});

describe('a verdict says what taints the action', () => {
  const verdict: PolicyVerdict = { decision: 'permit', determining: ['p'], reasons: ['fine'] };

  it.each<[Taint, RegExp]>([
    [{ origin: 'external', from: 'story', eventId: 'evt_1' }, /did not say so.*in its story: evt_1/],
    [{ origin: 'external', from: 'source', eventId: 'evt_1' }, /did not say so.*rests on.*evt_1/],
    [{ origin: 'external', from: 'unknown', eventId: 'evt_1' }, /evt_1, which nobody has on record/],
    [{ origin: 'external', from: 'unknown' }, /names nothing that it follows from/],
    [{ origin: 'external', from: 'unanswered' }, /could not say/],
  ])('and tells the owner of %j', (taint, reason) => {
    expect(namingTaint(verdict, taint)).toEqual({ ...verdict, taint, reasons: ['fine', expect.stringMatching(reason)] });
  });

  it.each<Taint>([
    { origin: 'external', from: 'claim' }, { origin: 'system', from: 'claim' }, { origin: 'operator', from: 'story', eventId: 'evt_1' },
  ])('and has nothing to add for the owner of %j', (taint) => {
    expect(namingTaint(verdict, taint)).toEqual({ ...verdict, taint });
  });
});
