import { aMail, givenMemory, happened } from '@troupe/agent-kit/testing';
import { ApprovalAccepted, EmailReceived, EmailTriaged, type DataOf, type TriageAnswer } from '@troupe/contracts';
import { TriageMail } from './triage-mail.ts';
import { TriageAgent } from './triage.agent.ts';

const answer: TriageAnswer = {
  category: 'support', urgency: 'high', who: { name: 'Ana Lopez' }, what: 'the CSV export of our March report stops with "Error 512".',
  asks: ['Could you have a look?'], amounts: [], dates: [], references: ['512'], confidence: 0.9,
};

describe('a mail arrives', () => {
  it('is sorted and labelled, each on the word of the engine', async () => {
    const { events, proposals } = await givenMemory().andAnswer(TriageMail, answer).when(TriageAgent, EmailReceived, aMail());
    const mailId = happened(EmailReceived, aMail()).id;
    expect(events[0]).toMatchObject({
      type: EmailTriaged.type,
      data: { emailEventId: mailId, messageId: aMail().messageId, triage: answer, model: { provider: 'recorded' }, grounds: 'sourced' },
    });
    expect(proposals).toMatchObject([{
      action: { type: 'email.label', args: { messageId: aMail().messageId, add: ['support'], remove: [] } },
      evidence: [{ source: mailId, span: answer.what, grounds: 'inferred' }],
      promptVersion: 'mail.triage@1',
    }]);
  });

  it('shows the engine what tells lists and robots from people, whose company this is, and never the raw bytes', async () => {
    const mail = aMail({
      headers: { listId: '<news.example>' }, replyTo: { address: 'reply@customer.example' }, inReplyTo: '<1@x>',
      attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', blob: { bucket: 'ATTACHMENTS', key: 'k', digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 9 } }],
    });
    const { asked } = await givenMemory().ownedBy('me@troupe.example').andAnswer(TriageMail, answer).when(TriageAgent, EmailReceived, mail);
    expect(asked[0]?.input).toEqual({
      subject: mail.subject, text: mail.text, from: mail.from, to: ['owner@troupe.example'],
      headers: { listId: '<news.example>', replyTo: 'reply@customer.example' },
      attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', size: 9 }], isReply: true, ownerEmail: 'me@troupe.example',
    });
  });

  it('that the engine cannot place is put to the owner, with the classes to choose from', async () => {
    const { events, proposals } = await givenMemory().andDecline(TriageMail, 'Nothing fits.').when(TriageAgent, EmailReceived, aMail());
    expect(events).toHaveLength(1);
    expect(proposals).toMatchObject([{
      action: {
        type: 'owner.ask',
        args: { question: 'What kind of mail is "CSV export fails" from ana@customer.example?', options: ['support', 'billing', 'sales', 'newsletter', 'spam', 'personal'] },
      },
    }]);
    expect(proposals[0]?.action.args['context']).toMatch(/^Nothing fits\.\n\nHello,/);
  });

  it('without subject and sender still makes a question that can be read', async () => {
    const bare = aMail({ subject: '', from: { address: '' } });
    const { proposals } = await givenMemory().andDecline(TriageMail, 'Empty.').when(TriageAgent, EmailReceived, bare);
    expect(proposals[0]?.action.args['question']).toBe('What kind of mail is "(no subject)" from an unknown sender?');
  });
});

describe('the owner answers', () => {
  const mail = happened(EmailReceived, aMail(), { subject: 'person:ana@customer.example' });
  const reply = (changes: Partial<DataOf<typeof ApprovalAccepted>>): DataOf<typeof ApprovalAccepted> => ({
    actionId: 'act_1', digest: 'sha256:1', decision: 'respond', actionType: 'owner.ask', proposedBy: 'triage', response: 'billing', ...changes,
  });
  const whenOwnerSays = (changes: Partial<DataOf<typeof ApprovalAccepted>>) =>
    givenMemory([mail]).when(TriageAgent, ApprovalAccepted, reply(changes), { story: mail.id, origin: 'operator' });

  it.each(['billing', ' Billing. ', 'BILLING!'])('with a class ("%s"): it is triaged and labelled on their word, without the engine', async (response) => {
    const { events, proposals, asked } = await whenOwnerSays({ response });
    expect(asked).toEqual([]);
    expect(events[0]).toMatchObject({
      type: EmailTriaged.type, correlationid: mail.id, subject: 'person:ana@customer.example',
      data: { emailEventId: mail.id, triage: { category: 'billing', confidence: 1, what: 'CSV export fails', who: { name: 'Ana Lopez' } }, model: { provider: 'owner' }, grounds: 'sourced' },
    });
    expect(proposals).toMatchObject([{ action: { type: 'email.label', args: { add: ['billing'] } }, evidence: [{ span: response, grounds: 'sourced' }] }]);
    expect(proposals[0]).not.toHaveProperty('model');
  });

  it.each<[what: string, changes: Partial<DataOf<typeof ApprovalAccepted>>]>([
    ['in free words', { response: 'That one is from my accountant, I will call her.' }],
    ['with nothing', { response: undefined }],
    ['to the card of another agent', { proposedBy: 'correspondence' }],
    ['to a label, not to the question', { actionType: 'email.label' }],
    ['by putting it off', { decision: 'snooze', until: '2026-01-06T09:00:00.000Z' }],
  ])('%s: nothing follows', async (_what, changes) => {
    expect((await whenOwnerSays(changes)).events).toEqual([]);
  });

  it('about a mail that memory has forgotten: nothing follows', async () => {
    const { events } = await givenMemory().when(TriageAgent, ApprovalAccepted, reply({}), { story: mail.id });
    expect(events).toEqual([]);
  });
});
