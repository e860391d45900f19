import { z } from 'zod';
import type { Language } from '../language.ts';

/** What memory knows: a claim, where it comes from, and the very words it rests on. */
export const Fact = z.object({ claim: z.string(), source: z.string(), span: z.string() });
export type Fact = z.output<typeof Fact>;

/** A letter with what it rests on. Every amount, date, name and link in `body` occurs in the task's input. */
export interface Letter {
  subject: string;
  body: string;
  citations: Fact[];
  confidence: number;
}

const GREETINGS: Record<Language, { named: (name: string) => string; plain: string }> = {
  en: { named: (name) => `Hi ${name},`, plain: 'Hello,' },
  de: { named: (name) => `Hallo ${name},`, plain: 'Guten Tag,' },
  fr: { named: (name) => `Bonjour ${name},`, plain: 'Bonjour,' },
  es: { named: (name) => `Hola, ${name}:`, plain: 'Hola:' },
};

const CLOSINGS: Record<Language, string> = { en: 'Best regards', de: 'Viele Grüße', fr: 'Cordialement', es: 'Un saludo' };

export interface Parties {
  language: Language;
  /** As the other side shows it. */
  recipientName?: string | undefined;
  ownerName?: string | undefined;
}

/** Greeting, paragraphs and closing, put together as a plain-text mail. */
export function letterBody(paragraphs: readonly string[], parties: Parties): string {
  const closing = [CLOSINGS[parties.language], parties.ownerName?.trim()].filter(Boolean).join('\n');
  return [greeting(parties), ...paragraphs.filter(Boolean), closing].join('\n\n');
}

export function greeting({ language, recipientName }: Parties): string {
  const name = callNameOf(recipientName);
  return name ? GREETINGS[language].named(name) : GREETINGS[language].plain;
}

const NOT_A_PERSON = /\d|@|[|/&]|\b(?:team|support|service|info|office|billing|accounts?|sales|gmbh|ag|ltd|inc|llc|dept|department|shop|store|group|customer|admin|sekretariat|buchhaltung|kundendienst|desk|crew|porter|reception|events?|office|praxis|hotel|museum|school|verein|forum)\b/i;
const TITLE = /^(?:dr|prof|mr|mrs|ms|herr|frau|mme|m|sr|sra)\.?\s+/i;

/**
 * The name to greet with: the first name of what looks like a person's full name. A name that a title or a single
 * word carries is used whole, anything that looks like a company or a mailbox not at all.
 */
export function callNameOf(shown: string | undefined): string | undefined {
  const name = shown?.replace(/^["']+|["']+$/g, '').replace(/\s+/g, ' ').trim() ?? '';
  if (!/^\p{L}[\p{L}'’.\- ]{1,50}$/u.test(name) || NOT_A_PERSON.test(name)) return undefined;
  if (TITLE.test(name)) return name;
  const [first = '', ...rest] = name.split(' ');
  const isRole = rest.length > 0 && first === first.toLowerCase();
  return isRole || rest.length > 3 || first.length < 2 || first.endsWith('.') ? undefined : first;
}

const UNTITLED: Record<Language, string> = { en: 'Your message', de: 'Ihre Nachricht', fr: 'Votre message', es: 'Su mensaje' };

/** The subject of an answer: one `Re:` whatever stood there before. */
export function replySubject(subject: string, language: Language): string {
  const bare = subject.replace(/^(?:\s*(?:re|aw|sv|fwd?|wg|tr|rv)\s*:)+/i, '').replace(/\s+/g, ' ').trim();
  return `Re: ${bare || UNTITLED[language]}`;
}
