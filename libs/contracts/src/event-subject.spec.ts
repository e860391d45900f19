import { eventFilter, eventSubject, readEventSubject } from './event-subject.ts';

describe('the subject of an event', () => {
  it('holds type and producer', () => {
    const subject = eventSubject('evt.action.proposed', 'refund-watch');
    expect(subject).toBe('evt.action.proposed.refund-watch');
    expect(readEventSubject(subject)).toEqual({ type: 'evt.action.proposed', producer: 'refund-watch' });
    expect(eventFilter('evt.action.proposed')).toBe('evt.action.proposed.*');
  });

  it.each(['a.b', 'a*', '>', 'a b', ''])('cannot name the producer "%s"', (producer) => {
    expect(() => eventSubject('evt.action.proposed', producer)).toThrow(/cannot be part of a subject/);
  });

  it.each(['evt.action.proposed', 'evt.action.proposed.a.b', 'dead.policy.x', 'evt.Action.proposed.a', 'evt.action.proposed.'])('is not "%s"', (subject) => {
    expect(readEventSubject(subject)).toBeUndefined();
  });
});
