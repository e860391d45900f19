import { EnvelopeSchema, findEvent, readEventSubject, schemaUrn, upcast, type Envelope, type EventContract, type EventOf } from '@troupe/contracts';
import type { z } from 'zod';
import { TerminalError } from '../errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** An event as it lies on the stream: with every attribute it has, known here or not. */
export interface StoredEvent {
  readonly subject: string;
  readonly data: Uint8Array;
}

/** The event as it goes to the stream: UTF-8 JSON. */
export function encodeEvent(event: Envelope): Uint8Array {
  return encoder.encode(JSON.stringify(event));
}

/**
 * The envelope of any event, also of a type nobody here knows; `data` stays as it came. Throws TerminalError when it is no
 * event, or when it says another producer or type than its subject, which the broker vouches for.
 */
export function decodeEnvelope({ subject, data }: StoredEvent): Envelope {
  const envelope = EnvelopeSchema.safeParse(parseJson(data));
  if (!envelope.success) throw new TerminalError(`Not an event: ${issues(envelope.error)}`, { code: 'bad_envelope' });
  refuseImpostor(subject, envelope.data);
  return envelope.data;
}

/**
 * The event with its data as its contract has it, whatever version wrote it. The contract is the first of `known` that fits,
 * or the catalogue's. Throws TerminalError that names the field.
 */
export function decodeEvent(stored: StoredEvent, known: readonly EventContract[] = []): Envelope {
  const event = decodeEnvelope(stored);
  const contract = known.find(({ type }) => type === event.type) ?? findEvent(event.type);
  if (!contract) throw new TerminalError(`No contract for the event type "${event.type}".`, { code: 'unknown_event_type' });
  return { ...event, data: validData(contract, event) };
}

/** The payload as its contract has it, or a TerminalError that names the field. */
export function validData(contract: EventContract, event: Pick<Envelope, 'dataschema' | 'data'>): unknown {
  const upcasted = upcast(contract, event.dataschema, event.data);
  if (!upcasted) {
    throw new TerminalError(`${event.dataschema} cannot be read as ${schemaUrn(contract)}.`, {
      code: 'version_mismatch',
      hint: 'Deploy a version of this service that knows the schema, or add an upcaster to the contract.',
    });
  }
  const data = contract.schema.safeParse(upcasted.data);
  if (!data.success) throw new TerminalError(`${contract.type}: ${issues(data.error)}`, { code: 'bad_event_data' });
  return data.data;
}

/** Narrows an event to a contract. */
export function isEvent<Contract extends EventContract>(contract: Contract, event: Envelope): event is EventOf<Contract> {
  return event.type === contract.type;
}

function refuseImpostor(subject: string, { type, agent }: Envelope): void {
  const said = readEventSubject(subject);
  if (said?.type === type && said.producer === agent) return;
  throw new TerminalError(`The event says that it is ${type} by ${agent}, but it came as ${subject}.`, {
    code: 'producer_mismatch',
    hint: 'Somebody speaks in the name of another: find out who may publish on this subject.',
  });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes)) as unknown;
  } catch (cause) {
    throw new TerminalError('Not an event: the payload is not UTF-8 JSON.', { code: 'bad_envelope', cause });
  }
}

function issues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`).join('; ');
}
