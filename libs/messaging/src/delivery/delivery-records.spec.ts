import { bucketInMemory } from '../testing/bucket-in-memory.ts';
import { DeliveryRecords } from './delivery-records.ts';

describe('the record of a message that has given trouble', () => {
  const history = { realm: 'one' as string | undefined };
  let records: DeliveryRecords;

  beforeEach(() => {
    history.realm = 'one';
    records = new DeliveryRecords(bucketInMemory(), 'policy.onAction', history);
  });

  it('counts deliveries that ended without an answer, until one is answered', async () => {
    expect([await records.begin(7), await records.begin(7), await records.begin(8)]).toEqual([0, 1, 0]);
    await records.answered(7);
    expect(await records.begin(7)).toBe(0);
  });

  it('counts failures, which no answer strikes out', async () => {
    expect([await records.failed(7), await records.failed(7)]).toEqual([1, 2]);
    await records.answered(7);
    expect(await records.failed(7)).toBe(3);
  });

  it.each(['two', undefined])('is of another message when the stream begins anew (%s)', async (realm) => {
    await records.begin(7);
    await records.failed(7);
    history.realm = realm;
    expect([await records.begin(7), await records.failed(7)]).toEqual([0, 1]);
  });
});
