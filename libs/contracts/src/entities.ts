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

/** Who is named in what arrived from outside: the parties of a mail, the customer of a billing event; addresses in lower case, each once. */
export function addressesIn({ data }: Pick<Envelope, 'data'>): string[] {
  const parties = PARTIES.flatMap((part) => [fieldOf(data, part)].flat()).map((party) => textOf(party, 'address'));
  const named = [...parties, textAt(data, 'customer', 'email')].filter((address) => address !== undefined);
  return [...new Set(named.map((address) => address.trim().toLowerCase()))];
}

/** The events that one names as what it rests on, each once: its cause first, then the sources of its evidence. */
export function sourcesOf({ causationid, data }: Pick<Envelope, 'causationid' | 'data'>): string[] {
  const cited = [fieldOf(data, 'evidence')].flat().map((evidence) => textOf(evidence, 'source'));
  return [...new Set([causationid, ...cited].filter((source) => source !== undefined))];
}

/** The parts of a mail that hold people. */
const PARTIES = ['from', 'replyTo', 'to', 'cc'];

/** The text at `data[part][key]`; undefined where there is none, whatever else an event of an unknown type holds there. */
function textAt(data: unknown, part: string, key: string): string | undefined {
  return textOf(fieldOf(data, part), key);
}

function textOf(value: unknown, key: string): string | undefined {
  const text = fieldOf(value, key);
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
}
