import { ApprovalAccepted, StoryEnded, StoryQuarantined, StoryReleased, type DataOf, type EventContract } from '@troupe/contracts';
import { sampleEvent } from '../testing/sample-events.ts';
import { eventText } from './event-texts.ts';

const stopped = { handler: 'triage.sortMail', hops: 32, wouldHaveEmitted: [] };
const because = { kind: 'events', limit: 1_000, reached: 1_001 } as const;
const accepted = (decision: DataOf<typeof ApprovalAccepted>['decision']) => ({ actionId: 'a', digest: 'd', decision, actionType: 'story.release', proposedBy: 'policy' });

describe('what the timeline says of a story that was stopped', () => {
  it.each<[string, EventContract, unknown]>([
    ['Stopped after 32 steps: it went in circles at triage.sortMail', StoryQuarantined, stopped],
    ['Stopped after 32 steps: it went in circles at triage.sortMail', StoryQuarantined, { ...stopped, because: { kind: 'hops', limit: 32, reached: 32 } }],
    ['Stopped. It has led to 1,001 events; 1,000 is the limit for one story.', StoryQuarantined, { ...stopped, because }],
    ['The story goes on: it may use up as much again', StoryReleased, { because, grants: 1 }],
    ['The story stays silent', StoryEnded, { because }],
    ['The story stays silent: It is spam', StoryEnded, { because, reason: 'It is spam' }],
    ['Your word counts', ApprovalAccepted, accepted('approve')],
    ['Your answer was passed on', ApprovalAccepted, accepted('respond')],
    ['Put aside', ApprovalAccepted, accepted('snooze')],
  ])('%s', (expected, contract, data) => {
    expect(eventText(sampleEvent(contract, data, { id: 'evt_1' }))).toBe(expected);
  });
});
