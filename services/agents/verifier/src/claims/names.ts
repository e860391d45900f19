import type { Claim } from './claim.ts';

const TITLE = String.raw`(?:dr|prof|mr|mrs|ms|mx|sir|madam|madame|monsieur|mme|mlle|herr|herrn|frau|sra?|señora?|don|doña)\.?`;
const NAME = String.raw`\p{Lu}[\p{L}\p{M}'’.-]*`;
const GREETING = String.raw`(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|servus|bonjour|salut|bonsoir|cher|chère|hola|buen[oa]s (?:días|tardes)|estimad[oa]|querid[oa])`;

/** `Hi Ana thanks …`, or, behind a comma, only what stands by itself: `Hola, Ana:` but not `Hello, Thank you …`. */
const SALUTATION = new RegExp(
  String.raw`^[ \t]*${anyCase(GREETING)}(?:[ \t]+(?<direct>(?:${anyCase(TITLE)}[ \t]+)*${NAME}(?:[ ](?:(?:and|und|et|y|&)[ ])?${NAME})*)|[ \t]*,[ \t]*(?<apart>(?:${anyCase(TITLE)}[ \t]+)*${NAME}(?:[ ]${NAME})*)[ \t]*(?=[,:!.]|$))`,
  'mu',
);
const TITLED = new RegExp(String.raw`(?<!\p{L})${anyCase(String.raw`(?:dr|prof|mr|mrs|ms|herr|herrn|frau|mme|monsieur|señora?|sra?)\.?`)}\s+(?<name>${NAME})`, 'gu');

/** Words with a capital that a greeting may hold and that name nobody. */
const NOBODY = new Set(['there', 'all', 'team', 'everyone', 'everybody', 'folks', 'sir', 'madam', 'customer', 'friend', 'both', 'damen', 'herren', 'kunde', 'kundin', 'and', 'und', 'et', 'y']);
const TITLE_WORD = new RegExp(`^${anyCase(TITLE)}$`, 'u');

/** How far down a letter its salutation can be: after that a capital letter is no proof of a name. */
const OPENING_LINES = 3;

/** Whom a letter greets, as the words of the name; empty when it names nobody. */
export function greetedName(body: string): Claim[] {
  const opening = body.split('\n').filter((line) => line.trim() !== '').slice(0, OPENING_LINES).join('\n');
  const { direct, apart } = SALUTATION.exec(opening)?.groups ?? {};
  const text = direct ?? apart ?? '';
  const readings = nameWords(text).filter((word) => !NOBODY.has(word) && !TITLE_WORD.test(word));
  return readings.length > 0 ? [{ text, readings }] : [];
}

/** People a letter speaks of by title: `Frau Müller`, `Mr. Smith`. */
export function titledNames(body: string): Claim[] {
  return [...body.matchAll(TITLED)].flatMap(({ 0: text, groups }) => {
    const readings = nameWords(groups?.['name'] ?? '');
    return readings.length > 0 ? [{ text: text.replace(/\.$/, ''), readings }] : [];
  });
}

/** The words of a name in one spelling: no accents, no capitals, `Lopez-Diaz` as two. */
export function nameWords(name: string): string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}]+/u).filter((word) => word.length > 1);
}

/** Case-insensitive letters in a pattern whose names must keep their capitals. */
function anyCase(pattern: string): string {
  return pattern.replace(/(?<![\\{])\p{Ll}(?![^[]*\])/gu, (letter) => `[${letter}${letter.toUpperCase()}]`);
}
