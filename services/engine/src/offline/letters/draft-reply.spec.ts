import type { TriageAnswer } from '@troupe/contracts';
import type { TaskOutcome } from '../offline-task.ts';
import { asksIn } from '../triage/mail-facts.ts';
import { draftReply } from './draft-reply.ts';
import type { Letter } from './letter.ts';

const tools = { encoder: { embed: () => Promise.reject(new Error('a draft needs no encoder')) }, signal: AbortSignal.timeout(5_000) };

interface Given {
  text: string;
  subject?: string;
  name?: string;
  category?: TriageAnswer['category'];
  urgency?: TriageAnswer['urgency'];
  what?: string;
  facts?: { claim: string; source: string; span: string }[];
  ownerGuidance?: string;
}

function draft({ text, subject = 'Question', name = 'Anna Kern', category = 'support', urgency = 'normal', what = text, facts = [], ownerGuidance }: Given): Promise<TaskOutcome> {
  const asks = asksIn(text);
  const triage: TriageAnswer = { category, urgency, who: {}, what, asks, amounts: [], dates: [], references: [], confidence: 0.9 };
  const mail = { subject, text, from: { address: 'anna@kern.de', name }, ownerEmail: 'mira@tidepool.app' };
  return draftReply.answer({ mail, triage, facts, ownerName: 'Mira', ownerGuidance }, tools);
}

async function letter(given: Given): Promise<Letter> {
  const outcome = await draft(given);
  if (outcome.kind !== 'answered') throw new Error(`declined: ${outcome.reason}`);
  return outcome.answer as Letter;
}

