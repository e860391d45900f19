import { ActionProposed, quarantineEventId, schemaUrn, StoryEnded, StoryQuarantined, StoryReleased, type Envelope, type EventContract } from '@troupe/contracts';
import { afterHistory, isLater, notePutCard, withCards, type PutCards } from './hold-history.decider.ts';
import { releaseProposal, type StoppedStory } from './story-hold.decider.ts';

const because = { kind: 'events', limit: 10, reached: 11 } as const;

function event(contract: EventContract, data: unknown, id = 'evt_x'): Envelope {
  return {
    specversion: '1.0', id, source: '/services/policy', type: contract.type, time: '2026-01-01T00:00:00Z', dataschema: schemaUrn(contract),
    datacontenttype: 'application/json', correlationid: 's', causationid: 'evt_cause', origin: 'external', hops: 4, agent: 'policy', agentversion: '1', data,
  };
}

const stop = (grants: number, more: object = { because }) =>
  event(StoryQuarantined, { handler: 'policy.storyBudget', hops: 3, wouldHaveEmitted: [], ...more }, quarantineEventId('s', grants));
const release = (grants: number) => event(StoryReleased, { because, grants });
const end = () => event(StoryEnded, { because });

function told(...events: Envelope[]): StoppedStory | undefined {
  return events.reduce<StoppedStory | undefined>((before, each, index) => afterHistory(before, each, index + 1), undefined);
}

const known = (stopped: StoppedStory | undefined): StoppedStory => {
  if (!stopped) throw new Error('Nothing is in force.');
  return stopped;
};

describe('what the stream tells of stopped stories', () => {
  it.each<[string, Envelope[], object | undefined]>([
    ['nothing', [], undefined],
    ['stopped', [stop(0)], { state: 'quarantined', grants: 0, because, cause: { eventId: 'evt_cause', hops: 3, origin: 'external', sequence: 1 } }],
    ['released', [stop(0), release(1)], { state: 'released', grants: 1 }],
    ['stopped again', [stop(0), release(1), stop(1)], { state: 'quarantined', grants: 1 }],
    ['ended', [stop(0), release(1), stop(1), end()], { state: 'ended', grants: 1 }],
    ['the word of the first stop repeated late', [stop(0), release(1), stop(0)], { state: 'released', grants: 1 }],
    ['a stop repeated after the end', [stop(0), end(), stop(0)], { state: 'ended' }],
    ['a release repeated', [stop(0), release(1), release(1)], { state: 'released', grants: 1 }],
    ['a stop of before there were budgets', [stop(0, {})], undefined],
  ])('%s', (_name, events, expected) => {
    if (expected === undefined) expect(told(...events)).toBeUndefined();
    else expect(told(...events)).toMatchObject(expected);
  });

  it('takes the last card that was put for the present one, and owes one where none was', () => {
    const stopped = known(told(stop(0), release(1), stop(1)));
    const cards: PutCards = new Map();
    const put = (card: StoppedStory) => notePutCard(cards, event(ActionProposed, releaseProposal(card)));
    put({ ...stopped, grants: 0, lastEvents: ['of before'] });
    expect(withCards(stopped, cards)).toMatchObject({ earlierCards: 0, isSaid: false });
    put({ ...stopped, lastEvents: ['first'] });
    expect(withCards(stopped, cards)).toMatchObject({ earlierCards: 0, isSaid: true, lastEvents: ['first'] });
    put({ ...stopped, earlierCards: 1, lastEvents: ['second'] });
    expect(withCards(stopped, cards)).toMatchObject({ earlierCards: 1, isSaid: true, lastEvents: ['second'] });
  });

  it('knows the later of two, so that a rebuild never takes a decision back', () => {
    const life = [told(stop(0)), told(stop(0), release(1)), told(stop(0), release(1), stop(1)), told(stop(0), release(1), stop(1), end())].map(known);
    life.forEach((one, at) => life.forEach((other, place) => expect(isLater(one, other)).toBe(at > place)));
    expect(isLater(known(life[0]), undefined)).toBe(true);
    const first = known(life[0]);
    expect([isLater({ ...first, earlierCards: 1 }, first), isLater({ ...first, earlierCards: 9 }, life[1])]).toEqual([true, false]);
  });
});
