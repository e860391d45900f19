import { matchClaims, without, type Claim, type ClaimKind, type Known } from './claim.ts';

interface CalendarDay {
  readonly year?: number;
  readonly month: number;
  readonly day?: number;
}

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'pt'];
/** Short names in use that Intl spells otherwise. */
const MORE_NAMES: readonly (readonly [string, number])[] = [['sept', 9], ['mrz', 3], ['mär', 3], ['okt', 10], ['dez', 12], ['jänner', 1]];
const MONTHS = monthNames();

const MONTH = `(?<month>${[...MONTHS.keys()].sort((a, b) => b.length - a.length).join('|')})(?!\\p{L})\\.?`;
const NUMBER = String.raw`(?<![\p{L}\d]|\d[.,/-])`;
const LATER_YEAR = String.raw`(?:,?\s+(?:de\s+|del\s+)?(?<year>\d{4})(?!\d)|-(?<yearToo>\d{4})(?!\d))?`;
const PREPOSITION = String.raw`(?<=\b(?:am|vom|bis|bis zum|zum|ab|seit|on|by|until|till|before|after|from|since)\s)`;

/** The ways to write a day, the most telling first; what one has read the next does not see. */
const FORMS: readonly (readonly [RegExp, (parts: Record<string, string | undefined>) => CalendarDay[]])[] = [
  [/(?<!\d)(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/gu, numeric],
  [new RegExp(`${NUMBER}(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?(?<year>\\d{4}|\\d{2})(?!\\d|\\.\\d)`, 'gu'), numeric],
  [new RegExp(`${NUMBER}(?<day>\\d{1,2})(?<sign>[/-])(?<month>\\d{1,2})\\k<sign>(?<year>\\d{4}|\\d{2})(?!\\d)`, 'gu'), eitherOrder],
  [new RegExp(`${NUMBER}(?<day>\\d{1,2})(?:st|nd|rd|th|er|º|°|\\.)?(?:\\s+(?:of|de)(?:\\s+the)?)?[\\s-]+${MONTH}${LATER_YEAR}`, 'giu'), named],
  [new RegExp(`(?<!\\p{L})${MONTH}\\s+(?:the\\s+)?(?<day>\\d{1,2})(?:st|nd|rd|th)?(?![\\p{L}\\d]|[.,:]\\d)${LATER_YEAR}`, 'giu'), named],
  [new RegExp(`(?<!\\p{L})${MONTH}\\s+(?:de\\s+)?(?<year>\\d{4})(?!\\d)`, 'giu'), named],
  [new RegExp(`${PREPOSITION}(?<day>\\d{1,2})\\.(?<month>\\d{1,2})\\.`, 'giu'), numeric],
  [new RegExp(`${PREPOSITION}(?<day>\\d{1,2})/(?<month>\\d{1,2})(?![\\d/])`, 'giu'), eitherOrder],
];

/**
 * Days, with or without year, months of a year, in the spellings of seven languages. `4/3/2026` keeps both its readings,
 * which is why this does not use a date parser: those decide for one, and read "may" and "second" as dates.
 */
export const dates: ClaimKind = { name: 'dates', find: findDates, isFounded: isSomeDay };

function findDates(text: string): Claim[] {
  let rest = text;
  return FORMS.flatMap(([pattern, daysOf]) => {
    const found = matchClaims(rest, pattern, (match) => daysOf({ ...match.groups }).filter(isOnCalendar).map(written));
    rest = without(rest, found);
    return found;
  });
}

/** A part that one of the two leaves out is no contradiction; a year, month or day that both name must be the same. */
function isSomeDay(claim: Claim, { claims }: Known): boolean {
  const known = claims.flatMap(({ readings }) => readings.map((reading) => reading.split('-')));
  return claim.readings.some((reading) => {
    const parts = reading.split('-');
    return known.some((other) => parts.every((part, index) => part === '*' || other[index] === '*' || part === other[index]));
  });
}

function numeric({ year, month, day }: Record<string, string | undefined>): CalendarDay[] {
  return [{ ...yearOf(year), month: Number(month), day: Number(day) }];
}

/** Day first in most of the world, month first in the United States: nobody can tell, so both are read. */
function eitherOrder(parts: Record<string, string | undefined>): CalendarDay[] {
  return [...numeric(parts), ...numeric({ ...parts, month: parts['day'], day: parts['month'] })];
}

function named({ year, yearToo, month = '', day }: Record<string, string | undefined>): CalendarDay[] {
  const number = MONTHS.get(month.toLowerCase());
  const isVerb = month === 'may' && year === undefined;
  return number === undefined || isVerb ? [] : [{ ...yearOf(year ?? yearToo), month: number, ...(day === undefined ? {} : { day: Number(day) }) }];
}

function yearOf(year: string | undefined): { year?: number } {
  if (year === undefined) return {};
  return { year: year.length === 2 ? 2_000 + Number(year) : Number(year) };
}

function isOnCalendar({ month, day = 1 }: CalendarDay): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function written({ year, month, day }: CalendarDay): string {
  return [year ?? '*', month, day ?? '*'].join('-');
}

/** Long names of all languages; short ones only where they are no English word (`set`, `ago`). */
function monthNames(): Map<string, number> {
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  const long = LANGUAGES.flatMap((language) => months.map((month) => [monthName(language, 'long', month), month] as const));
  const short = ['en', 'de', 'fr', 'es'].flatMap((language) => months.map((month) => [monthName(language, 'short', month), month] as const));
  return new Map([...long, ...short.filter(([name]) => name !== 'ago'), ...MORE_NAMES]);
}

function monthName(language: string, width: 'long' | 'short', month: number): string {
  const name = new Intl.DateTimeFormat(language, { month: width, timeZone: 'UTC' }).format(Date.UTC(2026, month - 1, 15));
  return name.toLowerCase().replace(/\.$/, '');
}
