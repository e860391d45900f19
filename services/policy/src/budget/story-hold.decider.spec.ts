import { actionDigest, actionProblems, MAX_HOPS, type QuarantineReason } from '@troupe/contracts';
import { afterAnswer, afterLimit, releaseCard, releaseProposal, type CardAnswer, type StoppedStory } from './story-hold.decider.ts';

const limits = { events: 10, modelCalls: 3, moneyMinor: 1_000 };
const cause = { eventId: 'evt_1', hops: 3, origin: 'external', sequence: 7 } as const;

const passed = (reached: number, kind: QuarantineReason['kind'] = 'events') => ({
  story: 's', because: { kind, limit: 10, reached }, lastEvents: ['email received, by gateway'], cause, grants: 0,
});
const stop = (before: StoppedStory | undefined, reached: number, kind?: QuarantineReason['kind']) => afterLimit(before, passed(reached, kind), limits);
const answer = (before: StoppedStory | undefined, said: CardAnswer): StoppedStory => {
  const after = before && afterAnswer(before, releaseCard(before), said);
  if (!after) throw new Error('The card was not of this quarantine.');
  return after;
};

describe('a story that passed a limit', () => {
  const quarantined = stop(undefined, 11);

  it('is stopped, and its card is to be put', () => {
    expect(quarantined).toMatchObject({ story: 's', state: 'quarantined', grants: 0, earlierCards: 0, isSaid: false, because: { reached: 11 } });
  });

  it('keeps its releases where its hold was lost and they are still known', () => {
    expect(afterLimit(undefined, { ...passed(21), grants: 1 }, limits)).toMatchObject({ state: 'quarantined', grants: 1 });
    expect(afterLimit({ ...quarantined, state: 'released', grants: 2 }, { ...passed(31), grants: 1 }, limits)).toMatchObject({ grants: 2 });
  });

  it('is stopped once, whoever finds out again', () => expect(stop(quarantined, 12)).toBe(quarantined));

  it.each<[CardAnswer, Partial<StoppedStory>]>([
    ['approved', { state: 'released', grants: 1 }],
    ['rejected', { state: 'ended', grants: 0 }],
    ['expired', { state: 'quarantined', grants: 0, earlierCards: 1, isSaid: false }],
  ])('%s', (said, expected) => {
    const after = answer({ ...quarantined, isSaid: true }, said);
    expect(after).toMatchObject(expected);
    expect(afterAnswer(after, releaseCard(quarantined), said)).toBe(after);
  });

  it('hears no card but its present one', () => {
    const again = answer(quarantined, 'expired');
    const other = releaseCard({ ...quarantined, story: 't' });
    expect(afterAnswer(quarantined, other, 'approved')).toBeUndefined();
    expect(afterAnswer(undefined, releaseCard(quarantined), 'approved')).toBeUndefined();
    expect(afterAnswer(answer(again, 'expired'), releaseCard(quarantined), 'approved')).toBeUndefined();
    const second = stop(answer(quarantined, 'approved'), 21);
    expect(afterAnswer(second, releaseCard(quarantined), 'rejected')).toBeUndefined();
  });

  it('once ended stays ended, whatever is found', () => {
    const ended = answer(quarantined, 'rejected');
    expect(stop(ended, 1_000)).toBe(ended);
    expect(afterAnswer(ended, releaseCard({ ...ended, earlierCards: 1 }), 'approved')).toBeUndefined();
  });

  it.each<[QuarantineReason['kind'], number, boolean]>([
    ['events', 20, false], ['events', 21, true], ['model_calls', 6, false], ['model_calls', 7, true], ['money', 2_000, false], ['money', 2_001, true],
    ['hops', 2 * MAX_HOPS - 1, false], ['hops', 2 * MAX_HOPS, true],
  ])('released once, and %s at %i: stopped again is %s', (kind, reached, isStopped) => {
    const released = answer(quarantined, 'approved');
    const after = stop(released, reached, kind);
    if (isStopped) expect(after).toMatchObject({ state: 'quarantined', grants: 1, earlierCards: 0, isSaid: false });
    else expect(after).toBe(released);
  });

  it('has a card of its own for every quarantine and every time it is put', () => {
    const second = stop(answer(quarantined, 'approved'), 21);
    const cards = [quarantined, answer(quarantined, 'expired'), second, answer(second, 'expired'), { ...quarantined, story: 't' }].map(releaseCard);
    expect(new Set(cards).size).toBe(5);
  });

  it('is asked about with an action of the catalogue that is what its digest says', () => {
    const { action, digest, actionId, rationale } = releaseProposal(quarantined);
    expect(actionProblems(action)).toEqual([]);
    expect(actionDigest(action)).toBe(digest);
    expect(actionId).toBe(releaseCard(quarantined));
    expect(action.args).toEqual({ story: 's', because: 'It has led to 11 events; 10 is the limit for one story.', lastEvents: ['email received, by gateway'] });
    expect(rationale).toMatch(/approve.*reject/);
  });
});
