import { schemaUrn, worstOrigin, type Origin, type Envelope, type EventContract } from '@troupe/contracts';
import { TerminalError } from '../errors.ts';

/** Who produces events, and which ones it declared. */
export interface Producer {
  readonly name: string;
  readonly version: string;
  readonly emits: readonly EventContract[];
}

/** An output before it has an envelope. */
export interface Draft {
  readonly contract: EventContract;
  readonly data: unknown;
  readonly subject?: string;
  readonly origin?: Origin;
}

/** Where an event stands in its story. */
export interface Lineage {
  readonly id: string;
  readonly time: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly origin: Origin;
  readonly hops: number;
  /** Which history `snapshot` counts in. */
  readonly realm?: string;
  readonly snapshot?: number;
}

/** Builds a valid event, or throws a TerminalError: undeclared types and data that breaks the contract never leave. */
export function buildEvent(producer: Producer, draft: Draft, lineage: Lineage): Envelope {
  refuseUndeclared(producer, draft.contract);
  const data = draft.contract.schema.safeParse(draft.data);
  if (!data.success) {
    const issue = data.error.issues[0];
    throw new TerminalError(`${producer.name} produced a bad ${draft.contract.type}: ${issue?.path.join('.')}: ${issue?.message}`, {
      code: 'bad_output',
      hint: `Mend what ${producer.name} puts into this field.`,
    });
  }
  return {
    specversion: '1.0',
    id: lineage.id,
    source: `/services/${producer.name}`,
    type: draft.contract.type,
    time: lineage.time,
    dataschema: schemaUrn(draft.contract),
    datacontenttype: 'application/json',
    ...(draft.subject === undefined ? {} : { subject: draft.subject }),
    correlationid: lineage.correlationId,
    ...(lineage.causationId === undefined ? {} : { causationid: lineage.causationId }),
    origin: lineage.origin,
    hops: lineage.hops,
    ...(lineage.realm === undefined ? {} : { realm: lineage.realm }),
    ...(lineage.snapshot === undefined ? {} : { snapshot: lineage.snapshot }),
    agent: producer.name,
    agentversion: producer.version,
    data: data.data,
  };
}

/** Taint only ever grows (I5): external stays external; a draft may raise it, never lower it. */
export function inheritedOrigin(cause: Origin, wanted: Origin | undefined): Origin {
  return wanted === undefined ? cause : worstOrigin(cause, wanted);
}

function refuseUndeclared(producer: Producer, contract: EventContract): void {
  if (producer.emits.some((declared) => declared.type === contract.type)) return;
  throw new TerminalError(`${producer.name} did not declare ${contract.type}.`, {
    code: 'undeclared_event',
    hint: `Add it to \`emits\` of ${producer.name}.`,
  });
}
