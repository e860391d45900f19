import { EmailReceived, InvoicePaymentFailed, schemaUrn, type Envelope, type EventContract } from '@troupe/contracts';
import { RetryableError } from '@troupe/messaging';
import { addressesIn, StoryAddresses } from './story-addresses.ts';

function arrival(contract: EventContract, data: unknown): Envelope {
  return {
    specversion: '1.0', id: `evt_${contract.type}`, source: '/services/gateway', type: contract.type, time: '2026-01-01T00:00:00Z',
    dataschema: schemaUrn(contract), datacontenttype: 'application/json', correlationid: 'story', origin: 'external', hops: 0,
    agent: 'gateway', agentversion: '1', data,
  };
}
const email = arrival(EmailReceived, {
  from: { address: 'ana@example.com' }, replyTo: { address: 'Billing@Example.com' }, to: [{ address: 'owner@localhost' }], cc: [{ address: 'bo@example.com' }],
});
const invoice = arrival(InvoicePaymentFailed, { customer: { id: 'cus_1', email: 'Pay@Example.com' } });
const nameless = arrival(InvoicePaymentFailed, { customer: { id: 'cus_2' } });

it('knows everybody an arrival names, in lower case', () => {
  expect([...addressesIn([email, invoice, nameless])].sort()).toEqual([
    'ana@example.com', 'billing@example.com', 'bo@example.com', 'owner@localhost', 'pay@example.com',
  ]);
});

it('asks memory for the arrivals of the story as of the event in hand', async () => {
  const asked: unknown[] = [];
  const found = { kind: 'found', episodes: [{ sequence: 3, event: invoice }] };
  const memory = { ask: (_: unknown, request: unknown) => Promise.resolve((asked.push(request), found as never)) };
  expect(await new StoryAddresses(memory).upTo(7, 'story')).toEqual(new Set(['pay@example.com']));
  expect(asked).toEqual([{ correlationId: 'story', asOf: 7, limit: 100, types: ['evt.email.received', 'evt.invoice.payment_failed', 'evt.charge.refunded', 'evt.subscription.deleted'] }]);
});

it('asks once of a story, and again of one about which memory could not answer', async () => {
  const replies = [{ kind: 'failed', failure: { code: 'not_caught_up', retryable: true, message: 'later', hint: '' } }, { kind: 'found', episodes: [{ sequence: 3, event: email }] }];
  const asked: unknown[] = [];
  const memory = { ask: (_: unknown, { correlationId }: { correlationId?: string }) => (asked.push(correlationId), Promise.resolve((replies.shift() ?? { kind: 'found', episodes: [] }) as never)) };
  const addresses = new StoryAddresses(memory as never);
  expect(await addresses.upTo(7, 'story')).toEqual(new Set());
  const known = await addresses.upTo(8, 'story');
  expect(known).toContain('ana@example.com');
  expect(await addresses.upTo(9, 'story')).toBe(known);
  expect(await addresses.upTo(9, 'another')).toEqual(new Set());
  expect(asked).toEqual(['story', 'story', 'another']);
});

it('knows nobody when memory is away or behind, so that every recipient counts as new', async () => {
  const away = new StoryAddresses({ ask: () => Promise.reject(new RetryableError('Nobody answered.')) });
  const behind = { kind: 'failed', failure: { code: 'not_caught_up', retryable: true, message: 'later', hint: '' } };
  expect(await away.upTo(7, 'story')).toEqual(new Set());
  expect(await new StoryAddresses({ ask: () => Promise.resolve(behind as never) }).upTo(7, 'story')).toEqual(new Set());
});
