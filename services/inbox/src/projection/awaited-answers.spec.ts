import { ActionAuthorized, ActionExecuted, ApprovalDecided, type Envelope, type EventContract } from '@troupe/contracts';
import { mailFromAna } from '../testing/sample-events.ts';
import { AwaitedAnswers } from './awaited-answers.ts';

const event = ({ type }: EventContract, id: string, causationid?: string): Envelope => ({ ...mailFromAna(id), type, ...(causationid !== undefined && { causationid }) });

describe('what somebody may be waiting for', () => {
  it('is what a word of the owner has caused, and not what follows from that', () => {
    const awaited = new AwaitedAnswers();
    expect([
      event(ApprovalDecided, 'dec'), event(ActionAuthorized, 'auth', 'dec'), event(ActionExecuted, 'done', 'auth'), mailFromAna('mail'),
    ].map((each) => awaited.includes(each))).toEqual([false, true, false, false]);
  });

  it('is nothing that policy lets run alone', () => {
    expect(new AwaitedAnswers().includes(event(ActionAuthorized, 'auth', 'verified'))).toBe(false);
  });

  it('is forgotten after a thousand words more', () => {
    const awaited = new AwaitedAnswers();
    for (let word = 0; word <= 1_000; word += 1) awaited.includes(event(ApprovalDecided, `dec_${word}`));
    expect(awaited.includes(event(ActionAuthorized, 'a', 'dec_0'))).toBe(false);
    expect(awaited.includes(event(ActionAuthorized, 'b', 'dec_1'))).toBe(true);
  });
});
