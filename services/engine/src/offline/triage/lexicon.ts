import { BILLING_TERMS } from './terms/billing-terms.ts';
import { NEWSLETTER_TERMS } from './terms/newsletter-terms.ts';
import { PERSONAL_TERMS } from './terms/personal-terms.ts';
import { SALES_TERMS } from './terms/sales-terms.ts';
import { SPAM_TERMS } from './terms/spam-terms.ts';
import { SUPPORT_TERMS } from './terms/support-terms.ts';
import { URGENCY_TERMS } from './terms/urgency-terms.ts';

/**
 * Words and phrases by topic, in English, German, French, Spanish and Italian. They are general vocabulary of the topic,
 * chosen from what people write, not from the sample. A term matches at the start of a word, so `kündig` also finds
 * `kündigen`; terms that must end there say so with `\b`. Terms are parted by `|` and may be broken into lines there.
 */
const TERMS = {
  ...SUPPORT_TERMS,
  ...BILLING_TERMS,
  ...SALES_TERMS,
  ...SPAM_TERMS,
  ...NEWSLETTER_TERMS,
  ...PERSONAL_TERMS,
  ...URGENCY_TERMS,
};

export type Topic = keyof typeof TERMS;

export const TOPICS = Object.keys(TERMS) as Topic[];

const PATTERNS = Object.fromEntries(TOPICS.map((topic) => [topic, compile(TERMS[topic])])) as Record<Topic, RegExp>;

function compile(terms: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${terms.replace(/\s*\n\s*/g, '')})`, 'gu');
}

/** The different terms of a topic in a text that is already lower-cased. */
export function termsOf(topic: Topic, lowerText: string): string[] {
  return [...new Set([...lowerText.matchAll(PATTERNS[topic])].map(([term]) => term))];
}
