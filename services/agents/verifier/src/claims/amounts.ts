import { sharesReading, type Claim, type ClaimKind } from './claim.ts';

const DOLLARS = ['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD', 'MXN'];
const CROWNS = ['SEK', 'NOK', 'DKK', 'ISK'];

/** What people write instead of an ISO 4217 code. One sign can stand for several currencies: then each is a reading. */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  'US$': ['USD'], 'CA$': ['CAD'], 'C$': ['CAD'], 'AU$': ['AUD'], 'A$': ['AUD'], 'NZ$': ['NZD'], 'HK$': ['HKD'], 'S$': ['SGD'], 'R$': ['BRL'],
  '€': ['EUR'], '$': DOLLARS, '£': ['GBP'], '¥': ['JPY', 'CNY'], '₹': ['INR'], '₩': ['KRW'], '₽': ['RUB'], '₺': ['TRY'], '₴': ['UAH'],
  '₫': ['VND'], '₪': ['ILS'], '₱': ['PHP'], '฿': ['THB'], 'zł': ['PLN'], 'Kč': ['CZK'], 'kr': CROWNS, 'Ft': ['HUF'], 'Fr.': ['CHF'], 'SFr.': ['CHF'],
  euro: ['EUR'], euros: ['EUR'], dollar: DOLLARS, dollars: DOLLARS, dólares: DOLLARS, pound: ['GBP'], pounds: ['GBP'], livres: ['GBP'],
  franken: ['CHF'], francs: ['CHF'], yen: ['JPY'], kronor: ['SEK'], kroner: ['NOK', 'DKK'], eur: ['EUR'], usd: ['USD'], gbp: ['GBP'], chf: ['CHF'],
};

/** Every code Intl knows, in capitals only: `ALL`, `TRY` and `TOP` are words otherwise. */
const CODES = Intl.supportedValuesOf('currency');

/** Factors that may follow a number: `€5k`, `1.2 million USD`, `3 Mio. €`. */
const FACTORS: readonly (readonly [RegExp, bigint])[] = [
  [/^(?:k|tsd\.?|tausend|thousand|mil)$/i, 1_000n],
  [/^(?:m|mn|mio\.?|million(?:en|es|s)?)$/i, 1_000_000n],
  [/^(?:bn|mrd\.?|billions?|milliarden?)$/i, 1_000_000_000n],
];

const escaped = (words: readonly string[]): string =>
  [...words].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.$]/g, '\\$&').replace(/^\p{Ll}/u, (first) => `[${first}${first.toUpperCase()}]`)).join('|');

const CURRENCY = `(?:${escaped([...Object.keys(SIGNS), ...CODES])})`;
const NUMBER = String.raw`\d{1,3}(?:,\d{2})*(?:[.,'’ \u00a0\u202f]\d{3})+(?:[.,]\d{1,3})?(?!\d)|\d{1,15}(?:[.,]\d{1,3})?(?!\d)`;
const FACTOR = String.raw`[ \u00a0]?(?:[kKmM]|mn|bn|[Tt]sd\.?|[Tt]ausend|thousand|mil|[Mm]io\.?|[Mm]rd\.?|[Mm]illion(?:en|es|s)?|billions?|[Mm]illiarden?)(?!\p{L})`;
const VALUE = `(?<value>${NUMBER})(?:[.,][-–—])?(?<factor>${FACTOR})?`;
const OTHER = String.raw`(?<other>\d[\d.,]{0,14}\d|\d)`;

/** A number and its currency stand on one line, with one space of any kind between them at most. */
const GAP = String.raw`[ \u00a0\u202f]?`;

/** `EUR 49`, `€49–99`. */
const BEFORE = new RegExp(String.raw`(?<!\p{L})(?<currency>${CURRENCY})${GAP}${VALUE}(?:${GAP}[-–—]${GAP}${OTHER}(?![\d-]))?`, 'gu');
/** `49 EUR`, `49–99 €`, `49 to 99 EUR`; not the end of a word such as `INV-0042`. */
const AFTER = new RegExp(String.raw`(?<![\p{L}\d][-.,_/]?)(?:${OTHER}${GAP}(?:[-–—]|to|bis|à)${GAP})?${VALUE}${GAP}(?<currency>${CURRENCY})(?!\p{L})`, 'gu');

/**
 * Money: a number beside a currency, with any separators and in ranges. Numbers in words ("fifty euros") are not read.
 * Written by hand because what can be read in several ways must be kept so: parsers of numbers decide for one locale.
 */
export const amounts: ClaimKind = { name: 'amounts', find: findAmounts, isFounded: sharesReading };

function findAmounts(text: string): Claim[] {
  const before = [...text.matchAll(BEFORE)].map(passageOf);
  const after = [...text.matchAll(AFTER)].map(passageOf);
  const alone = after.filter((passage) => !before.some((other) => overlap(passage, other)));
  const shared = before.map((passage) => ({ ...passage, readings: [passage, ...after.filter((other) => overlap(passage, other))].flatMap((each) => each.readings) }));
  return [...shared, ...alone].flatMap(({ text: words, readings: own, other }) => [{ text: words, readings: own }, ...(other.length > 0 ? [{ text: words, readings: other }] : [])]);
}

/** Where an amount stands. `other` is the far end of a range. */
interface Passage extends Claim {
  readonly from: number;
  readonly to: number;
  readonly other: readonly string[];
}

function passageOf(match: RegExpExecArray): Passage {
  const { currency = '', value = '', factor = '', other } = match.groups ?? {};
  return {
    text: match[0].trim(),
    from: match.index,
    to: match.index + match[0].length,
    readings: readings(value, factor, currency),
    other: other === undefined ? [] : readings(other, '', currency),
  };
}

/** In `42 EUR 49.00` nobody can tell which number the currency belongs to, so it is both. */
function overlap(one: Passage, other: Passage): boolean {
  return one.from < other.to && other.from < one.to;
}

function readings(number: string, factor: string, currency: string): string[] {
  const by = FACTORS.find(([pattern]) => pattern.test(factor.trim()))?.[1] ?? 1n;
  return currenciesOf(currency).flatMap((code) => thousandths(number, code, by !== 1n).map((value) => `${code}:${value * by}`));
}

function currenciesOf(sign: string): readonly string[] {
  return SIGNS[sign] ?? SIGNS[sign.toLowerCase()] ?? [sign];
}

/**
 * What a number can be, times 1,000. `1.234` has thousands in most currencies; where the currency has three decimals, or a
 * factor follows, it can also be a decimal. `1.234,50` and `1,234.50` say themselves which sign is which.
 */
function thousandths(number: string, currency: string, isFactored: boolean): bigint[] {
  const digits = number.replace(/[\s'’\u00a0\u202f]/g, '');
  const [, whole = '', decimals = ''] = /^(.*)[.,](\d{1,3})$/.exec(digits) ?? [];
  if (decimals === '') return [scaled(digits, '')];
  const isDecimal = decimals.length < 3 || hasOtherSeparator(whole, digits.at(-4));
  if (isDecimal) return [scaled(whole, decimals)];
  const grouped = scaled(digits, '');
  return isFactored || minorDigits(currency) === 3 ? [grouped, scaled(whole, decimals)] : [grouped];
}

function hasOtherSeparator(whole: string, separator: string | undefined): boolean {
  return /[.,]/.test(whole) && separator !== undefined && !whole.includes(separator);
}

function scaled(whole: string, decimals: string): bigint {
  return BigInt(`${whole.replace(/[.,]/g, '') || '0'}${decimals.padEnd(3, '0')}`);
}

function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
