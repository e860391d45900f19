import type { ActionLife, Latest, Run } from './action-life.ts';
import { withoutCopies } from './evolve.ts';

/**
 * Two views of one life as one: for each register what both know. Used where two writers meet, as in a rebuild beside
 * decisions that go on.
 */
export function joinLives(one: ActionLife, other: ActionLife): ActionLife {
  return withoutCopies({
    ...optional('proposed', smaller(one.proposed, other.proposed)),
    ...optional('form', laterOf(one.form, other.form)),
    ...optional('hold', laterOf(one.hold, other.hold)),
    ...optional('sleep', laterOf(one.sleep, other.sleep)),
    ...optional('authorization', laterOf(one.authorization, other.authorization)),
    ...optional('compensation', joinCompensation(one.compensation, other.compensation)),
    ...optional('undo', laterOf(one.undo, other.undo)),
    ...optional('undoAnswer', laterOf(one.undoAnswer, other.undoAnswer)),
    ...optional('undone', laterOf(one.undone, other.undone)),
    verdicts: { ...one.verdicts, ...other.verdicts, ...flagged(one.verdicts), ...flagged(other.verdicts) },
    closed: { ...other.closed, ...one.closed },
    runs: joinRuns(one.runs, other.runs),
    questions: { ...other.questions, ...one.questions },
    answered: { ...one.answered, ...other.answered },
  });
}

function joinRuns(one: ActionLife['runs'], other: ActionLife['runs']): Record<string, Run> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, joinRun(one[name], other[name])]));
}

function joinRun(one: Run | undefined, other: Run | undefined): Run {
  if (!one || !other) return one ?? other ?? { attempted: false };
  const deferral = [one.deferral, other.deferral].sort((a, b) => (b?.tries ?? 0) - (a?.tries ?? 0))[0];
  const outcome = [one.outcome, other.outcome].sort((a, b) => certainty(b) - certainty(a))[0];
  return {
    attempted: one.attempted || other.attempted,
    ...(deferral ? { deferral } : {}),
    ...(outcome ? { outcome } : {}),
  };
}

function joinCompensation(one: ActionLife['compensation'], other: ActionLife['compensation']): ActionLife['compensation'] {
  const compensation = laterOf(one, other);
  const outcomes = [one?.outcome, other?.outcome];
  const outcome = outcomes.includes('executed') ? 'executed' : outcomes.find((each) => each !== undefined);
  return compensation && { at: compensation.at, compensationId: compensation.compensationId, ...(outcome ? { outcome } : {}) };
}

function certainty(outcome: Run['outcome']): number {
  return outcome === undefined ? -1 : { unknown: 0, failed: 1, executed: 2 }[outcome.kind];
}

function smaller(one: ActionLife['proposed'], other: ActionLife['proposed']): ActionLife['proposed'] {
  if (!one || !other) return one ?? other;
  return one.eventId <= other.eventId ? one : other;
}

function laterOf<Value extends Latest>(one: Value | undefined, other: Value | undefined): Value | undefined {
  if (!one || !other) return one ?? other;
  return other.at > one.at ? other : one;
}

function flagged(verdicts: ActionLife['verdicts']): ActionLife['verdicts'] {
  return Object.fromEntries(Object.entries(verdicts).filter(([, verdict]) => verdict === 'flagged'));
}

function optional<Name extends keyof ActionLife>(name: Name, value: ActionLife[Name] | undefined): Partial<ActionLife> {
  return value === undefined ? {} : { [name]: value };
}
