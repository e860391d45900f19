import { aFailedPayment, aMail, givenMemory, happened } from '@troupe/agent-kit/testing';
import {
  ApprovalAccepted, EmailReceived, EmailTriaged, InvoicePaymentFailed, type DataOf, type MailCategory,
} from '@troupe/contracts';
import { CorrespondenceAgent } from './correspondence.agent.ts';
import { DraftReply } from './draft-reply.ts';

type Mail = DataOf<typeof EmailReceived>;
const ASK = 'Could you have a look?';

const letter = {
  subject: 'whatever', body: 'Hi Ana,\n\nI am looking into Error 512.', confidence: 0.8,
  citations: [{ claim: 'The sender wrote', source: 'mail', span: 'Error 512' }],
};

/** A mail in memory and what triage said about it. */
function arrived(changes: Partial<Mail> = {}, category: MailCategory = 'support') {
  const mail = happened(EmailReceived, aMail(changes));
  const { messageId, from, subject } = mail.data;
  const triage = { category, urgency: 'normal' as const, who: {}, what: ASK, asks: [ASK], amounts: [], dates: [], references: [], confidence: 0.9 };
  const model = { provider: 'recorded', model: 'recorded', version: '1' };
  const triaged: DataOf<typeof EmailTriaged> = { emailEventId: mail.id, messageId, from, subject, triage, model, grounds: 'sourced' };
  return { mail, triaged, story: mail.id };
}

describe('a mail was triaged', () => {
  it('a reply is proposed to its sender, in its thread, with what it rests on', async () => {
    const { mail, triaged, story } = arrived({ references: ['<first@customer.example>'] });
    const { proposals, asked } = await givenMemory([mail]).andAnswer(DraftReply, letter).when(CorrespondenceAgent, EmailTriaged, triaged, { story });
    expect(proposals).toMatchObject([{
      action: {
        type: 'email.send',
        args: {
          to: ['ana@customer.example'], subject: 'Re: CSV export fails', body: letter.body,
          inReplyTo: '<export-512@customer.example>', references: ['<first@customer.example>', '<export-512@customer.example>'],
        },
      },
      evidence: [{ source: mail.id, span: 'Error 512', grounds: 'sourced' }],
      rationale: `Answers Ana Lopez: ${ASK}`,
    }]);
    expect(asked[0]?.input).toMatchObject({ mail: { id: mail.id, subject: 'CSV export fails' }, facts: [] });
    expect(asked[0]?.input).not.toHaveProperty('ownerGuidance');
  });

  it.each<MailCategory>(['newsletter', 'spam', 'personal'])('%s mail is left to the owner', async (category) => {
    const { mail, triaged, story } = arrived({}, category);
    expect((await givenMemory([mail]).when(CorrespondenceAgent, EmailTriaged, triaged, { story })).events).toEqual([]);
  });

  it('what the engine cannot answer is asked, with the mail at hand', async () => {
    const { mail, triaged, story } = arrived();
    const { proposals } = await givenMemory([mail]).andDecline(DraftReply, 'I have nothing about it.').when(CorrespondenceAgent, EmailTriaged, triaged, { story });
    expect(proposals).toMatchObject([{
      action: { type: 'owner.ask', args: { question: 'What should the answer to "CSV export fails" from Ana Lopez say?', options: ['Do not answer'] } },
    }]);
    expect(proposals[0]?.action.args['context']).toMatch(/^I have nothing about it\.\n\nHello,/);
  });

  it('a second word about the same mail makes no second draft', async () => {
    const { mail, triaged, story } = arrived();
    const first = happened(EmailTriaged, triaged, { story });
    const later = { ...triaged, triage: { ...triaged.triage, category: 'billing' as const } };
    const { events } = await givenMemory([mail, first]).when(CorrespondenceAgent, EmailTriaged, later, { story });
    expect(events).toEqual([]);
  });

  it('a mail that memory has forgotten is answered by nobody', async () => {
    const { triaged, story } = arrived();
    expect((await givenMemory().when(CorrespondenceAgent, EmailTriaged, triaged, { story })).events).toEqual([]);
  });
});

describe('whom a reply goes to', () => {
  const whenTriaged = ({ mail, triaged, story }: ReturnType<typeof arrived>) =>
    givenMemory([mail]).ownedBy('Me@Troupe.example').andAnswer(DraftReply, letter).when(CorrespondenceAgent, EmailTriaged, triaged, { story });

  it.each<[what: string, changes: Partial<Mail>, to: string]>([
    ['the Reply-To before the sender', { replyTo: { address: 'billing@customer.example' } }, 'billing@customer.example'],
    ['the person behind a contact form', { from: { address: 'noreply@shop.example', name: 'Shop' }, replyTo: { address: 'bo@customer.example', name: 'Bo' } }, 'bo@customer.example'],
    ['the sender when the Reply-To is no address', { replyTo: { address: '' } }, 'ana@customer.example'],
    ['a sender whose mail says that it was not automatic', { headers: { autoSubmitted: 'no' } }, 'ana@customer.example'],
    ['a group whose forwarder calls itself a list', { headers: { precedence: 'list' } }, 'ana@customer.example'],
  ])('%s', async (_what, changes, to) => {
    const { proposals } = await whenTriaged(arrived(changes));
    expect(proposals[0]?.action.args['to']).toEqual([to]);
  });

  it.each<[what: string, changes: Partial<Mail>]>([
    ['a robot by its header', { headers: { autoSubmitted: 'auto-replied' } }],
    ['a robot by its header, in detail', { headers: { autoSubmitted: 'Auto-Generated; x=y' } }],
    ['bulk mail', { headers: { precedence: 'bulk' } }],
    ['a robot by its name', { from: { address: 'no-reply@service.example' } }],
    ['a robot with a tag', { from: { address: 'noreply+4711@service.example' } }],
    ['a bounce', { from: { address: 'MAILER-DAEMON@mx.example' } }],
    ['a Reply-To that is a robot', { replyTo: { address: 'do_not_reply@customer.example' } }],
    ['the owner, writing to themselves', { from: { address: 'me@troupe.example' } }],
    ['the owner, by Reply-To', { replyTo: { address: 'ME@troupe.example' } }],
  ])('nobody: %s', async (_what, changes) => {
    expect((await whenTriaged(arrived(changes))).events).toEqual([]);
  });

  it.each(['', 'undisclosed', 'ana@localhost'])('the owner is asked when "%s" is all there is', async (address) => {
    const { proposals, asked } = await whenTriaged(arrived({ from: { address, name: 'Ana' } }));
    expect(asked).toEqual([]);
    expect(proposals).toMatchObject([{ action: { type: 'owner.ask', args: { question: expect.stringMatching(/from Ana has no address that can be answered/) } } }]);
  });
});

