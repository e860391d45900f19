import { entitiesOf } from './entities.ts';

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
