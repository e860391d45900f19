/** A checkable piece of a text. */
export interface Claim {
  /** As it stands in the text. */
  readonly text: string;
  /** What it can mean, each in a form in which two spellings of the same compare equal. Never empty. */
  readonly readings: readonly string[];
}

/** What the claims of a draft are held against. */
export interface Known {
  readonly claims: readonly Claim[];
  readonly text: string;
}

/** A kind of claim: how it is found in a text, and when it is founded in what others say. */
export interface ClaimKind {
  /** The check's name, plural. */
  readonly name: string;
  find(text: string): Claim[];
  isFounded(claim: Claim, known: Known): boolean;
}

/** Founded when it can mean what one of the others can mean. */
export function sharesReading(claim: Claim, { claims }: Known): boolean {
  return claims.some(({ readings }) => readings.some((reading) => claim.readings.includes(reading)));
}

/** Every match of a pattern as a claim; what has no reading is none. */
export function matchClaims(text: string, pattern: RegExp, readingsOf: (match: RegExpMatchArray) => readonly string[]): Claim[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const readings = readingsOf(match);
    return readings.length > 0 ? [{ text: match[0].trim(), readings }] : [];
  });
}

/** The text without these claims, so that a part of one is not taken for a claim of another kind. */
export function without(text: string, claims: readonly Claim[]): string {
  const words = new Set(claims.map((claim) => claim.text));
  return [...words].reduce((rest, word) => rest.replaceAll(word, ' '), text);
}