describe('what a reply may rest on', () => {
  const failed = happened(InvoicePaymentFailed, aFailedPayment(), { subject: 'customer:cus_ana' });
  const earlier = happened(EmailReceived, aMail({ subject: 'My first question' }));
  const factsFor = async (changes: Partial<Mail>) => {
    const { mail, triaged, story } = arrived({ subject: 'Invoice', ...changes });
    const scenario = givenMemory([failed, earlier, mail]).andAnswer(DraftReply, letter);
    const { asked } = await scenario.when(CorrespondenceAgent, EmailTriaged, triaged, { story });
    return (asked[0]?.input as { facts: unknown[] }).facts;
  };

  it('is what memory knows of that person, their payments included, and not the mail itself', async () => {
    expect(await factsFor({})).toEqual([
      { claim: 'They wrote before: "My first question"', source: earlier.id, span: 'My first question' },
      { claim: 'The payment of invoice INV-0042 failed', source: failed.id, span: 'INV-0042' },
      { claim: 'A payment of 49.00 EUR failed', source: failed.id, span: '49.00 EUR' },
    ]);
  });

  it('is said once, however often it happened: by what happened last', async () => {
    const again = happened(InvoicePaymentFailed, aFailedPayment({ attemptCount: 2 }), { subject: 'customer:cus_ana' });
    const { mail, triaged, story } = arrived({ subject: 'Invoice' });
    const { asked } = await givenMemory([failed, again, mail]).andAnswer(DraftReply, letter).when(CorrespondenceAgent, EmailTriaged, triaged, { story });
    expect((asked[0]?.input as { facts: { source: string }[] }).facts.map(({ source }) => source)).toEqual([again.id, again.id]);
  });

  it('is nothing of the person a mail claims to be from when the answer goes elsewhere', async () => {
    expect(await factsFor({ replyTo: { address: 'eve@evil.example' } })).toEqual([]);
  });
});

describe('the owner answers with their own words', () => {
  const { mail, triaged, story } = arrived();
  const words = 'Tell her it is fixed.';
  const accepted: DataOf<typeof ApprovalAccepted> = {
    actionId: 'act_1', digest: 'sha256:1', decision: 'respond', actionType: 'owner.ask', proposedBy: 'correspondence', response: words,
  };
  const guided = { ...letter, body: 'Hi Ana,\n\nit is fixed.', citations: [{ claim: 'It is fixed', source: 'owner', span: words }] };
  const whenAnswered = (memory: Parameters<typeof givenMemory>[0], changes: Partial<typeof accepted> = {}) =>
    givenMemory(memory).andAnswer(DraftReply, guided).when(CorrespondenceAgent, ApprovalAccepted, { ...accepted, ...changes }, { story, origin: 'operator' });
  const known = [mail, happened(EmailTriaged, triaged, { story })];

  it.each(['owner.ask', 'email.send'])('to a card of type %s: they are drafted, and cited as theirs', async (actionType) => {
    const { proposals, asked } = await whenAnswered(known, { actionType });
    expect(asked[0]?.input).toMatchObject({ ownerGuidance: words, mail: { id: mail.id } });
    const answerId = happened(ApprovalAccepted, { ...accepted, actionType }, { story }).id;
    expect(proposals).toMatchObject([{
      action: { type: 'email.send', args: { to: ['ana@customer.example'], body: guided.body, inReplyTo: mail.data.messageId } },
      evidence: [{ source: answerId, span: words, grounds: 'sourced' }],
    }]);
  });

  it.each<[what: string, memory: Parameters<typeof givenMemory>[0], changes: Partial<typeof accepted>]>([
    ['that it needs no answer', known, { response: 'Do not answer' }],
    ['with nothing but space', known, { response: ' \n' }],
    ['to the card of another agent', known, { proposedBy: 'triage' }],
    ['by putting it off', known, { decision: 'snooze' }],
    ['about a mail that was never triaged', [mail], {}],
    ['about a mail that memory has forgotten', known.slice(1), {}],
  ])('%s: nothing follows', async (_what, memory, changes) => {
    expect((await whenAnswered(memory, changes)).events).toEqual([]);
  });

  it('about a mail without an address: nobody is asked again', async () => {
    const nameless = arrived({ from: { address: '' } });
    const memory = [nameless.mail, happened(EmailTriaged, nameless.triaged, { story: nameless.story })];
    const { events } = await givenMemory(memory).when(CorrespondenceAgent, ApprovalAccepted, accepted, { story: nameless.story });
    expect(events).toEqual([]);
  });
});
