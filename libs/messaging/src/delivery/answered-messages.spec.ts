import { AnsweredMessages } from './answered-messages.ts';

const away = (code: string) => ({ code, retryable: true, message: `${code} is away`, hint: 'wait' });
const note = (deliveryCount: number, more: object = {}) => ({ deliveryCount, backAtMs: 1_000, retries: 1, ...more });

describe('the messages a process has handed back', () => {
  it('knows the delivery it asked for, and no other', () => {
    const answered = new AnsweredMessages();
    answered.note(7, note(2));
    expect(answered.before({ sequence: 7, deliveryCount: 3 })).toMatchObject({ retries: 1 });
    expect(answered.before({ sequence: 7, deliveryCount: 4 })).toBeUndefined();
    expect(answered.before({ sequence: 7, deliveryCount: 2 })).toBeUndefined();
    expect(answered.before({ sequence: 8, deliveryCount: 3 })).toBeUndefined();
    answered.settled(7);
    expect(answered.before({ sequence: 7, deliveryCount: 3 })).toBeUndefined();
  });

  it('sums up what is waited for: by code, since the first, how many', () => {
    const answered = new AnsweredMessages();
    answered.note(1, note(1, { waiting: { failure: away('store'), sinceMs: 50 } }));
    answered.note(2, note(1, { waiting: { failure: away('store'), sinceMs: 20 } }));
    answered.note(3, note(1, { waiting: { failure: away('engine'), sinceMs: 90 } }));
    answered.note(4, note(1));
    expect([...answered.waits()].map(([code, { sinceMs, messages }]) => [code, sinceMs, messages])).toEqual([['store', 20, 2], ['engine', 90, 1]]);
  });

  it('forgets what another replica must have settled: a minute after it should have been back', () => {
    const answered = new AnsweredMessages();
    answered.note(1, note(1, { backAtMs: 1_000 }));
    answered.forgetLate(61_000);
    expect(answered.before({ sequence: 1, deliveryCount: 2 })).toBeDefined();
    answered.forgetLate(61_001);
    expect(answered.before({ sequence: 1, deliveryCount: 2 })).toBeUndefined();
  });
});
