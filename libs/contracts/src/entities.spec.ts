import { addressesIn, entitiesOf, sourcesOf } from './entities.ts';

describe('whom an event is about', () => {
  it.each<[what: string, event: { subject?: string; data: unknown }, entities: string[]]>([
    ['its subject', { subject: 'action:act_1', data: {} }, ['action:act_1']],
    ['the sender of a mail, once', { subject: 'person:ana@example.com', data: { from: { address: ' Ana@Example.com' } } }, ['person:ana@example.com']],
    ['a customer by id and address', { data: { customer: { id: 'cus_1', email: 'Ana@Example.com' } } }, ['customer:cus_1', 'person:ana@example.com']],
    ['a customer without an address', { subject: 'customer:cus_1', data: { customer: { id: 'cus_1' } } }, ['customer:cus_1']],
    ['nobody: a mail without a usable sender', { data: { from: { address: '' } } }, []],
    ['nobody: a sender that is only text', { data: { from: 'ana@example.com' } }, []],
    ['nobody: a list where a customer should be', { data: { customer: [{ id: 'cus_1' }] } }, []],
    ['nobody: no data at all', { data: null }, []],
  ])('%s', (_what, event, entities) => {
    expect(entitiesOf(event)).toEqual(entities);
  });
});

describe('who is named in an arrival', () => {
  it.each<[what: string, data: unknown, addresses: string[]]>([
    ['the parties of a mail', { from: { address: ' Ana@Example.com' }, replyTo: { address: 'r@x.yz' }, to: [{ address: 'a@x.yz' }], cc: [{ address: 'ANA@example.com' }] }, ['ana@example.com', 'r@x.yz', 'a@x.yz']],
    ['the customer of a billing event', { customer: { id: 'cus_1', email: 'Pay@Example.com' } }, ['pay@example.com']],
    ['nobody: a customer without an address', { customer: { id: 'cus_1' } }, []],
    ['nobody: parties in another form', { from: 'ana@example.com', to: 'a@x.yz', cc: null }, []],
    ['nobody: no data', null, []],
  ])('%s', (_what, data, addresses) => expect(addressesIn({ data })).toEqual(addresses));
});

describe('what an event rests on', () => {
  it.each<[what: string, event: { causationid?: string; data: unknown }, sources: string[]]>([
    ['its cause and what it cites, each once', { causationid: 'evt_1', data: { evidence: [{ source: 'evt_2' }, { source: 'evt_1' }, { source: 'evt_2' }] } }, ['evt_1', 'evt_2']],
    ['its cause, where it cites nothing', { causationid: 'evt_1', data: {} }, ['evt_1']],
    ['nothing: the first of a story, with evidence in another form', { data: { evidence: ['evt_1', {}, { source: 7 }] } }, []],
  ])('%s', (_what, event, sources) => expect(sourcesOf(event)).toEqual(sources));
});
