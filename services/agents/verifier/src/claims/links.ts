import { parse } from 'tldts';
import { matchClaims, sharesReading, without, type Claim, type ClaimKind, type Known } from './claim.ts';

const WITH_SCHEME = /\b[a-z][a-z\d+.-]{1,15}:\/\/[^\s<>"'`\]]+/giu;
const ADDRESS = /(?:mailto:)?[\p{L}\d.+%_-]{1,64}@(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24}/giu;
/** `evil.example/pay`, `www.evil.example`, `evil.com`: most mail programs make links of these. */
const BARE = /(?<![\p{L}\d@._/-])(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}{2,24}(?![\p{L}\d-])(?::\d{1,5})?(?<path>[/?][^\s<>"'`\]]*)?/giu;

/**
 * Links and mail addresses. They are founded word for word but for scheme, `www.` and case of the host; a site may also be
 * named by its host alone. Hosts compare in punycode, so a lookalike letter is another host.
 */
export const links: ClaimKind = { name: 'links', find: findLinks, isFounded };

function findLinks(text: string): Claim[] {
  const full = matchClaims(text, WITH_SCHEME, ([link]) => [linkReading(link)]).map(trimmed);
  const addresses = matchClaims(without(text, full), ADDRESS, ([address]) => [`mailto:${address.replace(/^mailto:/i, '').toLowerCase()}`]);
  const bare = matchClaims(without(text, [...full, ...addresses]), BARE, (match) => (isLink(match) ? [linkReading(match[0])] : [])).map(trimmed);
  return [...full, ...addresses, ...bare];
}

/** A list of top-level domains is kept by others: tldts carries the public suffix list. `Node.js` and `report.csv` are none. */
function isLink([word, ...rest]: RegExpMatchArray): boolean {
  return rest[0] !== undefined || /^www\./i.test(word) || parse(word).isIcann === true;
}

function isFounded(claim: Claim, known: Known): boolean {
  return sharesReading(claim, known) || claim.readings.some((reading) => hosts(known).has(reading));
}

function hosts({ claims }: Known): Set<string> {
  return new Set(claims.flatMap(({ readings }) => readings.map((reading) => /^mailto:.*@(.*)$/.exec(reading)?.[1] ?? reading.replace(/[/?#].*$/s, ''))));
}

function linkReading(raw: string): string {
  const link = withoutPunctuation(raw);
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(link) ? link : `https://${link}`;
  if (!URL.canParse(address)) return link.toLowerCase();
  const url = new URL(address);
  const user = url.username === '' ? '' : `${url.username}:${url.password}@`;
  return `${user}${url.host.replace(/^www\./, '')}${url.pathname.replace(/\/$/, '')}${url.search}${url.hash}`;
}

/** What ends the sentence is no part of the link; a closing bracket is, where the link opened it. */
function withoutPunctuation(link: string): string {
  const bare = link.replace(/[.,;:!?*_»”’…]+$/u, '');
  const isUnbalanced = bare.endsWith(')') && bare.split(')').length > bare.split('(').length;
  return isUnbalanced ? withoutPunctuation(bare.slice(0, -1)) : bare;
}

function trimmed(claim: Claim): Claim {
  return { ...claim, text: withoutPunctuation(claim.text) };
}
