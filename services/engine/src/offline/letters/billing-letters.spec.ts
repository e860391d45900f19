import { EngineError } from '../../engine.errors.ts';
import { draftDunning } from './draft-dunning.ts';
import { draftNotice } from './draft-notice.ts';
import type { Letter } from './letter.ts';
import type { OfflineTask } from '../offline-task.ts';

const tools = { encoder: { embed: () => Promise.reject(new Error('a letter needs no encoder')) }, signal: AbortSignal.timeout(5_000) };
const invoice = { number: 'TP-1187', amountText: '49.00 EUR', hostedUrl: 'https://pay.example/i/1', attemptCount: 1, nextAttemptText: '12 March 2026' };
const customer = { name: 'Anna Kern', email: 'anna@kern.de' };

async function letter(task: OfflineTask, input: unknown): Promise<Letter> {
  const outcome = await task.answer(input, tools);
  if (outcome.kind !== 'answered') throw new Error(outcome.reason);
  return outcome.answer as Letter;
}

describe('dunning.draft', () => {
  it.each(['first', 'second', 'third'])('tells what is open and where to pay at the %s stage, with each fact cited', async (stage) => {
    const { subject, body, citations } = await letter(draftDunning, { customer, invoice, history: [], stage });
    expect(subject).toContain('TP-1187');
    for (const fact of ['49.00 EUR', 'TP-1187', invoice.hostedUrl, '12 March 2026']) {
      expect(body).toContain(fact);
      expect(citations.map(({ span }) => span)).toContain(fact);
    }
    expect(body).not.toMatch(/suspend|legal|collection|terminate|immediately/i);
  });

  it('gets clearer from stage to stage', async () => {
    const bodies = await Promise.all(['first', 'second', 'third'].map((stage) => letter(draftDunning, { customer, invoice, history: [], stage })));
    expect(bodies.map(({ body }) => /quick note|failed again|several times/.exec(body)?.[0])).toEqual(['quick note', 'failed again', 'several times']);
  });

  it('leaves out what is not known, and writes German to a customer who does', async () => {
    const bare = { number: 'TP-1', amountText: '9 EUR', attemptCount: 1 };
    const history = [{ claim: 'wrote', source: 'e1', span: 'Guten Tag, ich habe die Rechnung noch nicht bekommen, können Sie sie bitte schicken?' }];
    const { body } = await letter(draftDunning, { customer: { email: 'a@b.c' }, invoice: bare, history, stage: 'first' });
    expect(body).toMatch(/^Guten Tag,/);
    expect(body).not.toMatch(/undefined|null|http/);
  });
});

describe('billing.notice', () => {
  it('confirms a refund with the amount and invoice it was given', async () => {
    const { subject, body, citations } = await letter(draftNotice, { kind: 'refund', customer, facts: { amountText: '49.00 EUR', invoiceNumber: 'TP-1187' } });
    expect(subject).toBe('Your refund for invoice TP-1187');
    expect(body).toContain('your refund of 49.00 EUR for invoice TP-1187 has been made');
    expect(citations.map(({ span }) => span)).toEqual(['49.00 EUR', 'TP-1187']);
  });

  it('confirms the end of a subscription without inventing a date', async () => {
    const { body } = await letter(draftNotice, { kind: 'subscription_deleted', customer: {}, facts: {} });
    expect(body).toContain('your subscription has ended.');
    expect(body).not.toMatch(/\d|undefined/);
  });

  it('refuses an input it does not know, naming the field', async () => {
    const failure = letter(draftNotice, { kind: 'party', customer, facts: {} });
    await expect(failure).rejects.toThrow(EngineError);
    await expect(failure).rejects.toThrow(/kind/);
  });
});
