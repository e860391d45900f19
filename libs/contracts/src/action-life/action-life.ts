import type { Failure } from '../failure.ts';
import type { Origin } from '../envelope.ts';
import type { DataOf } from '../event-contract.ts';
import type { ActionHeld } from '../events/action-held.event.ts';
import type { Action, PolicyVerdict, Taint } from '../events/parts.ts';

/** Why an action waits for the owner. */
export type HoldReason = DataOf<typeof ActionHeld>['why'];

/** The action as an agent proposed it, and by which event. */
export interface ProposedForm {
  readonly actionId: string;
  readonly digest: string;
  readonly action: Action;
  readonly origin: Origin;
  readonly proposedBy: string;
  readonly story: string;
  readonly eventId: string;
}

/** Something of which only the latest counts; `at` is its position in the history. */
export interface Latest {
  readonly at: number;
}

/** The form that was last ruled on: the proposed one, or the owner's edit. */
export interface RuledForm extends Latest {
  readonly digest: string;
  /** Absent when it is the proposed form. */
  readonly action?: Action;
}

/** Policy put it before the owner, until when. */
export interface Hold extends Latest {
  readonly why: HoldReason;
  readonly policy: PolicyVerdict;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}

/** The owner put it off, until when. */
export interface Sleep extends Latest {
  readonly until: string;
}

/** Why an action was put off, and until when. */
export interface Deferral {
  readonly failure: Failure;
  readonly nextTryAt: string;
  readonly tries: number;
}

/** How the use of an authorisation ended. What was unknown may become known, and then stays. */
export type RunOutcome = { readonly kind: 'executed' } | { readonly kind: 'unknown' } | { readonly kind: 'failed'; readonly failure: Failure };

/** What the effect gate said of one authorisation. */
export interface Run {
  readonly attempted: boolean;
  readonly deferral?: Deferral;
  readonly outcome?: RunOutcome;
}

/** The authorisation that is out. */
export interface AuthorizationOut extends Latest {
  readonly authorizationId: string;
  /** As policy worked it out; absent in those from before it did. */
  readonly taint?: Taint;
}

/** The action that takes this one back; at position 0 policy has not let it (yet). */
export interface Compensation extends Latest {
  readonly compensationId: string;
  readonly outcome?: 'executed' | 'failed';
}

/**
 * All that is known of an action, as registers of which each takes events in any order and any number of times: a set of
 * flags, the latest of its kind by position, or one entry per authorisation. So the life after a set of events is the same
 * however they came (a join of such registers is commutative, associative and idempotent:
 * https://doi.org/10.1007/978-3-642-24550-3_29). `stateOf` reads the state off it.
 */
export interface ActionLife {
  readonly proposed?: ProposedForm;
  /** What the verifier said, by digest; a flag outweighs a verification. */
  readonly verdicts: Readonly<Record<string, 'verified' | 'flagged'>>;
  readonly form?: RuledForm;
  readonly hold?: Hold;
  readonly sleep?: Sleep;
  /** Digest of the form that was closed by it. */
  readonly closed: Readonly<Partial<Record<'denied' | 'expired' | 'answered', string>>>;
  readonly authorization?: AuthorizationOut;
  readonly runs: Readonly<Record<string, Run>>;
  readonly compensation?: Compensation;
  /** What the owner asked, by event id: repeats are known. */
  readonly questions: Readonly<Record<string, number>>;
  /** Position of the last request to undo, and of the last answer to one. */
  readonly undo?: Latest;
  readonly undoAnswer?: Latest;
  /** Position of the last request to undo that the effect gate carried out. */
  readonly undone?: Latest;
  /** Events that have been answered by a ruling. */
  readonly answered: Readonly<Record<string, true>>;
}

/** What is known of an action before its first event. */
export const NOTHING_YET: ActionLife = { verdicts: {}, closed: {}, runs: {}, questions: {}, answered: {} };
