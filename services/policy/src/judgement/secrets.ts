/**
 * Shapes that never belong into an outgoing mail. Prefixes as their providers publish them; a miss costs a leak and a
 * false alarm costs the owner one edit, so the labelled form at the end is generous. Every repetition is bounded: the texts
 * come from outside, and none may keep the judge busy.
 */
const SECRET_SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/,
  /\bBearer\s{1,3}[A-Za-z0-9._~+/-]{20}/i,
  /\beyJ[\w-]{10,4000}\.eyJ[\w-]{10}/,
  /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16}/,
  /\bwhsec_[A-Za-z0-9+/]{24}/,
  /\bsk-[A-Za-z0-9_-]{20}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}/,
  /\bgithub_pat_[A-Za-z0-9_]{22}/,
  /\bglpat-[A-Za-z0-9_-]{20}/,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10}/,
  /\bAIza[A-Za-z0-9_-]{35}/,
  /\b(?:api|access|secret)[ _-]?(?:key|token)\b[ \t]{0,3}(?:is)?[ \t]{0,3}[:=]?\s{0,3}["']?(?=[\w.+/-]{0,64}\d)[\w.+/-]{16}/i,
];

const DIGIT_RUNS = /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g;

/** Length and first digits of the large card schemes (ISO/IEC 7812). */
const CARD_NUMBER = /^(?:4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|3[0689]\d{12}|6\d{15,18})$/;

/** True when a text has something in it that looks like a key, a token or a payment card number. */
export function containsSecret(text: string): boolean {
  return SECRET_SHAPES.some((shape) => shape.test(text)) || containsCardNumber(text);
}

function containsCardNumber(text: string): boolean {
  return (text.match(DIGIT_RUNS) ?? []).map((run) => run.replace(/\D/g, '')).some((digits) => CARD_NUMBER.test(digits) && isLuhn(digits));
}

/** The check digit of ISO/IEC 7812-1, annex B: every second digit from the right counts double. */
function isLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + luhnValue(Number(digit), index), 0);
  return sum % 10 === 0;
}

function luhnValue(digit: number, index: number): number {
  const value = index % 2 === 1 ? digit * 2 : digit;
  return value > 9 ? value - 9 : value;
}
