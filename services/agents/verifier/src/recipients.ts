import type { Envelope } from '@troupe/contracts';
import { z } from 'zod';
import { nameWords } from './claims/names.ts';
import type { Source } from './sources.ts';

const Person = z.object({ address: z.string(), name: z.string().optional() });
const Mail = z.object({ from: Person, replyTo: Person.optional(), cc: z.array(Person).default([]), text: z.string().default('') });
const Billing = z.object({ customer: z.object({ email: z.string(), name: z.string().optional() }) });

/** Everybody an answer to an event may go to: sender, Reply-To, copied, or the customer of a billing event. */
export function peopleIn({ data }: Envelope): z.infer<typeof Person>[] {
  const mail = Mail.safeParse(data).data;
  const customer = Billing.safeParse(data).data?.customer;
  return [
    ...(mail ? [mail.from, ...(mail.replyTo ? [mail.replyTo] : []), ...mail.cc] : []),
    ...(customer ? [{ address: customer.email, ...(customer.name === undefined ? {} : { name: customer.name }) }] : []),
  ];
}

/** To and Cc of an action, in lower case, whatever shape its arguments have. */
export function recipientsOf(args: Readonly<Record<string, unknown>>): string[] {
  const addresses = [args['to'], args['cc']].flat().filter((address) => typeof address === 'string');
  return addresses.map((address) => address.trim().toLowerCase());
}

/** The words a recipient may be greeted with: their name, the name in their address, and how they sign. */
export function namesOfRecipients(recipients: readonly string[], sources: readonly Source[]): Set<string> {
  const people = sources.flatMap(({ event }) => peopleIn(event)).filter(({ address }) => recipients.includes(address.toLowerCase()));
  const signed = sources.filter(({ event }) => isFrom(event, recipients)).flatMap(({ event }) => signatureOf(event));
  return new Set([...people.flatMap(({ address, name = '' }) => [name, address.split('@')[0] ?? '']), ...signed].flatMap(nameWords));
}

function isFrom(event: Envelope, recipients: readonly string[]): boolean {
  const mail = Mail.safeParse(event.data).data;
  return [mail?.from, mail?.replyTo].some((person) => person !== undefined && recipients.includes(person.address.toLowerCase()));
}

const SIGNATURE_LINES = 3;
const SIGNATURE_WORDS = 4;

/** The last lines of what the sender wrote themselves, as far as they are as short as a signature. */
function signatureOf({ data }: Envelope): string[] {
  const text = Mail.safeParse(data).data?.text ?? '';
  const own = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('>'));
  return own.slice(-SIGNATURE_LINES).filter((line) => line.split(/\s+/).length <= SIGNATURE_WORDS);
}
