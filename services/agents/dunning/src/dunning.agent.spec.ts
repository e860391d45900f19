import { aFailedPayment, anEndedSubscription, aRefund, givenMemory, happened } from '@troupe/agent-kit/testing';
import { actionDigest, ActionProposed, ApprovalAccepted, ChargeRefunded, InvoicePaymentFailed, SubscriptionDeleted } from '@troupe/contracts';
import { DraftDunning, DraftNotice } from './billing-letters.ts';
import { DunningAgent } from './dunning.agent.ts';

const letter = { subject: 'Your payment', body: 'Hi Ana,\n\nthe payment of 49.00 EUR failed.', citations: [], confidence: 0.9 };
const NOBODY = { id: 'cus_ana', name: 'Ana Lopez' };

/** Failures on record, of the attempts named, newest last. */
const onRecord = (...attempts: number[]) =>
  attempts.map((attemptCount) => happened(InvoicePaymentFailed, aFailedPayment({ attemptCount }), { subject: 'customer:cus_ana', id: `evt_attempt_${attemptCount}` }));
const typesOf = (proposals: readonly { action: { type: string } }[]) => proposals.map(({ action }) => action.type);

describe('a payment failed', () => {
  const whenFailed = (changes: Parameters<typeof aFailedPayment>[0] = {}, memory = onRecord()) =>
    givenMemory(memory).andAnswer(DraftDunning, letter).when(DunningAgent, InvoicePaymentFailed, aFailedPayment(changes), { subject: 'customer:cus_ana' });

  it('for the first time: a letter to the customer, from what the event says', async () => {
    const { proposals, asked } = await whenFailed();
    expect(proposals).toMatchObject([{
      action: { type: 'email.send', args: { to: ['ana@customer.example'], subject: letter.subject, body: letter.body } },
      rationale: 'Payment of invoice INV-0042 failed (first time).',
      evidence: [{ claim: 'Payment of 49.00 EUR for invoice INV-0042 failed (attempt 1)', span: 'INV-0042', grounds: 'sourced' }],
    }]);
    expect(asked).toMatchObject([{
      task: 'dunning.draft',
      input: {
        stage: 'first', customer: { email: 'ana@customer.example' },
        invoice: { number: 'INV-0042', amountText: '49.00 EUR', attemptCount: 1, hostedUrl: 'https://invoice.billing.example/i/ana', nextAttemptText: '2026-04-03' },
      },
    }]);
  });

  it('for the second time: a letter that rests on both failures, and nothing else', async () => {
    const { proposals, asked } = await whenFailed({ attemptCount: 2 }, onRecord(1));
    expect(typesOf(proposals)).toEqual(['email.send']);
    expect(proposals[0]?.evidence.map(({ source }) => source)[1]).toBe('evt_attempt_1');
    expect(asked[0]?.input).toMatchObject({ stage: 'second', history: [{ span: 'INV-0042' }, { source: 'evt_attempt_1' }] });
  });

  it('for the third time: a letter, and a pause for the owner to decide', async () => {
    const { proposals } = await whenFailed({ attemptCount: 3 }, onRecord(1, 2));
    expect(typesOf(proposals)).toEqual(['email.send', 'billing.pause_collection']);
    expect(proposals[1]).toMatchObject({ action: { args: { subscriptionId: 'sub_ana', behavior: 'keep_as_draft' } }, evidence: { length: 3 } });
    expect(proposals[1]).not.toHaveProperty('model');
  });

  it('for the third time by what memory knows, whatever the webhook counts', async () => {
    const { proposals, asked } = await whenFailed({ attemptCount: 1, hostedInvoiceUrl: undefined }, onRecord(1, 2));
    expect(typesOf(proposals)).toEqual(['email.send', 'billing.pause_collection']);
    expect(asked[0]?.input).toMatchObject({ stage: 'third' });
  });

  it('for the fourth time: the customer hears of it, the owner is not asked to pause twice', async () => {
    expect(typesOf((await whenFailed({ attemptCount: 4 }, onRecord(1, 2, 3))).proposals)).toEqual(['email.send']);
  });

  it('of other invoices and other customers count for nothing', async () => {
    const others = [
      happened(InvoicePaymentFailed, aFailedPayment({ invoiceId: 'in_other', attemptCount: 3 }), { subject: 'customer:cus_ana' }),
      happened(InvoicePaymentFailed, aFailedPayment({ customer: { id: 'cus_bo', email: 'bo@customer.example' }, attemptCount: 3 }), { subject: 'customer:cus_bo' }),
    ];
    const { proposals, asked } = await whenFailed({}, others);
    expect(asked[0]?.input).toMatchObject({ stage: 'first' });
    expect(proposals).toMatchObject([{ action: { type: 'email.send' }, evidence: { length: 1 } }]);
  });

  it('and there is no address: the billing system sends its own reminder', async () => {
    const { proposals, asked } = await whenFailed({ customer: NOBODY });
    expect(asked).toEqual([]);
    expect(proposals).toMatchObject([{ action: { type: 'billing.send_invoice_reminder', args: { invoiceId: 'in_ana' } } }]);
  });

  it('for the third time without an address: the reminder and the pause', async () => {
    const { proposals } = await whenFailed({ customer: NOBODY, attemptCount: 3 });
    expect(typesOf(proposals)).toEqual(['billing.send_invoice_reminder', 'billing.pause_collection']);
  });

  it('for the third time without a subscription: the owner says what happens', async () => {
    const { proposals } = await whenFailed({ attemptCount: 3, subscriptionId: undefined });
    expect(typesOf(proposals)).toEqual(['email.send', 'owner.ask']);
    expect(proposals[1]?.action.args).toMatchObject({
      question: 'Payment of invoice INV-0042 has failed three times. What should happen?',
      context: '49.00 EUR from Ana Lopez; there is no subscription to pause.', options: ['Wait', 'I will call them', 'Write it off'],
    });
  });

  it('and the engine has no words: the owner is asked for theirs', async () => {
    const { proposals } = await givenMemory().andDecline(DraftDunning, 'No words.').when(DunningAgent, InvoicePaymentFailed, aFailedPayment());
    expect(proposals).toMatchObject([{ action: { type: 'owner.ask', args: { question: 'What should I write to Ana Lopez?', context: expect.stringMatching(/No words\./) } } }]);
  });

  it('on an invoice without a number is called by its id', async () => {
    const { proposals } = await whenFailed({ invoiceNumber: undefined });
    expect(proposals).toMatchObject([{ rationale: 'Payment of invoice in_ana failed (first time).', evidence: [{ span: 'in_ana' }] }]);
  });
});

