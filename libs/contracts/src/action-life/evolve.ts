import type { ActionLife, Deferral, Run, RunOutcome } from './action-life.ts';
import type { LifecycleEvent, Stamp } from './lifecycle-event.ts';
import { joinedRun, later } from './registers.ts';

/**
 * What is known of an action after one more event. Total and pure; answers the same object when it was known. Events may
 * come in any order and any number of times: whoever has folded the same set of them knows the same (I2, I6).
 */
export function evolve(life: ActionLife, event: LifecycleEvent, stamp: Stamp): ActionLife {
  const next = withoutCopies(register(answering(life, event, stamp), event, stamp));
  return isSame(life, next) ? life : next;
}

/** The text of an action is kept once: a form that is the proposed one needs none of its own. */
export function withoutCopies(life: ActionLife): ActionLife {
  const { form, proposed } = life;
  return form?.action && form.digest === proposed?.digest ? { ...life, form: { at: form.at, digest: form.digest } } : life;
}

function register(life: ActionLife, event: LifecycleEvent, stamp: Stamp): ActionLife {
  switch (event.kind) {
    case 'proposed':
      return withProposal(life, event.data, stamp);
    case 'verified':
    case 'flagged':
      return withVerdict(life, event.data.digest, event.kind);
    case 'held':
      return withHold(life, event.data, stamp);
    case 'authorized':
      return withAuthorization(life, event.data, stamp);
    case 'denied':
    case 'expired':
      return { ...life, closed: { [event.kind]: event.data.digest, ...life.closed } };
    case 'accepted':
      return withAcceptance(life, event.data, stamp);
    case 'attempted':
      return withRun(life, event.data.authorizationId, { attempted: true });
    case 'deferred':
      return event.data.compensates === undefined ? withRun(life, event.data.authorizationId, { deferral: deferralIn(event.data) }) : life;
    case 'executed':
    case 'failed':
    case 'unknown':
      return withOutcome(life, event);
    case 'stalled':
      return event.data.compensates === undefined ? withRun(life, event.data.authorizationId, { outcome: { kind: 'unknown' } }) : life;
    case 'undone':
      return withUndone(life, stamp);
    case 'undo_requested':
      return life.questions[stamp.id] === undefined ? { ...asked(life, stamp), undo: later(life.undo, { at: stamp.position }) } : life;
    case 'decided':
    case 'retry_requested':
    case 'outcome_reported':
      return asked(life, stamp);
    case 'compensation_failed':
      return { ...life, undoAnswer: later(life.undoAnswer, { at: Math.max(stamp.position, event.data.answersUndoAt ?? 0) }) };
    case 'compensated':
      return withTakenBack(life, event.data.compensationId, stamp);
    case 'refused':
      return life;
    default:
      return unreachable(event);
  }
}

/** A ruling answers the event it follows from; a repeat of that event is then no question any more. */
function answering(life: ActionLife, { kind }: LifecycleEvent, { causeId }: Stamp): ActionLife {
  const isAnswer = ANSWERS.has(kind) && causeId !== undefined;
  return isAnswer ? { ...life, answered: { ...life.answered, [causeId]: true } } : life;
}

const ANSWERS: ReadonlySet<string> = new Set(['held', 'authorized', 'denied', 'accepted', 'refused', 'compensation_failed', 'undone']);

/** Ids are unique, so a second proposal of the same action is a repeat; of two, the smaller event id counts everywhere. */
function withProposal(life: ActionLife, data: LifecycleEvent<'proposed'>['data'], stamp: Stamp): ActionLife {
  if (life.proposed && life.proposed.eventId <= stamp.id) return life;
  const { actionId, digest, action } = data;
  return { ...life, proposed: { actionId, digest, action, origin: stamp.origin, proposedBy: stamp.agent, story: stamp.story, eventId: stamp.id } };
}

function withVerdict(life: ActionLife, digest: string, verdict: 'verified' | 'flagged'): ActionLife {
  const said = life.verdicts[digest] === 'flagged' ? 'flagged' : verdict;
  return { ...life, verdicts: { ...life.verdicts, [digest]: said } };
}

