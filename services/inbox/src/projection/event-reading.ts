import type { DataOf, Envelope, EventContract } from '@troupe/contracts';

/** Something to be read out of one type of event. */
export interface Reading<Result> {
  readonly type: string;
  readonly read: (event: Envelope) => Result | undefined;
}

/**
 * Pairs a contract with what to make of its payload. A payload that does not fit the contract reads as nothing: the
 * projection must get past every event that is on the stream.
 */
export function reading<Contract extends EventContract, Result>(
  contract: Contract,
  read: (data: DataOf<Contract>, event: Envelope) => Result,
): Reading<Result> {
  return {
    type: contract.type,
    read: (event) => {
      const parsed = contract.schema.safeParse(event.data);
      return parsed.success ? read(parsed.data as DataOf<Contract>, event) : undefined;
    },
  };
}

/** One lookup by type over a list of readings. */
export function readings<Result>(list: readonly Reading<Result>[]): (event: Envelope) => Result | undefined {
  const byType = new Map(list.map((entry) => [entry.type, entry.read]));
  return (event) => byType.get(event.type)?.(event);
}
