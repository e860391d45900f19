import type { ActionLife, Run } from './action-life.ts';
import { withoutCopies } from './evolve.ts';
import { firstProposed, joinedCompensation, joinedRun, later } from './registers.ts';

/**
 * Two views of one life as one: for each register what both know. Used where two writers meet, as in a rebuild beside
 * decisions that go on.
 */
export function joinLives(one: ActionLife, other: ActionLife): ActionLife {
  return withoutCopies({
    ...optional('proposed', firstProposed(one.proposed, other.proposed)),
    ...optional('form', later(one.form, other.form)),
    ...optional('hold', later(one.hold, other.hold)),
    ...optional('sleep', later(one.sleep, other.sleep)),
    ...optional('authorization', later(one.authorization, other.authorization)),
    ...optional('compensation', joinedCompensation(one.compensation, other.compensation)),
    ...optional('undo', later(one.undo, other.undo)),
    ...optional('undoAnswer', later(one.undoAnswer, other.undoAnswer)),
    ...optional('undone', later(one.undone, other.undone)),
    verdicts: { ...one.verdicts, ...other.verdicts, ...flagged(one.verdicts), ...flagged(other.verdicts) },
    closed: { ...other.closed, ...one.closed },
    runs: joinRuns(one.runs, other.runs),
    questions: { ...other.questions, ...one.questions },
    answered: { ...one.answered, ...other.answered },
  });
}

function joinRuns(one: ActionLife['runs'], other: ActionLife['runs']): Record<string, Run> {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, joinedRun(one[name], other[name])]));
}

function flagged(verdicts: ActionLife['verdicts']): ActionLife['verdicts'] {
  return Object.fromEntries(Object.entries(verdicts).filter(([, verdict]) => verdict === 'flagged'));
}

function optional<Name extends keyof ActionLife>(name: Name, value: ActionLife[Name] | undefined): Partial<ActionLife> {
  return value === undefined ? {} : { [name]: value };
}