function withHold(life: ActionLife, data: LifecycleEvent<'held'>['data'], { position: at }: Stamp): ActionLife {
  const { digest, action, policy, expiresAt, why } = data;
  return { ...life, hold: later(life.hold, { at, policy, expiresAt, why }), form: later(life.form, { at, digest, action }) };
}

/** An action that policy came up with itself (a compensation seen from its own card) has no proposal but this. */
function withAuthorization(life: ActionLife, data: LifecycleEvent<'authorized'>['data'], { position: at }: Stamp): ActionLife {
  const { actionId, digest, action, authorizationId, compensates, answersUndoAt = 0, policy } = data;
  if (compensates !== undefined) {
    const compensation = later(life.compensation, { at, compensationId: actionId, ...outcomeOfSame(life, actionId) });
    return { ...life, compensation, undoAnswer: later(life.undoAnswer, { at: Math.max(at, answersUndoAt) }) };
  }
  const taint = policy.taint === undefined ? {} : { taint: policy.taint };
  return { ...life, authorization: later(life.authorization, { at, authorizationId, ...taint }), form: later(life.form, { at, digest, action }) };
}

function withAcceptance(life: ActionLife, data: LifecycleEvent<'accepted'>['data'], { position: at }: Stamp): ActionLife {
  if (data.decision !== 'snooze') return { ...life, closed: { answered: data.digest, ...life.closed } };
  return data.until === undefined ? life : { ...life, sleep: later(life.sleep, { at, until: data.until }) };
}

function withOutcome(life: ActionLife, event: LifecycleEvent<'executed' | 'failed' | 'unknown'>): ActionLife {
  const compensates = 'compensates' in event.data ? event.data.compensates : undefined;
  if (compensates !== undefined && event.kind !== 'unknown') return withCompensationOutcome(life, event.data.actionId, event.kind);
  const outcome: RunOutcome = event.kind === 'failed' ? { kind: 'failed', failure: event.data.failure } : { kind: event.kind };
  return withRun(life, event.data.authorizationId, { outcome });
}

/** One compensation per action, whose id is a function of the action's: its outcome may come before it is known here. */
function withCompensationOutcome(life: ActionLife, compensationId: string, kind: 'executed' | 'failed'): ActionLife {
  const outcome = life.compensation?.outcome === 'executed' ? 'executed' : kind;
  return { ...life, compensation: { at: life.compensation?.at ?? 0, compensationId, outcome } };
}

/** Policy's word that it was taken back. */
function withTakenBack(life: ActionLife, compensationId: string, { position }: Stamp): ActionLife {
  return { ...life, compensation: { at: Math.max(life.compensation?.at ?? 0, position), compensationId, outcome: 'executed' } };
}

function outcomeOfSame({ compensation }: ActionLife, compensationId: string) {
  return compensation?.compensationId === compensationId && compensation.outcome ? { outcome: compensation.outcome } : {};
}

/** It ends what was out when it was requested, and answers the request. */
function withUndone(life: ActionLife, { position: at }: Stamp): ActionLife {
  return { ...life, undone: later(life.undone, { at }), undoAnswer: later(life.undoAnswer, { at }) };
}

function withRun(life: ActionLife, authorizationId: string, news: Partial<Run>): ActionLife {
  return { ...life, runs: { ...life.runs, [authorizationId]: joinedRun(life.runs[authorizationId], news) } };
}

function deferralIn({ failure, nextTryAt, tries }: LifecycleEvent<'deferred'>['data']): Deferral {
  return { failure, nextTryAt, tries };
}

function asked(life: ActionLife, { id, position }: Stamp): ActionLife {
  return { ...life, questions: { [id]: position, ...life.questions } };
}

/** Registers that were not touched are the same objects; of the others the content counts. They hold JSON only. */
function isSame(one: ActionLife, other: ActionLife): boolean {
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])] as (keyof ActionLife)[];
  return names.every((name) => one[name] === other[name] || canonical(one[name]) === canonical(other[name]));
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (isPlain(part) ? Object.fromEntries(Object.entries(part).sort(byName)) : part));
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreachable(event: never): never {
  throw new Error(`No rule for the lifecycle event ${JSON.stringify(event)}.`);
}