describe('mail.draft_reply', () => {
  it('acknowledges a problem report and quotes the ask word for word', async () => {
    const { subject, body, citations } = await letter({ subject: 'RE: Fwd: Export', text: 'The export fails since Monday. Could you have a look?', what: 'The export fails since Monday.' });
    expect(subject).toBe('Re: Export');
    expect(body).toMatch(/^Hi Anna,\n\n/);
    expect(body).toContain('> Could you have a look?');
    expect(body).toMatch(/Best regards\nMira$/);
    expect(citations).toContainEqual({ claim: 'The sender wrote: Could you have a look?', source: 'mail', span: 'Could you have a look?' });
  });

  it('quotes what the mail is about when the ask alone says little, and nothing twice', async () => {
    const { body } = await letter({ text: 'The export fails since Monday. Could you have a look?', what: 'The export fails since Monday.' });
    expect(body).toContain('> The export fails since Monday.\n> Could you have a look?');
    const { body: once } = await letter({ text: 'Could you tell us why the export fails since Monday?', what: 'Could you tell us why the export fails since Monday?' });
    expect(once.match(/> Could you tell us/g)).toHaveLength(1);
  });

  it('asks nobody for a screenshot of a broken vase, nor a stranded team for exact steps', async () => {
    expect((await letter({ text: 'My order 20881 arrived broken.' })).body).toMatch(/Photos help/);
    const { body } = await letter({ text: 'Nothing loads and nobody can log in.', urgency: 'high' });
    expect(body).toMatch(/urgent/);
    expect(body).not.toMatch(/screenshot/);
  });

  it('says sorry to an angry customer, in a sentence', async () => {
    expect((await letter({ text: 'Cancel my account. This is unacceptable.' })).body).toContain('I am sorry that it came to this.');
    expect((await letter({ text: 'Please cancel my account.' })).body).not.toContain('sorry');
  });

  it.each([
    ['Guten Tag, der Export funktioniert seit gestern nicht. Können Sie das bitte prüfen?', 'Hallo Anna,', 'Viele Grüße'],
    ["Bonjour, l'application ne fonctionne plus depuis hier. Pouvez-vous m'aider ?", 'Bonjour Anna,', 'Cordialement'],
    ['Hola, la aplicación no funciona desde ayer. ¿Me pueden ayudar por favor?', 'Hola, Anna:', 'Un saludo'],
  ])('answers %j in its own language', async (text, greeting, closing) => {
    const { body } = await letter({ text });
    expect(body.startsWith(greeting)).toBe(true);
    expect(body).toContain(closing);
  });

  it.each<[string, TriageAnswer['category'], string]>([
    ['Please cancel my subscription.', 'support', 'cancellation request'],
    ['Under the GDPR I ask you for a copy of all my personal data.', 'support', 'data protection request'],
    ['You charged me twice, please refund one of the payments.', 'billing', 'check the payments'],
    ['Could you send me the invoice for January again?', 'billing', 'request for the document'],
    ['It would be great if the app had a dark mode.', 'support', 'suggestion'],
  ])('%j as %s gets an acknowledgment about the %s', async (text, category, expected) => {
    expect((await letter({ text, category })).body).toContain(expected);
  });

  it('brings in nothing that looks like a fact: no digit, link or weekday that the mail does not hold', async () => {
    for (const text of ['The app crashes.', 'Please delete my account.', 'Please add a dark mode.', 'How do I add a user?']) {
      const { body } = await letter({ text });
      expect(body).not.toMatch(/\d|https?:|\b(?:Mon|Tues|Wednes|Thurs|Fri)day\b|tomorrow|today/);
    }
  });

  it.each<[string, TriageAnswer['category']]>([
    ['What would 40 seats cost per year?', 'sales'],
    ['Can you come on Saturday?', 'personal'],
    ['When will we receive the money for invoice 12?', 'billing'],
  ])('declines %j (%s) and names what it has nothing about', async (text, category) => {
    expect(await draft({ text, category })).toEqual({ kind: 'declined', reason: expect.stringContaining(text) });
  });

  it('sees no reply due to what only informs', async () => {
    expect(await draft({ text: 'Amount paid: 20 EUR.', category: 'billing', urgency: 'low' })).toMatchObject({ reason: expect.stringContaining('No reply seems due') });
  });

  it.each<TriageAnswer['category']>(['spam', 'newsletter'])('sees no reply due to %s', async (category) => {
    expect(await draft({ text: 'Buy now!', category })).toMatchObject({ kind: 'declined', reason: expect.stringContaining('No reply is due') });
  });

  it('declines a language it has no words for', async () => {
    const text = "Buongiorno, l'app non funziona più e non posso entrare. Grazie, che cosa posso fare?";
    expect(await draft({ text })).toMatchObject({ kind: 'declined', reason: expect.stringContaining('language') });
  });

  it('tells a payment fact on the same invoice and cites it; keeps the rest of memory to itself', async () => {
    const paid = { claim: 'Invoice INV-77 was refunded with 49.00 EUR.', source: 'evt-1', span: 'charge.refunded INV-77 49.00 EUR' };
    const private_ = { claim: 'Anna was angry about invoice INV-77 last week and is difficult.', source: 'evt-2', span: 'note' };
    const other = { claim: 'Invoice INV-12 was paid.', source: 'evt-3', span: 'INV-12 paid' };
    const { body, citations } = await letter({ category: 'billing', text: 'Please refund invoice INV-77.', facts: [paid, private_, other] });
    expect(body).toContain(paid.claim);
    expect(body).not.toMatch(/INV-12|angry/);
    expect(citations).toContainEqual(paid);
  });

  it("writes the owner's words into a letter and adds none", async () => {
    const { body, confidence } = await letter({ category: 'sales', text: 'What would 40 seats cost?', ownerGuidance: 'tell her that 40 seats are 9 EUR each per month' });
    expect(body).toBe('Hi Anna,\n\n40 seats are 9 EUR each per month.\n\nBest regards\nMira');
    expect(confidence).toBeGreaterThan(0.8);
  });

  it('puts a terse answer of the owner next to the question', async () => {
    const { body } = await letter({ category: 'sales', text: 'Do you ship to Norway?', ownerGuidance: 'yes' });
    expect(body).toContain('> Do you ship to Norway?\n\nYes.');
  });

  it.each([['Kern GmbH', 'Hello,'], ['support@kern.de', 'Hello,'], ['Dr. Kern', 'Hi Dr. Kern,'], ['<b>x</b> $$$ WIN', 'Hello,'], ['night porter', 'Hello,'], ['bob', 'Hi bob,']])('greets %j with %j', async (name, greeting) => {
    expect((await letter({ name, text: 'The app crashes.' })).body.startsWith(greeting)).toBe(true);
  });
});
