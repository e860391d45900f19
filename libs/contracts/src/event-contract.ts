import type { z } from 'zod';
import type { TypedEvent } from './envelope.ts';
import { inPresentVersion, type Versioned } from './versions.ts';

/** How long an event is kept: by law, for the business, or only while it is fresh. */
export type Retention = 'compliance' | 'business' | 'ephemeral';

/**
 * The contract of one event type. `version` grows with each change that would break a consumer, and then needs an
 * upcaster from the version before.
 */
export interface EventContract<Schema extends z.ZodType = z.ZodType> extends Versioned {
  readonly type: `evt.${string}.${string}`;
  readonly retention: Retention;
  /**
   * It is handled however long its causal chain is: rulings, outcomes and the owner's word must not be swallowed. Safe,
   * since a circle always leads through an event that is not so marked: a proposal, or one that makes an agent act.
   */
  readonly anyHops?: true;
  readonly schema: Schema;
}

/** The event of a contract, envelope included: `EventOf<typeof EmailReceived>`. */
export type EventOf<Contract extends EventContract> = TypedEvent<z.infer<Contract['schema']>>;

/** Only the payload: `DataOf<typeof EmailReceived>`. */
export type DataOf<Contract extends EventContract> = z.infer<Contract['schema']>;

/** Declares an event. Each lives in a file of its own, whose docstring says when it is emitted and what it promises. */
export function defineEvent<Schema extends z.ZodType>(contract: EventContract<Schema>): EventContract<Schema> {
  return Object.freeze(contract);
}

/** The CloudEvents `dataschema` of a contract. */
export function schemaUrn(contract: Pick<EventContract, 'type' | 'version'>): string {
  return `urn:troupe:${contract.type}:v${contract.version}`;
}

/**
 * Data of any earlier version, brought to the version of the contract step by step. Undefined when it cannot be: it is of a
 * later version or another type, or an upcaster is missing.
 */
export function upcast(contract: EventContract, dataschema: string, data: unknown): { readonly data: unknown } | undefined {
  const match = /^urn:troupe:(.+):v(\d+)$/.exec(dataschema);
  if (match?.[1] !== contract.type) return undefined;
  const present = inPresentVersion(contract, Number(match[2]), data);
  return present && { data: present.value };
}
