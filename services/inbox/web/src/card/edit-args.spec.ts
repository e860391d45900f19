import type { CardField } from '../wire.ts';
import { draftOf, editedArgs, fieldOfProblem } from './edit-args.ts';

const field = (key: string, kind: CardField['kind'], text: string, value: unknown, editable = true): CardField => ({
  key,
  label: key,
  kind,
  editable,
  text,
  value,
});
const card = {
  args: { to: ['ana@example.com'], subject: 'Hello', body: 'Text', inReplyTo: '<1@x>' },
  fields: [
    field('to', 'addresses', 'ana@example.com', ['ana@example.com']),
    field('cc', 'addresses', '', null),
    field('subject', 'text', 'Hello', 'Hello'),
    field('body', 'long_text', 'Text', 'Text'),
  ],
};

describe('the edit form', () => {
  it('changes only what was typed and keeps what has no field', () => {
    const draft = { ...draftOf(card.fields), body: 'Text\n\nBest', to: 'ana@example.com, bo@example.com' };
    expect(editedArgs(card, draft)).toEqual({ ...card.args, body: 'Text\n\nBest', to: ['ana@example.com', 'bo@example.com'] });
  });

  it('leaves everything as it was when nothing was typed', () => {
    expect(editedArgs(card, draftOf(card.fields))).toEqual(card.args);
  });

  it('leaves an emptied optional list out only when there was none before', () => {
    expect(editedArgs(card, { ...draftOf(card.fields), cc: ' ', to: '' })).toMatchObject({ to: [] });
    expect(editedArgs(card, { ...draftOf(card.fields), cc: ' ' })).not.toHaveProperty('cc');
  });

  it('reads money in the currency’s own decimals', () => {
    const refund = {
      args: { amount: { amountMinor: 4900, currency: 'eur' } },
      fields: [field('amount', 'money', '49.00 EUR', { amountMinor: 4900, currency: 'eur' })],
    };
    expect(draftOf(refund.fields)).toEqual({ amount: '49.00' });
    expect(editedArgs(refund, { amount: '12,5' })).toEqual({ amount: { amountMinor: 1250, currency: 'eur' } });
    expect(editedArgs(refund, { amount: 'a lot' })).toEqual({ amount: { amountMinor: 'a lot', currency: 'eur' } });
  });

  it('finds the field a problem is about', () => {
    expect([fieldOfProblem('args.to.0'), fieldOfProblem('args.amount.amountMinor')]).toEqual(['to', 'amount']);
  });
});
