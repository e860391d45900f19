import {
  actionDigest, actionProblems, moneyText, type ActionProposed, type Check, type DataOf, type Envelope, type Money,
} from '@troupe/contracts';
import { claimsIn, normalName, type TextClaim } from './text-claims.ts';

type Proposal = DataOf<typeof ActionProposed>;

/** Every check, passed or not, in the order an owner would ask. Pure: the sources are handed in. */
export function checkProposal(proposal: Proposal, sources: readonly Envelope[]): Check[] {
  const cited = citedSources(proposal, sources);
  const text = outgoingText(proposal);
  const schema = [schemaCheck(proposal), digestCheck(proposal)];
  return text === undefined ? schema : [...schema, citationCheck(proposal, sources), ...claimChecks(text, cited)];
}

function schemaCheck({ action }: Proposal): Check {
  const problems = actionProblems(action);
  return { name: 'schema', passed: problems.length === 0, detail: problems.join('; ') || 'The arguments fit the catalogue.' };
}

function digestCheck({ action, digest }: Proposal): Check {
  const passed = actionDigest(action) === digest;
  return { name: 'digest', passed, detail: passed ? 'The digest is that of this action.' : 'The digest belongs to another form of this action.' };
}

/** Each piece of evidence must name an event we can read, and its words must stand there. */
function citationCheck({ evidence }: Proposal, sources: readonly Envelope[]): Check {
  const missing = evidence.filter(({ source, span }) => !occurs(span, textOf(sources.find(({ id }) => id === source))));
  const detail = missing.map(({ claim, span }) => `"${claim}" rests on "${span}", which its source does not say`).join('; ');
  return { name: 'citations', passed: missing.length === 0, detail: (detail || 'Each citation stands in its source.').slice(0, 2_000) };
}

function claimChecks(text: string, cited: readonly string[]): Check[] {
  const known = cited.flatMap((source) => claimsIn(source));
  const all = cited.join('\n');
  return (['amount', 'date', 'link', 'name'] as const).map((kind) => {
    const unfounded = claimsIn(text).filter((claim) => claim.kind === kind && !isFounded(claim, known, all));
    const words = unfounded.map((claim) => `"${claim.text}"`).join(', ');
    return { name: `${kind}s`, passed: unfounded.length === 0, detail: words ? `Not found in what it cites: ${words}`.slice(0, 2_000) : `All ${kind}s occur in what it cites.` };
  });
}

function isFounded(claim: TextClaim, known: readonly TextClaim[], all: string): boolean {
  if (claim.kind === 'name') return claim.normal.split(/\s+/).every((part) => normalName(all).includes(part));
  return known.some((other) => other.kind === claim.kind && other.normal === claim.normal);
}

/** What leaves the company as text; undefined where nothing does. */
function outgoingText({ action }: Proposal): string | undefined {
  if (action.type !== 'email.send') return undefined;
  const { subject, body } = action.args as { subject?: unknown; body?: unknown };
  return `${String(subject ?? '')}\n${String(body ?? '')}`;
}

/** The cited events as text. The event that caused the story is always citable: the answer is to it. */
function citedSources({ evidence }: Proposal, sources: readonly Envelope[]): string[] {
  const ids = new Set(evidence.map(({ source }) => source));
  return sources.filter((event) => ids.has(event.id) || event.causationid === undefined).map((event) => textOf(event));
}

/** All words and amounts an event holds; money in minor units is written out as people write it. */
function textOf(event: Envelope | undefined): string {
  return event ? words(event.data).join('\n') : '';
}

function words(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  if (Array.isArray(value)) return value.flatMap(words);
  if (isMoney(value)) return [moneyText(value)];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(words);
  return [];
}

function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amountMinor' in value && 'currency' in value;
}

function occurs(span: string, text: string): boolean {
  const flat = (raw: string): string => raw.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
  return flat(text).includes(flat(span));
}
