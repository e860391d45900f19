import { Origin, worstOrigin, type PolicyVerdict, type ReplyOf, type Taint, type TraceOrigins, type Witness } from '@troupe/contracts';

/** Where a proposal comes from: how tainted it is, and the addresses that occur in its story, in lower case. */
export interface Provenance {
  readonly taint: Taint;
  readonly known: ReadonlySet<string>;
}

/** What memory knows of where a proposal comes from. */
export type Traced = Extract<ReplyOf<typeof TraceOrigins>, { kind: 'traced' }>;

/**
 * The taint of a proposal: the worst of what it claims, of its story up to it and of everything it rests on (I5). What
 * nobody recorded counts as external: whoever could cite it could write it. So does what rests on nothing: an agent acts
 * because something happened.
 */
export function taintOf(claimed: Origin, { story, sources, unknown }: Traced): Taint {
  const found: Taint[] = [
    { origin: claimed, from: 'claim' },
    ...story.map((witness) => taintBy(witness, 'story')),
    ...sources.map((witness) => taintBy(witness, 'source')),
    ...unknown.map((eventId) => taintBy({ eventId, origin: Origin.external }, 'unknown')),
    ...(sources.length + unknown.length === 0 ? [RESTS_ON_NOTHING] : []),
  ];
  const worst = worstOrigin(...found.map(({ origin }) => origin));
  return found.find(({ origin }) => origin === worst) ?? { origin: claimed, from: 'claim' };
}

/** The taint where memory has no answer: external, whatever is claimed. */
export function taintUnanswered(claimed: Origin): Taint {
  return claimed === Origin.external ? { origin: claimed, from: 'claim' } : { origin: Origin.external, from: 'unanswered' };
}

/** A verdict with what taints the action; in the owner's words too, where that is more than its proposer said. */
export function namingTaint(verdict: PolicyVerdict, taint: Taint): PolicyVerdict {
  const reason = taint.origin === Origin.external ? whyTainted(taint) : undefined;
  return { ...verdict, taint, reasons: reason === undefined ? verdict.reasons : [...verdict.reasons, reason] };
}

const RESTS_ON_NOTHING: Taint = { origin: Origin.external, from: 'unknown' };

function taintBy({ eventId, origin }: Witness, from: Taint['from']): Taint {
  return { origin, from, eventId };
}

function whyTainted({ from, eventId }: Taint): string | undefined {
  switch (from) {
    case 'claim':
      return undefined;
    case 'story':
      return `Its proposer did not say so, but text from outside is in its story: ${eventId}.`;
    case 'source':
      return `Its proposer did not say so, but it rests on text from outside: ${eventId}.`;
    case 'unknown':
      return eventId === undefined
        ? 'It names nothing that it follows from, so it counts as text from outside.'
        : `It rests on ${eventId}, which nobody has on record, so it counts as text from outside.`;
    case 'unanswered':
      return 'Memory could not say where it comes from, so it counts as text from outside.';
    default:
      return from satisfies never;
  }
}
