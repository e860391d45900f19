import { z } from 'zod';
import { defineEvent, upcast } from './event-contract.ts';

const Third = defineEvent({
  type: 'evt.parcel.sent',
  version: 3,
  retention: 'business',
  schema: z.object({ weightGrams: z.int(), to: z.array(z.string()) }),
  upcasters: {
    1: (data) => ({ to: (data as { to: string }).to, weightGrams: (data as { kg: number }).kg * 1_000 }),
    2: (data) => ({ ...(data as object), to: [(data as { to: string }).to] }),
  },
});

describe('a contract of a later version', () => {
  it.each([
    [1, { to: 'ana', kg: 2 }],
    [2, { to: 'ana', weightGrams: 2_000 }],
    [3, { to: ['ana'], weightGrams: 2_000 }],
  ])('reads what version %i wrote', (version, data) => {
    expect(Third.schema.parse(upcast(Third, `urn:troupe:evt.parcel.sent:v${version}`, data)?.data)).toEqual({ to: ['ana'], weightGrams: 2_000 });
  });

  it.each(['urn:troupe:evt.parcel.sent:v4', 'urn:troupe:evt.parcel.lost:v3', 'urn:troupe:evt.parcel.sent:v', 'urn:troupe:evt.parcel.sent:v0', 'nonsense'])('cannot read %s', (dataschema) => {
    expect(upcast(Third, dataschema, {})).toBeUndefined();
  });
});
