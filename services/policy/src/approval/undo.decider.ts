import { type Action, type ActionCard, actionDigest, type ActionState, type ActionStateKind, type Failure, findAction, inPresentForm, type LifecycleEvent, type Reference, type Ruling, stableId } from '@troupe/contracts';
import type { DecisionContext } from './decision-context.ts';
import { authorizeCompensation } from './rulings.ts';

type Name = Pick<Reference, 'actionId' | 'digest'>;

/**
 * The answer to an undo, when it is for policy to give.
 *
 * The effect gate owns the ledger, so it alone knows whether a cancellation came before the attempt: it answers with
 * `action.undone` when it did, and not at all when it did not. Policy answers every other undo: at once where no
 * authorisation is out, and with the outcome where the attempt was faster (`answerPendingUndo`). So each undo gets one
 * answer, whichever of the two sees it first.
 */
export function answerUndo(state: ActionState, name: Name, context: DecisionContext): Ruling[] {
  const code = whyNothingToUndo[state.kind];
  return code === undefined ? answerPendingUndo(state, context) : [cannotUndo(name, code)];
}

/** The answer that an undo has been waiting for, once the outcome is known; nothing while it is not, or nobody asked. */
export function answerPendingUndo(state: ActionState, context: DecisionContext): Ruling[] {
  if (!('undoRequested' in state) || !state.undoRequested) return [];
  switch (state.kind) {
    case 'authorized':
    case 'executing':
      return [];
    case 'executed':
      return [compensate(state.card, state.compensationFailed, context)];
    case 'unknown':
      return [cannotUndo(state.card, 'outcome_unknown')];
    case 'failed':
      return [cannotUndo(state.card, 'nothing_to_undo')];
    default:
      return unreachable(state);
  }
}

/** What a compensation came to, told of the action it was to take back. */
export function compensationOutcome(state: ActionState, event: LifecycleEvent<'executed' | 'failed'>): Ruling[] {
  if (event.kind === 'failed') {
    return state.kind === 'executed' && state.compensationFailed ? [compensationFailed(state.card, event.data.failure)] : [];
  }
  if (state.kind !== 'compensated') return [];
  const { actionId, digest } = state.reference;
  return [{ kind: 'compensated', data: { actionId, digest, compensationId: event.data.actionId } }];
}

/** One compensation per action: its id is a function of the action's, so asking twice cannot run it twice (I4). */
function compensate(original: ActionCard, hasFailedBefore: boolean, context: DecisionContext): Ruling {
  const action = compensationOf(original);
  if (!action) return cannotUndo(original, 'irreversible');
  if (hasFailedBefore) return cannotUndo(original, 'compensation_failed_before');
  const actionId = stableId('act', original.actionId, 'compensation');
  const card: ActionCard = { ...original, actionId, action, digest: actionDigest(action) };
  const policy = context.judge(card);
  if (policy.decision === 'forbid') return cannotUndo(original, 'forbidden', policy.reasons);
  return authorizeCompensation(card, original.actionId, policy, context);
}

function compensationOf({ action }: ActionCard): Action | undefined {
  const compensation = findAction(action.type)?.compensation;
  const original = inPresentForm(action);
  const version = compensation && findAction(compensation.type)?.version;
  return compensation && original && { type: compensation.type, args: compensation.args(original.args) as Action['args'], version };
}

const whyNothingToUndo: Partial<Record<ActionStateKind, UndoProblem>> = {
  absent: 'unknown_action',
  proposed: 'not_executed',
  verified: 'not_executed',
  flagged: 'not_executed',
  held: 'not_executed',
  snoozed: 'not_executed',
  denied: 'nothing_to_undo',
  expired: 'nothing_to_undo',
  answered: 'nothing_to_undo',
  undone: 'already_undone',
  compensating: 'already_undone',
  compensated: 'already_undone',
};

type UndoProblem = keyof typeof undoProblems;
const undoProblems = {
  unknown_action: {
    message: 'Nobody proposed an action of this id.',
    hint: 'A compensation is not undone in turn: propose what it took back anew.',
  },
  not_executed: { message: 'It has not run.', hint: 'Reject it: then it never will.' },
  nothing_to_undo: { message: 'It never took effect.', hint: 'Nothing has to be taken back.' },
  already_undone: { message: 'It is undone already, or on the way there.', hint: 'See its history.' },
  irreversible: { message: 'It has run and cannot be taken back.', hint: 'Make it good by hand: write to whom it reached.' },
  outcome_unknown: { message: 'Nobody knows yet whether it ran.', hint: 'Look in the outside system; undo again once it is known.' },
  compensation_failed_before: { message: 'Taking it back was tried and failed.', hint: 'Do it by hand in the outside system.' },
  forbidden: { message: 'Policy does not let it be taken back.', hint: 'Do it by hand in the outside system.' },
} as const satisfies Record<string, Pick<Failure, 'message' | 'hint'>>;

function cannotUndo(name: Name, code: UndoProblem, reasons: readonly string[] = []): Ruling {
  const { message, hint } = undoProblems[code];
  return compensationFailed(name, { code, retryable: false, message: [message, ...reasons].join(' ').slice(0, 2_000), hint });
}

function compensationFailed({ actionId, digest }: Name, failure: Failure): Ruling {
  return { kind: 'compensation_failed', data: { actionId, digest, failure } };
}

function unreachable(state: never): never {
  throw new Error(`No answer to an undo in the state ${JSON.stringify(state)}.`);
}
