import { counterpart, headline, subline } from './card-words.ts';

type Words = Parameters<typeof counterpart>[0];

const toAccounts: Words['fields'] = [{ key: 'to', label: 'To', kind: 'addresses', editable: true, text: 'accounts@harbour.example', value: ['accounts@harbour.example'] }];
const agent = { name: 'dunning', version: '1.0.0' };

/** A card of a billing story in which the provider called the customer this. */
function aboutCustomer(text: string, fields: Words['fields']): Words {
  const original = { kind: 'billing', title: 'A payment failed', facts: [{ label: 'Customer', text }], receivedAt: '2026-01-12T08:00:00Z' };
  return { agent, fields, original: original as Words['original'] };
}

describe('whom a card concerns', () => {
  it.each([
    ['Harbour Cycles <accounts@harbour.example>', toAccounts, 'Harbour Cycles'],
    ['cus_harbour', toAccounts, 'accounts@harbour.example'],
    ['cus_harbour', [], 'cus_harbour'],
  ])('a customer called %s', (text, fields, expected) => {
    expect(counterpart(aboutCustomer(text, fields))).toBe(expected);
  });

  it('the agent, where nobody else is known', () => {
    expect(counterpart({ agent, fields: [], original: null })).toBe('dunning');
  });
});

describe('what a card is about', () => {
  const field = (key: string, text: string): Words['fields'][number] => ({ key, label: key, kind: 'long_text', editable: false, text, value: text });

  it.each([
    ['a question', [field('question', 'Refund?'), field('context', 'It is late.')], 'Refund?', 'A kind'],
    ['a story that was stopped', [field('because', 'It went in circles.'), field('story', 's')], 'It went in circles.', 'A kind'],
    ['anything else', [field('chargeId', 'ch_1')], 'A kind', 'its arguments'],
  ])('%s', (_name, fields, first, second) => {
    const card = { title: 'A kind', summary: 'its arguments', fields };
    expect([headline(card), subline(card)]).toEqual([first, second]);
  });
});
