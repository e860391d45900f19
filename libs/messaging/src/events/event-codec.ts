import { EnvelopeSchema, findEvent, schemaUrn, type Envelope, type EventContract, type EventOf } from '@troupe/contracts';
import type { z } from 'zod';
import { TerminalError } from '../errors.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

export function encodeEvent(event: Envelope): Uint8Array {
  return encoder.encode(JSON.stringify(event));
}

/** Reads and validates an event off the wire; a bad one is a TerminalError that names the field. */
export function decodeEvent(bytes: Uint8Array): Envelope {
  const envelope = EnvelopeSchema.safeParse(parseJson(bytes));
  if (!envelope.success) throw new TerminalError(`Not an event: ${issues(envelope.error)}`, { code: 'bad_envelope' });
  const event = envelope.data;
  const contract = findEvent(event.type);
  if (!contract) throw new TerminalError(`No contract for the event type "${event.type}".`, { code: 'unknown_event_type' });
  return { ...event, data: validData(contract, event) };
}

/** The payload as its contract has it, or a TerminalError that names the field. */
export function validData(contract: EventContract, event: Pick<Envelope, 'dataschema' | 'data'>): unknown {
  if (event.dataschema !== schemaUrn(contract)) {
    throw new TerminalError(`${event.dataschema} cannot be read as ${schemaUrn(contract)}.`, {
      code: 'version_mismatch',
      hint: 'Deploy a version of this service that knows the schema, or add an upcaster to the contract.',
    });
  }
  const data = contract.schema.safeParse(event.data);
  if (!data.success) throw new TerminalError(`${contract.type}: ${issues(data.error)}`, { code: 'bad_event_data' });
  return data.data;
}

/** Narrows an event to a contract. */
export function isEvent<Contract extends EventContract>(contract: Contract, event: Envelope): event is EventOf<Contract> {
  return event.type === contract.type;
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
