import { StoryQuarantined } from './events/story-quarantined.event.ts';
import { quarantineEventId, quarantineText, storyKey, type QuarantineReason } from './story-hold.ts';

describe('a story that was stopped', () => {
  it.each<[QuarantineReason, RegExp]>([
    [{ kind: 'hops', limit: 32, reached: 32 }, /circles: 32 events.*32 is the limit/],
    [{ kind: 'events', limit: 1_000, reached: 1_001 }, /1,001 events; 1,000 is the limit/],
    [{ kind: 'model_calls', limit: 50, reached: 51 }, /a model 51 times; 50 is the limit/],
    [{ kind: 'money', limit: 100_000, reached: 100_001, currency: 'eur' }, /1000\.01 EUR without you; 1000\.00 EUR/],
    [{ kind: 'money', limit: 100_000, reached: 100_001, currency: 'jpy' }, /100001 JPY without you; 100000 JPY/],
  ])('says why in the words of its kind: %j', (because, expected) => {
    expect(quarantineText(because)).toMatch(expected);
  });

  it.each([undefined, { kind: 'money', limit: 1, reached: 2, currency: 'eur' }])('is told by an event that also says so where it was written before there were reasons: %j', (because) => {
    const said = { handler: 'triage.sortMail', hops: 32, wouldHaveEmitted: ['evt.email.triaged'], ...(because ? { because } : {}) };
    expect(StoryQuarantined.schema.parse(said)).toEqual(said);
  });

  it('is said once per grant, whoever says it', () => {
    const ids = [quarantineEventId('s', 0), quarantineEventId('s', 1), quarantineEventId('t', 0)];
    expect(new Set(ids).size).toBe(3);
    expect(quarantineEventId('s', 0)).toBe(ids[0]);
  });

  it.each(['evt_1', 'a'.repeat(128)])('%s is a key as it is', (story) => expect(storyKey(story)).toBe(story));

  it.each(['<mail@example.com>', 'a b', 'a.*', 'a'.repeat(129)])('%s gets a key of its own', (story) => {
    expect(storyKey(story)).toMatch(/^odd_[\w-]+$/);
    expect(storyKey(story)).not.toBe(storyKey(`${story}!`));
  });
});
