import { MailLimits } from './mail-limits.ts';
import { ByteBudget, ReceivedMessage } from './received-message.ts';

describe('ReceivedMessage', () => {
  it('gives back what it held', () => {
    const budget = new ByteBudget(10);
    const message = new ReceivedMessage(budget);
    message.add(Buffer.alloc(10));
    expect(budget.take(1)).toBe(false);
    message.release();
    expect(budget.take(10)).toBe(true);
  });

  it('is crowded out when others hold the budget, and holds nothing then', () => {
    const budget = new ByteBudget(10);
    const message = new ReceivedMessage(budget);
    message.add(Buffer.alloc(6));
    message.add(Buffer.alloc(6));
    message.add(Buffer.alloc(2));
    expect(message.crowdedOut).toBe(true);
    expect(budget.take(10)).toBe(true);
  });

  it('counts and digests what is too large without holding it', () => {
    const budget = new ByteBudget(2 * MailLimits.maxMessageBytes);
    const message = new ReceivedMessage(budget);
    message.add(Buffer.alloc(MailLimits.maxMessageBytes));
    message.add(Buffer.alloc(1));
    expect(message.sizeBytes).toBe(MailLimits.maxMessageBytes + 1);
    expect(message.bytes()).toHaveLength(0);
    expect(budget.take(2 * MailLimits.maxMessageBytes)).toBe(true);
  });
});
