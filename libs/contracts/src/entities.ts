import type { Envelope } from './envelope.ts';
import { personSubject } from './identifiers.ts';

/**
 * Everybody an event is about, each once: its subject, the sender of a mail and the customer of a billing event, who is a
 * person too when the billing system knows an address. This is what joins a customer's mails and payments.
 */
export function entitiesOf({ subject, data }: Pick<Envelope, 'subject' | 'data'>): string[] {
  const customer = textAt(data, 'customer', 'id');
  const persons = [textAt(data, 'from', 'address'), textAt(data, 'customer', 'email')].filter((address) => address !== undefined);
  const named = [subject, customer === undefined ? undefined : `customer:${customer}`, ...persons.map(personSubject)];
  return [...new Set(named.filter((entity) => entity !== undefined))];
}

/** The text at `data[part][key]`; undefined where there is none, whatever else an event of an unknown type holds there. */
function textAt(data: unknown, part: string, key: string): string | undefined {
  const text = fieldOf(fieldOf(data, part), key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