describe('a charge was refunded', () => {
  const whenRefunded = (changes: Parameters<typeof aRefund>[0] = {}) =>
    givenMemory().andAnswer(DraftNotice, letter).when(DunningAgent, ChargeRefunded, aRefund(changes));

  it('the customer is told how much, and where the receipt is', async () => {
    const { proposals, asked } = await whenRefunded();
    expect(proposals).toMatchObject([{ action: { type: 'email.send', args: { to: ['ana@customer.example'] } }, evidence: [{ claim: '49.00 EUR was refunded', span: '49.00 EUR' }] }]);
    expect(asked[0]).toMatchObject({ task: 'billing.notice', input: { kind: 'refund', facts: { amountText: '49.00 EUR', receiptUrl: 'https://pay.billing.example/receipts/ana' } } });
  });

  it.each([
    ['of nobody', undefined],
    ['of a customer without an address', NOBODY],
  ])('%s: nobody is written to', async (_what, customer) => {
    expect((await whenRefunded({ customer })).events).toEqual([]);
  });

  it('and the engine has no words: the owner is asked', async () => {
    const { proposals } = await givenMemory().andDecline(DraftNotice, 'No words.').when(DunningAgent, ChargeRefunded, aRefund());
    expect(typesOf(proposals)).toEqual(['owner.ask']);
  });
});

describe('a subscription ended', () => {
  const whenEnded = (changes: Parameters<typeof anEndedSubscription>[0] = {}) =>
    givenMemory().andAnswer(DraftNotice, letter).when(DunningAgent, SubscriptionDeleted, anEndedSubscription(changes));

  it('the customer gets it confirmed, with plan and day', async () => {
    const { proposals, asked } = await whenEnded();
    expect(proposals).toMatchObject([{ action: { type: 'email.send' }, evidence: [{ claim: 'The subscription ended', span: 'sub_ana' }] }]);
    expect(asked[0]?.input).toMatchObject({ kind: 'subscription_deleted', facts: { planText: 'Team plan', endedText: '2026-03-31' } });
  });

  it('of a customer named by id alone: the address is the one of an earlier invoice', async () => {
    const { proposals } = await givenMemory(onRecord(3)).andAnswer(DraftNotice, letter)
      .when(DunningAgent, SubscriptionDeleted, anEndedSubscription({ customer: { id: 'cus_ana' } }), { subject: 'customer:cus_ana' });
    expect(proposals).toMatchObject([{
      action: { type: 'email.send', args: { to: ['ana@customer.example'] } },
      evidence: [{ claim: 'The subscription ended' }, { source: 'evt_attempt_3', span: 'ana@customer.example' }],
    }]);
  });

  it('of a customer without an address anywhere: nobody is written to', async () => {
    expect((await whenEnded({ customer: NOBODY })).events).toEqual([]);
  });
});

describe('the owner answers with their own words', () => {
  const story = 'evt_story';
  const failed = happened(InvoicePaymentFailed, aFailedPayment(), { subject: 'customer:cus_ana', story });
  const draft = { type: 'email.send', args: { to: ['ana@customer.example'], subject: 'Your payment', body: 'A draft.' } };
  const question = (text: string) => ({ type: 'owner.ask', args: { question: text } });

  /** What follows from `response` to a proposal of the dunning agent. */
  const whenAnswered = (action: { type: string; args: Record<string, unknown> }, response = 'Dear Ana, please call me.', proposedBy = 'dunning') => {
    const reference = { actionId: 'act_1', digest: actionDigest(action) };
    const proposed = happened(ActionProposed, { ...reference, action, rationale: 'why', evidence: [], costUsd: 0 }, { story });
    const accepted = { ...reference, decision: 'respond' as const, actionType: action.type, proposedBy, response };
    return givenMemory([failed, proposed]).when(DunningAgent, ApprovalAccepted, accepted, { story });
  };

  it('to a letter they sent back: their words go where the draft would have gone', async () => {
    const { proposals, asked } = await whenAnswered(draft);
    expect(proposals).toMatchObject([{ action: { type: 'email.send', args: { to: ['ana@customer.example'], subject: 'Your payment', body: 'Dear Ana, please call me.' } } }]);
    expect(asked).toEqual([]);
  });

  it('to the question what to write: their words go to the customer of the story', async () => {
    const { proposals } = await whenAnswered(question('What should I write to Ana Lopez?'));
    expect(proposals).toMatchObject([{ action: { args: { to: ['ana@customer.example'], subject: 'Invoice INV-0042', body: 'Dear Ana, please call me.' } } }]);
  });

  it('to what should happen: nothing is written', async () => {
    expect((await whenAnswered(question('Payment of invoice INV-0042 has failed three times. What should happen?'), 'Wait')).proposals).toEqual([]);
  });

  it('to somebody else: it is not our letter', async () => {
    expect((await whenAnswered(draft, 'words', 'correspondence')).proposals).toEqual([]);
  });
});
