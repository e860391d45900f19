import type { Claim, ClaimKind, Known } from './claim.ts';
import { matchClaims } from './claim.ts';

const WORD = /#?[\p{L}\d]+(?:[-_/][\p{L}\d]+)*/gu;
/** Fewer digits are counts and hours, which a draft may state. */
const MIN_DIGITS = 4;

/** Numbers of orders, invoices, tickets, phones and years: any word with four digits or more. Founded where it stands by itself. */
export const references: ClaimKind = { name: 'references', find: findReferences, isFounded };

function findReferences(text: string): Claim[] {
  return matchClaims(text, WORD, ([word]) => (word.replace(/\D/g, '').length >= MIN_DIGITS ? [word.replace(/^#/, '').toUpperCase()] : []));
}

function isFounded({ readings }: Claim, { text }: Known): boolean {
  const upper = text.toUpperCase();
  return readings.some((reading) => standsIn(reading, upper));
}

function standsIn(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + word.length])) return true;
  }
  return false;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\d]/u.test(character);
}
