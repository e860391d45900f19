import { ActionProposed, EmailLabel, EmailReceived, EmailRefused, EmailSend, EmailTriaged, InvoicePaymentFailed, type EventOf } from '@troupe/contracts';
import { z } from 'zod';
import { Agent } from './agent.ts';
import { On } from './on.ts';
import type { Story } from './story.ts';
import { defineTask } from './task.ts';
import { aFailedPayment, aMail, givenMemory, happened } from './testing.ts';

const Greet = defineTask({ name: 'test.greet', version: '1', instructions: 'Greet.', answer: z.object({ words: z.string() }) });

const card = { name: 'greeter', version: '1.0.0', purpose: 'Greets.', emits: [EmailRefused], mayPropose: ['email.label'] };
const failure = { code: 'too_large', retryable: false, message: 'too large', hint: 'Send less.' };

@Agent(card)
class Greeter {
  @On(EmailReceived)
  async greet(event: EventOf<typeof EmailReceived>, story: Story): Promise<void> {
    const result = await story.ask(Greet, { to: event.data.from.address });
    if (result.kind === 'declined') return;
    story.emit(EmailRefused, { sizeBytes: 1, failure: { ...failure, message: result.answer.words } });
    const args = { messageId: event.data.messageId, add: ['greeted'], remove: [] };
    story.propose(EmailLabel, { args, rationale: 'Greeted.', evidence: [], basis: result });
  }

  @On(InvoicePaymentFailed)
  async count(_event: EventOf<typeof InvoicePaymentFailed>, story: Story): Promise<void> {
    const mails = await story.recallEvents(EmailReceived, { entity: 'person:ana@customer.example' });
    for (const { data } of mails) story.emit(EmailRefused, { from: data.from.address, sizeBytes: 0, failure });
  }
}

@Agent(card)
class Undisciplined {
  @On(EmailReceived)
  async emitsWhatItDidNotDeclare(event: EventOf<typeof EmailReceived>, story: Story): Promise<void> {
    story.emit(EmailTriaged, { emailEventId: event.id } as never);
  }

  @On(InvoicePaymentFailed)
  async proposesWhatItDidNotDeclare(_event: EventOf<typeof InvoicePaymentFailed>, story: Story): Promise<void> {
    story.propose(EmailSend, { args: { to: ['ana@customer.example'], subject: 'Hi', body: 'Hi' }, rationale: 'r', evidence: [] });
  }

  @On(EmailRefused)
  async proposesNonsense(_event: EventOf<typeof EmailRefused>, story: Story): Promise<void> {
    story.propose(EmailLabel, { args: { messageId: '<1@x>', add: ['Not A Label'], remove: [] }, rationale: 'r', evidence: [] });
  }
}

/** Without a card: no agent. */
class Nobody {
  @On(EmailReceived)
  async handle(): Promise<void> {}
}

const greeted = givenMemory().andAnswer(Greet, { words: 'Hello Ana' });

describe('a scenario', () => {
  it('gives back what the agent emitted, proposed and asked', async () => {
    const { events, proposals, asked } = await greeted.when(Greeter, EmailReceived, aMail());
    expect(asked).toEqual([{ task: 'test.greet', input: { to: 'ana@customer.example' } }]);
    expect(events.map(({ type }) => type)).toEqual([EmailRefused.type, ActionProposed.type]);
    expect(events[0]).toMatchObject({ agent: 'greeter', origin: 'external', hops: 1, data: { failure: { message: 'Hello Ana' } } });
    expect(proposals).toMatchObject([{ action: { type: 'email.label', version: 1 }, model: { provider: 'recorded' }, promptVersion: 'test.greet@1' }]);
  });

  it('gives the same ids in every run, and others for another event', async () => {
    const first = await greeted.when(Greeter, EmailReceived, aMail());
    const again = await greeted.when(Greeter, EmailReceived, aMail());
    const other = await greeted.when(Greeter, EmailReceived, aMail({ subject: 'Another' }));
    expect(again).toEqual(first);
    expect(other.events[0]?.id).not.toBe(first.events[0]?.id);
    expect(new Set(first.events.map(({ id }) => id)).size).toBe(2);
  });

  it('keeps the story: outputs carry the correlation and cause of what arrived', async () => {
    const { events } = await greeted.when(Greeter, EmailReceived, aMail(), { story: 'evt_first', subject: 'person:ana@customer.example' });
    expect(events[0]).toMatchObject({ correlationid: 'evt_first', subject: 'person:ana@customer.example', hops: 2 });
    expect(events[0]?.causationid).toBe(happened(EmailReceived, aMail(), { story: 'evt_first' }).id);
  });

  it('remembers what happened, newest first, under every name of a person', async () => {
    const mails = ['one', 'two'].map((subject) => happened(EmailReceived, aMail({ subject })));
    const stranger = happened(EmailReceived, aMail({ from: { address: 'bo@customer.example' } }));
    const { events } = await givenMemory([...mails, stranger]).when(Greeter, InvoicePaymentFailed, aFailedPayment());
    expect(events.map(({ data }) => (data as { from: string }).from)).toEqual(['ana@customer.example', 'ana@customer.example']);
  });

  it('shares a beginning: what is added to it does not change it', async () => {
    const declined = greeted.andDecline(Greet, 'No words.');
    expect((await declined.when(Greeter, EmailReceived, aMail())).events).toEqual([]);
    expect((await greeted.when(Greeter, EmailReceived, aMail())).events).toHaveLength(2);
  });
});

describe('what fails in a scenario as it would in production', () => {
  it.each<[what: string, run: () => Promise<unknown>, message: RegExp]>([
    ['an event that was not declared', () => givenMemory().when(Undisciplined, EmailReceived, aMail()), /did not declare evt\.email\.triaged/],
    ['a proposal that was not declared', () => givenMemory().when(Undisciplined, InvoicePaymentFailed, aFailedPayment()), /may not propose email\.send/],
    ['arguments outside the catalogue', () => givenMemory().when(Undisciplined, EmailRefused, { sizeBytes: 1, failure }), /unsound: args\.add\.0: must be a lower-case word/],
    ['an answer that breaks the schema of its task', () => givenMemory().andAnswer(Greet, { words: 7 } as never).when(Greeter, EmailReceived, aMail()), /test\.greet breaks its schema/],
    ['a class without @Agent', () => givenMemory().when(Nobody, EmailReceived, aMail()), /Nobody is no agent: put @Agent/],
  ])('%s', async (_what, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });

  it('an engine that is away: to be tried again', async () => {
    const away = { code: 'no_answer', retryable: true, message: 'Nobody answered.', hint: 'Wait.' };
    await expect(givenMemory().andFailure(Greet, away).when(Greeter, EmailReceived, aMail())).rejects.toMatchObject({ name: 'RetryableError', code: 'no_answer' });
  });

  it('an engine that failed for good counts as one without an answer', async () => {
    const { events } = await givenMemory().andFailure(Greet, { ...failure, retryable: false }).when(Greeter, EmailReceived, aMail());
    expect(events).toEqual([]);
  });
});

describe('a scenario that is not finished', () => {
  it('says which answer is missing', async () => {
    await expect(givenMemory().when(Greeter, EmailReceived, aMail())).rejects.toThrow(/asked "test\.greet" and nothing is recorded: add \.andAnswer/);
  });

  it('says what an agent takes when it does not take the event', async () => {
    await expect(greeted.when(Greeter, EmailRefused, { sizeBytes: 1, failure })).rejects.toThrow(
      'Greeter does not take evt.email.refused; it takes evt.email.received, evt.invoice.payment_failed. Mark a method with @On for it.',
    );
  });
});
