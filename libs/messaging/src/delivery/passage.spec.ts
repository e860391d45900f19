import { ActionExecuted, ActionProposed, EmailTriaged, type Envelope, type EventContract, type StoryHold } from '@troupe/contracts';
import { hopLimit, passageOf } from './passage.ts';

const because = { kind: 'events', limit: 10, reached: 11 } as const;
const hold = (state: StoryHold['state'], grants = 0): StoryHold => ({ story: 's', state, because, grants });

function event(contract: EventContract, hops = 1, data: unknown = {}): Envelope {
  return {
    specversion: '1.0', id: 'e', source: '/services/x', type: contract.type, time: '2026-01-01T00:00:00Z', dataschema: 'urn:troupe:evt.a.b:v1',
    datacontenttype: 'application/json', correlationid: 's', origin: 'external', hops, agent: 'x', agentversion: '1', data,
  };
}

const work = { everything: false, events: [EmailTriaged, ActionExecuted, ActionProposed] };
const recorder = { everything: true, events: [] };
const proposal = (type: string, hops = 1) => event(ActionProposed, hops, { action: { type, args: {} } });

describe('whether an event reaches a handler', () => {
  it.each([
    ['nothing in force', undefined, 'free'],
    ['quarantined', hold('quarantined'), 'waits'],
    ['released', hold('released', 1), 'free'],
    ['ended', hold('ended'), 'dropped'],
  ] as const)('of a story with %s', (_name, inForce, passage) => {
    expect(passageOf(work, event(EmailTriaged), inForce)).toBe(passage);
    expect(passageOf(work, proposal('email.send'), inForce)).toBe(passage);
  });

  it.each([undefined, hold('quarantined'), hold('ended')])('outcomes, the card of a release and whoever records are never stopped: %j', (inForce) => {
    for (const hops of [0, 31, 32, 400]) {
      expect(passageOf(work, event(ActionExecuted, hops), inForce)).toBe('free');
      expect(passageOf(work, proposal('story.release', hops), inForce)).toBe('free');
      expect(passageOf(recorder, event(EmailTriaged, hops), inForce)).toBe('free');
    }
  });

  it.each([
    [0, 31, 'free'], [0, 32, 'too_long'], [1, 32, 'free'], [1, 63, 'free'], [1, 64, 'too_long'], [4, 159, 'free'], [4, 160, 'too_long'],
  ] as const)('after %i releases, at %i hops: %s', (grants, hops, passage) => {
    expect(passageOf(work, event(EmailTriaged, hops), grants === 0 ? undefined : hold('released', grants))).toBe(passage);
    expect(hopLimit(hold('released', grants))).toBe(32 * (grants + 1));
  });

  it('an ended or waiting story says nothing more of its hops', () => {
    expect(passageOf(work, event(EmailTriaged, 400), hold('ended'))).toBe('dropped');
    expect(passageOf(work, event(EmailTriaged, 400), hold('quarantined'))).toBe('waits');
  });
});
