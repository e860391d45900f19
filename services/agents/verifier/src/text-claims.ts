/** A checkable word of a text: what kind it is, how it stands there, and the form in which two spellings of it compare. */
export interface TextClaim {
  readonly kind: 'amount' | 'date' | 'link' | 'name';
  readonly text: string;
  readonly normal: string;
}

const AMOUNT = /(?:[€$£]\s?\d[\d.,' ]*|\b(?:EUR|USD|GBP|CHF)\s?\d[\d.,']*|\b\d[\d.,']*\s?(?:€|\$|£|EUR|USD|GBP|CHF|euros?|dollars?|pounds?)(?![A-Za-z]))/gi;
const MONTH = '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember)';
const DATE = new RegExp(
  `\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b|\\b\\d{1,2}(?:st|nd|rd|th|\\.)?\\s+(?:of\\s+)?${MONTH}\\b(?:\\s+\\d{4})?|\\b${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?`,
  'gi',
);
const LINK = /\bhttps?:\/\/[^\s<>"')\]]+|\bwww\.[^\s<>"')\]]+/gi;
/** The person a letter opens with. Elsewhere a capital letter is no proof of a name. */
const SALUTATION = /^(?:hi|hello|dear|hey|hallo|liebe[r]?|guten tag|bonjour|hola)[ ,]+([\p{Lu}][\p{L}'’.-]*(?:[ ][\p{Lu}][\p{L}'’.-]*)*)/imu;
const NOT_NAMES = new Set(['there', 'all', 'team', 'everyone', 'sir', 'madam', 'zusammen']);

/** Amounts, dates, links and the addressed name of a text. */
export function claimsIn(text: string): TextClaim[] {
  return [
    ...matches(text, AMOUNT, 'amount', normalAmount),
    ...matches(text, DATE, 'date', normalDate),
    ...matches(text, LINK, 'link', normalLink),
    ...salutation(text),
  ];
}

function matches(text: string, pattern: RegExp, kind: TextClaim['kind'], normalise: (match: string) => string): TextClaim[] {
  return [...text.matchAll(pattern)].map(([match]) => ({ kind, text: match.trim(), normal: normalise(match) }));
}

function salutation(text: string): TextClaim[] {
  const name = SALUTATION.exec(text)?.[1]?.trim();
  return !name || NOT_NAMES.has(name.toLowerCase()) ? [] : [{ kind: 'name', text: name, normal: normalName(name) }];
}

/** Currency and value, whatever the separators: `€1.234,50`, `1,234.50 EUR` and `EUR 1234.5` are one amount. */
export function normalAmount(text: string): string {
  const currency = currencyOf(text);
  const digits = text.replace(/[^\d.,]/g, '').replace(/[.,]+$/, '');
  const decimals = /[.,](\d{1,2})$/.exec(digits)?.[1] ?? '';
  const whole = (decimals ? digits.slice(0, -decimals.length - 1) : digits).replace(/[.,]/g, '') || '0';
  return `${currency}:${BigInt(whole)}.${decimals.padEnd(2, '0')}`;
}

function currencyOf(text: string): string {
  if (/€|eur/i.test(text)) return 'eur';
  if (/\$|usd|dollar/i.test(text)) return 'usd';
  if (/£|gbp|pound/i.test(text)) return 'gbp';
  return 'chf';
}

const MONTHS = ['jan', 'feb', 'm[aä]r', 'apr', 'ma[iy]', 'jun', 'jul', 'aug', 'sep', 'o[ck]t', 'nov', 'de[cz]'];

/** Day, month and year as far as they are given: `3rd of March`, `March 3, 2026` and `2026-03-03` share `3-3`. */
export function normalDate(text: string): string {
  const month = MONTHS.findIndex((name) => new RegExp(`(^|[^a-zä])${name}`, 'i').test(text)) + 1;
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  if (month > 0) return `${numbers.find((n) => n <= 31) ?? 0}-${month}`;
  const [first = 0, second = 0, third = 0] = numbers;
  return first > 31 ? `${third}-${second}` : `${first}-${second}`;
}

export function normalLink(text: string): string {
  return text.replace(/[.,;:!?]+$/, '').replace(/\/$/, '').toLowerCase();
}

export function normalName(text: string): string {
  return text.normalize('NFKC').replace(/[.,]+$/, '').toLowerCase();
}
